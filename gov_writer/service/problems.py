"""Every error as RFC 9457 problem details, with the command line's code."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from gov_writer.errors import GovWriterError

MEDIA_TYPE = "application/problem+json"
_STATUS_BY_AREA = {"OUT": 500, "LLM": 502}
_TITLES = {
    400: "请求有误",
    401: "需要登录",
    403: "不允许",
    404: "没有这一项",
    405: "方法不对",
    408: "上传超时",
    409: "尚未完成",
    413: "请求太大",
    415: "内容类型不支持",
    422: "请求内容有误",
    429: "请求太多",
    500: "服务出错",
    503: "暂不可用",
    507: "磁盘已满",
}


#: After how many seconds to try again.
_COME_BACK = {429: 30, 503: 5, 507: 60}


class ClientGoneError(Exception):
    """Whoever asked has gone: nobody reads an answer."""


class Problem(BaseModel):
    """RFC 9457."""

    type: str = Field(default="about:blank", description="问题类别的地址")
    title: str
    status: int
    detail: str = Field(default="", description="发生了什么")
    where: str = Field(default="", description="位置：文件、工作表、行")
    hint: str = Field(default="", description="怎么办")
    code: str = Field(default="", description="与命令行相同的编号")


def problem(status: int, detail: str, *, where: str = "", hint: str = "", code: str = "") -> JSONResponse:
    body = Problem(
        type="about:blank",
        title=_TITLES.get(status, "出错"),
        status=status,
        detail=detail,
        where=where,
        hint=hint,
        code=code,
    )
    return JSONResponse(body.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def status_of(error: GovWriterError) -> int:
    """HTTP-nnn and CALL-4nn that are statuses mean themselves; the rest goes by the area."""
    area, _, number = error.code.partition("-")
    if area in ("HTTP", "USER") or error.code == "CALL-415":
        return int(number)
    return _STATUS_BY_AREA.get(area, 422)


#: For the OpenAPI description of every route.
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "请求有误（RFC 9457）", "content": {MEDIA_TYPE: {}}},
    "5XX": {"model": Problem, "description": "服务出错（RFC 9457）", "content": {MEDIA_TYPE: {}}},
}


#: What a model says of a value, by pydantic's type of error, as a person would say it.
_WRONG = {
    "missing": "缺少这一项。",
    "extra_forbidden": "没有这一项，请检查拼写。",
    "string_type": "应当是文字（加引号）。",
    "string_too_short": "至少要有 {min_length} 个字。",
    "string_too_long": "最多 {max_length} 个字。",
    "list_type": "应当是列表 […]。",
    "too_short": "至少要有 {min_length} 项。",
    "too_long": "最多 {max_length} 项。",
    "dict_type": "应当是 {{…}} 形式的一组设置。",
    "model_type": "应当是 {{…}} 形式的一组设置。",
    "model_attributes_type": "应当是 {{…}} 形式的一组设置。",
    "bool_type": "应当是 true 或 false。",
    "bool_parsing": "应当是 true 或 false。",
    "int_type": "应当是整数。",
    "int_parsing": "应当是整数。",
    "float_type": "应当是数字。",
    "float_parsing": "应当是数字。",
    "literal_error": "可以写的有：{expected}。",
    "enum": "可以写的有：{expected}。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "json_invalid": "不是有效的 JSON：请检查编码（UTF-8）和括号。",
}


def wrong(faults: Sequence[Any]) -> GovWriterError:
    """The first of pydantic's complaints about a request, with its place, in plain Chinese (CALL-422)."""
    first: dict[str, Any] = faults[0] if faults else {"loc": (), "type": ""}
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    values = {
        name: str(value).replace(" or ", ", ").replace("'", "")
        for name, value in first.get("ctx", {}).items()
    }
    said = _WRONG.get(first["type"])
    hint = said.format_map(values) if said else "请对照 /openapi.json 里的接口说明。"
    return GovWriterError("请求内容不符合接口说明。", where=where, hint=hint, code="CALL-422")


def install(app: FastAPI, page: Callable[[Request, JSONResponse], Response]) -> None:
    """Answer errors.  page: makes the same a page where a person's browser asked for one."""

    @app.exception_handler(GovWriterError)
    async def _ours(request: Request, error: GovWriterError) -> Response:
        answer = problem(status_of(error), error.what, where=error.where, hint=error.hint, code=error.code)
        if answer.status_code in _COME_BACK:
            answer.headers["Retry-After"] = str(_COME_BACK[answer.status_code])
        return page(request, answer)

    @app.exception_handler(OSError)
    async def _disk(request: Request, error: OSError) -> Response:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            what = "服务器磁盘已满，没有存下来。"
            hint = "请联系技术人员清理磁盘后再试。"
            return page(request, problem(507, what, hint=hint, code="HTTP-507"))
        what = f"服务内部错误（{type(error).__name__}）。"
        return page(request, problem(500, what, hint="请联系技术人员。", code="HTTP-500"))

    @app.exception_handler(ClientGoneError)
    async def _gone(_: Request, __: ClientGoneError) -> JSONResponse:
        return problem(499, "客户端已离开。", code="HTTP-499")

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        what, hint = _in_chinese(str(error.detail))
        answer = problem(error.status_code, what, hint=hint, code=f"HTTP-{error.status_code}")
        answer.headers.update(error.headers or {})
        return page(request, answer)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        told = wrong(error.errors())
        return page(request, problem(422, told.what, where=told.where, hint=told.hint, code=told.code))

    @app.exception_handler(Exception)
    async def _other(request: Request, error: Exception) -> Response:
        what = f"服务内部错误（{type(error).__name__}）。"
        return page(request, problem(500, what, hint="请联系技术人员。", code="HTTP-500"))


#: What the framework says, and what it means to a person: a pattern, the words and what to do.
_FRAMEWORKS = (
    (r"Too many files\D+(\d+)", "一次上传的文件太多，上限是 {} 个。", "请分几次上传。"),
    (r"Too many fields\D+(\d+)", "请求的字段太多，上限是 {} 个。", ""),
    (r"(?:Part|Field) exceeded maximum size of (\d+)KB", "粘贴的文字超过 {} KB。", "请存成文件后上传。"),
    (r"Not Found", "没有这个页面。", "请从上面的导航进入。"),
    (r"Method Not Allowed", "这个地址不能这样用。", ""),
    (r"Missing boundary", "multipart 请求没有写明分隔符（boundary）。", "请让程序库自己写 Content-Type。"),
    (
        r"Invalid multipart|.*[Bb]oundary|.*Content-Disposition",
        "multipart 请求的内容读不出来。",
        "请检查各部分的分隔和名称。",
    ),
    (r"There was an error parsing the body", "请求内容读不出来。", "请检查编码（UTF-8）和格式。"),
)


def _in_chinese(detail: str) -> tuple[str, str]:
    for pattern, what, hint in _FRAMEWORKS:
        if found := re.match(pattern, detail):
            return what.format(*found.groups()), hint
    return detail, ""
