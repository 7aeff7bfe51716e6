"""Two versions of one text, figure by figure: which stayed, which changed from what to what, which is new or gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gov_writer.domain import Fact, Ledger
from gov_writer.matching.pairing.passes import Alignment, align
from gov_writer.matching.values import Verdict, compare


class Change(StrEnum):
    SAME = "same"
    REWORDED = "reworded"  # the same value, written otherwise (1.2万 → 12000)
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of one figure.  old: None for a new one; new: None for one that is gone.

    certain: whether the two are about the same thing without much doubt (True for new and gone).
    """

    change: Change
    old: Fact | None = None
    new: Fact | None = None
    certain: bool = True


def steps(old: Ledger, new: Ledger) -> tuple[Step, ...]:
    """Every counted figure of either version, in the order of the new one; what is gone stands where it stood."""
    partners = _partners(align(new, old), new)
    behind: dict[str, list[Step]] = defaultdict(list)
    taken = {fact.id for fact, _ in partners.values()}
    new_of = {fact.id: claim for claim, (fact, _) in partners.items()}
    last = ""
    for fact in old.facts:
        if fact.id in new_of:
            last = new_of[fact.id]
        elif fact.counted and fact.id not in taken:
            behind[last].append(Step(change=Change.GONE, old=fact))
    found = list(behind[""])
    for claim in new.facts:
        if not claim.counted:
            continue
        if claim.id not in partners:
            found.append(Step(change=Change.NEW, new=claim))
        else:
            fact, certain = partners[claim.id]
            found.append(Step(change=_kind(fact, claim), old=fact, new=claim, certain=certain))
        found += behind[claim.id]
    return tuple(found)


def _partners(alignment: Alignment, new: Ledger) -> dict[str, tuple[Fact, bool]]:
    """One old figure for each new one and the other way round: equal ones and likelier pairs choose first."""
    pairs = [p for p in alignment.pairs.values() if p.claim.counted and p.fact.counted]
    pairs.sort(key=lambda p: (p.claim.text != p.fact.text, -p.likeness, new.index[p.claim.id]))
    found: dict[str, tuple[Fact, bool]] = {}
    used: set[str] = set()
    for pair in pairs:
        if pair.fact.id not in used:
            used.add(pair.fact.id)
            found[pair.claim.id] = (pair.fact, pair.certain)
    return found


def _kind(old: Fact, new: Fact) -> Change:
    if old.text == new.text:
        return Change.SAME
    return Change.REWORDED if compare(new.mention, old.mention) is Verdict.SAME else Change.CHANGED


def counts(found: Sequence[Step]) -> dict[str, int]:
    """How many of each change."""
    numbers = dict.fromkeys((str(change) for change in Change), 0)
    for step in found:
        numbers[step.change] += 1
    return numbers
