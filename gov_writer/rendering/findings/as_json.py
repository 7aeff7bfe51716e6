"""``check --format json``, version 1 (contract)."""

from __future__ import annotations

from typing import Any

from gov_writer.domain import Finding, Ledger, Report, Source


def as_dict(report: Report) -> dict[str, Any]:
    """The contract's object, keys in its order."""
    coverage = report.coverage
    return {
        "version": 1,
        "document": {"path": report.path, "characters": report.characters},
        "findings": [_finding(finding) for finding in report.findings],
        "coverage": {
            "figures": coverage.figures,
            "figures_supported": coverage.figures_supported,
            "facts": coverage.facts,
            "facts_used": coverage.facts_used,
            "unused": list(coverage.unused),
            "themes": coverage.themes,
            "themes_met": coverage.themes_met,
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    known = {"known": True} if finding.known else {}
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "line": finding.line,
        "column": finding.column,
        "text": finding.text,
        "message": finding.message,
        "expected": finding.expected,
        "evidence": [{"source": e.source, "locator": e.locator, "text": e.text} for e in finding.evidence],
        "fix": None
        if fix is None
        else {"start": fix.start, "end": fix.end, "text": fix.text, "safe": fix.safe},
        "fingerprint": finding.fingerprint,
        **known,
    }


def render(report: Report, _draft: Source, _against: Ledger | None, _color: bool) -> str:
    import json

    return json.dumps(as_dict(report), ensure_ascii=False, indent=2) + "\n"
