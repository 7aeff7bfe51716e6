"""Reports that a person wrote from notes: nothing to tell of them, and each planted fault told once.

Each file of ``pairs`` holds a period, sources by name (text; tables for .xlsx), a report and its faults:
``[kind, old, new, rules]``, where ``old`` stands once in the report; ``a|b`` with an empty ``new`` swaps
two. ``rules`` are alternatives with ``/``, ``*n`` says how many findings (two for FIG109, else one).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from gov_writer import ingest, pipeline
from gov_writer.domain import Finding, Severity, Source

PAIRS = sorted((Path(__file__).parent / "pairs").glob("*.yaml"))
NAMES = [path.stem for path in PAIRS]


@cache
def _pair(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / "pairs" / f"{name}.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _workbook(sheets: dict[str, list[list[Any]]], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, table in sheets.items():
        sheet = book.create_sheet(title)
        for row in table:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())


def _sources(name: str, folder: Path) -> list[Source]:
    paths = []
    for file, content in _pair(name)["sources"].items():
        path = folder / file
        if isinstance(content, dict):
            _workbook(content, path)
        else:
            path.write_text(content, encoding="utf-8")
        paths.append(path)
    sources, errors = ingest.read_all(paths)
    assert not errors
    return list(sources)


def _told(name: str, text: str, sources: list[Source]) -> list[Finding]:
    draft = ingest.from_text("draft.md", text, id="D")
    report = pipeline.examine(pipeline.case_of(draft, sources, period=_pair(name)["period"]))
    return [f for f in report.findings if f.severity is not Severity.INFO]


def planted(report: str, old: str, new: str) -> str:
    """The report with one fault."""
    if new or "|" not in old:
        assert report.count(old) == 1, old
        return report.replace(old, new)
    one, two = old.split("|")
    assert report.count(one) == report.count(two) == 1, old
    return report.replace(one, "\x01").replace(two, one).replace("\x01", two)


def wrong(findings: list[Finding], rules: str) -> str:
    """What is wrong with the findings on one fault; "" where they are as the contract says."""
    rules, _, count = rules.partition("*")
    number = int(count) if count else 2 if rules == "FIG109" else 1
    told = [f"{f.rule}{f.text or f.expected}({f.severity.value})" for f in findings]
    if not findings:
        return "missed"
    if not any(f.rule in rules.split("/") for f in findings):
        return f"other rule: {told}"
    return "" if len(findings) == number else f"not once: {told}"


def _faults(name: str) -> Iterator[tuple[str, str, str, str]]:
    yield from _pair(name)["faults"]


def measure(name: str, folder: Path) -> tuple[list[Finding], list[str], int]:
    """The false alarms on the clean report, the faults not told as they should be, and how many there are."""
    sources, report = _sources(name, folder), _pair(name)["report"]
    clean = _told(name, report, sources)
    known = {(f.rule, f.text or f.expected) for f in clean}
    bad, total = [], 0
    for kind, old, new, rules in _faults(name):
        total += 1
        found = [
            f
            for f in _told(name, planted(report, old, new), sources)
            if (f.rule, f.text or f.expected) not in known
        ]
        if what := wrong(found, rules):
            bad.append(f"{kind}: {old} → {new} [{rules}] {what}")
    return clean, bad, total


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_told_of_a_careful_report(name: str, tmp_path: Path) -> None:
    told = _told(name, _pair(name)["report"], _sources(name, tmp_path))
    assert [(f.rule, f.text, f.message) for f in told if f.severity is Severity.ERROR] == []
    assert len(told) <= 1, [(f.rule, f.text or f.expected, f.message) for f in told]


@pytest.mark.slow
def test_faults_are_told_once_by_the_right_rule(tmp_path: Path) -> None:
    """Nineteen of twenty over all pairs, and hardly any without a word."""
    faulty, total = [], 0
    for name in NAMES:
        (tmp_path / name).mkdir()
        _, bad, number = measure(name, tmp_path / name)
        assert number >= 12
        faulty += [f"{name}: {what}" for what in bad]
        total += number
    assert len(faulty) <= 0.05 * total, faulty
    assert sum(what.endswith("missed") for what in faulty) <= 0.02 * total, faulty
