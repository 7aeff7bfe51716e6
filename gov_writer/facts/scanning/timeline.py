"""What a time expression stands for, given the reference date and what the text has told so far.

A year that is told in a heading holds for bare months and 全年 below it (一、2022年工作总结 against
二、2023年工作计划), one told at the beginning of a clause for the rest of its paragraph. 今年, 去年 and
明年 always count from the reference date. Without anything to count from the ends are None.
"""

from __future__ import annotations

from datetime import date

from gov_writer.domain import Period
from gov_writer.facts.notation.calendar import UNKNOWN, Span, after, before, day, last, months
from gov_writer.facts.notation.periods import Point, Time
from gov_writer.facts.notation.time_words import RELATIVE_YEARS

_THIRDS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "中": (11, 20),
}


class Timeline:
    """The text's sense of time while it is read from left to right."""

    def __init__(self, as_of: date | None, period: Period | None) -> None:
        span = period and (period.start, period.end)
        self.as_of = as_of or (span[1] if span else None)
        self.reference = (span[0] or span[1]).year if span and (span[0] or span[1]) else None  # type: ignore[union-attr]
        if self.reference is None and self.as_of is not None:
            self.reference = self.as_of.year
        self.deictic = self.as_of.year if self.as_of is not None else self.reference
        self.heading: int | None = None
        self.told: int | None = None
        self._headed = False
        self.last_day: date | None = None

    def new_paragraph(self) -> None:
        self.told = None
        self._headed = False

    @property
    def year(self) -> int | None:
        """The year that a bare month belongs to."""
        return self.told or self.heading or self.reference

    def _year(self, point: Point) -> int | None:
        if point.year is not None:
            return point.year
        if point.rel:
            base, offset = RELATIVE_YEARS[point.rel]
            anchor = self.deictic if base == "ref" else self.year
            return anchor + offset if anchor is not None else None
        return self.year

    def resolve(self, time: Time) -> Span:
        """First and last day; None for an open or unknown end."""
        if time.sub == "last-n":
            return self._last_n(time)
        start, end = self._point(time.first)
        if time.second is not None:
            start, end = self._range(time, start)
        if time.opening == "until":
            return None, end
        if time.opening == "since":
            return start, None
        if time.opening == "before":
            exact = (
                time.sub == "day"
                or (time.sub == "month" and not time.first.third)
                or time.sub in {"year", "quarter", "half-year"}
            )
            return None, before(start) if exact else end
        if time.opening == "after":
            return after(end), None
        return (None, end) if time.sub == "quarter-end" else (start, end)

    def _range(self, time: Time, start: date | None) -> Span:
        second = time.second
        assert second is not None
        if second.year is None and not second.rel and start is not None:
            months_ = second.months or time.first.months
            return start, self._point(
                Point(start.year, "", months_, second.edge, second.third, second.day, second.day_part)
            )[1] if months_ or second.day is None else day(start.year, start.month, second.day)
        return start, self._point(second)[1]

    def _point(self, point: Point) -> Span:
        year = self._year(point)
        if point.year_to is not None:
            return day(year, 1, 1), day(point.year_to, 12, 31)
        if point.day is not None:
            if point.months is None:
                base = self.last_day
                at = day(base.year, base.month, point.day) if base else None
            else:
                at = day(year, point.months[0], point.day)
            return at, at
        if point.months is not None:
            return self._in_month(year, point)
        if point.edge:
            return self._edge(year, point.edge)
        return (day(year, 1, 1), day(year, 12, 31)) if year is not None else UNKNOWN

    @staticmethod
    def _in_month(year: int | None, point: Point) -> Span:
        assert point.months is not None
        first, final = months(year, *point.months)
        if not point.third or first is None or final is None:
            return first, final
        if point.third in {"底", "末"}:
            return final, final
        if point.third == "初":
            return first, day(first.year, first.month, 10)
        low, high = _THIRDS[point.third]
        return day(first.year, first.month, low), day(first.year, first.month, min(high, final.day))

    @staticmethod
    def _edge(year: int | None, edge: str) -> Span:
        if edge.endswith("初"):
            return day(year, 1, 1), last(year, 1)
        if edge == "年中":
            return day(year, 6, 30), day(year, 6, 30)
        return day(year, 12, 31), day(year, 12, 31)

    def _last_n(self, time: Time) -> Span:
        year = self.deictic
        if year is None or not time.unit.startswith("年") or not 0 < time.count < 1000:
            return UNKNOWN
        if time.lead in {"近", "最近", "这"} or (time.lead == "过去" and time.count == 1):
            return day(year - time.count + 1, 1, 1), day(year, 12, 31)
        if time.lead in {"过去", "前"}:
            return UNKNOWN
        return day(year + 1, 1, 1), day(year + time.count, 12, 31)

    def remember(self, time: Time, span: Span, *, heading: bool, topical: bool, title: bool = False) -> None:
        """Keep what the expression tells: a year for the lines below or the rest of the paragraph, a day.

        title: the heading is the title of a report to a congress; its year dates nothing below if it is later than
        the report's: 2026年政府工作报告 tells of 2025.
        """
        first = time.first
        year = first.year
        if year is None and first.rel and RELATIVE_YEARS[first.rel][0] == "ref":
            year = (
                self._year(first) if first.rel in {"去年", "上年", "明年", "前年"} and first.months else None
            )
        if year is not None:
            if (
                heading
            ):  # of 2024年工作总结和2025年工作计划 the first: the plan has a heading of its own below
                late = self.reference is not None and year > self.reference and title
                self.heading = self.heading if self._headed or late else year
                self._headed = True
            elif topical and time.opening in {"", "after"}:
                self.told = year
        known = span[0] or span[1]
        if first.day is not None and known is not None:
            self.last_day = known
