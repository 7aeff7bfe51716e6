"""Which source fact each figure of a draft is about, and whether the two agree.

Three passes, from certain to likely: sentences that are equal (figures apart), clauses that are equal and
stand only once in either text, and last the words that two surroundings share, weighed by how rare they
are. The passes look facts up in indices; no pass compares every claim with every fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gov_writer.domain import COUNTED, DATES, Fact, Kind, Ledger
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import Contexts, Group, dice
from gov_writer.matching.finding import BY_VALUE, Finder, apart_in_time, judge, value_keys
from gov_writer.matching.values import Comparison, Verdict, Why, examine

#: Han characters that two equal surroundings must share before they are taken for the same statement.
SURE_SENTENCE, SURE_CLAUSE = 5, 7
#: From this likeness on two figures are about the same thing; from the second on nobody would doubt it.
LIKELY, CERTAIN = 0.5, 0.72

#: What it adds to a likeness that the neighbours in the text are neighbours in the source: sentence, line.
TOGETHER, BESIDE = 0.3, 0.15
_COMPANY = 30

_PAIRED = COUNTED | {Kind.PERIOD, Kind.PLACEHOLDER}


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim with the fact that it is about.

    claim, fact: from the draft's and the sources' ledger.  likeness: 0–1, 1 where the surroundings are equal.
    """

    claim: Fact
    fact: Fact
    comparison: Comparison
    likeness: float

    @property
    def agrees(self) -> bool:
        return self.comparison.agrees

    @property
    def certain(self) -> bool:
        return self.likeness >= CERTAIN


@dataclass(frozen=True, slots=True)
class Alignment:
    """The draft against its sources.

    pairs: by claim id; a claim without an entry has no fact.  finder: the indices, for whoever looks further.
    repeats: facts that say what a used fact says, by id, with that fact's id.
    rivals: facts that contradict a used fact, by id, with that fact's id.
    """

    pairs: dict[str, Pair]
    repeats: dict[str, str]
    rivals: dict[str, str]
    finder: Finder = field(repr=False)

    @property
    def touched(self) -> frozenset[str]:
        """Ids of facts that some claim is about."""
        return frozenset(pair.fact.id for pair in self.pairs.values())


def align(claims: Ledger, against: Ledger) -> Alignment:
    """Pair the figures, dates, periods and placeholders of a draft with the facts of its sources."""
    work = _Work(Contexts(claims), Contexts(against))
    work.equal_groups(work.mine.sentences, work.theirs.sentences, SURE_SENTENCE, 1.0, unique=False)
    work.equal_groups(
        work.mine.clauses(work.open_claims()),
        work.theirs.clauses(work.open_facts()),
        SURE_CLAUSE,
        0.96,
        unique=True,
    )
    work.reconsider()
    work.by_words()
    pairs = {pair.claim.id: pair for pair in work.pairs.values()}
    repeats, rivals = work.leftovers()
    return Alignment(pairs, repeats, rivals, work.finder)


class _Work:
    """The state between the passes: claims and facts by index."""

    def __init__(self, mine: Contexts, theirs: Contexts) -> None:
        self.mine, self.theirs = mine, theirs
        self.pairs: dict[int, Pair] = {}
        self.index: dict[int, int] = {}  # claim -> fact
        self.users: dict[int, list[int]] = defaultdict(list)  # fact -> claims
        self.finder = Finder(mine, theirs)

    def open_claims(self) -> list[int]:
        return [i for i, f in enumerate(self.mine.facts) if i not in self.pairs and f.kind in _PAIRED]

    def open_facts(self) -> list[int]:
        return [i for i, f in enumerate(self.theirs.facts) if i not in self.users and f.kind in _PAIRED]

    def pair(self, claim: int, fact: int, likeness: float) -> None:
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        self.pairs[claim] = Pair(a, b, judge(a, b), likeness)
        self.index[claim] = fact
        self.users[fact].append(claim)

    def unpair(self, claim: int) -> None:
        del self.pairs[claim]
        fact = self.index.pop(claim)
        self.users[fact].remove(claim)
        if not self.users[fact]:
            del self.users[fact]

    # --- equal surroundings ------------------------------------------------------------------------

    def equal_groups(
        self, mine: Sequence[Group], theirs: Sequence[Group], least: int, likeness: float, *, unique: bool
    ) -> None:
        """Pair groups with equal words, first those with equal figures too, then the rest by agreement."""
        by_raw: dict[str, list[Group]] = defaultdict(list)
        by_mask: dict[str, list[Group]] = defaultdict(list)
        for group in theirs:
            by_raw[group.raw].append(group)
            by_mask[group.masked].append(group)
        taken: set[int] = set()
        rest: dict[str, list[Group]] = defaultdict(list)
        for group in mine:
            same = [g for g in by_raw.get(group.raw, ()) if len(g.members) == len(group.members)]
            if not same or (unique and group.weight < least):
                rest[group.masked].append(group)
                continue
            free = next((g for g in same if g.members[0] not in taken), same[0])
            taken.add(free.members[0])
            self._join(group, free, likeness)
        for masked, groups in rest.items():
            free_groups = [g for g in by_mask.get(masked, ()) if g.members[0] not in taken]
            if not free_groups or groups[0].weight < least:
                continue
            if unique and (len(groups) > 1 or len(by_mask[masked]) > 1):
                continue
            self._by_agreement(groups, free_groups, likeness)

    def _by_agreement(self, groups: list[Group], free: list[Group], likeness: float) -> None:
        """Of groups with the same words, those with most equal figures belong together, then in order."""
        if len(groups) * len(free) > 400:  # a form letter: by order alone
            for group, other in zip(groups, free, strict=False):
                self._join(group, other, likeness)
            return
        scored = [
            (-self._equal(group, other), abs(n - m), n, m)
            for n, group in enumerate(groups)
            for m, other in enumerate(free)
            if len(group.members) == len(other.members)
        ]
        done: set[int] = set()
        gone: set[int] = set()
        for _, _, n, m in sorted(scored):
            if n not in done and m not in gone:
                done.add(n)
                gone.add(m)
                self._join(groups[n], free[m], likeness)

    def _equal(self, group: Group, other: Group) -> int:
        return sum(
            self.mine.facts[a].text == self.theirs.facts[b].text
            for a, b in zip(group.members, other.members, strict=True)
        )

    def _join(self, group: Group, other: Group, likeness: float) -> None:
        for a, b in zip(group.members, other.members, strict=True):
            if a not in self.pairs and self.mine.facts[a].kind in _PAIRED:
                self.pair(a, b, likeness)

    def reconsider(self) -> None:
        """A contradiction on equal words falls when another fact says just that, and nobody else uses it."""
        for claim, pair in list(self.pairs.items()):
            if pair.agrees or pair.claim.kind not in COUNTED:
                continue
            better = self._supporting(claim, free_only=True, least=0.6)
            if better is not None and self.theirs.facts[better[0]].source != pair.fact.source:
                self.unpair(claim)
                self.pair(claim, *better)

    # --- shared words ------------------------------------------------------------------------------

    def by_words(self) -> None:
        """Supports and beyond doubt contradictions first, then what the company tells, then the rest."""
        scored: list[tuple[float, int, int, float]] = []
        for claim in self.open_claims():
            if self.mine.facts[claim].kind not in COUNTED:
                continue
            for fact in self.finder.candidates(claim):
                scored.extend(self._weigh(claim, fact))
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        self._settle(scored, CERTAIN)
        self._settle(self._by_company(agreeing=True), 1.0)
        self._settle(scored, LIKELY)
        self._settle(self._by_company(agreeing=False), LIKELY)

    def _settle(self, scored: Iterable[tuple[float, int, int, float]], least: float) -> None:
        """The best pairs first; a fact that is used already can support again, but not be contradicted.

        least: the likeness from which on a pair may be a contradiction.
        """
        for _, claim, fact, likeness in scored:
            if claim in self.pairs:
                continue
            comparison = judge(self.mine.facts[claim], self.theirs.facts[fact])
            taken = fact in self.users and not self._retold(fact, likeness)
            if comparison.agrees or (likeness >= least and not taken):
                self.pair(claim, fact, likeness)

    def _by_company(self, *, agreeing: bool) -> list[tuple[float, int, int, float]]:
        """Open claims and the facts that stand with those of the claim's neighbours."""
        homes = {i: group.members for group in self.mine.sentences for i in group.members}
        rooms = {i: group.members for group in self.theirs.sentences for i in group.members}
        scored = []
        for claim in self.open_claims():
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
                    and fact not in self.users
                    and likeness >= LIKELY
                    and _same_measure(a, b, comparison)
                ):
                    found.append((likeness, claim, fact, likeness))
            found.sort(reverse=True)
            if found and (len(found) == 1 or found[0][0] - found[1][0] >= 0.1):
                scored.append(found[0])
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        return scored

    def _company(self, home: tuple[int, ...], rooms: dict[int, tuple[int, ...]]) -> dict[int, float]:
        """Facts beside those that the claims of one sentence are about, and what that is worth."""
        near: dict[int, float] = {}
        for other in home[:_COMPANY]:
            fact = self.index.get(other)
            if fact is None or not self.pairs[other].agrees:
                continue
            for i in range(max(0, fact - 2), min(len(self.theirs.facts), fact + 3)):
                if self.theirs.facts[i].source == self.theirs.facts[fact].source:
                    near.setdefault(i, BESIDE)
            for i in rooms[fact][:_COMPANY]:
                near[i] = TOGETHER
        return near

    def _retold(self, fact: int, likeness: float) -> bool:
        """Whether a claim may contradict a fact that another claim states: only in nearly the same words."""
        return likeness >= 0.9 and not any(self.pairs[c].likeness >= likeness for c in self.users[fact])

    def _weigh(self, claim: int, fact: int) -> Iterable[tuple[float, int, int, float]]:
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        comparison = judge(a, b)
        if comparison.why is Why.KIND or b.kind not in _PAIRED:
            return
        likeness = self.finder.likeness(claim, fact)
        if comparison.agrees:
            if likeness >= needed(a, comparison):
                yield likeness + _bonus(a, comparison), claim, fact, likeness
        elif likeness >= LIKELY and _rivalrous(a, b, comparison):
            yield likeness, claim, fact, likeness

    def _supporting(self, claim: int, *, free_only: bool, least: float) -> tuple[int, float] | None:
        best: tuple[int, float] | None = None
        for fact in self.finder.by_value(claim):
            if free_only and fact in self.users:
                continue
            a, b = self.mine.facts[claim], self.theirs.facts[fact]
            if not judge(a, b).agrees:
                continue
            likeness = self.finder.likeness(claim, fact)
            if likeness >= least and (best is None or likeness > best[1]):
                best = (fact, likeness)
        return best

    # --- what nobody uses --------------------------------------------------------------------------

    def leftovers(self) -> tuple[dict[str, str], dict[str, str]]:
        """Facts without a claim that repeat, or contradict, one that has a claim."""
        repeats: dict[str, str] = {}
        rivals: dict[str, str] = {}
        used: dict[tuple[str, Decimal | str], list[int]] = defaultdict(list)
        for i in self.users:
            for key in value_keys(self.theirs.facts[i]):
                used[key].append(i)
        masks = self._masks_in_use()
        for i in self.open_facts():
            fact = self.theirs.facts[i]
            if fact.kind not in COUNTED:
                continue
            twin = self._twin(i, used)
            if twin is not None:
                repeats[fact.id] = self.theirs.facts[twin].id
            elif (other := masks.get(i)) is not None:
                rivals[fact.id] = self.theirs.facts[other].id
        return repeats, rivals

    def _twin(self, index: int, used: dict[tuple[str, Decimal | str], list[int]]) -> int | None:
        fact = self.theirs.facts[index]
        seen = dict.fromkeys(i for key in value_keys(fact) for i in used.get(key, ()))
        for i in list(seen)[:BY_VALUE]:
            other = self.theirs.facts[i]
            if examine(fact.mention, other.mention).verdict is Verdict.SAME and self._alike(index, i) >= 0.7:
                return i
        return None

    def _alike(self, a: int, b: int) -> float:
        """Likeness of two source facts."""
        one, two = self.theirs.facts[a], self.theirs.facts[b]
        if one.source == two.source and one.sentence == two.sentence:
            return 0.0
        subject = subjects.similarity(one, two)
        clause = dice(self.finder.bag(1, a), self.finder.bag(1, b))
        return max(0.0, 0.65 * subject + 0.35 * clause - apart_in_time(one, two))

    def _masks_in_use(self) -> dict[int, int]:
        """Unused facts in another source whose sentence is that of a used fact, figures apart."""
        homes: dict[str, list[Group]] = defaultdict(list)
        for group in self.theirs.sentences:
            homes[group.masked].append(group)
        found = {}
        for groups in homes.values():
            if len(groups) < 2 or groups[0].weight < SURE_SENTENCE:
                continue
            used = next((g for g in groups if any(i in self.users for i in g.members)), None)
            if used is None:
                continue
            for group in groups:
                other = (
                    self.theirs.facts[group.members[0]].source != self.theirs.facts[used.members[0]].source
                )
                if other and len(group.members) == len(used.members):
                    found.update(
                        {
                            a: b
                            for a, b in zip(group.members, used.members, strict=True)
                            if a not in self.users
                        }
                    )
        return found


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
    if claim.value is None:
        return 1
    return len(str(abs(claim.value)).replace(".", "").strip("0")) or 1


def _bonus(claim: Fact, comparison: Comparison) -> float:
    base = 0.3 if comparison.verdict is Verdict.SAME else 0.2
    return base + 0.02 * min(_distinct_digits(claim), 5)


def _rivalrous(claim: Fact, fact: Fact, comparison: Comparison) -> bool:
    """Whether a claim that does not agree can be said to contradict the fact."""
    if claim.planned != fact.planned:
        return False
    if comparison.verdict is Verdict.DIFFERENT:
        return True
    return comparison.why is Why.UNIT and claim.value is not None and claim.value == fact.value


def _same_measure(claim: Fact, fact: Fact, comparison: Comparison) -> bool:
    """Whether two figures that differ measure the same way, so that one can only be meant for the other."""
    if claim.kind is not fact.kind or not _rivalrous(claim, fact, comparison):
        return False
    return claim.kind is not Kind.QUANTITY or units.same(claim.unit, fact.unit)
