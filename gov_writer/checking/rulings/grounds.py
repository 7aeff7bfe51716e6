"""All that may bear out a figure of a draft, made once per case so that every way of ruling asks the same.

Each part is made when it is first asked for; a draft without contradictions needs few of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from datetime import date
from functools import cached_property

from gov_writer.checking.rulings.attribution import Attribution
from gov_writer.checking.rulings.exempt import Exempt
from gov_writer.checking.rulings.listed import Listed
from gov_writer.checking.rulings.reckoning import Reckoning
from gov_writer.checking.rulings.row_counts import RowCounts
from gov_writer.checking.rulings.standings import Standings
from gov_writer.checking.rulings.support import Support
from gov_writer.checking.rulings.wholes import Wholes
from gov_writer.domain import Fact, Ledger, Source
from gov_writer.matching.deriving.derivations import Deriver
from gov_writer.matching.pairing import Alignment, align

#: Claims before one whose names and counts it may take up.
_BEFORE = 12


class Grounds:
    """A draft's claims, the sources' facts, and whoever can say something of the one by the other.

    ``exempt``, ``listed`` and ``row_counts`` know which counts need no fact, ``deriver`` what follows from the sources' facts,
    ``reckoning`` what follows from the figures around one, ``support`` what bears a figure out for which no fact stands,
    ``standings`` the places in a list, ``wholes`` what a part can't exceed, ``attribution`` whose figure it is.
    """

    def __init__(self, draft: Source, claims: Ledger, against: Ledger, known: Set[date | None]) -> None:
        """known: the first and last days of the report's period, and the reference date."""
        self.draft, self.claims, self.against, self.known = draft, claims, against, known
        self.attribution = Attribution(against)
        self.listed = Listed(draft.text, against)
        self.row_counts = RowCounts(draft.text, against)

    @cached_property
    def alignment(self) -> Alignment:
        return align(self.claims, self.against)

    @cached_property
    def deriver(self) -> Deriver:
        return Deriver(self.alignment, self._spans)

    @cached_property
    def _spans(self) -> tuple[int, ...]:
        """The days that have passed of the report's period, and all of it."""
        days = sorted(day for day in self.known if day)
        return tuple((day - days[0]).days + 1 for day in days[1:])

    @cached_property
    def reckoning(self) -> Reckoning:
        return Reckoning(
            self.draft.text, self.claims, self.against, self.alignment, self.deriver, self.listed.sizes
        )

    @cached_property
    def support(self) -> Support:
        return Support(self.draft, self.claims, self.against, self.alignment)

    @cached_property
    def standings(self) -> Standings:
        return Standings(self.draft.text, self.claims, self.against)

    @cached_property
    def wholes(self) -> Wholes:
        return Wholes(self.against)

    @cached_property
    def exempt(self) -> Exempt:
        return Exempt(self.draft, self.claims, self.against, self.alignment, self.known)

    def before(self, claim: Fact) -> tuple[Fact, ...]:
        """The last claims before one."""
        return self.claims.before(claim, _BEFORE)

    @cached_property
    def users(self) -> dict[str, list[Fact]]:
        """Fact id → the claims that agree with it."""
        users: dict[str, list[Fact]] = defaultdict(list)
        for pair in self.alignment.pairs.values():
            if pair.agrees:
                users[pair.fact.id].append(pair.claim)
        return users

    @cached_property
    def rivals(self) -> dict[str, Fact]:
        """Used fact id → an unused fact that contradicts it."""
        return {used: self.against.fact(rival) for rival, used in self.alignment.rivals.items()}
