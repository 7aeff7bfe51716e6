"""What last year's report promised for this year, and what this year's report says of it.

A promise is a planned figure, or a sentence under a plan that names something which can be seen to be there
or not (a centre, a park, a project). Resolutions that name nothing (持续提升服务水平) can't be held against anybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from gov_writer.checking.rules.comparing.echoes import Echoes, Fate
from gov_writer.checking.rules.comparing.planned import worded
from gov_writer.checking.rules.comparing.standing import SIZE
from gov_writer.checking.rules.comparing.stretches import is_result, year_of
from gov_writer.domain import Approx, Fact, Kind
from gov_writer.lexicon import words
from gov_writer.matching import intervals, subjects, units
from gov_writer.matching.pairing.indicators import counterparts
from gov_writer.matching.passages import plans
from gov_writer.text.lazy import lazy

if TYPE_CHECKING:
    from gov_writer.checking.rules.comparing.years import YearOnYear

#: Likeness from which an uncertain result is shown as a question.
ASKED = 0.6
#: Characters of the sentence behind a result that are looked at for a reason.
_BEHIND = 120
_AIMING = lazy(
    "力争|争取|计划|预计|确保|努力|控制在?|保持在?|稳定在?|达到?|不低于|不少于|完成|实现|拟|将|明年|下一?年"
    "|(?:提[高升]|增加|扩大|降低?|压[减降]|减少|[升增降减])[到至]"
)
#: 加装电梯27部，另有3部因管线迁改延至明年: why something is wanting, told beside the result.
_EXPLAINED = lazy(
    "(?:另外?有?|其余|其他|其它|剩余|余下|还有|尚有|未完成|未达)[^。；]{0,30}?(?:因|由于|推迟|延[至期后到]|结转|转入|正在|在建|施工|待|受|明年|下年|预计)"
    "|(?:原因|因|由于|受)[^。；]{2,40}?(?:影响|推迟|延[至期后到]|滞后|未能|未完备|调整|结转|缓建|不足|拖累)"
)
_REST = lazy("另|其余|其他|其它|剩余|余下|还有|尚有|未|主要原因|由于|因")
_AGAINST = lazy("(?:较|比|同)?(?:上年|去年|同比|同期)|注册|净?增[加长]?|新增")


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
    echoes = Echoes(years.new)
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
            if fate is Fate.MISSED and _explained(new, pair.new):
                fate = Fate.PROGRESS
            found.append(Promise(start, end, fate, fact, pair.new, pair.new.sentence))
        else:
            fate, place = echoes.of(fact.subject)
            said = new[slice(*place)] if place is not None else ""
            if fact.kind is Kind.PERCENT and fact.value == 100 and "全覆盖" in said:
                fate = Fate.DONE
            elif fate in (Fate.DONE, Fate.PROGRESS):
                fate = Fate.UNSURE
            maybe = by_word.of(fact) if fate in (Fate.SILENT, Fate.UNSURE) else None
            if maybe is not None:
                fate, place = Fate.UNSURE, maybe.sentence
            found.append(Promise(start, end, fate, fact, maybe, place))
    taken = [(f.start, f.end) for f in planned]
    for start, end in worded(years.old.sources[0], taken):
        fate, place = echoes.of(text[start:end])
        found.append(Promise(start, end, fate, place=place))
    return tuple(_once(sorted(found, key=lambda promise: (promise.start, promise.end))))


def _explained(text: str, result: Fact) -> bool:
    """Whether the report tells why a result falls short: in its sentence, or in the one behind that goes on with it."""
    start, end = result.sentence
    behind = _REST.match(text, end)
    stop = text.find("。", end) if behind else end
    return _EXPLAINED.search(text, start, max(end, min(stop, end + _BEHIND))) is not None


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
    return replace(
        fact, subject="新增" + _AGAINST.sub("", fact.subject), mention=replace(fact.mention, sub="")
    )


def _for_next(years: YearOnYear, fact: Fact) -> bool:
    """Whether a planned figure is meant for the new report's year (not 到2027年, not the past one's plan)."""
    year = year_of(fact.period)
    wanted = years.new_year or (years.old_year + 1 if years.old_year is not None else None)
    text = years.old.sources[0].text
    clause = text[fact.clause[0] : fact.clause[1]] if fact.cell is None else ""
    trifle = fact.text.startswith("一") and fact.value == 1
    if trifle or text[fact.start - 1] in "由从" or units.dimension(fact.unit) in ("年", "月份", "天", "时间"):
        return False
    if fact.mention.sub == "delta" or SIZE.search(clause) or "年均" in fact.mention.basis:
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


@cache
def _ceilings() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("lower_is_better"))))


@cache
def _counts_items() -> re.Pattern[str]:
    """三项举措, 两个方面: numerals that announce an enumeration."""
    nouns = "|".join(map(re.escape, (*words("promise_nouns"), "积极性", "方向", "领域", "层面")))
    return re.compile(f"(?:{nouns})[|]|[|][大个项条方]?(?:{nouns})")
