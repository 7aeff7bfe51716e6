"""What the sources have of another time for a figure that the draft tells (去年168批 beside 136批)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units
from gov_writer.matching.deriving import terms
from gov_writer.matching.deriving.changes import of_other_measure
from gov_writer.matching.deriving.operations import Derivation, ratio
from gov_writer.matching.retold import Retold
from gov_writer.matching.subjects import alike

#: Figures of the year before that are tried with a total.
_EARLIER = 40
#: Rows of a column that are looked at.
_ROWS = 60
#: How alike what two sentences of a line count must be for the second to tell of another time (去年是12个).
_ONE_SERIES = 0.6
#: Measures that a row and a sentence must have in common to tell of one thing at two times, and cells of a row.
_KINDS, _ROW = 3, 12


class OtherTimes:
    """Looks beside the facts that a draft tells for what their sources have of an earlier time."""

    def __init__(self, claims: Ledger, against: Ledger) -> None:
        self._claims, self._against = claims, against

    def of(self, fact: Fact) -> Iterator[Fact]:
        """What its own sentence, line or row has for a fact at an earlier time; else where it is told again."""
        found = False
        for other in self._beside(fact):
            found = True
            yield other
        for other in self._in_column(fact):
            found = True
            yield other
        if not found:
            yield from (other for again in self._retold.of(fact) for other in self._beside(again))
            yield from self._in_company(fact)

    def _in_column(self, fact: Fact) -> Iterator[Fact]:
        """The cell of last year's row in a fact's column (全年, 去年全年)."""
        one = fact.period
        if fact.cell is None or one is None or one.start is None:
            return
        for other in self._columns[self._against.column(fact)][:_ROWS]:
            two = other.period
            if (
                two is None
                or two.start is None
                or (two.days != one.days and not (one.year_so_far and two.year_so_far))
            ):
                continue
            if two.start.year == one.start.year - 1 and two.start.month == one.start.month:
                same = other.sentence != fact.sentence and other.subject == fact.subject
                if same and other.kind is fact.kind and units.same(other.unit, fact.unit):
                    yield other

    def beside(self, fact: Fact) -> list[Fact]:
        """The other facts of a fact's own sentence or row, at its time."""
        return [f for f in self._against.together(fact, 6) if f is not fact and f.period == fact.period]

    def planned_beside(self, fact: Fact) -> list[Fact]:
        """The aims in a fact's own row."""
        here = self._against.together(fact, 6)
        return [f for f in here if f.planned and f.cell is not None and f.kind is fact.kind]

    def share_of_year(self, claim: Fact, near: Sequence[terms.Term], cue: str) -> Iterator[Derivation]:
        """四季度57件，占全年的35.4%: the quarter's cell of the year's.  cue: the words before the claim, with it."""
        here = [t for t in near if t.claim.sentence == claim.sentence and t.given and t.value]
        if claim.kind is Kind.PERCENT and here and "占" in cue:
            now = here[-1].inputs[0]
            yield from (ratio(now, whole, "share") for whole in self._whole_year(now))

    def _whole_year(self, fact: Fact) -> Iterator[Fact]:
        """The year's cell in the column of a quarter's or a month's."""
        part = fact.period
        if fact.cell is None or part is None or part.year_so_far:
            return
        for other in self._columns[self._against.column(fact)][:_ROWS]:
            whole = other.period
            same = other.kind is fact.kind and units.same(other.unit, fact.unit)
            if same and whole is not None and whole.year_so_far and part.within(whole):
                yield from [other] if fact.subject.endswith(other.subject) else ()

    @cached_property
    def _columns(self) -> dict[tuple[str, int, int], list[Fact]]:
        found: dict[tuple[str, int, int], list[Fact]] = defaultdict(list)
        for fact in self._against.facts:
            if fact.cell is not None:
                found[self._against.column(fact)].append(fact)
        return found

    def _in_company(self, fact: Fact) -> Iterator[Fact]:
        """What a sentence on the year before has in a fact's measure, where it tells of all that the fact's row does.

        22栋、836户、投资2180万元 in a row, and 上年46栋、1652户，投资4150万元: both count three things alike.
        """
        row = [f for f in self._against.together(fact, _ROW) if f.kind is Kind.QUANTITY]
        if fact.kind is not Kind.QUANTITY or [f for f in row if units.same(f.unit, fact.unit)] != [fact]:
            return
        for then in self._earlier_sentences:
            own = [f for f in then if units.same(f.unit, fact.unit)]
            both = [(f, g) for f in then for g in row if f.unit and units.same(f.unit, g.unit)]
            kinds = {units.canonical(f.unit) for f, _ in both}
            akin = any(alike(f.subject, g.subject) >= _ONE_SERIES for f, g in both)
            if len(own) == 1 and len(kinds) >= _KINDS and akin:
                yield own[0]

    @cached_property
    def _retold(self) -> Retold:
        return Retold(self._against.facts)

    def _beside(self, fact: Fact) -> Iterator[Fact]:
        near = self._against.near(fact, 6)
        for other in sorted(near, key=lambda f: -alike(f.subject, fact.subject)):
            together = other.source == fact.source and other.sentence == fact.sentence and other is not fact
            if other.source == fact.source and other.locator == fact.locator and not together:
                together = other is not fact and alike(other.subject, fact.subject) >= _ONE_SERIES
            one, two = fact.period, other.period
            earlier = one is not None and two is not None and two.before(one)
            if together and earlier and other.kind is fact.kind and units.same(other.unit, fact.unit):
                yield other

    def of_sums(self, claim: Fact, near: Iterable[terms.Term]) -> Iterator[tuple[terms.Term, terms.Term]]:
        """What a source has of an earlier time for totals that the draft adds up (四个季度来访136批, 去年168批)."""
        if claim.kind is not Kind.GROWTH and claim.mention.sub != "delta":
            return
        for t in near:
            if t.given or t.claim.kind is not Kind.QUANTITY or t.claim.sentence != claim.sentence:
                continue
            if (then := self._total_then(t)) is not None:
                yield t, then
            for other in self._earlier:
                if units.same(other.unit, t.unit) and not of_other_measure(claim, (other,)):
                    ghost = terms.beside(t, other)
                    if ghost is not None:
                        yield t, ghost

    def _total_then(self, t: terms.Term) -> terms.Term | None:
        """What the sources have of an earlier time for each part of a total, added up (两项合计252起, 去年291起)."""
        if len(t.inputs) < 2 or "-" in t.formula or "÷" in t.formula:
            return None
        then = [next(iter(self.of(f)), None) for f in t.inputs]
        known = [f for f in then if f is not None and f.value is not None]
        if len(known) < len(then):
            return None
        ghost = terms.beside(t, known[0])
        value = sum((f.value or Decimal(0) for f in known), Decimal(0))
        formula = "(" + " + ".join(f.id for f in known) + ")"
        return (
            replace(ghost, value=value, inputs=tuple(known), formula=formula) if ghost is not None else None
        )

    @cached_property
    def _earlier_sentences(self) -> list[list[Fact]]:
        """What the sources tell of the year before, by sentence, of several things each."""
        found: dict[tuple[str, tuple[int, int]], list[Fact]] = defaultdict(list)
        for fact in self._earlier:
            found[fact.source, fact.sentence].append(fact)
        return [facts for facts in found.values() if len(facts) >= _KINDS]

    @cached_property
    def _earlier(self) -> list[Fact]:
        """What the sources tell of the year before, outside tables."""
        mine = self._claims.period
        return [
            f
            for f in self._against.facts
            if f.kind is Kind.QUANTITY
            and f.cell is None
            and f.period is not None
            and mine is not None
            and f.period.before(mine)
        ][:_EARLIER]
