"""A draft's desk and its text, checked against the facts, as the pages show them."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request

from gov_writer import pipeline
from gov_writer.service import documents, typed, view
from gov_writer.service.access import office_of, store_of
from gov_writer.service.pool import in_turn
from gov_writer.service.review_pages import with_findings
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow
from gov_writer.service.workspace import Workspace, opened


async def desk_of(request: Request, job: str) -> Workspace:
    """The desk as whoever asks may see it, with how that unit checks."""
    store, office = store_of(request), await office_of(request)
    return await in_turn(lambda: opened(store, job, office=office))


def text_of_draft(store: Store, space: Workspace) -> dict[str, Any]:
    kept = documents.versions(store, space.row.id)
    text = kept[-1].text if kept else space.result["text"]
    return {
        **as_checked(store, space, text),
        "versions": kept,
        "warnings": space.result.get("warnings", []),
    }


def as_checked(store: Store, space: Workspace, text: str) -> dict[str, Any]:
    """A text as checked against the facts, for the templates."""
    case = space.case(text)
    data = json.loads(pipeline.show(case, pipeline.examine(case), "json"))
    unused = view.unused(case, data["coverage"]["unused"], reasons(space.result))
    found = typed.Typed(data=data, figures=view.figures(case), unused=unused)
    return {
        **as_shown(store, space.row, text, found),
        "sources": view.sources(space.ledger),
        "struck": space.ledger.struck,
    }


def reasons(result: dict[str, Any]) -> dict[str, str]:
    """Why the draft left facts out."""
    return {u["fact"]: u["reason"] for u in (result.get("trace") or {}).get("unused", [])}


def as_shown(store: Store, row: JobRow, text: str, found: typed.Typed) -> dict[str, Any]:
    return {
        "id": row.id,
        **with_findings(store, text, found.data, found.figures, row.unit),
        "unused": found.unused,
        "todo": view.todo(text),
        "headings": view.headings(text),
    }
