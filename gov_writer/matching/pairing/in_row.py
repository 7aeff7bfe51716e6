"""The rate right behind an amount of a table is that of the amount's own row: 税收收入33.85亿元，增长8.2%.

Rates of a column are alike, so one that was taken from the row above agrees with a cell all the same.
"""

from __future__ import annotations

from collections import defaultdict

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import TOTAL_HEAD, bigrams
from gov_writer.matching.finding import judge
from gov_writer.matching.pairing.state import State
from gov_writer.matching.retold import Retold
from gov_writer.text.lazy import lazy

_RATES = frozenset({Kind.GROWTH, Kind.PERCENT, Kind.RANK})
#: What may stand between an amount and its rate.
_BETWEEN = lazy(r"[，,]?(?:较|比)?(?:上年|去年)?(?:同比|同期)?(?:增长|增幅|下降|占比|完成率)?(?:为|达)?")
#: 增长7.0%，总量居全区第三
_PLACED = lazy("[，,](?:总量|总额|规模)?(?:位?居|位列|列|排名?|排在)?")
#: Cells to either side that are looked at.
_ROW = 8
#: Cells from one to the total of its column, at most.
_COLUMN = 200
#: Characters before a figure that may name its row; rows of a table that are looked at.
_REACH, _ROWS = 24, 60
#: Likeness given to what the row has.
_LIKENESS = 0.95


class InRow:
    """Moves rates that rest on another row to the rate of their own."""

    def __init__(self, state: State) -> None:
        self.state, self.mine, self.theirs = state, state.mine, state.theirs

    def run(self) -> None:
        rows: dict[tuple[str, tuple[int, int]], list[int]] = defaultdict(list)
        for i, fact in enumerate(self.theirs.facts):
            if fact.cell is not None and fact.kind in _RATES:
                rows[fact.source, fact.sentence].append(i)
        if not rows:
            self._heads()
            self._of_the_row_before()
            self._of_all()
            self._of_named_row()
            return
        self._heads()
        self._of_the_row_before()
        self._of_all()
        self._of_named_row()
        again = Retold(self.theirs.facts)
        for claim, pair in list(self.state.pairs.items()):
            before = self.state.pairs.get(claim - 1)
            if pair.claim.kind not in _RATES or not pair.agrees or before is None or not before.agrees:
                continue
            if pair.fact.cell is None or not self._right_behind(before.claim, pair.claim):
                continue
            homes = [before.fact, *again.of(before.fact)]
            own = [i for f in homes if f.cell is not None for i in rows.get((f.source, f.sentence), ())]
            own = [i for i in own if self.theirs.facts[i].kind is pair.claim.kind]
            if len(own) != 1 or self.state.index[claim] in own or self._in_column(own[0], claim) is False:
                continue
            if not judge(pair.claim, self.theirs.facts[own[0]]).agrees:
                self.state.unpair(claim)
                self.state.pair(claim, own[0], _LIKENESS)

    def _heads(self) -> None:
        """Moves amounts that agree with the cell beside the one that the words before them head (按期办结5564件)."""
        for claim, pair in list(self.state.pairs.items()):
            if pair.fact.cell is None or not pair.agrees or pair.claim.kind is not Kind.QUANTITY:
                continue
            f = self.state.index[claim]
            words = bigrams(
                self.mine.between(
                    pair.claim, max(pair.claim.clause[0], pair.claim.start - 6), pair.claim.start
                )
            )
            own = bigrams(self._head(f))
            if not words or words & own or len(self.state.users.get(f, ())) < 2:
                continue
            for g in range(max(0, f - _ROW), min(len(self.theirs.facts), f + _ROW + 1)):
                other = self.theirs.facts[g]
                in_row = other.source == pair.fact.source and other.sentence == pair.fact.sentence
                if g == f or not in_row or other.kind is not pair.fact.kind or self.state.users.get(g):
                    continue
                alike = other.unit is None or pair.fact.unit is None or units.same(other.unit, pair.fact.unit)
                if alike and words & bigrams(self._head(g)) and not judge(pair.claim, other).agrees:
                    self.state.unpair(claim)
                    self.state.pair(claim, g, _LIKENESS)
                    break

    def _of_the_row_before(self) -> None:
        """Moves contradictions of a column's total to the cell of the row that the sentence tells of (12处积水点…完成投资540万元)."""
        for claim, pair in list(self.state.pairs.items()):
            before = self.state.pairs.get(claim - 1)
            if pair.agrees or pair.fact.cell is None or not TOTAL_HEAD.match(pair.fact.subject):
                continue
            if before is None or not before.agrees or before.fact.cell is None:
                continue
            if before.claim.sentence != pair.claim.sentence or TOTAL_HEAD.match(before.fact.subject):
                continue
            at, head = self.state.index[claim - 1], self._head(self.state.index[claim])
            for g in range(max(0, at - _ROW), min(len(self.theirs.facts), at + _ROW + 1)):
                other = self.theirs.facts[g]
                in_row = other.source == before.fact.source and other.sentence == before.fact.sentence
                if in_row and other.cell and self._head(g) == head and not self.state.users.get(g):
                    self.state.unpair(claim)
                    self.state.pair(claim, g, max(pair.likeness, 0.6))
                    break

    def _of_named_row(self) -> None:
        """Moves what has the value of a row that is not named to the row that is (电子信息项目最多，达12个)."""
        rows: dict[tuple[str, int], dict[str, list[int]]] = {}
        for i, fact in enumerate(self.theirs.facts):
            if fact.cell is not None and (label := self.theirs.row(i)) and len(label) > 2:
                rows.setdefault((fact.source, fact.cell[0]), {}).setdefault(label, []).append(i)
        for claim, pair in list(self.state.pairs.items()):
            fact = pair.fact
            if not pair.agrees or fact.cell is None or pair.claim.kind is not Kind.QUANTITY:
                continue
            table = rows.get((fact.source, fact.cell[0]), {})
            f = self.state.index[claim]
            label = self.theirs.row(f)
            if not 2 < len(table) <= _ROWS or label not in table or TOTAL_HEAD.match(fact.subject):
                continue
            start = max(pair.claim.sentence[0], pair.claim.start - _REACH)
            words = self.mine.between(pair.claim, start, pair.claim.start)
            named = [other for other in table if other in words]
            if label in self.mine.sentence(claim) or len(named) != 1 or self._figure_between(claim, named[0]):
                continue
            if label[-3:] in words or label[:2] in self.mine.sentence(claim):
                continue
            for g in [g for g in table[named[0]] if self._head(g) == self._head(f)]:
                if judge(pair.claim, self.theirs.facts[g]).agrees:
                    continue
                if self.state.users.get(g):
                    self.state.foreign.add(claim)
                else:
                    self.state.unpair(claim)
                    self.state.pair(claim, g, 0.6)
                break

    def _figure_between(self, claim: int, name: str) -> bool:
        """Whether another figure stands between a name and the claim."""
        fact = self.mine.facts[claim]
        before = self.mine.facts[claim - 1] if claim else None
        if before is None or before.source != fact.source or before.end > fact.start:
            return False
        return name not in self.mine.between(fact, before.end, fact.start)

    def _of_all(self) -> None:
        """Moves what was told of all with the value of one row, which is told beside its name too (共开工13个，…经济开发区13个)."""
        for f, users in list(self.state.users.items()):
            fact, label = self.theirs.facts[f], self.theirs.row(f)
            if len(users) < 2 or fact.cell is None or len(label) < 2 or TOTAL_HEAD.match(fact.subject):
                continue
            named = [c for c in users if label in self._before(c)]
            if not named or len(named) == len(users):
                continue
            for g in range(f + 1, min(len(self.theirs.facts), f + _COLUMN)):
                other = self.theirs.facts[g]
                if not TOTAL_HEAD.match(other.subject) or other.source != fact.source:
                    continue
                if self._head(g) == self._head(f) and not self.state.users.get(g):
                    self._move_all([c for c in users if c not in named], named, g)
                    break

    def _move_all(self, claims: list[int], named: list[int], total: int) -> None:
        """To the total those of the claims that stand in one sentence with the named row."""
        homes = {self.mine.facts[c].sentence for c in named}
        for claim in claims:
            if self.mine.facts[claim].sentence in homes and self.state.pairs[claim].agrees:
                self.state.unpair(claim)
                self.state.pair(claim, total, _LIKENESS)

    def _before(self, claim: int) -> str:
        fact = self.mine.facts[claim]
        return self.mine.between(fact, max(fact.sentence[0], fact.start - 16), fact.start)

    def _head(self, fact: int) -> str:
        """What stands over a cell, without the name of its row."""
        return self.theirs.facts[fact].subject.removeprefix(self.theirs.row(fact))

    def _right_behind(self, amount: Fact, rate: Fact) -> bool:
        if amount.sentence != rate.sentence or not 0 <= rate.start - amount.end <= 12:
            return False
        if rate.kind is Kind.RANK:
            between = self.mine.between(rate, amount.end, rate.start)
            return amount.kind in (Kind.QUANTITY, Kind.GROWTH) and _PLACED.fullmatch(between) is not None
        if amount.kind is not Kind.QUANTITY:
            return False
        return _BETWEEN.fullmatch(self.mine.between(rate, amount.end, rate.start)) is not None

    def _in_column(self, own: int, claim: int) -> bool:
        """Whether the rate that the claim took stands in the same table as its own row's."""
        a, b = self.theirs.facts[own], self.theirs.facts[self.state.index[claim]]
        return a.source == b.source and a.cell is not None and b.cell is not None and a.cell[0] == b.cell[0]
