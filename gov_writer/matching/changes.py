"""Changes: differences between two values, and growth rates from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gov_writer.domain import Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.around import Around, comparable
from gov_writer.matching.finding import disjoint
from gov_writer.matching.operations import Derivation, growth, later, minus
from gov_writer.text.lazy import lazy

_GROWTH = lazy(r"增|减|升|降|提高|下滑|回落|翻|涨|跌|缩")


def differences(around: Around, claim: Fact, related: Sequence[Fact]) -> Iterator[Derivation]:
    """What two values of one thing, or two rates, differ by."""
    related = [f for f in related if f.value is not None]
    stated = {fact.id for fact in around.stated(claim)}
    for a, b in combinations(related, 2):
        together = a.id in stated and b.id in stated and units.same(a.unit, b.unit)
        if not together and not comparable(a, b):
            continue
        if claim.kind is Kind.GROWTH:
            if a.kind is Kind.PERCENT and b.kind is Kind.PERCENT:
                now, then = later(a, b)
                yield Derivation("difference", f"{now.id} - {then.id}", (now, then), minus(now, then))
        elif a.kind is b.kind is Kind.QUANTITY and units.same(a.unit, claim.unit):
            high, low = (a, b) if (a.value or 0) >= (b.value or 0) else (b, a)
            if disjoint(a, b):
                high, low = later(a, b)
            yield Derivation("difference", f"{high.id} - {low.id}", (high, low), minus(high, low))


def growths(around: Around, claim: Fact, *, least: float) -> Iterator[Derivation]:
    """Growth rates between related values.  least: how alike their subjects must be, 0–1."""
    related = [f for f in around.related(claim) if f.kind is Kind.QUANTITY and f.value]
    yield from growths_of(related, least=least)
    beside = around.beside(claim)
    if len(beside) == 2 and units.same(beside[0].unit, beside[1].unit):
        yield from _grown(*beside)


def growths_of(related: Sequence[Fact], *, least: float) -> Iterator[Derivation]:
    """Growth rates between any two of some values, the later over the earlier."""
    for a, b in combinations(related, 2):
        if not units.same(a.unit, b.unit) or subjects.alike(a.subject, b.subject) < least:
            continue
        if a.sentence != b.sentence and not disjoint(a, b):
            continue
        now, then = later(a, b)
        yield from growth(now, then)
        if least < 0.6 and not disjoint(a, b):
            yield from growth(then, now)


def one_series(now: Fact, then: Fact) -> bool:
    """Whether two facts are values of one indicator: 排查326起 and 化解319起 are not, though they stand together."""
    return disjoint(now, then) or subjects.alike(now.subject, then.subject) >= 0.6


def _grown(now: Fact, more: Fact) -> Iterator[Derivation]:
    """The growth that a value and its increase give (3680万元，增加290万元)."""
    if now.value is None or more.value is None or not _GROWTH.search(more.subject + more.text):
        return
    then = now.value - more.value
    if then > 0:
        value = more.value / then * 100
        yield Derivation("growth", f"{more.id} ÷ ({now.id} - {more.id}) × 100%", (now, more), value)
