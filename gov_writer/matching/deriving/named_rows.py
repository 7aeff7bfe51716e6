"""Figures of the table rows that a draft's clause names: 大坪、云岭、双河三个村流转4325亩; 大坪村是清泉村的4倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import TOTAL_HEAD, bigrams
from gov_writer.matching.deriving.around import Around
from gov_writer.matching.deriving.operations import Derivation, ratio, total_of
from gov_writer.text.lazy import lazy

#: What a draft may leave out behind the name of a row.
_KIND = lazy("(?:社区|居委会|村|小区|街道|镇|乡|中心|站|所|局|办|公司|园区)$")
#: Characters before a figure in which rows are looked for, rows of a column, columns of the sources.
_REACH, _ROWS, _COLUMNS = 60, 80, 60


class NamedRows:
    """The rows of the sources' tables by the names at their heads."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def sums(self, claim: Fact) -> Iterator[Derivation]:
        """The totals of the rows that the claim's clause names, else its sentence, for each column in its measure."""
        own = self._names(claim, claim.clause[0])
        for facts in self._named(claim, claim.clause[0] if own else claim.sentence[0], 0):
            if units.same(facts[0].unit, claim.unit):
                yield total_of(facts)

    def times(self, claim: Fact) -> Iterator[Derivation]:
        """How many times one named row's value another's is (最高的大坪村是最低的清泉村的4倍)."""
        for facts in self._named(claim, claim.sentence[0], 2):
            if len(facts) == 2 and all(f.value for f in facts):
                high, low = sorted(facts, key=lambda f: -(f.value or Decimal(0)))
                yield ratio(high, low, "share", Decimal(1))

    def _named(self, claim: Fact, start: int, bag: int) -> Iterator[list[Fact]]:
        """By column, the facts of the rows named before a claim, of columns whose head shares a word with its words."""
        names = self._names(claim, start)
        if len(names) < 2:
            return
        said = self._around.finder.bag(bag, self._around.claim_index[claim.id])
        measured = [c for c in self._columns if units.same(next(iter(c.values())).unit, claim.unit)]
        for column in self._columns:
            facts = [fact for stem, fact in column.items() if stem in names]
            if len(facts) < len(names):
                continue
            if measured == [column] or any(said & bigrams(_head(f, s)) for s, f in column.items()):
                yield facts

    def _names(self, claim: Fact, start: int) -> set[str]:
        """The rows named between an offset and a claim."""
        words = self._around.finder.mine.between(claim, max(start, claim.start - _REACH), claim.start)
        return set(self._stems.findall(words)) if self._stems is not None else set()

    @cached_property
    def _columns(self) -> list[dict[str, Fact]]:
        """The columns of amounts with a name at the head of each row: the names without 村, 社区 …, and the amounts."""
        found: list[dict[str, Fact]] = []
        seen: set[int] = set()
        for column in self._around.groups.columns.values():
            if id(column) in seen or not 2 < len(column) <= _ROWS or len(seen) > _COLUMNS:
                continue
            seen.add(id(column))
            rows: dict[str, Fact] = {}
            for fact in column:
                label = self._around.finder.theirs.row(self._around.fact_index[fact.id])
                stem = _KIND.sub("", label) if len(label) > 2 else label
                if (
                    fact.kind is Kind.QUANTITY
                    and fact.value is not None
                    and len(stem) > 1
                    and not TOTAL_HEAD.match(label)
                ):
                    rows.setdefault(stem, fact)
            if len(rows) > 2:
                found.append(rows)
        return found

    @cached_property
    def _stems(self) -> re.Pattern[str] | None:
        names = sorted({stem for column in self._columns for stem in column}, key=lambda s: (-len(s), s))
        return re.compile("|".join(map(re.escape, names))) if names else None


def _head(fact: Fact, stem: str) -> str:
    """What a cell counts, without the name of its row."""
    return fact.subject.partition(stem)[2] or fact.subject
