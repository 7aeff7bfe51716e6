"""Which facts of the sources stand together: in a sentence, a table's row or column, a list told in the same words.

Made once per case from the sources alone, and shared by all claims; what a claim asks of them is in ``around``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import TOTAL_HEAD, Contexts
from gov_writer.matching.deriving.operations import WIDEST, Derivation, runs, total_of
from gov_writer.text.lazy import lazy

#: The units that a table without units may leave out.
_COUNTS = (None, "件", "个", "人", "户", "家", "次", "起", "处", "场", "名", "台", "人次")
#: Figures of one sentence that are looked at; no honest sentence has more.
WIDEST_SENTENCE = 60
#: Sentences of the sources in which figures told month by month are looked for.
MOST_SENTENCES = 4000
#: Amounts of one unit that are kept.
_MOST_OF_UNIT = 14
#: Characters before a figure that may tell what it counts, and the words among them.
_TOLD = 12
_LAST_WORDS = lazy("[\u4e00-\u9fff]*$")

_Groups = dict[int, list[Fact]]


class Groups:
    """The facts of the sources by where they stand.

    columns, sentences, rows: by a fact's index, all facts of the table column, the sentence, the table row in which it
    stands.
    """

    def __init__(self, theirs: Contexts) -> None:
        self._theirs, self._index = theirs, theirs.index
        self.columns, self.sentences, self.rows = _groups(theirs.facts)

    def home(self, fact: Fact) -> list[Fact] | None:
        """The table column or sentence in which a fact stands."""
        at = self._index[fact.id]
        return self.columns.get(at, self.sentences.get(at))

    def whole(self, fact: Fact) -> Derivation | None:
        """The total of what stands in one column or sentence with a fact, in its unit; None if that is too little."""
        at = self._index[fact.id]
        group = self.columns.get(at) or self.sentences.get(at) or ()
        if not 2 < len(group) <= 40:
            return None
        like = [f for f in group if f.kind is fact.kind and f.value and units.same(f.unit, fact.unit)]
        like = [f for f in like if not TOTAL_HEAD.match(f.subject)]
        if any(
            f.period and g.period and f.period.within(g.period) is not g.period.within(f.period)
            for f in like
            for g in like[:1]
        ):
            return None  # the quarters and their year make no total
        return total_of(like) if len(like) > 2 else None

    def one_column(self, facts: Sequence[Fact]) -> bool:
        """Whether facts of tables stand in one column: what was found and what was mended make no total."""
        cells = [f for f in facts if f.cell is not None]
        homes = {id(self.columns.get(self._index[f.id])) for f in cells}
        rows = {id(self.rows.get(self._index[f.id])) for f in cells}
        return len(homes) < 2 or len(rows) < 2

    def in_unit(self, unit: str | None) -> list[Fact]:
        """The first amounts of the sources in a unit."""
        return self._units.get(units.canonical(unit), [])

    @cached_property
    def _units(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._theirs.facts:
            own = found[units.canonical(fact.unit)]
            if fact.kind is Kind.QUANTITY and fact.value and len(own) < _MOST_OF_UNIT:
                own.append(fact)
        return found

    def with_sentences(self, related: Sequence[Fact]) -> list[Fact]:
        """The likest facts and what stands in one sentence with them: 老旧小区改造：任务8个，已开工6个."""
        rooms = self._rooms
        whole = [f for fact in related[:3] for f in rooms.get((fact.source, *fact.sentence), ())]
        return list({fact.id: fact for fact in (*related, *whole)}.values())[:WIDEST_SENTENCE]

    @cached_property
    def _rooms(self) -> dict[tuple[str, int, int], list[Fact]]:
        rooms: dict[tuple[str, int, int], list[Fact]] = defaultdict(list)
        for fact in self._theirs.facts:
            if fact.kind is Kind.QUANTITY:
                rooms[(fact.source, *fact.sentence)].append(fact)
        return rooms

    @cached_property
    def over_time(self) -> list[list[Fact]]:
        """Amounts of one unit that a sentence, or a table's column, tells month by month or quarter by quarter."""
        found = []
        groups = (*self.sentences.values(), *self.columns.values())
        for group in list({id(g): g for g in groups}.values())[:MOST_SENTENCES]:
            by_unit: dict[str, list[Fact]] = defaultdict(list)
            for fact in group[:WIDEST_SENTENCE]:
                if TOTAL_HEAD.match(fact.subject):
                    continue
                if fact.kind is Kind.QUANTITY and fact.period is not None and fact.value is not None:
                    by_unit[units.canonical(fact.unit)].append(fact)
            for own in by_unit.values():
                starts = {f.period.start for f in own if f.period}
                if len(own) > 2 and len(starts) == len(own):
                    found.append(own)
        return found[:WIDEST]

    def told_alike(self, fact: Fact) -> list[Fact]:
        """What one source tells in the words of a fact, the fact with it; nothing where only it is told so."""
        return self._series.get((fact.source, units.canonical(fact.unit), self._told_as(fact)), [])

    @cached_property
    def _series(self) -> dict[tuple[str, str, str], list[Fact]]:
        found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for fact in self._theirs.facts:
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
        words = self._theirs.between(fact, start, fact.start)
        return _LAST_WORDS.search(words)[0]  # type: ignore[index]

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

    @cached_property
    def column_runs(self) -> dict[str, tuple[list[Decimal], list[Sequence[Fact]]]]:
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
