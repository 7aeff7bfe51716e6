"""What becomes of a figure that has a fact in the sources: the fact bears it out, excuses it or contradicts it.

A figure that its fact contradicts may still be right: counted from a list, the total of several facts, the rest of
one.  Only where nothing of that kind bears it out, the rule that fits the contradiction is asked to speak.
"""

from __future__ import annotations

from dataclasses import replace

from gov_writer.checking.rulings.grounds import Grounds
from gov_writer.checking.rulings.ruling import EQUAL_WORDS, Ruling, by_chance, rule_beside, rule_for
from gov_writer.domain import DATES, TIMES, Approx, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.finding import judge, number, slip
from gov_writer.matching.pairing import Pair
from gov_writer.matching.pairing.times import part_of
from gov_writer.matching.pairing.worth import CERTAIN
from gov_writer.matching.values import Why
from gov_writer.text.lazy import lazy

#: Below this likeness an amount may be something else, which follows from the figures around it.
_UNLIKELY = 0.6
#: Days of a period that may be taken for the year's: a quarter at most.
_A_QUARTER = 100
_RECEIVERS = frozenset({"名", "人", "位", "户", "家"})
#: Figures of a sentence, and cells of a row, that are looked at.
_NEAR = 4
_SUMS_UP = lazy(r"合计|共计|总计|总共|两项|三项|相加")


class Paired:
    """Rules on one claim after the other, in text order."""

    def __init__(self, on: Grounds) -> None:
        self._on = on
        self._misattributed: set[tuple[tuple[int, int], str]] = set()

    def ruling(self, claim: Fact, pair: Pair) -> Ruling:
        """What becomes of a claim.  pair: it with its fact."""
        whole = self._on.wholes.of_parts(claim, pair, self._on.reckoning.cue(claim))
        if whole is not None:
            return Ruling(claim, "FIG102", None, whole, supported=False)
        if claim.id in self._on.alignment.foreign:
            return Ruling(claim, "FIG109", pair, supported=False)
        rule = rule_for(pair)
        if not rule:
            return self._agreeing(claim, pair)
        return self._excused(claim, pair, rule) or self._contradicted(claim, pair, rule)

    # --- the fact agrees ----------------------------------------------------------------------------

    def _agreeing(self, claim: Fact, pair: Pair) -> Ruling:
        """Supported, unless the figure is another office's or the month's for the year's."""
        if self._by_another(claim, pair):
            return Ruling(claim, "FIG109", pair, supported=False)
        if (meant := self._of_the_year(claim, pair) or self._of_the_day(claim, pair)) is not None:
            return Ruling(claim, "FIG102", meant, supported=False)
        if pair.comparison.why is not Why.EQUAL:
            named = self._on.deriver.of_named(claim)  # 门诊、住院2.4万人次, of 2.36万人次 and 412人次
            if named is not None and pair.fact in named.inputs:
                return Ruling(claim, "", None, named)
        return Ruling(claim, "", pair, rival=self._on.rivals.get(pair.fact.id))

    def _by_another(self, claim: Fact, pair: Pair) -> bool:
        """Whether the draft gives an office's figure to another one; told once in a sentence."""
        if (
            not self._on.attribution.another(claim, pair.fact)
            or (claim.sentence, claim.actor) in self._misattributed
        ):
            return False
        self._misattributed.add((claim.sentence, claim.actor))
        return True

    def _of_the_year(self, claim: Fact, pair: Pair) -> Pair | None:
        """The year's value in the row of a table of which the draft took the month's, and that it tells nowhere."""
        own, part = claim.period, pair.fact.period
        if pair.fact.cell is None or own is None or part is None:
            return None
        if not part.within(own) or (part.days or 0) > _A_QUARTER:
            return None
        for other in self._on.against.near(pair.fact, 4):
            whole = other.period is not None and (other.period.start, other.period.end) == (
                own.start,
                own.end,
            )
            in_row = other.source == pair.fact.source and other.sentence == pair.fact.sentence
            same = other.kind is pair.fact.kind and units.same(other.unit, pair.fact.unit)
            if whole and in_row and same and part.start != own.start and not self._on.users.get(other.id):
                return Pair(claim, other, judge(claim, other), pair.likeness)
        return None

    def _of_the_day(self, claim: Fact, pair: Pair) -> Pair | None:
        """The figure of a register's row whose day the draft's sentence tells, where the claim has another row's."""
        fact = pair.fact
        if fact.cell is None or claim.kind is not Kind.QUANTITY or pair.likeness >= CERTAIN:
            return None
        days = [
            c
            for c in self._on.claims.before(claim, _NEAR)
            if c.kind in TIMES and c.sentence == claim.sentence
        ]
        told = self._on.alignment.pairs.get(days[-1].id) if days and days[-1].kind in DATES else None
        if told is None or not told.agrees or told.fact.cell is None or told.fact.source != fact.source:
            return None
        if told.fact.cell[0] != fact.cell[0] or told.fact.sentence == fact.sentence:
            return None
        row = [f for f in self._on.against.near(told.fact, _NEAR) if f.sentence == told.fact.sentence]
        like = [f for f in row if f.kind is fact.kind and units.same(f.unit, fact.unit)]
        return Pair(claim, like[0], judge(claim, like[0]), pair.likeness) if len(like) == 1 else None

    # --- it contradicts, but something else bears the figure out ------------------------------------

    def _excused(self, claim: Fact, pair: Pair, rule: str) -> Ruling | None:
        """What lists, rows and the sources' other words say for a claim; None where they say nothing."""
        if pair.fact.cell is not None and self._on.row_counts.of_kind(claim):
            return Ruling(claim)
        certain = pair.likeness >= CERTAIN
        if not certain and (self._on.listed.in_sources(claim) or self._on.row_counts.counted(claim)):
            return Ruling(claim)
        if rule == "FIG103" and self._one_for_each(claim, pair.fact):
            return Ruling(claim, "", pair)
        if rule in ("FIG102", "FIG103"):
            doubtful = not certain or not units.same(claim.unit, pair.fact.unit)
            borne = self._on.support.of(claim) if doubtful else self._on.support.each(claim)
            if borne is not None:
                return Ruling(claim, "", None, borne)
        if rule == "FIG102" and pair.likeness < EQUAL_WORDS:
            if self._on.listed.counts(claim, self._on.before(claim), sure=certain):
                return Ruling(claim)
            if (shared := self._on.reckoning.for_each(claim)) is not None:
                return Ruling(claim, "", None, shared)
        return None

    def _one_for_each(self, claim: Fact, fact: Fact) -> bool:
        """为9名老党员颁发纪念章, of 纪念章9枚: who gets them is counted, as often as what they get."""
        text, thing = self._on.draft.text, fact.subject[-2:]
        who = text[claim.end : claim.end + 2]
        told = self._on.against.source(fact.source).text[fact.sentence[0] : fact.sentence[1]]
        return claim.unit in _RECEIVERS and who not in told and thing in text[claim.end : claim.sentence[1]]

    # --- it contradicts -----------------------------------------------------------------------------

    def _contradicted(self, claim: Fact, pair: Pair, rule: str) -> Ruling:
        """Borne out by computing, or told by the rule, with what would be right."""
        derivation = None
        inexact = _inexact(pair, rule)
        if rule != "FIG105" and not self._of_another(claim, pair):
            found = self._computed(claim, pair, rule)
            if isinstance(found, Ruling):
                return found if found.rule == "" else replace(found, uncertain=inexact)
            derivation = found
            if rule == "FIG102" and found is not None and rule_beside(claim, found) == "FIG104":
                rule = "FIG104"
        sure = pair.certain or (rule == "FIG105" and claim.value == pair.fact.value)
        return Ruling(claim, rule, pair, derivation, uncertain=inexact or not sure, supported=False)

    def _of_another(self, claim: Fact, pair: Pair) -> bool:
        """Whether the claim has the value of another figure of its fact's own sentence or row: it was mistaken for it."""
        return any(
            other is not pair.fact
            and other.source == pair.fact.source
            and other.sentence == pair.fact.sentence
            and other.kind is claim.kind
            and other.value == claim.value
            and units.same(other.unit, pair.fact.unit)
            for other in self._on.against.near(pair.fact, 6)
        )

    def _computed(self, claim: Fact, pair: Pair, rule: str) -> Ruling | Derivation | None:
        """What computing says of a claim that its fact contradicts: a ruling, or what would be right, or nothing."""
        plain = self._on.deriver.of_named(claim) or self._on.reckoning.left(claim)
        if plain is not None:
            return Ruling(claim, "", None, plain)
        retold = any(user is not claim for user in self._on.users.get(pair.fact.id, ()))
        sums = _SUMS_UP.search(self._on.reckoning.cue(claim)) is not None
        sums = sums or part_of(pair.fact.period, claim.period) or claim.planned is not pair.fact.planned
        if pair.likeness >= EQUAL_WORDS and not (retold or sums) and claim.kind is pair.fact.kind:
            return None
        if retold and (whole := self._on.reckoning.of_parts(claim)) is not None:
            return Ruling(claim, "", None, whole)
        following = self._following(claim, pair, sums=sums)
        if following is not None or rule != "FIG102":
            return following
        return self._meant(claim, pair) or self._missed(claim, pair)

    def _following(self, claim: Fact, pair: Pair, *, sums: bool) -> Ruling | None:
        """What a claim follows from, unless that is by chance.  sums: its words, or its period, ask for a total."""
        near = pair.likeness >= CERTAIN or slip(number(claim), number(pair.fact))
        cue = self._on.reckoning.cue(claim)
        found = self._on.deriver.explain(claim, near=near, unless=lambda d: by_chance(claim, pair, d, cue))
        if found is None and (claim.kind is not Kind.QUANTITY or pair.likeness < _UNLIKELY or sums):
            found = self._on.reckoning.follows(claim)
        if found is None:
            return None
        if (whole := self._on.wholes.contained(found)) is not None:
            return Ruling(claim, rule_beside(claim, whole), None, whole, supported=False)
        return None if by_chance(claim, pair, found, cue) else Ruling(claim, "", None, found)

    def _meant(self, claim: Fact, pair: Pair) -> Ruling | None:
        """What its words say a claim must be; that it is not is told instead of what its fact has."""
        meant = self._on.deriver.expected_of_named(claim)
        if meant is None and (pair.likeness < CERTAIN or claim.kind is not pair.fact.kind):
            meant = self._on.reckoning.expected(claim)
        return (
            None if meant is None else Ruling(claim, rule_beside(claim, meant), None, meant, supported=False)
        )

    def _missed(self, claim: Fact, pair: Pair) -> Derivation | None:
        """What an amount would have to be that is near a total, and no slip of its own fact."""
        if claim.kind is not Kind.QUANTITY:
            return None
        slipped = slip(number(claim), number(pair.fact))
        return (None if slipped else self._on.deriver.nearly(claim)) or self._on.deriver.expected(claim)


def _inexact(pair: Pair, rule: str) -> bool:
    """Whether the contradiction is none for certain: one of the two is rounded, or both agree but for the words."""
    if rule == "FIG105":
        return pair.agrees and pair.claim.mention.approx not in (Approx.MORE_THAN, Approx.LESS_THAN)
    return pair.agrees or any(f.mention.approx is not Approx.EXACT for f in (pair.claim, pair.fact))
