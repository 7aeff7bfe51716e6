"""A Word document as one text, every character of which leads back to its run.

The text has a line per paragraph and per table row (cells joined by tabs), in reading order, without empty
lines; after the body come footnotes, endnotes, headers and footers (page numbers alone are no text).
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter

from lxml import etree

from gov_writer.ooxml.fields import says_number_only
from gov_writer.ooxml.names import w
from gov_writer.ooxml.numbering import Numbering
from gov_writer.ooxml.package import Package, open_package
from gov_writer.ooxml.styles import Styles
from gov_writer.ooxml.walk import Grid, GridCell, Paragraph, Piece, Walker

_PAGE_NUMBER = re.compile(r"[\s\-—–－·.第页共/\d]*$")
_FLAT = str.maketrans({"\n": " ", "\t": " "})
_start = attrgetter("start")


@dataclass(slots=True)
class Stretch:
    """``text[start:end]`` of the document is ``piece.text[offset:…]`` of a paragraph in this part."""

    start: int
    end: int
    piece: Piece
    offset: int
    paragraph: Paragraph
    part: str


@dataclass(slots=True)
class Place:
    """Where a paragraph's text begins in the document's, and in which part it stands."""

    start: int
    paragraph: Paragraph
    part: str
    found: list[Stretch] | None = None

    @property
    def stretches(self) -> list[Stretch]:
        """The paragraph's pieces; they are looked up when first asked for."""
        if self.found is None:
            start = self.start
            self.found = [
                Stretch(
                    start + piece.start,
                    start + piece.start + len(piece.text),
                    piece,
                    0,
                    self.paragraph,
                    self.part,
                )
                for piece in self.paragraph.pieces
            ]
        return self.found


@dataclass(slots=True)
class Entry:
    """A cell within a line: its span, grid column and width; continues: carries on the cell above."""

    start: int
    end: int
    column: int
    width: int
    continues: bool = False


@dataclass(slots=True)
class Line:
    """A line of the text.  where: body, box, footnotes, endnotes, header, footer.  note: its number there.

    paragraph: None for a table row, which has entries.  table, row: counted from 1; 0 outside tables.
    """

    start: int
    end: int
    where: str
    paragraph: Paragraph | None = None
    entries: list[Entry] = field(default_factory=list)
    table: int = 0
    row: int = 0
    note: int = 0


@dataclass(slots=True)
class Document:
    """The text, its lines, and the way back to the runs.  comment_id: the highest that is referred to, 0 if none."""

    package: Package
    main: str
    text: str
    lines: list[Line]
    places: list[Place]
    hidden: list[Stretch]
    styles: Styles
    comment_id: int = 0

    @property
    def stretches(self) -> list[Stretch]:
        """All of them, in text order."""
        return [stretch for place in self.places for stretch in place.stretches]

    def between(self, start: int, end: int) -> list[Stretch]:
        """The stretches that ``text[start:end]`` touches, in order."""
        at = max(self.place_before(start), 0)
        found = []
        while at < len(self.places) and self.places[at].start < end:
            found += [s for s in self.places[at].stretches if s.start < end and s.end > start]
            at += 1
        return found

    def place_before(self, offset: int) -> int:
        """The index in ``places`` of the last paragraph that begins at or before offset; -1 if none."""
        return bisect_right(self.places, offset, key=_start) - 1

    def line_at(self, offset: int) -> Line | None:
        """The line that holds the character at offset (the last one begun before it)."""
        at = bisect_right(self.lines, offset, key=_start) - 1
        return self.lines[at] if at >= 0 else None


def open_document(data: bytes, name: str) -> Document:
    """Read a .docx.  Raises GovWriterError INGEST-107/108/112/113/114 as ``open_package`` does."""
    with collector_paused():
        return _open(data, name)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the search for reference cycles: a long document is many small objects, none of them in cycles,
    and the search takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _open(data: bytes, name: str) -> Document:
    package = open_package(data, name, kind="word")
    main = package.main()
    relations = package.relations(main)

    def optional(kind: str) -> tuple[str, etree._Element] | None:
        for relation in relations.values():
            if relation.kind == kind and not relation.external and relation.target in package.names:
                return relation.target, package.root(relation.target)
        return None

    styles, numbering = optional("styles"), optional("numbering")
    known = Styles(styles[1] if styles else None)
    hide = styles is not None and styles[0] in package.hiding
    walker = Walker(known, Numbering(numbering[1] if numbering else None), styles_hide=hide)
    build = _Builder(walker)
    body = package.root(main).find(w("body"))
    if body is not None:
        walker.enter(body)
        build.blocks(walker.blocks(body), "body", main)
    for kind in ("footnotes", "endnotes"):
        notes = optional(kind)
        if notes:
            build.notes(notes[1], kind, notes[0])
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for relation in relations.values():
            if relation.kind == kind and not relation.external and relation.target in package.names:
                root = package.root(relation.target)
                build.header(root, kind, relation.target, seen)
    return Document(
        package=package,
        main=main,
        text="\n".join(build.parts),
        lines=build.lines,
        places=build.places,
        hidden=_hidden(build.places) if package.hiding else [],
        styles=known,
        comment_id=walker.comment_id,
    )


def _hidden(places: list[Place]) -> list[Stretch]:
    return [s for place in places for s in place.stretches if s.piece.hidden and s.piece.text.strip()]


class _Builder:
    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.places: list[Place] = []
        self.at = 0
        self.tables = 0
        self.boxes = 0

    def blocks(self, blocks: list[Paragraph | Grid], where: str, part: str, note: int = 0) -> None:
        for block in blocks:
            if isinstance(block, Grid):
                self._grid(block, where, part, note)
                continue
            self._paragraph(block, where, part, note)
            if block.boxes:
                self.boxes += 1
                self.blocks(block.boxes, "box", part, self.boxes)

    def _paragraph(self, paragraph: Paragraph, where: str, part: str, note: int) -> None:
        text = paragraph.text
        if not text.strip():
            return
        self.places.append(Place(self.at, paragraph, part))
        self._line(text, Line(self.at, self.at + len(text), where, paragraph, note=note))

    def _line(self, text: str, line: Line) -> None:
        self.parts.append(text)
        self.lines.append(line)
        self.at += len(text) + 1

    def _grid(self, grid: Grid, where: str, part: str, note: int) -> None:
        self.tables += 1
        number = self.tables
        for row_number, row in enumerate(grid.rows, 1):
            texts: list[str] = []
            entries: list[Entry] = []
            nested: list[Grid] = []
            boxes: list[Paragraph | Grid] = []
            at = self.at
            for cell in row:
                text = self._cell(cell, at, part, nested, boxes)
                entries.append(Entry(at, at + len(text), cell.column, cell.width, cell.continues))
                texts.append(text)
                at += len(text) + 1
            line_text = "\t".join(texts)
            if line_text.strip():
                line = Line(
                    self.at,
                    self.at + len(line_text),
                    where,
                    entries=entries,
                    table=number,
                    row=row_number,
                    note=note,
                )
                self._line(line_text, line)
            for inner in nested:
                self._grid(inner, where, part, note)
            if boxes:
                self.boxes += 1
                self.blocks(boxes, "box", part, self.boxes)

    def _cell(
        self, cell: GridCell, at: int, part: str, nested: list[Grid], boxes: list[Paragraph | Grid]
    ) -> str:
        """The cell's paragraphs joined by blanks; tables within it come after the row."""
        texts: list[str] = []
        for block in cell.content:
            if isinstance(block, Grid):
                nested.append(block)
                continue
            boxes += block.boxes
            text = block.text
            if not text.strip():
                continue
            self.places.append(Place(at, block, part))
            texts.append(text.translate(_FLAT))
            at += len(text) + 1
        return " ".join(texts)

    def notes(self, root: etree._Element, kind: str, part: str) -> None:
        self.walker.enter(root)
        tag = w("footnote") if kind == "footnotes" else w("endnote")
        number = 0
        for element in root.iter(tag):
            if element.get(w("type"), "normal") != "normal":
                continue
            number += 1
            self.blocks(self.walker.blocks(element), kind, part, number)

    def header(self, root: etree._Element, kind: str, part: str, seen: set[str]) -> None:
        """Headers and footers, once each; a page number alone says nothing."""
        self.walker.enter(root)
        blocks = [block for block in self.walker.blocks(root) if not _is_number(block)]
        text = "\n".join(_texts(blocks))
        if _PAGE_NUMBER.match(text) or f"{kind}{text}" in seen:
            return
        seen.add(f"{kind}{text}")
        self.blocks(blocks, kind, part)


def _is_number(block: Paragraph | Grid) -> bool:
    return isinstance(block, Paragraph) and says_number_only(block.element)


def _texts(blocks: list[Paragraph | Grid]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
            yield from _texts(block.boxes)
        else:
            for row in block.rows:
                for cell in row:
                    yield from _texts(cell.content)


__all__ = ["Document", "Entry", "Line", "Place", "Stretch", "open_document"]
