"""Which source fact each figure of a draft is about, and whether the two agree.

From certain to likely: sentences that are equal (figures apart), clauses that are equal and stand only once
in either text, rows of figures told in one order, words that two surroundings share, weighed by how rare they are,
what the neighbours tell, and last the value alone where it stands once in either text. The passes look facts up in
indices; none compares every claim with every fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gov_writer.domain import Ledger
from gov_writer.matching.contexts import Contexts
from gov_writer.matching.finding import Finder
from gov_writer.matching.pairing.as_of import AsOf
from gov_writer.matching.pairing.equal import EqualWords
from gov_writer.matching.pairing.in_order import InOrder
from gov_writer.matching.pairing.in_row import InRow
from gov_writer.matching.pairing.in_time import InTime
from gov_writer.matching.pairing.leftovers import Leftovers
from gov_writer.matching.pairing.likely import Likely
from gov_writer.matching.pairing.state import SURE, Pair, State
from gov_writer.matching.pairing.times import Times

__all__ = ["SURE", "Alignment", "Pair", "align"]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The draft against its sources.

    pairs: by claim id; a claim without an entry has no fact.  finder: the indices, for whoever looks further.
    repeats: facts that say what a used fact says, by id, with that fact's id.
    rivals: facts that contradict a used fact, by id, with that fact's id.
    foreign: claims, by id, whose value the sources tell of another community.
    """

    pairs: dict[str, Pair]
    repeats: dict[str, str]
    rivals: dict[str, str]
    finder: Finder = field(repr=False)
    foreign: frozenset[str] = frozenset()

    @property
    def touched(self) -> frozenset[str]:
        """Ids of facts that some claim is about."""
        return frozenset(pair.fact.id for pair in self.pairs.values())


def align(claims: Ledger, against: Ledger) -> Alignment:
    """Pair the figures, dates, periods and placeholders of a draft with the facts of its sources."""
    state = State(Contexts(claims), Contexts(against))
    EqualWords(state).run()
    InOrder(state).run()
    Likely(state).run()
    InRow(state).run()
    InTime(state).run()
    Times(state).run()
    AsOf(state).run()
    repeats, rivals = Leftovers(state).run()
    foreign = frozenset(state.mine.facts[claim].id for claim in state.foreign)
    return Alignment(
        {pair.claim.id: pair for pair in state.pairs.values()}, repeats, rivals, state.finder, foreign
    )
