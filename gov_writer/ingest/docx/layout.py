"""The looks of a Word document, for the rules about GB/T 9704."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gov_writer.domain import CharacterLook, Layout, PageLook, PageNumber, ParagraphLook
from gov_writer.ooxml.document import Document, Line, Place
from gov_writer.ooxml.fields import numbers_only, page_numbers, paragraph_of, side_of_box
from gov_writer.ooxml.looks import BlockLook, Looks, RunLook, Text, looks_of, texts_below
from gov_writer.ooxml.names import VAL, R, on, w, whole

_R, _T = w("r"), w("t")
_DASHES = "—–-－─"


def layout_of(document: Document) -> Layout:
    """Pages, paragraphs of the body and characters, and the page number."""
    package, main = document.package, document.main
    looks = looks_of(package, main, document.styles)
    root = package.root(main)
    paragraphs, characters = _text(document, looks)
    return Layout(
        pages=tuple(_page(section) for section in root.iter(w("sectPr"))),
        paragraphs=tuple(paragraphs),
        characters=tuple(characters),
        number=_number(document, looks),
    )


def _page(section: etree._Element) -> PageLook:
    size, margin, grid = (section.find(w(name)) for name in ("pgSz", "pgMar", "docGrid"))

    def twips(element: etree._Element | None, name: str, default: int) -> int:
        return whole(element.get(w(name)), default) if element is not None else default

    kind = grid.get(w("type"), "") if grid is not None else ""
    pitch = grid.get(w("linePitch")) if grid is not None else None
    return PageLook(
        width=twips(size, "w", 12240),
        height=twips(size, "h", 15840),
        top=abs(twips(margin, "top", 1440)),
        bottom=abs(twips(margin, "bottom", 1440)),
        left=twips(margin, "left", 1800) + twips(margin, "gutter", 0),
        right=twips(margin, "right", 1800),
        grid="" if kind == "default" else kind,
        pitch=whole(pitch) or None,
        space=twips(grid, "charSpace", 0),
    )


def _text(document: Document, looks: Looks) -> tuple[list[ParagraphLook], list[CharacterLook]]:
    """One pass over the body: how its paragraphs and its characters look."""
    lines = {id(line.paragraph): line for line in document.lines if line.where == "body" and line.paragraph}
    paragraphs: list[ParagraphLook] = []
    characters: list[CharacterLook] = []
    texts = texts_below(document.package.root(document.main))
    begun, end, now = 0, -1, RunLook()
    for place in document.places:
        if place.part != document.main:
            continue
        paragraph = place.paragraph
        base, block = looks.block(paragraph.element)
        first: RunLook | None = None
        for start, stop, look in _stretches(place, looks, base, texts[paragraph.element]):
            first = first or look
            if look is not now or start != end:
                if end > begun:
                    characters.append(_character(begun, end, now))
                begun, now = start, look
            end = stop
        line = lines.get(id(paragraph))
        if line is not None:
            paragraphs.append(_paragraph(line, block, first or base))
    if end > begun:
        characters.append(_character(begun, end, now))
    return paragraphs, characters


def _stretches(
    place: Place, looks: Looks, base: RunLook, texts: list[Text]
) -> Iterator[tuple[int, int, RunLook]]:
    """The paragraph's characters run by run, those aside that Word generates.  texts: as a paragraph of nothing
    but runs has them."""
    paragraph = place.paragraph
    if paragraph.plain is None:
        for stretch in place.stretches:
            run = stretch.piece.run
            if run is not None:
                yield stretch.start, stretch.end, looks.run(run, base)
        return
    start = place.start + len(paragraph.label)
    for length, key, run in texts:
        yield start, start + length, looks.known(run, base, key)
        start += length


def _paragraph(line: Line, block: BlockLook, run: RunLook) -> ParagraphLook:
    style = line.paragraph.style.name if line.paragraph is not None else ""
    return ParagraphLook(
        start=line.start,
        end=line.end,
        align=block.align,
        indent=block.indent(run.size),
        line=block.line,
        rule=block.rule,
        style=style,
        tab=block.tab,
        label=line.paragraph.label if line.paragraph is not None else "",
    )


def _character(start: int, end: int, look: RunLook) -> CharacterLook:
    return CharacterLook(
        start=start, end=end, font=look.font, size=look.size, bold=look.bold, spacing=look.spacing
    )


def _number(document: Document, looks: Looks) -> PageNumber | None:
    """The page number of the first footer or header that has one."""
    package = document.package
    relations = package.relations(document.main)
    found: dict[str, _Shown] = {}
    for section in package.root(document.main).iter(w("sectPr")):
        for kind in ("footerReference", "headerReference"):
            for reference in section.findall(w(kind)):
                relation = relations.get(reference.get(f"{{{R}}}id", ""))
                if relation is None or relation.external or relation.target not in package.names:
                    continue
                number = _number_in(package.root(relation.target), looks)
                if number is not None:
                    found.setdefault(reference.get(w("type"), "default"), number)
    if not found:
        return None
    shown = next(iter(found.values()))
    outer = _odd_and_even(document) and "even" in found and "default" in found
    outer = outer and found["default"].side == "right" and found["even"].side in ("left", "both")
    outer = outer or any(one.side == "outside" for kind, one in found.items() if kind != "first")
    look, among = shown.look, next((one.among for one in found.values() if one.among), "")
    return PageNumber(font=look.font, size=look.size, dashes=shown.dashes, outer=outer, among=among)


class _Shown(NamedTuple):
    """A page number in a footer.  side: where it stands on the line; among: the other words of its paragraph."""

    look: RunLook
    side: str
    dashes: bool
    among: str


def _number_in(root: etree._Element, looks: Looks) -> _Shown | None:
    for code in page_numbers(root):
        paragraph = paragraph_of(code)
        if paragraph is None:
            continue
        base, block = looks.block(paragraph)
        run = code.getparent() if code.tag != w("fldSimple") else next(code.iter(_R), None)
        look = looks.run(run, base) if run is not None and run.tag == _R else base
        words = "".join(node.text or "" for node in paragraph.iter(_T)).strip()
        dashes = words[:1] in _DASHES and words[-1:] in _DASHES and len(words) > 1
        among = "" if numbers_only(paragraph) else words
        return _Shown(look, side_of_box(code) or _framed(paragraph) or block.align, dashes, among)
    return None


def _framed(paragraph: etree._Element) -> str | None:
    """Where a frame puts the number: outside means right on odd pages and left on even ones."""
    frame = paragraph.find(f"{w('pPr')}/{w('framePr')}")
    return frame.get(w("xAlign")) if frame is not None else None


def _odd_and_even(document: Document) -> bool:
    for relation in document.package.relations(document.main).values():
        if relation.kind == "settings" and relation.target in document.package.names:
            both = document.package.root(relation.target).find(w("evenAndOddHeaders"))
            return both is not None and on(both.get(VAL))
    return False
