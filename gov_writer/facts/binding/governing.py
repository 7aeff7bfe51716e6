"""Which period of its sentence a figure belongs to.

The nearest before it, else one behind it in its clause, with four limits: a period in parentheses governs
what stands in them (税收1.38亿（去年1.2亿）); one behind 由 or 从 the next figure alone (由去年的68起降到42起);
one that is compared with governs no figure but its own (比去年的68起减少); and a growth told after last year's
value is this year's (今年620户，去年580户，增长6.9%).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from gov_writer.domain import Kind, Mention, Period
from gov_writer.text.lazy import lazy

#: A year that is only compared with, not reported on.
_COMPARED = lazy("[较比同与]$|[高低多少优好]于$|对照$|对比$|相比$|根据$|按照$")
_FREQUENT = lazy("每|天天|近?半年|[点时晚早]|.*(?:[点时分]$|年代)")
_CALENDAR = lazy("[年月]|季度|截[至止]")
_DESCRIBES = lazy("(?:底|末|度)?(?:以前|之前|前)?(?:建成|建设|成立|出生|立项|启用|遗留|版|款)的?")
#: 年初确定的25项实事: when an aim was set.
_SET = lazy("(?:就|已)?(?:确定|下达|制定|排定|既定|承诺|签订|部署|安排|提出)")
#: 在去年基础上: where something began.
_GROUND = lazy("(?:同期|[底末])?的?(?:基础|基数|水平)")
#: 完成全年目标的68%: what the aim is for.
_AIMS = lazy("的?(?:总|既定)?(?:指标|目标|任务|计划|预算|序时)")
#: 是2010年的1.5倍: a year that is the measure, not the time.
_TIMES_OF = lazy(
    "(?:[底末]|同期)?的?(?:近|约|超)?[0-9.]+(?:多|余)?倍|(?:[底末]|同期)?的?[一二两三四五六七八九十]倍"
)
#: 全年58亿元任务, 全年任务58亿: the aim itself.
_AIM_OF = lazy(
    "[0-9.]+[万亿]?[\u4e00-\u9fff]{0,3}的?(?:总|既定)?(?:指标|目标|任务|计划|预算)"
    "|(?:总|既定)?(?:指标|目标|任务|计划|预算)[数值]?[ 为是（(]*[0-9.]+ ?[万亿\u4e00-\u9fff]"
)
_AHEAD = lazy("明年|来年|下年|下月|下半年|下季度")
#: 5月份动工，…: a clause that tells when something began or was done, and no figure.
_HAPPENED = lazy(r"[^，,。；;：:\d]{0,12}(?:动工|开工|开工建设|完工|竣工|竣工验收|封顶)(?=[，,])")
_TOGETHER = frozenset({"、", "和", "与", "及"})
_FROM = lazy("[由从自]$")
_PLAN = lazy('[“"]?十(?P<n>[一二三四五六七])?五[”"]?(?:(?:时期|期间)以?来?|(?P<since>以来))')
_YEAR_END = lazy("(?<!到)年(?:底|末|终)$")
_LAST = lazy("(?:去年|上年|上年度|上一年|同期)(?:同期|同月|全年)?")
_OWN = lazy("(?:同期|同月|末|底)?的?")
_BRACKET = lazy("[（(）)]")
_LONG = 32  #: Days beyond which a period is longer than a month.
_DEEP = 32  # parentheses in parentheses that are followed outwards


def of_plans(text: str, start: int, end: int) -> list[Mention]:
    """“十三五”期间, “十四五”以来 in ``text[start:end]`` as periods: their numerals are labels, and yet they date figures."""
    if text.find("五", start, end) < 0:
        return []
    found = []
    for match in _PLAN.finditer(text, start, end):
        first = 2001 + 5 * ("一二三四五六七".find(match["n"]) + 1 if match["n"] else 0)
        last = None if match["since"] else date(first + 4, 12, 31)
        found.append(
            Mention(
                start=match.start(),
                end=match.end(),
                text=match[0],
                kind=Kind.PERIOD,
                core_start=match.start(),
                core_end=match.end(),
                date_start=date(first, 1, 1),
                date_end=last,
            )
        )
    return found


class Governing:
    """The periods of one sentence.

    text: what all spans are into.  line: the span of the sentence.  times: its periods.  figures: the rest
    that they may govern, in text order.
    """

    def __init__(
        self, text: str, line: tuple[int, int], times: Sequence[Mention], figures: Sequence[Mention]
    ) -> None:
        self.starts: list[int] = []
        self.periods: list[Period] = []
        self.ends: list[int] = []
        self.until: list[int] = []
        self.last: list[bool] = []
        self.outer: list[int] = []
        self.brackets: list[tuple[int, int] | None] = []
        self.figures = [f.start for f in figures]
        enclosing = _enclosing(text, line, times) if times else []
        for mention, bracket in zip(times, enclosing, strict=True):
            if not governs(mention):
                continue
            until = bracket[1] if bracket else line[1]
            before = text[max(0, mention.start - 2) : mention.start]
            if _COMPARED.search(before):
                own = self._own(text, mention, figures)
                if own is None:
                    continue
                until = own
            elif _aside(text, mention, before[-1:]) or self._goes_on(text, mention):
                continue
            elif happened := _HAPPENED.match(text, mention.end):
                until = happened.end()
            elif text.startswith("以来的", mention.end - 2) or (
                mention.text in {"全年", "年度"} and _AIM_OF.match(text, mention.end)
            ):
                until = self._next(mention.end, figures, until)  # 侦破2015年以来的积案12起
            elif _FROM.search(before) and not mention.text.endswith(("以来", "来", "起", "至今")):
                until = self._next(mention.end, figures, until)
            self._add(mention, until, bracket)

    def _goes_on(self, text: str, mention: Mention) -> bool:
        """Whether 7、8月和12月份 tells one more time for the same figures; the period then reaches to its end."""
        if not self.periods or text[self.ends[-1] : mention.start] not in _TOGETHER:
            return False
        before, start, end = self.periods[-1], mention.date_start, mention.date_end
        if before.end is None or start is None or end is None or before.end >= start:
            return False
        said = text[self.starts[-1] : mention.end]
        self.periods[-1] = Period(text=said, start=before.start, end=end)
        self.ends[-1] = mention.end
        return True

    def _add(self, mention: Mention, until: int, bracket: tuple[int, int] | None) -> None:
        self.outer.append(self._open(len(self.starts) - 1, mention.start))
        self.starts.append(mention.start)
        self.periods.append(mention.as_period())
        self.ends.append(mention.end)
        self.until.append(until)
        self.last.append(_LAST.fullmatch(mention.text) is not None or bracket is not None)
        self.brackets.append(bracket)

    def _own(self, text: str, mention: Mention, figures: Sequence[Mention]) -> int | None:
        """The end of the value that 比去年的68起 compares with, None if only the year is named."""
        at = bisect_right(self.figures, mention.end - 1)
        if at == len(figures):
            return None
        figure = figures[at]
        plain = figure.kind is Kind.QUANTITY and figure.core_start == figure.start
        near = figure.start - mention.end < 4 and _OWN.fullmatch(text, mention.end, figure.start)
        return figure.end if plain and near else None

    def _next(self, end: int, figures: Sequence[Mention], until: int) -> int:
        at = bisect_right(self.figures, end - 1)
        return min(until, figures[at].end) if at < len(figures) else until

    def _open(self, at: int, start: int) -> int:
        """The period, from ``at`` outwards, that still reaches ``start``; -1 if none does."""
        for _ in range(_DEEP):
            if at < 0 or start < self.until[at]:
                return at
            at = self.outer[at]
        return -1

    def of(self, mention: Mention, clause: tuple[int, int]) -> Period | None:
        """The period that governs a figure or date, None if the sentence has none for it."""
        if not self.starts:
            return None
        at = self._open(bisect_right(self.starts, mention.start) - 1, mention.start)
        if at >= 0 and self.last[at] and mention.kind is Kind.GROWTH and self._told_since(at, mention.start):
            at = self._open(self.outer[at], mention.start)
        if at >= 0:
            return self.periods[at]
        first = self.starts[0]
        if mention.start < first < clause[1] and not self._others(self.brackets[0], mention.start):
            return self.periods[0]
        return None

    def _told_since(self, at: int, start: int) -> bool:
        """Whether last year's value stands between the period and a growth, and another before the period."""
        lo = bisect_right(self.figures, self.starts[at])
        hi = bisect_right(self.figures, start - 1)
        return 0 < lo < hi

    def _others(self, bracket: tuple[int, int] | None, start: int) -> bool:
        """Whether a period's brackets leave a figure out and hold others: 1.38亿（去年1.2亿）."""
        if bracket is None or bracket[0] < start:
            return False
        return bisect_right(self.figures, bracket[0]) < bisect_right(self.figures, bracket[1])


def _aside(text: str, mention: Mention, before: str) -> bool:
    """Whether the period only tells when something began or was made, or for when an aim was set."""
    if mention.text.endswith("年初") and _SET.match(text, mention.end):
        return True
    if _GROUND.match(text, mention.end) or _TIMES_OF.match(text, mention.end):
        return True
    if before <= "\u3400":
        return False
    if mention.text in {"全年", "年度"} and _AIMS.match(text, mention.end):
        return _AIM_OF.match(text, mention.end) is None
    return _DESCRIBES.match(text, mention.end) is not None


def _enclosing(text: str, line: tuple[int, int], times: Sequence[Mention]) -> list[tuple[int, int] | None]:
    """The innermost parentheses around each period, None where there are none."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    found: list[int | None] = []  # the opening of each, while closings are not known yet
    at = 0
    for mark in _BRACKET.finditer(text, *line):
        while at < len(times) and times[at].start < mark.start():
            found.append(stack[-1] if stack else None)
            at += 1
        if mark[0] in "（(":
            stack.append(mark.start())
        elif stack:
            spans.append((stack.pop(), mark.start()))
    found += [stack[-1] if stack else None] * (len(times) - at)
    closing = dict(spans)
    return [
        None if opened is None or opened not in closing else (opened, closing[opened]) for opened in found
    ]


def governs(mention: Mention) -> bool:
    """Whether figures can belong to this period; 每天, 9点 and a bare 目前 are none to report on."""
    if _FREQUENT.match(mention.text):
        return False
    return bool(mention.date_start or mention.date_end or _CALENDAR.search(mention.text))


def carries(mention: Mention) -> bool:
    """Whether the next sentences may still be about it: a longer period that is not ahead."""
    if not governs(mention) or _AHEAD.match(mention.text):
        return False
    days = mention.as_period().days
    if days is not None:
        return days > _LONG
    return "月" not in mention.text or "截" in mention.text


def carried(times: Sequence[Mention]) -> Period | None:
    """The period of a sentence's times, the first of which leads it, that the next sentences may still be about.

    Of 上半年15260头，下半年16920头，全年32180头 it is the year; of two halves alone neither.
    """
    first = times[0]
    if not carries(first):
        return None
    if not any(_beside(first, other) for other in times[1:]):
        return first.as_period()
    return next((other.as_period() for other in times[1:] if _within(first, other) and carries(other)), None)


def said_inside(text: str, times: Sequence[Mention], reported: Period | None) -> Period | None:
    """What a ； part says of when the parts behind it were, though its time does not lead it, None if nothing does:
    现有企业19家，今年1-10月完成产值8亿元；…, 2020年底，人口3万人；….

    times: those of the part, of which one alone may govern.  reported: the source's period; an earlier one dates
    the figures that are told with it.
    """
    told = [
        time
        for time in times
        if governs(time) and not _COMPARED.search(text, max(0, time.start - 2), time.start)
    ]
    if len(told) != 1 or not (carries(told[0]) or _YEAR_END.search(told[0].text)):
        return None
    opens = text[max(0, told[0].start - 1) : told[0].start] in {"", "，", ",", "。", "\n", "；", ";"}
    period = told[0].as_period()
    earlier = reported is not None and period.before(reported)
    return period if opens and not (earlier and carries(told[0])) else None


def _beside(one: Mention, other: Mention) -> bool:
    """Whether two times are stretches of one year that follow each other: half-years, quarters, months."""
    if one.sub != other.sub or one.date_end is None or other.date_start is None:
        return False
    return one.date_end < other.date_start and one.date_end.year == other.date_start.year


def _within(one: Mention, other: Mention) -> bool:
    if None in (one.date_start, one.date_end, other.date_start, other.date_end) or one.sub == other.sub:
        return False
    assert one.date_start and one.date_end and other.date_start and other.date_end
    return other.date_start <= one.date_start and one.date_end <= other.date_end
