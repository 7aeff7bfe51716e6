"""The page: server-rendered, htmx for what changes without a reload, nothing from outside."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.access import store_of
from gov_writer.service.bodies import MOST_FILES, DraftBody, TextFile
from gov_writer.service.forms import fault, files, shown, text_of, themes_of
from gov_writer.service.runner import packed
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
KINDS = {"draft": "起草", "batch": "批量核对", "check": "核对"}
#: States of a section that is there, in the words of the writer.
DONE = ("完成", "自写", "部分自写", "退回 builtin")


@router.get("/")
async def checkshown() -> Response:
    return shown("check.html", here="/")


@router.get("/write")
async def writeshown() -> Response:
    return shown("write.html", here="/write")


@router.get("/many")
async def manyshown() -> Response:
    return shown("many.html", here="/many")


@router.get("/rules")
async def rulesshown() -> Response:
    return shown("rules.html", here="/rules", rules=jobs.rule_list())


@router.get("/history")
async def historyshown(request: Request) -> Response:
    rows = await to_thread.run_sync(store_of(request).recent)
    listed = [
        {
            "id": job,
            "kind": KINDS[kind],
            "title": title or KINDS[kind],
            "status": status,
            "time": time.strftime("%Y-%m-%d %H:%M", time.localtime(created)),
        }
        for job, kind, title, status, created in rows
    ]
    return shown("history.html", here="/history", jobs=listed)


@router.get("/history/{job}")
async def jobshown(request: Request, job: str) -> Response:
    row = await to_thread.run_sync(store_of(request).get, job)
    if row is None:
        raise GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404")
    return shown("job.html", here="/history", id=row.id, kind=row.kind, what=KINDS[row.kind], title=row.title)


@router.post("/page/drafts")
async def drafts(request: Request) -> Response:
    try:
        async with request.form(max_files=MOST_FILES, max_fields=50) as form:
            sources = await files(form, "sources", "source_text", "材料.md")
            examples = await files(form, "examples", "", "")
            names = ("genre", "unit", "title", "period", "addressee")
            brief = {name: value for name in names if (value := text_of(form, name))}
            themes = themes_of(form)
        if not sources:
            raise GovWriterError("没有材料。", hint="请选择材料文件，或粘贴材料文字。", code="CALL-422")
        body = DraftBody(sources=[TextFile(name="文稿.md", text="")], themes=themes, brief=brief)
        fields = body.model_dump(exclude={"sources", "examples"})
        title = brief.get("title") or brief.get("unit") or sources[0].name
        content = packed(fields, {"sources": sources, "examples": examples})
        return await _queued(request, "draft", content, title)
    except GovWriterError as error:
        return fault(error)


@router.post("/page/batches")
async def batches(request: Request) -> Response:
    try:
        async with request.form(max_files=MOST_FILES, max_fields=50) as form:
            uploads = {
                "drafts": await files(form, "drafts", "", ""),
                "against": await files(form, "against", "", ""),
            }
            fields: dict[str, Any] = {"themes": [], "period": text_of(form, "period") or None}
        if not uploads["drafts"]:
            raise GovWriterError("没有要核对的报告。", hint="请选择报告文件。", code="CALL-422")
        return await _queued(request, "batch", packed(fields, uploads), f"{len(uploads['drafts'])}份报告")
    except GovWriterError as error:
        return fault(error)


async def _queued(request: Request, kind: str, content: bytes, title: str) -> Response:
    store: Store = store_of(request)
    job = await to_thread.run_sync(lambda: store.add(kind, content, title=title))
    request.app.state.runner.wake()
    return await status(request, job)


@router.get("/page/drafts/{job}")
@router.get("/page/batches/{job}")
async def status(request: Request, job: str) -> Response:
    store: Store = store_of(request)
    row = await to_thread.run_sync(store.get, job)
    if row is None:
        return fault(GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404"))
    events = await to_thread.run_sync(store.events, job, 0)
    names = await to_thread.run_sync(store.file_names, job)
    progress = _draft_status if row.kind == "draft" else _batch_status
    return progress(row, [(e.name, json.loads(e.data)) for e in events], names)


def _draft_status(row: JobRow, events: list[tuple[str, dict[str, Any]]], names: list[str]) -> HTMLResponse:
    result = json.loads(row.result) if row.result else {}
    planned: list[str] = next((d["headings"] for name, d in reversed(events) if name == "outline"), [])
    sections = {heading: {"heading": heading, "state": "等待"} for heading in planned}
    sections |= {d["heading"]: d for name, d in events if name == "section"}
    trace = result.get("trace") or {"figures": [], "unused": []}
    return shown(
        "draft_status.html",
        id=row.id,
        status=row.status,
        sections=list(sections.values()),
        error=result.get("error", {}),
        written=sum(d["state"] in DONE for d in sections.values()),
        pieces=_sourced(result.get("text", ""), trace["figures"], result.get("lines", {})),
        unused=trace["unused"],
        warnings=result.get("warnings", []),
        files={name: f"/v1/drafts/{row.id}/{name}" for name in names},
    )


def _batch_status(row: JobRow, events: list[tuple[str, dict[str, Any]]], names: list[str]) -> HTMLResponse:
    result = json.loads(row.result) if row.result else {}
    steps = [data for name, data in events if name == "job"]
    results = sorted(
        ({**one, "number": n} for n, one in enumerate(result.get("results", []), 1)),
        key=lambda r: (r["status"] == "done", -r["findings"]["error"], -r["findings"]["warning"]),
    )
    return shown(
        "batch_status.html",
        id=row.id,
        status=row.status,
        error=result.get("error", {}),
        results=results,
        done=steps[-1]["done"] if steps else 0,
        total=steps[-1]["total"] if steps else 0,
        files={name: f"/v1/batches/{row.id}/{name}" for name in names if name.startswith("results.")},
    )


def _sourced(
    text: str, figures: list[dict[str, Any]], lines: dict[str, dict[str, str]]
) -> list[dict[str, Any]]:
    """The draft's text in pieces, each plain or a figure with the sentences that it comes from."""
    pieces: list[dict[str, Any]] = []
    at = 0
    for number, figure in enumerate(sorted(figures, key=lambda f: int(f["start"]))):
        if figure["start"] < at:
            continue
        ids = [figure["fact"]] if figure.get("fact") else figure.get("inputs", [])
        places = [lines[one] for one in ids if one in lines]
        brief = "；".join(f"{p['source']} {p['locator']}：{p['line']}" for p in places)
        pieces.append({"places": None, "text": text[at : figure["start"]]})
        at = figure["end"]
        pieces.append(
            {
                "places": places,
                "formula": figure.get("formula", "") if len(ids) > 1 else "",
                "title": brief[:300] or str(figure.get("source", "")),
                "number": number,
                "text": text[figure["start"] : at],
            }
        )
    pieces.append({"places": None, "text": text[at:]})
    return pieces
