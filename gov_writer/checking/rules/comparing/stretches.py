"""Which stretch of which year a figure tells of."""

from __future__ import annotations

from gov_writer.domain import Fact, Period

#: Days by which two stretches of a year may differ and still be told side by side.
_SLACK = 45


def year_of(period: Period | None) -> int | None:
    """The one year that a period lies in, None for none or several."""
    if period is None or period.end is None:
        return None
    if period.start is not None and period.start.year != period.end.year:
        return None
    return period.end.year


def is_result(fact: Fact, year: int | None) -> bool:
    """Whether a fact tells what was done in the report's own year."""
    if fact.planned:
        return False
    if fact.period is None or year is None:
        return True
    return year_of(fact.period) == year


def same_stretch(a: Fact, b: Fact) -> bool:
    """Whether two figures cover like stretches of their years: the first half-year is no whole year."""
    one, two = (fact.period.days if fact.period is not None else None for fact in (a, b))
    return one is None or two is None or abs(one - two) <= _SLACK
