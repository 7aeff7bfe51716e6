"""Totals in the draft's own tables: does a 合计 row hold the sum of the rows above it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from gov_writer.checking.case import Case
from gov_writer.domain import Cell, Table
from gov_writer.text.lazy import lazy

_RATE = lazy(r"率|比重|占比|％|%|增幅|增速|增长|平均|均|年份|序号")
_TOTAL_ROW = lazy(r"合计|总计|共计")
_PLAIN = lazy(r"-?\d{1,15}(?:\.\d{1,6})?")


def wrong_totals(case: Case) -> Iterator[tuple[tuple[int, int, str], str, str]]:
    """``((start, end, text), sum, place)`` for each cell of a total row that is not its column's sum."""
    for table in case.draft.tables:
        columns: dict[int, list[Cell]] = defaultdict(list)
        for cell in table.cells:
            columns[cell.column].append(cell)
        if _is_layered(case, table):
            continue
        for cells in columns.values():
            yield from _of_column(case, sorted(cells, key=lambda cell: cell.row))


def _is_layered(case: Case, table: Table) -> bool:
    """Subtotals among the rows: which rows add up to what is anybody's guess."""
    return any("小计" in case.text[cell.start : cell.end] for cell in table.cells)


def _of_column(case: Case, cells: list[Cell]) -> Iterator[tuple[tuple[int, int, str], str, str]]:
    addends: list[Decimal] = []
    for cell in cells:
        heading = "".join(cell.headers)
        value = _value(case, cell)
        if cell.is_header or _RATE.search(heading):
            continue
        if value is None:
            if case.text[cell.start : cell.end].strip(" -—/　"):
                return
            continue
        if not cell.is_total:
            addends.append(value)
            continue
        if not _TOTAL_ROW.search("".join(cell.labels)):
            return
        summed = sum(addends, Decimal(0))
        if len(addends) > 1 and abs(summed - value) > _rounding(addends, value):
            place = f"“{cell.headers[-1]}”列" if cell.headers else ""
            yield (cell.start, cell.end, case.text[cell.start : cell.end]), format(summed, "f"), place
        return


def _rounding(addends: list[Decimal], value: Decimal) -> Decimal:
    """Decimals were rounded each on its own: half a last digit for each; whole numbers are exact."""
    places = max((-int(number.as_tuple().exponent) for number in (*addends, value)), default=0)
    return Decimal(0) if places <= 0 else Decimal(1).scaleb(-places) * (len(addends) + 1) / 2


def _value(case: Case, cell: Cell) -> Decimal | None:
    text = case.text[cell.start : cell.end].strip().replace(",", "")
    if cell.number is not None:
        return cell.number
    try:
        return Decimal(text) if _PLAIN.fullmatch(text) else None
    except InvalidOperation:
        return None
