"""Facts of a sentence that a draft tells without their figures: the last part of a total, the total of all parts."""

from __future__ import annotations

from collections.abc import Sequence, Set
from decimal import Decimal

from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units

#: Figures on either side that may belong to one total.
_REACH = 8
#: Parts from which on a draft may leave all of them to their total.
_SEVERAL = 3
_A_TOTAL_OF_TWO = 3


def last_one(ledger: Ledger, fact: Fact, used: Set[str]) -> bool:
    """招聘会16场：线下11场、线上5场: who tells two of the three tells the third."""
    return any(
        len(group) == _A_TOTAL_OF_TWO and sum(f.id not in used for f in group) == 1
        for group in _totals(ledger, fact)
        if fact.id not in used
    )


def in_its_total(ledger: Ledger, fact: Fact, used: Set[str]) -> bool:
    """调委会15个：村12个、社区2个、镇级1个: whether the total is told, and none of its several parts."""
    for whole, *parts in _totals(ledger, fact):
        if whole.id in used and len(parts) >= _SEVERAL and not any(f.id in used for f in parts):
            return fact in parts
    return False


def earlier_reading(ledger: Ledger, fact: Fact, used: Set[str]) -> bool:
    """全年98.42%（上半年97.85%）: whether a rate is of a part of the time whose rate the draft tells."""
    part = fact.period
    if fact.kind not in (Kind.PERCENT, Kind.RANK) or fact.cell is not None or part is None:
        return False
    return any(
        other.kind is fact.kind
        and (other.source, other.locator) == (fact.source, fact.locator)
        and other.id in used
        and other.period is not None
        and part.within(other.period)
        and not other.period.within(part)
        for other in ledger.near(fact, _REACH)
    )


def _totals(ledger: Ledger, fact: Fact) -> list[Sequence[Fact]]:
    """The totals of the fact's sentence, each with its parts behind it, that the fact belongs to."""
    if fact.kind is not Kind.QUANTITY or fact.cell is not None or not fact.value:
        return []
    here = [
        f for f in ledger.together(fact, _REACH) if f.kind is Kind.QUANTITY and units.same(f.unit, fact.unit)
    ]
    found: list[Sequence[Fact]] = []
    for at, whole in enumerate(here):
        total = Decimal(0)
        for end in range(at + 1, len(here)):
            total += here[end].value or Decimal(0)
            if total == whole.value and end > at + 1:
                if fact in here[at : end + 1]:
                    found.append(here[at : end + 1])
                break
    return found
