"""All facts of all sources: read the mentions, bind them, number them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from gov_writer.domain import Fact, Ledger, Mention, Period, Source
from gov_writer.facts import tables
from gov_writer.facts.binding import bind
from gov_writer.facts.reporting import reporting_period
from gov_writer.facts.scan import scan
from gov_writer.text.clean import readable


def extract(sources: Iterable[Source], *, as_of: date | None = None, period: Period | None = None) -> Ledger:
    """The ledger of the sources, in their order; ids F1, F2, … run through all of them.

    as_of: the day from which 今年 and 上月 count; the period's end if not given, never today.
    period: the reporting period; read from each source if not given (the ledger's is then the one that
    most sources share, the later of two). Never raises on any text.
    """
    given = tuple(sources)
    own = {source.id: period or reporting_period(source, as_of) for source in given}
    shared = period or _shared(tuple(own.values()))
    found: list[Fact] = []
    labels: dict[str, tuple[Mention, ...]] = {}
    for source in given:
        facts, labels[source.id] = _of_source(source, as_of, own[source.id] or shared, len(found) + 1)
        found += facts
    reference = as_of or (shared.end if shared else None)
    return Ledger(sources=given, facts=tuple(found), labels=labels, period=shared, as_of=reference)


def _of_source(
    source: Source, as_of: date | None, period: Period | None, first: int
) -> tuple[list[Fact], tuple[Mention, ...]]:
    view = readable(source.text)
    bound = bind(source, view, scan(source.text, as_of=as_of, period=period), period, first=first)
    facts = bound.facts
    if bound.loose or source.tables:
        rows = tables.facts(
            source, bound.loose, lambda words: scan(words, as_of=as_of, period=period), period
        )
        both = sorted((*facts, *rows), key=lambda fact: (fact.mention.start, fact.mention.end))
        facts = [replace(fact, id=f"F{number}") for number, fact in enumerate(both, first)]
    return facts, tuple(bound.labels)


def _shared(periods: Sequence[Period | None]) -> Period | None:
    counts = Counter((p.start, p.end) for p in periods if p is not None)
    if not counts:
        return None
    most = max(counts.values())
    best = max((span for span, count in counts.items() if count == most), key=lambda span: str(span[1]))
    return next(p for p in periods if p is not None and (p.start, p.end) == best)
