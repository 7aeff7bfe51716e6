"""The pass for figures that stand where another belongs: exchanged with it, or copied over."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gov_writer.domain import COUNTED, DATES, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.finding import in_full, judge, number
from gov_writer.matching.pairing.state import SURE, State
from gov_writer.matching.pairing.worth import LIKELY, same_measure
from gov_writer.text.lazy import lazy

#: Figures of one sentence that are looked at.
_COMPANY = 30
#: What the words right beside two figures add when the question is whether they changed places.
BESIDE_WORDS = 0.25
#: What an exchange must gain where nothing but words tells of one.
_IN_ORDER = 0.7
#: And what must speak for another fact of the same company (14名网格员、14名楼栋长).
_COPIED = 0.3
_HUNDRED = 100
_EACH = lazy("每")
_NUMERAL = lazy(r"[\d０-９〇零一二两三四五六七八九十百千]")


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The digits of all claims and of all facts; and who has them: the loose claims, and the facts with a loose claim's."""

    mine: list[str]
    theirs: list[str]
    in_full: bool = False
    claims: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


class Moved:
    """Pairs such a figure with the fact in whose words it stands, so that it is told as a contradiction."""

    def __init__(self, state: State) -> None:
        self.state, self.finder = state, state.finder
        self.mine, self.theirs = state.mine, state.theirs
        self._fit: dict[int, dict[int, float]] = defaultdict(dict)  # by claim, then by fact

    def exchanged(self) -> None:
        """Two figures that each stand in the other's words have changed places, though both are sourced.

        Tried are claims that are not certain, and only with facts whose number stands in another such claim.
        """
        self._exchanged(number)
        if any(_in_words(f) for side in (self.mine, self.theirs) for f in side.facts):
            self._exchanged(in_full)  # 1.8万亩 and 一万八千亩

    def _exchanged(self, written: Callable[[Fact], str]) -> None:
        """written: how the numbers of two figures are compared."""
        loose = [
            i
            for i, f in enumerate(self.mine.facts)
            if f.kind in COUNTED and _NUMERAL.search(f.text) and self._loose(i)
        ]
        mine, theirs = ([written(f) for f in side.facts] for side in (self.mine, self.theirs))
        numbers = _Numbers(mine, theirs, in_full=written is in_full)
        for i in loose:
            numbers.claims[numbers.mine[i]].append(i)
        for i, digits in enumerate(numbers.theirs):
            if digits in numbers.claims:
                numbers.facts[digits].append(i)
        own = {i: self._own(i, numbers.facts[numbers.mine[i]]) for i in loose}
        scored = sorted(
            (s for i in loose for s in self._exchanges(i, numbers, own)), key=lambda s: (-s[0], s[1:])
        )
        done: set[int] = set()
        for _, one, f, two, g in scored:
            if not done.intersection((one, two)):
                done |= {one, two}
                for claim, fact in ((one, f), (two, g)):
                    if claim in self.state.pairs:
                        self.state.unpair(claim)
                    self.state.pair(claim, fact, max(self.finder.alike(claim, fact), SURE))

    def copied(self) -> None:
        """A value that stands twice, once in other company, where a fact of that company is told by nobody: it was
        copied over (罚款43.2万元 of one office, written for the 21.5万元 of another)."""
        homes = {i: group.members for group in self.mine.sentences for i in group.members}
        rooms = {i: group.members for group in self.theirs.sentences for i in group.members}
        for fact, users in [(f, list(u)) for f, u in self.state.users.items() if len(u) > 1]:
            beside = {claim: self._mates(homes[claim], claim) for claim in users}
            at_home = [c for c in users if any(mate in rooms[fact] for mate in beside[c])]
            for claim in users if at_home else ():
                if not self.state.pairs[claim].agrees or len(self.state.users.get(fact, ())) < 2:
                    continue
                near = {i for mate in beside[claim] for i in rooms[mate]}
                a, own = self.mine.facts[claim], self._fits(claim, fact)
                meant = [
                    (self._fits(claim, i), i)
                    for i in near
                    if not any(self.state.pairs[c].agrees for c in self.state.users.get(i, ()))
                    and same_measure(a, self.theirs.facts[i], judge(a, self.theirs.facts[i]))
                ]
                beyond = _COPIED if claim in at_home else 0.0
                if meant and max(meant)[0] > max(own + beyond, LIKELY):
                    self.state.unpair(claim)
                    self.state.pair(claim, max(meant)[1], max(self.finder.alike(claim, max(meant)[1]), SURE))

    def _mates(self, home: tuple[int, ...], claim: int) -> list[int]:
        """The facts that the other claims of a sentence agree with."""
        index, pairs = self.state.index, self.state.pairs
        return [index[c] for c in home[:_COMPANY] if c != claim and c in index and pairs[c].agrees]

    def _loose(self, claim: int) -> bool:
        pair = self.state.pairs.get(claim)
        if pair is not None and pair.agrees and claim in self.state.ordered:
            return False
        return pair is None or not pair.agrees or (pair.likeness < 0.995 and claim not in self.state.equal)

    def _exchanges(
        self, one: int, numbers: _Numbers, own: dict[int, float]
    ) -> Iterable[tuple[float, int, int, int, int]]:
        """Ways in which a claim may have changed places: (gain, claim, its fact, other claim, its fact).

        own: how alike each loose claim and the best fact with its own number are.
        """
        mine = numbers.mine[one]
        same = numbers.facts[mine]
        for f in dict.fromkeys((*self.finder.by_words(one), *self._rooms(one))):
            theirs = numbers.theirs[f]
            if theirs == mine or theirs not in numbers.claims or self._else(one, f):
                continue
            if numbers.in_full and not self._one_measure(one, f):
                continue
            if self._each_for_all(one, f, same):
                continue
            rivals = [two for two in _nearest(numbers.claims[theirs], one) if two > one]
            if not rivals or _family(self.mine.facts[one]) != _family(self.theirs.facts[f]):
                continue
            apart = (self.mine.facts[one].unit == "元") is not (self.theirs.facts[f].unit == "元")
            if apart and any(self.finder.judged(one, i).agrees for i in _nearest(same, f)):
                continue  # 50万元 that a source has changed no place with 9个
            first, measured = self._fits(one, f), self._measure(one, f, same)
            beside = _nearest(same, f)
            for two in rivals:
                for g in beside:
                    if g == f or self._else(two, g) or (numbers.in_full and not self._one_measure(two, g)):
                        continue
                    a, b = self.mine.facts[one], self.mine.facts[two]
                    if a.planned != b.planned and a.sentence != b.sentence:
                        continue  # a plan takes up what was told of the year
                    second = self._fits(two, g)
                    gain = first + second - own[one] - own[two]
                    if measured and self._measure(two, g, numbers.facts[theirs]):
                        gain += 2 * measured
                    if gain < 0.2 or (gain < _IN_ORDER and self._unlikely(one, f, two, g)):
                        continue
                    if self._stated(f, first, one, two) or self._stated(g, second, one, two):
                        continue
                    moved = (first >= own[one] or self._taken(two, second, own[one])) and (
                        second >= own[two] or self._taken(one, first, own[two])
                    )
                    if (moved and min(first, second) >= 0.15) or self._together(one, f, two, g):
                        yield gain, one, f, two, g

    def _stated(self, fact: int, fit: float, *but: int) -> bool:
        """Whether another claim, that fits as well, has a fact's value: then the value has not left its place."""
        users = (c for c in self.state.users.get(fact, ()) if c not in but and self.state.pairs[c].agrees)
        return any(self._fits(c, fact) >= fit for c in users)

    def _each_for_all(self, claim: int, fact: int, same: list[int]) -> bool:
        """Whether what each gets (每个社区5万元) would have changed places with what all get, though a source has it for each."""

        def each(of: Fact) -> bool:
            return _EACH.search(of.subject) is not None

        mine, theirs = self.mine.facts[claim], self.theirs.facts
        return each(mine) != each(theirs[fact]) and any(each(mine) == each(theirs[i]) for i in same[:4])

    def _one_measure(self, claim: int, fact: int) -> bool:
        """Whether both are amounts in one unit."""
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        return a.kind is b.kind is Kind.QUANTITY and units.same(a.unit, b.unit)

    def _together(self, one: int, f: int, two: int, g: int) -> bool:
        """Whether two claims of one clause can only mean two facts of one sentence, in one order or the other."""
        a, b, c, d = self.mine.facts[one], self.mine.facts[two], self.theirs.facts[f], self.theirs.facts[g]
        return (
            a.sentence == b.sentence
            and two - one == 1
            and c.source == d.source
            and c.sentence == d.sentence
            and abs(f - g) == 1
        )

    def _unlikely(self, one: int, f: int, two: int, g: int) -> bool:
        """Whether two figures of a sentence stand in their source's order, or keep their units, and words beside them differ.

        Who exchanges two figures changes their order; who tells a sentence in other words (联系骑手1760名，吸收19名 as
        服务1760名，19名骑手…) does not, and who tells it the other way round takes the unit along.
        """
        a, b, c, d = self.mine.facts[one], self.mine.facts[two], self.theirs.facts[f], self.theirs.facts[g]
        if a.sentence != b.sentence or c.source != d.source or c.sentence != d.sentence or c.cell is not None:
            return False
        if "分别" in self.mine.between(a, a.sentence[0], a.start)[-_COMPANY:]:
            return False  # names first, then figures: nothing stands beside them
        apart = units.kinship(c.unit, d.unit) is units.Kinship.OTHER
        along = apart and units.same(a.unit, d.unit) and units.same(b.unit, c.unit)
        in_order = (a.start < b.start) is (d.start < c.start)
        return (in_order or along) and min(self.finder.close(one, f), self.finder.close(two, g)) == 0

    def _taken(self, claim: int, fit: float, support: float) -> bool:
        """Whether what supports a claim is meant by this other one, which says something else of it."""
        pair = self.state.pairs.get(claim)
        return pair is not None and not pair.agrees and fit - support >= 0.2

    def _else(self, claim: int, fact: int) -> bool:
        """Whether a claim contradicts, beyond doubt, another fact than this one."""
        pair = self.state.pairs.get(claim)
        return (
            pair is not None and not pair.agrees and pair.likeness >= 0.9 and self.state.index[claim] != fact
        )

    def _own(self, claim: int, same: list[int]) -> float:
        """How alike a claim and the best fact with its own number are; 0 where no fact has it."""
        known = set(same[:4])
        if claim in self.state.pairs and self.state.pairs[claim].agrees:
            known.add(self.state.index[claim])
        return max((self._fits(claim, fact) for fact in known), default=0.0)

    def _fits(self, claim: int, fact: int) -> float:
        """How alike two figures are where the words right beside them tell most (6个开工，11个投产)."""
        known = self._fit[claim]
        if fact not in known:
            known[fact] = self.finder.alike(claim, fact) + BESIDE_WORDS * self.finder.close(claim, fact)
        return known[fact]

    def _measure(self, claim: int, fact: int, same: list[int]) -> float:
        """What it adds that a fact is counted as the claim is, and those with its own number are not (41户132人)."""
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        if a.kind is not b.kind or not units.same(a.unit, b.unit):
            return 0.0
        return 0.0 if any(units.same(a.unit, self.theirs.facts[i].unit) for i in same[:4]) else 0.2

    def _rooms(self, claim: int) -> list[int]:
        """The neighbours of the fact that a claim is paired with: figures change places with those."""
        fact = self.state.index.get(claim)
        if fact is None:
            return []
        return [i for i in range(fact - 2, fact + 3) if 0 <= i < len(self.theirs.facts) and i != fact]


def _nearest(of: list[int], to: int) -> list[int]:
    """The four that stand nearest (``of`` ascends): small numbers are everywhere, and neighbours change places."""
    if len(of) <= 4:
        return of
    at = bisect_left(of, to)
    return sorted(of[max(0, at - 4) : at + 4], key=lambda i: abs(i - to))[:4]


def _family(fact: Fact) -> str:
    """What may change places with what: dates with dates, ranks with ranks, numbers with numbers."""
    return "date" if fact.kind in DATES else "rank" if fact.kind is Kind.RANK else "number"


def _in_words(fact: Fact) -> bool:
    """Whether an amount of a hundred and more is written in words (四千八百亩)."""
    at = fact.mention.core_start - fact.start
    return fact.kind is Kind.QUANTITY and fact.text[at : at + 1] > "9" and (fact.value or 0) >= _HUNDRED
