"""From files to a report: read, extract, run the rules, show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from gov_writer import ingest
from gov_writer.checking.case import Case
from gov_writer.domain import Ledger, Period, Report, Source, Theme
from gov_writer.errors import GovWriterError
from gov_writer.facts import extract, told_period
from gov_writer.ingest import parse_period, read, read_all
from gov_writer.ingest.endings import WORD
from gov_writer.ingest.sources import expand
from gov_writer.settings import CheckSettings


def facts(
    paths: Iterable[str | Path], *, as_of: date | None = None, period: Period | None = None
) -> tuple[Ledger, tuple[GovWriterError, ...]]:
    """The ledger of all files that can be read, and one error for each that can't."""
    sources, errors = read_all(expand(paths))
    return extract(sources, as_of=as_of, period=period), tuple(errors)


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
    """Read everything that a check needs; the case still holds the texts, for whoever shows them.

    brief: its sources are added to ``against``, its themes, period and as_of hold unless given here.
    Raises GovWriterError for whatever can't be read; several faults are told in one.
    """
    against = expand(against, besides=draft_path)
    plan = None if brief is None else ingest.read_brief(str(brief), sources_elsewhere=bool(against))
    wanted = (plan.themes if plan else ()) or (settings.themes if settings else ())
    if themes is not None:
        wanted = ingest.read_themes(str(themes))
    paths = against + list(plan.sources if plan else ())
    draft = read(str(draft_path), id="D", with_layout=True)
    sources, errors = read_all(paths)
    examples, more = read_all(list(plan.examples) if plan else [])
    raise_first((*errors, *more))
    return case_of(
        draft,
        sources,
        given=bool(paths),
        examples=examples,
        themes=wanted,
        named=plan.named if plan else (),
        period=period if period is not None else (plan.period if plan else None),
        as_of=as_of if as_of is not None else (plan.as_of if plan else None),
        settings=settings,
    )


def case_of(
    draft: Source,
    against: Sequence[Source] = (),
    *,
    given: bool | None = None,
    ledger: Ledger | None = None,
    examples: Sequence[Source] = (),
    parts: Sequence[Source] = (),
    before: Sequence[Source] = (),
    themes: Sequence[Theme] = (),
    named: Sequence[str] = (),
    period: str | Period | None = None,
    as_of: date | None = None,
    settings: CheckSettings | None = None,
) -> Case:
    """A case from sources that are read already (the service, tests).

    given: whether sources were named at all, even if all were the same file or empty.
    named: what the brief names (``Brief.named``), which no source need know.
    ledger: their facts, where they were read before; else they are read now.
    period: left out, what the sources tell, else what the draft's title does.
    as_of: the period's end when left out, never today.
    """
    span = parse_period(period) if isinstance(period, str) else period
    sources = _distinct(against)
    if span is None and ledger is None and not any(told_period(source, as_of) for source in sources):
        span = told_period(draft, as_of)  # notes that name no year are those of the report's period
    if ledger is None and (given if given is not None else bool(sources)):
        ledger = extract(sources, as_of=as_of or (span.end if span else None), period=span)
    if span is None and ledger is not None:
        span = ledger.period
    when = as_of or (span.end if span else None)
    claims = extract((draft,), as_of=when, period=span)
    return Case(
        draft=draft,
        claims=claims,
        against=ledger,
        themes=tuple(themes),
        examples=tuple(examples),
        parts=_ledgers_of_parts(parts, when, span),
        before=tuple(extract((report,)) for report in before),
        named=tuple(named),
        period=span or claims.period,
        as_of=when or claims.as_of,
        settings=settings or CheckSettings(),
    )


def _ledgers_of_parts(
    parts: Sequence[Source], as_of: date | None, period: Period | None
) -> tuple[Ledger, ...]:
    """The parts' facts; where neither the total nor a part tells the year, the part is of the year that most others tell."""
    if period is not None:
        return tuple(extract((part,), as_of=as_of, period=period) for part in parts)
    told = [told_period(part, as_of) for part in parts]
    usual = Counter(one for one in told if one is not None).most_common(1)
    common = usual[0][0] if usual else None
    return tuple(
        extract((part,), as_of=as_of, period=own or common) for part, own in zip(parts, told, strict=True)
    )


def examine(case: Case) -> Report:
    """Run the rules over a prepared case."""
    from gov_writer import checking

    return checking.run(case)


def show(case: Case, report: Report, form: str, *, color: bool = False) -> str | bytes:
    """The report in one of the forms of ``check --format``; docx is bytes, the rest text."""
    from gov_writer.rendering.findings import render_report

    if form == "docx":
        return _commented(case.draft, report)
    return render_report(report, form, draft=case.draft, against=case.against, color=color)


def _commented(draft: Source, report: Report) -> bytes:
    """The draft's own file with a comment on each finding; what is no Word file is first put into one."""
    from gov_writer import rendering

    if Path(draft.path).suffix.lower() in WORD:
        return rendering.comments(Path(draft.path).read_bytes(), report)
    return rendering.comments(*rendering.as_word(draft, report))


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
        rest = "\n".join(f"另外，{error.what}（编号 {error.code}）" for error in errors[1:])
        raise GovWriterError(first.what, where=first.where, hint=f"{first.hint}\n{rest}", code=first.code)
    raise first
