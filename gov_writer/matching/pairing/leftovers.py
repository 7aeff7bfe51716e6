"""Facts that no claim is about, though the draft says the same, or the opposite."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from gov_writer.domain import COUNTED, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import TOTAL_HEAD, Group, dice
from gov_writer.matching.finding import BY_VALUE, apart_in_time, disjoint, value_keys
from gov_writer.matching.pairing.equal import SURE_SENTENCE
from gov_writer.matching.pairing.state import State
from gov_writer.matching.pairing.worth import distinct_digits
from gov_writer.matching.values import Verdict, examine

#: From this likeness on two facts of different sources speak of the same thing.
_RIVAL = 0.72
#: And with equal values, of which those in tables with many digits hardly agree by chance.
_TWIN, _RETOLD, _TELLING = 0.7, 0.4, 3


class Leftovers:
    """Looks at the facts that a finished pairing leaves open."""

    def __init__(self, state: State) -> None:
        self.state, self.finder, self.theirs = state, state.finder, state.theirs

    def run(self) -> tuple[dict[str, str], dict[str, str]]:
        """Facts without a claim that repeat, or contradict, one that has a claim."""
        repeats: dict[str, str] = {}
        rivals: dict[str, str] = {}
        used: dict[tuple[str, Decimal | str], list[int]] = defaultdict(list)
        for i in self.state.users:
            for key in value_keys(self.theirs.facts[i]):
                used[key].append(i)
        values = {
            self.theirs.facts[i].value: i
            for i in self.state.users
            if self.theirs.facts[i].kind is Kind.QUANTITY
        }
        masks = self._masks_in_use()
        for i in self.state.open_facts():
            fact = self.theirs.facts[i]
            if fact.kind not in COUNTED:
                continue
            twin = self._twin(i, used)
            # a table's last row says again what the notes say of the whole
            if twin is None and fact.cell is not None and TOTAL_HEAD.match(fact.subject):
                twin = values.get(fact.value)
            if twin is not None:
                repeats[fact.id] = self.theirs.facts[twin].id
            elif (other := masks.get(i, self._rival(i))) is not None:
                rivals[fact.id] = self.theirs.facts[other].id
        return repeats, rivals

    def _twin(self, index: int, used: dict[tuple[str, Decimal | str], list[int]]) -> int | None:
        fact = self.theirs.facts[index]
        seen = dict.fromkeys(i for key in value_keys(fact) for i in used.get(key, ()))
        for i in list(seen)[:BY_VALUE]:
            other = self.theirs.facts[i]
            least = _RETOLD if fact.cell is not None and distinct_digits(fact) >= _TELLING else _TWIN
            if (
                examine(fact.mention, other.mention).verdict is Verdict.SAME
                and self._alike(index, i) >= least
            ):
                return i
        return None

    def _rival(self, index: int) -> int | None:
        """A used fact of another source that says of the same subject, period and unit something else."""
        fact = self.theirs.facts[index]
        if fact.kind is not Kind.QUANTITY:
            return None
        for i in self.finder.kindred(index):
            other = self.theirs.facts[i]
            if i not in self.state.users or other.source == fact.source or other.planned != fact.planned:
                continue
            same_measure = other.kind is fact.kind and units.same(other.unit, fact.unit)
            if same_measure and not disjoint(fact, other) and subjects.similarity(fact, other) >= _RIVAL:
                return i
        return None

    def _alike(self, a: int, b: int) -> float:
        """Likeness of two source facts."""
        one, two = self.theirs.facts[a], self.theirs.facts[b]
        if one.source == two.source and one.sentence == two.sentence:
            recalled = one.subject == two.subject and one.text != two.text and one.cell is None
            return 1.0 if recalled else 0.0  # 软弱涣散党组织2个，两个都已转化
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
            used = next((g for g in groups if any(i in self.state.users for i in g.members)), None)
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
                            if a not in self.state.users
                        }
                    )
        return found
