"""The figures that a draft states as terms to compute with, and the operations on them.

A term is a figure at the value that the sources have for it; what is computed of terms keeps its formula in
their facts' ids and the facts it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gov_writer.domain import Fact, Kind, Period
from gov_writer.matching import units
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.finding import FROM, judge, number


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of the draft at the value that the sources give it.

    claim: as the draft has it.  value: the source's.  period: whose it is.  inputs, formula: what it rests on.
    given: a source states it; else it was computed.
    unit: what the value is counted in; the source's where the draft's can't be meant (that slip is told once).
    """

    claim: Fact
    value: Decimal
    period: Period | None
    inputs: tuple[Fact, ...]
    formula: str
    given: bool
    unit: str | None

    @property
    def start(self) -> bool:
        """Whether it is the value from which another is reached: 由30件, 比上年的30件."""
        return bool(FROM.search(self.claim.subject)) or bool(
            self.inputs and FROM.search(self.inputs[0].subject)
        )


def term(claim: Fact, fact: Fact | None, derivation: Derivation | None) -> Term | None:
    """The figure as a term, None if no value is known for it.  fact: what it is about; derivation: how it follows."""
    if claim.kind not in (Kind.QUANTITY, Kind.PERCENT, Kind.RANK) or claim.mention.sub == "delta":
        return None
    if derivation is not None:
        formula = f"({derivation.formula})" if len(derivation.inputs) > 1 else derivation.formula
        return Term(claim, derivation.value, claim.period, derivation.inputs, formula, False, claim.unit)
    if fact is None or fact.value is None or fact.kind is not claim.kind:
        return None
    value, unit = fact.value, claim.unit
    if fact.unit != claim.unit:
        converted = units.convert(fact.value, fact.unit or "", claim.unit or "")
        slipped = not judge(claim, fact).agrees and number(claim) == number(fact)
        if converted is not None and not slipped:
            value = converted
        elif slipped or not units.same(fact.unit, claim.unit):
            unit = fact.unit or claim.unit
    return Term(claim, value, fact.period or claim.period, (fact,), fact.id, True, unit)


def grown(claim: Fact, fact: Fact | None, derivation: Derivation | None) -> Term | None:
    """A growth as a term, to be told against another one; None for what is none, or is told in points."""
    if claim.kind is not Kind.GROWTH or units.canonical(claim.unit) == "个百分点":
        return None
    if derivation is not None:
        formula = f"({derivation.formula})"
        return Term(claim, derivation.value, claim.period, derivation.inputs, formula, False, claim.unit)
    if fact is None or fact.value is None or fact.kind is not Kind.GROWTH:
        return None
    return Term(claim, fact.value, fact.period or claim.period, (fact,), fact.id, True, claim.unit)


def beside(last: Term, other: Fact) -> Term | None:
    """What a source has for a term at another time, as if the draft told it there."""
    value = other.value
    if value is None:
        return None
    if other.unit != last.unit:
        value = units.convert(value, other.unit or "", last.unit or "") or value
    claim = replace(last.claim, id=f"{last.claim.id}/{other.id}", subject=other.subject)
    return Term(claim, value, other.period or claim.period, (other,), other.id, True, last.unit)


def pairs(terms: Sequence[Term], kind: Kind) -> Iterator[tuple[Term, Term]]:
    """The nearest first, of one kind and unit."""
    own = [t for t in terms if t.claim.kind is kind]
    for j in range(1, len(own)):
        for i in range(j):
            if kind is Kind.RANK or _alike(own[i], own[j]):
                yield own[i], own[j]


def _alike(a: Term, b: Term) -> bool:
    """Whether one may be a share of the other: one unit, or measure words that writers exchange (317名 of 320个)."""
    one, two = a.unit, b.unit
    return units.same(one, two) or bool(one and two and units.kinship(one, two) is units.Kinship.KIN)


def last_two(terms: Sequence[Term], kind: Kind) -> tuple[Term, Term] | None:
    """The two nearest terms of a kind and of one unit."""
    own = [t for t in terms if t.claim.kind is kind]
    if not own:
        return None
    if kind is not Kind.RANK:
        own = [t for t in own if units.same(t.unit, own[-1].unit)]
    return (own[-2], own[-1]) if len(own) > 1 else None


def in_unit(terms: Sequence[Term], claim: Fact) -> Iterator[Term]:
    """The amounts in the claim's unit, or put into it (2.05万吨 for 450公斤 each)."""
    for t in terms:
        if t.claim.kind is not Kind.QUANTITY:
            continue
        if units.same(t.unit, claim.unit):
            yield t
        elif t.unit and claim.unit and units.kinship(t.unit, claim.unit) is units.Kinship.CONVERTIBLE:
            value = units.convert(t.value, t.unit, claim.unit)
            if value is not None:
                yield replace(t, value=value)


def ordered(a: Term, b: Term) -> tuple[Term, Term]:
    """(now, then): by 由…到…, else by whose period ends first, else as they stand in the draft."""
    first, second = (a, b) if a.claim.start < b.claim.start else (b, a)
    if first.start is not second.start:
        return (second, first) if first.start else (first, second)
    one, two = first.period, second.period
    if one and two and one.end and two.end and one.end != two.end:
        return (second, first) if one.end < two.end else (first, second)
    return second, first


def moves(a: Term, b: Term) -> bool:
    """Whether two terms are one thing at two times."""
    if a.start or b.start:
        return True
    one, two = a.period, b.period
    return bool(one and two and one.end and two.end and one.end != two.end)


def changes(claim: Fact, a: Term, b: Term) -> Iterator[Derivation]:
    now, then = ordered(a, b)
    both = [(now, then)] if moves(a, b) else [(now, then), (then, now)]
    for x, y in both:
        if claim.kind is Kind.GROWTH and units.canonical(claim.unit) != "个百分点":
            if y.value:
                value = (x.value - y.value) / abs(y.value) * 100
                yield Derivation(
                    "growth", f"({x.formula} - {y.formula}) ÷ {y.formula} × 100%", facts_of(x, y), value
                )
        else:
            yield difference(x, y)


def difference(a: Term, b: Term) -> Derivation:
    return Derivation("difference", f"{a.formula} - {b.formula}", facts_of(a, b), a.value - b.value)


def total(terms: Sequence[Term]) -> Derivation:
    """The sum of some figures, as it stands in the draft."""
    chosen = sorted(terms, key=lambda t: t.claim.start)
    value = sum((t.value for t in chosen), Decimal(0))
    return Derivation("sum", " + ".join(t.formula for t in chosen), facts_of(*chosen), value)


def ratio(a: Term, b: Term, operation: str, times: Decimal = Decimal(100)) -> Derivation:
    """One term over another, as a percentage unless ``times`` says otherwise."""
    percent = " × 100%" if times == 100 else ""
    return Derivation(
        operation, f"{a.formula} ÷ {b.formula}{percent}", facts_of(a, b), a.value / b.value * times
    )


def facts_of(*terms: Term) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for t in terms for fact in t.inputs}.values())
