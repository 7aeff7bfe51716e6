"""The certain pass: surroundings that are equal word for word, figures apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gov_writer.domain import COUNTED, Kind
from gov_writer.matching.contexts import Group
from gov_writer.matching.finding import judge
from gov_writer.matching.pairing.state import PAIRED, State

#: Han characters that two equal surroundings must share before they are taken for the same statement.
SURE_SENTENCE, SURE_CLAUSE = 4, 7


class EqualWords:
    """Pairs sentences, then clauses, that differ in nothing but their figures."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.mine, self.theirs = state.mine, state.theirs

    def run(self) -> None:
        state = self.state
        self._groups(self.mine.sentences, self.theirs.sentences, SURE_SENTENCE, 1.0, unique=False)
        mine, theirs = self.mine.clauses(state.open_claims()), self.theirs.clauses(state.open_facts())
        self._groups(mine, theirs, SURE_CLAUSE, 0.96, unique=True)
        self._reconsider()

    def _groups(
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
            kinds = {self.mine.facts[a].kind, self.theirs.facts[b].kind}
            if kinds == {Kind.GROWTH, Kind.QUANTITY} and likeness < 1:
                continue  # 到位资金同比下降12.6% and 到位资金9.8亿元, followed by its growth
            if a not in self.state.pairs and self.mine.facts[a].kind in PAIRED:
                self.state.pair(a, b, likeness)
                self.state.equal.add(a)

    def _reconsider(self) -> None:
        """A contradiction on equal words falls when another fact says just that, and nobody else uses it."""
        for claim, pair in list(self.state.pairs.items()):
            if pair.agrees or pair.claim.kind not in COUNTED:
                continue
            better = self._supporting(claim, free_only=True, least=0.6)
            other_kind = pair.claim.kind is not pair.fact.kind and Kind.PLACEHOLDER is not pair.claim.kind
            if better is None:
                if other_kind and {pair.claim.kind, pair.fact.kind} == {Kind.PERCENT, Kind.GROWTH}:
                    self.state.unpair(claim)  # 上线率提升4.7个百分点, beside 上线率61.3%
                    self.state.equal.discard(claim)
                continue
            apart = other_kind or pair.claim.planned != pair.fact.planned
            if apart or self.theirs.facts[better[0]].source != pair.fact.source:
                self.state.unpair(claim)
                self.state.pair(claim, *better)
                self.state.equal.discard(claim)

    def _supporting(self, claim: int, *, free_only: bool, least: float) -> tuple[int, float] | None:
        best: tuple[int, float] | None = None
        for fact in self.state.finder.by_value(claim):
            if free_only and fact in self.state.users:
                continue
            a, b = self.mine.facts[claim], self.theirs.facts[fact]
            if not judge(a, b).agrees:
                continue
            likeness = self.state.finder.likeness(claim, fact)
            if likeness >= least and (best is None or likeness > best[1]):
                best = (fact, likeness)
        return best
