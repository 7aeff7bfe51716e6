"""Outline -> draft.  What a model may add is prose for one section; it is taken only if no fact is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gov_writer.domain import (
    Draft,
    DraftBlock,
    DraftBlockKind,
    Figure,
    Ledger,
    Outline,
    Section,
    SectionProse,
    SectionTrace,
    Statement,
)
from gov_writer.drafting.prose import builtin, told
from gov_writer.errors import GovWriterError
from gov_writer.text.numerals import chinese
from gov_writer.text.todo import todo

#: Asked once for each section that has statements, with its numbered heading; None: "write it yourself".
Phrase = Callable[[Section, str], SectionProse | None]


def compose(
    outline: Outline,
    ledger: Ledger,
    *,
    phrase: Phrase | None = None,
    engine: str = "builtin",
    model: str | None = None,
    prompts: Sequence[tuple[str, str]] = (),
) -> Draft:
    """Write the draft.

    phrase: writes the prose of a section; where it gives None or loses a fact the builtin writer does.
    engine, model, prompts: what was asked for, for the trace.
    """
    blocks = [DraftBlock(kind=DraftBlockKind.TITLE, text=outline.title)]
    if outline.brief.addressee:
        blocks.append(
            DraftBlock(kind=DraftBlockKind.ADDRESSEE, text=outline.brief.addressee.rstrip("：:") + "：")
        )
    blocks += told(outline.opening)
    traces: list[SectionTrace] = []
    for number, section in enumerate(outline.sections, 1):
        _write(section, f"{chinese(number)}、{section.heading}", blocks, traces, phrase)
        for place, child in enumerate(section.children, 1):
            _write(child, f"（{chinese(place)}）{child.heading}", blocks, traces, phrase)
    blocks += told(outline.closing)
    blocks += attached(outline)
    blocks += [DraftBlock(kind=DraftBlockKind.SIGNATURE, text=line) for line in outline.signature]
    draft = Draft(
        blocks=tuple(_unrepeated(blocks)),
        unused=outline.unused,
        sections=tuple(traces),
        engine=engine,
        model=model,
        prompts=tuple(prompts),
        warnings=outline.warnings,
    )
    _accounted(draft, ledger)
    return draft


def attached(outline: Outline) -> tuple[DraftBlock, ...]:
    """The lines of the 附件说明 between closing and signature, () without any (GB/T 9704-2012, 7.3.4)."""
    found = []
    for number, name in enumerate(outline.attachments, 1):
        lead = "附件：" if number == 1 else ""
        lead += f"{number}." if len(outline.attachments) > 1 else ""
        figures = tuple(
            Figure(start=a + len(lead), end=b + len(lead), fact=fact) for a, b, fact in name.slots
        )
        found.append(DraftBlock(kind=DraftBlockKind.PARAGRAPH, text=lead + name.text, figures=figures))
    return tuple(found)


def sections(outline: Outline) -> tuple[tuple[Section, str], ...]:
    """The sections that have something to say, with their numbered headings, in the draft's order."""
    found: list[tuple[Section, str]] = []
    for number, section in enumerate(outline.sections, 1):
        found.append((section, f"{chinese(number)}、{section.heading}"))
        found += [
            (child, f"（{chinese(place)}）{child.heading}") for place, child in enumerate(section.children, 1)
        ]
    return tuple((section, heading) for section, heading in found if section.statements)


def _write(
    section: Section,
    heading: str,
    blocks: list[DraftBlock],
    traces: list[SectionTrace],
    phrase: Phrase | None,
) -> None:
    shift = len(heading) - len(section.heading)
    figures = tuple(Figure(start=a + shift, end=b + shift, fact=fact) for a, b, fact in section.slots)
    blocks.append(DraftBlock(kind=DraftBlockKind.HEADING, text=heading, level=section.level, figures=figures))
    if section.statements:
        prose = _phrased(section, heading, phrase)
        blocks += prose.paragraphs
        traces.append(prose.trace)
    for name in section.todo:
        blocks.append(DraftBlock(kind=DraftBlockKind.PARAGRAPH, text=todo(name)))


def _phrased(section: Section, heading: str, phrase: Phrase | None) -> SectionProse:
    if phrase is None:
        return builtin(section, heading)
    prose = phrase(section, heading)
    if prose is None:
        return builtin(section, heading, fell_back=True)
    missing = _facts(section.statements) - _said(prose.paragraphs)
    if missing or not prose.paragraphs:
        own = builtin(section, heading, fell_back=True)
        reason = "漏掉了材料中的数据：" + "、".join(sorted(missing)) if missing else "没有内容"
        return replace(
            own,
            trace=replace(own.trace, attempts=prose.trace.attempts, rejected=(*prose.trace.rejected, reason)),
        )
    return prose


def _facts(statements: Sequence[Statement]) -> set[str]:
    return {fact for statement in statements for _, _, fact in statement.slots}


def _said(blocks: Sequence[DraftBlock]) -> set[str]:
    said: set[str] = set()
    for block in blocks:
        for figure in block.figures:
            said |= {figure.fact} if figure.fact is not None else set(figure.inputs)
    return said


def _unrepeated(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """No paragraph twice: a second one that holds no figure is left out."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if block.kind is DraftBlockKind.PARAGRAPH and not block.figures:
            if block.text in seen:
                continue
            seen.add(block.text)
        kept.append(block)
    return kept


def _accounted(draft: Draft, ledger: Ledger) -> None:
    """Every counted fact is in the draft or among the unused; anything else is our own fault."""
    used = _said(draft.blocks) | {unused.fact for unused in draft.unused}
    lost = [fact.id for fact in ledger.facts if fact.counted and fact.id not in used]
    if lost:
        raise GovWriterError(
            f"有{len(lost)}条数据没有写进草稿：{'、'.join(lost[:8])}。",
            hint="这是程序的错误，请把材料和这条消息交给维护者。",
            code="DRAFT-901",
        )
