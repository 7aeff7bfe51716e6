"""The page of one checked document: findings beside the text, set aside or put right, as Word or report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer import pipeline, rendering
from gov_writer.errors import GovWriterError
from gov_writer.ingest.endings import WORD
from gov_writer.service import jobs, typed, view
from gov_writer.service.access import office_of, store_of
from gov_writer.service.bodies import MOST_FILES, CheckBody, TextFile, ThemeBody, Upload
from gov_writer.service.forms import attachment, fault, files, shown, text_of, themes_of
from gov_writer.service.lineage import document_of, others, sha, title_of
from gov_writer.service.pool import Checkers, in_turn
from gov_writer.service.runner import packed, unpacked
from gov_writer.service.store import Store
from gov_writer.settings import CheckSettings

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_PASTED = typed.PASTED
#: Files whose text is the file.
_TEXT = (".md", ".txt")


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
            before, again = text_of(form, "job"), bool(text_of(form, "keep_sources"))
            pressed = bool(text_of(form, "do"))
        fields: dict[str, Any] = {"themes": [theme.model_dump() for theme in themes], "period": period}
        # the file that was just chosen, else the text; while somebody types it is the text
        uploads = {"draft": draft[:1] if keep else draft[-1:], "against": against}
        if again and not against:  # those of the version before
            uploads["against"] = await to_thread.run_sync(_sources_of, store, before)
        if not keep:
            return await _live(request, store, fields, uploads, before)
        if not draft and pressed:
            raise GovWriterError(
                "没有要核对的文稿。", hint="请选择文件，或把文字粘贴在下面。", code="CALL-422"
            )
        review, office = partial(_review, request.app.state.checkers), await office_of(request)
        return await to_thread.run_sync(_kept, store, fields, uploads, before, office, review)
    except GovWriterError as error:
        return fault(error)


Review = Callable[[dict[str, Any], dict[str, list[Upload]], CheckSettings], jobs.Reviewed]


def _kept(
    store: Store,
    fields: dict[str, Any],
    uploads: dict[str, list[Upload]],
    before: str,
    office: CheckSettings,
    review: Review,
) -> Response:
    """Check and keep; what is the same as before is not kept twice."""
    drafts = uploads["draft"]
    content = packed(fields, uploads)
    row = store.get(before) if before else None
    same = row is not None and row.request == content
    if not drafts:  # the sources alone: for the checks while somebody types
        typed.known(uploads["against"], fields["period"])
        job = before if same else store.add("sources", content, status="done")
        answer = shown("check_answer.html", job=job, alone=True)
        answer.headers["HX-Reswap"] = "none"  # somebody may be typing already
        return answer
    checked = review(fields, uploads, office)
    name = drafts[-1].name
    if not same:
        title = title_of(checked.case.text) or name
        before = store.add("check", content, title=title, status="done")
    values = _values(store, checked, before, 1, name)
    return shown("check_answer.html", job=before, others=others(store, values["document"]), **values)


async def _live(
    request: Request,
    store: Store,
    fields: dict[str, Any],
    uploads: dict[str, list[Upload]],
    before: str,
) -> Response:
    """Check what is being typed against the sources that were kept with the last check."""
    text = uploads["draft"][-1].content.decode() if uploads["draft"] else ""
    if not text.strip():
        return shown("check_answer.html", live=True)
    against = uploads["against"] or await to_thread.run_sync(_sources_of, store, before)
    wanted = typed.Wanted(against=tuple(against), themes=tuple(fields["themes"]), period=fields["period"])
    found = await typed.answered(request, before, text, wanted, await office_of(request))
    if found is None:
        return typed.nothing()

    def page() -> HTMLResponse:
        values = {"checked": True, **with_findings(store, text, found.data, found.figures, "")}
        return shown("check_live.html", changed=True, base="", editable=True, **values)

    return await in_turn(page)


def _sources_of(store: Store, job: str) -> list[Upload]:
    row = store.get(job) if job else None
    if row is None or row.kind not in ("check", "sources"):
        return []
    return unpacked(row.request)[1].get("against", [])


def _review(
    checkers: Checkers, fields: dict[str, Any], uploads: dict[str, list[Upload]], office: CheckSettings
) -> jobs.Reviewed:
    """Check in a process, which is ended when it takes too long."""
    themes = [ThemeBody.model_validate(theme) for theme in fields["themes"]]
    body = CheckBody(draft=TextFile(name=_PASTED, text=""), themes=themes, period=fields["period"])
    return checkers.call(jobs.reviewed, body, uploads, office)


def _again(
    store: Store, job: str, number: int, office: CheckSettings, review: Review
) -> tuple[jobs.Reviewed, str]:
    """A kept check, or one report of a batch, checked by today's rules; with the file's name."""
    row = store.get(job)
    fields, uploads = unpacked(row.request) if row and row.kind in ("check", "batch") else ({}, {})
    drafts = uploads.get("draft") or uploads.get("drafts") or []
    if not 1 <= number <= len(drafts):
        raise GovWriterError("没有这份文稿。", hint="任务可能已过保存期。", code="HTTP-404")
    one = drafts[number - 1]
    return review(fields, {"draft": [one], "against": uploads.get("against", [])}, office), one.name


def _values(
    store: Store, checked: jobs.Reviewed, job: str, number: int, name: str, unit: str = ""
) -> dict[str, Any]:
    """What the templates show of a check.  unit: whose document it is; "" is the own one's."""
    return {
        "checked": True,
        **with_findings(store, checked.case.text, checked.data, view.figures(checked.case), unit),
        "base": f"/page/checks/{job}/{number}" if job else "",
        "word": name.lower().endswith(WORD),
        "fixed": _fixed_name(name),
        "editable": name == _PASTED,
    }


def _fixed_name(name: str) -> str:
    """What the file with its small things put right is called; "" where there is none."""
    if name == _PASTED or not name.lower().endswith((*WORD, *_TEXT)):
        return ""
    return "fixed.docx" if name.lower().endswith(WORD) else f"fixed{name[name.rindex('.') :].lower()}"


def with_findings(
    store: Store, text: str, data: dict[str, Any], figures: list[view.Figure], unit: str
) -> dict[str, Any]:
    """A text with its findings for the templates."""
    findings, dismissed, document = aside(store, text, data["findings"], unit)
    shown_as = view.marked(text, findings, figures)
    return {
        "text": text,
        "pieces": shown_as.pieces,
        "marks": shown_as.marks,
        "findings": findings,
        "dismissed": dismissed,
        "document": document,
        "coverage": data["coverage"],
        **view.counted(findings),
    }


def aside(
    store: Store, text: str, findings: list[dict[str, Any]], unit: str = ""
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
    """The findings that stand, those that a person has set aside (with the reason), and the document's mark.
    unit: whose document it is; "" is the own one's."""
    document = document_of(text)
    reasons = store.dismissed(document, unit)
    found = [{**f, "mark": mark(f)} for f in findings]
    kept = [f for f in found if f["mark"] not in reasons]
    return kept, [{**f, "reason": reasons[f["mark"]]} for f in found if f["mark"] in reasons], document


@router.get("/history/{job}/{number}")
async def report_page(request: Request, job: str, number: int) -> Response:
    """A kept check, or one report of a batch; a pasted text can be worked on."""
    store: Store = store_of(request)
    review, office = partial(_review, request.app.state.checkers), await office_of(request)
    checked, name = await to_thread.run_sync(_again, store, job, number, office, review)
    row = await to_thread.run_sync(store.get, job)
    fields: dict[str, Any] = unpacked(row.request)[0] if row else {"themes": [], "period": ""}

    def page() -> HTMLResponse:
        values = _values(store, checked, job, number, name, row.unit if row else "")
        themes = "\n".join(str(theme["name"]) for theme in fields["themes"])
        known = {"period": fields["period"], "themes": themes, "job": job if number == 1 else ""}
        return shown("checked.html", here="/history", name=name, **known, **values)

    return await in_turn(page)


@router.get("/page/checks/{job}/{number}/{form}")
async def download(request: Request, job: str, number: int, form: str) -> Response:
    """commented.docx: the Word file with a comment per finding.  report.html: the report.  fixed.docx, fixed.md: with the
    punctuation and the like put right, in Word as tracked changes."""
    store: Store = store_of(request)
    review, office = partial(_review, request.app.state.checkers), await office_of(request)
    checked, name = await to_thread.run_sync(_again, store, job, number, office, review)
    kept = await to_thread.run_sync(store.get, job)
    unit = kept.unit if kept else ""
    aside = await to_thread.run_sync(store.dismissed, document_of(checked.case.text), unit)
    pairs = zip(checked.report.findings, checked.data["findings"], strict=True)
    left = tuple(finding for finding, shown_as in pairs if mark(shown_as) not in aside)
    report = replace(checked.report, findings=left)
    if form == "report.html":
        return attachment(await in_turn(pipeline.show, checked.case, report, "html"), form)
    row = await to_thread.run_sync(store.get, job)
    uploads = unpacked(row.request)[1] if row else {}
    original = (uploads.get("draft") or uploads["drafts"])[number - 1].content
    word = name.lower().endswith(WORD)
    if word and form == "commented.docx":
        return attachment(await in_turn(rendering.comments, original, report), form)
    if word and form == _fixed_name(name):  # the small things alone, each to be accepted or refused in Word
        small = replace(report, findings=tuple(f for f in left if f.fix is not None and f.fix.safe))
        return attachment(await in_turn(rendering.comments, original, small), form)
    if form == _fixed_name(name):
        return attachment(rendering.repaired(checked.case.text, left)[0], form)
    raise GovWriterError("没有这个文件。", hint="批注稿只用于 Word 文稿。", code="HTTP-404")


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


def mark(finding: dict[str, Any]) -> str:
    """A finding that says the same of the same words."""
    return sha(f"{finding['fingerprint']}\x1f{finding['message']}")
