"""Drafts from texts, and the guarantees of the contract as one function."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from gov_writer import facts, ingest, pipeline
from gov_writer.domain import Brief, DraftBlockKind, Finding, Genre, Kind, Period, Source, Theme

REASONS = re.compile(r"(?:repeats|contradicts) F\d+|outside period|withheld|out of scope")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
LEFT_OVER = re.compile(r"\{\{|\}\}|\[\[|\]\]|<\|?|\|>|⟦|⟧|```|^#", re.MULTILINE)


@dataclass
class Notes:
    """One input set: files by name, and what the brief says."""

    files: dict[str, str]
    brief: dict[str, Any] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    tables: tuple[Source, ...] = ()


def year(number: int) -> Period:
    return Period(text=str(number), start=date(number, 1, 1), end=date(number, 12, 31))


def draft_of(notes: Notes) -> pipeline.Drafted:
    sources = tuple(
        ingest.from_text(name, text, id=f"S{number}")
        for number, (name, text) in enumerate(notes.files.items(), 1)
    )
    examples = tuple(ingest.from_text(name, text, id="E") for name, text in notes.examples.items())
    brief = Brief(sources=tuple(notes.files), **notes.brief)
    return pipeline.draft(pipeline.Request(brief=brief, sources=sources, examples=examples))


def findings(drafted: pipeline.Drafted, text: str | None = None, group: str = "FIG") -> list[Finding]:
    """What ``check`` says about the draft (or an altered text of it) against its own sources."""
    brief = drafted.outline.brief
    case = pipeline.case_of(
        ingest.from_text("draft.txt", text if text is not None else drafted.draft.text, id="D"),
        drafted.ledger.sources,
        themes=brief.themes,
        period=brief.period,
        as_of=brief.as_of,
    )
    return [finding for finding in pipeline.examine(case).findings if finding.rule.startswith(group)]


def assert_guarantees(drafted: pipeline.Drafted) -> None:
    """The contract's guarantees 1, 2 and 8, which hold for every input."""
    text, ledger = drafted.draft.text, drafted.ledger
    data, trace = pipeline.render(drafted, "txt")
    assert data.decode() == text + "\n"
    _figures_are_facts(drafted, trace)
    used = {figure["fact"] for figure in trace["figures"]}
    reasons = {entry["fact"]: entry["reason"] for entry in trace["unused"]}
    for fact in ledger.facts:
        if fact.counted:
            assert fact.id in used or REASONS.match(reasons.get(fact.id, "")), (fact.id, fact.text)
    assert not used & set(reasons)
    for figure in trace["figures"]:
        assert text[figure["start"] : figure["end"]] == figure["text"]
    _form(drafted)
    assert not [f for f in findings(drafted) if f.severity.value == "error"]


def _figures_are_facts(drafted: pipeline.Drafted, trace: dict[str, Any]) -> None:
    """Every figure, date and rank that can be read in the draft lies on a traced figure."""
    spans = [(figure["start"], figure["end"]) for figure in trace["figures"]]
    own = _own_spans(drafted)
    brief = drafted.outline.brief
    claims = facts.scan(drafted.draft.text, as_of=brief.as_of, period=brief.period)
    for claim in claims:
        if claim.kind in (Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH, Kind.RANK, Kind.DATE, Kind.DATE_RANGE):
            held = any(start < claim.end and claim.start < end for start, end in spans)
            allowed = any(start <= claim.start and claim.end <= end for start, end in own)
            assert held or allowed, (claim.text, drafted.draft.text[claim.start - 20 : claim.end + 10])


def _own_spans(drafted: pipeline.Drafted) -> list[tuple[int, int]]:
    """Title, opening and signature may hold the brief's own period and day."""
    found, at = [], 0
    for block in drafted.draft.blocks:
        if block.kind in (DraftBlockKind.TITLE, DraftBlockKind.SIGNATURE):
            found.append((at, at + len(block.text)))
        at += len(block.text) + 1
    return found


def _form(drafted: pipeline.Drafted) -> None:
    blocks = drafted.draft.blocks
    text = drafted.draft.text
    assert blocks[0].kind is DraftBlockKind.TITLE and "\n" not in blocks[0].text
    body = [b for b in blocks if b.kind in (DraftBlockKind.PARAGRAPH, DraftBlockKind.HEADING)]
    assert body[0].kind is DraftBlockKind.PARAGRAPH, "no opening paragraph"
    heads = [b for b in blocks if b.kind is DraftBlockKind.HEADING]
    tops = [b.text for b in heads if b.level == 1]
    assert len(tops) >= 2
    assert [t.split("、")[0] for t in tops] == list("一二三四五六七八九十")[: len(tops)]
    if len(tops) == 2:
        assert any(b.level == 2 for b in heads)
    for one, two in pairwise(body):
        assert not (one.level and two.level == one.level), f"empty section {one.text}"
    paragraphs = [b.text for b in blocks if b.kind is DraftBlockKind.PARAGRAPH]
    assert len(paragraphs) == len(set(paragraphs))
    for sentence in SENTENCE.findall(text):
        assert len(sentence) <= 180, sentence
    assert not LEFT_OVER.search(text), LEFT_OVER.search(text)


@pytest.fixture(scope="session")
def check_draft() -> Callable[[Notes], pipeline.Drafted]:
    """Draft twice, assert the guarantees and that both are the same; gives the draft."""

    def run(notes: Notes) -> pipeline.Drafted:
        first, second = draft_of(notes), draft_of(notes)
        assert pipeline.render(first, "md") == pipeline.render(second, "md")
        assert_guarantees(first)
        return first

    return run


@pytest.fixture(scope="session")
def fig() -> Callable[..., list[Finding]]:
    return findings


__all__ = ["Genre", "Notes", "Theme", "assert_guarantees", "draft_of", "findings", "year"]
