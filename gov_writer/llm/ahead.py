"""Questions that go out before the vendor's library is loaded: the endpoint works on them while it loads.

Loading takes longer than all else before the first question.  What the library asks is known: a POST of one JSON object,
through the client that it is given.  So the client sends the same request ahead, and when the library makes its own, it is
handed the response that is under way.  Should it ask something else after all, what went ahead is dropped and its own
request is sent.
"""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

#: What the library reads of the environment beside key, address and model, and puts into its requests.
_SETTINGS = ("OPENAI_", "LC_OUTPUT", "LANGSMITH_GATEWAY")
_KNOWN = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_MODEL")


class Ahead:
    """A request that ``client`` sends now, of the current task.  Use it within one task."""

    def __init__(self, client: Any, url: str, key: str, body: dict[str, Any]) -> None:
        headers = {
            "authorization": f"Bearer {key}",
            "accept": "application/json",
            "content-type": "application/json",
        }
        self._body = body
        self._request = client.build_request("POST", url, headers=headers, content=_json(body))
        self._coming: asyncio.Task[Any] | None = asyncio.create_task(client.send(self._request, stream=True))
        _ahead.set(self)

    def response_to(self, request: Any) -> asyncio.Task[Any] | None:
        """What comes in answer to ``request``, once, if it is the one that was sent; else None."""
        if self._coming is None or not self._same(request):
            return None
        coming, self._coming = self._coming, None
        return coming

    def _same(self, request: Any) -> bool:
        mine = self._request
        if (request.method, request.url) != (mine.method, mine.url):
            return False
        if request.headers.get("authorization") != mine.headers["authorization"]:
            return False
        try:
            return bool(json.loads(request.content) == self._body)
        except ValueError:
            return False

    async def dropped(self) -> bool:
        """Let go of a response that nobody asked for; whether there was one."""
        coming, self._coming = self._coming, None
        if coming is None:
            return False
        coming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await (await coming).aclose()
        return True


#: what went ahead for the question that this task asks
_ahead: ContextVar[Ahead | None] = ContextVar("ahead", default=None)


def sending(http: Any) -> type[Any]:
    """The async client of the library ``http`` that answers a request sent ahead with the response under way."""

    class Client(http.AsyncClient):  # type: ignore[misc]
        async def send(self, request: Any, **how: Any) -> Any:
            early = _ahead.get()
            coming = early.response_to(request) if early is not None else None
            return await (coming if coming is not None else super().send(request, **how))

    return Client


def as_told() -> bool:
    """Whether the library will ask just as it is told to: nothing in the environment adds to it."""
    return all(name in _KNOWN for name in os.environ if name.startswith(_SETTINGS))


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
