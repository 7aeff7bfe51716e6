"""A county of farms and visitors, written by hand before anyone looked how it would be read: see ``yanchi.py``.

    python eval/reconcile/later.py [--verbose]

Nine parts (.docx, .md, .txt, .xlsx, .csv) against the county's report in running text and against a .csv with a column
per unit.  Bars as in ``blind.py``: recall and precision 0.95 each; the exit code is 1 below either.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import yanchi
from blind import _measured, _sheet, _written

_SLOT = re.compile(r"\{(T?)(\d+)(?::([^.}!]+))?(?:\.(\d))?(!)?\}")
#: what one of these is in the base unit of the values
_SCALE = {
    "公顷": 15, "万亩": 10**4, "万吨": 10**4, "万公斤": 10, "万头": 10**4, "万人": 10**4, "万人次": 10**4, "兆瓦": 1000,
    "万千瓦": 10**4, "万元": 10**4, "亿元": 10**8, "公里": 1,
}  # fmt: skip


def base(number: int, unit: str) -> int:
    return 1000 if (number, unit) == (23, "公里") else _SCALE.get(unit, 1)


def value(number: int, unit: str) -> Decimal | None:
    text = yanchi.VALUES[number][yanchi.UNITS.index(unit)]
    return None if text is None else Decimal(text)


def total(number: int) -> Decimal:
    return sum((Decimal(text) for text in yanchi.VALUES[number] if text), Decimal(0))


def filled(unit: str, text: str) -> str:
    def one(match: re.Match[str]) -> str:
        number = int(match[2])
        found = total(number) if match[1] else value(number, unit)
        assert found is not None, (unit, number)
        counted = match[3] or yanchi.INDICATORS[number][1]
        found /= base(number, counted)
        if match[4]:
            found = found.quantize(Decimal(1).scaleb(-int(match[4])), ROUND_HALF_UP)
        return f"{found.normalize():f}" + ("" if match[5] else counted)

    return _SLOT.sub(one, text)


def cell(number: int, unit: str) -> str:
    wrong = yanchi.CELLS.get((number, unit)) or yanchi.SILENT.get((number, unit))
    if wrong:
        return wrong
    found = value(number, unit)
    if found is None:
        return ""
    return f"{(found / base(number, yanchi.INDICATORS[number][1])).normalize():f}"


def by_unit() -> list[list[str]]:
    """An indicator a row, a column a unit, the half-year, this year and last year."""
    rows = [["指标", "单位", *yanchi.UNITS, "全县合计", "其中：上半年", "上年同期", "增长（%）"]]
    for number, (name, unit) in yanchi.INDICATORS.items():
        cells = [cell(number, one) for one in yanchi.UNITS]
        summed = sum((Decimal(text) for text in cells if text), Decimal(0))
        whole = yanchi.TOTALS.get(number) or f"{summed.normalize():f}"
        half = f"{(summed * Decimal('0.46')).quantize(Decimal(1)):f}"
        last = f"{(summed / Decimal('1.05')).quantize(Decimal(1)):f}"
        rows.append([name, unit, *cells, whole, half, last, "5.0"])
    return rows


def part(folder: Path, file: str, unit: str) -> str:
    text = filled(unit, yanchi.PARTS[file])
    if file.endswith(".xlsx"):
        rows = [line.split("|") for line in text.splitlines()]
        return _sheet(folder / file, [[_typed(text) for text in row] for row in rows])
    return _written(folder / file, text)


def _typed(text: str) -> object:
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else text


def main() -> int:
    verbose = "--verbose" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [part(folder, file, unit) for file, unit in zip(yanchi.PARTS, yanchi.UNITS, strict=True)]
        prose = _written(folder / "全县综述.docx", filled("", yanchi.PROSE))
        table = io.StringIO()
        csv.writer(table).writerows(by_unit())
        sheet = _written(folder / "全县指标.csv", table.getvalue())
        either = [(words,) for words in yanchi.EITHER]
        worst = min(
            _measured("a report in running text", prose, parts, yanchi.WRONG_PROSE, [], verbose=verbose),
            _measured("a column per unit", sheet, parts, yanchi.WRONG_TABLE, either, verbose=verbose),
        )
    return int(worst < 0.95)


if __name__ == "__main__":
    sys.exit(main())
