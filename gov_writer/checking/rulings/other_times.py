"""What the sources have of another time for a figure that the draft tells (去年168批 beside 136批)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units
from gov_writer.matching.deriving import terms
from gov_writer.matching.deriving.changes import of_other_measure
from gov_writer.matching.retold import Retold
from gov_writer.matching.subjects import alike

#: Figures of the year before that are tried with a total.
_EARLIER = 40
#: How alike what two sentences of a line count must be for the second to tell of another time (去年是12个).
_ONE_SERIES = 0.6


class OtherTimes:
    """Looks beside the facts that a draft tells for what their sources have of an earlier time."""

    def __init__(self, claims: Ledger, against: Ledger) -> None:
        self._claims, self._against = claims, against

    def of(self, fact: Fact) -> Iterator[Fact]:
        """What its own sentence, line or row has for a fact at an earlier time; else where it is told again."""
        found = False
        for other in self._beside(fact):
            found = True
            yield other
        for again in () if found else self._retold.of(fact):
            yield from self._beside(again)

    @cached_property
    def _retold(self) -> Retold:
        return Retold(self._against.facts)

    def _beside(self, fact: Fact) -> Iterator[Fact]:
        near = self._against.near(fact, 6)
        for other in sorted(near, key=lambda f: -alike(f.subject, fact.subject)):
            together = other.source == fact.source and other.sentence == fact.sentence and other is not fact
            if other.source == fact.source and other.locator == fact.locator and not together:
                together = other is not fact and alike(other.subject, fact.subject) >= _ONE_SERIES
            one, two = fact.period, other.period
            earlier = one is not None and two is not None and two.before(one)
            if together and earlier and other.kind is fact.kind and units.same(other.unit, fact.unit):
                yield other

    def of_sums(self, claim: Fact, near: Iterable[terms.Term]) -> Iterator[tuple[terms.Term, terms.Term]]:
        """What a source has of an earlier time for totals that the draft adds up (四个季度来访136批, 去年168批)."""
        if claim.kind is not Kind.GROWTH and claim.mention.sub != "delta":
            return
        for t in near:
            if t.given or t.claim.kind is not Kind.QUANTITY or t.claim.sentence != claim.sentence:
                continue
            if (then := self._total_then(t)) is not None:
                yield t, then
            for other in self._earlier:
                if units.same(other.unit, t.unit) and not of_other_measure(claim, (other,)):
                    ghost = terms.beside(t, other)
                    if ghost is not None:
                        yield t, ghost

    def _total_then(self, t: terms.Term) -> terms.Term | None:
        """What the sources have of an earlier time for each part of a total, added up (两项合计252起, 去年291起)."""
        if len(t.inputs) < 2 or "-" in t.formula or "÷" in t.formula:
            return None
        then = [next(iter(self.of(f)), None) for f in t.inputs]
        known = [f for f in then if f is not None and f.value is not None]
        if len(known) < len(then):
            return None
        ghost = terms.beside(t, known[0])
        value = sum((f.value or Decimal(0) for f in known), Decimal(0))
        formula = "(" + " + ".join(f.id for f in known) + ")"
        return (
            replace(ghost, value=value, inputs=tuple(known), formula=formula) if ghost is not None else None
        )

    @cached_property
    def _earlier(self) -> list[Fact]:
        """What the sources tell of the year before, outside tables."""
        mine = self._claims.period
        return [
            f
            for f in self._against.facts
            if f.kind is Kind.QUANTITY
            and f.cell is None
            and f.period is not None
            and mine is not None
            and f.period.before(mine)
        ][:_EARLIER]
