"""The Python interface: what the command line does, for other programs.

Inputs are paths, or ``Text`` for what is in memory. Results are frozen values of ``gov_writer.domain``. Whatever
can't be read raises ``gov_writer.errors.GovWriterError`` with what happened, where, what to do, and a code.
No call uses the network unless ``draft`` is given an engine with an endpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gov_writer.domain import Comparison, Draft, EngineChoice, Ledger, Matrix, Report, Source, Theme
from gov_writer.errors import GovWriterError
from gov_writer.settings import CheckSettings

if TYPE_CHECKING:
    from gov_writer.checking.case import Case
    from gov_writer.pipeline import Drafted


@dataclass(frozen=True, slots=True)
class Text:
    """A text in memory.  name: shown in messages; its ending says how it is read (.md or .txt)."""

    name: str
    text: str


Input = str | PathLike[str] | Text


@dataclass(frozen=True, kw_only=True)
class Written:
    """A draft.  text: as plain lines; trace: where each figure came from (the contract's object).

    report: the draft's check against its own sources.  warnings: in Chinese, one line each.
    """

    draft: Draft
    ledger: Ledger
    text: str
    trace: dict[str, Any]
    report: Report
    warnings: tuple[str, ...]
    _made: Drafted

    def save(self, path: str | PathLike[str]) -> None:
        """Write it to a file; the ending says the form: .docx, .md, .html, .txt, .json."""
        from gov_writer import pipeline

        place = Path(path)
        place.write_bytes(pipeline.render(self._made, place.suffix.lower().lstrip("."))[0])


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """Parts against a total.  matrix: indicator × part."""

    report: Report
    matrix: Matrix

    def save(self, path: str | PathLike[str]) -> None:
        """Write the matrix as an .xlsx file."""
        from gov_writer.rendering.matrix import workbook

        Path(path).write_bytes(workbook(self.matrix))


@dataclass(frozen=True, kw_only=True)
class Compared:
    """This year's report against last year's.  tables: indicators with both values, promises."""

    report: Report
    tables: Comparison
    _case: Case

    def save(self, path: str | PathLike[str]) -> None:
        """Write it to a file; the ending says the form: .xlsx, .html, .json, .txt."""
        from gov_writer import across

        place = Path(path)
        form = {"txt": "text"}.get(place.suffix.lower().lstrip("."), place.suffix.lower().lstrip("."))
        shown = across.show_comparison(self._case, self.report, form)
        place.write_bytes(shown.encode() if isinstance(shown, str) else shown)


def check(
    draft: Input,
    against: Input | Iterable[Input] = (),
    *,
    themes: str | PathLike[str] | Sequence[Theme] = (),
    brief: str | PathLike[str] | None = None,
    period: str | None = None,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Check a draft against its sources: ``gov-writer check``.

    themes: a themes file, or themes.  brief: adds its sources, themes, period and examples.  period: 2025, 2025H1,
    2025Q3, 2025-03.  select, ignore: rule codes or groups.
    """
    from gov_writer import ingest, pipeline

    settings = CheckSettings(select=tuple(select), ignore=tuple(ignore))
    given = _several(against)
    listed = themes if isinstance(themes, Sequence) and not isinstance(themes, str) else None
    if not _in_memory((draft, *given)) and not listed:
        case = pipeline.prepare(
            _path(draft),
            [_path(one) for one in given],
            brief=_optional(brief),
            themes=None if listed is not None else str(themes),
            period=period,
            as_of=as_of,
            settings=settings,
        )
        return pipeline.examine(case)
    plan = None if brief is None else ingest.read_brief(str(brief))
    wanted = tuple(listed) if listed is not None else ingest.read_themes(str(themes))
    sources = _read([*given, *(plan.sources if plan else ())])
    case = pipeline.case_of(
        _one(draft, "D"),
        sources,
        given=bool(sources),
        examples=_read(plan.examples if plan else ()),
        themes=wanted or (plan.themes if plan else ()),
        named=plan.named if plan else (),
        period=period or (plan.period if plan else None),
        as_of=as_of or (plan.as_of if plan else None),
        settings=settings,
    )
    return pipeline.examine(case)


def facts(
    sources: Input | Iterable[Input], *more: Input, as_of: date | None = None, period: str | None = None
) -> Ledger:
    """The figures of some sources, each bound to what it counts, its period and its place: ``gov-writer facts``."""
    from gov_writer.facts import extract
    from gov_writer.ingest import parse_period

    span = parse_period(period) if period is not None else None
    return extract(_read([*_several(sources), *more]), as_of=as_of, period=span)


def draft(
    sources: Input | Iterable[Input],
    *,
    brief: str | PathLike[str] | None = None,
    examples: str | PathLike[str] | None = None,
    themes: str | PathLike[str] | None = None,
    engine: str = "builtin",
    model: str | None = None,
    base_url: str | None = None,
    deadline_s: float = 600.0,
) -> Written:
    """Write a report from a brief or from sources: ``gov-writer draft``.

    sources: a brief (.yaml), files, or texts.  engine: builtin uses no model and no network.
    """
    from gov_writer import pipeline
    from gov_writer.domain import Brief

    given = _several(sources)
    if _in_memory(given):
        read = _read(given)
        wanted = pipeline.Request(brief=Brief(sources=tuple(s.path for s in read)), sources=read)
    else:
        wanted = pipeline.request(
            [_path(one) for one in given],
            brief=_optional(brief),
            examples=_optional(examples),
            themes=_optional(themes),
        )
    choice = EngineChoice(name=engine, model=model, base_url=base_url)
    made = pipeline.draft(wanted, writer=pipeline.writer_for(choice, deadline_s=deadline_s))
    _, trace = pipeline.render(made, "txt")
    return Written(
        draft=made.draft,
        ledger=made.ledger,
        text=made.draft.text,
        trace=trace,
        report=pipeline.examine(pipeline.own_case(made)),
        warnings=made.warnings,
        _made=made,
    )


def reconcile(
    total: Input, parts: Iterable[Input], *, last_year: Iterable[Input] = (), period: str | None = None
) -> Reconciled:
    """Hold parts against a total: ``gov-writer reconcile``.

    total: the district's table or report.  last_year: last year's reports of the same units, if there are any.
    """
    from gov_writer import across, pipeline
    from gov_writer.checking.rules.reconciling.matrix import matrix

    case = pipeline.case_of(
        _one(total, "D"),
        parts=_read(parts),
        before=_read(last_year),
        period=period,
        settings=across.RECONCILING,
    )
    return Reconciled(report=pipeline.examine(case), matrix=matrix(case))


def compare(old: Input, new: Input, *, period: str | None = None) -> Compared:
    """Hold this year's report (new) against last year's (old): ``gov-writer compare``."""
    from gov_writer import across, pipeline

    case = pipeline.case_of(
        _one(new, "D"), before=[_one(old, "S1")], period=period, settings=across.RECONCILING
    )
    return Compared(report=pipeline.examine(case), tables=across.comparison(case), _case=case)


def _several(given: Input | Iterable[Input]) -> list[Input]:
    return [given] if isinstance(given, str | PathLike | Text) else list(given)


def _in_memory(given: Iterable[Input]) -> bool:
    return any(isinstance(one, Text) for one in given)


def _path(given: Input) -> str:
    if isinstance(given, Text):
        raise TypeError("a path was expected")
    return str(given)


def _optional(given: str | PathLike[str] | None) -> str | None:
    return None if given is None else str(given)


def _one(given: Input, id_: str) -> Source:
    from gov_writer import ingest

    if isinstance(given, Text):
        source: Source = ingest.from_text(given.name, given.text, id=id_)
        return source
    return ingest.read(str(given), id=id_)


def _read(given: Iterable[Input]) -> tuple[Source, ...]:
    """All of them, folders and globs included; the first fault is raised with the others in its hint."""
    from gov_writer import pipeline
    from gov_writer.ingest.sources import expand

    sources: list[Source] = []
    errors: list[GovWriterError] = []
    for one in given:
        for piece in [one] if isinstance(one, Text) else expand([str(one)]):
            try:
                sources.append(_one(piece, f"S{len(sources) + 1}"))
            except GovWriterError as error:
                errors.append(error)
    pipeline.raise_first(errors)
    return tuple(sources)
