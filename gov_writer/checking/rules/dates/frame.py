"""The time a draft speaks of: its reporting year, its reference date, and which of its parts look ahead."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from gov_writer.checking.case import Case
from gov_writer.checking.rules.dates.calendar import YEAR, number
from gov_writer.domain import Period
from gov_writer.text.lazy import lazy

_HEADING = lazy(
    r"^[ \t　#]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+部分|#{1,3}\s|\d{4}年|二[〇○零][一二三四五六七八九〇]{2}年|下一步|今后|明年)[^。！？\n]{0,50}$",
    re.M,
)
_AHEAD = lazy(
    r"计划|打算|安排|思路|展望|下一步|下步|目标任务|工作建议|今后|努力方向|总体要求|重点任务|主要任务|主要目标|工作部署|重点工作|工作举措"
)
_BEHIND = lazy(r"总结|回顾|完成情况|开展情况|工作情况|主要做法|成效|成绩|问题|不足|困难|经验|体会|基本情况")
PLAN_WORDS = lazy(
    r"将(?!军|近|领|士|帅|才)|拟|计划|预计|力争|争取|确保|打算|准备|有望|即将|努力|要(?!求|素|点|害|件|闻|领|塞|紧|道)|目标|任务|推动|前完成|下一步|明年"
)
DONE_WORDS = lazy(
    r"已|完成了|开展了|举办了|召开了|组织了|实现了|共|累计|圆满|顺利|成功|先后|被评|获评|荣获|了(?![解望])|完成|开展|举办|召开|建成"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """period: None when unknown.  as_of: None when nobody said; then the period is a guess at best.  ahead: the starts and kinds of the draft's main parts."""

    period: Period | None
    as_of: date | None
    starts: tuple[int, ...]
    ahead: tuple[bool, ...]
    years: tuple[int | None, ...]
    behind: tuple[bool, ...] = ()

    def summed_up(self, year: int) -> bool:
        """Whether a main heading announces the year's summary (一、2025年工作总结)."""
        return any(past and named == year for past, named in zip(self.behind, self.years, strict=False))

    @property
    def year(self) -> int | None:
        """The reporting year, None unless the period lies within one year."""
        if self.period is None or self.period.start is None or self.period.end is None:
            return None
        return self.period.start.year if self.period.start.year == self.period.end.year else None

    def looks_ahead(self, at: int) -> bool:
        """Whether the offset stands under a heading that announces plans."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and self.ahead[index]

    def heading_year(self, at: int) -> int | None:
        """The year that the main heading above names."""
        index = bisect_right(self.starts, at) - 1
        return self.years[index] if index >= 0 else None


def frame(case: Case) -> Frame:
    """The draft's time, from the call, the brief, the sources or the draft itself, in this order."""
    period = case.period or case.claims.period
    as_of = case.as_of or case.claims.as_of
    starts, ahead, years, behind = [], [], [], []
    for match in _HEADING.finditer(case.text):
        line = match[0]
        plan, past = _AHEAD.search(line) is not None, _BEHIND.search(line) is not None
        found = [number(m["year"]) for m in YEAR.finditer(line)]
        starts.append(match.start())
        ahead.append(plan and not past)
        behind.append(past and not plan)
        years.append(found[0] if len(found) == 1 else None)
    return Frame(period, as_of, tuple(starts), tuple(ahead), tuple(years), tuple(behind))


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence (up to 。！？； or a line feed) around a span, at most 200 characters to either side."""
    left = max(text.rfind(mark, max(0, start - 200), start) for mark in "。！？；\n") + 1
    rights = [at for mark in "。！？；\n" if (at := text.find(mark, end, end + 200)) >= 0]
    return max(left, start - 200, 0), min(rights, default=min(len(text), end + 200))


def line_around(text: str, at: int) -> tuple[int, int]:
    """The line around an offset, at most 1500 characters to either side."""
    left = text.rfind("\n", max(0, at - 1500), at) + 1
    right = text.find("\n", at, at + 1500)
    return (left or max(0, at - 1500)), right if right >= 0 else min(len(text), at + 1500)
