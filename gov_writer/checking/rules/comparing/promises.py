"""What last year's report promised for this year, and what this year's report says of it.

A promise is a planned figure, or a sentence under a plan that names something which can be seen to be there
or not (a centre, a park, a project). Resolutions that name nothing (持续提升服务水平) can't be held against anybody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import groupby
from math import log
from typing import TYPE_CHECKING

from gov_writer.checking.rules.comparing.standing import STANDING
from gov_writer.checking.rules.comparing.stretches import is_result, year_of
from gov_writer.domain import Approx, Block, BlockKind, Fact, Kind, Ledger, Source
from gov_writer.lexicon import rows, words
from gov_writer.matching import intervals, subjects, units
from gov_writer.matching.naming import names
from gov_writer.matching.pairing.indicators import counterparts
from gov_writer.matching.passages import plans
from gov_writer.text import clauses, sentences
from gov_writer.text.lazy import lazy

if TYPE_CHECKING:
    from gov_writer.checking.rules.comparing.years import YearOnYear

#: Share of a promise's telling words in a sentence from which it speaks of the promise, and from which it may.
SPEAKS, MAY_SPEAK = 0.6, 0.42
#: Likeness from which an uncertain result is shown as a question.
ASKED = 0.6
_SHORTEST, _LONGEST = 6, 60
#: Characters of a line that only opens a list.
_LINE = 30
_NUMBERED = lazy(r"[-*·•\s]*(?:（?[一二三四五六七八九十]{1,3}[）、是]|[（(]?\d{1,2}[）).、．])")
_DONE = lazy(
    "建成|完成|投入使用|投用|竣工|落成|启用|开放|交付|通车|建立|成立|实现|开通|挂牌|验收|全覆盖|入驻|运营|新建|新增|已|顺利|打造"
    "|完工|改造[^，。]{0,12}[个处条户]|获评|创建成功"
)
#: Resolutions about how to work begin so.
_VAGUE = lazy(
    "(?:持续|不断|进一步|深入|大力|积极|全面|着力|切实|扎实|始终|要|将|更加|努力)*(?:坚持|加强|提升|提高|完善|深化|增强|倡导|优化"
    "|健全|强化|巩固|拓展|扩大|促进|支持|鼓励|引导|严守|抓好|做好|做优|做强|落实|统筹|围绕|聚焦|发挥|以|把|让|形成|营造|规范|管好)"
)
#: What brings something about.
_BRINGS = lazy(
    "建成|新建|建设|建立|改造|打造|完成|启动|推进|推动|开工|竣工|实施|启用|投用|设立|成立|引进|加装|开通|修建|扩建|改建|创建|征收"
    "|拆除|落地|挂牌|开放|交付|建好|新增|增设|修缮|整治|推出|上线|争创|创成"
)
#: What ends with a thing that can be seen; 推进 and 加快建设 never come to an end.
_ENDS = lazy(
    "建成|新建|打造|开工|竣工|完工|完成|启用|投用|投入|设立|成立|开通|修建|扩建|改建|改造|建好|新增|增设|加装|落成|开放|交付|挂牌|引进|征收|拆除|修缮"
    "|(?<!加快)(?<!推进)(?<!推动)(?<!加强)建设(?!$)|建立|上线|启动(?=[^，。]{2,20}申报$)"
)
#: What is won or not; what a proper name stands before.
_HONOUR = lazy(
    "(?:争创|创成|创建|获评|建成)[^，。]{0,10}(?:典范|示范|文明|卫生|先进|园林)[^，。]{0,4}(?:街道|[乡镇村]|村镇|社区|单位)"
    "|(?:争创|创成|创建)[^，。]{2,14}(?:次?中心|基地)|启动[^，。]{2,20}(?:基地|示范区|试点)申报"
    "|(?:上线|开通|推出)[^，。]{3,14}(?:服务|功能|小程序)"
)
_BUILDING = lazy("[\u4e00-\u9fff]{2}(?:站|馆|院|楼|厂|所|室|堂)")
#: Nothing in particular.
_GENERAL = lazy(
    "一批|若干|各类|多种|更多|一系列|等重[大点]|逐步|探索|鼓励|引导|(?:体系|机制|格局|氛围|水平|能力|质效)(?:建设)?$"
)
_AIMING = lazy(
    "力争|争取|计划|预计|确保|努力|控制在?|保持在?|稳定在?|达到?|不低于|不少于|完成|实现|拟|将|明年|下一?年"
)
_AGAINST = lazy("(?:较|比|同)?(?:上年|去年|同比|同期)|注册|净?增[加长]?|新增")
_DIGITS = lazy(r"[\d.,%％]+")


class Fate(StrEnum):
    """What became of a promise, in the words of the table."""

    DONE = "已完成"
    MISSED = "未达到"
    PROGRESS = "有进展"
    SILENT = "未提及"
    AGAIN = "再次列入计划"
    UNSURE = "待核"


@dataclass(frozen=True, slots=True)
class Promise:
    """start, end: the promise's place in the old text.  figure: the planned one, None for a promise without.

    result: the figure that answers it; place: the sentence of the new text that speaks of it; None where none does.
    """

    start: int
    end: int
    fate: Fate
    figure: Fact | None = None
    result: Fact | None = None
    place: tuple[int, int] | None = None


def promises(years: YearOnYear) -> tuple[Promise, ...]:
    """All promises of the old report in its order."""
    planned = [fact for fact in years.old.facts if fact.planned and fact.counted]
    wanted = {fact.id for fact in planned if _for_next(years, fact)}
    answered = {
        pair.old.id: pair
        for pair in counterparts(
            replace(years.old, facts=tuple(_bare(fact) for fact in years.old.facts)),
            replace(years.new, facts=tuple(_as_new(fact) for fact in years.new.facts)),
            of_old=lambda fact: fact.id in wanted,
            of_new=lambda fact: is_result(fact, years.new_year),
        )
    }
    echoes = _Echoes(years.new)
    by_word = _ByWord([fact for fact in years.new.facts if fact.counted and is_result(fact, years.new_year)])
    text, new = years.old.sources[0].text, years.new.sources[0].text
    found: list[Promise] = []
    for fact in planned:
        if fact.id not in wanted or fact.value is None:
            continue
        start, end = fact.clause if fact.cell is None else (fact.start, fact.end)
        pair = answered.get(fact.id)
        if pair is not None and (pair.certain or pair.likeness >= ASKED):
            fate = _reached(fact, pair.new) if pair.certain else Fate.UNSURE
            found.append(Promise(start, end, fate, fact, pair.new, pair.new.sentence))
        else:
            fate, place = echoes.of(fact.subject)
            said = new[slice(*place)] if place is not None else ""
            if fact.kind is Kind.PERCENT and fact.value == 100 and "全覆盖" in said:
                fate = Fate.DONE
            elif fate in (Fate.DONE, Fate.PROGRESS):
                fate = Fate.UNSURE
            maybe = by_word.of(fact) if fate is Fate.SILENT else None
            if maybe is not None:
                fate, place = Fate.UNSURE, maybe.sentence
            found.append(Promise(start, end, fate, fact, maybe, place))
    taken = [(f.start, f.end) for f in planned]
    for start, end in _worded(years.old.sources[0], taken):
        fate, place = echoes.of(text[start:end])
        found.append(Promise(start, end, fate, place=place))
    return tuple(_once(sorted(found, key=lambda promise: (promise.start, promise.end))))


def _once(found: list[Promise]) -> Iterator[Promise]:
    """A clause with two figures (由380元提高到420元) is one promise: what is answered of it stands for the rest."""
    for _, same in groupby(found, key=lambda promise: (promise.start, promise.end)):
        told = list(same)
        answered = [promise for promise in told if promise.result is not None]
        yield from answered or told[:1]


def _bare(fact: Fact) -> Fact:
    """A planned figure under the name that its result will have: 力争新增就业 → 新增就业."""
    return replace(fact, subject=_AIMING.sub("", fact.subject) or fact.subject) if fact.planned else fact


def _as_new(fact: Fact) -> Fact:
    """注册志愿者较上年增加621人 answers a plan of 新增志愿者600人."""
    if fact.mention.sub != "delta" or (fact.value or 0) < 0:
        return fact
    return replace(fact, subject="新增" + _AGAINST.sub("", fact.subject))


def _for_next(years: YearOnYear, fact: Fact) -> bool:
    """Whether a planned figure is meant for the new report's year (not 到2027年, not the past one's plan)."""
    year = year_of(fact.period)
    wanted = years.new_year or (years.old_year + 1 if years.old_year is not None else None)
    text = years.old.sources[0].text
    clause = text[fact.clause[0] : fact.clause[1]] if fact.cell is None else ""
    trifle = fact.text.startswith("一") and fact.value == 1
    if trifle or units.dimension(fact.unit) in ("年", "月份", "天", "时间"):
        return False
    if fact.mention.sub == "delta" or STANDING.search(clause) or "年均" in fact.mention.basis:
        return False
    if fact.cell is None and _counts_items().search(f"{fact.text}|{text[fact.end : fact.end + 4]}"):
        return False
    if fact.unit == "点" and fact.mention.kind is Kind.QUANTITY:  # 把握好三点
        return False
    if fact.period is not None and year is None:
        return False
    return year is None or wanted is None or year in (wanted, years.old_year if _headed(fact) else wanted)


def _headed(fact: Fact) -> bool:
    """A plan's heading without a year: its figures carry the report's own period."""
    return any(plans.is_plan(heading) for heading in fact.heading)


def _reached(planned: Fact, result: Fact) -> Fate:
    """Whether the result reaches what was planned, as far as the wording of both allows."""
    goal, got = intervals.interval(planned.mention), intervals.interval(result.mention)
    if goal is None or got is None or planned.value is None:
        return Fate.UNSURE
    downward = planned.mention.approx in (Approx.AT_MOST, Approx.LESS_THAN) or planned.value < 0
    ceiling = downward or bool(_ceilings().search(planned.subject) or _ceilings().search(result.subject))
    if ceiling and planned.value < 0 < (result.value or 0):
        got = intervals.Interval(got.low and -got.low, got.high and -got.high)  # 降低4%, 降幅3.9%
        got = intervals.Interval(got.high, got.low)
    if ceiling:
        top = goal.high
        return Fate.MISSED if top is not None and got.low is not None and got.low > top else Fate.DONE
    low = goal.low
    return Fate.MISSED if low is not None and got.high is not None and got.high < low else Fate.DONE


def _worded(source: Source, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences of a plan without figures that name something which can be seen to be there."""
    starts = sorted(start for start, _ in taken)
    for start, end in _planned_sentences(source):
        for left, right in clauses(source.text, start, end):
            at = bisect_left(starts, left)
            words_ = source.text[left:right].strip("，。；：、 ")
            if at < len(starts) and starts[at] < right:
                continue  # its figure is the promise
            if _SHORTEST <= len(words_) <= _LONGEST and _verifiable(words_):
                yield left, left + len(source.text[left:right].rstrip("，。；; "))


def _verifiable(clause: str) -> bool:
    """Whether a clause says that something nameable will be brought about."""
    if _VAGUE.match(clause) or _GENERAL.search(clause) or not _BRINGS.search(clause):
        return False
    if _HONOUR.search(clause):
        return True
    always = bool(_deliverable("always").search(clause))
    if always and _ENDS.search(clause):
        return True
    named = always or bool(_deliverable("named").search(clause) or _BUILDING.search(clause))
    return named and any(name.kind != "person" for name in names.find(clause))


def _planned_sentences(source: Source) -> Iterator[tuple[int, int]]:
    """The sentences under a plan's heading, and those that look ahead elsewhere."""
    headings: list[tuple[int, str]] = []
    kinds = {block.start: block for block in source.blocks}
    starts = sorted(kinds)
    planned: dict[int, bool] = {}
    opened = False
    for start in starts:
        block = kinds[start]
        said = source.text[block.start : block.end].strip()
        if _is_heading(block, said):
            level = block.level if block.kind is BlockKind.HEADING else 0
            headings = [h for h in headings if h[0] < level]
            headings.append((level, said))
        elif said:
            opened = (opened and _NUMBERED.match(said) is not None) or _opens_plan(said)
        planned[start] = opened or any(plans.is_plan(words_) for level, words_ in headings if level)
    for start, end in sentences(source.text):
        at = bisect_right(starts, start) - 1
        own: Block | None = kinds[starts[at]] if at >= 0 else None
        if own is None or _is_heading(own, source.text[own.start : own.end].strip()):
            continue
        if planned[own.start] or plans.looks_ahead(source.text[start:end]):
            yield start, end


def _is_heading(block: Block, said: str) -> bool:
    """Whether a block is a heading and not a numbered sentence: （六）编制新一轮方案，启动申报。"""
    return block.kind in (BlockKind.HEADING, BlockKind.TITLE) and not said.endswith("。")


def _opens_plan(said: str) -> bool:
    """2026年打算： on a line of its own, with numbered lines below it."""
    return len(said) <= _LINE and said.endswith(("：", ":")) and plans.is_plan(said)


class _ByWord:
    """Results by the words that no other result has: 选派进修20人次 may be what 派出进修人员15人次 tells."""

    def __init__(self, results: list[Fact]) -> None:
        self._results: dict[str, list[Fact]] = defaultdict(list)
        for fact in results:
            for pair in subjects.features(fact.subject).pairs:
                self._results[pair].append(fact)

    def of(self, planned: Fact) -> Fact | None:
        """The one result in the promise's unit that shares such a word with it."""
        found = {
            told[0].id: told[0]
            for pair in subjects.features(planned.subject).pairs
            if len(told := self._results.get(pair, [])) == 1 and units.same(told[0].unit, planned.unit)
        }
        return next(iter(found.values())) if len(found) == 1 else None


class _Echoes:
    """Where the new report speaks of something, by the words that tell."""

    def __init__(self, new: Ledger) -> None:
        source = new.sources[0]
        ahead = set(_planned_sentences(source))
        self._places = [(span, span in ahead) for span in sentences(source.text)]
        self._text = source.text
        self._pairs = [_pairs(source.text[a:b]) for (a, b), _ in self._places]
        self._index: dict[str, list[int]] = {}
        for number, pairs in enumerate(self._pairs):
            for pair in pairs:
                self._index.setdefault(pair, []).append(number)

    def of(self, promise: str) -> tuple[Fate, tuple[int, int] | None]:
        """What becomes of a promise without a figure, and the sentence that tells."""
        wanted = _pairs(_HOW_MANY.sub("", _PLANNING.sub("", promise)))
        if not wanted:
            return Fate.UNSURE, None
        count = len(self._pairs) or 1
        weight = {pair: log(1 + count / (1 + len(self._index.get(pair, ())))) for pair in wanted}
        whole = sum(weight.values())
        scores: dict[int, float] = defaultdict(float)
        for pair in sorted(wanted):
            for number in self._index.get(pair, ()):
                scores[number] += weight[pair]
        results = [(s / whole, n) for n, s in scores.items() if not self._places[n][1]]
        again = max((s / whole for n, s in scores.items() if self._places[n][1]), default=0.0)
        best, number = max(results, default=(0.0, -1))
        if best >= SPEAKS:
            (start, end), _ = self._places[number]
            said = self._text[start:end]
            return (Fate.DONE if _DONE.search(said) else Fate.PROGRESS), (start, end)
        if best >= MAY_SPEAK:
            return Fate.UNSURE, self._places[number][0]
        return (Fate.AGAIN if again >= SPEAKS else Fate.SILENT), None


_PLANNING = lazy(
    r"(?:20\d\d年|明年|下一步|下步|将|拟|计划|力争|争取|预计|确保|要|加快|推进|推动|启动|建成|完成|新建|建设|实施|打造|全面|持续|继续|进一步|着力|积极|开工)"
)
#: 信访总量 is spoken of as 信访.
_HOW_MANY = lazy(r"(?:总量|总数|总额|数量|规模|件数|起数)$")


def _pairs(text: str) -> frozenset[str]:
    """The telling pairs of characters of a sentence, synonyms brought to one word."""
    found: set[str] = set()
    plain = _DIGITS.sub("", text[:1200])
    for at in range(0, len(plain), 60):
        found |= subjects.features(plain[at : at + 76]).pairs
    return frozenset(found)


@cache
def _deliverable(when: str) -> re.Pattern[str]:
    listed = [noun for noun, told in rows("deliverables") if told == when]
    return re.compile("|".join(sorted(map(re.escape, listed), key=lambda w: (-len(w), w))))


@cache
def _ceilings() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("lower_is_better"))))


@cache
def _counts_items() -> re.Pattern[str]:
    """三项举措, 两个方面: numerals that announce an enumeration."""
    nouns = "|".join(map(re.escape, (*words("promise_nouns"), "积极性", "方向", "领域", "层面")))
    return re.compile(f"(?:{nouns})[|]|[|][大个项条方]?(?:{nouns})")
