"""The page of one checked document: findings beside the text, set aside or put right, as Word or report."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer import pipeline, rendering
from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.access import office_of, store_of
from gov_writer.service.bodies import MOST_FILES, CheckBody, TextFile, ThemeBody, Upload
from gov_writer.service.forms import fault, files, shown, text_of, themes_of
from gov_writer.service.runner import packed, unpacked
from gov_writer.service.store import Store
from gov_writer.settings import CheckSettings

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_PASTED = "文稿.md"
#: Rules whose ``expected`` is the source's own wording.
_REPLACEABLE = ("FIG102", "FIG103", "FIG104", "FIG108", "FIG110")
_WORD = (".docx", ".docm")


@router.post("/page/check")
async def check(request: Request) -> Response:
    """Check what the form holds and keep it for the history."""
    return await _checked(request, keep=True)


@router.post("/page/check/live")
async def check_live(request: Request) -> Response:
    """The same while somebody types: nothing is kept."""
    return await _checked(request, keep=False)


async def _checked(request: Request, *, keep: bool) -> Response:
    store: Store = store_of(request)
    try:
        async with request.form(max_files=MOST_FILES, max_fields=50) as form:
            draft = await files(form, "draft_file", "draft_text", _PASTED)
            against = await files(form, "against", "against_text", "材料.md")
            themes, period = themes_of(form), text_of(form, "period") or None
        if not draft:
            return HTMLResponse("")
        fields: dict[str, Any] = {"themes": [theme.model_dump() for theme in themes], "period": period}
        uploads = {"draft": draft[-1:], "against": against}
        checked = await to_thread.run_sync(_review, fields, uploads, await office_of(request))
        job = ""
        if keep:
            title = _title(checked.case.text)[:60] or draft[-1].name
            content = packed(fields, uploads)
            job = await to_thread.run_sync(lambda: store.add("check", content, title=title, status="done"))
        return await to_thread.run_sync(_shown, store, checked, job, 1, draft[-1].name)
    except GovWriterError as error:
        return fault(error)


def _review(fields: dict[str, Any], uploads: dict[str, list[Upload]], office: CheckSettings) -> jobs.Reviewed:
    themes = [ThemeBody.model_validate(theme) for theme in fields["themes"]]
    body = CheckBody(draft=TextFile(name=_PASTED, text=""), themes=themes, period=fields["period"])
    return jobs.reviewed(body, uploads, office)


def _again(store: Store, job: str, number: int, office: CheckSettings) -> tuple[jobs.Reviewed, str]:
    """A kept check, or one report of a batch, checked by today's rules; with the file's name."""
    row = store.get(job)
    fields, uploads = unpacked(row.request) if row and row.kind in ("check", "batch") else ({}, {})
    drafts = uploads.get("draft") or uploads.get("drafts") or []
    if not 1 <= number <= len(drafts):
        raise GovWriterError("没有这份文稿。", hint="任务可能已过保存期。", code="HTTP-404")
    one = drafts[number - 1]
    return _review(fields, {"draft": [one], "against": uploads.get("against", [])}, office), one.name


def _shown(store: Store, checked: jobs.Reviewed, job: str, number: int, name: str) -> HTMLResponse:
    findings = [{**f, "mark": mark(f), "fix": f["fix"] or _source_words(f)} for f in checked.data["findings"]]
    document = document_of(checked.case.text)
    aside = store.dismissed(document)
    kept = [f for f in findings if f["mark"] not in aside]
    return shown(
        "findings.html",
        findings=kept,
        dismissed=[{**f, "reason": aside[f["mark"]]} for f in findings if f["mark"] in aside],
        document=document,
        counts={s: sum(f["severity"] == s for f in kept) for s in ("error", "warning", "info")},
        coverage=checked.data["coverage"],
        pieces=marked(checked.case.text, kept),
        base=f"/page/checks/{job}/{number}" if job else "",
        word=name.lower().endswith(_WORD),
        pasted=name == _PASTED,
    )


@router.get("/page/checks/{job}/{number}")
async def kept_check(request: Request, job: str, number: int) -> Response:
    store: Store = store_of(request)
    try:
        checked, name = await to_thread.run_sync(_again, store, job, number, await office_of(request))
        return await to_thread.run_sync(_shown, store, checked, job, number, name)
    except GovWriterError as error:
        return fault(error)


@router.get("/history/{job}/{number}")
async def report_page(request: Request, job: str, number: int) -> Response:
    row = await to_thread.run_sync(store_of(request).get, job)
    if row is None:
        raise GovWriterError("没有这个任务。", hint="任务可能已过保存期。", code="HTTP-404")
    return shown("job.html", here="/history", id=row.id, kind="check", number=number, what="核对", title="")


@router.get("/page/checks/{job}/{number}/{form}")
async def download(request: Request, job: str, number: int, form: str) -> Response:
    """commented.docx: the Word file with a comment per finding.  report.html: the report."""
    store: Store = store_of(request)
    checked, name = await to_thread.run_sync(_again, store, job, number, await office_of(request))
    aside = await to_thread.run_sync(store.dismissed, document_of(checked.case.text))
    pairs = zip(checked.report.findings, checked.data["findings"], strict=True)
    left = tuple(finding for finding, shown_as in pairs if mark(shown_as) not in aside)
    report = replace(checked.report, findings=left)
    if form == "report.html":
        text = await to_thread.run_sync(pipeline.show, checked.case, report, "html")
        return Response(text, media_type="text/html; charset=utf-8", headers=_as_file(form))
    if form != "commented.docx" or not name.lower().endswith(_WORD):
        raise GovWriterError("没有这个文件。", hint="批注稿只用于 Word 文稿。", code="HTTP-404")
    row = await to_thread.run_sync(store.get, job)
    uploads = unpacked(row.request)[1] if row else {}
    original = (uploads.get("draft") or uploads["drafts"])[number - 1].content
    content = await to_thread.run_sync(rendering.comments, original, report)
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Response(content, media_type=media, headers=_as_file(form))


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@router.post("/page/dismissals")
async def dismiss(request: Request) -> Response:
    """Set a finding aside, or (``undo``) take that back."""
    store: Store = store_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        document, finding = text_of(form, "document"), text_of(form, "finding")
        reason, rule = text_of(form, "reason"), text_of(form, "rule")
        undo = bool(text_of(form, "undo"))
    if not (len(document) == len(finding) == 64 and (document + finding).isalnum()):
        return fault(GovWriterError("没有这条问题。", code="CALL-422"))
    try:
        if undo:
            await to_thread.run_sync(store.restore, document, finding)
        else:
            await to_thread.run_sync(store.dismiss, document, finding, reason or "未写理由")
    except GovWriterError as error:
        return fault(error)
    values = {"document": document, "reason": reason or "未写理由", "rule": rule[:12]}
    return shown("dismissed.html", f={**values, "mark": finding}, document=document, undone=undo)


def _source_words(finding: dict[str, Any]) -> dict[str, Any] | None:
    """What the source says, to be put in the place of what contradicts it."""
    if finding["rule"] not in _REPLACEABLE or not finding["expected"] or not finding["text"]:
        return None
    return {"start": finding["start"], "end": finding["end"], "text": finding["expected"]}


def document_of(text: str) -> str:
    """What stays the same over a document's versions: its title line."""
    return _sha("".join(_title(text).split()))


def mark(finding: dict[str, Any]) -> str:
    """A finding that says the same of the same words."""
    return _sha(f"{finding['fingerprint']}\x1f{finding['message']}")


def _title(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _sha(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


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
