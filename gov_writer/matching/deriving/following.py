"""What follows from the figures that the draft itself states around a claim.

``derivations`` looks among the sources' facts; here the draft's own sentence says what is counted with what:
已办结318件，办结率97.5%. Its figures are taken at the value that the source has for them, so a slip in one of
them is told there and not again in what was rightly computed; figures that follow from facts (受理581件, the sum
of two quarters) may go on to a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import units, values
from gov_writer.matching.deriving.changes import THAN_BEFORE, of_other_measure
from gov_writer.matching.deriving.operations import Derivation, counted_by, over
from gov_writer.matching.deriving.terms import (
    Term,
    changes,
    difference,
    facts_of,
    in_unit,
    last_two,
    moves,
    ordered,
    pairs,
    ratio,
    total,
)
from gov_writer.matching.finding import disjoint, sense
from gov_writer.matching.intervals import rounds_to
from gov_writer.text.lazy import lazy

_RATIO = lazy(r"率|占|比重|比例|完成|达|实现|均|为|超|过半")
_REST = lazy(
    r"剩|尚|[仅只还]余|还有|另有|只有|仅有|仅|还差|仍有|其余|另外|其他|其它|余下|未|差|缺口|待|正在|结余"
)
#: 八成以上, 四分之一, 过半: always a share of something that was told.
_PARTED = lazy("成|(?<![百千])分之|半")
#: 共计123处 of 84座 and 39处: whatever they are counted by.
_ALTOGETHER = lazy(r"(?:共计|合计|总计|总共|共有|共)(?:有|达|为)?$")
_TOTAL = lazy(r"共|合计|总|累计|全年|上半年|下半年|达到?|计")
#: What opens a list of parts.
_AMONG = lazy("其中|包括|[（(]")
_PER = lazy(r"人均|户均|平均|均|每|亩产|单产")
_PARTS = lazy(r"[^。；;\n]{0,30}?其中|[^。；;\n]{0,8}?(?:包括|其中|包含|涵盖|分别是|分别为|：|:|（|\()")
_PART_OF_YEAR = lazy("季度|半年|\\d月")
_ADDED = lazy(r"(?:新增|净增|增设|增开)(?:了)?\S{0,8}$")
_PLACES = frozenset({"位", "名", "个名次", "个位次", "位次"})
_HEADS = frozenset({"人", "名", "位"})
_RISES = lazy(r"增|升|提高|上涨|多|高|扩|加|涨")
#: Characters between an amount and its share.
_BESIDE = 4
#: Terms before a claim that are tried with one another, and terms behind it.
_BEFORE, _BEHIND = 7, 2
#: A count from which on the sum of the two that follow it is no accident.
_MANY = 10


def expected_total(claim: Fact, before: Sequence[Term], cue: str) -> Derivation | None:
    """The total of what was just listed in one sentence, where the claim is near it."""
    if claim.kind is not Kind.QUANTITY or not claim.value or not _TOTAL.search(cue):
        return None
    like = [t for t in before if t.claim.kind is Kind.QUANTITY and _counts_as(t.unit, claim, cue)]
    like = [t for t in like if "÷" not in t.formula]  # an average is no part of a total
    for terms in (like, [t for t in like if t.claim.sentence == like[-1].claim.sentence]):
        whole = total(terms) if len(terms) > 1 else None
        if whole is not None and abs(whole.value - claim.value) * 5 <= whole.value:
            return whole
    return None


def of_its_parts(claim: Fact, after: str, parts: Sequence[Term]) -> Derivation | None:
    """A count that a list of its parts follows: 18个，包括甲1个、乙14个、丙3个，今年新增2个.

    after: the words behind it up to the next figure.  parts: the terms behind it in its sentence.
    """
    if claim.kind is not Kind.QUANTITY:
        return None
    same = [t for t in parts if units.same(t.unit, claim.unit)]
    if not _PARTS.match(after):  # 特困人员74人，集中供养29人，分散供养45人
        both = total(same[:2]) if len(same) > 1 and (claim.value or 0) >= _MANY else None
        exact = claim.mention.approx is Approx.EXACT
        return both if both is not None and exact and both.value == claim.value else None
    for size in range(2, len(same) + 1):
        found = total(same[:size])
        if rounds_to(found.value, claim.mention):
            return found
    return None


def explain(claim: Fact, before: Sequence[Term], behind: Sequence[Term], cue: str) -> Derivation | None:
    """How the claim follows from the terms around it in its sentence; None if it does not.

    cue: the words before the claim in its clause, and the claim.
    """
    if claim.value is None or claim.mention.approx is Approx.RANGE:
        return None
    for found in _tries(claim, before, behind, cue):
        if not of_other_measure(claim, found.inputs) and rounds_to(
            _signed(found.value, claim), claim.mention
        ):
            return found
    return None


def expected(claim: Fact, before: Sequence[Term], cue: str) -> Derivation | None:
    """What the claim must be where its words ask for one operation, and the terms before leave one reading."""
    like = [t for t in before if t.claim.sentence == claim.sentence]
    if claim.kind is Kind.GROWTH:
        rates = units.canonical(claim.unit) == "个百分点"
        if not rates and like and like[-1].claim.kind is Kind.PERCENT:
            return _expected_points(like)
        pair = last_two(like, Kind.PERCENT if rates else Kind.QUANTITY)
        if pair is None or not moves(*pair):
            return None
        return next(changes(claim, *pair), None)
    if claim.kind is Kind.QUANTITY:
        return _expected_amount(claim, like, cue)
    if claim.kind is Kind.PERCENT and re.search(
        r"率(?:为|达|达到|高达|约)?\S{0,2}$|占", cue[: -len(claim.text)]
    ):
        pair = last_two(like, Kind.QUANTITY)
        if pair is None and like and like[-1].claim.kind is Kind.QUANTITY:
            pair = last_two([t for t in before if units.same(t.unit, like[-1].unit)], Kind.QUANTITY)
        if pair is None or not units.same(pair[0].unit, pair[1].unit) or pair[0].formula == pair[1].formula:
            return None
        low, high = sorted(pair, key=lambda t: t.value)
        return ratio(low, high, "share") if low.value > 0 else None
    return None


def _expected_amount(claim: Fact, like: Sequence[Term], cue: str) -> Derivation | None:
    """A change, a rest or an average that the claim's own sentence leaves one reading for."""
    same = [t for t in like if units.same(t.unit, claim.unit) and t.claim.kind is Kind.QUANTITY]
    if by_places(claim, cue):
        pair = last_two(like, Kind.RANK)
        if pair is not None:
            return difference(*sorted(pair, key=lambda t: -t.value))
    if claim.mention.sub == "delta" or sense(claim) or _ADDED.search(cue):
        pair = last_two(same, Kind.QUANTITY)
        return next(changes(claim, *pair), None) if pair and (moves(*pair) or len(same) == 2) else None
    if _REST.search(cue) and len(same) == 2:
        return difference(*sorted(same, key=lambda t: -t.value))
    if _PER.search(cue) and same:
        others = [t for t in like if not units.same(t.unit, claim.unit) and t.claim.kind is Kind.QUANTITY]
        named = [t for t in like if t is not same[-1] and is_over(cue, t)]
        if over(cue):
            others = named
        if len(others) == 1 and others[0].value > 0:
            return ratio(same[-1], others[0], "average", Decimal(1))
    return None


def is_over(cue: str, by: Term) -> bool:
    """Whether words name a term's measure as what an average is over: 名 for 人均, 座 for 平均每座."""
    amount = by.claim.kind is Kind.QUANTITY and by.claim.mention.sub != "delta"
    return amount and counted_by(by.claim.unit, over(cue))


def by_places(claim: Fact, cue: str) -> bool:
    """前进3位: by how many places a rank changed."""
    return claim.unit in _PLACES and values.MOVED_PLACES.search(cue) is not None


def _expected_points(like: Sequence[Term]) -> Derivation | None:
    """提高2.5% told of two percentages: what was meant are points."""
    pair = last_two(like, Kind.PERCENT)
    if pair is None or not moves(*pair):
        return None
    now, then = ordered(*pair)
    return difference(now, then)


def _tries(claim: Fact, before: Sequence[Term], behind: Sequence[Term], cue: str) -> Iterator[Derivation]:
    ranks = [t for t in before if t.claim.kind is Kind.RANK][-2:]
    figures = [t for t in before if t.claim.kind is not Kind.RANK]
    terms = [*figures[-_BEFORE - (claim.kind is Kind.PERCENT) * 4 :], *ranks, *behind[:_BEHIND]]
    terms.sort(key=lambda t: -t.claim.start if t.claim.start < claim.start else 10**9 + t.claim.start)
    if claim.kind is Kind.PERCENT and units.canonical(claim.unit) == "个百分点":
        yield from _apart(claim, terms)
    elif claim.kind is Kind.PERCENT and (_RATIO.search(cue) or _PARTED.search(claim.text)):
        for a, b in _of_the_last(claim, pairs(terms, Kind.QUANTITY)):
            low, high = sorted((a, b), key=lambda t: t.value)
            if low.value > 0 and not of_other_part(claim, low, cue):
                yield ratio(low, high, "share")
                yield ratio(high, low, "completion")
    elif claim.kind is Kind.GROWTH:
        points = units.canonical(claim.unit) == "个百分点"
        for a, b in pairs(terms, Kind.PERCENT if points else Kind.QUANTITY):
            if not points or not THAN_BEFORE.search(cue) or _of_two_times(a, b):
                yield from changes(claim, a, b)
    elif claim.kind is Kind.QUANTITY:
        yield from _amounts(claim, terms, cue)


def _of_two_times(a: Term, b: Term) -> bool:
    """Whether two rates belong to two times that do not overlap, or one is told with 由."""
    return a.start or b.start or disjoint(a.inputs[0], b.inputs[0])


def of_other_part(claim: Fact, part: Term, cue: str) -> bool:
    """Whether a share is said of another part of the year than an amount belongs to (二季度占…, of the first's)."""
    own, its = claim.period, part.claim.period
    said, told, _ = cue.rpartition("占")
    if told and its is not None and _PART_OF_YEAR.search(said):
        return its.text not in said
    if (
        own is None
        or its is None
        or own.text not in cue
        or not (own.start and own.end and its.start and its.end)
    ):
        return False
    return own.end < its.start or its.end < own.start


def _apart(claim: Fact, terms: Sequence[Term]) -> Iterator[Derivation]:
    """最高97.8%，最低94.2%，相差3.6个百分点: the highest and the lowest rate of the sentence, or the last two."""
    rates = [t for t in terms if t.claim.sentence == claim.sentence and t.claim.kind is Kind.PERCENT]
    rates = sorted((t for t in rates if t.claim.start < claim.start), key=lambda t: t.claim.start)
    for group in (rates, rates[-2:]) if len(rates) > 1 else ():
        low, high = min(group, key=lambda t: t.value), max(group, key=lambda t: t.value)
        yield difference(high, low)


def _of_the_last(claim: Fact, tried: Iterable[tuple[Term, Term]]) -> Iterator[tuple[Term, Term]]:
    """Of pairs for a rough share (约四成) those with the amount right before it: any two may come near one."""
    found = list(tried)
    if claim.mention.approx is not Approx.EXACT or _PARTED.search(claim.text):
        told = [t for p in found for t in p]
        last = max((t.claim.start for t in told if t.claim.start < claim.start), default=-1)
        found = [p for p in found if any(t.claim.start == last for t in p)]
        found = [p for p in found if _stands_beside(claim, [t for t in p if t.claim.start != last], told)]
    yield from found


def _stands_beside(claim: Fact, other: Sequence[Term], told: Sequence[Term]) -> bool:
    """Whether what a rough share may be told of is near: the figure before the last, the largest, one behind it."""
    for t in other:
        like = [o for o in told if units.same(o.unit, t.unit)]
        before = sorted({o.claim.start for o in like if o.claim.start < claim.start})[-2:]
        largest = {
            max(o.value for o in some) for some in (like, [o for o in like if len(o.inputs) == 1]) if some
        }
        behind = t.claim.start > claim.start or not t.given
        if not (behind or t.claim.start in before or t.value in largest):
            return False
    return True


def _amounts(claim: Fact, terms: Sequence[Term], cue: str) -> Iterator[Derivation]:
    """What an amount may be of the terms: what its words ask for first, then what any amount may be."""
    same = [t for t in terms if t.claim.kind is Kind.QUANTITY and _counts_as(t.unit, claim, cue)]
    if by_places(claim, cue):
        yield from (_between(a, b) for a, b in pairs(terms, Kind.RANK))
    if claim.unit == "倍":
        yield from _as_often(claim, terms)
    if claim.mention.sub == "delta":
        for a, b in pairs(same, Kind.QUANTITY):
            yield from changes(claim, a, b)
        yield from _rest(same)
    elif _REST.search(cue):
        yield from (_between(a, b) for a, b in pairs(same, Kind.QUANTITY))
        yield from _rest(same)
    elif _AMONG.search(cue):
        yield from _other_part(claim, same)
    yield from _totals(claim, terms, same, cue)
    yield from _share_told(claim, terms, same)
    yield from _in_twos(claim, terms)
    if _PER.search(cue):
        yield from _averages(claim, terms, cue)


def _between(a: Term, b: Term) -> Derivation:
    """By how much the larger of two exceeds the other."""
    return difference(a, b) if a.value > b.value else difference(b, a)


def _totals(claim: Fact, terms: Sequence[Term], same: Sequence[Term], cue: str) -> Iterator[Derivation]:
    """What the terms in the claim's unit add up to, those of its sentence too, or whatever its sentence counts."""
    same = [t for t in same if "÷" not in t.formula]
    if len(same) > 1 and _TOTAL.search(cue):
        yield total(same)
        home = [t for t in same if t.claim.sentence == claim.sentence]
        if 1 < len(home) < len(same):
            yield total(home)
    if _ALTOGETHER.search(cue[: -len(claim.text)]):
        here = [t for t in terms if t.claim.sentence == claim.sentence and t.claim.start < claim.start]
        counted = [t for t in here if _counts_alike(t.claim, claim)]
        if len(counted) > 1:
            yield total(counted)


def _share_told(claim: Fact, terms: Sequence[Term], same: Sequence[Term]) -> Iterator[Derivation]:
    """支出2317万元，民生支出占76.3%，约1768万元: what a share of the sentence comes to; rounded, the one just told."""
    last = max((t for t in terms if t.claim.end <= claim.start), key=lambda t: t.claim.start, default=None)
    for share in [t for t in terms if t.claim.kind is Kind.PERCENT]:
        for a in same:
            value = a.value * share.value / 100
            beside = share is last or 0 <= share.claim.start - claim.end <= _BESIDE  # 约241次，占62%
            close = value == claim.value or (beside and rounds_to(value, claim.mention))
            if close and a.claim.sentence == share.claim.sentence == claim.sentence:
                yield Derivation("share", f"{a.formula} × {share.formula}", facts_of(a, share), value)


def _in_twos(claim: Fact, terms: Sequence[Term]) -> Iterator[Derivation]:
    """结对24对，共48人."""
    for t in terms:
        if t.claim.unit in ("对", "双") and t.claim.sentence == claim.sentence:
            yield Derivation("count", f"{t.formula} × 2", t.inputs, t.value * 2)


def _averages(claim: Fact, terms: Sequence[Term], cue: str) -> Iterator[Derivation]:
    """An amount in the claim's unit over what the words name (平均每座), else over one that counts something else."""
    named = [t for t in terms if t.value > 0 and is_over(cue, t)]
    here = [t for t in named if t.claim.sentence == claim.sentence]
    often = [t for t in terms if claim.unit == "次" and (t.unit or "").endswith("次")]
    for a in (*in_unit(terms, claim), *often):
        for b in here or (*named, *terms):
            other = b.claim.kind is Kind.QUANTITY and b.value > 0 and not units.same(a.unit, b.unit)
            if b is not a and (b in named or other):
                yield ratio(a, b, "average", Decimal(1))


def _as_often(claim: Fact, terms: Sequence[Term]) -> Iterator[Derivation]:
    """一季度1.45万平方米，二季度3.21万平方米，二季度是一季度的2.2倍: one figure of the sentence over another."""
    for a, b in pairs(terms, Kind.QUANTITY):
        low, high = sorted((a, b), key=lambda t: t.value)
        if a.claim.sentence == b.claim.sentence == claim.sentence and low.value > 0:
            yield ratio(high, low, "share", Decimal(1))


def _counts_as(unit: str | None, claim: Fact, cue: str) -> bool:
    """Whether a term may be added to others in the claim's unit: 32名 and 28名 took part, 累计60人次."""
    if units.same(unit, claim.unit):
        return True
    return claim.unit == "人次" and unit in _HEADS and _TOTAL.search(cue) is not None


def _rest(same: Sequence[Term]) -> Iterator[Derivation]:
    """What is left of a whole when all that follows it is taken off: 58部，37部投用、12部在建，另有9部."""
    told = sorted(same, key=lambda t: t.claim.start)
    for at, whole in enumerate(told[:-2]):
        for end in range(at + 3, len(told) + 1):
            parts = told[at + 1 : end]
            value = whole.value - sum((t.value for t in parts), Decimal(0))
            if value > 0:
                formula = " - ".join(t.formula for t in (whole, *parts))
                yield Derivation("difference", formula, facts_of(whole, *parts), value)


def _other_part(claim: Fact, same: Sequence[Term]) -> Iterator[Derivation]:
    """26场，其中线下17场、线上9场: what the other parts leave of the whole that was told right before them."""
    here = sorted((t for t in same if t.claim.sentence == claim.sentence), key=lambda t: t.claim.start)
    before = [t for t in here if t.claim.start < claim.start]
    behind = [t for t in here if t.claim.start > claim.start and t.claim.clause == claim.clause]
    parts = [t for t in before if t.claim.clause == claim.clause]
    whole = before[len(before) - len(parts) - 1] if len(before) > len(parts) else None
    if whole is not None and (parts or behind):
        value = whole.value - sum((t.value for t in (*parts, *behind)), Decimal(0))
        formula = " - ".join(t.formula for t in (whole, *parts, *behind))
        yield Derivation("difference", formula, facts_of(whole, *parts, *behind), value)


def _counts_alike(a: Fact, b: Fact) -> bool:
    """Whether two amounts may be counted together, though by different measure words (84座 and 39处)."""
    return a.kind is b.kind is Kind.QUANTITY and (
        units.kinship(a.unit, b.unit) in (units.Kinship.SAME, units.Kinship.KIN)
        or {a.mention.sub, b.mention.sub} == {"count"}
    )


def _signed(value: Decimal, claim: Fact) -> Decimal:
    """A change has a sign where the claim's words have one; 少77件 and 剩77件 are told as amounts."""
    way = sense(claim) if claim.mention.sub != "delta" else 0
    if way:
        return way * value
    if claim.kind is Kind.QUANTITY and (claim.value or 0) > 0 and not _RISES.search(claim.text):
        return abs(value)
    return value
