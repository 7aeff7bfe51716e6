"""The facts that a claim may be computed from, since they stand together or speak of the same.

Only facts that stand in one sentence, table row or column, that the claim's own sentence states, or that share words
with the claim come into question; so a figure rarely follows by chance, and the search stays bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.finding import Finder
from gov_writer.matching.operations import TOTAL_HEAD, WIDEST, Derivation, addable, runs, total_of
from gov_writer.matching.pairing import Alignment
from gov_writer.matching.retold import Retold
from gov_writer.text.lazy import lazy

#: The units that a table without units may leave out.
_COUNTS = (None, "件", "个", "人", "户", "家", "次", "起", "处", "场", "名", "台", "人次")
#: Facts of one sentence or column that are tried together; the widest group that is searched in part.
MOST_RELATED = 7
#: Figures of one sentence that are looked at; no honest sentence has more.
_WIDEST_SENTENCE = 60
#: Sentences of the sources in which figures told month by month are looked for.
_MOST_SERIES = 4000
#: Cells of a sentence whose places in their columns are looked up.
_MOST_PLACED = 12

#: Figures no further apart than this stand together, though on two lines.
_CLOSE = 40

#: Characters before a figure that may tell what it counts, and the words among them.
_TOLD = 12
_LAST_WORDS = lazy("[\u4e00-\u9fff]*$")

#: From this likeness on a figure that its fact contradicts goes on as the fact: what follows from it is right.
_MEANT = 0.4

_Groups = dict[int, list[Fact]]


class Around:
    """What stands around the claims of one draft; the indices are shared by all claims.

    pairs: by claim id.  touched: ids of facts that a claim agrees with.  columns, sentences, rows: by a fact's index,
    all facts of the table column, the sentence, the table row in which it stands.
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
        self.columns, self.sentences, self.rows = _groups(self.finder.theirs.facts)
        self.retold = Retold(self.finder.theirs.facts)

    def words_before(self, claim: Fact) -> str:
        """The words right before a claim in its clause."""
        return self.finder.mine.before(self.claim_index[claim.id], 16)

    def stated(self, claim: Fact) -> list[Fact]:
        """Source facts that the claim's own sentence states."""
        here = self._said[(claim.source, *claim.sentence)]
        found = []
        for other in here[:_WIDEST_SENTENCE]:
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
                group = self.sentences.get(self.fact_index[fact.id], ())[:_WIDEST_SENTENCE]
                found.update({f.id: f for f in group if f.kind is Kind.PERCENT})
        return list(found.values())

    def places(self, claim: Fact) -> Iterator[Derivation]:
        """The places that the cells which the claim's sentence states have in their columns, the largest first."""
        for fact in self.stated(claim)[:_MOST_PLACED]:
            column = self.columns.get(self.fact_index[fact.id], ())
            own = [f for f in column if f.value is not None and not TOTAL_HEAD.match(f.subject)]
            if fact.value is not None and 2 < len(own) <= _WIDEST_SENTENCE:
                place = 1 + sum((f.value or Decimal(0)) > fact.value for f in own)
                yield Derivation("rank", fact.id, (fact,), Decimal(place))

    def rows_stated(self, claim: Fact) -> Iterator[list[Fact]]:
        """The table rows, or short lines, of the last figures that the claim's sentence states before it."""
        for fact in [f for f in self.before(claim) if f.kind is Kind.QUANTITY][-2:]:
            at = self.fact_index[fact.id]
            row = self.rows.get(at) or self.sentences.get(at) or []
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
        here = self._said[(claim.source, *claim.sentence)][:_WIDEST_SENTENCE]
        pairs = [self.pairs.get(o.id) for o in here if o.start < claim.start]
        return [p.fact for p in pairs if p is not None and (p.agrees or p.likeness >= _MEANT)]

    def in_unit(self, unit: str | None) -> list[Fact]:
        """The first amounts of the sources in a unit."""
        return self._units.get(units.canonical(unit), [])

    @cached_property
    def _units(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.finder.theirs.facts:
            own = found[units.canonical(fact.unit)]
            if fact.kind is Kind.QUANTITY and fact.value and len(own) < 2 * MOST_RELATED:
                own.append(fact)
        return found

    @cached_property
    def told(self) -> list[Fact]:
        """The amounts that a claim agrees with."""
        return [f for f in self.finder.theirs.facts if f.kind is Kind.QUANTITY and f.id in self.touched][
            :_MOST_SERIES
        ]

    @cached_property
    def total_rows(self) -> list[list[Fact]]:
        """Rows of tables that are headed 合计 and of which the draft tells something."""
        facts = self.finder.theirs.facts
        rows = {
            id(row): row
            for i, row in self.rows.items()
            if facts[i].id in self.touched and TOTAL_HEAD.match(facts[i].subject)
        }
        return [[f for f in row[:WIDEST] if f.kind is Kind.QUANTITY] for row in list(rows.values())[:WIDEST]]

    def groups_near(self, claim: Fact) -> Iterator[list[Fact]]:
        """Sentences and table columns in which a related fact stands, as far as they add up."""
        seen: set[int] = set()
        for fact in self.related(claim):
            at = self.fact_index[fact.id]
            groups = (self.rows.get(at), self.columns.get(at), self.sentences.get(at))
            for group in groups:
                if group is not None and id(group) not in seen and len(group) <= 400:
                    seen.add(id(group))
                    chosen = addable(claim, group)
                    if len(chosen) > 1:
                        yield chosen

    @cached_property
    def over_time(self) -> list[list[Fact]]:
        """Amounts of one unit that a sentence, or a table's column, tells month by month or quarter by quarter."""
        found = []
        groups = (*self.sentences.values(), *self.columns.values())
        for group in list({id(g): g for g in groups}.values())[:_MOST_SERIES]:
            by_unit: dict[str, list[Fact]] = defaultdict(list)
            for fact in group[:_WIDEST_SENTENCE]:
                if TOTAL_HEAD.match(fact.subject):
                    continue
                if fact.kind is Kind.QUANTITY and fact.period is not None and fact.value is not None:
                    by_unit[units.canonical(fact.unit)].append(fact)
            for own in by_unit.values():
                starts = {f.period.start for f in own if f.period}
                if len(own) > 2 and len(starts) == len(own):
                    found.append(own)
        return found[:WIDEST]

    def its_column(self, claim: Fact, group: Sequence[Fact]) -> bool:
        """Whether the claim may speak of a column told month by month: it names it, or none, and this is the first one."""
        first = group[0]
        if first.cell is None:
            return True
        columns = [
            g
            for g in self.over_time
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
            group = self._series.get((fact.source, units.canonical(fact.unit), self._told_as(fact)), ())
            if len(group) > 1 and len(group) == len({f.locator for f in group}):
                yield list(group)

    @cached_property
    def _series(self) -> dict[tuple[str, str, str], list[Fact]]:
        found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for fact in self.finder.theirs.facts:
            if (
                fact.kind is Kind.QUANTITY
                and fact.value
                and fact.cell is None
                and (words := self._told_as(fact))
            ):
                found[fact.source, units.canonical(fact.unit), words].append(fact)
        return {key: group for key, group in found.items() if 1 < len(group) <= WIDEST}

    def _told_as(self, fact: Fact) -> str:
        """The words between a figure and what ends before it: 洽谈企业."""
        start = max(fact.clause[0], fact.start - _TOLD)
        words = self.finder.theirs.between(fact, start, fact.start)
        return _LAST_WORDS.search(words)[0]  # type: ignore[index]

    def one_column(self, facts: Sequence[Fact]) -> bool:
        """Whether facts of tables stand in one column: what was found and what was mended make no total."""
        cells = [f for f in facts if f.cell is not None]
        homes = {id(self.columns.get(self.fact_index[f.id])) for f in cells}
        rows = {id(self.rows.get(self.fact_index[f.id])) for f in cells}
        return len(homes) < 2 or len(rows) < 2

    def with_sentences(self, related: Sequence[Fact]) -> list[Fact]:
        """The likest facts and what stands in one sentence with them: 老旧小区改造：任务8个，已开工6个."""
        rooms = self._rooms
        whole = [f for fact in related[:3] for f in rooms.get((fact.source, *fact.sentence), ())]
        return list({fact.id: fact for fact in (*related, *whole)}.values())[:_WIDEST_SENTENCE]

    @cached_property
    def _rooms(self) -> dict[tuple[str, int, int], list[Fact]]:
        rooms: dict[tuple[str, int, int], list[Fact]] = defaultdict(list)
        for fact in self.finder.theirs.facts:
            if fact.kind is Kind.QUANTITY:
                rooms[(fact.source, *fact.sentence)].append(fact)
        return rooms

    @cached_property
    def totals(self) -> dict[tuple[str, Decimal], list[list[Fact]]]:
        """Table columns and rows of three figures and more, by the dimension of their units and their sum."""
        found: dict[tuple[str, Decimal], list[list[Fact]]] = {}
        seen: set[int] = set()
        for group in (*self.columns.values(), *self.rows.values()):
            if id(group) in seen or not 2 < len(group) <= 400:
                continue
            seen.add(id(group))
            counted = [f for f in group if f.kind is Kind.QUANTITY and f.value is not None]
            counted = [f for f in counted if not TOTAL_HEAD.match(f.subject)]
            alike = (
                len({units.canonical(f.unit) for f in counted}) == 1
                and len({f.planned for f in counted}) == 1
            )
            if len(counted) > 2 and alike:
                total = total_of(counted).value
                for unit in (counted[0].unit, None) if counted[0].unit else _COUNTS:
                    found.setdefault((units.dimension(unit), total), []).append(counted)
        return found

    def runs_like(self, claim: Fact) -> list[Sequence[Fact]]:
        """Neighbouring rows of a table column whose sum rounds to the claim (the first three of four industries)."""
        if claim.value is None or claim.mention.step is None or claim.mention.approx is not Approx.EXACT:
            return []
        values, chosen = self._column_runs.get(units.dimension(claim.unit), ([], []))
        step = claim.mention.step
        low, high = bisect_left(values, claim.value - step), bisect_right(values, claim.value + step)
        words = bigrams(self.finder.mine.sentence(self.claim_index[claim.id]))
        return [run for run in chosen[low:high][:20] if all(words & bigrams(f.subject) for f in run[:2])]

    @cached_property
    def _column_runs(self) -> dict[str, tuple[list[Decimal], list[Sequence[Fact]]]]:
        """By dimension: the sums of neighbouring cells of short columns, in order, and the cells of each."""
        found: dict[str, list[tuple[Decimal, int, Sequence[Fact]]]] = defaultdict(list)
        seen: set[int] = set()
        for column in self.columns.values():
            if id(column) in seen or not 2 < len(column) <= WIDEST + 2 or len(seen) > 60:
                continue
            seen.add(id(column))
            cells = [
                f for f in column if f.kind is Kind.QUANTITY and f.value and not TOTAL_HEAD.match(f.subject)
            ]
            if len({units.canonical(f.unit) for f in cells}) == 1:
                for run in runs(cells):
                    total = total_of(run).value
                    found[units.dimension(cells[0].unit)].append((total, len(seen), run))
        ordered = {key: sorted(rows, key=lambda row: row[:2]) for key, rows in found.items()}
        return {key: ([row[0] for row in rows], [row[2] for row in rows]) for key, rows in ordered.items()}

    def whole(self, fact: Fact) -> Derivation | None:
        """The total of what stands in one column or sentence with a fact, in its unit; None if that is too little."""
        at = self.fact_index[fact.id]
        group = self.columns.get(at) or self.sentences.get(at) or ()
        if not 2 < len(group) <= 40:
            return None
        like = [f for f in group if f.kind is fact.kind and f.value and units.same(f.unit, fact.unit)]
        like = [f for f in like if not TOTAL_HEAD.match(f.subject)]
        return total_of(like) if len(like) > 2 else None

    def far(self, claim: Fact, found: Derivation) -> bool:
        """Whether a result comes from facts that nothing but some words brings together."""
        stated = {fact.id for fact in self.stated(claim)}
        if stated.issuperset(fact.id for fact in found.inputs):
            return False
        first, *others = found.inputs
        home = self._home(first)
        row = self.rows.get(self.fact_index[first.id])
        if row is not None and all(self.rows.get(self.fact_index[f.id]) is row for f in others):
            return False
        return any(
            self._home(f) is not home and subjects.alike(f.subject, first.subject) < 0.8 for f in others
        )

    def _home(self, fact: Fact) -> list[Fact] | None:
        """The table column or sentence in which a fact stands."""
        at = self.fact_index[fact.id]
        return self.columns.get(at, self.sentences.get(at))


def comparable(a: Fact, b: Fact) -> bool:
    """Whether one of two facts may be counted against the other: one unit, and one sentence or one subject."""
    return units.same(a.unit, b.unit) and (
        (a.source == b.source and (a.sentence == b.sentence or abs(a.start - b.start) <= _CLOSE))
        or subjects.alike(a.subject, b.subject) >= 0.4
    )


def _groups(facts: Sequence[Fact]) -> tuple[_Groups, _Groups, _Groups]:
    """By fact index: the table column, the sentence, the table row in which it stands."""
    columns: dict[tuple[str, int, str], list[Fact]] = {}
    sentences: dict[tuple[str, int, int], list[Fact]] = {}
    by_column: dict[int, list[Fact]] = {}
    by_sentence: dict[int, list[Fact]] = {}
    by_row: dict[int, list[Fact]] = {}
    first: dict[tuple[str, int, int], int] = {}
    for fact in facts:
        if fact.cell is not None:
            row = (fact.source, *fact.sentence)
            first[row] = min(first.get(row, fact.cell[1]), fact.cell[1])
    for i, fact in enumerate(facts):
        if fact.cell is not None:
            match = re.search(r"([A-Z]+)\d+$", fact.locator)
            nth = fact.cell[1] - first[fact.source, *fact.sentence]
            key = (fact.source, fact.cell[0], match[1] if match else str(nth))
            by_column[i] = columns.setdefault(key, [])
            by_column[i].append(fact)
            by_row[i] = sentences.setdefault((fact.source, *fact.sentence), [])
            by_row[i].append(fact)
        else:
            by_sentence[i] = sentences.setdefault((fact.source, *fact.sentence), [])
            by_sentence[i].append(fact)
    return by_column, by_sentence, by_row
