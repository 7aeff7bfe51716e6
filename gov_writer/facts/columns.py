"""What the columns and rows of a table say of one another: the unit that parts take from their whole, a row's labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gov_writer.domain import BlockKind, Cell, Source, Table
from gov_writer.text.lazy import lazy

_PART = lazy(r"[（(]?其中")
#: Heads of what is told in percent or as a place, whatever stands left of them.
_OTHER = lazy("同比|环比|增幅|增速|增长|升降|变动|占比|比重|比例|率|排名|名次|位次")
#: Rows from which on a sum is no chance.
_ROWS = 2
#: Columns to the left that may be the whole, and columns that may be its parts.
_WHOLES, _WIDEST = 4, 12


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: ``text[start:end]`` of its source, and the headings above it."""

    start: int
    end: int
    heading: tuple[str, ...]


def rows(source: Source) -> Iterator[Row]:
    """The lines of tables, with the headings above each."""
    heading: tuple[str, ...] = ()
    for block in source.blocks:
        if block.kind is BlockKind.HEADING:
            heading = (*heading[: max(block.level, 1) - 1], source.text[block.start : block.end].strip())
        elif block.kind is BlockKind.ROW:
            yield Row(block.start, block.end, heading)


def beside(table: Table) -> dict[int, tuple[str, ...]]:
    """The labels of each row, by its number."""
    return {cell.row: cell.labels for cell in table.cells if cell.labels}


def units_of_parts(table: Table) -> dict[int, str]:
    """Units for columns that have none: 排查（件） 邻里 物业 其他, of which each row adds up, or （其中女性）."""
    numbers: dict[int, dict[int, Decimal]] = {}
    heads: dict[int, Cell] = {}
    for cell in table.cells:
        if cell.number is not None and not cell.is_header:
            numbers.setdefault(cell.column, {})[cell.row] = cell.number
            heads.setdefault(cell.column, cell)
    columns = sorted(numbers)
    found: dict[int, str] = {}
    for at, column in enumerate(columns):
        if column in found or not _bare(heads[column]):
            continue
        wholes = [c for c in reversed(columns[:at]) if heads[c].unit][:_WHOLES]
        run = columns[at : at + _WIDEST]
        run = run[: next((i for i, c in enumerate(run) if not _bare(heads[c])), len(run))]
        for whole in wholes:
            if parts := _adding_up(numbers, run, whole):
                found.update(dict.fromkeys(parts, heads[whole].unit or ""))
                break
        else:
            if wholes and any(_PART.match(head) for head in heads[column].headers):
                found[column] = heads[wholes[0]].unit or ""
    return found


def _bare(head: Cell) -> bool:
    return head.unit is None and not any(_OTHER.search(words) for words in head.headers)


def _adding_up(numbers: Mapping[int, Mapping[int, Decimal]], run: Sequence[int], whole: int) -> Sequence[int]:
    """The longest beginning of a run of columns that adds up to another column in every row; empty if none does."""
    rows = numbers[whole]
    if len(rows) < _ROWS:
        return ()
    for end in range(len(run), 1, -1):
        if all(
            sum(numbers[c].get(row, Decimal(0)) for c in run[:end]) == total for row, total in rows.items()
        ):
            return run[:end]
    return ()
