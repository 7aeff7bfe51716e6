"""The facts that a claim may be computed from, since they stand together or speak of the same.

Only facts that stand in one sentence, table row or column, that the claim's own sentence states, or that share words
with the claim come into question; so a figure rarely follows by chance, and the search stays bounded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import TOTAL_HEAD, bigrams
from gov_writer.matching.deriving.groups import MOST_SENTENCES, WIDEST_SENTENCE, Groups
from gov_writer.matching.deriving.operations import WIDEST, Derivation, addable
from gov_writer.matching.finding import Finder
from gov_writer.matching.pairing import Alignment
from gov_writer.matching.retold import Retold

#: Facts of one sentence or column that are tried together; the widest group that is searched in part.
MOST_RELATED = 7
#: Cells of a sentence whose places in their columns are looked up.
_MOST_PLACED = 12
#: Figures no further apart than this stand together, though on two lines.
_CLOSE = 40
#: From this likeness on a figure that its fact contradicts goes on as the fact: what follows from it is right.
_MEANT = 0.4


class Around:
    """What stands around the claims of one draft; the indices are shared by all claims.

    pairs: by claim id.  touched: ids of facts that a claim agrees with.  groups: which facts stand together.
    """

    def __init__(self, alignment: Alignment) -> None:
        self.finder: Finder = alignment.finder
        self.pairs = alignment.pairs
        self.touched = frozenset(
            p.fact.id for p in alignment.pairs.values() if p.agrees or p.likeness >= _MEANT
        )
        self.claim_index, self.fact_index = self.finder.mine.index, self.finder.theirs.index
        self._said: dict[tuple[str, int, int], list[Fact]] = {}
        for claim in self.finder.mine.facts:
            self._said.setdefault((claim.source, *claim.sentence), []).append(claim)
        self.groups = Groups(self.finder.theirs)
        self.retold = Retold(self.finder.theirs.facts)

    def words_before(self, claim: Fact) -> str:
        """The words right before a claim in its clause."""
        return self.finder.mine.before(self.claim_index[claim.id], 16)

    def stated(self, claim: Fact) -> list[Fact]:
        """Source facts that the claim's own sentence states."""
        here = self._said[(claim.source, *claim.sentence)]
        found = []
        for other in here[:WIDEST_SENTENCE]:
            pair = self.pairs.get(other.id)
            if other is not claim and pair is not None and (pair.agrees or pair.likeness >= _MEANT):
                found.append(pair.fact)
        return found

    def beside(self, claim: Fact) -> list[Fact]:
        """Quantities that the claim's clause states (比上年的51.3万元增长…), else those of the clause before too."""
        here = [o for o in self._said[(claim.source, *claim.sentence)] if o.kind is Kind.QUANTITY]
        pairs = [(o, self.pairs.get(o.id)) for o in here if o.start < claim.start][-2:]
        meant = [p for _, p in pairs if p is not None and (p.agrees or p.likeness >= _MEANT)]
        return [p.fact for p in meant if p.fact.value]

    def related(self, claim: Fact) -> list[Fact]:
        """The facts that share most words with the claim, and those it states in the same sentence, wherever told again."""
        index = self.claim_index[claim.id]
        near = [self.finder.theirs.facts[i] for i in self.finder.by_words(index)[:MOST_RELATED]]
        stated = self.stated(claim)
        again = [other for fact in stated[-4:] for other in self.retold.of(fact)]
        found = list({fact.id: fact for fact in (*stated, *near)}.values())[: MOST_RELATED + 3]
        return list({fact.id: fact for fact in (*found, *again[:MOST_RELATED])}.values())

    def rates_beside(self, claim: Fact) -> list[Fact]:
        """The rates that stand in one sentence with those the claim's sentence states (签约率85.6%，目标80%)."""
        found = {}
        for fact in self.stated(claim)[-3:]:
            if fact.kind is Kind.PERCENT:
                group = self.groups.sentences.get(self.fact_index[fact.id], ())[:WIDEST_SENTENCE]
                found.update({f.id: f for f in group if f.kind is Kind.PERCENT})
        return list(found.values())

    def places(self, claim: Fact) -> Iterator[Derivation]:
        """The places that the cells which the claim's sentence states have in their columns, the largest first."""
        for fact in self.stated(claim)[:_MOST_PLACED]:
            column = self.groups.columns.get(self.fact_index[fact.id], ())
            row = self.groups.rows.get(self.fact_index[fact.id], ())
            if any(f.kind is Kind.RANK for f in row):
                continue  # the row tells its place itself
            own = [f for f in column if f.value is not None and not TOTAL_HEAD.match(f.subject)]
            if fact.value is not None and 2 < len(own) <= WIDEST_SENTENCE:
                place = 1 + sum((f.value or Decimal(0)) > fact.value for f in own)
                yield Derivation("rank", fact.id, (fact,), Decimal(place))

    def rows_stated(self, claim: Fact) -> Iterator[list[Fact]]:
        """The table rows, or short lines, of the last figures that the claim's sentence states before it."""
        for fact in [f for f in self.before(claim) if f.kind is Kind.QUANTITY][-2:]:
            at = self.fact_index[fact.id]
            row = self.groups.rows.get(at) or self.groups.sentences.get(at) or []
            yield [f for f in row[:WIDEST] if units.same(f.unit, fact.unit)]

    def just_told(self, claim: Fact) -> Fact | None:
        """The last amount that the draft tells before a claim, in its sentence or the one before."""
        at = self.claim_index[claim.id]
        for other in reversed(self.finder.mine.facts[max(0, at - 3) : at]):
            pair = self.pairs.get(other.id)
            if other.kind is Kind.QUANTITY and other.unit != "岁" and other.source == claim.source:
                near = claim.sentence[0] - other.sentence[1] < 2 and other.locator == claim.locator
                return pair.fact if pair is not None and pair.agrees and near else None
        return None

    def before(self, claim: Fact) -> list[Fact]:
        """Source facts that the claim's sentence states before it, in the draft's order."""
        here = self._said[(claim.source, *claim.sentence)][:WIDEST_SENTENCE]
        pairs = [self.pairs.get(o.id) for o in here if o.start < claim.start]
        return [p.fact for p in pairs if p is not None and (p.agrees or p.likeness >= _MEANT)]

    @cached_property
    def told(self) -> list[Fact]:
        """The amounts that a claim agrees with."""
        return [f for f in self.finder.theirs.facts if f.kind is Kind.QUANTITY and f.id in self.touched][
            :MOST_SENTENCES
        ]

    @cached_property
    def total_rows(self) -> list[list[Fact]]:
        """Rows of tables that are headed 合计 and of which the draft tells something."""
        facts = self.finder.theirs.facts
        rows = {
            id(row): row
            for i, row in self.groups.rows.items()
            if facts[i].id in self.touched and TOTAL_HEAD.match(facts[i].subject)
        }
        return [[f for f in row[:WIDEST] if f.kind is Kind.QUANTITY] for row in list(rows.values())[:WIDEST]]

    def groups_near(self, claim: Fact) -> Iterator[list[Fact]]:
        """Sentences and table columns in which a related fact stands, as far as they add up."""
        seen: set[int] = set()
        for fact in self.related(claim):
            at = self.fact_index[fact.id]
            groups = (self.groups.rows.get(at), self.groups.columns.get(at), self.groups.sentences.get(at))
            for group in groups:
                if group is not None and id(group) not in seen and len(group) <= 400:
                    seen.add(id(group))
                    chosen = addable(claim, group)
                    if len(chosen) > 1:
                        yield chosen

    def its_column(self, claim: Fact, group: Sequence[Fact]) -> bool:
        """Whether the claim may speak of a column told month by month: it names it, or none, and this is the first one."""
        first = group[0]
        if first.cell is None:
            return True
        columns = [
            g
            for g in self.groups.over_time
            if g[0].cell is not None
            and (g[0].source, g[0].cell[0]) == (first.source, first.cell[0])
            and units.same(g[0].unit, first.unit)
        ]
        said = self.finder.bag(0, self.claim_index[claim.id])
        named = [len(said & bigrams(self._head(g[0]))) for g in columns]
        if not any(named):
            return columns[:1] == [group]
        return any(g is group and n == max(named) for g, n in zip(columns, named, strict=True))

    def _head(self, fact: Fact) -> str:
        """What a cell counts, without the name of its row."""
        return fact.subject.removeprefix(self.finder.theirs.row(self.fact_index[fact.id]))

    def series(self, claim: Fact) -> Iterator[list[Fact]]:
        """What several lines of one source tell in the same words, each of another (一组：…洽谈企业97家; 二组：…洽谈企业142家)."""
        for fact in self.related(claim):
            group = self.groups.told_alike(fact)
            if len(group) > 1 and len(group) == len({f.locator for f in group}):
                yield group

    def runs_like(self, claim: Fact) -> list[Sequence[Fact]]:
        """Neighbouring rows of a table column whose sum rounds to the claim (the first three of four industries)."""
        if claim.value is None or claim.mention.step is None or claim.mention.approx is not Approx.EXACT:
            return []
        values, chosen = self.groups.column_runs.get(units.dimension(claim.unit), ([], []))
        step = claim.mention.step
        low, high = bisect_left(values, claim.value - step), bisect_right(values, claim.value + step)
        words = bigrams(self.finder.mine.sentence(self.claim_index[claim.id]))
        return [run for run in chosen[low:high][:20] if all(words & bigrams(f.subject) for f in run[:2])]

    def far(self, claim: Fact, found: Derivation) -> bool:
        """Whether a result comes from facts that nothing but some words brings together."""
        stated = {fact.id for fact in self.stated(claim)}
        if stated.issuperset(fact.id for fact in found.inputs):
            return False
        first, *others = found.inputs
        home = self.groups.home(first)
        row = self.groups.rows.get(self.fact_index[first.id])
        if row is not None and all(self.groups.rows.get(self.fact_index[f.id]) is row for f in others):
            return False
        return any(
            self.groups.home(f) is not home and subjects.alike(f.subject, first.subject) < 0.8 for f in others
        )


def comparable(a: Fact, b: Fact) -> bool:
    """Whether one of two facts may be counted against the other: one unit, and one sentence or one subject."""
    return units.same(a.unit, b.unit) and (
        (a.source == b.source and (a.sentence == b.sentence or abs(a.start - b.start) <= _CLOSE))
        or subjects.alike(a.subject, b.subject) >= 0.4
    )
