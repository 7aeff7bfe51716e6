"""SARIF 2.1.0 (OASIS): findings for code-review tools and editors."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from gov_writer import __version__
from gov_writer.domain import Finding, Fix, Ledger, Report, Severity, Source

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, draft: Source, _against: Ledger | None, _color: bool) -> str:
    return json.dumps(as_dict(report, draft), ensure_ascii=False, indent=2) + "\n"


def as_dict(report: Report, draft: Source) -> dict[str, Any]:
    """One run; columns count Unicode code points, as everywhere in the project."""
    rules = sorted({(finding.rule, finding.name) for finding in report.findings})
    index = {code: n for n, (code, _) in enumerate(rules)}
    driver = {
        "name": "gov-writer",
        "version": __version__,
        "rules": [{"id": code, "name": _pascal(name)} for code, name in rules],
    }
    uri = quote(report.path.replace("\\", "/"), safe="/")
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": {"uri": uri}}],
                "results": [_result(f, index[f.rule], uri, draft.text) for f in report.findings],
            }
        ],
    }


def _result(finding: Finding, rule_index: int, uri: str, text: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": _region(finding, text)}}
        ],
        "partialFingerprints": {"govWriter/v1": finding.fingerprint},
    }
    if finding.known:
        result["baselineState"] = "unchanged"
    if finding.evidence:
        result["relatedLocations"] = [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(e.source.replace("\\", "/"), safe="/")}
                },
                "message": {"text": f"{e.locator} {e.text}".strip()},
            }
            for e in finding.evidence
        ]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, uri)]
    return result


def _region(finding: Finding, text: str) -> dict[str, Any]:
    """Lines and columns from 1, the end column exclusive; the character offsets besides."""
    inside = text[finding.start : finding.end]
    newline = inside.rfind("\n")
    end_column = finding.column + len(inside) if newline < 0 else len(inside) - newline
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line + inside.count("\n"),
        "endColumn": end_column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }
    if inside:
        region["snippet"] = {"text": inside}
    return region


def _fix(fix: Fix, uri: str) -> dict[str, Any]:
    replacement = {
        "deletedRegion": {"charOffset": fix.start, "charLength": fix.end - fix.start},
        "insertedContent": {"text": fix.text},
    }
    return {"artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": [replacement]}]}


def _pascal(name: str) -> str:
    return "".join(part.title() for part in name.split("-"))
