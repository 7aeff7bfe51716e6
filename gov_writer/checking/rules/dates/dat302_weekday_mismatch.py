"""DAT302: a date with the wrong day of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED, Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.dates.calendar import DAY, ISO, YEAR, Day, as_date, number
from gov_writer.checking.rules.dates.frame import PLAN_WORDS, Frame, frame, sentence_around
from gov_writer.domain import Finding, Severity
from gov_writer.text.lazy import lazy

_DAYS = "一二三四五六日"
_WEEKDAY = r"(?:星期|礼拜|周)(?P<weekday>[一二三四五六日天])(?![年届次期常学])"
_AFTER = lazy(rf"\s*[（(，,]?\s*{_WEEKDAY}[）)]?")
#: 12月4日是国家宪法日（星期四）
_NAMED = lazy(rf"(?:是|为|系)?[^，,。；;（）()\n\d每逢至到前后]{{1,10}}[（(]{_WEEKDAY}[）)]")
_BEFORE = lazy(rf"{_WEEKDAY}\s*[（(，,]\s*$")
_RANGE_AFTER = lazy(
    rf"\s*(?:—{{1,2}}|-|–|~|～|至|到)\s*(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})[日号]\s*[（(]\s*{_WEEKDAY}\s*(?:—{{1,2}}|-|–|~|～|至|到)\s*(?:星期|礼拜|周)?(?P<last>[一二三四五六日天])"
)


class WeekdayMismatch(Rule):
    code = "DAT302"
    name = "weekday-mismatch"
    severity = Severity.ERROR
    title = "日期与星期不符"
    why = "日期和星期对不上，说明其中一个是错的，按它去开会的人会走空。"
    bad = "2025年12月15日（星期三）召开年终总结会。"
    good = "2025年12月15日（星期一）召开年终总结会。"
    authority = citations.CALENDAR

    def check(self, case: Case) -> Iterator[Finding]:
        time = frame(case)
        text = case.text
        for pattern in (DAY, ISO):
            for match in pattern.finditer(text):
                written = Day(number(match["year"]), number(match["month"]), number(match["day"]))
                ranged = _RANGE_AFTER.match(text, match.end())
                if ranged is not None:
                    end = ranged.end()
                    yield from self._judge(case, time, match.start(), end, written, ranged["weekday"])
                    month = number(ranged["month"]) or written.month
                    last = Day(written.year, month, number(ranged["day"]))
                    yield from self._judge(case, time, match.start(), end, last, ranged["last"])
                    continue
                after = _AFTER.match(text, match.end()) or _NAMED.match(text, match.end())
                if after is not None:
                    yield from self._judge(case, time, match.start(), after.end(), written, after["weekday"])
                    continue
                before = _BEFORE.search(text, max(0, match.start() - 8), match.start())
                if before is not None:
                    end = match.end() + (text[match.end() : match.end() + 1] in ("）", ")"))
                    yield from self._judge(case, time, before.start(), end, written, before["weekday"])

    def _judge(
        self, case: Case, time: Frame, start: int, end: int, written: Day, weekday: str
    ) -> Iterator[Finding]:
        said = _DAYS.index(weekday.replace("天", "日"))
        years = _years(case.text, time, start, end, written)
        dates = [day for year in years if (day := as_date(written, year)) is not None]
        if not dates:
            if not years and as_date(written, 2024) is not None:
                yield self.found(
                    case,
                    start,
                    end,
                    f"{UNDECIDED}日期与星期是否相符：“{case.text[start:end]}”没有写明年份。",
                    severity=Severity.INFO,
                )
            return
        if any(day.weekday() == said for day in dates):
            return
        yield self.found(
            case, start, end, _message(dates[0], weekday), expected=f"星期{_DAYS[dates[0].weekday()]}"
        )


def _message(day: date, weekday: str) -> str:
    right = _DAYS[day.weekday()]
    return f"日期与星期不符：{day.year}年{day.month}月{day.day}日是星期{right}，不是星期{weekday}。"


def _years(text: str, time: Frame, start: int, end: int, written: Day) -> list[int]:
    """The years that the date may be of: its own, the sentence's, else the reporting year and, for plans, the next."""
    if written.year is not None:
        return [written.year]
    left, right = sentence_around(text, start, end)
    named = [
        year for match in YEAR.finditer(text, left, start) if (year := number(match["year"])) is not None
    ]
    if named:
        return [named[-1]]
    if time.period is None or time.period.start is None or time.period.end is None:
        return []
    years = list(range(time.period.start.year, time.period.end.year + 1))[:5]
    if time.as_of is not None and time.as_of.year not in years:
        years.append(time.as_of.year)
    if PLAN_WORDS.search(text, left, right) or time.looks_ahead(start):
        years.append(years[-1] + 1)
    return years
