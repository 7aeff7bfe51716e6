"""What stands before every request: size, host, origin, who it is, what that person may do, how often; and the
headers of every answer."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import MutableMapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gov_writer.errors import GovWriterError
from gov_writer.service.access import SAFE, needed
from gov_writer.service.config import ServiceSettings
from gov_writer.service.forms import error_page, in_page
from gov_writer.service.identity import Identity, cookie_of
from gov_writer.service.limits import Buckets
from gov_writer.service.people import ASKING, Who
from gov_writer.service.problems import problem, status_of

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OPEN = ("/healthz",)
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
#: Nobody's name and password are longer, in bytes of the request's body.
_LOGIN_BYTES = 16_384


class _UnreadError(HTTPException):
    """Raised inside ``receive`` when a request grows past the limit, or comes too slowly."""


class Guard:
    """ASGI middleware.  On loopback the Host header must be loopback too (against DNS rebinding); a
    request that changes something must not come from another site's page, and with a login it must send
    the page's token back (``X-CSRF-Token``)."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings, identity: Identity) -> None:
        self._app, self._settings, self._identity = app, settings, identity
        self._open = 0
        self._each: Counter[str] = Counter()
        self._limit = settings.max_body_mb * 1024 * 1024
        self._often = Buckets(settings.burst, settings.per_minute)
        self._public = urlsplit(settings.public_url).netloc if settings.public_url else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is None:
            refusal = await self._unknown(scope, headers)
        if refusal is not None:
            if "hx-request" in headers:  # the page shows what is wrong, in the place of the answer
                refusal = in_page(refusal)
            elif isinstance(refusal, JSONResponse):
                refusal = error_page(Request(scope), refusal)
            await refusal(scope, receive, self._dressed(send))
            return
        self._open += 1
        who: Who | None = scope["state"].get("who")
        asking = ASKING.set(who)
        account = who.user if who else ""
        self._each[account] += 1
        try:
            await self._app(scope, self._limited(receive, self._most(scope)), self._dressed(send))
        finally:
            ASKING.reset(asking)
            self._open -= 1
            self._each[account] -= 1
            if not self._each[account]:
                del self._each[account]

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Refused whoever it is."""
        host = headers.get("host", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if self._settings.loopback and name not in _LOCAL and host != (self._public or None):
            return problem(403, "请求的主机名不是本机。", code="HTTP-403")
        origin = headers.get("origin")
        ours = {host, self._public} - {""}  # "null", the origin of a page in a sandbox, has no host
        if origin and scope["method"] not in SAFE and urlsplit(origin).netloc not in ours:
            return problem(403, "请求来自别的网站。", code="HTTP-403")
        if headers.get("sec-fetch-site") == "cross-site" and scope["method"] not in SAFE:
            return problem(403, "请求来自别的网站。", code="HTTP-403")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            return self._too_large(0)
        if int(length) > self._most(scope):
            return self._too_large(self._most(scope))
        if self._open >= self._settings.max_open and scope["path"] not in _OPEN:
            return _later(problem(503, "同时的请求太多。", hint="请几秒后再试。", code="HTTP-503"), 5)
        return None

    async def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Refused because of who it is: nobody known, without the right, without the page's token, too often."""
        method, path = scope["method"], scope["path"]
        state = scope.setdefault("state", {})
        right = needed(method, path)
        if right is None and path != "/login":
            return None
        address = (scope.get("client") or ("", 0))[0]
        cookie = cookie_of(headers)
        try:
            who = await self._identity.of(headers.get("authorization", ""), cookie)
        except GovWriterError as error:
            return problem(status_of(error), error.what, hint=error.hint, code=error.code)
        if who is not None and who.user and self._each[who.user] >= self._settings.most_open_each:
            return _later(problem(429, "您同时开着的请求太多。", hint="请关掉几个页面。", code="HTTP-429"), 5)
        if who is None or who.how != "local":
            wait = self._often.take(who.user or who.how if who else address)
            if wait:
                return _later(problem(429, "请求太多。", hint="请稍后再试。", code="HTTP-429"), wait)
        if who is not None:
            state["who"] = who = replace(who, address=address)
        if right is None:
            return None
        if who is None:
            return await self._please_log_in(scope, headers)
        if not who.may(right):
            return problem(403, "您的角色不能这样做。", hint="请联系管理员。", code="HTTP-403")
        if who.csrf and method not in SAFE and not same(headers.get("x-csrf-token", ""), who.csrf):
            hint = "请刷新页面后再试。"
            return problem(403, "请求没有带上页面的令牌。", hint=hint, code="HTTP-403")
        return None

    async def _please_log_in(self, scope: Scope, headers: Headers) -> Response:
        people = await self._identity.people()
        page = "text/html" in headers.get("accept", "") and "hx-request" not in headers
        if people and page and scope["method"] == "GET":
            return RedirectResponse(f"/login?next={quote(scope['path'])}", 303)
        hint = "请登录，或在 Authorization 头中给出令牌。" if people else "请在 Authorization 头中给出令牌。"
        answer = problem(401, "没有登录，或令牌不对。", hint=hint, code="HTTP-401")
        if "hx-request" in headers:
            answer.headers["HX-Redirect"] = "/login"
        challenge = 'Bearer realm="gov_writer"' if people else 'Basic realm="gov_writer", charset="UTF-8"'
        answer.headers["WWW-Authenticate"] = challenge
        return answer

    def _most(self, scope: Scope) -> int:
        """How many bytes this request may have: nobody is known yet who asks to be let in."""
        return _LOGIN_BYTES if scope["path"] == "/login" else self._limit

    @staticmethod
    def _too_large(most: int) -> Response:
        return problem(413, _too_long(most), hint="请分开上传，或去掉图片。", code="HTTP-413")

    def _limited(self, receive: Receive, most: int) -> Receive:
        """The request's body, in the bytes and the time it may take; afterwards only whether the client is there."""
        received, until = 0, time.monotonic() + self._settings.body_seconds
        whole = False

        async def limited() -> Message:
            nonlocal received, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout(max(0.0, until - time.monotonic())):
                    message = await receive()
            except TimeoutError:
                raise _UnreadError(408, "上传得太慢，已停止接收。", {"Connection": "close"}) from None
            received += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if received > most:
                raise _UnreadError(413, _too_long(most), {"Connection": "close"})
            return message

        return limited

    @staticmethod
    def _dressed(send: Send) -> Send:
        async def dressed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return dressed


def _too_long(most: int) -> str:
    size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} KB"
    return f"请求超过 {size}。" if most else "请求没有写明长度。"


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    import hmac

    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))


def _later(answer: Response, seconds: float) -> Response:
    answer.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    return answer
