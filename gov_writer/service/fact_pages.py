"""The facts that were read for a draft: seen with their places, corrected or struck."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer import pipeline
from gov_writer.domain import Amendment
from gov_writer.errors import GovWriterError
from gov_writer.facts import struck_with
from gov_writer.service import documents
from gov_writer.service.access import store_of
from gov_writer.service.forms import fault, person, shown, text_of
from gov_writer.service.pool import in_turn
from gov_writer.service.store import Store
from gov_writer.service.workspace import Workspace, opened

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def table(space: Workspace) -> dict[str, Any]:
    """What the table of facts shows, by source."""
    ledger = space.ledger
    struck = {fact.id for fact in ledger.struck}
    groups = []
    for source, original in zip(ledger.sources, space.wanted.sources, strict=True):
        rows: list[dict[str, Any]] = []
        for fact in (*ledger.of(source.id), *(f for f in ledger.struck if f.source == source.id)):
            if not fact.counted:
                continue
            text = original.text if fact.id in struck else source.text
            start, end = fact.sentence
            start, end = max(start, fact.start - 60), min(max(end, fact.end), fact.end + 60)
            around = (text[start : fact.start], text[fact.start : fact.end], text[fact.end : end])
            rows.append({"fact": fact, "struck": fact.id in struck, "around": around})
        rows.sort(key=lambda r: int(r["fact"].id[1:]))
        groups.append({"path": source.path, "rows": rows, "warnings": source.warnings})
    changed = space.wanted.amendments
    drafted = {one["fact"]: one for one in space.fields.get("amendments", ())}
    stale = space.row.status == "done" and {n.fact: n.text for n in changed} != {
        name: one["text"] for name, one in drafted.items()
    }
    number = sum(len(group["rows"]) for group in groups)
    return {"id": space.row.id, "groups": groups, "number": number, "changed": len(changed), "stale": stale}


@router.post("/page/drafts/{job}/facts/{fact}")
async def amend(request: Request, job: str, fact: str) -> Response:
    """Correct, strike or restore a fact; the answer is the table again."""
    store = store_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        do, typed = text_of(form, "do"), text_of(form, "text")
    by = person(request)
    try:
        space = await in_turn(_amended, store, job, fact, do, typed, by)
        return await to_thread.run_sync(lambda: shown("facts.html", facts=table(space), trouble=None))
    except GovWriterError as error:
        if error.code.startswith("HTTP-"):
            return fault(error)
        space = await in_turn(opened, store, job)
        trouble = {"fact": fact, "error": error.as_dict()}
        return await to_thread.run_sync(lambda: shown("facts.html", facts=table(space), trouble=trouble))


def _amended(store: Store, job: str, fact: str, do: str, typed: str, by: str) -> Workspace:
    if do == "restore":
        for name in _together(opened(store, job), fact):
            documents.take_back(store, job, name)
        return opened(store, job)
    one = Amendment(fact=fact, text=None if do == "strike" else typed, by=by, at=documents.now())
    opened(store, job, one)  # raises where it can't be read
    documents.amend(store, job, one)
    return opened(store, job)


def _together(space: Workspace, fact: str) -> tuple[str, ...]:
    """The fact whose strike took this one out with it."""
    noted = {note.fact for note in space.wanted.amendments}
    if fact in noted:
        return (fact,)
    plain = pipeline.read_facts(pipeline.Request(brief=space.wanted.brief, sources=space.wanted.sources))
    return tuple(
        name for name in noted if fact in {other.id for other in struck_with(plain, plain.fact(name))}
    )
