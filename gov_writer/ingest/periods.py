"""Reporting periods and days as people type them in briefs and on the command line."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from gov_writer.domain import Period
from gov_writer.errors import GovWriterError
from gov_writer.text.lazy import lazy

_YEAR = lazy(r"(\d{4})年?")
_HALF = lazy(r"(\d{4})年?(?:[Hh]([12])|(上|下)半年)")
_QUARTER = lazy(r"(\d{4})年?(?:[Qq]([1-4])|第?([一二三四1-4])季度)")
_MONTH = lazy(r"(\d{4})[-/年.](\d{1,2})月?")
_MONTHS = lazy(r"(\d{4})年(\d{1,2})[-—–~～至到](\d{1,2})月")
_DAY = lazy(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?")
_RANGE = lazy(r"([^/～~至]{8,11})[/～~至]([^/～~至]{8,11})")
_ORDINAL = {"一": 1, "二": 2, "三": 3, "四": 4}
_FIRST, _LAST = 1900, 2199


def parse_period(text: str) -> Period:
    """The period that ``text`` names: 2025, 2025H1, 2025Q3, 2025-03, 2025-01-01/2025-10-31.

    The Chinese forms (2025年, 2025年上半年, 2025年第三季度, 2025年3月, 2025年1-10月) are read too.
    Raises GovWriterError CALL-120 for anything else, impossible days and reversed ranges included.
    """
    given = text.strip().translate(str.maketrans("０１２３４５６７８９－／", "0123456789-/"))
    span = _span(given)
    if span is None:
        raise _refused(text)
    start, end = span
    return Period(text=given, start=start, end=end)


def parse_day(text: str) -> date | None:
    """The day that ``text`` names (2025-12-20, 2025年12月20日), or None."""
    match = _DAY.fullmatch(text.strip())
    return None if match is None else _day(*(int(part) for part in match.groups()))


def _span(given: str) -> tuple[date, date] | None:
    if match := _YEAR.fullmatch(given):
        return _months(int(match[1]), 1, 12)
    if match := _HALF.fullmatch(given):
        half = int(match[2]) if match[2] else (1 if match[3] == "上" else 2)
        return _months(int(match[1]), 6 * half - 5, 6 * half)
    if match := _QUARTER.fullmatch(given):
        quarter = int(match[2]) if match[2] else _ORDINAL.get(match[3]) or int(match[3])
        return _months(int(match[1]), 3 * quarter - 2, 3 * quarter)
    if match := _MONTH.fullmatch(given):
        return _months(int(match[1]), int(match[2]), int(match[2]))
    if match := _MONTHS.fullmatch(given):
        return _months(int(match[1]), int(match[2]), int(match[3]))
    if match := _RANGE.fullmatch(given):
        start, end = parse_day(match[1]), parse_day(match[2])
        if start is not None and end is not None and start <= end:
            return start, end
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (_FIRST <= year <= _LAST and 1 <= first <= last <= 12):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST <= year <= _LAST else None
    except ValueError:
        return None


def _refused(text: str) -> GovWriterError:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return GovWriterError(
        f"看不懂报告期“{shown}”。",
        hint="写成 2025、2025H1（上半年）、2025Q3（三季度）、2025-03（3月）或 2025-01-01/2025-10-31。",
        code="CALL-120",
    )
