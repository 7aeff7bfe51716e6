"""The pass for rows of figures that a sentence retells in the order of its source: 完工6个，在建4个，未开工1个.

Three small counts say little each, and the words beside them may be others; three in one order are no chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.pairing.state import State

#: How many in one order are enough, and the likeness of such pairs.
_ROW, _LIKENESS = 3, 0.75
_WIDEST = 40

_Key = tuple[tuple[str, Decimal], ...]


class InOrder:
    """Pairs the figures of such a row, as far as nothing else is certain of them."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.mine, self.theirs = state.mine, state.theirs

    def run(self) -> None:
        rows: dict[_Key, list[tuple[int, ...]]] = defaultdict(list)
        for group in self.theirs.sentences:
            for key, members in _rows(self.theirs.facts, group.members):
                rows[key].append(members)
        for group in self.mine.sentences if rows else ():
            for key, members in _rows(self.mine.facts, group.members):
                found = rows.get(key, ())
                if len(found) == 1 and self._kindred(members, found[0]) and not self._listed(members[-1]):
                    for claim, fact in zip(members, found[0], strict=True):
                        self.state.ordered.add(claim)
                        if claim not in self.state.pairs:
                            self.state.pair(claim, fact, max(_LIKENESS, self.state.finder.alike(claim, fact)))

    def _listed(self, claim: int) -> bool:
        """甲、乙、丙分别为12个、23个和6个: names first, in what may be another order."""
        fact = self.mine.facts[claim]
        return "分别" in self.mine.between(fact, max(fact.sentence[0], fact.start - 40), fact.start)

    def _kindred(self, claims: Sequence[int], facts: Sequence[int]) -> bool:
        """Whether some of the figures share words, and each is one that the other may mean."""
        finder = self.state.finder
        for a, b in zip(claims, facts, strict=True):
            if any(finder.close(a, other) > finder.close(a, b) for other in facts):
                return False  # the figures keep their order, the words have changed places
        return (
            sum(
                finder.close(a, b) > 0 or finder.alike(a, b) > 0.2 for a, b in zip(claims, facts, strict=True)
            )
            > 1
        )


def _rows(facts: Sequence[Fact], members: Sequence[int]) -> Iterator[tuple[_Key, tuple[int, ...]]]:
    """All neighbouring threes of exact counts in a sentence, unlike one another, with what identifies them.

    None that an inexact count stands among: where 183处 and 1万余处 change places, the exact ones keep their order.
    """
    counts = [i for i in members[:_WIDEST] if _counts(facts[i])]
    for at in range(len(counts) - _ROW + 1):
        chosen = tuple(counts[at : at + _ROW])
        if not all(_exact(facts[i]) for i in chosen):
            continue
        key = tuple((units.canonical(facts[i].unit), facts[i].value or Decimal(0)) for i in chosen)
        if len(set(key)) == _ROW:
            yield key, chosen


def _counts(fact: Fact) -> bool:
    return (
        fact.kind is Kind.QUANTITY
        and fact.cell is None
        and fact.value is not None
        and fact.mention.sub != "delta"
    )


def _exact(fact: Fact) -> bool:
    return fact.mention.approx is Approx.EXACT
