"""What becomes of a figure without a fact: it needs none, it follows from others, or no source has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gov_writer.checking.rulings.grounds import Grounds
from gov_writer.checking.rulings.ruling import Ruling, rule_beside
from gov_writer.checking.structural import structural
from gov_writer.domain import DATES, Approx, Fact, Kind
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.intervals import rounds_to

#: Unsupported claims that are looked up word for word; a hostile draft can't make it quadratic.
_MOST_LOOKUPS = 300
#: Characters between a figure and what is told of it.
_NEXT = 12


class Unpaired:
    """Rules on one claim after the other, in text order."""

    def __init__(self, on: Grounds) -> None:
        self._on = on
        self._lookups = _MOST_LOOKUPS

    def ruling(self, claim: Fact, before: Ruling | None) -> Ruling:
        """What becomes of a claim.  before: the ruling on the figure before it."""
        self._lookups -= 1
        found = (
            self._needs_no_fact(claim)
            or self._following(claim)
            or self._misworded(claim)
            or self._expected(claim)
            or self._unknown(claim)
        )
        if found.rule == "FIG101" and before is not None and _rests_on(claim, before):
            return Ruling(claim)
        return found

    def _needs_no_fact(self, claim: Fact) -> Ruling | None:
        """Articles, counts of what the text lists, dates of the task, figures that were told before."""
        exempt = self._on.exempt
        if structural(claim) or exempt.given(claim) or (self._lookups > 0 and exempt.verbatim(claim)):
            return Ruling(claim)
        if exempt.second(claim) or exempt.again(claim):
            return Ruling(claim)
        if (told := exempt.told_before(claim)) is not None:
            return Ruling(claim, "", told)
        if self._on.listed.counts(claim, self._on.before(claim)) or exempt.leads_to(claim):
            return Ruling(claim)
        counts = self._on.row_counts
        return Ruling(claim) if counts.counted(claim) or counts.of_kind(claim) else None

    def _following(self, claim: Fact) -> Ruling | None:
        """What a claim follows from; told as wrong where it counts a part twice."""
        found = (
            self._on.support.all_done(claim)
            or self._on.deriver.explain(claim)
            or self._on.reckoning.follows(claim)
            or self._on.reckoning.for_each(claim)
            or self._on.standings.counted(claim)
            or self._on.support.of(claim)
        )
        if found is None:
            return None
        if (whole := self._on.wholes.contained(found)) is not None:
            return Ruling(claim, rule_beside(claim, whole), None, whole, supported=False)
        return Ruling(claim, "", None, found)

    def _misworded(self, claim: Fact) -> Ruling | None:
        """A number that follows but for the word beside it: 超 for 近, 增加 for 减少."""
        rough = _rough(claim)
        if rough and (rounded := self._unapproximated(claim)) is not None:
            return Ruling(claim, "FIG105", None, rounded, supported=False)
        if (turned := self._turned(claim)) is not None:
            return Ruling(claim, "FIG106", None, turned, uncertain=rough, supported=False)
        return None

    def _unapproximated(self, claim: Fact) -> Derivation | None:
        """How the number of an approximation follows, where only 超 for 近 is wrong."""
        if claim.mention.approx not in (Approx.MORE_THAN, Approx.LESS_THAN, Approx.ABOUT):
            return None
        plain = replace(claim, mention=replace(claim.mention, approx=Approx.EXACT))
        return self._on.deriver.explain(plain, near=True) or self._on.reckoning.follows(plain)

    def _turned(self, claim: Fact) -> Derivation | None:
        """How a change follows that is told in the other direction (增加14户 of 156户 and then 142户)."""
        if not claim.value or not (claim.kind is Kind.GROWTH or claim.mention.sub == "delta"):
            return None
        other = replace(claim, mention=replace(claim.mention, value=-claim.value))
        return self._on.deriver.explain(other, near=True)

    def _expected(self, claim: Fact) -> Ruling | None:
        """What a claim must be by its words, with the rule that tells how it differs."""
        fit = (found for found in self._readings(claim) if self._on.deriver.in_its_list(claim, found))
        expected = next(fit, None)
        if expected is None:
            return None
        if self._on.deriver.turned(claim, expected):
            turned = replace(expected, value=-expected.value)
            return Ruling(claim, "FIG106", None, turned, supported=False)
        rule = rule_beside(claim, expected)
        if rounds_to(expected.value, claim.mention) and rule != "FIG103":
            return Ruling(claim, "", None, expected)
        return Ruling(claim, rule, None, expected, uncertain=_rough(claim), supported=False)

    def _readings(self, claim: Fact) -> Iterator[Derivation]:
        """What a claim may have to be, the plainest reading first; a rate is near a slip sooner than an amount."""
        first, second = self._on.reckoning.expected, self._on.deriver.nearly
        if claim.kind is Kind.PERCENT:
            first, second = second, first
        asked = (
            self._on.deriver.expected_of_named,
            first,
            second,
            self._on.deriver.expected,
            self._on.standings.expected,
        )
        for ask in asked:
            if (found := ask(claim)) is not None:
                yield found

    def _unknown(self, claim: Fact) -> Ruling:
        """No source has it."""
        rule = "FIG111" if claim.kind in DATES else "FIG101"
        return Ruling(claim, rule, uncertain=_rough(claim), supported=False)


def _rough(claim: Fact) -> bool:
    return claim.mention.approx is not Approx.EXACT


def _rests_on(claim: Fact, before: Ruling) -> bool:
    """Whether a rate is told of a figure right before it that is wrong, so that nothing can be said of the rate."""
    rate = claim.kind in (Kind.GROWTH, Kind.PERCENT)
    unknown = before.rule == "FIG101" and before.claim.kind in (Kind.QUANTITY, Kind.PERCENT)
    return (
        rate
        and unknown
        and before.claim.sentence == claim.sentence
        and claim.start - before.claim.end <= _NEXT
    )
