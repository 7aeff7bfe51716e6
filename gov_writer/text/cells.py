"""Text on its way into a spreadsheet, for every table that the project writes."""

from __future__ import annotations

from gov_writer.text.lazy import lazy

#: What a spreadsheet may take for the beginning of a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(cell: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe; a negative number stays one.

    Control characters, which no workbook can hold, become blanks.
    """
    cell = _CONTROL.sub(" ", cell)
    if not cell.startswith(_FORMULA) or is_number(cell):
        return cell
    return f"'{cell}"


def is_number(cell: str) -> bool:
    """Whether a cell's text is a plain decimal number (-3.5), which no spreadsheet runs."""
    return cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii()
