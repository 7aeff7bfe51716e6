"""What becomes of each figure of a draft: supported, or the one rule that speaks about it.

Computed once per case; each FIG rule shows its share. The order of the contract holds: a swap outranks a
slip of magnitude, that a wrong unit, direction, date, rank and approximation, then any other contradiction,
and last what no source has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from gov_writer.checking.attribution import Attribution
from gov_writer.checking.evidence import Quotations
from gov_writer.checking.exempt import Exempt
from gov_writer.checking.listed import Listed
from gov_writer.checking.reckoning import Reckoning
from gov_writer.checking.row_counts import RowCounts
from gov_writer.checking.ruling import EQUAL_WORDS, Ruling, by_chance, period_changed, rule_beside, rule_for
from gov_writer.checking.standings import Standings
from gov_writer.checking.structural import structural
from gov_writer.checking.support import Support
from gov_writer.checking.swaps import with_swaps
from gov_writer.checking.told import Told
from gov_writer.checking.wholes import Wholes
from gov_writer.domain import (
    COUNTED,
    DATES,
    Approx,
    Evidence,
    Fact,
    Kind,
    Ledger,
    Link,
    Period,
    Source,
)
from gov_writer.matching import units
from gov_writer.matching.derivations import Deriver
from gov_writer.matching.finding import judge, number, slip
from gov_writer.matching.intervals import rounds_to
from gov_writer.matching.operations import Derivation
from gov_writer.matching.pairing import Alignment, Pair, align
from gov_writer.matching.redating import redated
from gov_writer.matching.times import CHANGED, as_period, part_of
from gov_writer.matching.values import Why
from gov_writer.matching.worth import CERTAIN
from gov_writer.text.lazy import lazy

#: Unsupported claims that are looked up word for word; a hostile draft can't make it quadratic.
_MOST_LOOKUPS = 300
#: Below this likeness an amount may be something else, which follows from the figures around it.
_UNLIKELY = 0.6
#: Days of a period that may be taken for the year's: a quarter at most.
_A_QUARTER = 100
#: Characters between a figure and what is told of it.
_NEXT = 12
_SUMS_UP = lazy(r"合计|共计|总计|总共|两项|三项|相加")


class Rulings:
    """All rulings of a draft against its sources.  Without sources there are none.

    ``ruling`` says which rule reports what, ``exempt``, ``listed`` and ``structural`` which counts need no fact, ``reckoning``
    what follows from the figures around one, ``support`` what bears a figure out for which no fact stands,
    ``attribution`` whose figure it is, ``swaps`` which changed places, ``told`` which facts are left out.
    """

    def __init__(
        self, draft: Source, claims: Ledger, against: Ledger, known: tuple[Period, ...] = ()
    ) -> None:
        self._redated = redated(claims, against)
        self._draft, self._claims, self._against = draft, self._redated.claims, against
        self._known = {day for period in known for day in (period.start, period.end)}
        self._attribution = Attribution(against)
        self._misattributed: set[tuple[tuple[int, int], str]] = set()
        self._listed = Listed(draft.text, against)
        self._row_counts = RowCounts(draft.text, against)
        self._quotations = Quotations(against)

    @cached_property
    def alignment(self) -> Alignment:
        return align(self._claims, self._against)

    @cached_property
    def _deriver(self) -> Deriver:
        return Deriver(self.alignment, self._spans)

    @cached_property
    def _spans(self) -> tuple[int, ...]:
        """The days that have passed of the report's period, and all of it."""
        days = sorted(day for day in self._known if day)
        return tuple((day - days[0]).days + 1 for day in days[1:])

    @cached_property
    def _reckoning(self) -> Reckoning:
        return Reckoning(
            self._draft.text, self._claims, self._against, self.alignment, self._deriver, self._listed.sizes
        )

    @cached_property
    def _support(self) -> Support:
        return Support(self._draft, self._claims, self._against, self.alignment)

    @cached_property
    def _standings(self) -> Standings:
        return Standings(self._draft.text, self._claims, self._against)

    @cached_property
    def _wholes(self) -> Wholes:
        return Wholes(self._against)

    @cached_property
    def _exempt(self) -> Exempt:
        return Exempt(self._draft, self._claims, self._against, self.alignment, self._known)

    @cached_property
    def all(self) -> tuple[Ruling, ...]:
        """In text order, one for each claim that coverage counts, and for each period that changed."""
        lookups = _MOST_LOOKUPS
        found: list[Ruling] = []
        for claim in self._claims.facts:
            if found:
                self._reckoning.remember(found[-1])
            pair = self.alignment.pairs.get(claim.id)
            if (right := self._redated.wrong.get(claim.id)) is not None:
                shown = as_period(right)
                found.append(
                    Ruling(claim, "FIG110", Pair(claim, shown, judge(claim, shown), CHANGED), supported=False)
                )
                continue
            if claim.kind not in COUNTED:
                own = claim.mention.date_start is None and claim.mention.date_end in self._known
                if claim.kind is Kind.PERIOD and pair is not None and period_changed(pair) and not own:
                    found.append(Ruling(claim, "FIG110", pair, supported=False))
                continue
            if self._exempt.announces(claim) or self._support.regular(claim):
                found.append(Ruling(claim))
                continue
            if pair is not None:
                found.append(self._paired(claim, pair))
                continue
            lookups -= 1
            ruling = self._unpaired(claim, lookups > 0)
            if ruling.rule == "FIG101" and found and _rests_on(claim, found[-1]):
                ruling = Ruling(claim)
            found.append(ruling)
        return tuple(self._support.with_counts(tuple(with_swaps(found))))

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

    # --- claims with a fact ------------------------------------------------------------------------

    def _paired(self, claim: Fact, pair: Pair) -> Ruling:
        rule = rule_for(pair)
        if (whole := self._wholes.of_parts(claim, pair, self._reckoning.cue(claim))) is not None:
            return Ruling(claim, "FIG102", None, whole, supported=False)
        if not rule and (claim.id in self.alignment.foreign or self._by_another(claim, pair)):
            return Ruling(claim, "FIG109", pair, supported=False)
        if not rule and (meant := self._of_the_year(claim, pair)) is not None:
            return Ruling(claim, "FIG102", meant, supported=False)
        if not rule and pair.comparison.why is not Why.EQUAL:
            named = self._deriver.of_named(claim)  # 门诊、住院2.4万人次, of 2.36万人次 and 412人次
            if named is not None and pair.fact in named.inputs:
                return Ruling(claim, "", None, named)
        if not rule:
            return Ruling(claim, "", pair, rival=self._rivals.get(pair.fact.id))
        if pair.fact.cell is not None and self._row_counts.of_kind(claim):
            return Ruling(claim)
        if pair.likeness < CERTAIN and (self._listed.in_sources(claim) or self._row_counts.counted(claim)):
            return Ruling(claim)
        if rule in ("FIG102", "FIG103"):
            doubtful = pair.likeness < CERTAIN or not units.same(claim.unit, pair.fact.unit)
            borne = self._support.of(claim) if doubtful else self._support.each(claim)
            if borne is not None:
                return Ruling(claim, "", None, borne)
        loose = rule == "FIG102" and pair.likeness < EQUAL_WORDS
        if loose and self._listed.counts(claim, self._before(claim), sure=pair.likeness >= CERTAIN):
            return Ruling(claim)
        if loose and (shared := self._reckoning.for_each(claim)) is not None:
            return Ruling(claim, "", None, shared)
        inexact = rule != "FIG105" and pair.fact.mention.approx != Approx.EXACT
        beyond = rule == "FIG105" and claim.mention.approx in (Approx.MORE_THAN, Approx.LESS_THAN)
        inexact = (
            inexact
            or (pair.agrees and not beyond)
            or (rule != "FIG105" and claim.mention.approx is not Approx.EXACT)
        )
        derivation = None
        if rule != "FIG105" and not self._of_another(claim, pair):
            found = self._computed(claim, pair, rule)
            if isinstance(found, Ruling):
                return found if found.rule == "" else replace(found, uncertain=inexact)
            derivation = found
            if rule == "FIG102" and found is not None and rule_beside(claim, found) == "FIG104":
                rule = "FIG104"
        sure = pair.certain or (rule == "FIG105" and claim.value == pair.fact.value)
        return Ruling(claim, rule, pair, derivation, uncertain=inexact or not sure, supported=False)

    def _of_the_year(self, claim: Fact, pair: Pair) -> Pair | None:
        """The year's value in the row of a table of which the draft took the month's, and that it tells nowhere."""
        own, part = claim.period, pair.fact.period
        if pair.fact.cell is None or own is None or part is None:
            return None
        if not part.within(own) or (part.days or 0) > _A_QUARTER:
            return None
        for other in self._against.near(pair.fact, 4):
            whole = other.period is not None and (other.period.start, other.period.end) == (
                own.start,
                own.end,
            )
            in_row = other.source == pair.fact.source and other.sentence == pair.fact.sentence
            same = other.kind is pair.fact.kind and units.same(other.unit, pair.fact.unit)
            if whole and in_row and same and part.start != own.start and not self._users.get(other.id):
                return Pair(claim, other, judge(claim, other), pair.likeness)
        return None

    def _by_another(self, claim: Fact, pair: Pair) -> bool:
        """Whether the draft gives an office's figure to another one; told once in a sentence."""
        if (
            not self._attribution.another(claim, pair.fact)
            or (claim.sentence, claim.actor) in self._misattributed
        ):
            return False
        self._misattributed.add((claim.sentence, claim.actor))
        return True

    def _of_another(self, claim: Fact, pair: Pair) -> bool:
        """Whether the claim has the value of another figure of its fact's own sentence or row: it was mistaken for it."""
        return any(
            other is not pair.fact
            and other.source == pair.fact.source
            and other.sentence == pair.fact.sentence
            and other.kind is claim.kind
            and other.value == claim.value
            and units.same(other.unit, pair.fact.unit)
            for other in self._against.near(pair.fact, 6)
        )

    def _computed(self, claim: Fact, pair: Pair, rule: str) -> Ruling | Derivation | None:
        """What computing says of a claim that its fact contradicts: a ruling, or what would be right, or nothing."""
        if (plain := self._deriver.of_named(claim) or self._reckoning.left(claim)) is not None:
            return Ruling(claim, "", None, plain)
        retold = any(user is not claim for user in self._users.get(pair.fact.id, ()))
        sums = _SUMS_UP.search(self._reckoning.cue(claim)) is not None
        sums = sums or part_of(pair.fact.period, claim.period)
        if pair.likeness >= EQUAL_WORDS and not (retold or sums) and claim.kind is pair.fact.kind:
            return None
        if retold and (whole := self._reckoning.of_parts(claim)) is not None:
            return Ruling(claim, "", None, whole)
        near = pair.likeness >= CERTAIN or slip(number(claim), number(pair.fact))
        cue = self._reckoning.cue(claim)
        derivation = self._deriver.explain(claim, near=near, unless=lambda d: by_chance(claim, pair, d, cue))
        if derivation is None and (claim.kind is not Kind.QUANTITY or pair.likeness < _UNLIKELY or sums):
            derivation = self._reckoning.follows(claim)
        if derivation is not None and (whole := self._wholes.contained(derivation)) is not None:
            return Ruling(claim, rule_beside(claim, whole), None, whole, supported=False)
        if derivation is not None and not by_chance(claim, pair, derivation, self._reckoning.cue(claim)):
            return Ruling(claim, "", None, derivation)
        if rule != "FIG102":
            return None
        if (meant := self._deriver.expected_of_named(claim)) is not None:
            return Ruling(claim, rule_beside(claim, meant), None, meant, supported=False)
        if pair.likeness < CERTAIN or claim.kind is not pair.fact.kind:
            meant = self._reckoning.expected(claim)
            if meant is not None:
                return Ruling(claim, rule_beside(claim, meant), None, meant, supported=False)
        if claim.kind is not Kind.QUANTITY:
            return None
        missed = None if slip(number(claim), number(pair.fact)) else self._deriver.nearly(claim)
        return missed or self._deriver.expected(claim)

    # --- claims without one --------------------------------------------------------------------------

    def _unpaired(self, claim: Fact, may_look: bool) -> Ruling:
        exempt = self._exempt
        if structural(claim) or exempt.given(claim) or (may_look and exempt.verbatim(claim)):
            return Ruling(claim)
        if exempt.second(claim):
            return Ruling(claim)
        if (told := exempt.told_before(claim)) is not None:
            return Ruling(claim, "", told)
        if self._listed.counts(claim, self._before(claim)) or exempt.leads_to(claim):
            return Ruling(claim)
        if self._row_counts.counted(claim) or self._row_counts.of_kind(claim):
            return Ruling(claim)
        derivation = (
            self._support.all_done(claim)
            or self._deriver.explain(claim)
            or self._reckoning.follows(claim)
            or self._reckoning.for_each(claim)
            or self._standings.counted(claim)
            or self._support.of(claim)
        )
        if derivation is not None and (whole := self._wholes.contained(derivation)) is not None:
            return Ruling(claim, rule_beside(claim, whole), None, whole, supported=False)
        if derivation is not None:
            return Ruling(claim, "", None, derivation)
        uncertain = claim.mention.approx is not Approx.EXACT
        if uncertain and (rounded := self._unapproximated(claim)) is not None:
            return Ruling(claim, "FIG105", None, rounded, supported=False)
        if (turned := self._turned(claim)) is not None:
            return Ruling(claim, "FIG106", None, turned, uncertain=uncertain, supported=False)
        first, second = self._reckoning.expected, self._deriver.nearly
        if claim.kind is Kind.PERCENT:
            first, second = second, first
        asked = (
            self._deriver.expected_of_named,
            first,
            second,
            self._deriver.expected,
            self._standings.expected,
        )
        meant = (found for ask in asked if (found := ask(claim)) is not None)
        expected = next((found for found in meant if self._deriver.in_its_list(claim, found)), None)
        if expected is not None:
            if self._deriver.turned(claim, expected):
                return Ruling(
                    claim, "FIG106", None, replace(expected, value=-expected.value), supported=False
                )
            rule = rule_beside(claim, expected)
            if rounds_to(expected.value, claim.mention) and rule != "FIG103":
                return Ruling(claim, "", None, expected)
            return Ruling(claim, rule, None, expected, uncertain=uncertain, supported=False)
        rule = "FIG111" if claim.kind in DATES else "FIG101"
        return Ruling(claim, rule, uncertain=uncertain, supported=False)

    def _turned(self, claim: Fact) -> Derivation | None:
        """How a change follows that is told in the other direction (增加14户 of 156户 and then 142户)."""
        if not claim.value or not (claim.kind is Kind.GROWTH or claim.mention.sub == "delta"):
            return None
        other = replace(claim, mention=replace(claim.mention, value=-claim.value))
        return self._deriver.explain(other, near=True)

    def _unapproximated(self, claim: Fact) -> Derivation | None:
        """How the number of an approximation follows, where only 超 for 近 is wrong."""
        if claim.mention.approx not in (Approx.MORE_THAN, Approx.LESS_THAN, Approx.ABOUT):
            return None
        plain = replace(claim, mention=replace(claim.mention, approx=Approx.EXACT))
        return self._deriver.explain(plain, near=True) or self._reckoning.follows(plain)

    def _before(self, claim: Fact) -> tuple[Fact, ...]:
        """The last claims before one."""
        return self._claims.before(claim, 12)

    @cached_property
    def _users(self) -> dict[str, list[Fact]]:
        """Fact id → the claims that agree with it."""
        users: dict[str, list[Fact]] = defaultdict(list)
        for pair in self.alignment.pairs.values():
            if pair.agrees:
                users[pair.fact.id].append(pair.claim)
        return users

    @cached_property
    def _rivals(self) -> dict[str, Fact]:
        """Used fact id → an unused fact that contradicts it."""
        return {used: self._against.fact(rival) for rival, used in self.alignment.rivals.items()}

    # --- what is shown ------------------------------------------------------------------------------

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
