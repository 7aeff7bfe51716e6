"""DAT301: a date that no calendar has."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.dates.calendar import DAY, ISO, MONTH, RANGE, Day, exists, number
from gov_writer.checking.rules.dates.frame import Frame, frame, sentence_around
from gov_writer.domain import Finding, Severity
from gov_writer.text.lazy import lazy

_LUNAR = lazy(r"农历|阴历|旧历|腊月|正月|闰")
_COUNTED_MONTHS = lazy(r"(?:第|满|逾|超|超过|近|约|个)$")
_YEAR_BEFORE = lazy(r"(\d{4})年(?!\d)")


class ImpossibleDate(Rule):
    code = "DAT301"
    name = "impossible-date"
    severity = Severity.ERROR
    title = "不存在的日期"
    why = "2月30日、6月31日、13月是敲错的日期，读者一眼就能看出没有核对。"
    bad = "6月31日，街道召开半年工作会。"
    good = "6月30日，街道召开半年工作会。"
    authority = citations.CALENDAR

    def check(self, case: Case) -> Iterator[Finding]:
        text = case.text
        time = frame(case)
        found: list[Finding] = []
        for match in DAY.finditer(text):
            written = Day(number(match["year"]), number(match["month"]), number(match["day"]))
            why = _why(text, match.start(), match.end(), written, time)
            if why:
                found.append(self._report(case, match.start(), match.end(), why))
        for match in MONTH.finditer(text):
            month = number(match["month"])
            before = text[max(0, match.start() - 3) : match.start()]
            if month is None or 1 <= month <= 12 or _COUNTED_MONTHS.search(before):
                continue
            found.append(self._report(case, match.start(), match.end(), "一年只有1月至12月"))
        for match in ISO.finditer(text):
            written = Day(number(match["year"]), number(match["month"]), number(match["day"]))
            plausible = match["mark"] != "." or ((written.month or 0) <= 19 and (written.day or 0) <= 39)
            if plausible and not exists(written):
                found.append(self._report(case, match.start(), match.end(), _limits(written)))
        for match in RANGE.finditer(text):
            month = number(match["m2"]) if match["m2"] else number(match["m1"])
            day = number(match["d2"])
            if match["m2"] or day is None:
                continue  # a whole date of its own: seen above
            written = Day(number(match["y1"]), month, day)
            if exists(Day(None, month)) and not exists(written):
                found.append(self._report(case, match.start(), match.end(), _limits(written)))
        yield from sorted(found, key=lambda f: (f.start, f.end))

    def _report(self, case: Case, start: int, end: int, why: str) -> Finding:
        return self.found(case, start, end, f"没有“{case.text[start:end]}”这一天：{why}。")


def _why(text: str, start: int, end: int, written: Day, time: Frame) -> str:
    """Why the date does not exist; "" if it does."""
    left, _ = sentence_around(text, start, end)
    if _LUNAR.search(text[max(left, start - 6) : start]):
        return ""
    if not exists(written):
        return _limits(written)
    if written.year is None and (written.month, written.day) == (2, 29):
        years = {int(m[1]) for m in _YEAR_BEFORE.finditer(text, left, start)}
        if not years and time.period is not None and time.period.start and time.period.end:
            years = set(range(time.period.start.year, time.period.end.year + 2))
        if years and all(not 1 <= year <= 9999 or monthrange(year, 2)[1] == 28 for year in years):
            return f"{min(years)}年2月只有28天"
    return ""


def _limits(written: Day) -> str:
    month = written.month or 0
    if not 1 <= month <= 12:
        return "一年只有1月至12月"
    year = written.year if written.year is not None and 1 <= written.year <= 9999 else None
    last = monthrange(year or 2024, month)[1]
    return f"{f'{year}年' if year and month == 2 else ''}{month}月最多{last}天"
