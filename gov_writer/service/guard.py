"""What stands before every request: size, host, origin, token, and the headers of every answer."""

from __future__ import annotations

import hmac
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gov_writer.service.config import ServiceSettings
from gov_writer.service.problems import problem

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OPEN = ("/healthz",)
_SAFE = ("GET", "HEAD", "OPTIONS")


class _TooLargeError(Exception):
    """Raised inside ``receive`` when a request grows past the limit."""


class Guard:
    """ASGI middleware.  On loopback the Host header must be loopback too (against DNS rebinding); a
    request that changes something must not come from another site's page."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings) -> None:
        self._app, self._settings = app, settings
        self._open = 0
        self._limit = settings.max_body_mb * 1024 * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope, Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, self._dressed(send))
            return
        self._open += 1
        try:
            await self._app(scope, self._limited(receive), self._dressed(send))
        except _TooLargeError:
            await self._too_large()(scope, receive, self._dressed(send))
        finally:
            self._open -= 1

    def _refusal(self, scope: Scope, headers: Headers) -> Any:
        host = headers.get("host", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if self._settings.loopback and name not in ("127.0.0.1", "localhost", "[::1]", "testserver"):
            return problem(403, "请求的主机名不是本机。", code="HTTP-403")
        origin = headers.get("origin")
        if origin and scope["method"] not in _SAFE and origin.split("://", 1)[-1] != host:
            return problem(403, "请求来自别的网站。", code="HTTP-403")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._limit:
            return self._too_large()
        if self._settings.token and scope["path"] not in _OPEN and not self._known(headers):
            answer = problem(
                401, "没有令牌或令牌不对。", hint="请在 Authorization 头中给出令牌。", code="HTTP-401"
            )
            answer.headers["WWW-Authenticate"] = 'Basic realm="gov_writer", charset="UTF-8"'
            return answer
        if self._open >= self._settings.max_open and scope["path"] not in _OPEN:
            answer = problem(503, "同时的请求太多。", hint="请几秒后再试。", code="HTTP-503")
            answer.headers["Retry-After"] = "5"
            return answer
        return None

    def _known(self, headers: Headers) -> bool:
        """A bearer token, or the token as the password of HTTP Basic, which browsers ask for by themselves."""
        import base64
        import binascii

        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return False
        elif scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given.strip().encode(), (self._settings.token or "").encode())

    def _too_large(self) -> Any:
        return problem(
            413,
            f"请求超过 {self._settings.max_body_mb} MB。",
            hint="请分开上传，或去掉图片。",
            code="HTTP-413",
        )

    def _limited(self, receive: Receive) -> Receive:
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise _TooLargeError
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
