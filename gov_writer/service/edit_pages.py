"""The pages on which the text of a draft is edited: checked while one types, kept, downloaded, a section written again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer import pipeline, rendering
from gov_writer.domain import Amendment
from gov_writer.errors import GovWriterError
from gov_writer.service import documents, typed
from gov_writer.service.access import office_of, store_of
from gov_writer.service.draft_text import as_checked, as_shown, desk_of, reasons
from gov_writer.service.forms import (
    attachment,
    fault,
    person,
    shown,
    text_of,
)
from gov_writer.service.pool import in_turn
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow
from gov_writer.service.workspace import Workspace

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.post("/page/drafts/{job}/live")
async def live(request: Request, job: str) -> Response:
    """The text checked while somebody types; nothing is kept."""
    store = store_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        text = _typed(form)
    try:
        row, notes = await to_thread.run_sync(_asked, store, job)
        left_out = reasons(json.loads(row.result) if row.result else {})
        wanted = typed.Wanted(desk=(row.id, row.request, notes, left_out))
        found = await typed.answered(request, job, text or "\n.", wanted, await office_of(request))
        if found is None:
            return typed.nothing()
        return await in_turn(lambda: shown("draft_live.html", p=as_shown(store, row, text, found)))
    except GovWriterError as error:
        return fault(error)


def _asked(store: Store, job: str) -> tuple[JobRow, tuple[Amendment, ...]]:
    row = store.get(job)
    if row is None or row.kind != "draft":
        raise GovWriterError("没有这份初稿。", hint="任务可能已过保存期。", code="HTTP-404")
    return row, documents.amendments(store, job)


def _typed(form: Any) -> str:
    value = form.get("draft_text")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


@router.post("/page/drafts/{job}/save")
async def save(request: Request, job: str) -> Response:
    """Keep the text as a version; ``then``: and go on to a download."""
    store = store_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        text, then = _typed(form), text_of(form, "then")
    try:
        await desk_of(request, job)
        if text.strip():
            await to_thread.run_sync(lambda: documents.keep(store, job, text, by=person(request)))
        kept = await to_thread.run_sync(documents.versions, store, job)
    except GovWriterError as error:
        return fault(error)
    answer = shown("saved.html", id=job, versions=kept)
    if then in _WORD:
        answer.headers["HX-Redirect"] = f"/page/drafts/{job}/versions/{len(kept)}/{_WORD[then]}"
    return answer


_WORD = {"plain": "draft.docx", "sources": "draft-with-sources.docx"}


@router.get("/page/drafts/{job}/versions/{number}/{name}")
async def word(request: Request, job: str, number: int, name: str) -> Response:
    """A version as a Word file, with or without its sources."""
    if name not in _WORD.values():
        raise GovWriterError("没有这个文件。", code="HTTP-404")
    store = store_of(request)
    space = await desk_of(request, job)
    kept = await to_thread.run_sync(documents.versions, store, job)
    if not 1 <= number <= len(kept):
        raise GovWriterError("没有这一版。", code="HTTP-404")
    with_sources = name == _WORD["sources"]

    def made() -> bytes:
        draft = space.draft(kept[number - 1].text)
        return rendering.render(draft, form="docx", ledger=space.ledger, with_sources=with_sources)

    return attachment(await in_turn(made), name)


@router.post("/page/drafts/{job}/section")
async def section(request: Request, job: str) -> Response:
    """One section written again from the facts; the rest of the text stays as it was edited."""
    store = store_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        text, heading = _typed(form), text_of(form, "heading")
    try:
        space = await desk_of(request, job)
        again = await in_turn(_section, space, text, heading)
        values = await in_turn(as_checked, store, space, again)
        return shown("draft_text.html", p=values, told=f"“{heading[:40]}”已按材料重写，还没有保存。")
    except GovWriterError as error:
        return fault(error)


def _section(space: Workspace, text: str, heading: str) -> str:
    from gov_writer.drafting.again import again, replaced
    from gov_writer.settings.engine import engine_settings

    ledger, outline = pipeline.planned(space.wanted)
    fresh = replace(engine_settings(), cache=False)  # the same answer again would be of no use
    writer = pipeline.writer_for(space.wanted.brief.engine, deadline_s=120.0, settings=fresh)
    prose = again(
        outline,
        heading,
        writer,
        sources=ledger.sources,
        examples=space.wanted.examples,
        verify=pipeline.second_opinion(ledger),
    )
    if prose is None:
        raise GovWriterError(
            f"材料中没有“{heading[:40]}”这一节的内容，不能重写。",
            hint="标题改过的，请改回原来的标题再试。",
            code="CALL-422",
        )
    return replaced(text, heading, "\n".join(block.text for block in prose.paragraphs), outline)
