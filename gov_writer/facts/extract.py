"""All facts of all sources: read the mentions, bind them, number them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from gov_writer.domain import Fact, Ledger, Mention, Period, Source
from gov_writer.facts import tables
from gov_writer.facts.binding import above
from gov_writer.facts.binding.prose import bind
from gov_writer.facts.reporting import reporting_period, told_period
from gov_writer.facts.scanning.scan import scan, scan_view
from gov_writer.text.clean import readable


def extract(sources: Iterable[Source], *, as_of: date | None = None, period: Period | None = None) -> Ledger:
    """The ledger of the sources, in their order; ids F1, F2, … run through all of them.

    as_of: the day from which 今年 and 上月 count; the period's end if not given, never today. The ledger's is None
    where the period is only guessed.
    period: the reporting period. If not given, it is what most sources' titles tell (the later of two), and
    a source that tells another counts from its own; without any, as_of's year, or the year named most.
    Given, it holds for all but an older report among several sources: 今年 in last year's is last year.
    Never raises on any text.
    """
    given = tuple(sources)
    told = {source.id: told_period(source, as_of) for source in given}
    stated = period or _most(tuple(told.values()))
    shared = stated or _guessed(given, as_of)
    found: list[Fact] = []
    labels: dict[str, tuple[Mention, ...]] = {}
    for source in given:
        own, day = told[source.id] or shared, as_of
        if period is not None:
            own = told[source.id]
            older = len(given) > 1 and own is not None and own.before(period)
            own, day = (own, None) if older else (period, as_of)
        facts, labels[source.id] = _of_source(source, day, own, len(found) + 1)
        found += facts
    reference = as_of or (stated.end if stated else None)
    return Ledger(sources=given, facts=tuple(found), labels=labels, period=shared, as_of=reference)


def _guessed(sources: Sequence[Source], as_of: date | None) -> Period | None:
    return _most(tuple(reporting_period(source, as_of) for source in sources))


def _of_source(
    source: Source, as_of: date | None, period: Period | None, first: int
) -> tuple[list[Fact], tuple[Mention, ...]]:
    view = readable(source.text)
    bound = bind(source, view, scan_view(view, as_of=as_of, period=period), period, first=first)
    facts = above.named(source, bound.facts)
    if bound.loose or source.tables:
        rows = tables.facts(
            source, bound.loose, lambda words: scan(words, as_of=as_of, period=period), period
        )
        both = sorted((*facts, *rows), key=lambda fact: (fact.mention.start, fact.mention.end))
        facts = [replace(fact, id=f"F{number}") for number, fact in enumerate(both, first)]
    return facts, tuple(bound.labels)


def _most(periods: Sequence[Period | None]) -> Period | None:
    counts = Counter((p.start, p.end) for p in periods if p is not None)
    if not counts:
        return None
    most = max(counts.values())
    best = max((span for span, count in counts.items() if count == most), key=lambda span: str(span[1]))
    return next(p for p in periods if p is not None and (p.start, p.end) == best)
