"""Dates and periods of a text in order: reads them with ``periods``, resolves them with ``timeline``."""

from __future__ import annotations

from datetime import date

from gov_writer.domain import Kind, Period
from gov_writer.facts.notation import periods
from gov_writer.facts.notation.calendar import Span, before, day, festival
from gov_writer.facts.notation.time_words import RELATIVE_MONTHS
from gov_writer.facts.notation.units import unit_at
from gov_writer.facts.scanning.piece import Piece
from gov_writer.facts.scanning.timeline import Timeline
from gov_writer.text.lazy import lazy

_MAY = frozenset("世年月日号季—-~至到./、 个周天点时:：")
_HEADING = lazy(
    r"\s*(?:#{1,6}\s|第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|.{0,40}(?:总结|计划|汇报|报告|要点|打算|安排|思路|回顾)\s*$)"
)
_GIVEN = lazy("报告\\s*$|会议上")
_SENTENCE = lazy("[。；，,]")
_COMPARED = lazy("[比较同与跟和]$")
_BEFORE = frozenset({"去年", "上年", "上年度", "去年度", "上一年", "前年"})
#: 比去年的68起: the year has a value of its own.
_VALUE_OF = lazy("(?:(?:同期|同月)?的|同期|同月)[约近]?[0-9](?![0-9.]*\\s?(?:[%‰]|个?[百千]分点|倍))")
#: After these the numeral is one of a time only if what follows goes on like one: 3—5月, 3、4月份, 2024.3.15, 3个月.
_GOES_ON = {
    **dict.fromkeys(
        "—-~至到、",
        lazy(r"[—\-~至到、]{1,2}\s?第?[0-9〇零一二三四五六七八九十年]{1,5}\s?[年月日号季、—至到\-]"),
    ),
    **dict.fromkeys("./", lazy(r"[./](?:1[0-2]|0?[1-9])[./]|[./][0-9]{1,2}(?![0-9])")),
    "个": lazy("个?(?:多)?(?:月|季度)"),
}
_FAR = frozenset(_GOES_ON)
#: Where ``_LEAD`` ends.
_LEAD_ENDS = frozenset("近去这来后前")
_LEAD = lazy("(?:近|最近|过去|这|未来|今后|往后|接下来|此后|前)$")
_CLOCK = lazy(
    r"[0-9]{1,2}\s?(?:[:：][0-5][0-9](?::[0-5][0-9])?(?![0-9])|点(?:[0-5]?[0-9]分|半|钟|整|多(?=[，。、]|集合|左右)|(?=前|后|至|到|起|[，。、；]|集合|碰头|开始|准时))|时(?:[0-5]?[0-9]分|(?=前|后|至|到|左右|[，。、\n）]|许|整|$)))|(?<=[时点分][至到—-])[0-9]{1,2}\s?[时点](?!间|数|位)"
)
#: 每天一调度, 每周一总结
_SLOGAN = lazy("[一两三][\u4e00-\u9fff]{1,2}")
_YEAR_TOLD = lazy("(?:回首|回顾|回望|展望|走过|走进|迈入|告别|迎来|喜迎|奋进|拥抱|面向|再战|决胜|你好)$")
_BARE_YEAR = lazy("(?:19|20)[0-9]{2}(?=[，,。！；、:：])")
_PLAN = lazy('十(?P<n>[一二三四五六七])?五[”"]?(?:时期|期间|规划)?的?$')
_WEEKDAY = lazy("(?:星期|周|礼拜)([一二三四五六日天])(?![年期岁个次天])")


class Times:
    """The time expressions of one text; must be asked from left to right."""

    def __init__(self, text: str, as_of: date | None, period: Period | None) -> None:
        self.text = text
        self.line = Timeline(as_of, period)
        self.line_end = -1
        self.heading = False
        self.title = False
        self.ahead_from = -1  # where a day or month of a coming year was told last

    def _enter(self, at: int) -> None:
        """Notice that a new line has begun at or before ``at``."""
        if at <= self.line_end:
            return
        start = (
            self.text.rfind("\n", max(0, self.line_end), at) + 1
            if self.line_end >= 0
            else self.text.rfind("\n", 0, at) + 1
        )
        stop = self.text.find("\n", at)
        self.line_end = stop if stop >= 0 else len(self.text)
        self.line.new_paragraph()
        line = self.text[start : min(self.line_end, start + 61)]
        self.heading = (
            len(line) <= 50
            and not _SENTENCE.search(line)
            and not line.rstrip().endswith(("：", ":"))
            and _HEADING.match(line) is not None
        )
        self.title = self.heading and _GIVEN.search(line) is not None

    def at(self, start: int, run_end: int, floor: int) -> Piece | None:
        """The date or period at a numeral (or its 第) whose run ends at run_end, None if it is none."""
        text = self.text
        before = text[start - 1 : start]
        lead = _LEAD.search(text, max(floor, start - 3), start) if before in _LEAD_ENDS else None
        if lead is None:
            follows = text[run_end : run_end + 1]
            if text[start] != "第" and (
                follows not in _MAY or (follows in _FAR and not _GOES_ON[follows].match(text, run_end))
            ):
                return self._bare_year(start, run_end, floor) or self._weekday(start, floor)
            clock = _CLOCK.match(text, start)
            if clock and text[start].isascii():
                return Piece(start, clock.end(), Kind.PERIOD, "time-of-day")
        if text.startswith(("一月一", "一年一", "一日一"), start):
            return None
        begin = lead.start() if lead else start
        found = periods.at(text, begin, floor) or (periods.at(text, start, floor) if lead else None)
        if found is None:
            return self._bare_year(start, run_end, floor) or self._weekday(start, floor)
        return self._piece(found)

    def _bare_year(self, start: int, run_end: int, floor: int) -> Piece | None:
        """回首2023，展望2024：a year without 年 where the words before it look back or ahead; 2026：…, which heads a line."""
        if run_end != start + 4:
            return None
        heads = self.text[run_end : run_end + 1] in {":", "："} and self.text[max(0, start - 1) : start] in {
            "",
            "\n",
        }
        if not heads and not _YEAR_TOLD.search(self.text, max(floor, start - 2), start):
            return None
        match = _BARE_YEAR.match(self.text, start)
        if match is None:
            return None
        point = periods.Point(year=int(match.group()))
        return self._piece(periods.Time(start, run_end, start, run_end, point, None, "year"))

    def _weekday(self, start: int, floor: int) -> Piece | None:
        if self.text[start - 1 : start] not in {"期", "周", "拜"}:
            return None
        match = _WEEKDAY.match(self.text, max(floor, start - 1)) or (
            _WEEKDAY.match(self.text, start - 2) if start - 2 >= floor else None
        )
        return (
            Piece(match.start(), match.end(), Kind.LABEL, "weekday")
            if match and match.end() > start
            else None
        )

    def word(self, start: int, end: int, what: str, floor: int) -> Piece | None:
        """The period that a known word begins (今年, 上半年, 目前, 春节前)."""
        if what == "time":
            return self._relative(start, end, floor)
        self._enter(start)
        if what == "festival":
            return self._festival(start, end)
        kind = {
            "now": "now",
            "until-now": "as-of",
            "recurring": "recurring",
            "season": "season",
            "vague": "vague",
        }[what]
        if what == "recurring":
            slogan = _SLOGAN.match(self.text, end)
            if slogan and not unit_at(self.text, end + 1, False):
                return Piece(start, slogan.end(), Kind.LABEL, "slogan")
        piece = Piece(start, end, Kind.PERIOD, kind)
        if what == "until-now":
            piece.core_start = end - 2
        if what in {"now", "until-now"}:
            piece.date_end = self.line.as_of
        return piece

    def _relative(self, start: int, end: int, floor: int) -> Piece | None:
        text = self.text
        if text[start:end] in RELATIVE_MONTHS:
            if text[start - 1 : start] == "月":  # 11月当月
                return None
            return self._month(start, end)
        found = periods.at(text, start, floor)
        if found is None:
            if text[start:end] in {"全年", "年内"}:
                found = periods.Time(start, end, start, end, periods.Point(rel="全年"), None, "year")
            else:
                return None
        if (
            _COMPARED.search(text, max(floor, start - 1), start)
            and (
                (found.first.rel in _BEFORE and found.first.months is None)
                or found.first.edge in {"年初", "初"}
            )
            and text[start - 1] in "比较"
            and not _VALUE_OF.match(text, found.end)
        ):
            return None
        compared = text[max(floor, start - 1) : start] in {"比", "较", "与", "同"}
        if compared and text.startswith("同期", found.end) and not _VALUE_OF.match(text, found.end):
            return None
        piece = self._piece(found)
        if found.first.rel in _BEFORE and text.startswith(("同期", "同月"), piece.end):
            piece.end = piece.core_end = piece.end + 2
        return piece

    def _month(self, start: int, end: int) -> Piece:
        self._enter(start)
        closing = self.text[end : end + 1] in {"底", "末"}
        piece = Piece(start, end + closing, Kind.PERIOD, "month")
        now = self.line.as_of
        if now is not None:
            index = now.year * 12 + now.month - 1 + RELATIVE_MONTHS[self.text[start:end]]
            from gov_writer.facts.notation.calendar import months

            piece.date_start, piece.date_end = months(index // 12, index % 12 + 1, index % 12 + 1)
            piece.date_start = piece.date_end if closing else piece.date_start
        return piece

    def _festival(self, start: int, end: int) -> Piece:
        word = self.text[start:end]
        name = word.removesuffix("前").removesuffix("期间")
        piece = Piece(start, end, Kind.PERIOD, "before-holiday" if word.endswith("前") else "holiday")
        piece.core_end = start + len(name)
        year, now = self.line.year, self.line.as_of
        day = festival(name, year)
        if (
            day is not None
            and day.month < 3
            and now is not None
            and day <= now
            and word.endswith("前")
            and year is not None
        ):
            day = festival(name, year + 1)
        if word.endswith("前"):
            piece.date_end = before(day)
        return piece

    def _piece(self, found: periods.Time) -> Piece:
        self._enter(found.start)
        kind = (
            Kind.DATE_RANGE
            if found.sub == "range"
            else Kind.DATE
            if found.sub in {"day", "day-only"} and not found.opening
            else Kind.PERIOD
        )
        if found.sub == "range" and found.opening:
            kind = Kind.PERIOD
        piece = Piece(found.start, found.end, kind, _sub(found))
        piece.core_start, piece.core_end = found.core_start, found.core_end
        self._leave_ahead(found.start)
        span = self._of_plan(found) or self.line.resolve(found)
        piece.date_start, piece.date_end = span
        if found.first.months is not None and found.first.year is not None:
            ahead = self.line.reference is not None and found.first.year > self.line.reference
            self.ahead_from = found.end if ahead and not self.heading else -1
        self.line.remember(
            found,
            span,
            heading=self.heading,
            title=self.title,
            topical=self._is_topic(found),
        )
        return piece

    def _is_topic(self, found: periods.Time) -> bool:
        """Whether the time dates what follows in its paragraph: it opens a clause, tells no more than itself in
        brackets (（2024年第5名） is an aside), and names no thing of the year to come (2026年度参保9月启动)."""
        text, before = self.text, self.text[max(0, found.start - 1) : found.start]
        year, own = found.first.year, self.line.reference
        if year is not None and own is not None and year > own and text[found.end - 1] == "度":
            return False
        if before in ("（", "("):
            return text[found.end : found.end + 1] in ("）", ")")
        return not before or before in "\n。；，、：,;: 　“在自从于到至期"

    def _of_plan(self, found: periods.Time) -> Span | None:
        """“十四五”前四年: the first years of a five-year plan; None for any other."""
        if found.lead != "前" or not found.unit.startswith("年"):
            return None
        plan = _PLAN.search(self.text, max(0, found.start - 9), found.start)
        if plan is None:
            return None
        first = 2001 + 5 * ("一二三四五六七".find(plan["n"]) + 1 if plan["n"] else 0)
        return day(first, 1, 1), day(first + found.count - 1, 12, 31)

    def _leave_ahead(self, at: int) -> None:
        """明年6月底交付。9月28日通水: a day of a coming year dates its own sentence, not the next ones."""
        if self.ahead_from < 0:
            return
        if self.text.find("。", self.ahead_from, at) >= 0:
            self.line.told, self.ahead_from = None, -1
        else:
            self.ahead_from = at


def _sub(found: periods.Time) -> str:
    if found.opening == "until":
        return "as-of"
    if found.opening == "before":
        return "deadline"
    if found.opening in {"since", "after"}:
        return f"{found.opening}-{found.sub}"
    return found.sub
