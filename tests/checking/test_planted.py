"""The planted faults of ``eval/planted``: deterministic, and all found in our own texts."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = Path(__file__).resolve().parents[2] / "eval" / "planted"


def _load(name: str) -> object:
    sys.path.insert(0, str(PLANTED))
    try:
        spec = importlib.util.spec_from_file_location(name, PLANTED / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(PLANTED))


def test_own_texts_are_clean() -> None:
    """Nothing to tell of the texts before a fault is planted."""
    from gov_writer import ingest, pipeline
    from gov_writer.checking import run

    _load("faults")
    documents = _load("documents")
    for path in sorted((PLANTED / "own").glob("*.md")):
        document = documents._own(path)  # type: ignore[attr-defined]
        case = pipeline.case_of(ingest.from_text("draft.md", document.text, id="D"), period=document.period)
        told = [
            (f.rule, f.text, f.message) for f in run(case).findings if f.rule[:3] in ("ARI", "DAT", "STR")
        ]
        assert told == [], path.name
        assert all(document.text[a:b].strip("%") for a, b in document.tied + document.loosely)


@pytest.mark.slow
def test_all_planted_faults_are_told(shared: Path) -> None:
    """The bars of the table in eval/README.md (with source 0.98 per kind)."""
    call = [sys.executable, str(PLANTED / "run.py"), "--each", "2", "--misses"]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout
