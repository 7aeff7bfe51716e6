"""DAT304: something is told as this report's work, and its date lies outside the reporting period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.dates.frame import PLAN_WORDS, Frame, frame, sentence_around
from gov_writer.domain import Fact, Finding, Kind, Period, Severity
from gov_writer.text.lazy import lazy

#: Dates that a report names for good reasons: since when, compared with what, of which document.
_REFERENCE = lazy(
    r"以来|至今|截至|截止|自从|同比|相比|较|比|去年|上年|前年|当时|曾|原|历史|此前|印发|发布|公布|出台|修订|颁布|施行|实施意见|通过|批准|批复|文号|〔|《|"
    r"成立于|建于|始建|建成于|生于|出生|入党|参加工作|任职|服役|入伍|挂牌于|签订于|案发|发生于|遗留|贯彻|学习|讲话|视察|考察|考核年度|年度"
)
_SINCE = lazy(r"(?:自|从)\s*$")
_SUBS = frozenset({"month", "month-range", "quarter", "half-year"})


class OutsidePeriod(Rule):
    code = "DAT304"
    name = "outside-period"
    severity = Severity.WARNING
    title = "不在报告期内"
    why = "把别的年份、别的季度做的事写成本期成绩，多半是从旧稿搬来的，也容易重复计功。"
    bad = "（报告期2025年）2024年3月5日，开展学雷锋志愿服务，服务居民300人次。"
    good = "（报告期2025年）2025年3月5日，开展学雷锋志愿服务，服务居民300人次。"
    authority = citations.HOUSE

    def check(self, case: Case) -> Iterator[Finding]:
        time = frame(case)
        if time.as_of is None or time.period is None or None in (time.period.start, time.period.end):
            return
        if _NO_REPORT.match(case.text):
            return  # a notice of September on next year's contributions reports on nothing
        for fact in case.claims.of(case.draft.id):
            if _is_dated(fact) and _outside(fact, time) and not _referred(case.text, fact, time):
                yield self.found(
                    case,
                    fact.start,
                    fact.end,
                    f"不在报告期内：“{fact.text}”在{_shown(time)}之外，却写成了本期的工作；引用往年的事请写明“去年”等字样。",
                )


#: The first line of what orders or announces: ……的通知, ……方案.
_NO_REPORT = lazy(
    r"[\s#*]{0,20}[^\n。]{2,60}(?:通知|公告|通告|通报|方案|办法|意见|倡议书|批复|的函|规定|细则)[\s*]{0,8}(?:\n|$)"
)


def _is_dated(fact: Fact) -> bool:
    if fact.kind in (Kind.DATE, Kind.DATE_RANGE):
        return fact.mention.sub not in ("day-only", "time-of-day")
    return fact.kind is Kind.PERIOD and fact.mention.sub in _SUBS


def _outside(fact: Fact, time: Frame) -> bool:
    mention, period = fact.mention, time.period
    if mention.date_start is None or mention.date_end is None or period is None:
        return False
    assert period.start is not None and period.end is not None
    if time.as_of is not None and mention.date_start > time.as_of:
        return False  # DAT305 speaks of what has not happened yet
    yearless = fact.kind is not Kind.PERIOD and not re.search(r"年|\d{4}", fact.text)
    if yearless and time.year is not None and mention.date_start.year != time.year:
        return not _falls_into(mention.date_start, period)  # a heading's year, of which DAT307 speaks
    return mention.as_period().apart(period)


def _falls_into(day: date, period: Period) -> bool:
    """Whether a month and day lie in the period, whatever the year."""
    if period.start is None or period.end is None:
        return False
    return (
        (period.start.month, period.start.day) <= (day.month, day.day) <= (period.end.month, period.end.day)
    )


def _referred(text: str, fact: Fact, time: Frame) -> bool:
    """A plan, or a date that is named as a reference to another time."""
    left, right = sentence_around(text, fact.start, fact.end)
    if fact.planned or time.looks_ahead(fact.start) or PLAN_WORDS.search(text, left, right):
        return True
    if _SINCE.search(text, max(left, fact.start - 3), fact.start):
        return True
    return _REFERENCE.search(text[left:right]) is not None


def _shown(time: Frame) -> str:
    assert time.period is not None
    return f"报告期（{time.period.start}至{time.period.end}）"
