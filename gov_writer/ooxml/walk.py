"""A document's text in reading order, with the run behind every character.

Inserted text is read, deleted text is not; of a field the result, of alternate content the first choice,
of a content control its content (but no prompt text). Text boxes come after the paragraph that anchors
them. The same walk serves the reader (offsets) and the writer of comments (runs).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from gov_writer.ooxml.names import ALTERNATE, CHOICE, FALLBACK, VAL, M, on, w, whole
from gov_writer.ooxml.numbering import Numbering
from gov_writer.ooxml.styles import Style, Styles
from gov_writer.ooxml.survey import Seen, clean, survey
from gov_writer.ooxml.tree import block_elements, children, is_prompt, mark_deleted, says_something

_P, _R, _T, _TBL = w("p"), w("r"), w("t"), w("tbl")
_MATH_TEXT = f"{{{M}}}t"
_MATH_RUN = f"{{{M}}}r"
_GONE = frozenset((w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("instrText"), w("delText"), w("sdtPr"),
                   w("sdtEndPr"), w("rt"), w("commentReference"), w("delInstrText"), w("annotationRef")))  # fmt: skip
_BOXES = frozenset((w("drawing"), w("pict"), w("object")))
_BOX = w("txbxContent")
_RUNS = frozenset((_R, _MATH_RUN))
_TEXTS = frozenset((_T, _MATH_TEXT))
_FIELD, _CONTROL, _BREAK, _TYPE = w("fldChar"), w("sdt"), w("br"), w("type")
_SPECIAL = frozenset((_FIELD, ALTERNATE, _CONTROL, _BREAK, *_BOXES))
_RPR, _VANISH, _RSTYLE = w("rPr"), w("vanish"), w("rStyle")
_MARKS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("sym"): "□",
}


@dataclass(slots=True)
class Piece:
    """Characters of a paragraph: ``text`` begins at ``start`` of the paragraph's text.

    node: the w:t (character i of text is character i of it), a mark such as w:tab, or None for what Word
    generates. run: the w:r around it, None where node is None or a formula. hidden: set as hidden text.
    """

    start: int
    text: str
    run: etree._Element | None = None
    node: etree._Element | None = None
    hidden: bool = False


class Paragraph:
    """A paragraph's text and pieces; boxes: the paragraphs and tables of text boxes anchored in it.

    more: further w:p elements whose text runs on in this one (their mark between was deleted).
    plain: the text of a paragraph that holds nothing but runs; its pieces are looked up when asked for.
    label: the number that Word generates before the text.  outline: heading level 1–9, 0 for text.
    """

    __slots__ = ("_length", "_pieces", "boxes", "element", "label", "more", "outline", "plain", "style")

    def __init__(self, element: etree._Element, style: Style) -> None:
        self.element = element
        self.style = style
        self.boxes: list[Paragraph | Grid] = []
        self.more: list[etree._Element] = []
        self.label = ""
        self.outline = style.level
        self.plain: str | None = None
        self._pieces: list[Piece] = []
        self._length = 0

    @property
    def pieces(self) -> list[Piece]:
        if self.plain is not None:
            plain, self.plain = self.plain, None
            at = 0
            for node in self.element.iter(_T):
                if text := node.text:
                    end = at + len(text)
                    self.add(plain[at:end], run_of(node), node)
                    at = end
        return self._pieces

    @property
    def text(self) -> str:
        if self.plain is not None:
            return self.label + self.plain
        return "".join(piece.text for piece in self._pieces)

    def add(
        self, text: str, run: etree._Element | None, node: etree._Element | None, *, hidden: bool = False
    ) -> None:
        if text:
            self._pieces.append(Piece(self._length, text, run, node, hidden))
            self._length += len(text)


@dataclass(slots=True)
class GridCell:
    """A cell of a table.  column, width: grid columns.  continues: it carries on the cell above (vMerge)."""

    column: int
    width: int
    continues: bool
    content: list[Paragraph | Grid]


@dataclass(slots=True)
class Grid:
    """A table: rows of cells."""

    element: etree._Element
    rows: list[list[GridCell]]


class Walker:
    """Walks the parts of one document; the numbers that Word generates count on from part to part."""

    def __init__(self, styles: Styles, numbering: Numbering, *, styles_hide: bool = True) -> None:
        self.styles = styles
        self.numbering = numbering
        #: Whether a style may set words as hidden text; looking it up for every run takes time.
        self.styles_hide = styles_hide
        self.may_hide = styles_hide
        #: The highest id by which the parts entered so far refer to comments; some have lost theirs.
        self.comment_id = 0
        self._seen: dict[etree._Element, Seen] = {}

    def enter(self, root: etree._Element) -> None:
        """Look a part over; what is asked for next stands in it."""
        self._seen, highest = survey(root)
        self.comment_id = max(self.comment_id, highest)
        self.may_hide = self.styles_hide or next(root.iter(_VANISH), None) is not None

    def blocks(self, container: etree._Element) -> list[Paragraph | Grid]:
        """Paragraphs and tables of a body, cell, header, note or text box."""
        found: list[Paragraph | Grid] = []
        joined = False
        for element in block_elements(container):
            if element.tag == _TBL:
                found.append(self._grid(element))
                joined = False
                continue
            last = found[-1] if joined else None
            if isinstance(last, Paragraph):
                last.more.append(element)
                self._fill(last, element)
            else:
                last = self._paragraph(element)
                found.append(last)
            joined = last.plain is None and mark_deleted(element)
        return found

    def _paragraph(self, element: etree._Element) -> Paragraph:
        seen = self._seen[element]
        style = self.styles.get(seen.style)
        paragraph = Paragraph(element, style)
        outline = seen.outline
        if outline is not None:
            paragraph.outline = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
        if style.number or seen.number is not None:
            self._number(paragraph, seen.number)
        if seen.text is not None and not self.styles_hide:
            paragraph.plain = seen.text
        else:
            self._fill(paragraph, element)
        return paragraph

    def _number(self, paragraph: Paragraph, own: etree._Element | None) -> None:
        """own: the paragraph's own w:numPr."""
        style = paragraph.style
        number, depth = style.number, style.depth
        if own is not None:
            given, level = own.find(w("numId")), own.find(w("ilvl"))
            number = given.get(VAL) if given is not None else number
            depth = whole(level.get(VAL)) if level is not None else depth
        if not number or number == "0":
            return
        if depth is None:
            depth = self.numbering.level_of_style(number, style.id) or 0
        if not says_something(paragraph.element):
            return
        paragraph.label = self.numbering.label(number, depth)
        paragraph.add(paragraph.label, None, None)

    def _fill(self, paragraph: Paragraph, element: etree._Element) -> None:
        _Inline(self, paragraph).run_through(element)

    def _grid(self, element: etree._Element) -> Grid:
        rows: list[list[GridCell]] = []
        for row in children(element, w("tr")):
            properties = row.find(w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                continue
            cells: list[GridCell] = []
            before = properties.find(w("gridBefore")) if properties is not None else None
            column = min(whole(before.get(VAL)), 1000) if before is not None else 0
            for cell in children(row, w("tc")):
                made = self._cell(cell, column)
                cells.append(made)
                column += made.width
            rows.append(cells)
        return Grid(element, rows)

    def _cell(self, element: etree._Element, column: int) -> GridCell:
        properties = element.find(w("tcPr"))
        width, continues = 1, False
        if properties is not None:
            span, merge = properties.find(w("gridSpan")), properties.find(w("vMerge"))
            width = max(1, min(whole(span.get(VAL)), 1000)) if span is not None else 1
            continues = merge is not None and merge.get(VAL, "continue") == "continue"
        return GridCell(column, width, continues, self.blocks(element))


class _Inline:
    """One pass over a paragraph's runs, keeping track of fields."""

    def __init__(self, walker: Walker, paragraph: Paragraph) -> None:
        self._walker = walker
        self._paragraph = paragraph
        self._fields: list[bool] = []  # per open field: still in its code

    def run_through(self, element: etree._Element, run: etree._Element | None = None, depth: int = 0) -> None:
        if depth > 260:  # deeper than the parser lets anything be
            return
        for child in element:
            tag = child.tag
            if tag in _RUNS:
                self.run_through(child, child, depth + 1)
            elif tag in _TEXTS:
                self._text(child, run)
            elif tag in _GONE or not isinstance(tag, str):
                continue
            elif tag in _SPECIAL:
                self._special(child, str(tag), run, depth)
            elif tag in _MARKS:
                if not any(self._fields):
                    self._paragraph.add(_MARKS[str(tag)], run, child)
            elif len(child) and not any(self._fields):
                self.run_through(child, run, depth + 1)

    def _text(self, node: etree._Element, run: etree._Element | None) -> None:
        text = node.text
        if not text or (self._fields and any(self._fields)):
            return
        text = clean(text)
        hidden = self._walker.may_hide and run is not None and self._is_hidden(run)
        self._paragraph.add(text, run, node, hidden=hidden)

    def _special(self, child: etree._Element, tag: str, run: etree._Element | None, depth: int) -> None:
        if tag == _FIELD:
            self._field(child)
        elif tag == ALTERNATE:
            choice = child.find(CHOICE)
            other = choice if choice is not None else child.find(FALLBACK)
            if other is not None:
                self.run_through(other, run, depth + 1)
        elif tag == _CONTROL:
            if not is_prompt(child):
                self.run_through(child, run, depth + 1)
        elif tag == _BREAK:
            # A title is broken over lines for its looks only: it is one title.
            shown = child.get(_TYPE, "textWrapping") == "textWrapping" and not self._paragraph.style.title
            if shown and not any(self._fields):
                self._paragraph.add("\n", run, child)
        else:
            self._boxes(child)

    def _field(self, mark: etree._Element) -> None:
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _boxes(self, drawing: etree._Element) -> None:
        if len(self._paragraph.boxes) > 10_000:
            return
        for box in drawing.iter(_BOX):
            self._paragraph.boxes += self._walker.blocks(box)
            break

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(_RPR)
        if properties is not None:
            vanish = properties.find(_VANISH)
            if vanish is not None:
                return on(vanish.get(VAL))
            named = properties.find(_RSTYLE)
            if named is not None and self._walker.styles.get(named.get(VAL)).hidden:
                return True
        return self._paragraph.style.hidden


def run_of(node: etree._Element) -> etree._Element | None:
    """The run around a text node, None if it stands in none."""
    above = node.getparent()
    while above is not None and above.tag != _R:
        above = above.getparent() if above.tag != _P else None
    return above


def paragraphs(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph]:
    """All paragraphs, through tables and text boxes."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            yield from paragraphs(block.boxes)
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.content)
