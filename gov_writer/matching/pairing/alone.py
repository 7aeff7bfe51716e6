"""The pass for figures without words in common: one that stands once in either text is the same figure, whatever the words around it.

A writer may reword everything (拆违132处 becomes 依法清除私搭乱建132处); that 132处 is no invention while
the notes have a 132处 that nothing else in the draft uses. Small numbers meet by chance, so they need company.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from decimal import Decimal

from gov_writer.domain import FIGURES, Approx, Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.finding import disjoint, judge, number
from gov_writer.matching.pairing.state import SURE, State
from gov_writer.matching.passages import plans
from gov_writer.matching.values import Verdict

#: Digits, zeros at the ends apart, from which on a number hardly meets another by chance.
TELLING_DIGITS, TELLING = 2, 3
#: What such a pair is worth: it supports, and is never held against the figure.
LIKENESS = 0.3

#: Measures that any two figures may share.
_COMMON = frozenset(
    [
        "个",
        "名",
        "户",
        "家",
        "件",
        "起",
        "处",
        "次",
        "场",
        "项",
        "条",
        "份",
        "人次",
        "户次",
        "家次",
        "货币",
        "时间",
        "倍",
        "年",
        "天",
        "月",
        "批",
        "批次",
        "宗",
        "类",
        "面积",
        "长度",
    ]
)

_BARE = "-"
Key = tuple[str, Decimal]


class Alone:
    """Pairs exact figures that have one counterpart each, and no words that speak against it."""

    def __init__(self, state: State) -> None:
        self.state = state

    def run(self) -> None:
        state = self.state
        facts = _by_key(state.theirs.facts, [i for i in state.open_facts() if _exact(state.theirs.facts[i])])
        claims = _by_key(state.mine.facts, [i for i in state.open_claims() if _exact(state.mine.facts[i])])
        for key, mine in claims.items():
            theirs = facts.get(key) or facts.get((_BARE, key[1]), [])
            if len(mine) == len(theirs) == 1 and self._fit(mine[0], theirs[0]):
                state.pair(mine[0], theirs[0], LIKENESS)

    def rounded(self) -> None:
        """2.86万名群众 of 总人口28640人: pair a rounded figure of three digits with the only one that rounds to it."""
        state = self.state
        facts: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
        for (measure, value), found in _by_key(
            state.theirs.facts, [i for i in state.open_facts() if _exact(state.theirs.facts[i])]
        ).items():
            facts[measure] += [(value, i) for i in found]
        for own in facts.values():
            own.sort()
        claims = _by_key(state.mine.facts, [i for i in state.open_claims() if _exact(state.mine.facts[i])])
        for (measure, value), mine in claims.items():
            step = state.mine.facts[mine[0]].mention.step or Decimal(0)
            if len(mine) > 1 or step <= 1 or len(value.normalize().as_tuple().digits) < TELLING:
                continue
            near = facts.get(measure, [])
            low, high = bisect_left(near, (value - step, -1)), bisect_left(near, (value + step, -1))
            if high - low == 1 and self._fit(mine[0], near[low][1], rounded=True):
                state.pair(mine[0], near[low][1], LIKENESS)

    def of_one_unit(self) -> None:
        """Pair the only figure in 微克/立方米 of a draft with the only one of its sources, whatever their values."""
        state = self.state
        mine, theirs = _by_unit(state.mine.facts), _by_unit(state.theirs.facts)
        for unit, claims in mine.items():
            facts = theirs.get(unit, ())
            if len(claims) != 1 or len(facts) != 1 or claims[0] in state.pairs or facts[0] in state.users:
                continue
            a, b = state.mine.facts[claims[0]], state.theirs.facts[facts[0]]
            if a.planned == b.planned and not self._opposed(a, b):
                moved = sorted(number(a)) == sorted(number(b))
                state.pair(claims[0], facts[0], SURE if moved else LIKENESS)

    def _fit(self, claim: int, fact: int, *, rounded: bool = False) -> bool:
        a, b = self.state.mine.facts[claim], self.state.theirs.facts[fact]
        told_ahead = a.planned and plans.looks_ahead(self.state.theirs.sentence(fact))
        if (a.planned != b.planned and not told_ahead) or a.kind is not b.kind or disjoint(a, b):
            return False
        found = judge(a, b)
        same = (
            found.verdict is Verdict.SAME
            or (rounded and found.agrees)
            or (b.cell is not None and b.unit is None and found.agrees)
        )
        return same and not self._opposed(a, b)

    @staticmethod
    def _opposed(a: Fact, b: Fact) -> bool:
        if subjects.opposed(a.subject, b.subject):
            return True
        return any(
            one and two and one not in two and two not in one
            for one, two in ((a.actor, b.actor), (a.scope, b.scope))
        )


def _exact(fact: Fact) -> bool:
    """A count, an amount or a rate that is told exactly and has digits enough."""
    value = fact.value
    if fact.kind not in FIGURES or fact.kind is Kind.RANK or value is None or value == 0:
        return False
    digits = str(abs(value)).replace(".", "").strip("0")
    telling = len(digits) >= TELLING_DIGITS or abs(value) >= 100
    return fact.mention.approx is Approx.EXACT and telling


def _by_unit(facts: tuple[Fact, ...]) -> dict[str, list[int]]:
    """The exact quantities by what they measure, units that count anything (个, 次, 家) left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        dimension = units.dimension(fact.unit) if fact.kind is Kind.QUANTITY else ""
        if dimension and dimension not in _COMMON:
            found[dimension].append(i)
    return found


def _by_key(facts: tuple[Fact, ...], chosen: list[int]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    for i in chosen:
        fact = facts[i]
        measure = "%" if fact.kind in (Kind.PERCENT, Kind.GROWTH) else units.dimension(fact.unit)
        if fact.cell is not None and fact.kind is Kind.QUANTITY and fact.unit is None:
            measure = _BARE  # a table's column without a unit
        found[(measure, fact.value or Decimal(0))].append(i)
    return found
