"""What the pages' forms and templates share."""

from __future__ import annotations

from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.datastructures import FormData, UploadFile

from gov_writer.errors import GovWriterError
from gov_writer.service.bodies import ThemeBody, Upload, clean_name
from gov_writer.service.guard import ASKING

_templates = Environment(
    loader=PackageLoader("gov_writer.service"), autoescape=select_autoescape(default=True), trim_blocks=True
)


def shown(template: str, /, **values: Any) -> HTMLResponse:
    """A template as the answer; ``who`` in it is the person who asks, or None."""
    return HTMLResponse(_templates.get_template(template).render(who=ASKING.get(), **values))


def fault(error: GovWriterError) -> HTMLResponse:
    """htmx shows answers with status 200 only; the message itself says what is wrong."""
    return shown("problem.html", error=error.as_dict())


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
