"""DAT303: a range whose end lies before its beginning."""

from __future__ import annotations

from collections.abc import Iterator

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.dates.calendar import Day, Span, exists, spans
from gov_writer.domain import Finding, Severity


class ReversedRange(Rule):
    code = "DAT303"
    name = "reversed-range"
    severity = Severity.ERROR
    title = "起止时间颠倒"
    why = "“3月27日至21日”这样的起止时间，要么前后写反，要么漏了月份，读者无从判断。"
    bad = "3月27日至21日，开展麻将馆专项整治。"
    good = "3月21日至27日，开展麻将馆专项整治。"
    authority = citations.CALENDAR

    def check(self, case: Case) -> Iterator[Finding]:
        found: dict[int, Finding] = {}
        for span in spans(case.text):
            if span.start in found or not (exists(span.first) and exists(span.last)) or not _reversed(span):
                continue
            words = case.text[span.start : span.end]
            found[span.start] = self.found(
                case, span.start, span.end, f"起止时间颠倒：“{words}”的结束早于开始；跨年请写明年份或“次年”。"
            )
        yield from (found[start] for start in sorted(found))


def _reversed(span: Span) -> bool:
    first, last = span.first, span.last
    if span.wraps:
        return False
    if first.month is None or last.month is None:
        return first.year is not None and last.year is not None and last.year < first.year
    if first.year is not None and last.year is not None and first.year != last.year:
        return last.year < first.year
    if _order(last) >= _order(first):
        return False
    return span.dated or not _over_new_year(first, last)


def _order(day: Day) -> tuple[int, int]:
    return day.month or 0, day.day or 0


def _over_new_year(first: Day, last: Day) -> bool:
    """11月至3月 (the heating season), 9月至6月 (a school year): people leave out 次年; within one month nobody does."""
    if first.month is None or last.month is None or first.month == last.month:
        return False
    return first.month >= 9 and last.month <= 6 and first.month - last.month >= 3
