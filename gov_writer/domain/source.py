"""What ``ingest`` hands on: a file as text, with the place of every piece of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gov_writer.domain.layout import Layout
    from gov_writer.domain.provenance import Provenance


class BlockKind(StrEnum):
    """What a stretch of the source's text was in the file."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a bullet or numbered line
    ROW = "row"  # a line of a table: its cells, separated by tabs
    NOTE = "note"  # header, footer, footnote, text box, hidden text, comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph-like stretch ``text[start:end]``; blocks are in reading order and never overlap.

    level: heading level counted from 1; 0 for what is no heading.
    locator: the place for a person: 第12行, 第3段, 表2第4行, 第2页.
    """

    start: int
    end: int
    locator: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell, ``text[start:end]`` of its source; an empty cell has start == end.

    row, column: 0-based in the table.  locator: ``指标!C5`` or 表2第4行.
    number: the typed value of a workbook cell, in the cell's own unit (27% is 27, never 0.27);
    None where the cell holds text.
    headers: the column headings above it, outermost first.  labels: the row headings left of it.
    unit: the unit that a header (金额（万元）), a unit column or the table's caption gives; None if none does.
    is_header: part of a header row, a label or unit column, or a caption: never a figure of its own.
    is_total: the cell stands in a total row or column (合计, 总计, 小计).
    """

    start: int
    end: int
    row: int
    column: int
    locator: str
    number: Decimal | None = None
    headers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    unit: str | None = None
    is_header: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a workbook, a .csv or a document.  name: sheet or caption, "" if it has none."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person wrote in the file against findings: 忽略：理由 in a Word comment.

    fingerprint: of the earlier finding that it answers; "" if it speaks for the characters it was written on.
    start, end: those characters, ``[start, end)`` of the source's text; equal if there are none.
    reason: "" if none was given; the answer then has no effect.
    """

    fingerprint: str = ""
    reason: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One input file as decoded (材料).

    id: S1, S2, … in the order given.  path: as the user wrote it.
    text: what ``gov-writer text FILE`` prints; every offset in the project refers to it.
    classified: the mark of classification found in it (秘密, 机密, 绝密, 内部), else None; such a
    source is never sent to an endpoint.
    secret: the stretches ``[start, end)`` that a mark 秘密, 机密 or 绝密 covers; no draft tells them.
    warnings: what a reader should know (hidden rows, formulas without values), in Chinese.
    answers: findings that a person has answered in the file; they are not reported again.
    layout: the looks of a .docx, None of all else (and where nobody asked for it).
    provenance: what a draft made ``--with-sources`` remembers of its figures; None of all else.
    """

    id: str
    path: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    classified: str | None = None
    secret: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    layout: Layout | None = None
    provenance: Provenance | None = None

    @property
    def characters(self) -> int:
        return len(self.text)

    def is_secret(self, offset: int) -> bool:
        """Whether the character at ``offset`` stands under a mark of classification."""
        return any(start <= offset < end for start, end in self.secret)
