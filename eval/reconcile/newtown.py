"""A new town with halves, quarters, ledgers of several sheets and a part in two versions, written by hand before anyone
looked how it would be read: see ``tinglan.py``.

    python eval/reconcile/newtown.py [--verbose]

Ten files of nine units (.docx with tables, .xlsx, .csv, .md, .txt) against the new town's report, which has a table.  Bars as in
``blind.py``: recall and precision 0.95 each; the exit code is 1 below either.
"""

from __future__ import annotations

import re
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import tinglan
from blind import _measured, _written

_SLOT = re.compile(r"\{(T?)(\d+)(?:/(q?[1-4]|n))?(?::([^.}!]+))?(?:\.(\d))?(!)?\}")
_SCALE = {
    "万元": 1, "亿元": 10**4, "万户": 10**4, "万人": 10**4, "万个": 10**4, "公顷": 10**4, "万小时": 10**4, "公里": 1000, "万吨": 10**4,
}  # fmt: skip


def value(number: int, unit: str) -> Decimal | None:
    text = tinglan.VALUES[number][tinglan.UNITS.index(unit)]
    return None if text is None else Decimal(text)


def total(number: int) -> Decimal:
    return sum((Decimal(text) for text in tinglan.VALUES[number] if text), Decimal(0))


def stretch(found: Decimal, part: str) -> Decimal:
    """A half-year, a quarter or January to September of a year's value; halves and quarters add up to the year."""
    if part in ("1", "2"):
        first = (found * Decimal("0.46")).quantize(Decimal(1))
        return first if part == "1" else found - first
    quarters = [(found * Decimal(share)).quantize(Decimal(1)) for share in ("0.21", "0.26", "0.24")]
    if part == "n":
        return sum(quarters, Decimal(0))
    return [*quarters, found - sum(quarters, Decimal(0))][int(part[1]) - 1]


def filled(unit: str, text: str) -> str:
    def one(match: re.Match[str]) -> str:
        number = int(match[2])
        found = total(number) if match[1] else value(number, unit)
        assert found is not None, (unit, number)
        if match[3]:
            found = stretch(found, match[3])
        counted = match[4] or tinglan.INDICATORS[number][1]
        found /= _SCALE.get(counted, 1)
        if match[5]:
            found = found.quantize(Decimal(1).scaleb(-int(match[5])), ROUND_HALF_UP)
        return f"{found.normalize():f}" + ("" if match[6] else counted)

    return _SLOT.sub(one, text)


def rows() -> str:
    """The table in the new town's report."""
    lines = []
    for unit in tinglan.UNITS:
        cells = []
        for number in tinglan.COLUMNS:
            found = value(number, unit)
            assert found is not None, (unit, number)
            wrong = tinglan.CELLS.get((number, unit), f"{found}")
            cells.append(f"{stretch(found, '1')}" if wrong == "HALF" else wrong)
        lines.append("|" + "|".join((unit, *cells)) + "|")
    return "\n".join(lines)


def document(place: Path, text: str) -> str:
    """A .docx in which lines with | are tables."""
    import docx

    made = docx.Document()
    table = None
    for line in text.splitlines():
        cells = line.strip("|").split("|") if line.startswith("|") else []
        if not cells:
            table = None
            made.add_paragraph(line)
            continue
        if table is None:
            table = made.add_table(rows=0, cols=len(cells))
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    made.save(str(place))
    return str(place)


def book(place: Path, text: str) -> str:
    """A workbook with a sheet for each line 【name】."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for line in text.splitlines():
        if line.startswith("【"):
            sheet = made.create_sheet(line.strip("【】"))
            continue
        sheet.append([_typed(words) for words in line.split("|")])
    made.save(str(place))
    return str(place)


def _typed(words: str) -> object:
    return float(words) if re.fullmatch(r"-?\d+(\.\d+)?", words) else words or None


def written(place: Path, text: str) -> str:
    make = {".docx": document, ".xlsx": book}.get(place.suffix, _written)
    return make(place, text)


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [written(folder / file, filled(unit, text)) for file, (unit, text) in tinglan.PARTS.items()]
        report = filled("", tinglan.REPORT).replace("ROWS", rows())
        whole = written(folder / "新区综述.docx", report)
        worst = _measured(
            "a report with a table", whole, parts, tinglan.WRONG, [], verbose="--verbose" in sys.argv
        )
    return int(worst < 0.95)


if __name__ == "__main__":
    sys.exit(main())
