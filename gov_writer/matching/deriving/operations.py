"""The operations that derive a figure: sum, difference, growth, share, duration, with their formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from gov_writer.domain import DATES, Approx, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.finding import FROM, disjoint, sense
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import small

_ROSE = lazy(r"增|升|上涨|多|提高|扩大")
_MONTH_AND_DAY = lazy(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]")
#: What an average is over: 人均, 户均, 平均每座.
_OVER = lazy(r"每一?(?P<each>(?![个月日天年周季])[\u4e00-\u9fff])|(?P<per>[人户家村场件])均")
_HEADS = frozenset({"人", "名", "位"})
#: Facts that are tried together, at most.
WIDEST = 12


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a figure follows.  formula: with fact ids (F3 + F4).  inputs: the facts.  value: unrounded."""

    operation: str
    formula: str
    inputs: tuple[Fact, ...]
    value: Decimal


def _as_times(unit: str | None, times: str | None) -> bool:
    """Whether what is counted once may be added up as so many times: 人 as 人次, 户 as 户次."""
    return times == f"{unit}次" or (times == "人次" and unit in ("名", "位"))


def addable(claim: Fact, facts: Iterable[Fact]) -> list[Fact]:
    """Those that count in the claim's unit and are exact, unless the claim itself is not."""
    exact = claim.mention.approx is Approx.EXACT
    return [
        f
        for f in facts
        if f.kind is Kind.QUANTITY
        and f.value is not None
        and (units.same(f.unit, claim.unit) or _as_times(f.unit, claim.unit))
        and (not exact or f.mention.approx is Approx.EXACT)
    ]


def runs(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    """Neighbouring facts, two or more, but not all."""
    n = min(len(facts), WIDEST)
    for size in range(2, n):
        for start in range(n - size + 1):
            yield facts[start : start + size]


def total_of(facts: Sequence[Fact]) -> Derivation:
    value = sum((f.value for f in facts if f.value is not None), Decimal(0))
    return Derivation("sum", " + ".join(f.id for f in facts), tuple(facts), value)


def of_parts(claim: Fact, facts: Sequence[Fact]) -> Iterator[Derivation]:
    """The total of the facts whose periods together make up the claim's (two quarters its half-year)."""
    whole = claim.period
    if whole is None or whole.start is None or whole.end is None:
        return
    spans = []
    for fact in facts:
        part = fact.period
        if part is None or part.start is None or part.end is None:
            continue
        if part.part_of(whole):
            spans.append((part.start, part.end, fact))
    spans.sort(key=lambda span: (span[0], span[1]))
    at, chosen = whole.start, []
    for start, end, fact in spans:
        if start == at:
            chosen.append(fact)
            at = end + timedelta(days=1)
    if len(chosen) > 1 and at == whole.end + timedelta(days=1):
        yield total_of(chosen)


def signed(found: Derivation, claim: Fact) -> Decimal:
    """The result as the claim's words put it: a quantity has a sign only where it is said to move."""
    if claim.kind is not Kind.QUANTITY:
        return found.value
    way = sense(claim)
    of_two_times = len(found.inputs) > 1 and disjoint(*found.inputs[:2])
    if way and claim.mention.sub != "delta" and of_two_times:
        return way * found.value
    if (claim.value or 0) < 0:
        return found.value if of_two_times else -abs(found.value)
    if found.operation == "difference" and found.value < 0 and _ROSE.search(claim.text):
        return found.value
    return abs(found.value)


def minus(a: Fact, b: Fact) -> Decimal:
    return (a.value or Decimal(0)) - (b.value or Decimal(0))


def later(a: Fact, b: Fact) -> tuple[Fact, Fact]:
    """The two in the order (now, then): by 由…到…, by their periods; as they stand where those don't tell."""
    if _same_sentence(a, b) and FROM.search(a.subject) is not FROM.search(b.subject):
        return (b, a) if FROM.search(a.subject) else (a, b)
    one, two = a.period, b.period
    if one and two and one.start and two.start and one.start < two.start:
        return b, a
    if one and two and one.end and two.end and one.end < two.end:
        return b, a
    return a, b


def _same_sentence(a: Fact, b: Fact) -> bool:
    return a.source == b.source and a.sentence == b.sentence and a.cell is b.cell is None


def growth(now: Fact, then: Fact) -> Iterator[Derivation]:
    if now.value is not None and then.value:
        value = (now.value - then.value) / abs(then.value) * 100
        yield Derivation("growth", f"({now.id} - {then.id}) ÷ {then.id} × 100%", (now, then), value)


def over(cue: str) -> str:
    """The measure word that an average is over by its words (户均, 平均每座), "" where they name none."""
    asked = _OVER.search(cue)
    return (asked["each"] or asked["per"]) if asked else ""


def counted_by(unit: str | None, measure: str) -> bool:
    """Whether a unit is the measure word that words name: 名 for 人均, too."""
    return bool(measure) and (unit == measure or (unit in _HEADS and measure in _HEADS))


def ratio(a: Fact, b: Fact, operation: str, times: Decimal = Decimal(100)) -> Derivation:
    try:
        value = (a.value or Decimal(0)) / (b.value or Decimal(0)) * times
    except (DivisionByZero, InvalidOperation):
        value = Decimal("NaN")
    percent = " × 100%" if times == 100 else ""
    return Derivation(operation, f"{a.id} ÷ {b.id}{percent}", (a, b), value)


def durations(claim: Fact, times: Sequence[Fact]) -> Iterator[Derivation]:
    """How long what the sentence dates took, in the claim's unit: days with both ends, months to the half."""
    days = [d for f in times if f.kind in DATES for d in (f.mention.date_start, f.mention.date_end) if d]
    if not days:  # no year is known: any does that is no leap year
        days = [d for f in times if f.kind is Kind.DATE and (d := _day_of_any_year(f.text))]
    if len(days) < 2:
        return
    inputs = tuple(f for f in times if f.kind in DATES)
    length = Decimal((max(days) - min(days)).days)
    formula = f"{inputs[0].id} … {inputs[-1].id}"
    if units.dimension(claim.unit) == "月份":
        halves = (length / 15).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        months = units.convert(halves / 2, "个月", claim.unit or "")
        if months is not None:
            yield Derivation("duration", formula, inputs, months)
        return
    for both in (length + 1, length):
        found = units.convert(both, "天", claim.unit or "")
        if found is not None:
            yield Derivation("duration", formula, inputs, found)


def _day_of_any_year(text: str) -> date | None:
    found = _MONTH_AND_DAY.search(text)
    month, day = (small(found[1]), small(found[2])) if found else (None, None)
    if not month or not day:
        return None
    try:
        return date(2025, month, day)
    except ValueError:
        return None
