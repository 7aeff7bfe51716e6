"""What takes several reports at once: parts against a total, this year against last year.

Both are checks like any other, with rules of group REC, and come with a table of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gov_writer.checking.case import Case
from gov_writer.domain import Comparison, Matrix, MatrixCell, Period, Report
from gov_writer.ingest import read, read_all
from gov_writer.ingest.sources import expand
from gov_writer.pipeline import case_of, examine, raise_first
from gov_writer.settings import CheckSettings


def office_settings(path: str | Path) -> CheckSettings:
    """The settings of the file's folder with group REC selected: the office's synonyms, severities and layers."""
    from gov_writer.settings.files import settings_for

    return replace(settings_for(path), select=("REC",))


#: The findings that these commands look for where nobody selects others.
RECONCILING = CheckSettings(select=("REC",))


def reconcile(
    total: str | Path,
    parts: Iterable[str | Path],
    *,
    last_year: Iterable[str | Path] = (),
    period: str | Period | None = None,
    settings: CheckSettings | None = None,
) -> Case:
    """A case whose draft is the district's total (a table or a report) and whose parts are checked against it.

    last_year: last year's reports of the same units (files, folders or globs).

    ``examine`` it with group REC selected.  Raises GovWriterError for whatever can't be read.
    """
    draft = read(str(total), id="D")
    sources, errors = read_all(expand(parts))
    before, more = read_all(expand(last_year))
    raise_first((*errors, *more))
    return case_of(
        draft, parts=sources, before=before, period=period, settings=settings or office_settings(total)
    )


def _over(office: CheckSettings, asked: CheckSettings) -> CheckSettings:
    """The office's settings with the rules that somebody asked for."""
    ignored = tuple(dict.fromkeys((*office.ignore, *asked.ignore)))
    return replace(office, select=asked.select or office.select, ignore=ignored)


def compare(
    old: str | Path,
    new: str | Path,
    *,
    period: str | Period | None = None,
    settings: CheckSettings | None = None,
) -> Case:
    """A case whose draft is this year's report, held against last year's.

    period: the new report's.  ``examine`` it with group REC selected.  Raises GovWriterError for whatever can't be read.
    """
    sources, errors = read_all([str(old), str(new)])
    raise_first(errors)
    before, draft = sources
    office = office_settings(new)
    chosen = office if settings is None else _over(office, settings)
    return case_of(replace(draft, id="D"), before=[before], period=period, settings=chosen)


def table(case: Case) -> Matrix:
    """A reconciliation's table, indicator × part."""
    from gov_writer.checking.rules.reconciling.matrix import matrix as made

    return made(case)


def matrix(case: Case) -> bytes:
    """The same as an .xlsx file."""
    from gov_writer.rendering.matrix import workbook

    return workbook(table(case))


def show_matrix(case: Case, report: Report) -> str:
    """A reconciliation as JSON: the findings of ``check`` with the matrix beside them."""
    import json
    from dataclasses import asdict

    from gov_writer.rendering.findings.as_json import as_dict

    found = table(case)
    rows = [
        {**asdict(row), "cells": [None if cell is None else _cell(cell) for cell in row.cells]}
        for row in found.rows
    ]
    data = {**as_dict(report), "matrix": {"parts": list(found.parts), "rows": rows}}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _cell(cell: MatrixCell) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(cell), "value": None if cell.value is None else f"{cell.value:f}"}


def adjacent(case: Case) -> bool:
    """Whether the reports of a ``compare`` are on adjacent years; only then growth and promises are compared."""
    from gov_writer.checking.rules.comparing.years import year_on_year

    years = case.once(year_on_year)
    return years is None or years.adjacent


def comparison(case: Case) -> Comparison:
    """The tables of ``compare``: indicators with both values, promises with what became of them."""
    from gov_writer.checking.rules.comparing.table import comparison as made

    return made(case)


def show_comparison(case: Case, report: Report, form: str, *, color: bool = False) -> str | bytes:
    """A comparison in one of the forms text, json, html, xlsx, sarif, github; xlsx is bytes."""
    from gov_writer.rendering import comparison as rendering

    if form in rendering.FORMS:
        return rendering.render(comparison(case), report, form, draft=case.draft, color=color)
    from gov_writer.pipeline import show

    return show(case, report, form)


__all__ = [
    "RECONCILING",
    "adjacent",
    "compare",
    "comparison",
    "examine",
    "matrix",
    "reconcile",
    "show_comparison",
    "table",
]
