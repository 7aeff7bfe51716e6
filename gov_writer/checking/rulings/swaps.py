"""Which figures of a draft have changed places: each stands where its source has the other (FIG109)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import DATES, Fact, Kind
from gov_writer.matching.finding import number
from gov_writer.matching.intervals import rounds_to


def with_swaps(rulings: Sequence[Ruling]) -> Iterable[Ruling]:
    """The rulings in their order, those of contradicted claims that say each other's facts (in pairs or in a
    circle) as FIG109 with their partner."""
    wrong = [r for r in rulings if r.pair is not None and r.rule and number(r.claim) != number(r.pair.fact)]
    facts: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in wrong:
        assert ruling.pair is not None
        for key in _looks(ruling.pair.fact):
            facts[key].append(ruling)
    wanted = {key for ruling in wrong for key in _looks(ruling.claim)}
    partners: dict[str, Fact] = {}
    for ruling in wrong:
        assert ruling.pair is not None
        mine = ruling.claim
        if not wanted.intersection(_looks(ruling.pair.fact)):
            continue
        others = [o for key in _looks(mine) for o in facts.get(key, ()) if o.claim is not mine]
        near = min(others, key=lambda o: abs(o.claim.start - mine.start), default=None)
        if near is not None:
            partners[mine.id] = near.claim
    partners.update(_computed(rulings))
    for ruling in rulings:
        partner = partners.get(ruling.claim.id)
        # the partner must have moved as well, else one figure was merely copied over
        if partner is not None and partner.id in partners:
            yield replace(ruling, rule="FIG109", partner=partner, supported=False)
        else:
            yield ruling


def _computed(rulings: Sequence[Ruling]) -> dict[str, Fact]:
    """Neighbours of one sentence that each are what was computed for the other (分别下降23.9%、20.8%)."""
    found: dict[str, Fact] = {}
    for one, two in pairwise(r for r in rulings if r.rule == "FIG102" and r.derivation is not None):
        if one.claim.sentence != two.claim.sentence or one.claim.kind is not two.claim.kind:
            continue
        assert one.derivation is not None and two.derivation is not None
        if rounds_to(one.derivation.value, two.claim.mention) and rounds_to(
            two.derivation.value, one.claim.mention
        ):
            found |= {one.claim.id: two.claim, two.claim.id: one.claim}
    return found


def _looks(fact: Fact) -> tuple[str, ...]:
    """What a figure could be recognised by elsewhere: its words, and its digits."""
    if fact.kind in DATES:
        return ("".join(fact.text.split()),)
    if fact.value is None:
        return ()
    if fact.kind is Kind.RANK:  # 第一 and 1个 have nothing to exchange
        return (f"r{fact.value}",)
    return (f"n{number(fact)}", f"v{abs(fact.value).normalize()}")
