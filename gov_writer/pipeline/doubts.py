"""What the checker doubts of a model's sentences: drafting asks it by a callable, since stages don't import each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gov_writer.checking import refuse_unknown
from gov_writer.checking.case import Case
from gov_writer.domain import Ledger, Source
from gov_writer.facts import extract
from gov_writer.ingest import from_text
from gov_writer.pipeline.checks import examine
from gov_writer.settings import CheckSettings


def second_opinion(ledger: Ledger) -> Callable[[Sequence[tuple[str, str]]], set[int]]:
    """Tells which sentences of a model the checker doubts though it does not doubt the notes' own words for them.

    Asked about none, it loads the rules that it will ask.
    """
    settings = CheckSettings(
        select=("FIG101", "FIG102", "FIG103", "FIG104", "FIG106", "FIG108", "FIG109", "FIG110")
    )

    def doubts(lines: Sequence[str]) -> list[set[tuple[str, str]]]:
        text = "\n".join(line.replace("\n", "") for line in lines) + "\n"
        source: Source = from_text("draft.txt", text, id="D")
        claims = extract((source,), as_of=ledger.as_of, period=ledger.period)
        case = Case(
            draft=source,
            claims=claims,
            against=ledger,
            period=ledger.period,
            as_of=ledger.as_of,
            settings=settings,
        )
        found: list[set[tuple[str, str]]] = [set() for _ in lines]
        for finding in examine(case).findings:
            if finding.severity.rank == 3 and finding.line <= len(found):
                found[finding.line - 1].add((finding.rule, finding.text))
        return found

    def doubted(pairs: Sequence[tuple[str, str]]) -> set[int]:
        if not pairs:
            refuse_unknown(settings.select)
            return set()
        said = doubts([said for said, _ in pairs])
        if not any(said):
            return set()
        own = doubts([note for _, note in pairs])
        return {number for number, (mine, notes) in enumerate(zip(said, own, strict=True)) if mine - notes}

    return doubted
