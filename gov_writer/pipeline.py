"""The stages in order: read, extract, plan, compose, check, render."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gov_writer import ingest
from gov_writer.checking.case import Case
from gov_writer.domain import (
    Amendment,
    Brief,
    Draft,
    EngineChoice,
    Ledger,
    Outline,
    Period,
    Report,
    Section,
    SectionProse,
    Source,
    Theme,
)
from gov_writer.errors import GovWriterError
from gov_writer.facts import amend, extract
from gov_writer.ingest import from_text, parse_period, read, read_all
from gov_writer.ingest.sources import expand, resolve
from gov_writer.settings import CheckSettings, EngineSettings

if TYPE_CHECKING:
    from gov_writer.drafting.model_writer import ModelWriter

#: Writes the prose of a section, or says with None that it can't.
Phrase = Callable[[Section, str], SectionProse | None]


def facts(
    paths: Iterable[str | Path], *, as_of: date | None = None, period: Period | None = None
) -> tuple[Ledger, tuple[GovWriterError, ...]]:
    """The ledger of all files that can be read, and one error for each that can't."""
    sources, errors = read_all(expand(paths))
    return extract(sources, as_of=as_of, period=period), tuple(errors)


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
    period: str | Period | None = None,
    as_of: date | None = None,
    settings: CheckSettings | None = None,
) -> Case:
    """A case from sources that are read already (the service, tests).

    given: whether sources were named at all, even if all were the same file or empty.
    ledger: their facts, where they were read before; else they are read now.
    as_of: the period's end when left out, never today.
    """
    span = parse_period(period) if isinstance(period, str) else period
    sources = _distinct(against)
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
        parts=tuple(extract((part,), as_of=when, period=span) for part in parts),
        before=tuple(extract((report,)) for report in before),
        period=span or claims.period,
        as_of=when or claims.as_of,
        settings=settings or CheckSettings(),
    )


def show(case: Case, report: Report, form: str, *, color: bool = False) -> str | bytes:
    """The report in one of the forms of ``check --format``; docx is bytes, the rest text."""
    from gov_writer.rendering.findings import render_report

    if form == "docx":
        return _commented(case.draft.path, report)
    return render_report(report, form, draft=case.draft, against=case.against, color=color)


def _commented(path: str, report: Report) -> bytes:
    """The draft's own file with a comment on each finding."""
    if Path(path).suffix.lower() not in (".docx", ".docm"):
        raise GovWriterError(
            f"“{path}”不是 Word 文档，不能加批注。",
            hint="--format docx 只用于 .docx 文稿；其他文稿请用 --format html 或 text。",
            code="CALL-106",
        )
    from gov_writer import rendering

    return rendering.comments(Path(path).read_bytes(), report)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a draft is to be made from.  brief: its sources are the names of those read.

    amendments: what the clerk corrected or struck among the facts.
    """

    brief: Brief
    sources: tuple[Source, ...]
    examples: tuple[Source, ...] = ()
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A draft with what it was made from.  warnings: in Chinese, one line each, for the user."""

    draft: Draft
    ledger: Ledger
    outline: Outline
    warnings: tuple[str, ...]

    @property
    def fell_back(self) -> bool:
        """Whether the prose of a section could not come from the engine that was asked for."""
        return any(section.fell_back for section in self.draft.sections)


def request(
    inputs: Sequence[str | Path],
    *,
    brief: str | Path | None = None,
    examples: str | Path | None = None,
    themes: str | Path | None = None,
) -> Request:
    """Read what a draft needs.  inputs: one brief (more sources may follow it), or sources.

    brief: its sources come first, then ``inputs``.  examples: a folder, file or glob instead of the
    brief's.  themes: a file instead of the brief's.  Raises GovWriterError for whatever can't be read.
    """
    paths = expand(inputs)
    if brief is None and paths and paths[0].lower().endswith((".yaml", ".yml")):
        brief, paths = paths[0], paths[1:]
    plan = Brief(sources=())
    if brief is not None:
        plan = ingest.read_brief(str(brief), sources_elsewhere=bool(paths))
    named = list(dict.fromkeys([*plan.sources, *paths]))
    if not named:
        raise GovWriterError(
            "没有给出材料。",
            hint="写上任务书，或一个以上的材料文件，如 gov-writer draft 材料.md。",
            code="CALL-130",
        )
    shown: Sequence[str] = plan.examples
    if examples is not None:
        shown = resolve(str(examples), Path())
    if themes is not None:
        plan = replace(plan, themes=ingest.read_themes(str(themes)))
    sources, errors = read_all(named)
    patterns, more = read_all(list(shown))
    raise_first((*errors, *more))
    return Request(brief=replace(plan, sources=tuple(named)), sources=sources, examples=patterns)


def draft(
    wanted: Request,
    *,
    phrase: Phrase | None = None,
    engine: str = "builtin",
    model: str | None = None,
    writer: ModelWriter | None = None,
    so_far: Callable[[str], None] | None = None,
) -> Drafted:
    """Plan and write.  phrase: how an engine writes a section; None is the builtin writer.

    writer: an engine with a model; it is asked for all sections at once and gives phrase, engine and model.
    so_far: gets the draft as Markdown each time the writer has finished a section; the others are builtin's in it.
    """
    from gov_writer.drafting import compose

    ledger, outline = planned(wanted)
    prompts: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = ()
    if writer is not None:
        if so_far is not None:
            from gov_writer import rendering

            first, tell = outline, so_far  # as planned; the writer may put the opening anew
            writer.on_section = lambda: tell(
                rendering.render(compose(first, ledger, phrase=writer), form="md", ledger=ledger).decode()
            )
        outline = writer.write(outline, ledger.sources, wanted.examples, second_opinion(ledger))
        phrase, engine, model, prompts = writer, writer.name, writer.model, writer.prompts
        told = writer.told()
    written = compose(outline, ledger, phrase=phrase, engine=engine, model=model, prompts=prompts)
    read = [f"“{source.path}”：{line}" for source in wanted.sources for line in source.warnings]
    return Drafted(draft=written, ledger=ledger, outline=outline, warnings=(*read, *written.warnings, *told))


def writer_for(
    choice: EngineChoice,
    *,
    deadline_s: float = 600.0,
    watch: Callable[[int, str, int], None] | None = None,
    settings: EngineSettings | None = None,
) -> ModelWriter | None:
    """The engine of a choice, set up from gov-writer.toml; None for builtin.

    deadline_s: after so many seconds what is not yet written is written by builtin.
    settings: instead of those of gov-writer.toml.
    watch: told the section's number, its state and the characters heard so far.
    Raises GovWriterError LLM-nnn when the engine can't be used.
    """
    if choice.name == "builtin":
        return None
    import time

    from gov_writer.drafting.model_writer import ModelWriter
    from gov_writer.drafting.phrase import unwatched
    from gov_writer.settings.engine import engine_settings

    deadline = time.monotonic() + deadline_s
    chosen = settings if settings is not None else engine_settings()
    return ModelWriter(choice, settings=chosen, deadline=deadline, watch=watch or unwatched)


def read_facts(wanted: Request) -> Ledger:
    """The facts that a draft is to be made of, as the clerk has amended them."""
    brief = wanted.brief
    as_of = brief.as_of or (brief.period.end if brief.period else None)
    return amend(wanted.sources, wanted.amendments, as_of=as_of, period=brief.period)


def planned(wanted: Request) -> tuple[Ledger, Outline]:
    """The facts of the sources, and what the report will say of them."""
    from gov_writer.outline import plan as plan_outline

    brief, ledger = wanted.brief, read_facts(wanted)
    outline = plan_outline(brief, ledger, wanted.examples)
    return ledger, outline


def second_opinion(ledger: Ledger) -> Callable[[Sequence[tuple[str, str]]], set[int]]:
    """Tells which sentences of a model the checker doubts though it does not doubt the notes' own words for them."""
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
        said = doubts([said for said, _ in pairs])
        if not any(said):
            return set()
        own = doubts([note for _, note in pairs])
        return {number for number, (mine, notes) in enumerate(zip(said, own, strict=True)) if mine - notes}

    return doubted


def own_case(drafted: Drafted) -> Case:
    """The check of a draft against what it was made from."""
    brief = drafted.outline.brief
    return case_of(
        from_text("draft.txt", drafted.draft.text, id="D"),
        drafted.ledger.sources,
        themes=brief.themes,
        period=brief.period,
        as_of=brief.as_of,
    )


def render(drafted: Drafted, form: str, *, with_sources: bool = False) -> tuple[bytes, dict[str, Any]]:
    """The draft as a file of that form, and its trace; the trace's spans are those of ``gov-writer text``.

    with_sources: a .docx holds each figure's fact and the table 数据溯源表.
    """
    from gov_writer import rendering

    data = rendering.render(drafted.draft, form=form, ledger=drafted.ledger, with_sources=with_sources)
    text = drafted.draft.text
    if form == "docx":
        text = _text_of(data, form)
    elif form in ("md", "txt"):
        text = data.decode()
    return data, rendering.trace(drafted.draft, drafted.ledger, text)


def laid_out(path: str | Path) -> tuple[bytes, tuple[str, ...]]:
    """A .docx in the layout of GB/T 9704-2012 with the same text, and what to tell the reader.

    Raises GovWriterError CALL-160 for what is no .docx, CALL-161 if the text would change.
    """
    from gov_writer import rendering

    if Path(path).suffix.lower() != ".docx":
        raise GovWriterError(
            f"“{path}”不是 .docx 文件，不能排版。",
            hint="请先用 Word 或 WPS 另存为 .docx。",
            code="CALL-160",
        )
    source: Source = read(str(path))
    data = rendering.relayout(Path(path).read_bytes(), source)
    if _text_of(data, "docx") != source.text:
        raise GovWriterError(
            f"“{path}”排版后文字会有变化，没有写出。",
            hint="请用 Word 打开，接受修订并另存一份后再试。",
            code="CALL-161",
        )
    return data, source.warnings


def _text_of(data: bytes, form: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft.{form}"
        path.write_bytes(data)
        source: Source = read(str(path))
        return source.text


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
