"""Changes: differences between two values, and growth rates from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

from gov_writer.domain import Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.deriving.around import MOST_RELATED, Around, comparable
from gov_writer.matching.deriving.operations import Derivation, growth, later, minus, ratio
from gov_writer.matching.finding import FROM, disjoint
from gov_writer.text.lazy import lazy

_GROWTH = lazy(r"增|减|升|降|提高|下滑|回落|翻|涨|跌|缩|少|多|省|压")


#: 投放3.2亿元，带动9.6亿元，放大3倍: as often, not so much more.
_AS_OFTEN = lazy("(?:放大|撬动|扩大|带动)[^，。]*倍")
_MONTH_ON_MONTH = lazy("环比|[较比](?:上月|上个月|上季度|上一季度)")
#: Rows of a column that are looked at.
_MOST_ROWS = 60
#: 批次下降20.8%, 人次下降23.9%: what is counted is named by its measure.
_MEASURE = lazy(
    r"(?!人均|户均)(人次|批次|户次|件次|家次|场次|班次|人|户|件|家|起|批)(?:数|(?=同比|比|较|环比|分别|均|$))"
)


#: 项目数和合同额分别增长25%和21.1%: a number of things, or an amount of money.
_NUMBER_OR_AMOUNT = lazy(
    "(?:(?P<number>(?:项目|企业|户|件|个|人|商品房套|宗)数量?)|(?P<amount>[一-鿿][金款税]?额|[^人]均?收入|产值))(?:同比|环比|比|较|分别|均|各)*$"
)


def of_other_measure(claim: Fact, inputs: Sequence[Fact]) -> bool:
    """Whether a change is told of 人次 and would follow from figures in 批次."""
    named = _MEASURE.findall(claim.subject)
    if claim.kind is not Kind.GROWTH:
        return False
    if (kind := _NUMBER_OR_AMOUNT.search(claim.subject)) is not None:
        return any(_money(f) is not bool(kind["amount"]) for f in inputs if f.kind is Kind.QUANTITY)
    if not named:
        return False
    counted = [f.unit for f in inputs if f.kind is Kind.QUANTITY and f.unit]
    return bool(counted) and not any(
        u == named[-1] or u.rstrip("次") == named[-1].rstrip("次") for u in counted
    )


def _money(fact: Fact) -> bool:
    """Whether a fact is an amount of money, also one whose 元 is left out (39.4亿)."""
    return units.dimension(fact.unit) == "货币" or (not fact.unit and "亿" in fact.text)


def differences(around: Around, claim: Fact, related: Sequence[Fact]) -> Iterator[Derivation]:
    """What two values of one thing, or two rates, differ by."""
    related = [f for f in related if f.value is not None]
    stated = {fact.id for fact in around.stated(claim)}
    for a, b in combinations(related, 2):
        together = a.id in stated and b.id in stated and units.same(a.unit, b.unit)
        if not together and not comparable(a, b):
            continue
        if claim.kind is Kind.GROWTH:
            if _rate(a) and _rate(b):
                now, then = later(a, b)
                if THAN_BEFORE.search(around.words_before(claim) + claim.text) and not one_series(now, then):
                    continue  # 97.2%，较上年提高2.8个百分点 is not what it lacks of 100%
                if (
                    _COMPARED.search(claim.text)
                    and _AIM.search(now.subject)
                    and not _AIM.search(then.subject)
                ):
                    now, then = then, now  # 85.6%, 高出目标5.6个百分点: not the aim less what was reached
                yield Derivation("difference", f"{now.id} - {then.id}", (now, then), minus(now, then))
        elif a.kind is b.kind is Kind.QUANTITY and units.same(a.unit, claim.unit):
            high, low = (a, b) if (a.value or 0) >= (b.value or 0) else (b, a)
            if disjoint(a, b):
                high, low = later(a, b)
            yield Derivation("difference", f"{high.id} - {low.id}", (high, low), minus(high, low))


def _rate(fact: Fact) -> bool:
    """A percentage, also the speed at which something grows (增速7.6%, 6.9% the year before)."""
    return fact.kind is Kind.PERCENT or (
        fact.kind is Kind.GROWTH and units.canonical(fact.unit) in ("", "%") and "增速" in fact.subject
    )


def unfinished(around: Around, claim: Fact, done: str, due: str) -> Iterator[Derivation]:
    """What is signed and not yet begun: 新签约项目9个，开工6个 leave 3 (已签约未开工的3个)."""
    facts = around.finder.theirs.facts
    like = [f for f in facts if f.kind is Kind.QUANTITY and f.value and units.same(f.unit, claim.unit)]
    for whole in [f for f in like if done in f.subject and due not in f.subject][:MOST_RELATED]:
        for part in [f for f in like if due in f.subject][:MOST_RELATED]:
            if part.source == whole.source and part.locator == whole.locator and part is not whole:
                yield Derivation("difference", f"{whole.id} - {part.id}", (whole, part), minus(whole, part))


def growths(around: Around, claim: Fact, *, least: float) -> Iterator[Derivation]:
    """Growth rates between related values.  least: how alike their subjects must be, 0–1."""
    if _MONTH_ON_MONTH.search(around.words_before(claim) + claim.text):
        found = list(month_on_month(around, claim))
        yield from found
        if found:
            return
    related = [f for f in around.related(claim) if f.kind is Kind.QUANTITY and f.value]
    yield from growths_of(related, least=least)
    for a, b in combinations(related, 2):
        if a.source == b.source and a.sentence == b.sentence and _one_unit(a, b):
            now, more = (a, b) if abs(a.value or Decimal(0)) > abs(b.value or Decimal(0)) else (b, a)
            yield from _grown(now, more)
    if _AS_OFTEN.match(claim.text):
        told = [f for f in around.before(claim) if f.kind is Kind.QUANTITY and f.value][-2:]
        if len(told) == 2 and units.same(told[0].unit, told[1].unit):
            yield ratio(max(told, key=_amount), min(told, key=_amount), "share")
    if "番" in claim.text or "倍" in claim.text:
        rates = [f for f in around.stated(claim) if f.kind is Kind.PERCENT and f.value]
        for a, b in combinations(rates, 2):
            yield from growth(*later(a, b))
    beside = around.beside(claim)
    if len(beside) == 2 and units.same(beside[0].unit, beside[1].unit):
        yield from _grown(*beside)


def _amount(fact: Fact) -> Decimal:
    return fact.value or Decimal(0)


def month_on_month(around: Around, claim: Fact) -> Iterator[Derivation]:
    """环比增长4.0%: the last cell that the sentence states over the one of its column right before it in time."""
    for now in [f for f in reversed(around.before(claim)) if f.kind is Kind.QUANTITY][:2]:
        for then in around.groups.columns.get(around.fact_index[now.id], ())[:_MOST_ROWS]:
            one, two = now.period, then.period
            if one and two and one.start and two.end and two.end + timedelta(days=1) == one.start:
                yield from growth(now, then)


def growths_of(related: Sequence[Fact], *, least: float) -> Iterator[Derivation]:
    """Growth rates between any two of some values, the later over the earlier."""
    for a, b in combinations(related, 2):
        if not units.same(a.unit, b.unit) or subjects.alike(a.subject, b.subject) < least:
            continue
        if a.sentence != b.sentence and not disjoint(a, b):
            continue
        now, then = later(a, b)
        yield from growth(now, then)
        if least < 0.6 and not disjoint(a, b):
            yield from growth(then, now)


def grown_to(around: Around, claim: Fact) -> Iterator[Derivation]:
    """明年增长6%以上，达到5.1亿元以上: what this year's value grows to at the rate told right before."""
    at = around.claim_index[claim.id]
    rate = around.finder.mine.facts[at - 1] if at else None
    if rate is None or rate.kind is not Kind.GROWTH or rate.sentence != claim.sentence or not rate.value:
        return
    if units.canonical(rate.unit) not in ("", "%") or not _TO.search(around.words_before(claim)):
        return
    for base in (*around.related(rate), *around.related(claim)):
        if base.kind is Kind.QUANTITY and base.value and units.same(base.unit, claim.unit):
            value = base.value * (100 + rate.value) / 100
            yield Derivation("growth", f"{base.id} × {100 + rate.value}%", (base,), value)


def one_series(now: Fact, then: Fact) -> bool:
    """Whether two facts are values of one indicator: 排查326起 and 化解319起 are not, though they stand together."""
    started = FROM.search(then.subject) is not None or FROM.search(now.subject) is not None
    return disjoint(now, then) or (started and subjects.alike(now.subject, then.subject) >= 0.6)


#: 较上年提高1.8个百分点: against the same rate at another time.
THAN_BEFORE = lazy("[比较](?:上年|去年|年初|同期|上期|上一年|上月|上季)|同比|环比")
_TO = lazy("达到?|增至|增加到|突破|完成|实现")
#: 比去年少花19.7万元, 较年初减3件.
_LESS = lazy("少|减|降|下滑|回落|缩|压|跌|省")
#: 高出目标5.6个百分点: against what was aimed at, or against others.
_COMPARED = lazy("^(?:高出|高于|低于|超出?|超过)")
_AIM = lazy("目标|计划|任务|预期|要求|平均")


def _one_unit(a: Fact, b: Fact) -> bool:
    """粉丝12.7万，比年初涨3.1万: a unit that one of two leaves out is the other's."""
    return units.same(a.unit, b.unit) or not a.unit or not b.unit


def _grown(now: Fact, more: Fact) -> Iterator[Derivation]:
    """The growth that a value and its increase give (3680万元，增加290万元)."""
    if now.value is None or more.value is None or not _GROWTH.search(more.subject + more.text):
        return
    step = more.value
    if step > 0 and more.mention.sub != "delta" and _LESS.search(more.subject[-8:] + more.text):
        step = -step
    then = now.value - step
    if then > 0:
        value = step / then * 100
        yield Derivation("growth", f"{more.id} ÷ ({now.id} - {more.id}) × 100%", (now, more), value)
