"""Reports that a person could have written from notes (``eval/pairs``): clean ones stay quiet, faults are told once."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gov_writer.domain import Severity

PAIRS = Path(__file__).resolve().parents[2] / "eval" / "pairs"


def _runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pairs_run", PAIRS / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pairs_run"] = module
    spec.loader.exec_module(module)
    return module


RUN = _runner()


@pytest.mark.parametrize("name", [*RUN.NAMES, *RUN.FIRST_SIGHT])
def test_nothing_is_told_of_a_careful_report(name: str, tmp_path: Path) -> None:
    read = RUN.sources(name, tmp_path)
    told = [f for f in RUN.told(name, RUN.pair(name)["report"], read) if f.severity is not Severity.INFO]
    assert [(f.rule, f.text, f.message) for f in told if f.severity is Severity.ERROR] == []
    assert len(told) <= 1, [(f.rule, f.text or f.expected, f.message) for f in told]


@pytest.mark.parametrize("name", [*RUN.NAMES, *RUN.FIRST_SIGHT])
def test_every_fault_can_be_planted(name: str) -> None:
    report = RUN.pair(name)["report"]
    for fault in RUN.faults(name):
        assert RUN.planted(report, fault.old, fault.new)[0] != report
    assert len(RUN.faults(name)) >= 12


@pytest.mark.slow
def test_faults_are_told_once_by_the_right_rule(tmp_path: Path) -> None:
    """Nineteen of twenty over all pairs, and hardly any without a word."""
    outcomes = []
    for name in RUN.NAMES:
        (tmp_path / name).mkdir()
        outcomes += RUN.measure(name, tmp_path / name)[1]
    wrong = [f"{o.fault.pair}: {o.fault.old} → {o.fault.new} {o.wrong}" for o in outcomes if o.wrong]
    assert len(wrong) <= (1 - RUN.RIGHT) * len(outcomes), wrong
    assert sum(o.wrong == "missed" for o in outcomes) <= (1 - RUN.TOLD) * len(outcomes), wrong
