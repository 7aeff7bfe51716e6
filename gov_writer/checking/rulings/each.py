"""What becomes of each figure of a draft: supported, or the one rule that speaks about it.

Computed once per case; each FIG rule shows its share. The order of the contract holds: a swap outranks a
slip of magnitude, that a wrong unit, direction, date, rank and approximation, then any other contradiction,
and last what no source has.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from gov_writer.checking.rulings.edges import Edges
from gov_writer.checking.rulings.evidence import Quotations
from gov_writer.checking.rulings.grounds import Grounds
from gov_writer.checking.rulings.paired import Paired
from gov_writer.checking.rulings.ruling import Ruling, period_changed, rule_beside
from gov_writer.checking.rulings.swaps import with_swaps
from gov_writer.checking.rulings.told import Told
from gov_writer.checking.rulings.unpaired import Unpaired
from gov_writer.domain import COUNTED, Approx, Evidence, Fact, Kind, Ledger, Link, Period, Source
from gov_writer.matching.finding import judge
from gov_writer.matching.intervals import rounds_to
from gov_writer.matching.pairing import Alignment, Pair
from gov_writer.matching.pairing.redating import redated
from gov_writer.matching.pairing.times import CHANGED, as_period
from gov_writer.text.lazy import lazy

_EVERY = lazy("每个?(?:日|天|周|旬|月|季度|季|半年|年)")
#: Characters between how often and how many times.
_RIGHT_BEHIND = 12


class Rulings:
    """All rulings of a draft against its sources.  Without sources there are none.

    ``grounds`` has all that may bear a figure out; ``paired`` rules on the figures that have a fact, ``unpaired`` on
    those that have none, ``swaps`` on those that changed places; ``told`` tells which facts are left out.
    """

    def __init__(
        self, draft: Source, claims: Ledger, against: Ledger, known: tuple[Period, ...] = ()
    ) -> None:
        self._redated = redated(claims, against)
        self._draft, self._claims, self._against = draft, self._redated.claims, against
        self._known = {day for period in known for day in (period.start, period.end)}
        self._grounds = Grounds(draft, self._claims, against, self._known)
        self._quotations = Quotations(against)

    @property
    def alignment(self) -> Alignment:
        return self._grounds.alignment

    @cached_property
    def all(self) -> tuple[Ruling, ...]:
        """In text order, one for each claim that coverage counts, and for each period that changed."""
        grounds = self._grounds
        paired, unpaired = Paired(grounds), Unpaired(grounds)
        edges = Edges(self._draft.text, self._against)
        found: list[Ruling] = []
        for claim in self._claims.facts:
            if found:
                grounds.reckoning.remember(found[-1])
            pair = self.alignment.pairs.get(claim.id)
            if (right := self._redated.wrong.get(claim.id)) is not None:
                found.append(_misdated(claim, as_period(right)))
            elif claim.kind not in COUNTED:
                if pair is not None and self._changed(claim, pair):
                    found.append(Ruling(claim, "FIG110", pair, supported=False))
                elif (pair is None or not pair.agrees) and edges.invented(claim):
                    found.append(_of_no_day(claim, edges.meant(claim)))
                elif (often := self._as_often(claim)) is not None:
                    found.append(Ruling(claim, "FIG110", often, supported=False))
            elif grounds.exempt.announces(claim) or grounds.support.regular(claim):
                found.append(Ruling(claim))
            elif (own := self._of_own(claim, pair)) is not None:
                found.append(own)
            elif pair is not None:
                found.append(paired.ruling(claim, pair))
            else:
                found.append(unpaired.ruling(claim, found[-1] if found else None))
        return tuple(grounds.support.with_counts(tuple(with_swaps(found))))

    def _of_own(self, claim: Fact, pair: Pair | None) -> Ruling | None:
        """178件，同比减少27件: the change of the row from which the 178 are, whatever else would give it."""
        if (
            pair is not None
            and pair.agrees
            and (claim.kind is Kind.GROWTH or pair.fact.mention.sub == "delta")
        ):
            return None
        own = self._grounds.reckoning.own_change(claim)
        if own is None:
            return None
        if rounds_to(own.value, claim.mention):
            return Ruling(claim, "", None, own)
        rough = claim.mention.approx is not Approx.EXACT
        return Ruling(claim, rule_beside(claim, own), None, own, uncertain=rough, supported=False)

    def _changed(self, claim: Fact, pair: Pair) -> bool:
        """Whether a period is another one than its fact's, and not the report's own so far."""
        own = claim.mention.date_start is None and claim.mention.date_end in self._known
        return claim.kind is Kind.PERIOD and period_changed(pair) and not own

    def _as_often(self, claim: Fact) -> Pair | None:
        """每月1次 told as 每季度1次: how often the sources say it is, by the figure right behind it."""
        if _EVERY.fullmatch(claim.text) is None:
            return None
        for behind in self._claims.after(claim):
            pair = self.alignment.pairs.get(behind.id)
            if pair is None or not pair.agrees or behind.start - claim.end > _RIGHT_BEHIND:
                return None
            for often in self._against.before(pair.fact):
                same = (often.source, often.sentence) == (pair.fact.source, pair.fact.sentence)
                if (
                    same
                    and _EVERY.fullmatch(often.text)
                    and often.text[1:].strip("个") != claim.text[1:].strip("个")
                ):
                    return Pair(claim, often, judge(claim, often), pair.likeness)
        return None

    @cached_property
    def by_place(self) -> dict[tuple[int, int], Ruling]:
        """The rulings by where their figures stand in the draft."""
        return {(r.claim.start, r.claim.end): r for r in self.all}

    @cached_property
    def misdated(self) -> tuple[tuple[int, int], ...]:
        """The spans of periods that a wrong year above them, told as such, put into another year."""
        return tuple((f.start, f.end) for f in self._claims.facts if f.id in self._redated.moved)

    def of(self, rule: str) -> Iterable[Ruling]:
        return (ruling for ruling in self.all if ruling.rule == rule)

    @cached_property
    def told(self) -> Told:
        """What the draft tells of the sources' facts."""
        return Told(self._draft, self._claims, self._against, self.alignment, self.all)

    def links(self) -> tuple[Link, ...]:
        """The supported figures with their sources, in text order."""
        return self._quotations.links(self.all)

    def evidence(self, *facts: Fact) -> tuple[Evidence, ...]:
        """The source sentences of facts, shortened around the figure."""
        return self._quotations.of(*facts)


def _of_no_day(claim: Fact, meant: Fact | None) -> Ruling:
    """A day up to which, or from which on, something goes, that no source has."""
    if meant is None:
        return Ruling(claim, "FIG111", supported=False)
    return Ruling(claim, "FIG110", Pair(claim, meant, judge(claim, meant), CHANGED), supported=False)


def _misdated(claim: Fact, right: Fact) -> Ruling:
    """A year that stands where another was meant."""
    return Ruling(claim, "FIG110", Pair(claim, right, judge(claim, right), CHANGED), supported=False)
