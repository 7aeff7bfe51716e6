"""A report of findings in the forms that people and programs read."""

from __future__ import annotations

from gov_writer.domain import Ledger, Report, Source

#: The forms that are text; docx is bytes and lives with the documents.
FORMS = ("text", "json", "sarif", "github", "html")


def render_report(
    report: Report, form: str, *, draft: Source, against: Ledger | None = None, color: bool = False
) -> str:
    """The report as text.  form: one of ``FORMS``.  color: mark figures with terminal colours (text only)."""
    from importlib import import_module

    render = import_module(f"gov_writer.rendering.findings.as_{form}").render
    return str(render(report, draft, against, color))


__all__ = ["FORMS", "render_report"]
