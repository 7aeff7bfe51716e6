"""What the pages' forms and templates share."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.datastructures import FormData, UploadFile

from gov_writer.errors import GovWriterError
from gov_writer.service.access import current
from gov_writer.service.bodies import ThemeBody, Upload, clean_name
from gov_writer.service.people import ASKING
from gov_writer.service.problems import MEDIA_TYPE, status_of

_templates = Environment(
    loader=PackageLoader("gov_writer.service"), autoescape=select_autoescape(default=True), trim_blocks=True
)


_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def shown(template: str, /, **values: Any) -> HTMLResponse:
    """A template as the answer; ``who`` in it is the person who asks, or None."""
    return HTMLResponse(rendered(template, **values))


def rendered(template: str, /, **values: Any) -> str:
    """A template with its values."""
    return _templates.get_template(template).render(who=ASKING.get(), **values)


def person(request: Request) -> str:
    """Whom to name for what this request changes."""
    return current(request).name


def opened_at(path: str) -> Response:
    """htmx opens that page instead of showing an answer."""
    return Response(headers={"HX-Redirect": path})


def attachment(content: bytes | str, name: str) -> Response:
    """A file to be saved.  name: our own, ASCII."""
    media = MEDIA[name.rpartition(".")[2]]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)


def fault(error: GovWriterError) -> HTMLResponse:
    """What is wrong, in the page's place for it.  An input that can't be used is no failed request (200: browsers
    write others into their console); what isn't there, isn't allowed or is too much has its own status."""
    answer = _told(shown("problem.html", error=error.as_dict()))
    if error.code.startswith("HTTP-"):
        answer.status_code = status_of(error)
    return answer


def _told(answer: HTMLResponse) -> HTMLResponse:
    """htmx shows it above everything else: what somebody wrote stays where it is."""
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#trouble", "innerHTML"
    return answer


def in_page(refusal: Response) -> Response:
    """A problem detail as a piece of the page, with the same status and headers."""
    if refusal.media_type != MEDIA_TYPE:
        return refusal
    told = json.loads(bytes(refusal.body))
    words = {"what": told["detail"], "where": told["where"], "hint": told["hint"], "code": told["code"]}
    answer = _told(shown("problem.html", error=words))
    answer.status_code = refusal.status_code
    for name in ("Retry-After", "HX-Redirect", "WWW-Authenticate"):
        if name in refusal.headers:
            answer.headers[name] = refusal.headers[name]
    return answer


def error_page(request: Request, answer: JSONResponse) -> Response:
    """A problem detail as a page of its own where somebody opened an address in a browser, with the same status and
    headers; everything else gets it as it is."""
    headers = request.headers
    pages = not request.url.path.startswith("/v1/") and "hx-request" not in headers
    if not pages or "text/html" not in headers.get("accept", ""):
        return answer
    told = json.loads(bytes(answer.body))
    words = {"what": told["detail"], "where": told["where"], "hint": told["hint"], "code": told["code"]}
    shown_as = shown("error.html", here="", error=words)
    shown_as.status_code = answer.status_code
    for name, value in answer.headers.items():
        if name.lower() not in ("content-type", "content-length"):
            shown_as.headers[name] = value
    return shown_as


async def files(form: FormData, field: str, text: str, name: str) -> list[Upload]:
    """The uploads of a field, and the text pasted beside it as a file of that name."""
    found = []
    for value in form.getlist(field):
        if isinstance(value, UploadFile) and value.filename:
            found.append(Upload(clean_name(value.filename), await value.read()))
    pasted = form.get(text) if text else ""
    if isinstance(pasted, str) and pasted.strip():
        found.append(Upload(name, pasted.replace("\r\n", "\n").encode("utf-8", "replace")))
    return found


def text_of(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def themes_of(form: FormData) -> list[ThemeBody]:
    lines = (line.strip() for line in text_of(form, "themes").splitlines())
    return [ThemeBody(name=line, any=[line]) for line in lines if line]
