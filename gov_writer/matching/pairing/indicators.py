"""Which figures of two texts are of the same indicator, whatever their values: two years' reports, two versions.

Figures are paired by what they count and in which unit; sentence and heading only decide between equals. A
pair that another one comes near to is not certain: whoever shows it asks, and finds no fault.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gov_writer.domain import DATES, Fact, Kind, Ledger
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import Contexts, bigrams, contained
from gov_writer.matching.units import Kinship
from gov_writer.text.lazy import lazy

#: Likeness from which a pair is certain without rivals, and below which it is not even a question.
CERTAIN, POSSIBLE = 0.66, 0.3
#: A rival must be so much less like; none may count where a pair is less like than PLAUSIBLE.
MARGIN, WIDE_MARGIN, PLAUSIBLE = 0.05, 0.18, 0.4
_SUBJECT, _SENTENCE, _HEADING = 0.82, 0.12, 0.06
#: Candidates per figure, and how common a pair of characters may be to find any by.
_CANDIDATES, _COMMON = 24, 120
#: An average is no sum.
_MEAN, _OTHER_MEAN = lazy("[日月人户亩村年]均|平均"), 0.5
#: 累计供餐4.21万份，日均供餐115份: the sum told before it is none of its name.
_SUM = lazy("(?:累计|总计|合计)[\u4e00-\u9fff]{1,6}(?=[日月人户亩村年]均)")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Two figures of one indicator.  likeness: 0 to 1.  certain: False makes it a question."""

    old: Fact
    new: Fact
    likeness: float
    certain: bool


def counterparts(
    old: Ledger,
    new: Ledger,
    *,
    of_old: Callable[[Fact], bool] = bool,
    of_new: Callable[[Fact], bool] = bool,
    comparable: Callable[[Fact, Fact], bool] | None = None,
) -> tuple[Counterpart, ...]:
    """The figures that tell the same indicator, in the order of the new text; each figure once.

    of_old, of_new: which facts to look at (of one period, say).  comparable: which pairs to leave out, by False.
    Dates, periods and placeholders never count.
    """
    left = [n for n, fact in enumerate(old.facts) if _counts(fact) and of_old(fact)]
    right = [n for n, fact in enumerate(new.facts) if _counts(fact) and of_new(fact)]
    scores = {
        (a, b): score
        for (a, b), score in _scores(_Side(old, left), _Side(new, right))
        if comparable is None or comparable(old.facts[left[a]], new.facts[right[b]])
    }
    found = [
        Counterpart(old.facts[left[a]], new.facts[right[b]], score, certain)
        for a, b, score, certain in chosen(
            scores, [old.facts[n].value for n in left], [new.facts[n].value for n in right]
        )
    ]
    return tuple(sorted(found, key=lambda pair: pair.new.start))


def chosen(
    scores: dict[tuple[int, int], float], left: Sequence[Decimal | None], right: Sequence[Decimal | None]
) -> Iterator[tuple[int, int, float, bool]]:
    """The likest pairs first, each side once: ``(left, right, likeness, certain)``.

    left, right: the figures' values. A rival does no harm where it says the same: its value is that of the one it
    would take the place of, or of the one it would stand beside.
    """
    by_left: dict[int, list[tuple[float, int]]] = defaultdict(list)
    by_right: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), score in scores.items():
        by_left[a].append((score, b))
        by_right[b].append((score, a))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for (a, b), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if a in used_left or b in used_right:
            continue
        used_left.add(a)
        used_right.add(b)
        near = max(
            [
                s
                for s, other in by_left[a]
                if other != b and other not in used_right and right[other] not in (left[a], right[b])
            ]
            + [
                s
                for s, other in by_right[b]
                if other != a and other not in used_left and left[other] not in (right[b], left[a])
            ],
            default=0.0,
        )
        alone = score >= PLAUSIBLE and near < score - WIDE_MARGIN
        yield a, b, score, (score >= CERTAIN or alone) and near < score - MARGIN


class _Side:
    """One text's figures with the words that they are compared by."""

    def __init__(self, ledger: Ledger, wanted: Sequence[int]) -> None:
        self.facts = [ledger.facts[n] for n in wanted]
        contexts = Contexts(ledger)
        self.wide = [contexts.wide(n) for n in wanted]
        self.heads = [bigrams(fact.heading[-1]) if fact.heading else frozenset() for fact in self.facts]

    def postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for n, fact in enumerate(self.facts):
            for pair in subjects.features(fact.subject).pairs:
                found[pair].append(n)
        return found


def _scores(old: _Side, new: _Side) -> Iterator[tuple[tuple[int, int], float]]:
    """The likeness of every pair worth a look: those that share an uncommon pair of characters."""
    postings = old.postings()
    for b, fact in enumerate(new.facts):
        seen: Counter[int] = Counter()
        for pair in subjects.features(fact.subject).pairs:
            there = postings.get(pair, ())
            if len(there) <= _COMMON:
                seen.update(there)
        for a, _ in seen.most_common(_CANDIDATES):
            score = _likeness(old, a, new, b)
            if score >= POSSIBLE:
                yield (a, b), score


def _likeness(old: _Side, a: int, new: _Side, b: int) -> float:
    one, two = old.facts[a], new.facts[b]
    unit = _units(one, two)
    subject = subjects.alike(*(_SUM.sub("", fact.subject) for fact in (one, two))) if unit else 0.0
    if not subject:
        return 0.0
    near = _SENTENCE * contained(old.wide[a], new.wide[b]) + _HEADING * contained(old.heads[a], new.heads[b])
    mean = 1.0 if _averaged(one) is _averaged(two) else _OTHER_MEAN
    return unit * mean * (_SUBJECT * subject + near)


def _averaged(fact: Fact) -> bool:
    """Whether the figure is one of a day or of a head (累计供餐4.21万份，日均供餐115份)."""
    return _MEAN.search(fact.subject) is not None


def _units(one: Fact, two: Fact) -> float:
    """1 where the units are the same, less where they only compare, 0 where they don't; a rise is no amount."""
    if one.kind is not two.kind or (one.mention.sub == "delta") is not (two.mention.sub == "delta"):
        return 0.0
    if one.kind is not Kind.QUANTITY:
        return 1.0
    return {Kinship.SAME: 1.0, Kinship.CONVERTIBLE: 1.0, Kinship.KIN: 0.95}.get(
        units.kinship(one.unit, two.unit), 0.0
    )


def _counts(fact: Fact) -> bool:
    return fact.counted and fact.kind not in DATES and fact.value is not None
