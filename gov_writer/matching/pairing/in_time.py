"""Values told of the wrong time: last year's for this year's, or the two exchanged (由5天降到12天).

A figure that a source has agrees with it, whatever the words say of its time. Where the source states both values side
by side (接待来访86批次，上年114批次), the draft's time decides which of the two is meant.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from gov_writer.domain import FIGURES, Fact
from gov_writer.matching import subjects, units
from gov_writer.matching.finding import FROM, judge
from gov_writer.matching.pairing.state import State
from gov_writer.matching.passages import plans
from gov_writer.text.lazy import lazy

#: Words of a comparison before a figure: it is the other time's value, whatever period it was bound to.
_COMPARED = lazy(
    r"(?:比|较|相比|对比|同比|由|从|自|上年|去年|上期|同期|年初|原来?|此前|之前|目标|任务|计划)[^，。；]{0,8}$"
)
_NEAR = 4
_AIMED = lazy(r"(?:(?:今年|全年|年度|年初)?(?:目标|任务|计划|指标)(?:数|值|为|是)?)$")
_ARROW = lazy("\\s*(?:→|—>|->|=>|⇒)\\s*")
#: A result that names nothing itself: 适老化改造计划60户，已完成54户.
_DONE = lazy(r"\S{0,8}?(?:已|实际)?完成")
_AIM = lazy(r"目标|任务|计划|指标|(?<!公共)(?<!基金)(?<!政府)预算|应")


class InTime:
    """Looks at pairs that agree in value, and moves those that belong to another time."""

    def __init__(self, state: State) -> None:
        self.state, self.mine, self.theirs = state, state.mine, state.theirs

    def run(self) -> None:
        self._exchanged()
        self._misdated()
        self._misplaced()

    def _exchanged(self) -> None:
        """Two claims that agree with two values of one thing, in the other order of time."""
        homes: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for claim, pair in self.state.pairs.items():
            if pair.agrees and pair.claim.kind in FIGURES and pair.claim.cell is None:
                homes[(pair.claim.source, *pair.claim.sentence)].append(claim)
        for members in homes.values():
            members.sort()
            for n, one in enumerate(members):
                for two in members[n + 1 : n + 3]:
                    f, g = self.state.index.get(one), self.state.index.get(two)
                    if f is None or g is None or f == g or two - one > 3:
                        continue
                    if not (self._siblings(f, g) or self._by_arrow(f, g)):
                        continue
                    a, b = self.mine.facts[one], self.mine.facts[two]
                    if not (units.same(a.unit, b.unit) and self.state.pairs[one].agrees):
                        continue
                    told, known = order(a, b), order(self.theirs.facts[f], self.theirs.facts[g])
                    known = known or self._by_arrow(f, g)
                    if told and known and told != known:
                        self._move(one, g)
                        self._move(two, f)

    def _by_arrow(self, f: int, g: int) -> int:
        """1 or -1 where an arrow leads from one value to the other (9天→5.5天), else 0."""
        one, two = sorted((self.theirs.facts[f], self.theirs.facts[g]), key=lambda fact: fact.start)
        if one.source != two.source or two.start - one.end > 4:
            return 0
        arrow = _ARROW.fullmatch(self.theirs.between(one, one.end, two.start))
        return 0 if arrow is None else 1 if one is self.theirs.facts[f] else -1

    def _misdated(self) -> None:
        """Moves what ``_of_other_time`` finds, unless one period dates several: then the period is wrong."""
        found = list(self._of_other_time())
        dated = Counter(self._period_of(claim) for claim, _ in found)
        for claim, fact in found:
            key = self._period_of(claim)
            if claim in self.state.pairs and (key is None or dated[key] < 2):
                self._move(claim, fact)

    def _period_of(self, claim: int) -> tuple[str, tuple[int, int], str] | None:
        """The period of a claim, where its own clause or sentence names it."""
        fact = self.mine.facts[claim]
        if fact.period is None or fact.period.text not in self.mine.sentence(claim):
            return None
        return fact.source, fact.sentence, fact.period.text

    def _of_other_time(self) -> Iterator[tuple[int, int]]:
        """A claim of this period that has the value of another, where nobody else tells the right one."""
        for claim, pair in list(self.state.pairs.items()):
            if not pair.agrees or pair.claim.kind not in FIGURES or pair.claim.cell is not None:
                continue
            aim = pair.fact.planned or bool(_AIMED.search(pair.fact.subject))
            aimed = aim and not _AIM.search(pair.claim.subject + self.mine.before(claim, 12))
            ahead = pair.claim.planned and plans.looks_ahead(
                self.mine.between(pair.claim, *pair.claim.clause)
            )
            if ahead or not (aimed or _apart(pair.claim, pair.fact)) or self._compares(claim):
                continue
            f = self.state.index[claim]
            for g in range(max(0, f - _NEAR), min(len(self.theirs.facts), f + _NEAR + 1)):
                if g == f or self._stated(g) or not (self._siblings(f, g) or (aimed and self._result(f, g))):
                    continue
                other = self.theirs.facts[g]
                if (aimed or not _AIM.search(pair.claim.subject)) and (
                    (other.planned and not _DONE.fullmatch(other.subject)) or _AIMED.search(other.subject)
                ):
                    continue
                if _within(pair.claim, other) and not judge(pair.claim, other).agrees:
                    yield claim, g
                    break

    def _misplaced(self) -> None:
        """A claim told of one community with the value of another: the right fact, or that it is another's."""
        owners = self.state.finder.owners
        for claim, pair in list(self.state.pairs.items()):
            same = pair.agrees or pair.claim.value == pair.fact.value  # 其中甲小区99.2%, of 乙小区最高99.2%
            if not same or pair.claim.kind not in FIGURES or not owners.apart(claim, self.state.index[claim]):
                continue
            f = self.state.index[claim]
            own = owners.of(0, claim)
            if any(name in self.mine.sentence(claim) for name in owners.of(1, f)):
                continue
            near = (
                *range(max(0, f - 24), min(len(self.theirs.facts), f + 25)),
                *self.state.finder.kindred(f),
            )
            for g in near:
                other = self.theirs.facts[g]
                alike = other.kind is pair.fact.kind and units.same(other.unit, pair.fact.unit)
                if (
                    alike
                    and not own.isdisjoint(owners.of(1, g))
                    and self._same_thing(f, g)
                    and not self._stated(g)
                ):
                    if not judge(pair.claim, other).agrees:
                        self._move(claim, g)
                    break
            else:
                self.state.foreign.add(claim)

    def _same_thing(self, f: int, g: int) -> bool:
        """Whether two facts count the same thing for two communities."""
        owners = self.state.finder.owners
        words = [self.theirs.facts[i].subject for i in (f, g)]
        for n, i in enumerate((f, g)):
            for name in owners.of(1, i):
                words[n] = words[n].replace(name, "")
        return words[0] == words[1] or subjects.alike(*words) >= 0.6

    def _stated(self, fact: int) -> bool:
        """Whether some claim says what a fact says."""
        return any(self.state.pairs[claim].agrees for claim in self.state.users.get(fact, ()))

    def _compares(self, claim: int) -> bool:
        """Whether the words before a claim tell another time than the one that it was bound to."""
        return bool(_COMPARED.search(self.mine.before(claim, 14))) or bool(
            FROM.search(self.mine.facts[claim].subject)
        )

    def _siblings(self, f: int, g: int) -> bool:
        """Whether two source facts are one thing at two times."""
        a, b = self.theirs.facts[f], self.theirs.facts[g]
        if a.source != b.source or a.kind is not b.kind or not units.same(a.unit, b.unit):
            return False
        if a.sentence != b.sentence and a.cell is None:
            return a.locator == b.locator and b.cell is None and _bare(a.subject) == _bare(b.subject) != ""
        if a.cell is not None and (b.cell is None or a.sentence != b.sentence):
            return False
        if a.cell is not None and _prefix(a.subject, b.subject) >= max(
            3, min(len(a.subject), len(b.subject)) // 2
        ):
            return True
        return subjects.alike(_bare(a.subject), _bare(b.subject)) >= 0.75

    def _result(self, f: int, g: int) -> bool:
        """Whether a figure is the result beside an aim that names nothing else: 拆违1.92万平方米，今年目标1.5万平方米."""
        a, b = self.theirs.facts[f], self.theirs.facts[g]
        near = abs(f - g) <= 2 and a.source == b.source and a.sentence == b.sentence
        if not near or not units.same(a.unit, b.unit):
            return False
        return not _bare(_AIMED.sub("", a.subject)) or bool(_DONE.fullmatch(b.subject))

    def _move(self, claim: int, fact: int) -> None:
        likeness = max(self.state.pairs[claim].likeness, 0.6)
        self.state.unpair(claim)
        self.state.pair(claim, fact, likeness)


def order(a: Fact, b: Fact) -> int:
    """1 if the first is the earlier value, -1 if the second is, 0 if nothing tells."""
    if a.mention.value == b.mention.value:
        return 0
    first, second = bool(FROM.search(a.subject)), bool(FROM.search(b.subject))
    if first is not second:
        return 1 if first else -1
    if _apart(a, b) and a.period and b.period and a.period.end and b.period.end:
        return 1 if a.period.end < b.period.end else -1
    return 0


def _apart(a: Fact, b: Fact) -> bool:
    """Whether two figures belong to known periods that share no day, or one to the beginning of the other."""
    one, two = a.period, b.period
    if one and two and one.end and two.end and (one.start is None) is not (two.start is None):
        return one.end.year != two.end.year  # 截至11月底 and 2024年
    if not (one and two and one.days and two.days):
        return False
    if one.apart(two):
        return True
    return one.end != two.end and ("初" in one.text) is not ("初" in two.text)


def _within(claim: Fact, fact: Fact) -> bool:
    """Whether a fact's period is the claim's."""
    one, two = claim.period, fact.period
    if not (one and two and one.end and two.end):
        return False
    return not _apart(claim, fact) and one.end.year == two.end.year


def _prefix(a: str, b: str) -> int:
    """How many characters two subjects begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _bare(subject: str) -> str:
    return re.sub(r"[由从自]$|(?:降|升|增|减|提高|缩短|上升|下降|增加|减少|扩大|压缩)[到至为]?$", "", subject)
