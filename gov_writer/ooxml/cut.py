"""Runs cut at character offsets, so that marks can be set around exactly some characters.

A cut run keeps its properties in both halves and nothing is lost: what is no text (pictures, note
references, field marks) stays with the text before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from gov_writer.ooxml.document import Document, Place, Stretch
from gov_writer.ooxml.names import M, w

_RUN, _PROPERTIES, _TEXT = w("r"), w("rPr"), w("t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MATH_RUN = f"{{{M}}}r"
_MATH = (f"{{{M}}}oMath", f"{{{M}}}oMathPara")


@dataclass(slots=True)
class Atom:
    """A run that holds ``text[start:end]`` and nothing else of the text.  element: where marks go beside."""

    start: int
    end: int
    element: etree._Element
    part: str

    @property
    def paragraph(self) -> etree._Element:
        """The paragraph around."""
        return _paragraph(self.element)

    @property
    def is_run(self) -> bool:
        """Whether it is an ordinary run (a formula is not)."""
        return bool(self.element.tag == w("r"))


def atoms(document: Document, offsets: Iterable[int]) -> list[Atom]:
    """Cut the runs at these offsets; the runs of the paragraphs there, in text order.

    The document's stretches no longer hold afterwards: read it anew for anything else.
    """
    cuts = sorted(set(offsets))
    found: list[Atom] = []
    at = 0
    for place in _touched(document, cuts):
        for group in _by_run(place.stretches):
            start, end = group[0].start, group[-1].end
            while at < len(cuts) and cuts[at] <= start:
                at += 1
            inside = []
            while at < len(cuts) and cuts[at] < end:
                inside.append(cuts[at])
                at += 1
            found += _cut(group, inside)
    return found


def _touched(document: Document, cuts: list[int]) -> Iterator[Place]:
    """The paragraphs that hold the offsets, with the one above where an offset is a paragraph's first, and with
    those beside them where they have no run of their own."""
    places = document.places
    last = -1
    for cut in cuts:
        at = document.place_before(cut)
        if at <= last and places[last].start != cut:
            continue
        first = at - 1 if at >= 0 and places[at].start == cut else at
        while first > last and not _has_run(places[first]):
            first -= 1
        end = max(at, 0)
        while end < len(places) - 1 and not _has_run(places[end]):
            end += 1
        for number in range(max(first, last + 1, 0), end + 1):
            yield places[number]
        last = max(last, end)


def _has_run(place: Place) -> bool:
    return any(stretch.piece.run is not None for stretch in place.stretches)


def _by_run(stretches: list[Stretch]) -> Iterable[list[Stretch]]:
    group: list[Stretch] = []
    for stretch in stretches:
        if stretch.piece.run is None:
            continue
        if group and group[-1].piece.run is not stretch.piece.run:
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


def _cut(group: list[Stretch], cuts: list[int]) -> list[Atom]:
    run = group[0].piece.run
    assert run is not None
    part, start, end = group[0].part, group[0].start, group[-1].end
    if run.tag == _MATH_RUN:
        return [Atom(start, end, _outside_math(run), part)]
    made = [Atom(start, end, run, part)]
    spans = {id(s.piece.node): s for s in group}
    for cut in reversed(cuts):
        last = made[0]
        second = _split(last.element, cut, spans)
        if second is None:
            continue
        made[0] = Atom(last.start, cut, last.element, part)
        made.insert(1, Atom(cut, last.end, second, part))
    return made


def _split(run: etree._Element, cut: int, spans: dict[int, Stretch]) -> etree._Element | None:
    """Move what stands at or behind ``cut`` into a new run after this one."""
    children = list(run)
    for index, child in enumerate(children):
        stretch = spans.get(id(child))
        if stretch is None or stretch.end <= cut:
            continue
        if stretch.start < cut and child.tag != _TEXT:
            return None
        above = run.getparent()
        assert above is not None
        tail, run.tail = run.tail, None
        second = etree.SubElement(above, _RUN, _attributes(run))  # in this document: moving is cheap
        run.addnext(second)
        second.tail = tail
        if index and children[0].tag == _PROPERTIES:
            second.append(deepcopy(children[0]))
        rest = children[index:]
        if stretch.start < cut:
            words = child.text or ""
            child.text = words[: cut - stretch.start]
            child.set(_SPACE, "preserve")
            behind = etree.SubElement(second, _TEXT, _attributes(child))
            behind.text = words[cut - stretch.start :]
            rest = rest[1:]
        for moved in rest:
            second.append(moved)
        return second
    return None


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def _paragraph(element: etree._Element) -> etree._Element:
    above = element.getparent()
    while above is not None and above.tag != w("p"):
        above = above.getparent()
    return element if above is None else above


def _outside_math(run: etree._Element) -> etree._Element:
    element = run
    above = run.getparent()
    while above is not None and above.tag != w("p"):
        if above.tag in _MATH:
            element = above
        above = above.getparent()
    return element
