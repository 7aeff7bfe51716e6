"""Request bodies: JSON with texts inside, or multipart with files; both become the same uploads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from gov_writer import ingest
from gov_writer.errors import GovWriterError
from gov_writer.service.problems import wrong

#: Files of one request; more belong into a batch.
MOST_FILES = 500


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


#: A year may be a number, as in a brief.
PeriodText = Annotated[str | None, BeforeValidator(lambda p: str(p) if type(p) is int else p)]


class TextFile(_Strict):
    """A file as text."""

    name: str = Field(
        "untitled.md", max_length=200, description="文件名，后缀决定如何读", examples=["notes.md"]
    )
    text: str = Field(description="文件的文字", examples=["累计排查安全隐患8753处。"])


class ThemeBody(_Strict):
    """A required theme (必备主题)."""

    name: str = Field(min_length=1, examples=["党的二十大精神"])
    any: list[str] = Field(default_factory=list, description="算作提到的说法", examples=[["二十大精神"]])
    needs: Literal["mention", "action", "figure"] = "action"
    section: str | None = None


class CheckBody(_Strict):
    """``POST /v1/check``."""

    draft: TextFile
    against: list[TextFile] = Field(default_factory=list, max_length=MOST_FILES)
    examples: list[TextFile] = Field(default_factory=list, max_length=MOST_FILES)
    themes: list[ThemeBody] = Field(default_factory=list, max_length=200)
    brief: dict[str, Any] = Field(
        default_factory=dict, description="任务书：其中的主题、报告期和基准日，请求里没有另给时有效"
    )
    period: PeriodText = Field(default=None, description="报告期", examples=["2025"])
    as_of: str | None = Field(default=None, description="基准日", examples=["2025-12-31"])


class FactsBody(_Strict):
    """``POST /v1/facts``."""

    sources: list[TextFile] = Field(min_length=1, max_length=MOST_FILES)
    as_of: str | None = None
    all: bool = Field(default=False, description="连同标签一起列出")


class DraftBody(_Strict):
    """``POST /v1/drafts``."""

    sources: list[TextFile] = Field(min_length=1, max_length=MOST_FILES)
    examples: list[TextFile] = Field(default_factory=list, max_length=MOST_FILES)
    themes: list[ThemeBody] = Field(default_factory=list, max_length=200)
    brief: dict[str, Any] = Field(default_factory=dict, description="任务书：title、genre、unit、period 等")
    engine: Literal["builtin", "openai", "local"] = "builtin"


class BatchBody(_Strict):
    """``POST /v1/batches``: each draft is checked against all sources."""

    drafts: list[TextFile] = Field(min_length=1, max_length=MOST_FILES)
    against: list[TextFile] = Field(default_factory=list, max_length=MOST_FILES)
    themes: list[ThemeBody] = Field(default_factory=list, max_length=200)
    period: PeriodText = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by name and bytes.  name: the last part of what the client said, never a path."""

    name: str
    content: bytes


Body = TypeVar("Body", bound=BaseModel)


async def parse(
    request: Request, model: type[Body], files: tuple[str, ...]
) -> tuple[Body, dict[str, list[Upload]]]:
    """The body as its model and its files by field name; the model's own texts are among the files.

    Raises GovWriterError CALL-415 for other content types, CALL-422 for what the model refuses.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request, model, files)
    if kind not in ("application/json", ""):
        raise GovWriterError(
            f"不支持内容类型“{kind}”。",
            hint="请用 application/json 或 multipart/form-data。",
            code="CALL-415",
        )
    try:
        data = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise GovWriterError(
            "请求不是有效的 JSON。", hint="请检查编码（UTF-8）和括号。", code="CALL-422"
        ) from error
    body = _valid(model, data)
    return body, {name: _texts(getattr(body, name, None)) for name in files}


def _texts(value: object) -> list[Upload]:
    items = value if isinstance(value, list) else [value]
    return [
        _upload(item.name, item.text.encode("utf-8", "replace"))
        for item in items
        if isinstance(item, TextFile)
    ]


async def _multipart(
    request: Request, model: type[Body], files: tuple[str, ...]
) -> tuple[Body, dict[str, list[Upload]]]:
    uploads: dict[str, list[Upload]] = {name: [] for name in files}
    data: dict[str, Any] = {}
    async with request.form(max_files=MOST_FILES, max_fields=100) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                target = uploads.setdefault(name, [])
                target.append(_upload(value.filename or "untitled.txt", await value.read()))
            else:
                data[name] = value
    for name, sent in uploads.items():
        if sent and name in model.model_fields and name in files:
            texts = [{"name": one.name, "text": ""} for one in sent]
            data[name] = texts[0] if name == "draft" else texts
    for name in ("themes", "brief"):
        if name in uploads and name not in files:
            data[name] = _yaml(uploads.pop(name)[0], name)
        elif isinstance(data.get(name), str):
            data[name] = _yaml(_upload(name, data[name].encode()), name)
    return _valid(model, data), uploads


def _yaml(upload: Upload, field: str) -> Any:
    """A themes or brief file (YAML, hence JSON too) as data, read as the command line reads it."""
    data = ingest.yaml_of(upload.content, upload.name)
    return (
        [asdict(theme) for theme in ingest.themes_of(data, where=upload.name)] if field == "themes" else data
    )


def _upload(name: str, content: bytes) -> Upload:
    return Upload(clean_name(name), content)


def clean_name(name: str) -> str:
    """Only the last part of a name, without control characters: it never becomes a path."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable()).strip()[-120:] or "untitled.txt"


def _valid(model: type[Body], data: Any) -> Body:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise wrong(error.errors()) from error


def components() -> dict[str, Any]:
    """The schemas that the bodies refer to, for ``components/schemas`` of the OpenAPI description."""
    found: dict[str, Any] = {}
    for model in (CheckBody, FactsBody, DraftBody, BatchBody):
        found |= model.model_json_schema(ref_template="#/components/schemas/{model}").get("$defs", {})
    return found


def openapi_body(
    model: type[BaseModel], files: tuple[str, ...], fields: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The two forms of a body, for a route's ``openapi_extra``."""
    binary = {"type": "string", "format": "binary"}
    form: dict[str, Any] = {name: {"type": "array", "items": binary} for name in files}
    if "draft" in form:
        form["draft"] = binary
    form |= {name: {"type": "string"} for name in fields}
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": schema},
                "multipart/form-data": {"schema": {"type": "object", "properties": form}},
            },
        }
    }
