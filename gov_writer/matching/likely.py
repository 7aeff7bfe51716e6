"""The likely pass: what the words around two figures share, and what their neighbours tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gov_writer.domain import COUNTED, DATES, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.alone import Alone
from gov_writer.matching.finding import judge, number, sense, slip
from gov_writer.matching.state import PAIRED, SURE, State
from gov_writer.matching.values import Comparison, Verdict, Why
from gov_writer.text.lazy import lazy

#: From this likeness on two figures are about the same thing; from the second on nobody would doubt it.
LIKELY, CERTAIN = 0.5, 0.72
#: What it adds to a likeness that the neighbours in the text are neighbours in the source: sentence, line.
TOGETHER, BESIDE = 0.3, 0.15
_COMPANY = 30
#: What the words right beside two figures add when the question is whether they changed places.
BESIDE_WORDS = 0.25

#: (score, claim, fact, likeness)
Scored = tuple[float, int, int, float]


class Likely:
    """Pairs what is left of claims and facts, the best first."""

    def __init__(self, state: State) -> None:
        self.state, self.finder = state, state.finder
        self.mine, self.theirs = state.mine, state.theirs
        self._backed: set[int] = set()  # claims that some fact could support

    def run(self) -> None:
        """Supports and beyond doubt contradictions first, then what the company tells, then the rest."""
        scored: list[Scored] = []
        for claim in self.state.open_claims():
            if self.mine.facts[claim].kind not in COUNTED:
                continue
            for fact in self.finder.candidates(claim):
                scored.extend(self._weigh(claim, fact))
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        self._backed = {
            claim
            for _, claim, fact, _ in scored
            if judge(self.mine.facts[claim], self.theirs.facts[fact]).agrees
        }
        self._settle(scored, CERTAIN)
        self._settle(self._by_company(agreeing=True), 1.0)
        self._settle(scored, LIKELY)
        self._settle(self._by_company(agreeing=False), LIKELY)
        self._exchanged()
        Alone(self.state).run()
        self._settle(self._by_company(agreeing=True), 1.0)
        self._settle(self._by_elimination(), 0.0)
        Alone(self.state).of_one_unit()
        self._copied()
        self._settle(self._by_company(agreeing=True), 1.0)

    def _settle(self, scored: Iterable[Scored], least: float) -> None:
        """The best pairs first; a fact that is used already can support again, but not be contradicted.

        least: the likeness from which on a pair may be a contradiction.
        """
        for _, claim, fact, likeness in scored:
            if claim in self.state.pairs:
                continue
            comparison = judge(self.mine.facts[claim], self.theirs.facts[fact])
            taken = fact in self.state.users and (claim in self._backed or not self._retold(fact, likeness))
            if comparison.agrees or (likeness >= least and not taken):
                self.state.pair(claim, fact, likeness)

    def _by_company(self, *, agreeing: bool) -> list[Scored]:
        """Open claims and the facts that stand with those of the claim's neighbours."""
        homes = {i: group.members for group in self.mine.sentences for i in group.members}
        rooms = {i: group.members for group in self.theirs.sentences for i in group.members}
        scored = []
        for claim in self.state.open_claims():
            if self.mine.facts[claim].kind not in COUNTED:
                continue
            near = self._company(homes[claim], rooms)
            found = []
            for fact, bonus in near.items():
                a, b = self.mine.facts[claim], self.theirs.facts[fact]
                comparison = judge(a, b)
                likeness = min(0.9, self.finder.likeness(claim, fact) + bonus)
                if comparison.agrees and agreeing and likeness >= needed(a, comparison):
                    scored.append((likeness + _bonus(a, comparison), claim, fact, likeness))
                elif (
                    not agreeing
                    and fact not in self.state.users
                    and likeness >= LIKELY
                    and _same_measure(a, b, comparison)
                ):
                    found.append((likeness, claim, fact, likeness))
            found.sort(reverse=True)
            if found and (len(found) == 1 or found[0][0] - found[1][0] >= 0.1):
                scored.append(found[0])
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        return scored

    def _exchanged(self) -> None:
        """Two figures that each stand in the other's words have changed places, though both are sourced.

        Tried are claims that are not certain, and only with facts whose number stands in another such claim.
        """
        loose = [i for i, f in enumerate(self.mine.facts) if f.kind in COUNTED and self._loose(i)]
        claims: dict[str, list[int]] = defaultdict(list)
        for i in loose:
            claims[number(self.mine.facts[i])].append(i)
        facts: dict[str, list[int]] = defaultdict(list)
        for i, known in enumerate(self.theirs.facts):
            if (digits := number(known)) in claims:
                facts[digits].append(i)
        scored = sorted(
            (s for i in loose for s in self._exchanges(i, claims, facts)), key=lambda s: (-s[0], s[1:])
        )
        done: set[int] = set()
        for _, one, f, two, g in scored:
            if not done.intersection((one, two)):
                done |= {one, two}
                for claim, fact in ((one, f), (two, g)):
                    if claim in self.state.pairs:
                        self.state.unpair(claim)
                    self.state.pair(claim, fact, max(self.finder.alike(claim, fact), SURE))

    def _copied(self) -> None:
        """A value that stands twice, once in other company, where a fact of that company is told by nobody: it was
        copied over (罚款43.2万元 of one office, written for the 21.5万元 of another)."""
        homes = {i: group.members for group in self.mine.sentences for i in group.members}
        rooms = {i: group.members for group in self.theirs.sentences for i in group.members}
        for fact, users in [(f, list(u)) for f, u in self.state.users.items() if len(u) > 1]:
            beside = {claim: self._mates(homes[claim], claim) for claim in users}
            at_home = [c for c in users if any(mate in rooms[fact] for mate in beside[c])]
            for claim in users if at_home else ():
                if claim in at_home or not self.state.pairs[claim].agrees:
                    continue
                near = {i for mate in beside[claim] for i in rooms[mate]}
                a, own = self.mine.facts[claim], self._fits(claim, fact)
                meant = [
                    (self._fits(claim, i), i)
                    for i in near
                    if not any(self.state.pairs[c].agrees for c in self.state.users.get(i, ()))
                    and _same_measure(a, self.theirs.facts[i], judge(a, self.theirs.facts[i]))
                ]
                if meant and max(meant)[0] > max(own, LIKELY):
                    self.state.unpair(claim)
                    self.state.pair(claim, max(meant)[1], max(self.finder.alike(claim, max(meant)[1]), SURE))

    def _mates(self, home: tuple[int, ...], claim: int) -> list[int]:
        """The facts that the other claims of a sentence agree with."""
        index, pairs = self.state.index, self.state.pairs
        return [index[c] for c in home[:_COMPANY] if c != claim and c in index and pairs[c].agrees]

    def _loose(self, claim: int) -> bool:
        pair = self.state.pairs.get(claim)
        return pair is None or not pair.agrees or (pair.likeness < 0.995 and claim not in self.state.equal)

    def _exchanges(
        self, one: int, claims: dict[str, list[int]], facts: dict[str, list[int]]
    ) -> Iterable[tuple[float, int, int, int, int]]:
        """Ways in which a claim may have changed places: (gain, claim, its fact, other claim, its fact)."""
        mine = number(self.mine.facts[one])
        for f in dict.fromkeys((*self.finder.by_words(one), *self._rooms(one))):
            theirs = number(self.theirs.facts[f])
            if theirs == mine or theirs not in claims or self._else(one, f):
                continue
            if _family(self.mine.facts[one]) != _family(self.theirs.facts[f]):
                continue
            first, measured = self._fits(one, f), self._measure(one, f, facts[mine])
            own = self._own(one, facts[mine])
            for two in claims[theirs][:4]:
                for g in facts[mine][:4]:
                    if two <= one or g == f or self._else(two, g):
                        continue
                    second, others = self._fits(two, g), self._own(two, facts[theirs])
                    gain = first + second - own - others
                    if measured and self._measure(two, g, facts[theirs]):
                        gain += 2 * measured
                    if gain < 0.2:
                        continue
                    moved = (first >= own or self._taken(two, second, own)) and (
                        second >= others or self._taken(one, first, others)
                    )
                    if (moved and min(first, second) >= 0.15) or self._together(one, f, two, g):
                        yield gain, one, f, two, g

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
        return self.finder.alike(claim, fact) + BESIDE_WORDS * self.finder.close(claim, fact)

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
                        scored.append((likeness, claim, fact, likeness))
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        return scored

    def _least(self, claim: int, fact: int) -> float:
        """How alike two left-over figures must be: less where a slip of the pen would explain the rest."""
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        found = judge(a, b)
        if a.kind is Kind.PLACEHOLDER:
            return 0.25 if b.kind is Kind.QUANTITY else 9.0
        if (a.kind in DATES) != (b.kind in DATES):
            return 9.0
        if a.kind in DATES and found.why is Why.UNKNOWN:
            return 0.32  # 5月38日 is no day, but means one
        more = 0.15 if a.planned != b.planned else 0.0
        if number(a) == number(b) and _distinct_digits(a) >= 3:
            return 0.1 + more
        if _same_measure(a, b, found) and slip(number(a), number(b)):
            return 0.14 + more
        if number(a) == number(b) or found.why in (Why.MAGNITUDE, Why.SIGN):
            return 0.2 + more
        return 0.32 + more if _same_measure(a, b, found) else 9.0

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
        comparison = judge(a, b)
        if comparison.why is Why.KIND or b.kind not in PAIRED or _too_wide(a, b):
            return
        likeness = self.finder.likeness(claim, fact)
        if comparison.agrees:
            if likeness >= needed(a, comparison):
                yield likeness + _bonus(a, comparison), claim, fact, likeness
        elif likeness >= LIKELY and a.planned == b.planned and _rivalrous(a, b, comparison):
            slipped = comparison.why in (Why.SIGN, Why.UNIT, Why.MAGNITUDE) and _distinct_digits(a) >= 2
            yield likeness + (0.15 if slipped else 0.0), claim, fact, likeness


def _family(fact: Fact) -> str:
    """What may change places with what: dates with dates, ranks with ranks, numbers with numbers."""
    return "date" if fact.kind in DATES else "rank" if fact.kind is Kind.RANK else "number"


def needed(claim: Fact, comparison: Comparison) -> float:
    """How alike the surroundings must be before an agreeing value counts as support.

    8753 hardly agrees by chance, 3个 does all the time.
    """
    digits = _distinct_digits(claim)
    least = {1: 0.34, 2: 0.26, 3: 0.16}.get(digits, 0.08)
    return least if comparison.verdict is Verdict.SAME else least + 0.08


def _distinct_digits(claim: Fact) -> int:
    if claim.kind in DATES:
        return 3
    if claim.kind is Kind.RANK and claim.text[0] in "全第" and len(claim.text) >= 4:
        return 4  # 全市第2名 is told with its field
    if claim.value is None:
        return 1
    return len(str(abs(claim.value)).replace(".", "").strip("0")) or 1


def _bonus(claim: Fact, comparison: Comparison) -> float:
    base = 0.3 if comparison.verdict is Verdict.SAME else 0.2
    return base + 0.02 * min(_distinct_digits(claim), 5)


def _too_wide(claim: Fact, fact: Fact) -> bool:
    """Whether a day would rest on a quarter or a year."""
    if claim.kind not in DATES or fact.kind is not Kind.PERIOD:
        return False
    start, end = fact.mention.date_start, fact.mention.date_end
    return start is None or end is None or (end - start).days > 31


_AVERAGE = lazy("[人户件村月日场次]均|平均|每[人户件村月日天]")


def _rivalrous(claim: Fact, fact: Fact, comparison: Comparison) -> bool:
    """Whether a claim that does not agree can be said to contradict the fact."""
    if comparison.verdict is Verdict.DIFFERENT:
        if comparison.why is not Why.VALUE:
            return True
        change = claim.mention.sub == "delta" and sense(fact) == 0  # 增加385件 does not contradict 1240件
        average = _AVERAGE.search(claim.subject) and not _AVERAGE.search(fact.subject + fact.text)
        return not (change or average)
    return comparison.why is Why.UNIT and claim.value is not None and claim.value == fact.value


def _same_measure(claim: Fact, fact: Fact, comparison: Comparison) -> bool:
    """Whether two figures that differ measure the same way, so that one can only be meant for the other."""
    if claim.kind is not fact.kind or not _rivalrous(claim, fact, comparison):
        return False
    return claim.kind is not Kind.QUANTITY or units.same(claim.unit, fact.unit)
