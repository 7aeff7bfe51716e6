"""Points by which a rate that was computed moved, or by which one growth is above another.

占比82.3%，比上年提高1.3个百分点: the share of this year's values less that of last year's, which stand beside them.
增长8.2%，高于收入增幅1.7个百分点: one growth less the other.  非税收入下降0.8%: last year's is what two of its totals leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from gov_writer.checking.rulings.other_times import OtherTimes
from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.deriving import terms
from gov_writer.matching.deriving.operations import Derivation, minus
from gov_writer.matching.intervals import rounded, rounds_to
from gov_writer.text.lazy import lazy

#: One growth told against another.
_AGAINST = lazy("高于|低于|高出|快于|慢于|好于|优于|超过|超出|领先|落后|[高低快慢]")
#: 比全镇平均水平高5.1个百分点: one rate against another of the paragraph.
_ABOVE = lazy("^(?:[比较].*)?(?:高[于出]?|低于?|领先|落后)")
#: Growths of a paragraph, and amounts, that are tried with one another.
_GROWTHS, _AMOUNTS = 4, 10


class MovedRates:
    """Looks at what the draft told before a claim."""

    def __init__(self, others: OtherTimes) -> None:
        self._others = others

    def of(
        self, claim: Fact, near: Sequence[terms.Term], growths: Sequence[terms.Term]
    ) -> Iterator[Derivation]:
        """near, growths: amounts and rates, and growths, that the claim's paragraph told before it, in text order."""
        if claim.kind is not Kind.GROWTH:
            return
        if units.canonical(claim.unit) != "个百分点":
            yield from self.of_a_rest(claim, near)
            return
        if (moved := self.share_moved(claim, near)) is not None:
            yield moved
            if claim.mention.step is not None:
                step = claim.mention.step
                now = next(t for t in reversed(near) if t.claim.kind is Kind.PERCENT).value
                printed = rounded(now, step) - rounded(now - moved.value, step)
                yield Derivation("difference", moved.formula, moved.inputs, printed)
        rates = [t for t in near if t.claim.kind is Kind.PERCENT][-_GROWTHS:]
        if rates and _ABOVE.search(claim.text) and rates[-1].claim.sentence == claim.sentence:
            for other in reversed(rates[:-1]):
                yield from _as_printed(claim, rates[-1], other)
        if growths and _AGAINST.match(claim.text):
            last = growths[-1]
            for other in reversed(growths[-_GROWTHS:-1]):
                yield from _as_printed(claim, last, other)

    def share_moved(self, claim: Fact, near: Sequence[terms.Term]) -> Derivation | None:
        """The last share of the sentence less the same share at the earlier time."""
        rates = [t for t in near if t.claim.kind is Kind.PERCENT and t.claim.sentence == claim.sentence]
        if not rates or rates[-1].given or len(rates[-1].inputs) != 2 or "÷" not in rates[-1].formula:
            return None
        now = rates[-1]
        part, whole = (next(iter(self._others.of(f)), None) for f in now.inputs)
        if part is None or whole is None or part is whole or not part.value or not whole.value:
            return None
        then = part.value / whole.value * 100
        formula = f"{now.formula} - {part.id} ÷ {whole.id} × 100%"
        return Derivation("difference", formula, (*now.inputs, part, whole), now.value - then)

    def of_a_rest(self, claim: Fact, near: Sequence[terms.Term]) -> Iterator[Derivation]:
        """The growth of the last amount, of which last year's value is only told as what another amount leaves."""
        amounts = [t for t in near if t.claim.kind is Kind.QUANTITY and t.given][-_AMOUNTS:]
        if len(amounts) < 3 or amounts[-1].claim.sentence != claim.sentence:
            return
        now = amounts[-1]
        if next(iter(self._others.of(now.inputs[0])), None) is not None:
            return
        like = [t for t in amounts[:-1] if units.same(t.unit, now.unit)]
        for a, b in combinations(like, 2):
            high, low = (a, b) if a.value > b.value else (b, a)
            if not rounds_to(high.value - low.value, now.claim.mention):
                continue
            then = [next(iter(self._others.of(t.inputs[0])), None) for t in (high, low)]
            if then[0] is None or then[1] is None or (left := minus(then[0], then[1])) <= 0:
                continue
            value = (now.value - left) / left * Decimal(100)
            formula = (
                f"({now.formula} - ({then[0].id} - {then[1].id})) ÷ ({then[0].id} - {then[1].id}) × 100%"
            )
            yield Derivation("growth", formula, (*now.inputs, then[0], then[1]), value)


def _as_printed(claim: Fact, one: terms.Term, other: terms.Term) -> Iterator[Derivation]:
    """The difference of two rates, and that of the two as they are printed, which is what clerks take."""
    found = terms.difference(one, other)
    yield found
    if claim.mention.step is not None:
        steps = [t.claim.mention.step or claim.mention.step for t in (one, other)]
        printed = rounded(one.value, steps[0]) - rounded(other.value, steps[1])
        yield Derivation("difference", found.formula, found.inputs, printed)
