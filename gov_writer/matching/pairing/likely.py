"""The likely pass: what the words around two figures share, and what their neighbours tell.

``worth`` says how much likeness is enough, ``moved`` which figures stand where another belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from gov_writer.domain import COUNTED, DATES, Fact, Kind
from gov_writer.matching.finding import number, slip
from gov_writer.matching.pairing.alone import Alone
from gov_writer.matching.pairing.moved import Moved
from gov_writer.matching.pairing.state import PAIRED, State
from gov_writer.matching.pairing.worth import (
    CERTAIN,
    LIKELY,
    bonus,
    distinct_digits,
    mean,
    needed,
    rivalrous,
    same_measure,
    too_wide,
)
from gov_writer.matching.passages import plans
from gov_writer.matching.values import Why
from gov_writer.text.lazy import lazy

#: What it adds to a likeness that the neighbours in the text are neighbours in the source: sentence, line.
TOGETHER, BESIDE = 0.3, 0.15
#: Below this likeness nothing but the value speaks for a fact.
WEAK = 0.2
#: And that the head of its row in a table stands before a figure, which agrees.
OF_ITS_ROW = 0.2
#: And that this head is the month or quarter that both belong to.
OF_ITS_PART = 0.1
#: What the same noun behind two measure words adds (12个项目), where neighbours stand together.
SAME_NOUN = 0.12
_COMPANY = 30
#: Characters before a figure in which the head of its row may stand, in a clause before its own.
_HEAD_BEFORE = 8
#: From so many characters on a head is a name (禾丰预制菜), which may stand further before.
_LONG_HEAD, _FAR = 4, 80
#: Days of a part of the year.
_PART = 100

_LETTERS = lazy(r"([A-Z]+)(?:\d+|列)$")

#: (score, claim, fact, likeness)
Scored = tuple[float, int, int, float]


class Likely:
    """Pairs what is left of claims and facts, the best first."""

    def __init__(self, state: State) -> None:
        self.state, self.finder = state, state.finder
        self.mine, self.theirs = state.mine, state.theirs
        self._backed: set[int] = set()  # claims that some fact could support
        self._rows: dict[int, list[int]] = {}  # the table facts that support a claim well enough

    def run(self) -> None:
        """Supports and beyond doubt contradictions first, then what the company tells, then the rest."""
        scored: list[Scored] = []
        for claim in self.state.open_claims():
            if self.mine.facts[claim].kind not in COUNTED:
                continue
            for fact in self.finder.candidates(claim):
                scored.extend(self._weigh(claim, fact))
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        self._backed = {claim for _, claim, fact, _ in scored if self.finder.judged(claim, fact).agrees}
        for _, claim, fact, _ in scored:
            cell = self.theirs.facts[fact].cell is not None
            if cell and claim in self._backed and self.finder.judged(claim, fact).agrees:
                self._rows.setdefault(claim, []).append(fact)
        self._settle(scored, CERTAIN)
        self._settle(self._by_company(agreeing=True), 1.0)
        self._settle(scored, LIKELY)
        self._settle(self._by_company(agreeing=False), LIKELY)
        moved = Moved(self.state)
        moved.exchanged()
        Alone(self.state).run()
        self._settle(self._by_company(agreeing=True), 1.0)
        self._settle(self._by_elimination(), 0.0)
        Alone(self.state).of_one_unit()
        Alone(self.state).rounded()
        moved.exchanged()
        moved.copied()
        self._settle(self._by_company(agreeing=True), 1.0)

    def _settle(self, scored: Iterable[Scored], least: float) -> None:
        """The best pairs first; a fact that is used already can support again, but not be contradicted.

        least: the likeness from which on a pair may be a contradiction.
        """
        for _, claim, fact, likeness in scored:
            if claim in self.state.pairs:
                continue
            comparison = self.finder.judged(claim, fact)
            if comparison.agrees and self._told_beside(claim, fact):
                continue
            if comparison.agrees and least >= CERTAIN and self._by_chance(claim, fact, likeness):
                continue
            if comparison.why is Why.ROUNDED and likeness < CERTAIN and fact in self.state.users:
                continue  # 合计18亿元 is not the 17.5亿元 told before
            taken = fact in self.state.users and (claim in self._backed or not self._retold(fact, likeness))
            if comparison.agrees or (likeness >= least and not taken and not self._in_row(claim, fact)):
                self.state.pair(claim, fact, likeness)

    def _by_chance(self, claim: int, fact: int, likeness: float) -> bool:
        """Whether a fact has little but its value in common with a claim, and another has that value too: company tells."""
        return likeness < WEAK and any(
            i != fact and self.finder.judged(claim, i).agrees for i in self.finder.by_value(claim)
        )

    def _told_beside(self, claim: int, fact: int) -> bool:
        """Whether the claim's own sentence tells the fact already, and its row holds that value once more (287, 287)."""
        mine, row = self.mine.facts[claim].sentence, self.theirs.facts[fact].sentence
        return any(self.mine.facts[c].sentence == mine for c in self.state.users.get(fact, ())) and any(
            self.theirs.facts[i].sentence == row and i != fact and i not in self.state.users
            for i in self._rows.get(claim, ())
        )

    def _in_row(self, claim: int, fact: int) -> bool:
        """Whether the row of a table that seems to contradict a claim holds the claim's value too (扣分21，已整改18)."""
        row = self.theirs.facts[fact].sentence
        return any(
            self.theirs.facts[i].sentence == row and i != fact and i not in self.state.users
            for i in self._rows.get(claim, ())
        )

    def _by_company(self, *, agreeing: bool) -> list[Scored]:
        """Open claims and the facts that stand with those of the claim's neighbours."""
        homes = {i: group.members for group in self.mine.sentences for i in group.members}
        rooms = {i: group.members for group in self.theirs.sentences for i in group.members}
        scored = []
        for claim in self.state.open_claims():
            if self.mine.facts[claim].kind not in COUNTED:
                continue
            near = self._company(homes[claim], rooms) | self._in_column(claim, homes[claim])
            found = []
            for fact, near_by in near.items():
                a, b = self.mine.facts[claim], self.theirs.facts[fact]
                comparison = self.finder.judged(claim, fact)
                likeness = min(0.9, self.finder.likeness(claim, fact) + near_by + self._noun(claim, fact))
                if comparison.agrees and b.cell is not None and mean(a, b):
                    continue
                if comparison.agrees and agreeing and likeness >= needed(a, comparison):
                    scored.append((likeness + bonus(a, comparison), claim, fact, likeness))
                elif (
                    not agreeing
                    and fact not in self.state.users
                    and likeness >= LIKELY
                    and same_measure(a, b, comparison)
                ):
                    found.append((likeness, claim, fact, likeness))
            found.sort(reverse=True)
            if found and (len(found) == 1 or found[0][0] - found[1][0] >= 0.1):
                scored.append(found[0])
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        return scored

    def _in_column(self, claim: int, home: tuple[int, ...]) -> dict[int, float]:
        """What stands below or above a neighbour's cell, in the row that is named right before the claim (6月的3件)."""
        a = self.mine.facts[claim]
        words = self.mine.between(a, max(a.sentence[0], a.start - _HEAD_BEFORE), a.start)
        near: dict[int, float] = {}
        for other in home[:_COMPANY]:
            fact, pair = self.state.index.get(other), self.state.pairs.get(other)
            if fact is None or pair is None or not pair.agrees or pair.fact.cell is None:
                continue
            for i in self._columns.get(_column(pair.fact), ())[:_COMPANY]:
                label = self.theirs.row(i)
                if i != fact and len(label) > 1 and label in words:
                    near[i] = TOGETHER + OF_ITS_ROW
        return near

    @cached_property
    def _columns(self) -> dict[tuple[str, int, str], list[int]]:
        """The facts of each column of the sources' tables."""
        found: dict[tuple[str, int, str], list[int]] = defaultdict(list)
        for i, fact in enumerate(self.theirs.facts):
            if fact.cell is not None:
                found[_column(fact)].append(i)
        return found

    def _noun(self, claim: int, fact: int) -> float:
        """What it adds that the same noun follows both amounts (12个项目)."""
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        if not a.kind is b.kind is Kind.QUANTITY:
            return 0.0
        thing = self.mine.between(a, a.end, a.end + 2)
        return SAME_NOUN if len(thing) == 2 and thing == self.theirs.between(b, b.end, b.end + 2) else 0.0

    def _by_elimination(self) -> list[Scored]:
        """What is left on both sides belongs together where each is the other's best, if only by a few words."""
        homes = {i: group.members for group in self.mine.sentences for i in group.members}
        rooms = {i: group.members for group in self.theirs.sentences for i in group.members}
        left = {i for i in self.state.open_facts() if self.theirs.facts[i].kind in COUNTED}
        scored = []
        for claim in self.state.open_claims():
            if (
                self.mine.facts[claim].kind not in COUNTED
                and self.mine.facts[claim].kind is not Kind.PLACEHOLDER
            ):
                continue
            near = self._company(homes[claim], rooms)
            for fact in dict.fromkeys((*self.finder.by_words(claim), *near)):
                if fact in left:
                    likeness = min(0.9, self.finder.alike(claim, fact) + near.get(fact, 0.0))
                    if likeness >= self._least(claim, fact):
                        mine, theirs = number(self.mine.facts[claim]), number(self.theirs.facts[fact])
                        turned = sorted(mine) == sorted(theirs)  # 5.4 for 4.5
                        scored.append((likeness + BESIDE * turned, claim, fact, likeness))
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        return scored

    def _least(self, claim: int, fact: int) -> float:
        """How alike two left-over figures must be: less where a slip of the pen would explain the rest."""
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        found = self.finder.judged(claim, fact)
        if a.kind is Kind.PLACEHOLDER:
            return 0.25 if b.kind is Kind.QUANTITY and a.unit else 9.0  # *街道 stands for no figure
        if (a.kind in DATES) != (b.kind in DATES):
            return 9.0
        if a.kind in DATES and found.why is Why.UNKNOWN:
            return 0.32  # 5月38日 is no day, but means one
        ahead = a.planned and plans.looks_ahead(self.theirs.sentence(fact))
        more = 0.15 if a.planned != b.planned and not ahead else 0.0
        if (a.unit == "倍") != (b.unit == "倍"):
            return 9.0
        if a.kind is not b.kind and number(a) == number(b) == "一":
            return 9.0  # 一半, of 一个
        if number(a) == number(b) and distinct_digits(a) >= 3:
            return 0.1 + more
        if same_measure(a, b, found) and slip(number(a), number(b)):
            return 0.14 + more
        if found.why is Why.MAGNITUDE and not rivalrous(a, b, found):
            return 9.0
        if number(a) == number(b) or found.why in (Why.MAGNITUDE, Why.SIGN):
            return 0.2 + more
        return 0.32 + more if same_measure(a, b, found) else 9.0

    def _company(self, home: tuple[int, ...], rooms: dict[int, tuple[int, ...]]) -> dict[int, float]:
        """Facts beside those that the claims of one sentence are about, and what that is worth."""
        near: dict[int, float] = {}
        for other in home[:_COMPANY]:
            fact = self.state.index.get(other)
            pair = self.state.pairs.get(other)
            if fact is None or pair is None:
                continue
            slipped = pair.comparison.why in (Why.UNIT, Why.MAGNITUDE)
            if not (pair.agrees or pair.likeness >= CERTAIN or (slipped and pair.likeness >= LIKELY)):
                continue
            for i in range(max(0, fact - 2), min(len(self.theirs.facts), fact + 3)):
                if self.theirs.facts[i].source == self.theirs.facts[fact].source:
                    near.setdefault(i, TOGETHER if self._one_row(i, fact) else BESIDE)
            for i in rooms[fact][:_COMPANY]:
                near[i] = TOGETHER
        return near

    def _one_row(self, one: int, two: int) -> bool:
        """Whether two facts stand in one row of a table: this year's value and last year's."""
        a, b = self.theirs.facts[one], self.theirs.facts[two]
        return one != two and a.cell is not None and b.cell is not None and a.sentence == b.sentence

    def _retold(self, fact: int, likeness: float) -> bool:
        """Whether a claim may contradict a fact that another claim states: only in nearly the same words."""
        return likeness >= 0.9 and not any(
            self.state.pairs[c].likeness >= likeness for c in self.state.users[fact]
        )

    def _weigh(self, claim: int, fact: int) -> Iterable[Scored]:
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        comparison = self.finder.judged(claim, fact)
        if comparison.why is Why.KIND or b.kind not in PAIRED or too_wide(a, b):
            return
        if (a.unit == "倍") != (b.unit == "倍"):
            return  # 是上年的3倍 is no 3个
        likeness = self.finder.likeness(claim, fact)
        if comparison.agrees:
            if likeness < CERTAIN and b.cell is not None and mean(a, b):
                return  # 平均约3.1亿元 is not the 3.1亿元 of a row
            label = self.theirs.row(fact)
            reach = _HEAD_BEFORE if len(label) < _LONG_HEAD else _FAR
            start = min(a.clause[0], max(a.sentence[0], a.start - reach))
            if len(label) > 1 and label in self.mine.between(a, start, a.clause[1]):
                likeness = min(0.9, likeness + OF_ITS_ROW)  # 西渡社区88.4分、第4位
                if _one_part(a, b):
                    likeness = min(0.9, likeness + OF_ITS_PART)  # 最多的是1月，达4.54亿元
            if likeness >= needed(a, comparison):
                yield likeness + bonus(a, comparison), claim, fact, likeness
        elif likeness >= LIKELY and a.planned == b.planned and rivalrous(a, b, comparison):
            slipped = comparison.why in (Why.SIGN, Why.UNIT, Why.MAGNITUDE) and distinct_digits(a) >= 2
            yield likeness + (0.15 if slipped else 0.0), claim, fact, likeness


def _one_part(a: Fact, b: Fact) -> bool:
    """Whether two figures belong to one month or quarter."""
    one, two = a.period, b.period
    if one is None or two is None or one.start is None or one.end is None:
        return False
    return (one.start, one.end) == (two.start, two.end) and (one.end - one.start).days < _PART


def _column(fact: Fact) -> tuple[str, int, str]:
    """A cell's source and table, and what its row is not: the column's letter, else what it counts."""
    letters = _LETTERS.search(fact.locator)
    return fact.source, fact.cell[0] if fact.cell else -1, letters[1] if letters else ""
