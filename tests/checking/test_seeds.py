"""The five seed reports: the faults known in them are found, and what is right in them is left alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.domain import Finding, Severity


@cache
def _findings(folder: Path, number: str) -> tuple[str, tuple[Finding, ...]]:
    path = next(folder.glob(f"seeds/{number}_*.txt"))
    draft = ingest.read(path, id="D")
    return draft.text, run(pipeline.case_of(draft)).findings


def _of(shared: Path, number: str, rule: str) -> list[Finding]:
    return [finding for finding in _findings(shared, number)[1] if finding.rule == rule]


def test_000_term_drift_and_confusables(shared: Path) -> None:
    assert [(f.text, f.expected) for f in _of(shared, "000", "TXT605")] == [("宝日攻坚", "百日攻坚")]
    assert [(f.text, f.expected) for f in _of(shared, "000", "TXT606")] == [
        ("累积", "累计"),
        ("截止", "截至"),
        ("累积", "累计"),
    ]


def test_000_masks_are_told_once(shared: Path) -> None:
    assert [(f.text, f.severity) for f in _of(shared, "000", "TXT601")] == [("*", Severity.INFO)]


@pytest.mark.parametrize("words", ["六联六员", "3个工作组", "3人签署", "三清三关", "两方面的工作"])
def test_000_what_is_right(shared: Path, words: str) -> None:
    text, findings = _findings(shared, "000")
    at = text.index(words)
    assert [f for f in findings if f.start < at + len(words) and at < f.end] == []


def test_001_half_width_is_its_style(shared: Path) -> None:
    found = _of(shared, "001", "TXT603")
    assert len(found) == 1
    assert found[0].severity is Severity.INFO
    assert _of(shared, "001", "TXT604") == []


def test_002_unfilled_is_one_finding(shared: Path) -> None:
    found = _of(shared, "002", "TXT601")
    assert [(f.text, f.severity) for f in found] == [("X", Severity.ERROR)]
    assert "共" in found[0].message


def test_002_three_aspects_are_four(shared: Path) -> None:
    assert [(f.text, f.severity) for f in _of(shared, "002", "STR503")] == [("三个方面", Severity.ERROR)]


def test_002_nested_numbers_are_in_order(shared: Path) -> None:
    assert _of(shared, "002", "STR501") == []
    assert _of(shared, "002", "STR502") == []
    assert _of(shared, "002", "PRV803") == []


def test_003_scrape_noise_is_told_by_kind(shared: Path) -> None:
    found = _of(shared, "003", "TXT602")
    assert 1 <= len(found) <= 3
    assert any("注音" in f.message for f in found)
    for rule in ("TXT604", "STR501", "STR503"):
        assert _of(shared, "003", rule) == [], rule
    assert len(_of(shared, "003", "TXT603")) <= 1


def test_003_seven_are_four_and_three(shared: Path) -> None:
    assert _of(shared, "003", "ARI201") == []
    assert _of(shared, "003", "ARI204") == []


def test_004_list_goes_on_without_a_number(shared: Path) -> None:
    found = _of(shared, "004", "STR501")
    assert len(found) == 1
    assert "三是" in found[0].message


def test_004_masks_and_gaps_are_told_apart(shared: Path) -> None:
    assert [(f.text, f.severity) for f in _of(shared, "004", "TXT601")] == [("**", Severity.INFO)]


def test_004_half_width_stop(shared: Path) -> None:
    found = _of(shared, "004", "TXT603")
    assert [(f.text, f.expected) for f in found] == [(".", "。")]
    assert found[0].fix is not None
    assert found[0].fix.safe


def test_004_six_aspects_are_six(shared: Path) -> None:
    assert _of(shared, "004", "STR503") == []


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_few_other_findings(shared: Path, number: str) -> None:
    """Nothing else at the level of an error."""
    known = {"TXT601", "STR503"}
    errors = [f for f in _findings(shared, number)[1] if f.severity is Severity.ERROR and f.rule not in known]
    assert [(f.rule, f.text, f.message) for f in errors] == []
