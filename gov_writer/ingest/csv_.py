"""Comma-, tab- or semicolon-separated tables."""

from __future__ import annotations

import csv
import io

from gov_writer.domain import Block, BlockKind, Table
from gov_writer.ingest import grid
from gov_writer.ingest.limits import CELLS, fault

_DELIMITERS = ",\t;，|"


def read(text: str, name: str) -> tuple[str, tuple[Block, ...], tuple[Table, ...]]:
    """The table as text (cells joined by tabs, a line per row), its blocks and itself.

    text: the decoded file.  Raises INGEST-111 when it has too many cells or is no table.
    """
    delimiter = _delimiter(text)
    rows: list[list[grid.Raw]] = []
    parts: list[str] = []
    blocks: list[Block] = []
    at = count = 0
    try:
        for record in csv.reader(io.StringIO(text), delimiter=delimiter):
            words = [" ".join(field.split()) for field in record]
            if not any(words):
                continue
            count += len(words)
            if count > CELLS:
                raise _too_many(name)
            number = len(rows) + 1
            row: list[grid.Raw] = []
            start = at
            for column, cell in enumerate(words):
                locator = f"第{number}行{letters(column)}列"
                row.append(grid.Raw.of_text(cell, at, at + len(cell), locator))
                at += len(cell) + 1
            rows.append(row)
            parts.append("\t".join(words))
            blocks.append(Block(start=start, end=at - 1, locator=f"第{number}行", kind=BlockKind.ROW))
    except csv.Error as error:
        raise fault(
            111,
            f"“{name}”不是规整的 .csv 表格，没有读取。",
            where=f"读到第{len(rows) + 1}行时出错（{error}）。",
            hint="请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。",
        ) from None
    return "\n".join(parts), tuple(blocks), (grid.build(rows, name=""),)


def letters(column: int) -> str:
    """Column letters as spreadsheets have them; 0 is A."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _delimiter(text: str) -> str:
    """What splits the first lines most evenly; a comma if nothing does."""
    lines = [line for line in text[:20_000].split("\n")[:30] if line.strip()]
    best, score = ",", 0.0
    for mark in _DELIMITERS:
        counts = [line.count(mark) for line in lines]
        if counts and min(counts) > 0:
            even = min(counts) / max(counts)
            value = even * min(sum(counts) / len(counts), 20) * (1.0 if mark in ",\t;" else 0.5)
            if value > score:
                best, score = mark, value
    if score == 0.0:
        return max(",\t;", key=lambda mark: sum(line.count(mark) for line in lines)) if lines else ","
    return best


def _too_many(name: str) -> Exception:
    return fault(
        111,
        f"“{name}”的单元格太多，没有读取。",
        where=f"上限是 {CELLS} 个单元格。",
        hint="请只保留写报告要用的行和列。",
    )
