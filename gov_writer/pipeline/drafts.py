"""From brief and notes to a draft with its trace: read, extract, plan, compose, render."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    Section,
    SectionProse,
    Source,
)
from gov_writer.errors import GovWriterError
from gov_writer.facts import amend
from gov_writer.ingest import from_text, read_all
from gov_writer.ingest.sources import expand, resolve
from gov_writer.pipeline.checks import case_of, raise_first
from gov_writer.pipeline.doubts import second_opinion
from gov_writer.pipeline.layout import text_of
from gov_writer.settings import EngineSettings

if TYPE_CHECKING:
    from gov_writer.drafting.model_writer import ModelWriter

#: Writes the prose of a section, or says with None that it can't.
Phrase = Callable[[Section, str], SectionProse | None]


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


def own_case(drafted: Drafted) -> Case:
    """The check of a draft against what it was made from."""
    brief = drafted.outline.brief
    return case_of(
        from_text("draft.txt", drafted.draft.text, id="D"),
        drafted.ledger.sources,
        themes=brief.themes,
        named=brief.named,
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
        text = text_of(data, form)
    elif form in ("md", "txt"):
        text = data.decode()
    return data, rendering.trace(drafted.draft, drafted.ledger, text)
