"""Runs cut at character offsets, so that marks can be set around exactly some characters.

A cut run keeps its properties in both halves and nothing is lost: what is no text (pictures, note
references, field marks) stays with the text before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from gov_writer.ooxml.document import Document, Stretch
from gov_writer.ooxml.names import M, w

_TEXT = w("t")
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
    paragraph: etree._Element

    @property
    def is_run(self) -> bool:
        """Whether it is an ordinary run (a formula is not)."""
        return bool(self.element.tag == w("r"))


def atoms(document: Document, offsets: Iterable[int]) -> list[Atom]:
    """Cut the runs at these offsets; the runs in text order.

    The document's stretches no longer hold afterwards: read it anew for anything else.
    """
    cuts = sorted(set(offsets))
    found: list[Atom] = []
    at = 0
    for group in _by_run(document.stretches):
        start, end = group[0].start, group[-1].end
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        inside = []
        while at < len(cuts) and cuts[at] < end:
            inside.append(cuts[at])
            at += 1
        found += _cut(group, inside)
    return found


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
    paragraph = _paragraph(run)
    if run.tag == _MATH_RUN:
        return [Atom(start, end, _outside_math(run), part, paragraph)]
    made = [Atom(start, end, run, part, paragraph)]
    spans = {id(s.piece.node): s for s in group}
    for cut in reversed(cuts):
        last = made[0]
        second = _split(last.element, cut, spans)
        if second is None:
            continue
        made[0] = Atom(last.start, cut, last.element, part, paragraph)
        made.insert(1, Atom(cut, last.end, second, part, paragraph))
    return made


def _split(run: etree._Element, cut: int, spans: dict[int, Stretch]) -> etree._Element | None:
    """Move what stands at or behind ``cut`` into a new run after this one."""
    children = list(run)
    for index, child in enumerate(children):
        stretch = spans.get(id(child))
        if stretch is None or stretch.end <= cut:
            continue
        second = etree.Element(run.tag)
        for name, value in run.attrib.items():
            second.set(name, value)
        properties = run.find(w("rPr"))
        if properties is not None:
            second.append(deepcopy(properties))
        rest = children[index:]
        if stretch.start < cut:
            if child.tag != _TEXT:
                return None
            words = child.text or ""
            tail = deepcopy(child)
            child.text, tail.text = words[: cut - stretch.start], words[cut - stretch.start :]
            child.set(_SPACE, "preserve")
            tail.set(_SPACE, "preserve")
            second.append(tail)
            rest = rest[1:]
        for moved in rest:
            second.append(moved)
        second.tail, run.tail = run.tail, None
        run.addnext(second)
        return second
    return None


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
