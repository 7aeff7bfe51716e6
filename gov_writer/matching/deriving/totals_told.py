"""What follows from the row of a table in which a told figure stands, and from the totals of all.

占计划的62.4% beside a cell is a share of another cell of its row; 占总户数的97.8% and 平均每个小区53个 rest on totals that the
draft tells paragraphs before, or leaves to the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving.around import Around
from gov_writer.matching.deriving.operations import WIDEST, Derivation, ratio
from gov_writer.text.lazy import lazy

_ALL = lazy(r"合\s?计|总\s?计|总数|全部|全街道|全镇|全区|总")
#: 占总户数的, 占全部小区的, before the share.
_OF_ALL = lazy(r"占(?:全街道|全镇|全区|全部|所有|总)(?P<what>[\u4e00-\u9fff]{1,4}?)(?:总?数)?的?$")
#: 平均每个小区新增停车位
_EACH = lazy(r"每(?:个|栋|家|所|户)?(?P<what>[\u4e00-\u9fff]{2})")
#: Totals that are looked at.
_MOST = 12


def shares_in_row(around: Around, claim: Fact) -> Iterator[Derivation]:
    """The last cell that the sentence states, over each other cell of its row in its unit."""
    part = next((f for f in reversed(around.before(claim)) if f.kind is Kind.QUANTITY), None)
    if part is None or part.cell is None or not part.value:
        return
    for other in around.groups.rows.get(around.fact_index[part.id], ())[:WIDEST]:
        if (
            other is not part
            and other.kind is Kind.QUANTITY
            and other.value
            and units.same(other.unit, part.unit)
        ):
            yield ratio(part, other, "share")


def shares_of_all(around: Around, claim: Fact) -> Iterator[Derivation]:
    """The last figure of the sentence over the total that the words name."""
    asked = _OF_ALL.search(around.words_before(claim))
    part = next((f for f in reversed(around.before(claim)) if f.kind is Kind.QUANTITY and f.value), None)
    if asked is None or part is None or claim.mention.step is None or claim.mention.step >= 1:
        return
    for whole in _named(around.groups.in_unit(part.unit), asked["what"]):
        if whole is not part and whole.value and part.value and whole.value >= part.value:
            yield ratio(part, whole, "share")


def shares_of_told(around: Around, claim: Fact, cue: str) -> Iterator[Derivation]:
    """仍有62张床位空置，空置率32.6%: the amount right before the rate, over one told elsewhere with its words."""
    part = next((f for f in reversed(around.before(claim)) if f.kind is Kind.QUANTITY), None)
    if (
        part is None
        or not part.value
        or "率" not in cue
        or claim.mention.step is None
        or claim.mention.step >= 1
    ):
        return
    own = bigrams(part.subject)
    for whole in around.told:
        larger = whole.value is not None and whole.value > part.value
        if larger and units.same(whole.unit, part.unit) and own & bigrams(whole.subject):
            yield ratio(part, whole, "share")


def averages_over_all(around: Around, claim: Fact, cue: str) -> Iterator[Derivation]:
    """A related amount over how many there are of what 每个 names."""
    asked = _EACH.search(cue)
    if asked is None:
        return
    many = [f for f in _named(around.told, asked["what"]) if f.value]
    for amount in around.related(claim):
        if amount.kind is Kind.QUANTITY and units.same(amount.unit, claim.unit):
            for by in many:
                if by is not amount:
                    yield ratio(amount, by, "average", Decimal(1))


def _named(facts: Sequence[Fact], what: str) -> list[Fact]:
    """The totals among facts that count what a word names."""
    return [f for f in facts if what in f.subject + (f.unit or "") and _ALL.search(f.subject)][:_MOST]
