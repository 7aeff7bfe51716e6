"""A comparison with last year's report in the forms that people and programs read."""

from __future__ import annotations

from gov_writer.domain import Comparison, Report, Source

#: The forms that show the tables; the others show the findings alone.
FORMS = ("text", "json", "html", "xlsx")


def render(
    comparison: Comparison, report: Report, form: str, *, draft: Source, color: bool = False
) -> str | bytes:
    """The tables and the findings.  form: one of ``FORMS``; xlsx is bytes."""
    from importlib import import_module

    shown: str | bytes = import_module(f"gov_writer.rendering.comparison.as_{form}").render(
        comparison, report, draft, color
    )
    return shown


__all__ = ["FORMS", "render"]
