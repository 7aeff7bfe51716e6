"""Shares (占比, 完成率) and averages (人均, 月均)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving.around import Around, comparable
from gov_writer.matching.deriving.operations import (
    WIDEST,
    Derivation,
    counted_by,
    over,
    ratio,
    total_of,
)
from gov_writer.matching.finding import disjoint
from gov_writer.text.lazy import lazy

#: The days of what a figure may be told by (日均, 每月).
_SPANS = {
    "天": Decimal(1),
    "日": Decimal(1),
    "周": Decimal(7),
    "月": Decimal("30.4"),
    "季度": Decimal("91.25"),
}


#: How alike the words right beside a share and an amount must be for it to be a share of that amount.
_BESIDE = 0.4
#: 入住率, 使用率达: what is done with the whole.
_RATE = lazy("(?P<what>[\u4e00-\u9fff]{2})率(?:为|达到?|约)?$")
#: The last figures of a sentence that a rate may be told of.
_WHOLES = 3
#: 超目标任务12.5%
_BEYOND = lazy("超(?:额|过|出)?(?:完成)?(?:全年|年度|年初)?(?:目标|任务|计划|预算)(?:任务|目标|数)?$")
#: 月工资800元, 每户500元, 补助标准1000元
_EACH = lazy("每|月?工资|标准|[人户村]均|单价|均价")
_AIM = lazy("任务|目标|计划|预算")
_WHOLE = lazy("合计|总|全|共")
_NAMES_WHOLE = lazy("(?:占|超过|不足|不到|接近|近|达)(?P<whole>[\u4e00-\u9fff]{2,8})的(?:近|约)?$")
_REST = lazy("尚有|还有|仍有|其余|剩|未|不足|没有")


def shares(around: Around, claim: Fact) -> Iterator[Derivation]:
    """One related value as a share of another, or a completion above 100%."""
    related = [f for f in around.related(claim) if f.kind is Kind.QUANTITY and f.value]
    rough = claim.mention.approx is not Approx.EXACT or "分之" in claim.text[1:]
    near = {f.id for f in _nearest(around, claim)} if rough else set()
    stated = {f.id for f in around.stated(claim)} if rough else set()
    wholes = _named_wholes(around, claim, related) if rough else set()
    stated_here = {f.id for f in around.stated(claim)}
    own = subjects.features(claim.subject).pairs
    told = {f.id for f in related if f.id in stated_here or own & subjects.features(f.subject).pairs}
    for a, b in combinations(related, 2):
        if wholes and max(a, b, key=lambda f: f.value or 0).id not in wholes:
            continue
        if _two_parts(a, b) or not {a.id, b.id} & told:
            continue
        if comparable(a, b) and (not rough or ({a.id, b.id} & near and _whole_of(a, b, stated))):
            low, high = sorted((a, b), key=lambda f: f.value or Decimal(0))
            yield ratio(low, high, "share")
            yield ratio(high, low, "completion")
    yield from _parts(around, claim)
    yield from _by_name(around, claim)
    yield from _beside(around, claim)
    if _BEYOND.search(around.words_before(claim)) and (reached := completion(around, claim)) is not None:
        yield replace(reached, formula=f"{reached.formula} - 100%", value=reached.value - 100)
    for fact in related:
        if fact.unit == "天" and fact.value is not None and fact.value < (days := _days(fact)):
            yield Derivation("share", f"{fact.id} ÷ {days}天 × 100%", (fact,), fact.value / days * 100)
    if _REST.search(around.words_before(claim)):
        for fact in around.related(claim):
            if fact.kind is Kind.PERCENT and fact.value is not None and fact.value < 100:
                yield Derivation("difference", f"100% - {fact.id}", (fact,), 100 - fact.value)


def _named_wholes(around: Around, claim: Fact, related: Sequence[Fact]) -> set[str]:
    """What the words between the figure before and a rough share name as the whole (超过退出户数的一半)."""
    words = _NAMES_WHOLE.search(around.words_before(claim))
    said = bigrams(words["whole"]) if words else frozenset()
    own = around.before(claim)[-1:]
    return {f.id for f in related if f not in own and said & bigrams(f.subject[-4:])}


def _two_parts(a: Fact, b: Fact) -> bool:
    """Whether two cells stand in two rows of which neither is the total: one is no share of the other."""
    if a.cell is None or b.cell is None or a.cell[0] != b.cell[0] or a.source != b.source:
        return False
    return a.sentence != b.sentence and not (_WHOLE.search(a.subject) or _WHOLE.search(b.subject))


def _nearest(around: Around, claim: Fact) -> list[Fact]:
    """What the amounts right before and right behind a rough share state; nothing where the one before was computed."""
    at, facts = around.claim_index[claim.id], around.finder.mine.facts
    near = []
    for side in (reversed(facts[max(0, at - 4) : at]), facts[at + 1 : at + 3]):
        amount = next((f for f in side if f.kind is Kind.QUANTITY and f.sentence == claim.sentence), None)
        pair = around.pairs.get(amount.id) if amount is not None else None
        if amount is not None and pair is None and amount.start < claim.start:
            return []
        near += [pair.fact] if pair is not None and pair.agrees else []
    for fact in around.related(claim):
        if around.finder.close(at, around.fact_index[fact.id]) >= _BESIDE:
            near.append(fact)  # 35岁以下的占六成以上, of 35岁以下13个
    return near


def _whole_of(a: Fact, b: Fact, stated: Set[str]) -> bool:
    """Whether one is told to be all of what the other is a part of, or a source tells both in one sentence."""
    if any(_WHOLE.search(f.subject) for f in (a, b)):
        return True
    return a.cell is b.cell is None and (a.sentence == b.sentence or {a.id, b.id} <= stated)


def _parts(around: Around, claim: Fact) -> Iterator[Derivation]:
    """What stands right before a share, as a part of its list, or of a total that was just stated."""
    index = around.claim_index[claim.id]
    part = next(iter(around.beside(claim)[-1:]), None)
    if part is None or claim.mention.step is None or claim.mention.step >= 1:
        return
    at = around.fact_index[part.id]
    group = [f for f in around.groups.sentences.get(at, ())[:WIDEST] if f.kind is part.kind]
    like = [f for f in group if f.value and units.same(f.unit, part.unit)]
    if len(like) > 1:
        total = total_of(like)
        ids = " + ".join(f.id for f in like)
        if total.value:
            value = (part.value or Decimal(0)) / total.value * 100
            yield Derivation("share", f"{part.id} ÷ ({ids}) × 100%", tuple(like), value)
    for other in around.finder.mine.facts[max(0, index - 8) : index]:
        pair = around.pairs.get(other.id)
        if pair is None or not pair.agrees or pair.fact is part or other.kind is not Kind.QUANTITY:
            continue
        if other.heading == claim.heading and units.same(pair.fact.unit, part.unit) and pair.fact.value:
            yield ratio(part, pair.fact, "share")


def _by_name(around: Around, claim: Fact) -> Iterator[Derivation]:
    """286张床位，入住率70.3%, where a source has 入住201人 beside the 286张: by what the rate is called, whatever it counts."""
    named = _RATE.search(around.words_before(claim))
    if named is None or claim.mention.step is None or claim.mention.step >= 1:
        return
    for whole in around.stated(claim)[-_WHOLES:]:
        group = around.groups.sentences.get(around.fact_index[whole.id], ())[:WIDEST]
        for part in group if whole.kind is Kind.QUANTITY and whole.value else ():
            counted = part.kind is Kind.QUANTITY and units.dimension(part.unit) != "货币"
            if counted and part is not whole and named["what"] in part.subject:
                yield ratio(part, whole, "share")


def _beside(around: Around, claim: Fact) -> Iterator[Derivation]:
    """5240名老人。老龄化率21.6%, where a source has 总人口24260人 beside the 5240: the last amount told, in its own sentence."""
    part = around.just_told(claim)
    if part is None or claim.mention.step is None or claim.mention.step >= 1:
        return
    for other in around.groups.sentences.get(around.fact_index[part.id], ())[:WIDEST]:
        same = other.kind is Kind.QUANTITY and units.same(other.unit, part.unit) and not disjoint(other, part)
        if same and other is not part and other.value and part.value:
            low, high = sorted((part, other), key=lambda f: f.value or Decimal(0))
            yield ratio(low, high, "share")


def completion(around: Around, claim: Fact) -> Derivation | None:
    """The last amount told over the aim that stands beside it in its source (任务6000亩，已完成4500亩)."""
    part = around.just_told(claim)
    if part is None:
        return None
    group = around.groups.sentences.get(around.fact_index[part.id], ())[:WIDEST]
    aims = [
        f
        for f in group
        if f is not part and f.value and _AIM.search(f.subject) and units.same(f.unit, part.unit)
    ]
    return ratio(part, aims[0], "completion") if len(aims) == 1 else None


def averages(around: Around, claim: Fact, cue: str, spans: Sequence[Decimal] = ()) -> Iterator[Derivation]:
    """A value by month, by what the words name (人均, 每户), or the mean of what stands together."""
    likest = around.related(claim)
    related = [f for f in likest if f.kind is Kind.QUANTITY and f.value]
    beside = [f for f in around.groups.with_sentences(likest) if f.value]
    per = span_of(cue)
    for a in related:
        if not units.same(a.unit, claim.unit):
            continue
        if per is not None and a.value is not None:
            for times in spans_in(per, (_days(a), _days(claim), *spans)):
                yield Derivation("average", f"{a.id} ÷ {times}", (a,), a.value / times)
        for b in beside:
            named = counted_by(b.unit, over(cue)) if over(cue) else b in related
            if not units.same(a.unit, b.unit) and (_per(cue, b) or (named and "平均" in cue)):
                yield ratio(a, b, "average", Decimal(1))
    if "平均" in cue and (claim.value or 0) >= 10:
        for b in around.stated(claim):
            for a in around.groups.in_unit(claim.unit) if b.kind is Kind.QUANTITY and b.value else ():
                if not units.same(a.unit, b.unit) and (not over(cue) or counted_by(b.unit, over(cue))):
                    yield ratio(a, b, "average", Decimal(1))
    for group in around.groups_near(claim):
        total = total_of(group)
        n = len(group)
        ids = " + ".join(f.id for f in group)
        yield Derivation("average", f"({ids}) ÷ {n}", tuple(group), total.value / n)


def products(around: Around, claim: Fact) -> Iterator[Derivation]:
    """164个岗位每月发放13.12万元, where a source has 月工资800元 beside the 164: how many, at so much each."""
    for many in around.stated(claim)[-_WHOLES:] if units.dimension(claim.unit) == "货币" else ():
        counted = many.kind is Kind.QUANTITY and many.value and units.dimension(many.unit) != "货币"
        for price in around.groups.sentences.get(around.fact_index[many.id], ())[:WIDEST] if counted else ():
            if (
                units.same(price.unit, claim.unit)
                and price.value
                and _EACH.search(price.subject + price.text)
            ):
                value = (many.value or Decimal(0)) * price.value
                yield Derivation("product", f"{many.id} × {price.id}", (many, price), value)


def span_of(cue: str) -> Decimal | None:
    """The days of what a figure is told by (日均: 1, 每月: 30.4); None where the words name no time."""
    return next((days for word, days in _SPANS.items() if f"{word}均" in cue or f"每{word}" in cue), None)


def spans_in(per: Decimal, periods: Iterable[Decimal]) -> list[Decimal]:
    """How many times the span lies in each period of so many days, and in a year."""
    times = [(days / per).quantize(Decimal(1)) for days in dict.fromkeys((*periods, Decimal(365)))]
    return [n for n in times if n > 1]


def _days(fact: Fact) -> Decimal:
    """The length of a figure's period, a year if it has none."""
    period = fact.period
    days = period.days if period is not None else None
    return Decimal(days) if days is not None and days > 1 else Decimal(365)


def _per(cue: str, by: Fact) -> bool:
    """Whether the words ask for an average over what ``by`` counts (人均 over 人, 每户 over 户)."""
    unit = by.unit or ""
    names = {"人": "人名", "户": "户", "家": "家企户", "场": "场次", "次": "次场", "个": "个村社每"}
    wanted = names.get(unit, names.get(units.canonical(unit), unit))
    return any(f"{c}均" in cue or f"每{c}" in cue for c in wanted)
