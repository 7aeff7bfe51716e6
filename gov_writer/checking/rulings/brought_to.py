"""What a draft reaches from figures it told: 再开3家，使总数达到18家; 三项合计259件; 占税收的46.3%，约15.67亿元; 人均16小时."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gov_writer.checking.rulings.other_times import OtherTimes
from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving import following, terms
from gov_writer.matching.deriving.operations import Derivation, minus
from gov_writer.text.lazy import lazy

_BROUGHT_TO = lazy(
    "(?:总数|总量|累计|总共|共)?(?:将)?(?:达到?|增至|增加[到至]|扩大[到至]|扩展[到至])(?:了)?$"
)
#: 三项合计: how many of the figures before it are added up, whatever they count.
_SO_MANY = lazy("(?P<n>[两二三四五六])(?:项|者|类|种)?(?:合计|共计|相加|加起来)(?:为|达|共)?$")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
#: 两村合计占全乡的40.6%
TOGETHER = lazy(
    "以上的?占|合计|共计|总共|[两三四][项类个者](?:[\u4e00-\u9fff]{0,4})共|共占|两者|[两二]个?[\u4e00-\u9fff]{0,3}(?:合计|共)?占|加起来"
)
#: Figures before a total to come that may be the total so far.
_MOST_TOTALS = 400
#: Characters between a share and the amount that it comes to.
_BEHIND_SHARE = 8


def together(claim: Fact, here: Sequence[terms.Term], text: str) -> Iterator[Derivation]:
    """The last figures of the paragraph, as many as are said to be added up.  here: its figures so far."""
    asked = _SO_MANY.search(text, max(claim.clause[0], claim.start - 12), claim.start)
    if claim.kind is not Kind.QUANTITY or asked is None:
        return
    amounts = [t for t in here if t.claim.kind is Kind.QUANTITY and t.claim.start < claim.start]
    many = _NUMBERS[asked["n"]]
    if len(amounts) >= many:
        yield terms.total(amounts[-many:])


def part_of_share(claim: Fact, last: Fact | None, told: Sequence[terms.Term]) -> Iterator[Derivation]:
    """The share right before the claim, of an amount that its words name.  last: the figure before the claim."""
    rate = told[-1] if told else None
    if claim.kind is not Kind.QUANTITY or rate is None or claim.mention.step is None:
        return
    if rate.claim is not last or rate.claim.kind is not Kind.PERCENT:
        return
    if claim.start - rate.claim.end > _BEHIND_SHARE:
        return
    named = bigrams(rate.claim.subject)
    for t in reversed(told[-_MOST_TOTALS:]):
        if units.same(t.unit, claim.unit) and t.value and named & bigrams(t.claim.subject):
            value = t.value * rate.value / 100
            yield Derivation("share", f"{t.formula} × {rate.formula}", terms.facts_of(t, rate), value)


def over_told(
    claim: Fact, near: Sequence[terms.Term], told: Sequence[terms.Term], cue: str
) -> Iterator[Derivation]:
    """志愿服务7150小时，人均16.4小时: an amount of the sentence over how many the draft told of, with the claim's words.

    near: the terms around the claim.  told: all so far.  cue: the words before the claim, with it.
    """
    words = bigrams(claim.subject)
    many = [t for t in told[-_MOST_TOTALS:] if following.is_over(cue, t) and t.value > 0]
    for by in reversed([t for t in many if words & bigrams(t.claim.subject)]):
        for amount in near:
            if amount.claim.sentence == claim.sentence and units.same(amount.unit, claim.unit):
                yield terms.ratio(amount, by, "average", Decimal(1))


def with_added(claim: Fact, told: Sequence[terms.Term], text: str, against: Ledger) -> Iterator[Derivation]:
    """What is added, with the total of the same things that the draft told before, or that a source has by now."""
    if claim.kind is not Kind.QUANTITY or not _BROUGHT_TO.search(_before(claim, text)):
        return
    like = [t for t in told[-_MOST_TOTALS:] if units.same(t.unit, claim.unit)]
    added = next((t for t in reversed(like) if t.claim.sentence == claim.sentence), None)
    if added is None:
        return
    named = bigrams(added.claim.subject)
    for before in like:
        start, end = before.claim.sentence
        if before.value > added.value and named & bigrams(text[start:end]):
            yield terms.total((before, added))
    if not added.given or not added.inputs[0].planned:
        return
    for fact in against.facts:
        if (
            fact.kind is Kind.QUANTITY
            and fact.value
            and not fact.planned
            and units.same(fact.unit, claim.unit)
        ):
            own = bigrams(fact.subject)
            if own and own <= named and added.inputs[0] is not fact:
                value = fact.value + added.value
                yield Derivation("sum", f"{fact.id} + {added.formula}", (fact, *added.inputs), value)


def new_total(claim: Fact, near: Sequence[terms.Term], others: OtherTimes, text: str) -> Derivation | None:
    """新开4家，总数达到15家, where a source has 上年底11家 beside the 4."""
    words = _before(claim, text)
    if claim.kind is not Kind.QUANTITY or not _BROUGHT_TO.search(words) or "总" not in words:
        return None
    like = [t for t in near if t.claim.sentence == claim.sentence and t.given]
    for added in [t for t in reversed(like) if units.same(t.unit, claim.unit)]:
        now = added.inputs[0]
        before = next(iter(others.of(now)), None)
        if before is not None and before.value is not None and now.value is not None:
            return Derivation("sum", f"{before.id} + {now.id}", (before, now), before.value + now.value)
    return None


def changes_together(claim: Fact, grown: Sequence[terms.Term], cue: str) -> Derivation | None:
    """同比分别下降30%和25%，合计减少90起: the changes behind the growths of its sentence, added up."""
    if claim.mention.sub != "delta" or not TOGETHER.search(cue):
        return None
    both = [t.inputs for t in grown if len(t.inputs) == 2 and t.claim.sentence == claim.sentence]
    if len(both) < 2 or any(not units.same(f.unit, claim.unit) for inputs in both for f in inputs):
        return None
    formula = " + ".join(f"({now.id} - {then.id})" for now, then in both)
    value = sum((minus(now, then) for now, then in both), Decimal(0))
    return Derivation("sum", formula, tuple(f for inputs in both for f in inputs), value)


def _before(claim: Fact, text: str) -> str:
    return text[max(claim.clause[0], claim.start - 16) : claim.start]
