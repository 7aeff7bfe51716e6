"""GitHub workflow commands: one annotation per finding."""

from __future__ import annotations

from gov_writer.domain import Finding, Ledger, Report, Severity, Source

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, _draft: Source, _against: Ledger | None, _color: bool) -> str:
    return "".join(
        f"{_annotation(finding, report.path)}\n" for finding in report.findings if not finding.known
    )


def _annotation(finding: Finding, path: str) -> str:
    end = finding.column + max(0, finding.end - finding.start)
    fields = {
        "file": path,
        "line": str(finding.line),
        "col": str(finding.column),
        "endColumn": str(end),
        "title": f"{finding.rule} {finding.name}",
    }
    if "\n" in finding.text:
        del fields["endColumn"]
    options = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    message = finding.message + "".join(f"\n{e.source} {e.locator}：{e.text}" for e in finding.evidence)
    return f"::{_COMMANDS[finding.severity]} {options}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner's toolkit does; a text can't begin a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
