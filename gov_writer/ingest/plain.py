"""Plain text and Markdown: one block per line (or two, where a heading runs into its paragraph)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gov_writer.domain import Block, BlockKind, Cell, Table
from gov_writer.ingest import grid, shape
from gov_writer.text import LineIndex, MappedText
from gov_writer.text.clean import readable
from gov_writer.text.lazy import lazy

_COMMENT = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ATX = lazy(r"(#{1,6})[ \t\u3000]+(.*?)[ \t]*#*[ \t]*$")
_QUOTE = lazy(r"(?:>[ \t]?)+")
_RULE = lazy(r"(?:[-*_=][ \t]*){3,}$")
#: A Markdown table has no more columns than this.
_COLUMNS = 300
_SEPARATOR = lazy(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")


def blocks(text: str, *, markdown: bool) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Blocks in reading order and the Markdown tables; locators are 第N行.

    The structure of a noisy scrape (一,、) is seen in its readable form; the spans are the text's own.
    """
    view = readable(text)
    found, tables = _blocks(view.text, markdown=markdown)
    if view.starts is None:
        return found, tables

    span = view.span
    moved = tuple(replace(b, start=left, end=right) for b in found for left, right in (span(b.start, b.end),))
    if len(text.split("\n")) != len(view.text.split("\n")):  # lines were joined
        lines = LineIndex(text)
        moved = tuple(replace(b, locator=f"第{lines.at(b.start)[0]}行") for b in moved)
    tables = tuple(replace(t, cells=tuple(_moved(c, view) for c in t.cells)) for t in tables)
    return moved, tables


def _moved(cell: Cell, view: MappedText) -> Cell:
    left, right = view.span(cell.start, cell.end)
    return replace(cell, start=left, end=right)


def _blocks(text: str, *, markdown: bool) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    found: list[tuple[shape.Piece, int]] = []
    tables: list[Table] = []
    for line_no, start, end in _lines(text, markdown=markdown):
        if line_no < 0:  # a comment
            found.append((shape.Piece(start=start, end=end, kind=BlockKind.NOTE), -line_no))
        elif markdown:
            found += [(p, line_no) for p in _markdown_line(text, start, end)]
        else:
            found += [(p, line_no) for p in shape.pieces(text[start:end], start)]
    if markdown:
        found, tables = _with_tables(text, found)
    return tuple(_finished(text, found)), tuple(tables)


def _lines(text: str, *, markdown: bool) -> Iterator[tuple[int, int, int]]:
    """``(line, start, end)``, counted from 1; the line is negative for an HTML comment."""
    holes = [m.span() for m in _COMMENT.finditer(text)] if markdown and "<!--" in text else []
    line_no, at, hole = 1, 0, 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if hole < len(holes) and holes[hole][0] <= end:
            left, right = holes[hole]
            if at < left:
                yield line_no, at, left
            yield -line_no, left, right
            line_no += text.count("\n", left, right)
            at = right
            hole += 1
            continue
        if at < end:
            yield line_no, at, end
        line_no += 1
        at = end + 1


def _markdown_line(text: str, start: int, end: int) -> list[shape.Piece]:
    line = text[start:end]
    indent = len(line) - len(line.lstrip())
    words = line.strip()
    quote = _QUOTE.match(words)
    if quote:
        indent += quote.end()
        words = words[quote.end() :]
    if not words or _RULE.match(words):
        return []
    heading = _ATX.match(words)
    if heading and heading.group(2):
        left = start + indent + heading.start(2)
        level, _ = shape.level_of(heading.group(2))
        depth = level or -len(heading.group(1))  # settled when all headings are known
        return [
            shape.Piece(start=left, end=left + len(heading.group(2)), kind=BlockKind.HEADING, level=depth)
        ]
    if words.startswith("|") or (words.count("|") >= 2 and words.endswith("|")):
        left = start + indent
        return [shape.Piece(start=left, end=left + len(words), kind=BlockKind.ROW)]
    return list(shape.pieces(text[start + indent : end], start + indent))


def _with_tables(
    text: str, found: list[tuple[shape.Piece, int]]
) -> tuple[list[tuple[shape.Piece, int]], list[Table]]:
    """Rows that form a table become one; the separator row goes; rows without one are paragraphs again."""
    kept: list[tuple[shape.Piece, int]] = []
    tables: list[Table] = []
    index = 0
    while index < len(found):
        run = index
        while (
            run < len(found)
            and found[run][0].kind is BlockKind.ROW
            and (run == index or found[run][1] == found[run - 1][1] + 1)
        ):
            run += 1
        if run == index:
            kept.append(found[index])
            index += 1
            continue
        rows = found[index:run]
        separator = next(
            (n for n, (p, _) in enumerate(rows[:3]) if _SEPARATOR.match(text[p.start : p.end])), None
        )
        if separator and all(text.count("|", p.start, p.end) <= _COLUMNS for p, _ in rows):
            rows = rows[:separator] + rows[separator + 1 :]
            tables.append(_table(text, rows))
            kept += rows
        else:
            kept += [(replace(p, kind=BlockKind.PARAGRAPH), line) for p, line in rows]
        index = run
    return kept, tables


def _table(text: str, rows: list[tuple[shape.Piece, int]]) -> Table:
    raw: list[list[grid.Raw]] = []
    for piece, line in rows:
        cells = []
        for left, right in _cells(text, piece.start, piece.end):
            cells.append(grid.Raw.of_text(text[left:right], left, right, f"第{line}行"))
        raw.append(cells)
    return grid.build(raw, name="")


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start + 1 if text[start] == "|" else start
    stop = end - 1 if text[end - 1] == "|" and end - 1 > at else end
    while at <= stop:
        bar = text.find("|", at, stop)
        while bar > 0 and text[bar - 1] == "\\":
            bar = text.find("|", bar + 1, stop)
        right = stop if bar < 0 else bar
        words = text[at:right]
        left = at + len(words) - len(words.lstrip())
        yield (left, left + len(words.strip())) if words.strip() else (at, at)
        at = right + 1
        if bar < 0:
            break


def _finished(text: str, found: list[tuple[shape.Piece, int]]) -> Iterator[Block]:
    pieces = shape.settled([p for p, _ in found], text)
    first = next((n for n, p in enumerate(pieces) if p.kind is not BlockKind.NOTE), None)
    hashed = [n for n, p in enumerate(pieces) if p.level < 0]
    top = min((-pieces[n].level for n in hashed), default=1)
    title = None
    if hashed and sum(-pieces[n].level == top for n in hashed) == 1 and hashed[0] == first:
        title, top = first, top + 1
    elif first is not None and len(pieces) > 1 and pieces[first].kind is BlockKind.PARAGRAPH:
        alone = first + 1 >= len(found) or found[first + 1][1] != found[first][1]
        if alone and shape.is_title(text[pieces[first].start : pieces[first].end]):
            title = first
    for number, piece in enumerate(pieces):
        kind, level = piece.kind, piece.level
        if number == title:
            kind, level = BlockKind.TITLE, 0
        elif level < 0:
            level = max(1, min(-level - top + 1, 4))
        yield Block(
            start=piece.start, end=piece.end, locator=f"第{found[number][1]}行", kind=kind, level=level
        )
