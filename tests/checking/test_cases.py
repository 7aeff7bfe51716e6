"""Every rule is documented, and its cases (``*.cases.yaml`` beside it) hold.

A case is a mapping with a ``name``, the ``draft`` text, and either ``fail`` (the words at fault, a string or
a list; every finding of this rule must be listed) or ``pass: true``. Optional: ``against`` (source text or
list of texts), ``examples``, ``themes``, ``period``, ``as_of``, ``message`` (a part of the first finding's
message), ``severity`` (of the first finding), ``format`` (file ending of the draft, default md), ``parts``
(file name: text, for group REC), ``before`` (last year's report, for group REC), ``layout`` (for FMT: what differs from the standard's; see layouts.py), ``provenance``
(for FIG112: what the draft remembers of its figures).
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from gov_writer import ingest, pipeline
from gov_writer.checking import Rule, all_rules, run
from gov_writer.domain import Finding, Provenance, Source, Written
from tests.checking.layouts import layout_of

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


def _source(text: str, name: str, source_id: str) -> Source:
    return ingest.from_text(name, text, id=source_id)


def _texts(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given or [])


def _findings(rule: type[Rule], case: dict[str, Any]) -> list[Finding]:
    draft = _source(case["draft"], f"draft.{case.get('format', 'md')}", "D")
    if "layout" in case:
        draft = replace(draft, layout=layout_of(draft, case["layout"]))
    if "provenance" in case:
        draft = replace(draft, provenance=_provenance(draft.text, case["provenance"]))
    against = [_source(t, f"notes{n}.md", f"S{n}") for n, t in enumerate(_texts(case.get("against")), 1)]
    examples = [_source(t, f"example{n}.md", f"E{n}") for n, t in enumerate(_texts(case.get("examples")), 1)]
    as_of = case.get("as_of")
    built = pipeline.case_of(
        draft,
        against,
        examples=examples,
        parts=[_source(text, name, "S1") for name, text in (case.get("parts") or {}).items()],
        before=[_source(t, f"last{n}.md", "S1") for n, t in enumerate(_texts(case.get("before")), 1)],
        themes=ingest.themes_of(case["themes"]) if case.get("themes") else (),
        period=str(case["period"]) if "period" in case else None,
        as_of=date.fromisoformat(as_of) if isinstance(as_of, str) else as_of,
    )
    return [finding for finding in run(built).findings if finding.rule == rule.code]


def _provenance(text: str, given: dict[str, Any]) -> Provenance:
    """figures: {at: words now (left out if gone), was: words as written}; untouched: lines."""
    figures = []
    for one in given["figures"]:
        start = text.index(one["at"]) if "at" in one else None
        end = None if start is None else start + len(one["at"])
        figures.append(
            Written(
                words=one["was"],
                fact="F1",
                subject="",
                source="材料.md",
                locator="第1行",
                start=start,
                end=end,
            )
        )
    lines = [(text.index(line), text.index(line) + len(line)) for line in given.get("untouched", [])]
    return Provenance(figures=tuple(figures), untouched=tuple(lines))


@pytest.mark.parametrize(("rule", "case"), _cases())
def test_case(rule: type[Rule], case: dict[str, Any]) -> None:
    found = _findings(rule, case)
    if case.get("pass"):
        assert [(f.text, f.message) for f in found] == []
        return
    assert [f.text for f in found] == _texts(case["fail"])
    if "message" in case:
        assert case["message"] in found[0].message
    if "severity" in case:
        assert found[0].severity == case["severity"]
