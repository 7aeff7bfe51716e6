"""docs/binding.md tells the truth: its sentences give the subjects that it claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from gov_writer import facts, ingest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "binding.md"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "。" in line
]


def test_there_are_rows() -> None:
    assert len(ROWS) >= 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_row(row: tuple[str, ...]) -> None:
    ledger = facts.extract([ingest.from_text("句.txt", row[0])])
    found = [fact.subject for fact in ledger.facts if fact.counted]
    assert found == row[1].split("；")
