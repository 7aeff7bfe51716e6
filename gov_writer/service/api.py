"""The routes of the contract.  Reading and checking run in threads: the event loop stays free."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.access import office_of, still_in, store_of
from gov_writer.service.bodies import BatchBody, CheckBody, DraftBody, FactsBody, Upload, openapi_body, parse
from gov_writer.service.feeds import POLL_S, Feeds
from gov_writer.service.health import health_of
from gov_writer.service.pool import while_connected
from gov_writer.service.problems import problem
from gov_writer.service.runner import packed
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow

router = APIRouter()
_CHECK_FILES = ("draft", "against", "examples")
_DRAFT_FILES = ("sources", "examples")
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise GovWriterError(
            f"基准日“{text}”看不懂。", hint="请写成 2025-12-31。", code="CALL-121"
        ) from error


@router.get("/healthz", tags=["运行"])
async def healthz(request: Request) -> Response:
    """Whether the service can do its work: 200, or 503 with what is wrong as ``false``."""
    health = await to_thread.run_sync(health_of, request.app)
    return JSONResponse(health, 200 if health["status"] == "ok" else 503)


@router.get("/metrics", tags=["运行"], response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Requests, durations and jobs as Prometheus text; with a token it is needed here too."""
    jobs_now = await to_thread.run_sync(request.app.state.store.counts)
    return Response(request.app.state.metrics.text(jobs_now), media_type="text/plain; version=0.0.4")


@router.get("/v1/rules", tags=["核对"])
async def rules() -> dict[str, Any]:
    """All rules with why, bad, good and their authority."""
    return {"version": 1, "rules": jobs.rule_list()}


@router.post(
    "/v1/check",
    tags=["核对"],
    openapi_extra=openapi_body(CheckBody, (*_CHECK_FILES, "themes", "brief"), ("period", "as_of")),
)
async def check(request: Request) -> Response:
    """Check a draft; the answer is the JSON of ``gov-writer check --format json``."""
    body, uploads = await parse(request, CheckBody, _CHECK_FILES)
    office = await office_of(request)
    work = request.app.state.checkers.check(body, uploads, day(body.as_of), office)
    text = await while_connected(request, work)
    return Response(text, media_type="application/json")


@router.post("/v1/facts", tags=["核对"], openapi_extra=openapi_body(FactsBody, ("sources",), ("as_of",)))
async def facts(request: Request) -> Response:
    """The ledger; the answer is the JSON of ``gov-writer facts``."""
    body, uploads = await parse(request, FactsBody, ("sources",))
    work = request.app.state.checkers.run(jobs.facts_text, body, uploads, day(body.as_of))
    text = await while_connected(request, work)
    return Response(text, media_type="application/json")


@router.post(
    "/v1/drafts",
    status_code=202,
    tags=["起草"],
    openapi_extra=openapi_body(DraftBody, (*_DRAFT_FILES, "themes", "brief"), ("engine",)),
)
async def drafts(request: Request) -> Response:
    """Queue a draft; follow it at its url or its event stream."""
    body, uploads = await parse(request, DraftBody, _DRAFT_FILES)
    fields = body.model_dump(exclude={"sources", "examples"})
    names = tuple(upload.name for upload in uploads["sources"])
    await to_thread.run_sync(jobs.brief_of, fields, names)  # a wrong brief is told at once
    title = str(body.brief.get("title") or (uploads["sources"] or [Upload("", b"")])[0].name)
    return await _queued(request, "draft", packed(fields, uploads), title)


@router.post(
    "/v1/batches",
    status_code=202,
    tags=["批量"],
    openapi_extra=openapi_body(BatchBody, ("drafts", "against"), ("period",)),
)
async def batches(request: Request) -> Response:
    """Queue checks of many drafts against the same sources."""
    body, uploads = await parse(request, BatchBody, ("drafts", "against"))
    fields = body.model_dump(exclude={"drafts", "against"})
    return await _queued(request, "batch", packed(fields, uploads), f"{len(uploads['drafts'])}份报告")


async def _queued(request: Request, kind: str, content: bytes, title: str) -> Response:
    store: Store = store_of(request)
    job = await to_thread.run_sync(lambda: store.add(kind, content, title=title))
    request.app.state.runner.wake()
    url = f"/v1/{_PLURAL[kind]}/{job}"
    return JSONResponse({"id": job, "status": "queued", "url": url}, 202, headers={"Location": url})


_PLURAL = {"draft": "drafts", "batch": "batches"}


@router.get("/v1/drafts/{job}", tags=["起草"])
@router.get("/v1/batches/{job}", tags=["批量"])
async def show(request: Request, job: str) -> Response:
    """A job with what it has come to so far."""
    store: Store = store_of(request)
    row = await to_thread.run_sync(store.get, job)
    if row is None or f"/{_PLURAL.get(row.kind)}/" not in request.url.path:
        return _unknown(job)
    names = await to_thread.run_sync(store.file_names, job)
    return JSONResponse(_shown(row, names, await to_thread.run_sync(store.events, job, 0)))


def _shown(row: JobRow, names: list[str], events: list[Any]) -> dict[str, Any]:
    result = json.loads(row.result) if row.result else {}
    for name in ("blocks", "pages", "by_rule", "skipped", "reconciliation"):  # for the pages
        result.pop(name, None)
    base = f"/v1/{_PLURAL[row.kind]}/{row.id}"
    files = {name.rpartition(".")[2]: f"{base}/{name}" for name in names}
    sections = [json.loads(e.data) for e in events if e.name == "section"]
    empty: dict[str, Any] = {"sections": sections, "text": "", "trace": None, "check": None}
    shown = {**(empty if row.kind == "draft" else {"results": []}), **result}
    return {"id": row.id, "status": row.status, "url": base, **shown, "files": files}


def _unknown(job: str) -> Response:
    return problem(404, f"没有编号为“{job[:40]}”的任务。", hint="任务可能已过保存期。", code="HTTP-404")


@router.get("/v1/drafts/{job}/events", tags=["起草"], response_class=StreamingResponse)
@router.get("/v1/batches/{job}/events", tags=["批量"], response_class=StreamingResponse)
async def events(request: Request, job: str) -> Response:
    """Progress as server-sent events; ``Last-Event-ID`` goes on where a broken stream stopped."""
    if await to_thread.run_sync(store_of(request).get, job) is None:
        return _unknown(job)
    last = request.headers.get("last-event-id", "0")
    stream = _events(request, job, int(last) if last.isdecimal() and len(last) < 18 else 0)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(request: Request, job: str, after: int) -> AsyncIterator[str]:
    feeds: Feeds = request.app.state.feeds
    quiet = 0.0
    while not await request.is_disconnected():
        try:
            status, news = await feeds.news(job, after)
        except GovWriterError:  # the database is away: the stream goes on when it is back
            status, news = "running", []
        if not await still_in(request):
            yield f"event: end\ndata: {json.dumps({'status': 'closed'})}\n\n"
            return
        for event in news:
            after, quiet = event.id, 0.0
            yield f"id: {event.id}\nevent: {event.name}\ndata: {event.data}\n\n"
        if status in (None, "done", "failed"):
            yield f"event: end\ndata: {json.dumps({'status': status or 'failed'})}\n\n"
            return
        await asyncio.sleep(POLL_S)
        quiet += POLL_S
        if quiet >= 15:
            quiet = 0.0
            yield ": still here\n\n"


@router.get("/v1/drafts/{job}/{name}", tags=["起草"])
@router.get("/v1/batches/{job}/{name}", tags=["批量"])
async def file(request: Request, job: str, name: str) -> Response:
    """A file that the job left."""
    content = await to_thread.run_sync(store_of(request).file, job, name)
    if content is None:
        hint = "任务可能还没有做完，或已过保存期。"
        return problem(404, f"这个任务没有文件“{name[:60]}”。", hint=hint, code="HTTP-404")
    media = _MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
    return Response(
        content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
