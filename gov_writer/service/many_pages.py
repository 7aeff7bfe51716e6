"""Many reports at once: a folder or an archive, checked one by one and against the district's total."""

from __future__ import annotations

import json
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer import ingest
from gov_writer.errors import GovWriterError
from gov_writer.ingest.endings import REPORTS
from gov_writer.service import charts, follow, view
from gov_writer.service.access import store_of
from gov_writer.service.bodies import MOST_FILES, Upload, clean_name
from gov_writer.service.forms import fault, files, rendered, shown, text_of
from gov_writer.service.pool import in_turn
from gov_writer.service.runner import packed
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
#: How much a verdict of the reconciliation needs attention.
_VERDICTS = {"不符": 0, "待核": 1, "缺报": 2, "相符": 3}


@router.get("/many")
async def start() -> Response:
    """Drop the reports."""
    return shown("many.html", here="/many")


@router.post("/page/batches")
async def begin(request: Request) -> Response:
    """Queue the checks."""
    store = store_of(request)
    try:
        async with request.form(max_files=4 * MOST_FILES, max_fields=50) as form:
            given = [*await files(form, "drafts", "", ""), *await files(form, "folder", "", "")]
            against = await files(form, "against", "", "")
            total = await files(form, "total", "", "")
            period = text_of(form, "period")
        if period:
            ingest.parse_period(period)
        drafts, skipped = await in_turn(_unpacked, given)
        if not drafts:
            raise GovWriterError(
                "没有要核对的报告。", hint="请选择报告文件、文件夹或压缩包。", code="CALL-422"
            )
        uploads = {"drafts": drafts, "against": against, "total": total[-1:]}
        fields = {"themes": [], "period": period or None, "skipped": skipped}
        content = packed(fields, uploads)
        title = f"{len(drafts)}份报告" + ("与汇总表" if total else "")
        job = await to_thread.run_sync(lambda: store.add("batch", content, title=title))
        request.app.state.runner.wake()
        return await to_thread.run_sync(_progress, store, job)
    except GovWriterError as error:
        return fault(error)


def _unpacked(given: list[Upload]) -> tuple[list[Upload], list[str]]:
    """The reports among the uploads, those of archives too, and the names of what is no report."""
    found: list[Upload] = []
    skipped: list[str] = []
    for upload in given:
        if upload.name.lower().endswith(".zip"):
            archive = ingest.unzip(upload.content, upload.name)
            skipped += archive.skipped
            inside = [Upload(clean_name(name), content) for name, content in archive.files]
        else:
            inside = [upload]
        for one in inside:
            if one.name.lower().endswith(REPORTS) and not one.name.startswith(("~$", ".")):
                found.append(one)
            else:
                skipped.append(one.name)
    if len(found) > MOST_FILES:
        raise GovWriterError(
            f"一次选了{len(found)}份报告，上限是{MOST_FILES}份。", hint="请分批核对。", code="CALL-422"
        )
    return found, skipped[:200]


@router.get("/page/batches/{job}")
async def status(request: Request, job: str) -> Response:
    """How far it is, or the results."""
    try:
        return await to_thread.run_sync(_progress, store_of(request), job)
    except GovWriterError as error:
        return fault(error)


@router.get("/page/batches/{job}/stream")
async def stream(request: Request, job: str) -> Response:
    """Server-sent events with the progress."""
    store = store_of(request)
    if await to_thread.run_sync(store.get, job) is None:
        raise GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404")

    def html(events: follow.Events) -> str:
        return rendered("batch_steps.html", **_steps(events))

    return follow.answer(request, job, html)


def _steps(events: follow.Events) -> dict[str, Any]:
    last = next(
        (data for name, data in reversed(follow.latest(events)) if name == "job"),
        {"done": 0, "total": 0, "name": ""},
    )
    return {"done": last["done"], "total": last["total"], "name": last["name"]}


def _progress(store: Store, job: str) -> HTMLResponse:
    row = store.get(job)
    if row is None or row.kind != "batch":
        raise GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404")
    return shown("batch_status.html", **batch(store, row))


def batch(store: Store, row: JobRow) -> dict[str, Any]:
    """What the templates show of a batch."""
    result = json.loads(row.result) if row.result else {}
    events = [(e.name, json.loads(e.data)) for e in store.events(row.id, 0)] if not row.result else []
    results = sorted(
        ({**one, "number": n} for n, one in enumerate(result.get("results", []), 1)),
        key=lambda r: (
            r["status"] == "done",
            -r["findings"]["error"],
            -r["findings"]["warning"],
            r["number"],
        ),
    )
    sums = result.get("reconciliation") or {}
    rows = sorted(sums.get("rows", []), key=lambda r: _VERDICTS.get(r["verdict"], 9))
    names = store.file_names(row.id)
    return {
        "id": row.id,
        "status": row.status,
        "error": result.get("error", {}),
        **_steps(events),
        "results": results,
        "more": result.get("pages", {}),
        "names": view.titles(),
        "skipped": result.get("skipped", []),
        "chart": charts.by_rule(result.get("by_rule", {}), view.titles()),
        "sums": {**sums, "rows": rows} if sums else None,
        "files": {n: f"/v1/batches/{row.id}/{n}" for n in names if not n[0].isdigit()},
    }
