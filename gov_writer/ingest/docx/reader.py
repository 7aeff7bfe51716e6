"""What the lines of a Word document are: title, headings, items, rows, notes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gov_writer.domain import Block, BlockKind, Table
from gov_writer.ingest import grid, shape
from gov_writer.ingest.content import Content
from gov_writer.ingest.docx.answers import answers_of
from gov_writer.ingest.docx.layout import layout_of
from gov_writer.ingest.docx.provenance import provenance_of
from gov_writer.ooxml.document import Document, Line, collector_paused, open_document

_NOTE_NAMES = {
    "footnotes": "脚注{}",
    "endnotes": "尾注{}",
    "header": "页眉",
    "footer": "页脚",
    "box": "文本框{}",
}


@dataclass(frozen=True, slots=True)
class _Found:
    piece: shape.Piece
    locator: str
    fixed: bool = False  # by a style, not by its looks


def read_docx(data: bytes, name: str, *, with_layout: bool = False) -> Content:
    """Read a .docx (or the text of a .docm: macros are never run)."""
    with collector_paused():
        return _content(open_document(data, name), name, with_layout=with_layout)


def _content(document: Document, name: str, *, with_layout: bool) -> Content:
    return Content(
        text=document.text,
        blocks=tuple(_blocks(document)),
        tables=tuple(_tables(document)),
        warnings=tuple(_warnings(document, name)),
        answers=answers_of(document),
        layout=layout_of(document) if with_layout else None,
        provenance=provenance_of(document) if with_layout else None,
        heads=tuple(document.text[x.start : x.end] for x in document.lines if x.where == "header"),
    )


def _warnings(document: Document, name: str) -> list[str]:
    found = []
    if document.hidden:
        count = sum(stretch.end - stretch.start for stretch in document.hidden)
        first = document.hidden[0]
        words = document.text[first.start : min(first.end, first.start + 12)]
        found.append(f"文中有{count}个字设为隐藏（如“{words}”），也读了。")
    if name.lower().endswith(".docm") or any(
        part.endswith("vbaProject.bin") for part in document.package.names
    ):
        found.append("文件带有宏，宏没有运行。")
    return found


def _blocks(document: Document) -> list[Block]:
    found: list[_Found] = []
    count = 0
    for line in document.lines:
        if line.where == "body" and line.paragraph is not None:
            count += 1
            found += _paragraph(document.text, line, f"第{count}段")
        else:
            kind = BlockKind.ROW if line.paragraph is None and line.where == "body" else BlockKind.NOTE
            found.append(_Found(shape.Piece(start=line.start, end=line.end, kind=kind), _locator(line), True))
    pieces = shape.settled([f.piece for f in found], document.text)
    title = _title(document.text, found)
    blocks = []
    for number, (piece, one) in enumerate(zip(pieces, found, strict=True)):
        piece = one.piece if one.fixed else piece
        kind, level = piece.kind, piece.level
        if number == title:
            kind, level = BlockKind.TITLE, 0
        blocks.append(
            Block(start=piece.start, end=piece.end, locator=one.locator, kind=kind, level=min(level, 4))
        )
    return blocks


def _locator(line: Line) -> str:
    if line.paragraph is None:
        return f"表{line.table}第{line.row}行"
    return _NOTE_NAMES.get(line.where, "").format(line.note)


def _paragraph(text: str, line: Line, locator: str) -> list[_Found]:
    paragraph = line.paragraph
    if paragraph is None:
        return []
    words = text[line.start : line.end]
    lead = line.start + len(words) - len(words.lstrip())
    tail = line.start + len(words.rstrip())
    if paragraph.style.toc:
        return [_Found(shape.Piece(start=lead, end=tail, kind=BlockKind.NOTE), locator, True)]
    if paragraph.style.title:
        return [_Found(shape.Piece(start=lead, end=tail, kind=BlockKind.TITLE), locator, True)]
    if paragraph.outline and tail - lead <= 120:
        level = shape.level_of(words.strip())[0] or paragraph.outline
        stop = words.strip().find("。")
        if stop < 0 or stop == tail - lead - 1:
            piece = shape.Piece(start=lead, end=tail, kind=BlockKind.HEADING, level=level)
            return [_Found(piece, locator, True)]
    pieces = shape.pieces(words, line.start)
    if paragraph.label and pieces and pieces[0].kind is BlockKind.PARAGRAPH:
        pieces = (replace(pieces[0], kind=BlockKind.ITEM), *pieces[1:])
    return [_Found(piece, locator) for piece in pieces]


def _title(text: str, found: list[_Found]) -> int | None:
    """The first block that a style calls the title, else a first line that looks like one."""
    for number, one in enumerate(found[:20]):
        if one.piece.kind is BlockKind.TITLE:
            return number
    if _sole_heading(text, found):
        return 0
    if len(found) > 1 and found[0].piece.kind is BlockKind.PARAGRAPH and not found[0].fixed:
        piece = found[0].piece
        if found[1].locator != found[0].locator and shape.is_title(text[piece.start : piece.end]):
            return 0
    return None


def _sole_heading(text: str, found: list[_Found]) -> bool:
    """Whether the document begins with a heading that looks like a title and has no other without a number."""
    heads = [one for one in found if one.fixed and one.piece.kind is BlockKind.HEADING]
    bare = [h for h in heads if not shape.level_of(text[h.piece.start : h.piece.end])[0]]
    if len(found) < 2 or len(bare) != 1 or bare[0] is not found[0]:
        return False
    return shape.is_title(text[bare[0].piece.start : bare[0].piece.end])


def _tables(document: Document) -> list[Table]:
    groups: dict[int, list[Line]] = {}
    for line in document.lines:
        if line.table:
            groups.setdefault(line.table, []).append(line)
    return [_table(document.text, lines) for lines in groups.values()]


def _table(text: str, lines: list[Line]) -> Table:
    width = max(entry.column + entry.width for line in lines for entry in line.entries)
    width = min(width, 300)
    rows: list[list[grid.Raw]] = []
    above: dict[int, str] = {}
    for line in lines:
        locator = f"表{line.table}第{line.row}行"
        row: list[grid.Raw] = []
        for entry in line.entries:
            words = text[entry.start : entry.end].strip()
            lead = (
                entry.start + len(text[entry.start : entry.end]) - len(text[entry.start : entry.end].lstrip())
            )
            while len(row) < min(entry.column, width):
                row.append(grid.Raw(start=entry.start, end=entry.start, locator=locator))
            if entry.continues and not words:
                words = above.get(entry.column, "")
                row.append(
                    grid.Raw(words=words, start=entry.start, end=entry.start, locator=locator, down=True)
                )
            else:
                lead = lead if words else entry.start
                row.append(grid.Raw.of_text(words, lead, lead + len(words), locator))
            above[entry.column] = words
            for _ in range(min(entry.width, width) - 1):
                row.append(
                    grid.Raw(words=words, start=entry.end, end=entry.end, locator=locator, across=True)
                )
        rows.append(row)
    return grid.build(rows, name="")
