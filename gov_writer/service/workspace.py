"""A draft on somebody's desk: its sources with what was corrected, its facts, and its text as checked against them."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from gov_writer import ingest, pipeline
from gov_writer.checking import Case
from gov_writer.domain import Amendment, Draft, Ledger
from gov_writer.drafting import reread
from gov_writer.errors import GovWriterError
from gov_writer.service import documents, drafted, jobs
from gov_writer.service.runner import unpacked
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow
from gov_writer.settings import CheckSettings

#: Desks whose facts stay in memory.
_KEPT = 24


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """row: the job.  fields: what was asked for.  ledger: the facts as amended now.  office: how the unit checks."""

    row: JobRow
    fields: dict[str, Any]
    wanted: pipeline.Request
    ledger: Ledger
    office: CheckSettings = field(default_factory=CheckSettings)

    @property
    def notes(self) -> tuple[Amendment, ...]:
        """What was corrected or struck among the facts."""
        return self.wanted.amendments

    @property
    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.row.result) if self.row.result else {}
        return found

    def case(self, text: str) -> Case:
        """A text held against the facts."""
        return _case(self.wanted, self.ledger, text, self.office)

    def draft(self, text: str) -> Draft:
        """A text, edited or not, as a draft whose figures are bound to the facts."""
        case = self.case(text)
        assert case.rulings is not None
        return reread(drafted.load(self.result.get("blocks", [])), text, case.claims, case.rulings.alignment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a text is held against, without the job that it belongs to."""

    wanted: pipeline.Request
    ledger: Ledger
    office: CheckSettings

    def case(self, text: str) -> Case:
        """A text held against the facts."""
        return _case(self.wanted, self.ledger, text, self.office)


def _case(wanted: pipeline.Request, ledger: Ledger, text: str, office: CheckSettings) -> Case:
    brief = wanted.brief
    return pipeline.case_of(
        ingest.from_text("初稿.md", text or "\n.", id="D"),
        ledger.sources,
        given=True,
        ledger=ledger,
        themes=brief.themes,
        named=brief.named,
        period=brief.period,
        as_of=brief.as_of,
        settings=office,
    )


class _Desks:
    """The desks last used, by job, its last change and what is asked of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], tuple[dict[str, Any], pipeline.Request, Ledger]] = (
            OrderedDict()
        )

    def of(
        self, job: str, request: bytes, notes: tuple[Amendment, ...]
    ) -> tuple[dict[str, Any], pipeline.Request, Ledger]:
        """What is asked for, as read, and its facts."""
        key = (job, hash(request), notes)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is None:
            fields, uploads = unpacked(request)
            wanted = jobs.wanted(fields, uploads, notes)
            found = (fields, wanted, pipeline.read_facts(wanted))
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found


_DESKS = _Desks()


def desk_of(job: str, request: bytes, notes: tuple[Amendment, ...], office: CheckSettings) -> Desk:
    """A draft's facts in a process that has no database.  request: the job's, packed."""
    _, wanted, ledger = _DESKS.of(job, request, notes)
    return Desk(wanted=wanted, ledger=ledger, office=office)


def opened(
    store: Store, job: str, extra: Amendment | None = None, *, office: CheckSettings | None = None
) -> Workspace:
    """The desk of a draft.  extra: an amendment to try that is not kept yet.

    Raises GovWriterError HTTP-404 for no draft of that id, and what reading its sources raises.
    """
    row = store.get(job)
    if row is None or row.kind != "draft":
        raise GovWriterError("没有这份初稿。", hint="任务可能已过保存期。", code="HTTP-404")
    notes = documents.amendments(store, job)
    if extra is not None:
        notes = (*(note for note in notes if note.fact != extra.fact), extra)
    fields, wanted, ledger = _DESKS.of(row.id, row.request, notes)
    space = Workspace(row=row, fields=fields, wanted=wanted, ledger=ledger)
    return space if office is None else replace(space, office=office)
