"""How the columns of a table call the report's own time: it goes without saying in the report."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from gov_writer.domain import Period

_NAMED = {
    (1, 3): "第?一季度",
    (4, 6): "第?二季度",
    (7, 9): "第?三季度",
    (10, 12): "第?四季度",
    (1, 6): "上半年",
    (7, 12): "下半年",
}


@dataclass(frozen=True, slots=True)
class OwnTime:
    """The report's own time.  year: the calendar year that it is or lies in, 0 if unknown or more than one.

    own, before: patterns of what a column calls it and the same time a year before; "" where nothing may be left out.
    earlier: what the report calls the latter.
    """

    year: int = 0
    own: str = ""
    before: str = ""
    earlier: str = "上年"

    def called(self, when: str) -> str:
        """A column's time in the report's words: "" for its own, 上年 or 上年同期 for the one before."""
        if self.own and re.fullmatch(self.own, when):
            return ""
        return self.earlier if self.before and re.fullmatch(self.before, when) else when


def own_time(period: Period | None) -> OwnTime:
    """A whole year, or whole months of one year (2025年上半年, 1—10月); for any other span no name is left out."""
    if period is None or period.start is None or period.end is None or period.start.year != period.end.year:
        return OwnTime()
    year, first, last = period.start.year, period.start.month, period.end.month
    if period.start.day != 1 or period.end.day != monthrange(year, last)[1]:
        return OwnTime(year)
    if (first, last) == (1, 12):
        own = rf"{year}\s*年?度?(?:累计)?|本年度?(?:累计)?|今年(?:累计)?|本期(?:累计)?"
        return OwnTime(year, own, rf"{year - 1}\s*年?度?")
    months = (
        rf"{first}\s*月(?:份)?"
        if first == last
        else rf"{first}\s*月?\s*[—–\-－~～至到]{{1,2}}\s*{last}\s*月(?:份)?"
    )
    months = f"(?:{months}|{_NAMED.get((first, last), months)})(?:累计)?"
    before = rf"(?:{year - 1}\s*年|去年|上年){months}|(?:去年|上年)同期"
    return OwnTime(year, rf"(?:{year}\s*年|今年)?{months}|本期(?:累计)?", before, "上年同期")
