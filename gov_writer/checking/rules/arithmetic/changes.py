"""How a sentence tells a change: from A to B, last year's A and this year's B, B after an increase of D."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gov_writer.checking.rules.arithmetic.grammar import Stretch, is_operand, same_unit
from gov_writer.checking.rules.arithmetic.interval import Interval, alike, reading
from gov_writer.domain import Fact, Kind
from gov_writer.text.lazy import lazy

POINTS = "个百分点"
_RANKED = lazy("排名|排位|位次|位列|名次|居|列")
_UP = "增加|增长|增至|提高|上升|提升|扩大|攀升|上涨|跃升|扩展|增|升|涨"
_DOWN = "减少|下降|降低|缩减|压减|回落|下调|缩短|压缩|减|降|缩"
#: What falls, said before or in a figure: 减少8起, 少8起.
DOWN = lazy(f"{_DOWN}|^少")
_FROM = lazy(r"(?:由|从)(?:(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?[^，,；;。：:、\d]{0,16}|第)$")
_WAY = lazy(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|变为|调整|变|达)[^，,；;。]{{0,4}}(?:到|至|为|了)?[^，,；;。\d]{{0,8}}$"
)
_REACHES = lazy(r"(?:到|至|为|达)[^，,；;。\d]{0,8}$")
_YEAR_BEFORE = r"(?:去年同期|上年同期|去年全年|去年度|去年|上年度|上年|上一年|前一年)"
_PRIOR = lazy(rf"(?:{_YEAR_BEFORE}|同期)(?:的|为|是|共|仅|只|有|只有|仅有|仅为|达|末|底|数)*$")
_THIS_YEAR = lazy(r"今年|本年|增|升|减|降|达|到|至")
#: Changes against something else than the year before, or against another place.
OTHER_BASE = lazy(r"环比|年初|上月|上季|任务|目标|计划|年均|20\d\d年|全[国省市区]|平均|疫情前")
_YEAR = lazy(r"(?:20\d\d年|今年|本年)度?的?")
#: 比去年多200人: an amount of change without a verb of change.
_MORE_THAN_LAST = lazy(rf"(?:比|较){_YEAR_BEFORE}的?(?P<way>多|少|增|减)[^，,\d]{{0,3}}$")
#: 较2024年的56起减少14起: the value from which it changed.
_FROM_VALUE = lazy(rf"(?:较|比|与)(?:(?:19|20)\d\d年|{_YEAR_BEFORE})的?[^，,。；;\d]{{0,6}}$")
_THEN_FROM = lazy(r"[，,（(](?:即|人均|户均|平均)?[由从]")
_AND = lazy("[、和与及]")
_LONGEST_WAY = 40
#: What may stand between a value and the growth that is told of it; any other word names another indicator.
FOLLOWS = lazy(
    r"[，,、（(\s]*(?:同比|比|较|与|同|去年|上年|同期|全年|相比|增幅|涨幅|降幅|增速|增长率|达到?|为|共|总共|净|实现|约|均|也|已|了|分别|即|，)*"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Before and after of one indicator.

    earlier: the fact of ``before``, or the amount of change from which ``before`` follows.
    goes: what the words between say: up, down or "".
    narrow: before and after as a reader takes them when one is printed with fewer digits (3.2亿, 4亿).
    """

    before: Interval
    after: Interval
    earlier: Fact
    later: Fact
    percent: bool
    goes: str = ""
    narrow: tuple[Interval, Interval] | None = None

    @property
    def first(self) -> Fact:
        """The one that stands first in the text."""
        return min(self.earlier, self.later, key=lambda f: f.start)

    @property
    def last(self) -> Fact:
        return max(self.earlier, self.later, key=lambda f: f.start)


def pairs(text: str, section: Stretch) -> Iterator[Pair]:
    """All changes whose two ends the sentence gives."""
    facts = [f for f in section.facts if (is_operand(f) or f.kind is Kind.PERCENT) and f.value is not None]
    for before, after in pairwise(facts):
        if before.kind is after.kind and same_unit(before, after):
            yield from _from_to(text, section, before, after)
    for index, fact in enumerate(facts):
        lead = text[max(section.start, fact.start - 18) : fact.start]
        if _PRIOR.search(lead):
            present = _present(text, section, facts, index)
            if present is not None:
                yield from _pair(fact, present, "")
    yield from _with_amount(text, section)


def _from_to(text: str, section: Stretch, before: Fact, after: Fact) -> Iterator[Pair]:
    lead = text[max(section.start, before.start - 18) : before.start]
    way = _YEAR.sub("", text[before.end : after.start])
    if len(way) > _LONGEST_WAY or not _FROM.search(lead) or _FROM.search(way):
        return
    if before.unit in ("位", "名") and _RANKED.search(lead):
        return  # 排名由36位上升到12位
    match = _WAY.search(way)
    if match is None and not _REACHES.search(way):
        return
    goes = "" if match is None else "up" if match["up"] else "down" if match["down"] else ""
    yield from _pair(before, after, goes)


def _pair(before: Fact, after: Fact, goes: str) -> Iterator[Pair]:
    low, high = reading(before.mention), reading(after.mention)
    if low is not None and high is not None:
        finer = alike(before.mention, after.mention)
        narrow = None if finer is None else (finer[0], finer[1])
        yield Pair(low, high, before, after, before.kind is Kind.PERCENT, goes, narrow)


def _present(text: str, section: Stretch, facts: Sequence[Fact], index: int) -> Fact | None:
    """This year's value for the last year's at ``index``: the one before it, else the one behind it."""
    prior = facts[index]
    for at in (index - 1, index + 1):
        if not 0 <= at < len(facts):
            continue
        other = facts[at]
        way = text[min(prior.end, other.end) : max(prior.start, other.start)]
        lead = text[max(section.start, other.start - 18) : other.start]
        if other.kind is not prior.kind or not same_unit(other, prior) or len(way) > _LONGEST_WAY:
            continue
        if at > index and not _THIS_YEAR.search(way):
            continue
        if not _PRIOR.search(lead) and "其中" not in way:
            return other
    return None


def _with_amount(text: str, section: Stretch) -> Iterator[Pair]:
    """480件，增加80件，增长20%: the value before follows from the amount of change."""
    figures = [f for f in section.facts if f.kind is not Kind.PERIOD]
    for value, amount in pairwise(figures):
        if value.kind is not Kind.QUANTITY or value.mention.sub == "delta" or not same_unit(amount, value):
            continue
        way = text[value.end : amount.start]
        more = _MORE_THAN_LAST.search(way)
        if amount.mention.sub != "delta" and more is None:
            continue
        if len(way) > 14 or "其中" in way or OTHER_BASE.search(way + amount.text):
            continue
        now, change = reading(value.mention), reading(amount.mention)
        if now is None or change is None:
            continue
        falls = DOWN.search(amount.text) is not None or (more is not None and more["way"] in "少减")
        if amount.value is not None and amount.value < 0:
            change, falls = -change, True
        lead = text[max(section.start, value.start - 18) : value.start]
        if _PRIOR.search(lead) or _FROM_VALUE.search(lead):
            yield Pair(now, now - change if falls else now + change, value, amount, False)
        elif FOLLOWS.fullmatch(way) is not None or more is not None:
            yield Pair(now + change if falls else now - change, now, amount, value, False)


def changes(text: str, section: Stretch, pair: Pair) -> Iterator[Fact]:
    """The growths and amounts of change that belong to the pair: those that directly follow it."""
    first = section.index(pair.first.start)
    told = section.facts[first - 1] if first else None
    if told is not None and told.mention.sub == "delta" and same_unit(told, pair.first):
        yield from (told,) if _THEN_FROM.fullmatch(text, told.end, pair.first.start) else ()
    at = pair.last.end
    for fact in section.facts[section.index(at) :]:
        way = text[at : fact.start]
        if FOLLOWS.fullmatch(way) is None or len(way) > 16 or OTHER_BASE.search(way + fact.text):
            return
        if "分别" in way and (listed := _in_turn(text, section, fact)):
            yield listed[-1]  # 由94份减至71份，由68个减至49个，分别下降24.5%和27.9%
            return
        if (fact.kind is Kind.GROWTH and fact.value is not None) or (
            fact.mention.sub == "delta" and same_unit(fact, pair.last) and pair.last.mention.sub != "delta"
        ):
            yield fact
        elif fact.kind not in (Kind.RANK, Kind.PERIOD):
            return
        at = fact.end


def _in_turn(text: str, section: Stretch, first: Fact) -> list[Fact]:
    """The growths of a list that begins with one, of which the last belongs to the pair right before; empty for one alone."""
    found = [first]
    for fact in section.facts[section.index(first.end) :]:
        if fact.kind is not Kind.GROWTH or _AND.fullmatch(text, found[-1].end, fact.start) is None:
            break
        found.append(fact)
    return found if len(found) > 1 and first.kind is Kind.GROWTH else []


def percent_pairs(text: str, section: Stretch) -> Iterator[tuple[Fact, Fact, Fact]]:
    """``(before, after, change)`` for two percentages and the growth that is told of them."""
    for pair in pairs(text, section):
        if pair.percent:
            for change in changes(text, section, pair):
                if change.kind is Kind.GROWTH:
                    yield pair.earlier, pair.later, change
