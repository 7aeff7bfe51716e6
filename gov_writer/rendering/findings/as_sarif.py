"""SARIF 2.1.0 (OASIS): findings for code-review tools and editors."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from gov_writer import __version__
from gov_writer.domain import Finding, Ledger, Report, Severity, Source
from gov_writer.text import LineIndex

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, draft: Source, _against: Ledger | None, _color: bool) -> str:
    return json.dumps(as_dict(report, draft), ensure_ascii=False, indent=2) + "\n"


def as_dict(report: Report, draft: Source) -> dict[str, Any]:
    """One run; columns count Unicode code points, as everywhere in the project.

    A finding that the baseline knows is "unchanged"; where there is one, all others are "new" (the standard asks
    for the state of all results or of none).
    """
    rules = sorted({(finding.rule, finding.name) for finding in report.findings})
    index = {code: n for n, (code, _) in enumerate(rules)}
    driver = {
        "name": "gov-writer",
        "version": __version__,
        "rules": [{"id": code, "name": _pascal(name)} for code, name in rules],
    }
    place = _location(report.path)
    lines = LineIndex(draft.text)
    results = [_result(f, index[f.rule], place, lines, draft.text) for f in report.findings]
    if any(finding.known for finding in report.findings):
        for finding, result in zip(report.findings, results, strict=True):
            result["baselineState"] = "unchanged" if finding.known else "new"
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": place}],
                "results": results,
            }
        ],
    }


def _location(path: str) -> dict[str, str]:
    """An absolute path as a file URI; any other is relative to where the tool ran, called %SRCROOT%."""
    words = quote(path.replace("\\", "/"), safe="/")
    if re.match(r"[A-Za-z]%3A/", words):
        return {"uri": f"file:///{words[0]}:{words[4:]}"}
    if words.startswith("/"):
        return {"uri": f"file:///{words.lstrip('/')}"}
    return {"uri": words, "uriBaseId": "%SRCROOT%"}


def _result(
    finding: Finding, rule_index: int, place: dict[str, str], lines: LineIndex, text: str
) -> dict[str, Any]:
    region = _region(lines, text, finding.start, finding.end)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "partialFingerprints": {"govWriter/v1": finding.fingerprint},
    }
    if finding.evidence:
        result["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": _location(e.source)},
                "message": {"text": f"{e.locator} {e.text}".strip()},
            }
            for e in finding.evidence
            if e.source
        ]
    if finding.fix is not None:
        region = _region(lines, text, finding.fix.start, finding.fix.end)
        replacement = {
            "deletedRegion": {key: value for key, value in region.items() if key != "snippet"},
            "insertedContent": {"text": finding.fix.text},
        }
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": place, "replacements": [replacement]}]}]
    return result


def _region(lines: LineIndex, text: str, start: int, end: int) -> dict[str, Any]:
    """Lines and columns from 1, the end column exclusive; the character offsets besides."""
    (start_line, start_column), (end_line, end_column) = lines.at(start), lines.at(end)
    region: dict[str, Any] = {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
    }
    if start < end:
        region["snippet"] = {"text": text[start:end]}
    return region


def _pascal(name: str) -> str:
    return "".join(part.title() for part in name.split("-"))
