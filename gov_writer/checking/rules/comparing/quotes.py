"""The words of a report that stand under a finding."""

from __future__ import annotations

from bisect import bisect_right

from gov_writer.domain import Evidence, Fact, Ledger, Source


def evidence(ledger: Ledger, start: int, end: int, locator: str = "") -> Evidence:
    """The words ``[start, end)`` of the ledger's first source with their place."""
    source = ledger.sources[0]
    return Evidence(
        source=source.path,
        locator=locator or locator_at(source, start),
        text=source.text[start:end].strip("，,；;。 \n\t"),
    )


def sentence_of(ledger: Ledger, fact: Fact) -> Evidence:
    """The sentence that a fact stands in."""
    start, end = fact.sentence if fact.cell is None else (fact.start, fact.end)
    found = evidence(ledger, start, end, fact.locator)
    if fact.cell is not None:
        return Evidence(source=found.source, locator=found.locator, text=f"{fact.subject} {fact.text}")
    return found


def locator_at(source: Source, at: int) -> str:
    """The place of an offset as a person would name it."""
    starts = [block.start for block in source.blocks]
    number = bisect_right(starts, at) - 1
    return source.blocks[number].locator if number >= 0 else ""
