"""Which figures of a part tell its whole year: not the half of which the year is told beside it, no mere change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from gov_writer.checking.rules.reconciling.year_sums import with_sums
from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

_COMPARES = lazy("[较比]|同比|上年|去年|同期")


def told(part: Ledger) -> list[Fact]:
    """The part's results, without those of a half-year or a month of which the same place tells the year; halves and
    quarters that are the year together as their sum."""
    facts = [f for f in part.facts if f.kind is Kind.QUANTITY and not f.planned and not is_change(f)]
    beside: dict[object, list[Fact]] = defaultdict(list)
    for fact in facts:
        beside[_place(part, fact)].append(fact)
    return with_sums([one for fact in facts if (one := _whole(fact, beside[_place(part, fact)])) is not None])


def is_change(fact: Fact) -> bool:
    """Whether a figure tells by how much something changed (比上年减少412人), which nobody adds up."""
    return fact.mention.sub == "delta" and bool(
        _COMPARES.search(fact.subject + fact.text) or (fact.value or 0) < 0
    )


def _place(part: Ledger, fact: Fact) -> object:
    """A sentence, or a table's row."""
    if fact.cell is None:
        return fact.sentence
    table, number = fact.cell
    source = next(one for one in part.sources if one.id == fact.source)
    return table, source.tables[table].cells[number].row


def _whole(fact: Fact, beside: list[Fact]) -> Fact | None:
    """None for a figure of a part of the year beside the year's; the year's own under the fullest of their names."""
    named = fact.subject
    for other in _of_one_name(fact, beside):
        if _inside(fact, other):
            return None
        if fact.cell is None and _inside(other, fact) and len(other.subject) > len(named):
            named = other.subject
    return fact if named == fact.subject else replace(fact, subject=named)


def _of_one_name(fact: Fact, beside: list[Fact]) -> Iterator[Fact]:
    for other in beside:
        short, long = sorted((fact.subject, other.subject), key=len)
        if (
            other is not fact
            and units.same(fact.unit, other.unit)
            and (long.startswith(short) or long.endswith(short))
        ):
            yield other


def _inside(one: Fact, other: Fact) -> bool:
    """Whether one figure's stretch of time is a true part of the other's."""
    a, b = one.period, other.period
    if a is None or b is None or a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return (a.start, a.end) != (b.start, b.end) and b.start <= a.start and a.end <= b.end
