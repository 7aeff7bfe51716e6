"""Earlier documents with their versions, and two versions figure by figure."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gov_writer import across, ingest, pipeline
from gov_writer.domain import Fact, Source
from gov_writer.errors import GovWriterError
from gov_writer.facts import extract
from gov_writer.matching.pairing import versions as matching
from gov_writer.service import documents, lineage
from gov_writer.service.access import store_of
from gov_writer.service.forms import fault, opened_at, shown, text_of
from gov_writer.service.many_pages import batch
from gov_writer.service.pool import in_turn
from gov_writer.service.reading import sources
from gov_writer.service.runner import unpacked
from gov_writer.service.store import Store

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
KINDS = {"draft": "起草", "batch": "批量核对", "check": "核对"}
STATES = {"open": "未起草", "queued": "排队", "running": "进行中", "done": "完成", "failed": "失败"}
CHANGES = {"changed": "数值变了", "new": "新增", "gone": "没有了", "reworded": "写法变了", "same": "未变"}
_MARK = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"([0-9a-f]{32}):(\d{1,4})")
#: Jobs that the history shows.
_MOST = 300


@dataclass(slots=True)
class Document:
    """A title with everything that was done to it, the newest first.

    mark: of the document; "" for what has no versions.  joined: the marks and titles of what a person put here."""

    title: str
    mark: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)
    joined: dict[str, str] = field(default_factory=dict)

    @property
    def versions(self) -> int:
        return sum("version" in line for line in self.lines)


@router.get("/history")
async def history(request: Request) -> Response:
    """All documents that this person may see."""
    return await to_thread.run_sync(_history, store_of(request))


def _history(store: Store) -> HTMLResponse:
    found: dict[str, Document] = {}
    drafts = store.numbers("versions/")
    same = store.same()
    for row in store.recent(_MOST):
        job, kind, title, status, created, unit = row
        if kind not in KINDS:
            continue
        mark = "" if kind == "batch" else lineage.of(row, same)
        key = job if kind == "batch" else f"{unit}{mark}"
        own = mark if unit == store.unit and title else ""
        document = found.setdefault(key, Document(title or KINDS[kind], own))
        if own and lineage.document_of(title) != mark:
            document.joined.setdefault(lineage.document_of(title), title)
        base = {
            "title": title,
            "kind": KINDS[kind],
            "status": STATES[status],
            "time": time.strftime("%Y-%m-%d %H:%M", time.localtime(created)),
            "url": f"/write/{job}" if kind == "draft" else f"/history/{job}",
        }
        if kind == "check":
            document.lines.append({**base, "version": f"{job}:1", "name": "核对稿"})
        elif kind == "draft" and drafts.get(job):
            for number in range(drafts[job], 0, -1):
                name = f"初稿第{number}版"
                document.lines.append({**base, "version": f"{job}:{number}", "name": name})
        else:
            document.lines.append({**base, "name": ""})
    return shown("history.html", here="/history", documents=list(found.values()))


@router.post("/page/documents")
async def join(request: Request) -> Response:
    """Say that a document is a version of another (``of``), or, of itself, that it is on its own."""
    store = store_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        document, other = text_of(form, "document"), text_of(form, "of")
    if not (_MARK.fullmatch(document) and _MARK.fullmatch(other)):
        return fault(GovWriterError("没有选文稿。", hint="请先选一份。", code="CALL-422"))
    try:
        await to_thread.run_sync(store.join, document, other)
    except GovWriterError as error:
        return fault(error)
    return opened_at("/history")


@router.get("/history/{job}")
async def one(request: Request, job: str) -> Response:
    """A job's own page."""
    store = store_of(request)
    row = await to_thread.run_sync(store.get, job)
    if row is None or row.kind not in KINDS:
        raise GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404")
    if row.kind != "batch":
        return RedirectResponse(f"/write/{job}" if row.kind == "draft" else f"/history/{job}/1", 303)
    return await to_thread.run_sync(
        lambda: shown("batch.html", here="/history", title=row.title, **batch(store, row))
    )


@router.get("/compare")
async def compare(request: Request, old: str = "", new: str = "", mode: str = "") -> Response:
    """Two versions figure by figure; ``mode=years``: a report against last year's."""
    return await in_turn(_compare, store_of(request), old, new, mode)


def _compare(store: Store, old: str, new: str, mode: str) -> HTMLResponse:
    if old == new:
        raise GovWriterError("选的是同一版。", hint="请选两个不同的版本。", code="CALL-422")
    before, after = _version(store, old), _version(store, new)
    values = {"here": "/history", "old": before.path, "new": after.path, "refs": (old, new), "mode": mode}
    if mode == "years":
        case = pipeline.case_of(after, before=[before], settings=across.RECONCILING)
        report = pipeline.examine(case)
        return shown("compare_years.html", **values, table=across.comparison(case), findings=report.findings)
    ledgers = extract((before,)), extract((after,))
    steps = matching.steps(*ledgers)
    rows = [
        {
            "change": str(step.change),
            "word": CHANGES[step.change],
            "certain": step.certain,
            "subject": next((fact.subject for fact in (step.new, step.old) if fact), ""),
            "old": _around(before, step.old),
            "new": _around(after, step.new),
        }
        for step in steps
    ]
    return shown("compare.html", **values, rows=rows, counts=matching.counts(steps), words=CHANGES)


def _around(source: Source, fact: Fact | None) -> tuple[str, str, str] | None:
    """The figure with the words before and behind it in its sentence."""
    if fact is None:
        return None
    start, end = fact.sentence
    start, end = max(start, fact.start - 80), min(max(end, fact.end), fact.end + 80)
    return source.text[start : fact.start], fact.text, source.text[fact.end : end]


def _version(store: Store, name: str) -> Source:
    """The text of ``job:number``, named for a reader."""
    parts = _VERSION.fullmatch(name)
    row = store.get(parts[1]) if parts else None
    if parts is None or row is None:
        raise GovWriterError("没有这一版。", hint="请从历史里选两个版本。", code="HTTP-404")
    number = int(parts[2])
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(row.created))
    if row.kind == "draft":
        kept = documents.versions(store, row.id)
        if 1 <= number <= len(kept):
            one = kept[number - 1]
            shown_as = f"初稿第{number}版（{one.at[:16].replace('T', ' ')}，{one.by}{one.why}）"
            return replace(ingest.from_text("初稿.md", one.text, id="D"), path=shown_as)
    if row.kind == "check" and number == 1:
        (source,) = sources(unpacked(row.request)[1]["draft"][:1], prefix="D")
        return replace(source, path=f"核对稿 {source.path}（{when}）")
    raise GovWriterError("没有这一版。", hint="请从历史里选两个版本。", code="HTTP-404")
