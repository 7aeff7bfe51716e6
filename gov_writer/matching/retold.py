"""Facts that several places of the sources tell: 33.85 in a table of indicators, 338,500 in the months' last row.

Whoever computes with one of them may use what stands beside any other, such as last year's value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.finding import disjoint

#: Values of fewer digits are equal by chance; places that are looked at.
_DIGITS, _MOST = 3, 12


class Retold:
    """The amounts of the sources by value."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._amounts: dict[tuple[str, Decimal], list[Fact]] = defaultdict(list)
        for fact in facts:
            if (key := _key(fact)) is not None and len(self._amounts[key]) < _MOST:
                self._amounts[key].append(fact)

    def of(self, fact: Fact) -> list[Fact]:
        """The facts in other sentences and rows that tell of the same thing the same amount."""
        key = _key(fact)
        own = bigrams(fact.subject)
        return [
            other
            for other in (self._amounts.get(key, ()) if key is not None else ())
            if other is not fact
            and (other.source, other.sentence) != (fact.source, fact.sentence)
            and other.planned is fact.planned
            and not disjoint(fact, other)
            and own & bigrams(other.subject)
        ]


def _key(fact: Fact) -> tuple[str, Decimal] | None:
    """Where an amount is filed; None for one that tells too little."""
    value = fact.value
    if fact.kind is not Kind.QUANTITY or not value or not value.is_finite():
        return None
    if len(value.normalize().as_tuple().digits) < _DIGITS:
        return None
    return units.canonical(fact.unit), abs(value)
