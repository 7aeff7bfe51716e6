"""Dates, months and ranges of them as a text writes them, right or wrong.

``facts`` resolves dates that exist; these rules look for those that don't, so they read the digits themselves.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import digit_by_digit, small

_YEAR = r"(?:\d{4}|[〇零○一二三四五六七八九]{4})"
_TWO = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九])"
_NOT_INSIDE = r"(?<![\d.．:：一二三四五六七八九十〇零○])"
DAY = lazy(rf"{_NOT_INSIDE}(?:(?P<year>{_YEAR})年)?(?P<month>{_TWO})月(?P<day>{_TWO})[日号]", needs="日号")
MONTH = lazy(
    rf"{_NOT_INSIDE}(?:(?P<year>{_YEAR})年)?(?P<month>{_TWO})月(?!{_TWO}[日号])(?:份|底|末|初)?(?!龄|大|子|饼)",
    needs="月",
)
YEAR = lazy(rf"{_NOT_INSIDE}(?P<year>{_YEAR})(?=年)", needs="年")
ISO = lazy(
    r"(?<![\d./\-〔\[第#])(?P<year>(?:19|20)\d{2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d./\-])",
    needs="-/.",
)
_TO = r"\s*(?:—{1,2}|－{1,2}|-{1,2}|–|~|～|(?:一直|持续|延续)?[至到])\s*"
_EDGE = r"(?:[上下]午|凌晨|起|开始)?(?:[（(][^（）()]{0,8}[）)])?"
RANGE = lazy(
    rf"{_NOT_INSIDE}(?:(?P<y1>{_YEAR})年)?(?P<m1>{_TWO})月(?:(?P<d1>{_TWO})[日号]?)?{_EDGE}{_TO}"
    rf"(?:(?P<next>次年|翌年|第二年|明年|来年)|(?P<y2>{_YEAR})年)?(?:(?P<m2>{_TWO})月)?(?:(?P<d2>{_TWO})[日号])?",
    needs="月",
)
#: 2025.6.10—2025.7.20
DOTTED = lazy(
    rf"(?<![\d./\-〔\[第#])(?P<y1>(?:19|20)\d{{2}})(?P<mark>[-/.])(?P<m1>\d{{1,2}})(?P=mark)(?P<d1>\d{{1,2}}){_TO}"
    r"(?:(?P<y2>(?:19|20)\d{2})(?P=mark))?(?P<m2>\d{1,2})(?P=mark)(?P<d2>\d{1,2})(?![\d./\-])"
)
#: 2021.03-2023.07
DOTTED_MONTHS = lazy(
    rf"(?<![\d./\-〔\[第#])(?P<y1>(?:19|20)\d{{2}})[./](?P<m1>0[1-9]|1[0-2]){_TO}(?P<y2>(?:19|20)\d{{2}})[./](?P<m2>0[1-9]|1[0-2])(?![\d./\-])"
)
MONTHS = lazy(
    rf"{_NOT_INSIDE}(?:(?P<y1>{_YEAR})年)?(?P<m1>{_TWO}){_TO}(?P<m2>{_TWO})月(?!{_TWO}[日号])(?!龄)",
    needs="月",
)
YEARS = lazy(rf"{_NOT_INSIDE}(?P<y1>{_YEAR})年?{_TO}(?P<y2>{_YEAR})年", needs="年")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as written: parts that are not written are None."""

    year: int | None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A range as written, ``text[start:end]``.

    wraps: the text says that its end is in the next year.  dated: it writes a year at both ends.
    """

    start: int
    end: int
    first: Day
    last: Day
    wraps: bool = False
    dated: bool = False


def number(text: str | None) -> int | None:
    """A year, month or day in digits or Chinese numerals; None where it is neither."""
    if not text:
        return None
    found = small(text)
    return found if found is not None else digit_by_digit(text)


def exists(day: Day) -> bool:
    """Whether the calendar has it; without a year, 29 February exists."""
    if day.month is not None and not 1 <= day.month <= 12:
        return False
    if day.day is None:
        return True
    if day.month is None:
        return 1 <= day.day <= 31
    year = day.year if day.year is not None and 1 <= day.year <= 9999 else 2024
    return 1 <= day.day <= monthrange(year, day.month)[1]


def as_date(day: Day, year: int | None = None) -> date | None:
    """The date, with ``year`` where none is written; None if it has no day or does not exist."""
    at = day.year if day.year is not None else year
    if at is None or day.month is None or day.day is None or not 1 <= at <= 9999 or not exists(day):
        return None
    try:
        return date(at, day.month, day.day)
    except ValueError:
        return None


def spans(text: str) -> Iterator[Span]:
    """All ranges of days, months and years, in text order of each kind."""
    for match in RANGE.finditer(text):
        y1, m1, d1 = number(match["y1"]), number(match["m1"]), number(match["d1"])
        y2, m2, d2 = number(match["y2"]), number(match["m2"]), number(match["d2"])
        if (m2 is None and d2 is None) or (d1 is None) != (d2 is None):
            continue
        last = Day(y2 if y2 is not None else y1, m2 if m2 is not None else m1, d2)
        dated = y1 is not None and y2 is not None
        yield Span(match.start(), match.end(), Day(y1, m1, d1), last, match["next"] is not None, dated)
    for match in DOTTED.finditer(text):
        y1, y2 = number(match["y1"]), number(match["y2"])
        first = Day(y1, number(match["m1"]), number(match["d1"]))
        last = Day(y1 if y2 is None else y2, number(match["m2"]), number(match["d2"]))
        yield Span(match.start(), match.end(), first, last, dated=y2 is not None)
    for match in DOTTED_MONTHS.finditer(text):
        first = Day(number(match["y1"]), number(match["m1"]))
        last = Day(number(match["y2"]), number(match["m2"]))
        yield Span(match.start(), match.end(), first, last, dated=True)
    for match in MONTHS.finditer(text):
        y1 = number(match["y1"])
        first, last = Day(y1, number(match["m1"])), Day(y1, number(match["m2"]))
        yield Span(match.start(), match.end(), first, last)
    for match in DOTTED.finditer(text):
        if (match["d1"] is None) == (match["d2"] is None):
            first = Day(number(match["y1"]), number(match["m1"]), number(match["d1"]))
            last = Day(number(match["y2"]), number(match["m2"]), number(match["d2"]))
            yield Span(match.start(), match.end(), first, last, dated=True)
    for match in YEARS.finditer(text):
        yield Span(match.start(), match.end(), Day(number(match["y1"])), Day(number(match["y2"])))
