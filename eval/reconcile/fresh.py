"""A district written by hand after everything else stood, in other layouts: see ``qinglu.py``.

    python eval/reconcile/fresh.py [--verbose]

Bars as in ``blind.py``: recall and precision 0.95 each; the exit code is 1 below either.
"""

from __future__ import annotations

import re
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import qinglu
from blind import _measured, _written

_SLOT = re.compile(r"\{(\d+)(?::([^}]+))?(~)?\}")
_SCALE = {"亿元": 10**8, "万元": 10**4, "万人": 10**4, "万平方米": 10**4, "万吨": 10**4}


def value(unit: str, number: int) -> Decimal | None:
    text = qinglu.VALUES[qinglu.UNITS.index(unit)][number - 1]
    return None if text is None else Decimal(text)


def plain(found: Decimal) -> str:
    return f"{found.normalize():f}"


def filled(unit: str, text: str) -> str:
    def one(match: re.Match[str]) -> str:
        number = int(match[1])
        found = value(unit, number)
        assert found is not None, (unit, number)
        if match[3]:
            return f"{round(found, -1):f}{qinglu.INDICATORS[number][1]}"
        counted = match[2] or qinglu.INDICATORS[number][1]
        return plain(found / _SCALE.get(counted, 1)) + counted

    return _SLOT.sub(one, text)


def shown(number: int, found: Decimal | None) -> Decimal | None:
    return None if found is None else found / _SCALE.get(qinglu.INDICATORS[number][1], 1)


def cell(unit: str, number: int) -> Decimal | None:
    wrong = qinglu.CELLS.get((number, unit))
    return Decimal(wrong) if wrong else shown(number, value(unit, number))


def summed(number: int, units: list[str]) -> Decimal:
    return sum((found for unit in units if (found := cell(unit, number)) is not None), Decimal(0))


def by_unit(place: Path) -> str:
    """A row per unit, headers over two rows with merged groups, units in brackets, subtotals in between."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    numbers = list(qinglu.INDICATORS)
    sheet.append(["青芦区2025年度街道（镇、乡）主要工作指标完成情况汇总表"])
    sheet.append(["单位", *(qinglu.INDICATORS[n][2] for n in numbers)])
    sheet.append([None, *(f"{qinglu.INDICATORS[n][0]}（{qinglu.INDICATORS[n][1]}）" for n in numbers)])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(numbers) + 1)
    sheet.merge_cells("A2:A3")
    begin = 2
    for group in dict.fromkeys(qinglu.INDICATORS[n][2] for n in numbers):
        end = begin + sum(qinglu.INDICATORS[n][2] == group for n in numbers) - 1
        sheet.merge_cells(start_row=2, start_column=begin, end_row=2, end_column=end)
        begin = end + 1
    groups = (("街道小计", qinglu.UNITS[:6]), ("镇乡小计", qinglu.UNITS[6:]))
    for title, units in groups:
        for unit in units:
            sheet.append([unit, *(_typed(cell(unit, n)) for n in numbers)])
        sheet.append([title, *(_typed(summed(n, units)) for n in numbers)])
    sheet.append(["合计", *(_typed(total(n)) for n in numbers)])
    book.save(str(place))
    return str(place)


def total(number: int, *, cells: bool = True) -> Decimal:
    wrong = qinglu.TOTALS.get(number)
    if wrong:
        return Decimal(wrong)
    if cells:
        return summed(number, qinglu.UNITS)
    return sum((f for u in qinglu.UNITS if (f := shown(number, value(u, number))) is not None), Decimal(0))


def _typed(found: Decimal | None) -> float | int | str:
    if found is None:
        return "—"
    return int(found) if found == found.to_integral_value() else float(found)


def listed(place: Path) -> str:
    """An indicator a row in a Word table with a column of units, totals alone."""
    import docx

    document = docx.Document()
    document.add_paragraph("青芦区2025年主要指标完成情况")
    table = document.add_table(rows=1, cols=4)
    for place_, words in zip(table.rows[0].cells, ("序号", "指标名称", "计量单位", "全区合计"), strict=True):
        place_.text = words
    for number, (name, unit, _) in qinglu.INDICATORS.items():
        row = table.add_row().cells
        for place_, words in zip(
            row, (str(number), name, unit, plain(total(number, cells=False))), strict=True
        ):
            place_.text = words
    document.save(str(place))
    return str(place)


def main() -> int:
    verbose = "--verbose" in sys.argv
    worst = 1.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = []
        for unit, (file, text) in zip(qinglu.UNITS, qinglu.PARTS, strict=True):
            parts.append(_written(folder / file, filled(unit, text)))
        either = [(words,) for words in qinglu.EITHER]
        told = qinglu.WRONG
        worst = min(
            worst,
            _measured(
                "a row per unit, merged headers",
                by_unit(folder / "汇总表.xlsx"),
                parts,
                told,
                either,
                verbose=verbose,
            ),
        )
        alone = [w for w in told if w[1][0] not in qinglu.UNITS or w[0] != "REC951"]
        worst = min(
            worst,
            _measured(
                "totals alone in Word", listed(folder / "全区指标.docx"), parts, alone, [], verbose=verbose
            ),
        )
    return int(worst < 0.95)


if __name__ == "__main__":
    sys.exit(main())
