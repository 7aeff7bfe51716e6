"""What an aim adds to what the draft told to be done by now: 还需完成7.72亿元, 增加16人，达到80人, 1亿元，增长17.6%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving import terms
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.text.lazy import lazy

#: What is still to be done.
YET = lazy("[比较]今年|[比较]20\\d\\d年|还[需差要欠]|尚[需差]|再(?:完成|新?增|新建|新?开|添|建)")
#: Terms of the draft that are looked at.
_MOST = 400


def still_to_do(claim: Fact, told: Sequence[terms.Term], text: str) -> Iterator[Derivation]:
    """确保全年产值达到15亿元，下半年还需完成7.72亿元: an aim of its sentence, less what an earlier one told to be done."""
    if YET.search(text, claim.clause[0], claim.end):
        same = [t for t in told[-_MOST:] if _amount(t) and units.same(t.unit, claim.unit)]
        for aim in [t for t in same if t.claim.sentence == claim.sentence]:
            yield from (terms.difference(aim, done) for done in _done(aim, same))


def beyond_now(claim: Fact, told: Sequence[terms.Term], behind: Sequence[terms.Term]) -> Iterator[Derivation]:
    """A planned change, by the aim that its sentence tells before or behind it."""
    if not claim.planned or not (claim.kind is Kind.GROWTH or claim.mention.sub == "delta"):
        return
    amounts = [t for t in told[-_MOST:] if _amount(t) and t.given]
    here = [t for t in (*behind, *reversed(amounts)) if t.claim.sentence == claim.sentence and _amount(t)]
    for aim in [t for t in here if t.inputs[0].planned]:
        for done in _done(aim, amounts):
            if claim.kind is not Kind.GROWTH:
                yield terms.difference(aim, done)
            elif units.canonical(claim.unit) in ("", "%"):
                formula = f"({aim.formula} - {done.formula}) ÷ {done.formula} × 100%"
                value = (aim.value - done.value) / done.value * 100
                yield Derivation("growth", formula, terms.facts_of(aim, done), value)


def _amount(t: terms.Term) -> bool:
    return t.claim.kind is Kind.QUANTITY and t.value > 0


def _done(aim: terms.Term, told: Sequence[terms.Term]) -> Iterator[terms.Term]:
    """What other sentences told of what the aim is about."""
    words = bigrams(aim.claim.subject)
    for t in told:
        less = t.value < aim.value and units.same(t.unit, aim.unit)
        if less and t.claim.sentence != aim.claim.sentence and words & bigrams(t.claim.subject):
            yield t
