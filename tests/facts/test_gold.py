"""The gold spans of ../shared: the bars of the project, held in-process with the public scorer's own rules."""

from __future__ import annotations

import importlib.util
import io
import re
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gov_writer.domain import Mention
from gov_writer.facts import scan


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _as_fact(mention: Mention) -> dict[str, Any]:
    def number(value: Any) -> str | None:
        return None if value is None else format(value, "f")

    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": str(mention.kind),
        "value": number(mention.value),
        "low": number(mention.low),
        "high": number(mention.high),
        "approx": str(mention.approx),
        "unit": mention.unit,
        "date_start": mention.date_start and mention.date_start.isoformat(),
        "date_end": mention.date_end and mention.date_end.isoformat(),
    }


def _facts_of(_command: str, lines: list[str], as_of: str) -> list[dict[str, Any]]:
    text = "\n".join(lines) + "\n"
    return [_as_fact(mention) for mention in scan(text, as_of=date.fromisoformat(as_of))]


@pytest.mark.parametrize("name", ["seeds.jsonl", "constructed.jsonl"])
def test_the_bars_hold(name: str, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scorer = _scorer(shared)
    monkeypatch.setattr(scorer, "facts_of", _facts_of)
    monkeypatch.setattr("sys.argv", ["score.py", "--misses", str(shared / "gold" / name)])
    printed = io.StringIO()
    with redirect_stdout(printed):
        scorer.main()
    said = printed.getvalue()
    found = re.search(r"right ([\d.]+) exact ([\d.]+) precision ([\d.]+) .* misread (\d+)/", said)
    assert found, said
    right, exact, precision, misread = (float(group) for group in found.groups())
    assert right >= 0.99, said
    assert exact >= 0.97, said
    assert precision >= 0.99, said
    assert misread <= 1, said
