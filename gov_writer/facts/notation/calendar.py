"""Days that words stand for: ends of months, quarters and years, festivals. Never raises on any number."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from gov_writer.domain import Period
from gov_writer.lexicon import rows

Span = tuple[date | None, date | None]
UNKNOWN: Span = (None, None)

_SPRING = {int(row[0]): row[1] for row in rows("spring_festival")}
_FIXED = {row[0]: row[1] for row in rows("festivals")}


def day(year: int | None, month: int, number: int) -> date | None:
    """The date, or None where there is no such day (2月30日) or no year."""
    if year is None or not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    return date(year, month, number) if 1 <= number <= monthrange(year, month)[1] else None


def last(year: int | None, month: int) -> date | None:
    """The last day of a month."""
    if year is None or not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    return date(year, month, monthrange(year, month)[1])


def months(year: int | None, first: int, final: int) -> Span:
    """From the first day of one month to the last day of another; the year goes on if final < first."""
    if year is None:
        return UNKNOWN
    return day(year, first, 1), last(year + (final < first), final)


def festival(name: str, year: int | None) -> date | None:
    """The (first) day of a festival in a year, None where the table has none."""
    rule = _FIXED.get(name)
    if rule is None or year is None:
        return None
    if rule == "lunar":
        rule = _SPRING.get(year, "")
    return day(year, int(rule[:2]), int(rule[3:])) if rule else None


def before(at: date | None) -> date | None:
    """The day before, None for None and for the first day that a date can hold."""
    return at - timedelta(days=1) if at is not None and at > date.min else None


def after(at: date | None) -> date | None:
    """The day after, None for None and for the last day that a date can hold."""
    return at + timedelta(days=1) if at is not None and at < date.max else None


def in_year(period: Period, year: int) -> Period:
    """The same months of another year; its days are those of whole months."""
    if period.start is None or period.end is None or period.start.year != period.end.year:
        return period
    month = period.end.month
    last = period.end.day
    if last == monthrange(period.end.year, month)[1]:
        last = monthrange(year, month)[1]
    start = period.start.replace(
        year=year, day=min(period.start.day, monthrange(year, period.start.month)[1])
    )
    return Period(text=f"{year}年{period.text}", start=start, end=period.end.replace(year=year, day=last))
