"""A seed to a draft and back: nothing is lost, and every slip that is put in is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Brief, Figure, Kind
from gov_writer.text.clean import clean

from .conftest import assert_guarantees, findings

SEEDS = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module", params=SEEDS)
def drafted(request: pytest.FixtureRequest, shared: Path) -> pipeline.Drafted:
    """The draft from one seed as its only source; 003 cleaned."""
    (path,) = (shared / "seeds").glob(f"{request.param}_*.txt")
    text = path.read_text(encoding="utf-8")
    if request.param == "003":
        text = clean(text).text
    source = ingest.from_text(path.name, text)
    return pipeline.draft(pipeline.Request(brief=Brief(sources=(path.name,)), sources=(source,)))


def places(drafted: pipeline.Drafted) -> Iterator[tuple[int, int, Figure]]:
    at = 0
    for block in drafted.draft.blocks:
        for figure in block.figures:
            yield at + figure.start, at + figure.end, figure
        at += len(block.text) + 1


def test_guarantees(drafted: pipeline.Drafted) -> None:
    assert_guarantees(drafted)


@pytest.mark.parametrize("form", ["docx", "md"])
def test_through_a_file(drafted: pipeline.Drafted, form: str, tmp_path: Path) -> None:
    data, trace = pipeline.render(drafted, form)
    path = tmp_path / f"out.{form}"
    path.write_bytes(data)
    back = ingest.read(path)
    for figure in trace["figures"]:
        assert back.text[figure["start"] : figure["end"]] == figure["text"]
    case = pipeline.case_of(back, drafted.ledger.sources)
    report = pipeline.examine(case)
    assert not [f for f in report.findings if f.rule.startswith("FIG")]
    counted = [fact for fact in drafted.ledger.facts if fact.counted]
    assert {f["fact"] for f in trace["figures"]} | {u["fact"] for u in trace["unused"]} == {
        f.id for f in counted
    }
    assert report.coverage.facts == len(counted)
    assert report.coverage.figures_supported == report.coverage.figures


def exact(drafted: pipeline.Drafted) -> list[tuple[int, int]]:
    """Exact figures of three digits or more with a unit: a slip in them can't be hidden in an approximation."""
    text = drafted.draft.text
    facts = {fact.id: fact for fact in drafted.ledger.facts}
    return [
        (start, end)
        for start, end, figure in places(drafted)
        if figure.fact is not None
        and facts[figure.fact].kind is Kind.QUANTITY
        and facts[figure.fact].mention.approx.value == "exact"
        and re.match(r"\d{2,}", text[start:end])
    ]


def test_one_digit_changed(drafted: pipeline.Drafted) -> None:
    text = drafted.draft.text
    for start, _ in exact(drafted)[:6]:
        digit = "7" if text[start + 1] != "7" else "4"
        changed = text[: start + 1] + digit + text[start + 2 :]
        assert any(f.start <= start + 1 < f.end or f.start == start for f in findings(drafted, changed)), (
            text[start - 15 : start + 8]
        )


def test_two_figures_swapped(drafted: pipeline.Drafted) -> None:
    text = drafted.draft.text
    spans = exact(drafted)
    pairs = [(a, b) for a, b in zip(spans, spans[2:], strict=False) if text[slice(*a)] != text[slice(*b)]]
    for (a, b), (c, d) in pairs[:4]:
        changed = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
        assert findings(drafted, changed), (text[a - 12 : b], text[c - 12 : d])


def test_a_sentence_deleted(drafted: pipeline.Drafted) -> None:
    text = drafted.draft.text
    for start, end in exact(drafted)[:3]:
        left = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
        right = text.find("。", end) + 1
        gone = text[:left] + text[right:]
        if text[start:end] not in gone:
            assert [f for f in findings(drafted, gone) if f.rule == "FIG107"], text[left:right]
