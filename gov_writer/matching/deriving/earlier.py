"""What was there before, from what is there now and what came to it: 19 of which 4 are new were 15.

Only where the words ask for it (比上年末的15个, 上年的97.8%) and both figures stand in one sentence of a source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.text.lazy import lazy

ASKED = lazy(
    r"(?:去年|上年|上一年|年初|此前|原来|原有|原先|改造前|整治前)(?:年?[底末初])?(?:全年|同期)?(?:的|是|为|只有|仅有|约|近)*$"
)
_POINTS = "个百分点"


def values(claim: Fact, facts: Sequence[Fact]) -> Iterator[Derivation]:
    """``now - what came to it`` for a claim about an earlier time, and the growth that follows from both."""
    for now, change in permutations(facts, 2):
        if now.source != change.source or now.sentence != change.sentence:
            continue
        if now.value is None or change.value is None:
            continue
        inputs = (now, change)
        formula = f"{now.id} - {change.id}"
        if claim.kind is Kind.PERCENT:
            if now.kind is Kind.PERCENT and change.kind is Kind.GROWTH and change.unit == _POINTS:
                yield Derivation("difference", formula, inputs, now.value - change.value)
            continue
        if not (now.kind is change.kind is Kind.QUANTITY and units.same(now.unit, change.unit)):
            continue
        then = now.value - change.value
        if then <= 0:
            continue
        if claim.kind is Kind.QUANTITY and units.same(now.unit, claim.unit):
            yield Derivation("difference", formula, inputs, then)
        elif claim.kind is Kind.GROWTH:
            grown = change.value / then * Decimal(100)
            yield Derivation("growth", f"{change.id} ÷ ({formula}) × 100%", inputs, grown)
