"""The state of pairing a draft with its sources: which claim is about which fact so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from gov_writer.domain import COUNTED, Fact, Kind
from gov_writer.matching.contexts import Contexts
from gov_writer.matching.finding import Finder, judge
from gov_writer.matching.values import Comparison

#: Below this likeness a finding says that the match is uncertain, and counts less.
SURE = 0.45
PAIRED = COUNTED | {Kind.PERIOD, Kind.PLACEHOLDER}


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim with the fact that it is about.

    claim, fact: from the draft's and the sources' ledger.  likeness: 0–1, 1 where the surroundings are equal.
    """

    claim: Fact
    fact: Fact
    comparison: Comparison
    likeness: float

    @property
    def agrees(self) -> bool:
        return self.comparison.agrees

    @property
    def certain(self) -> bool:
        """Whether the two are about the same thing without much doubt."""
        return self.likeness >= SURE


class State:
    """Claims (mine) and facts (theirs) by index, and the pairs made of them."""

    def __init__(self, mine: Contexts, theirs: Contexts) -> None:
        self.mine, self.theirs = mine, theirs
        self.pairs: dict[int, Pair] = {}
        self.index: dict[int, int] = {}  # claim -> fact
        self.users: dict[int, list[int]] = defaultdict(list)  # fact -> claims
        self.equal: set[int] = set()  # claims whose surroundings are the fact's, word for word
        self.ordered: set[int] = set()  # claims that stand in one row with others, as their facts do
        self.foreign: set[int] = set()  # claims whose value is another community's
        self.finder = Finder(mine, theirs)

    def open_claims(self) -> list[int]:
        return [i for i, f in enumerate(self.mine.facts) if i not in self.pairs and f.kind in PAIRED]

    def open_facts(self) -> list[int]:
        return [i for i, f in enumerate(self.theirs.facts) if i not in self.users and f.kind in PAIRED]

    def pair(self, claim: int, fact: int, likeness: float) -> None:
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        self.pairs[claim] = Pair(a, b, judge(a, b), likeness)
        self.index[claim] = fact
        self.users[fact].append(claim)

    def stand_in(self, claim: int, shown: Fact, likeness: float) -> None:
        """Pair a claim with what a fact shows of itself (the period in its column's head), without using the fact."""
        a = self.mine.facts[claim]
        self.pairs[claim] = Pair(a, shown, judge(a, shown), likeness)

    def unpair(self, claim: int) -> None:
        del self.pairs[claim]
        fact = self.index.pop(claim)
        self.users[fact].remove(claim)
        if not self.users[fact]:
            del self.users[fact]
