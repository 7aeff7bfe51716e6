"""A part told for its whole, or added to the whole that holds it: what the sources say of either."""

from __future__ import annotations

from decimal import Decimal

from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units
from gov_writer.matching.deriving.operations import Derivation, of_parts
from gov_writer.matching.intervals import rounds_to
from gov_writer.matching.pairing import Pair
from gov_writer.matching.pairing.times import part_of
from gov_writer.matching.subjects import alike
from gov_writer.text.lazy import lazy

#: One of several: the highest month.
_PEAK = lazy("最|单[月季]|峰|其中|平均|每")
_ALTOGETHER = lazy("(?:共有?|总数|累计|现有|总计|增至|达到?|增加到)[为达]?$")
_OF_IT = lazy("(?:今年|本年度?|年内|当年|其中)[^，。；]{0,2}(?:新|增)[\u4e00-\u9fff]{0,2}$")
#: How alike the figures of one series are told; facts beside one that are looked at.
_ONE_SERIES, _NEAR = 0.6, 12


class Wholes:
    """Totals of the sources by the figures that they hold."""

    def __init__(self, against: Ledger) -> None:
        self._against = against

    def of_parts(self, claim: Fact, pair: Pair, cue: str) -> Derivation | None:
        """The total of both quarters where the draft tells one's value of the half-year; None where it tells no such part."""
        fact = pair.fact
        if fact.cell is not None or claim.kind is not Kind.QUANTITY or _PEAK.search(cue):
            return None
        if not part_of(fact.period, claim.period):
            return None
        row = [
            other
            for other in self._against.near(fact, _NEAR)
            if other.source == fact.source
            and other.sentence == fact.sentence
            and units.same(other.unit, fact.unit)
            and alike(other.subject, fact.subject) >= _ONE_SERIES
        ]
        whole = next(of_parts(claim, row), None)
        return whole if whole is not None and not rounds_to(whole.value, claim.mention) else None

    def contained(self, found: Derivation) -> Derivation | None:
        """The total among what a sum adds that holds the rest of it already (新建2所，共6所); None where there is none."""
        whole = next((f for f in found.inputs if self._contains(f, found)), None)
        return (
            Derivation("total", whole.id, (whole,), whole.value or Decimal(0)) if whole is not None else None
        )

    def _contains(self, whole: Fact, found: Derivation) -> bool:
        if found.operation != "sum" or whole not in found.inputs or whole.cell is not None:
            return False
        text = self._against.source(whole.source).text
        others = [f for f in found.inputs if f.sentence == whole.sentence and f is not whole]
        if _ALTOGETHER.search(text, max(whole.sentence[0], whole.start - 6), whole.start):
            return any(f.start < whole.start for f in others)
        behind = [f for f in others if f.start > whole.start]  # 12处，今年新建4处
        return any(_OF_IT.search(text, max(whole.end, f.start - 8), f.start) for f in behind)
