"""Every rule is documented, and its cases (``*.cases.yaml`` beside it) hold.

A case is a mapping with a ``name``, the ``draft`` text, and either ``fail`` (the words at fault, a string or
a list; every finding of this rule must be listed) or ``pass: true``. Optional: ``against`` (source text or
list of texts), ``examples``, ``themes``, ``period``, ``as_of``, ``message`` (a part of the first finding's
message), ``severity`` (of the first finding), ``format`` (file ending of the draft, default md).
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml

from gov_writer.checking import Rule, all_rules

HOUSE_STYLE = "本项目约定"


def _case_file(rule: type[Rule]) -> Path:
    source = Path(inspect.getfile(rule))
    return source.with_name(source.stem + ".cases.yaml")


def _cases() -> list[Any]:
    found = []
    for rule in all_rules():
        for case in yaml.safe_load(_case_file(rule).read_text(encoding="utf-8")) or []:
            found.append(pytest.param(rule, case, id=f"{rule.code}-{case['name']}"))
    return found


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_rule_is_documented(rule: type[Rule]) -> None:
    for part in ("code", "name", "severity", "title", "why", "bad", "good", "authority"):
        assert getattr(rule, part, None), f"{rule.__name__} has no {part}"
    assert Path(inspect.getfile(rule)).stem == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    cases = yaml.safe_load(_case_file(rule).read_text(encoding="utf-8"))
    assert sum("fail" in case for case in cases) >= 4, "four that must be found"
    assert sum("pass" in case for case in cases) >= 4, "four hard ones that must pass"


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in all_rules()]
    assert len(codes) == len(set(codes))
