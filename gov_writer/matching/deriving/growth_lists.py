"""Growths told in one list (分别为38起、214起，同比下降24%和11.2%): which figure each of them belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from gov_writer.domain import Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.deriving.around import Around
from gov_writer.text.lazy import lazy

_JOIN = lazy("[、和与及]")
#: Figures of a sentence that are looked at on each side.
_MOST = 12


def partner(around: Around, claim: Fact) -> Fact | None:
    """The figure of the draft whose change a growth tells, where two lists of one length stand in one sentence."""
    facts = around.finder.mine.facts
    at = around.claim_index[claim.id]
    near = [f for f in facts[max(0, at - _MOST) : at + _MOST] if f.sentence == claim.sentence]
    mine = _run(around, [f for f in near if f.kind is Kind.GROWTH], claim)
    if len(mine) < 2:
        return None
    first = mine[0]
    of_rates = units.canonical(mine[-1].unit) == "个百分点"
    kind = Kind.PERCENT if of_rates else Kind.QUANTITY  # 94.2%、96.8%，提高2.5个和1.7个百分点
    before = [f for f in near if f.kind is kind and f.end <= first.start]
    theirs = _run(around, before, before[-1]) if before else []
    if len(theirs) != len(mine):
        return None
    return theirs[mine.index(claim)]


def of_another(around: Around, claim: Fact, inputs: Sequence[Fact]) -> bool:
    """Whether a growth in a list would follow from what another one of it is told of (盗窃、诈骗分别下降30.0%和24.8%)."""
    facts = around.finder.mine.facts
    at = around.claim_index[claim.id]
    near = [f for f in facts[max(0, at - _MOST) : at + _MOST] if f.sentence == claim.sentence]
    own = subjects.features(claim.subject).pairs
    told = [subjects.features(f.subject).pairs for f in inputs]
    for other in _run(around, [f for f in near if f.kind is Kind.GROWTH], claim):
        theirs = subjects.features(other.subject).pairs
        if any((theirs - own) & words for words in told) and not any(
            (own - theirs) & words for words in told
        ):
            return True
    return False


def _run(around: Around, told: Sequence[Fact], claim: Fact) -> list[Fact]:
    """The figures that stand in one list with a claim, nothing but a mark between them."""
    found: list[Fact] = []
    reached = False
    for fact in told:
        joined = bool(found) and _JOIN.fullmatch(around.finder.mine.between(claim, found[-1].end, fact.start))
        if found and not joined:
            if reached:
                break
            found = []
        found.append(fact)
        reached = reached or fact is claim
    return found if reached else []
