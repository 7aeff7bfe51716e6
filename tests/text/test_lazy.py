"""Patterns that are compiled late: all of them are right, and behave as patterns do."""

from __future__ import annotations

import importlib
import pkgutil
import re

import gov_writer
from gov_writer.text.lazy import _Lazy, lazy


def test_it_is_the_pattern_once_it_is_used() -> None:
    pattern = lazy(r"(\d+)处", re.MULTILINE)
    found = pattern.search("隐患8753处")
    assert found is not None and found[1] == "8753"
    assert pattern.pattern == r"(\d+)处" and pattern.flags & re.MULTILINE
    assert [m[1] for m in pattern.finditer("1处、2处")] == ["1", "2"]


def test_every_late_pattern_compiles() -> None:
    seen = 0
    for info in pkgutil.walk_packages(gov_writer.__path__, "gov_writer."):
        if info.name.split(".")[1] not in ("facts", "checking", "matching", "ingest", "text"):
            continue
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if isinstance(value, _Lazy):
                assert value.flags >= 0  # type: ignore[attr-defined]
                seen += 1
    assert seen > 300
