"""The page: server-rendered, htmx for what changes without a reload, nothing from outside."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.datastructures import FormData, UploadFile

from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.bodies import (
    MOST_FILES,
    CheckBody,
    DraftBody,
    TextFile,
    ThemeBody,
    Upload,
    clean_name,
)
from gov_writer.service.runner import packed
from gov_writer.service.store import JobRow, Store

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_templates = Environment(
    loader=PackageLoader("gov_writer.service"), autoescape=select_autoescape(default=True), trim_blocks=True
)


def _page(name: str, **values: Any) -> HTMLResponse:
    return HTMLResponse(_templates.get_template(name).render(**values))


def _fault(error: GovWriterError) -> HTMLResponse:
    """htmx shows answers with status 200 only; the message itself says what is wrong."""
    return _page("problem.html", error=error.as_dict())


@router.get("/")
async def check_page() -> Response:
    return _page("check.html", here="/")


@router.get("/write")
async def write_page() -> Response:
    return _page("write.html", here="/write")


@router.get("/many")
async def many_page() -> Response:
    return _page("many.html", here="/many")


@router.get("/rules")
async def rules_page() -> Response:
    return _page("rules.html", here="/rules", rules=jobs.rule_list())


@router.get("/history")
async def history_page(request: Request) -> Response:
    rows = await to_thread.run_sync(request.app.state.store.recent)
    shown = [
        {
            "id": r.id,
            "kind": r.kind,
            "status": r.status,
            "time": time.strftime("%Y-%m-%d %H:%M", time.localtime(r.created)),
        }
        for r in rows
    ]
    return _page("history.html", here="/history", jobs=shown)


@router.get("/history/{job}")
async def job_page(request: Request, job: str) -> Response:
    row = await to_thread.run_sync(request.app.state.store.get, job)
    if row is None:
        raise GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404")
    return _page("job.html", here="/history", id=row.id, kind=row.kind)


@router.post("/page/check")
async def check(request: Request) -> Response:
    try:
        async with request.form(max_files=MOST_FILES, max_fields=50) as form:
            draft = await _files(form, "draft_file", "draft_text", "文稿.md")
            against = await _files(form, "against", "against_text", "材料.md")
            themes, period = _themes(form), _text(form, "period") or None
        if not draft:
            return HTMLResponse("")
        body = CheckBody(draft=TextFile(name="文稿.md", text=""), themes=themes, period=period)
        uploads = {"draft": draft[-1:], "against": against}
        report, text = await to_thread.run_sync(jobs.check_report, body, uploads)
    except GovWriterError as error:
        return _fault(error)
    findings = report["findings"]
    counts = {s: sum(f["severity"] == s for f in findings) for s in ("error", "warning", "info")}
    return _page(
        "findings.html",
        findings=findings,
        counts=counts,
        coverage=report["coverage"],
        pieces=marked(text, findings),
    )


@router.post("/page/drafts")
async def drafts(request: Request) -> Response:
    try:
        async with request.form(max_files=MOST_FILES, max_fields=50) as form:
            sources = await _files(form, "sources", "source_text", "材料.md")
            examples = await _files(form, "examples", "", "")
            names = ("genre", "unit", "title", "period", "addressee")
            brief = {name: value for name in names if (value := _text(form, name))}
            themes = _themes(form)
        if not sources:
            raise GovWriterError("没有材料。", hint="请选择材料文件，或粘贴材料文字。", code="CALL-422")
        body = DraftBody(sources=[TextFile(name="文稿.md", text="")], themes=themes, brief=brief)
        fields = body.model_dump(exclude={"sources", "examples"})
        return await _queued(request, "draft", packed(fields, {"sources": sources, "examples": examples}))
    except GovWriterError as error:
        return _fault(error)


@router.post("/page/batches")
async def batches(request: Request) -> Response:
    try:
        async with request.form(max_files=MOST_FILES, max_fields=50) as form:
            uploads = {
                "drafts": await _files(form, "drafts", "", ""),
                "against": await _files(form, "against", "", ""),
            }
            fields: dict[str, Any] = {"themes": [], "period": _text(form, "period") or None}
        if not uploads["drafts"]:
            raise GovWriterError("没有要核对的报告。", hint="请选择报告文件。", code="CALL-422")
        return await _queued(request, "batch", packed(fields, uploads))
    except GovWriterError as error:
        return _fault(error)


async def _queued(request: Request, kind: str, content: bytes) -> Response:
    job = await to_thread.run_sync(request.app.state.store.add, kind, content)
    request.app.state.runner.wake()
    return await status(request, job)


@router.get("/page/drafts/{job}")
@router.get("/page/batches/{job}")
async def status(request: Request, job: str) -> Response:
    store: Store = request.app.state.store
    row = await to_thread.run_sync(store.get, job)
    if row is None:
        return _fault(GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404"))
    events = await to_thread.run_sync(store.events, job, 0)
    names = await to_thread.run_sync(store.file_names, job)
    show = _draft_status if row.kind == "draft" else _batch_status
    return show(row, [(e.name, json.loads(e.data)) for e in events], names)


def _draft_status(row: JobRow, events: list[tuple[str, dict[str, Any]]], names: list[str]) -> HTMLResponse:
    result = json.loads(row.result) if row.result else {}
    sections = {d["heading"]: d for name, d in events if name == "section"}
    trace = result.get("trace") or {"figures": [], "unused": []}
    return _page(
        "draft_status.html",
        id=row.id,
        status=row.status,
        sections=list(sections.values()),
        error=result.get("error", {}),
        pieces=_sourced(result.get("text", ""), trace["figures"]),
        unused=trace["unused"],
        warnings=result.get("warnings", []),
        files={name: f"/v1/drafts/{row.id}/{name}" for name in names},
    )


def _batch_status(row: JobRow, events: list[tuple[str, dict[str, Any]]], names: list[str]) -> HTMLResponse:
    result = json.loads(row.result) if row.result else {}
    steps = [data for name, data in events if name == "job"]
    results = sorted(
        result.get("results", []),
        key=lambda r: (r["status"] == "done", -r["findings"]["error"], -r["findings"]["warning"]),
    )
    return _page(
        "batch_status.html",
        id=row.id,
        status=row.status,
        error=result.get("error", {}),
        results=results,
        done=steps[-1]["done"] if steps else 0,
        total=steps[-1]["total"] if steps else 0,
        files={name: f"/v1/batches/{row.id}/{name}" for name in names if name.endswith(".jsonl")},
    )


def marked(text: str, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The text in pieces, each either plain or the place of one finding (the first where several meet)."""
    pieces: list[dict[str, Any]] = []
    at = 0
    order = sorted(range(len(findings)), key=lambda n: (findings[n]["start"], findings[n]["end"]))
    for number in order:
        finding = findings[number]
        if finding["start"] < at:
            continue
        pieces.append({"finding": None, "text": text[at : finding["start"]]})
        title = f"{finding['rule']} {finding['message']}"
        at = finding["end"]
        words = text[finding["start"] : at]
        pieces.append({"finding": number, "severity": finding["severity"], "title": title, "text": words})
    pieces.append({"finding": None, "text": text[at:]})
    return pieces


def _sourced(text: str, figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The draft's text in pieces, each plain or a figure with its source."""
    pieces: list[dict[str, Any]] = []
    at = 0
    for number, figure in enumerate(sorted(figures, key=lambda f: int(f["start"]))):
        if figure["start"] < at:
            continue
        source = (
            f"{figure.get('source', '')} {figure.get('locator', '')}".strip()
            or f"算式：{figure.get('formula', '')}"
        )
        pieces.append({"source": None, "text": text[at : figure["start"]]})
        at = figure["end"]
        pieces.append({"source": source, "number": number, "text": text[figure["start"] : at]})
    pieces.append({"source": None, "text": text[at:]})
    return pieces


async def _files(form: FormData, files: str, text: str, name: str) -> list[Upload]:
    """The uploads of a field, and the text pasted beside it as a file of that name."""
    found = []
    for value in form.getlist(files):
        if isinstance(value, UploadFile) and value.filename:
            found.append(Upload(clean_name(value.filename), await value.read()))
    pasted = _text(form, text) if text else ""
    if pasted:
        found.append(Upload(name, pasted.replace("\r\n", "\n").encode("utf-8", "replace")))
    return found


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _themes(form: FormData) -> list[ThemeBody]:
    lines = (line.strip() for line in _text(form, "themes").splitlines())
    return [ThemeBody(name=line, any=[line]) for line in lines if line]
