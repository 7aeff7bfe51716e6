"""The stages in order: read, extract, plan, compose, check, render."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gov_writer.checking.case import Case
from gov_writer.domain import Brief, Ledger, Period, Report, Source, Theme
from gov_writer.errors import GovWriterError
from gov_writer.settings import CheckSettings


def _verb(stage: str, name: str) -> Any:
    """A stage's verb, imported when it is used: start-up stays light."""
    return getattr(importlib.import_module(f"gov_writer.{stage}"), name)


def facts(
    paths: Iterable[str | Path], *, as_of: date | None = None, period: Period | None = None
) -> tuple[Ledger, tuple[GovWriterError, ...]]:
    """The ledger of all files that can be read, and one error for each that can't."""
    sources, errors = _verb("ingest", "read_all")([str(path) for path in paths])
    return _verb("facts", "extract")(sources, as_of=as_of, period=period), tuple(errors)


def check(
    draft_path: str | Path,
    against: Iterable[str | Path] = (),
    *,
    brief: str | Path | None = None,
    themes: str | Path | None = None,
    period: str | Period | None = None,
    as_of: date | None = None,
    settings: CheckSettings | None = None,
) -> Report:
    """Check a draft file against source files.

    brief: its sources are added to ``against``, its themes, period and as_of hold unless given here.
    Raises GovWriterError for whatever can't be read; several faults are in its ``others``.
    """
    return examine(
        prepare(
            draft_path, against, brief=brief, themes=themes, period=period, as_of=as_of, settings=settings
        )
    )


def examine(case: Case) -> Report:
    """Run the rules over a prepared case."""
    from gov_writer import checking

    return checking.run(case)


def prepare(
    draft_path: str | Path,
    against: Iterable[str | Path] = (),
    *,
    brief: str | Path | None = None,
    themes: str | Path | None = None,
    period: str | Period | None = None,
    as_of: date | None = None,
    settings: CheckSettings | None = None,
) -> Case:
    """Read everything that a check needs; the case still holds the texts, for whoever shows them."""
    plan: Brief | None = None if brief is None else _verb("ingest", "read_brief")(str(brief))
    wanted = plan.themes if plan else ()
    if themes is not None:
        wanted = _verb("ingest", "read_themes")(str(themes))
    paths = [str(path) for path in against] + list(plan.sources if plan else ())
    draft = _verb("ingest", "read")(str(draft_path), id="D")
    sources, errors = _verb("ingest", "read_all")(paths)
    examples, more = _verb("ingest", "read_all")(list(plan.examples) if plan else [])
    raise_first((*errors, *more))
    return case_of(
        draft,
        sources,
        given=bool(paths),
        examples=examples,
        themes=wanted,
        period=period if period is not None else (plan.period if plan else None),
        as_of=as_of if as_of is not None else (plan.as_of if plan else None),
        settings=settings,
    )


def case_of(
    draft: Source,
    against: Sequence[Source] = (),
    *,
    given: bool | None = None,
    examples: Sequence[Source] = (),
    themes: Sequence[Theme] = (),
    period: str | Period | None = None,
    as_of: date | None = None,
    settings: CheckSettings | None = None,
) -> Case:
    """A case from sources that are read already (the service, tests).

    given: whether sources were named at all, even if all were the same file or empty.
    as_of: the period's end when left out, never today.
    """
    span = _verb("ingest", "parse_period")(period) if isinstance(period, str) else period
    sources = _distinct(against)
    ledger: Ledger | None = None
    if given if given is not None else bool(sources):
        ledger = _verb("facts", "extract")(sources, as_of=as_of or (span and span.end), period=span)
    if span is None and ledger is not None:
        span = ledger.period
    when = as_of or (span.end if span else None)
    claims = _verb("facts", "extract")((draft,), as_of=when, period=span)
    return Case(
        draft=draft,
        claims=claims,
        against=ledger,
        themes=tuple(themes),
        examples=tuple(examples),
        period=span or claims.period,
        as_of=when or claims.as_of,
        settings=settings or CheckSettings(),
    )


def show(case: Case, report: Report, form: str, *, color: bool = False) -> str | bytes:
    """The report in one of the forms of ``check --format``; docx is bytes, the rest text."""
    from gov_writer.rendering.findings import render_report

    return render_report(report, form, draft=case.draft, against=case.against, color=color)


def _distinct(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The same content counts once, whatever it is called."""
    seen: set[str] = set()
    kept = []
    for source in sources:
        if source.sha256 not in seen:
            seen.add(source.sha256)
            kept.append(source)
    return tuple(kept)


def raise_first(errors: Sequence[GovWriterError]) -> None:
    """Raise the first of several faults, with the rest in its message, so that none is silent."""
    if not errors:
        return
    first = errors[0]
    if len(errors) > 1:
        rest = "\n\n".join(str(error) for error in errors[1:])
        raise GovWriterError(
            first.what, where=first.where, hint=f"{first.hint}\n\n另外：\n{rest}", code=first.code
        )
    raise first
