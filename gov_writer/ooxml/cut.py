"""Runs cut at character offsets, so that marks can be set around exactly some characters.

A cut run keeps its properties in both halves and nothing is lost: what is no text (pictures, note
references, field marks) stays with the text before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass

from lxml import etree

from gov_writer.ooxml.document import Document, Place, Stretch
from gov_writer.ooxml.names import M, w
from gov_writer.ooxml.walk import run_of

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


def atoms(document: Document, spans: Iterable[tuple[int, int]]) -> list[Atom]:
    """Cut the runs at the ends of these spans (half-open); the runs that they touch or stand nearest to, in text
    order, and perhaps others of the same paragraphs.

    The document's stretches no longer hold afterwards: read it anew for anything else.
    """
    wanted = sorted(spans)
    cuts = sorted({offset for span in wanted for offset in span})
    reach = _Reach(wanted)
    found: list[Atom] = []
    at = 0
    for place in _touched(document, cuts):
        for run, start, end, group in _runs_of(place, reach):
            while at < len(cuts) and cuts[at] <= start:
                at += 1
            inside = []
            while at < len(cuts) and cuts[at] < end:
                inside.append(cuts[at])
                at += 1
            found += _cut(run, Atom(start, end, run, place.part), group, inside)
    return found


class _Reach:
    """Says of ever later stretches whether a span touches them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._joined: list[list[int]] = []
        for start, end in spans:
            if self._joined and start <= self._joined[-1][1]:
                self._joined[-1][1] = max(self._joined[-1][1], end)
            else:
                self._joined.append([start, end])
        self._at = 0

    def touches(self, start: int, end: int) -> bool:
        joined = self._joined
        while self._at < len(joined) and joined[self._at][1] < start:
            self._at += 1
        return self._at < len(joined) and joined[self._at][0] <= end


def _runs_of(place: Place, reach: _Reach) -> Iterator[tuple[etree._Element, int, int, list[Stretch] | None]]:
    """Each run with its span and its stretches; of a plain paragraph (None for stretches) the first where a number
    stands before it, those that are touched, and the last."""
    paragraph = place.paragraph
    if paragraph.plain is None:
        yield from _grouped(place)
        return
    start = place.start + len(paragraph.label)
    behind = place.start + len(paragraph.text)
    number = bool(paragraph.label)
    for node in list(paragraph.element.iter(_TEXT)):  # a list, since the runs are cut meanwhile
        if text := node.text:
            end = start + len(text)
            if number or end == behind or reach.touches(start, end):
                run = run_of(node)
                if run is None or not _is_plain(run) or run.tail:
                    yield from (one for one in _grouped(place) if one[2] > start)
                    return
                yield run, start, end, None
            start, number = end, False


def _grouped(place: Place) -> Iterator[tuple[etree._Element, int, int, list[Stretch] | None]]:
    for group in _by_run(place.stretches):
        run = group[0].piece.run
        assert run is not None
        yield run, group[0].start, group[-1].end, group


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
    if place.paragraph.plain is not None:
        return bool(place.paragraph.plain)
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


def _cut(run: etree._Element, whole: Atom, group: list[Stretch] | None, cuts: list[int]) -> list[Atom]:
    """group: the run's stretches; None where it is known to be plain."""
    if run.tag == _MATH_RUN:
        return [Atom(whole.start, whole.end, _outside_math(run), whole.part)]
    if not cuts:
        return [whole]
    if group is None or (len(group) == 1 and _is_plain(run) and not run.tail):
        return _slices(whole, cuts)
    made = [whole]
    spans = {id(s.piece.node): s for s in group}
    for cut in reversed(cuts):
        last = made[0]
        second = _split(last.element, cut, spans)
        if second is None:
            continue
        made[0] = Atom(last.start, cut, last.element, last.part)
        made.insert(1, Atom(cut, last.end, second, last.part))
    return made


def _is_plain(run: etree._Element) -> bool:
    """Whether a run is its properties and one text."""
    count = len(run)
    return (
        run.tag == _RUN
        and 0 < count < 3
        and run[-1].tag == _TEXT
        and (count == 1 or run[0].tag == _PROPERTIES)
    )


def _slices(whole: Atom, cuts: list[int]) -> list[Atom]:
    """A plain run cut: copies of it, each with its share of the text."""
    run, start, part = whole.element, whole.start, whole.part
    node = run[-1]
    words = node.text or ""
    node.text = words[: cuts[0] - start]
    node.set(_SPACE, "preserve")
    made = [Atom(start, cuts[0], run, part)]
    for cut, stop in zip(cuts, (*cuts[1:], whole.end), strict=True):
        behind = copy(run)
        behind[-1].text = words[cut - start : stop - start]
        made[-1].element.addnext(behind)
        made.append(Atom(cut, stop, behind, part))
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
            second.append(copy(children[0]))
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
