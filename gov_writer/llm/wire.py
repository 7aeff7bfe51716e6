"""The HTTP client under the vendor's library: what it may send, and how much it will swallow.

Everything here guards against an endpoint that misbehaves: an answer without end, HTML or plain JSON where an
event stream was asked for, a redirect to another host (not followed: the notes were meant for this one).
"""

from __future__ import annotations

import importlib
import json
import re
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from gov_writer.llm.ahead import sending
from gov_writer.llm.ask import Fault
from gov_writer.llm.events import gathered, uncounted, unhurried

_STREAM = "text/event-stream"
#: What a completion doesn't need: some gateways send such events without data to keep a connection open, and the
#: vendor's reader takes them for broken JSON; or a comment before each event's data.
_IDLE = re.compile(rb"^(?:data:[ \t]*|(?:event|id|retry)(?::[^\r\n]*)?|:[^\r\n]*)\r?\n", re.MULTILINE)
_LONGEST_KEPT = 65_536
_PACKED = ("gzip", "x-gzip", "deflate")


def _library() -> Any:
    """The HTTP library that the installed openai package is built on."""
    return importlib.import_module("httpx2" if int(_version().split(".")[0]) >= 3 else "httpx")


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("openai")


def nobody() -> Any:
    """A client that sends nothing, for the half of the vendor's library that is not used."""
    http = _library()

    def refuse(request: Any) -> Any:
        raise Fault(f"不该发出的请求（{request.url.host}）", fatal=True)

    return http.Client(transport=http.MockTransport(refuse), trust_env=False)


def client(
    *,
    base_url: str,
    max_bytes: int,
    sent: Callable[[str, bytes], None],
    seconds: float,
    thought: Callable[[int], None] = uncounted,
) -> Any:
    """An async client of the library that the installed openai package is built on.

    sent: told the address and body of every request just before it goes out.  thought: told the number of characters
    that a model thinks aloud, as they come.
    """
    http: Any = _library()

    class Stream(http.AsyncByteStream):  # type: ignore[misc]
        """Pieces in the place of a response's own; closing it closes the response's."""

        def __init__(self, pieces: AsyncIterator[bytes], inner: Any) -> None:
            self.pieces, self.inner = pieces, inner

        def __aiter__(self) -> AsyncIterator[bytes]:
            return self.pieces

        async def aclose(self) -> None:
            await self.inner.aclose()

    async def on_request(request: Any) -> None:
        sent(str(request.url), await request.aread())

    async def on_response(response: Any) -> None:
        inner = response.stream
        pieces = _capped(inner, max_bytes)
        packed = response.headers.pop("content-encoding", "identity").strip().lower() or "identity"
        if packed in _PACKED:
            pieces = _capped(_unpacked(pieces), max_bytes)
        elif packed != "identity":
            await response.aclose()
            raise Fault("接口返回了压缩的内容（未请求压缩）", again=True)
        if response.status_code == 200:
            if response.headers.get("content-type", "").startswith(_STREAM):
                pieces = gathered(_spoken_lines(unhurried(pieces)), thought=thought)
            else:
                pieces = _once(as_events(b"".join([piece async for piece in pieces])))
                response.headers["content-type"] = _STREAM
                response.headers.pop("content-length", None)
        response.stream = Stream(pieces, inner)

    local = is_loopback(base_url)
    bare = base_url.startswith("http://") and (local or not getproxies())
    return sending(http)(
        timeout=http.Timeout(seconds, connect=min(20.0, seconds)),
        follow_redirects=False,
        trust_env=not local,
        verify=not bare,  # without TLS on the way, the certificates need not be read
        headers={
            "accept-encoding": "identity",
            "user-agent": f"AsyncOpenAI/Python {_version()}",
        },  # the library's
        event_hooks={"request": [on_request], "response": [on_response]},
    )


async def _capped(pieces: AsyncIterable[bytes], max_bytes: int) -> AsyncIterator[bytes]:
    """A body that is cut off after ``max_bytes``."""
    taken = 0
    async for piece in pieces:
        taken += len(piece)
        if taken > max_bytes:
            raise Fault("接口的回答没有止境，已切断", again=True)
        yield piece


async def _unpacked(pieces: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """What was packed although nobody asked for it, a little at a time however much a byte may stand for."""
    unpacker = zlib.decompressobj(47)  # gzip or zlib, by what it begins with
    try:
        async for piece in pieces:
            left = piece
            while left and not unpacker.eof:
                yield unpacker.decompress(left, _LONGEST_KEPT)
                left = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        pass
    raise Fault("接口返回的压缩内容不完整", again=True)


async def _spoken_lines(pieces: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """An event stream, line by line, without lines that say nothing."""
    rest, fresh = b"", True  # what has no line end yet; whether it begins a line
    async for piece in pieces:
        lines, mark, tail = (rest + piece).rpartition(b"\n")
        if mark:
            whole = lines + mark
            head, _, more = (b"", b"", whole) if fresh else whole.partition(b"\n")
            yield (head + b"\n" if not fresh else b"") + _IDLE.sub(b"", more)
            rest, fresh = tail, True
        else:
            rest = tail
        if len(rest) > _LONGEST_KEPT:
            yield rest
            rest, fresh = b"", False
    if rest:
        yield rest


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body


def is_loopback(url: str) -> bool:
    """Whether ``url`` is on this machine."""
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def as_events(body: bytes) -> bytes:
    """A body that is no declared event stream, as one.  Raises Fault for what is neither events nor a completion."""
    text = body.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if text.startswith(("data:", "event:", ":")):
        return text.encode()
    try:
        data = json.loads(text)
        if not isinstance(data, dict):
            raise ValueError(text[:40])
    except (ValueError, RecursionError):
        what = "网页" if text[:200].lstrip().startswith("<") else "无法识别的内容"
        raise Fault(f"接口返回的不是约定的格式，而是{what}", again=True) from None
    if isinstance(data.get("choices"), list) and data["choices"]:
        return b"data: " + json.dumps(_chunk(data)).encode() + b"\n\ndata: [DONE]\n\n"
    told = data.get("error")
    if isinstance(told, dict):
        told = told.get("message")
    raise Fault(f"接口报错：{str(told)[:120]}" if told else "接口的回答里没有内容", again=True)


def text_of(content: object) -> str:
    """What a message says, whether as text or as a list of parts; surrogates that stand alone become U+FFFD."""
    if isinstance(content, list):
        content = "".join(
            part["text"] for part in content if isinstance(part, dict) and isinstance(part.get("text"), str)
        )
    if not isinstance(content, str):
        return ""
    return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _chunk(data: dict[str, Any]) -> dict[str, Any]:
    """A chat completion as a single chunk of a stream."""
    choice = data["choices"][0] if isinstance(data["choices"][0], dict) else {}
    message = choice.get("message")
    content = message.get("content") if isinstance(message, dict) else choice.get("text")
    return {
        "id": str(data.get("id") or "x"),
        "object": "chat.completion.chunk",
        "created": 0,
        "model": str(data.get("model") or ""),
        "choices": [
            {
                "index": 0,
                "delta": {"role": "assistant", "content": text_of(content)},
                "finish_reason": "length" if choice.get("finish_reason") == "length" else "stop",
            }
        ],
        "usage": _usage(data.get("usage")),
    }


def _usage(usage: Any) -> dict[str, int] | None:
    if not isinstance(usage, dict):
        return None
    counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    if not all(isinstance(count, int) and 0 <= count < 10**9 for count in counts):
        return None
    prompt, completion = (int(count or 0) for count in counts)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
