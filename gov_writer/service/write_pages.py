"""The pages of a draft: the facts that were read, what to write, the sections as they come."""

from __future__ import annotations

import json
import os
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer import ingest, pipeline
from gov_writer.domain import EngineChoice
from gov_writer.errors import GovWriterError
from gov_writer.service import charts, fact_pages, follow
from gov_writer.service.access import store_of
from gov_writer.service.bodies import MOST_FILES, ThemeBody, Upload
from gov_writer.service.draft_text import desk_of, text_of_draft
from gov_writer.service.forms import (
    fault,
    files,
    opened_at,
    person,
    rendered,
    shown,
    text_of,
    themes_of,
)
from gov_writer.service.pool import in_turn
from gov_writer.service.runner import packed, unpacked
from gov_writer.service.store import Store
from gov_writer.service.workspace import Workspace

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_BRIEF = ("genre", "unit", "title", "period", "addressee")
GENRES = {
    "annual_summary": "年度总结及计划",
    "work_briefing": "工作汇报",
    "duty_report": "述职报告",
    "situation_report": "情况报告",
}


@router.get("/write")
async def start() -> Response:
    """Drop the sources."""
    engines = await in_turn(_engines)
    return shown("write.html", here="/write", genres=GENRES, brief={}, engines=engines, engine="builtin")


@router.post("/page/drafts")
async def begin(request: Request) -> Response:
    """Keep the sources and show what was read in them."""
    try:
        async with request.form(max_files=MOST_FILES, max_fields=50) as form:
            sources = await files(form, "sources", "source_text", "材料.md")
            examples = await files(form, "examples", "", "")
            brief, themes, engine = _brief_of(form), themes_of(form), _engine_of(form)
        if not sources:
            raise GovWriterError("没有材料。", hint="请选择材料文件，或粘贴材料文字。", code="CALL-422")
        fields = {"themes": [theme.model_dump() for theme in themes], "brief": brief, "engine": engine}
        content = packed(fields, {"sources": sources, "examples": examples})
        title = brief.get("title") or _named(sources)
        store = store_of(request)
        await in_turn(_readable, content)
        job = await to_thread.run_sync(lambda: store.add("draft", content, title=title, status="open"))
        return opened_at(f"/write/{job}")
    except GovWriterError as error:
        return fault(error)


def _named(sources: list[Upload]) -> str:
    """What an untitled draft is called until it has a title."""
    name = sources[0].name
    return f"{name}等{len(sources)}份材料" if len(sources) > 1 else name


def _readable(content: bytes) -> None:
    """Raises GovWriterError where a source, an example or the brief can't be read."""
    from gov_writer.service import jobs

    pipeline.read_facts(jobs.wanted(*unpacked(content)))


def _engines() -> dict[str, str]:
    """What a draft can be written with, by name, as whoever runs the service has set it up."""
    from gov_writer.llm.open import endpoint_of
    from gov_writer.settings.engine import engine_settings

    settings = engine_settings()
    choice = EngineChoice(name="openai")
    model = settings.model or os.environ.get("OPENAI_MODEL", "")
    key = settings.api_key or os.environ.get("OPENAI_API_KEY")
    found = {"builtin": "内置（不用模型，最快）"}
    if endpoint_of(choice, settings) and model and key:
        found["openai"] = f"模型 {model}（行文更顺，数据仍由程序填写和核对）"
    return found


def _engine_of(form: Any) -> str:
    """The engine that was chosen; builtin where it is none of those there are."""
    name = text_of(form, "engine")
    return name if name in _engines() else "builtin"


def _brief_of(form: Any) -> dict[str, str]:
    brief = {name: value for name in _BRIEF if (value := text_of(form, name))}
    if "period" in brief:
        ingest.parse_period(brief["period"])
    return brief


@router.get("/write/{job}")
async def desk(request: Request, job: str) -> Response:
    """Everything about one draft."""
    space = await desk_of(request, job)
    return await in_turn(_desk, store_of(request), space)


def _desk(store: Store, space: Workspace) -> HTMLResponse:
    row = space.row
    brief = {"genre": "annual_summary", **space.fields["brief"]}
    themes = "\n".join(theme["name"] for theme in space.fields["themes"])
    engine = {"engines": _engines(), "engine": space.fields.get("engine", "builtin")}
    head = {
        **engine,
        "id": row.id,
        "status": row.status,
        "title": row.title,
        "genres": GENRES,
        "brief": brief,
    }
    return shown(
        "write_desk.html",
        here="/write",
        **head,
        themes=themes,
        facts=fact_pages.table(space),
        indicators=charts.periods(space.ledger),
        progress=_progress(store, space),
    )


# --- writing -----------------------------------------------------------------------------------------


@router.post("/page/drafts/{job}/write")
async def write(request: Request, job: str) -> Response:
    """Queue the draft with the brief as it is in the form and the facts as they are amended."""
    store = store_of(request)
    try:
        async with request.form(max_files=0, max_fields=50) as form:
            brief, themes = _brief_of(form), themes_of(form)
            engine = _engine_of(form) if text_of(form, "engine") else ""
        space = await desk_of(request, job)
        await to_thread.run_sync(_queue, store, space, brief, themes, person(request), engine)
        request.app.state.runner.wake()
        space = await desk_of(request, job)
        return await to_thread.run_sync(
            lambda: shown("draft_progress.html", progress=_progress(store, space))
        )
    except GovWriterError as error:
        return fault(error)


def _queue(
    store: Store, space: Workspace, brief: dict[str, str], themes: list[ThemeBody], by: str, engine: str
) -> None:
    fields, uploads = unpacked(space.row.request)
    notes = [
        {"fact": note.fact, "text": note.text, "by": note.by, "at": note.at}
        for note in space.wanted.amendments
    ]
    fields |= {
        "brief": {**{k: v for k, v in fields["brief"].items() if k not in _BRIEF}, **brief},
        "themes": [theme.model_dump() for theme in themes],
        "amendments": notes,
        "by": by,
        "engine": engine or fields["engine"],
    }
    from gov_writer.service import jobs

    _, outline = pipeline.planned(jobs.wanted(fields, uploads, space.wanted.amendments))
    if not store.again(space.row.id, packed(fields, uploads), title=outline.title):
        raise GovWriterError("这份初稿正在写。", hint="请等它写完。", code="HTTP-409")


def _progress(store: Store, space: Workspace) -> dict[str, Any]:
    row = space.row
    if row.status == "done":
        return {"id": row.id, "status": row.status, **text_of_draft(store, space)}
    events = [(e.name, json.loads(e.data)) for e in store.events(row.id, 0)]
    error = space.result.get("error", {}) if row.status == "failed" else {}
    return {"id": row.id, "status": row.status, "error": error, **follow.sections(events)}


@router.get("/page/drafts/{job}")
async def status(request: Request, job: str) -> Response:
    """How far it is, or the text."""
    store = store_of(request)
    try:
        space = await desk_of(request, job)
        return await to_thread.run_sync(
            lambda: shown("draft_progress.html", later=True, progress=_progress(store, space))
        )
    except GovWriterError as error:
        return fault(error)


@router.get("/page/drafts/{job}/stream")
async def stream(request: Request, job: str) -> Response:
    """Server-sent events with the list of sections, each time that one comes; then ``ready``."""
    store = store_of(request)
    if await to_thread.run_sync(store.get, job) is None:
        raise GovWriterError("没有这份初稿。", hint="任务可能已过保存期。", code="HTTP-404")

    def html(events: list[tuple[str, dict[str, Any]]]) -> str:
        return rendered("draft_steps.html", **follow.sections(events))

    return follow.answer(request, job, html)
