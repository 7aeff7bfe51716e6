"""What follows for a figure from the figures that the draft tells around it.

``matching.derivations`` looks among the sources' facts; here the draft's own words say what is counted with
what (其中, 比上年增加, 各新建1处), and each figure goes on to the next with the fact it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from gov_writer.checking.ruling import Ruling
from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import following, units
from gov_writer.matching.derivations import Deriver
from gov_writer.matching.operations import Derivation
from gov_writer.matching.pairing import Alignment


class Reckoning:
    """Reads a draft's figures in text order; ``remember`` is told each ruling before the next claim is asked for."""

    def __init__(
        self, text: str, claims: Ledger, against: Ledger, alignment: Alignment, deriver: Deriver
    ) -> None:
        self._text, self._claims, self._against = text, claims, against
        self._alignment, self._deriver = alignment, deriver
        self._terms: list[following.Term] = []  # the figures so far that go on to others

    def remember(self, ruling: Ruling) -> None:
        """A figure may be what the next ones are computed from, unless nothing is known of it."""
        if ruling.rule == "FIG101":
            return
        pair = (
            ruling.pair if ruling.pair is not None and (ruling.pair.agrees or ruling.pair.certain) else None
        )
        derivation = ruling.derivation if pair is None else None
        if derivation is not None or pair is not None:
            found = following.term(ruling.claim, pair.fact if pair else None, derivation)
            if found is not None:
                self._terms.append(found)

    def cue(self, claim: Fact) -> str:
        """The words before a figure in its clause, with it."""
        start = max(claim.clause[0], claim.start - 16)
        return self._text[start : claim.end]

    def follows(self, claim: Fact) -> Derivation | None:
        """How a claim follows from the figures around it, None if it does not."""
        behind = []
        for other in self._claims.facts[self._at[claim.id] + 1 : self._at[claim.id] + 3]:
            pair = self._alignment.pairs.get(other.id)
            if other.sentence == claim.sentence and pair is not None and pair.agrees:
                found = following.term(other, pair.fact, None)
                behind += [found] if found is not None else []
        return following.explain(claim, self._near(claim), behind, self.cue(claim))

    def expected(self, claim: Fact) -> Derivation | None:
        """What the words around a claim say it must be; a change may be told of a value whose other one the source has."""
        near = self._near(claim)
        found = following.expected(claim, near, self.cue(claim))
        here = [t for t in near if t.claim.sentence == claim.sentence and t.given]
        moves = claim.kind is Kind.GROWTH or claim.mention.sub == "delta"
        if found is not None or not here or not moves:
            return found
        last = here[-1]
        for other in self._other_times(last.inputs[0]):
            ghost = following.term(
                replace(last.claim, id=f"{last.claim.id}/{other.id}", subject=other.subject), other, None
            )
            if ghost is not None:
                return following.expected(claim, (*near, ghost), self.cue(claim))
        return None

    def _other_times(self, fact: Fact) -> Iterable[Fact]:
        """What its own sentence or row has for a fact at an earlier time."""
        at = self._place[fact.id]
        for other in self._against.facts[max(0, at - 4) : at + 5]:
            together = other.source == fact.source and other.sentence == fact.sentence and other is not fact
            one, two = fact.period, other.period
            earlier = bool(one and two and one.start and two.end and two.end < one.start)
            if together and earlier and other.kind is fact.kind and units.same(other.unit, fact.unit):
                yield other

    def for_each(self, claim: Fact) -> Derivation | None:
        """在甲、乙、丙3个社区各新建1处, where a source has 3处: what each gets, times how many there are."""
        words = self._text[claim.clause[0] : claim.start]
        if "各" not in words or not claim.value or claim.kind is not Kind.QUANTITY:
            return None
        at = self._at[claim.id]
        for many in reversed(self._claims.facts[max(0, at - 2) : at]):
            if many.sentence != claim.sentence or many.kind is not Kind.QUANTITY or not many.value:
                continue
            whole = self._deriver.like(claim, claim.value * many.value)
            if whole is not None:
                return Derivation("average", f"{whole.id} ÷ {many.value}", (whole,), claim.value)
        return None

    def _near(self, claim: Fact) -> list[following.Term]:
        """The terms of the claim's own sentence, and the last of the one before in its paragraph."""
        terms = self._terms[-8:]
        line = self._text.rfind("\n", 0, claim.start) + 1
        return [t for t in terms if t.claim.start >= line and t.claim.id != claim.id]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {fact.id: i for i, fact in enumerate(self._against.facts)}

    @cached_property
    def _at(self) -> dict[str, int]:
        return {claim.id: i for i, claim in enumerate(self._claims.facts)}
