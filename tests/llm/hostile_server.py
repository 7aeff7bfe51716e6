"""An OpenAI-compatible HTTP server on loopback that misbehaves on demand: in the protocol, and in what it says (``lies``)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.llm.lies import TALK, honest, notes

PROTOCOL = (
    "slow", "drip", "rate_limited", "server_error", "flaky", "cut", "empty", "invalid_json", "endless", "endless_line",
    "wrong_model", "expired_key", "web_page", "wrong_type", "tool_call", "no_stream", "redirect", "hang", "no_choices",
    "gzip_bomb", "null_content", "error_event", "retry_forever", "bad_utf8", "deep_json",
)  # fmt: skip


class HostileServer:
    """Runs until closed.  requests: every body that came in; headers: the headers; mode: how to behave.

    tokens_per_second: characters, in truth; 0 is as fast as it can.  step: characters in one event.
    """

    def __init__(self, mode: str = "honest", *, tokens_per_second: float = 0.0, step: int = 12) -> None:
        self.mode, self.rate, self.step = mode, tokens_per_second, step
        self.requests: list[dict[str, Any]] = []
        self.bodies: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.stopping = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                self.send_error(404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                outer.bodies.append(body.decode("utf-8", "replace"))
                outer.headers.append(dict(self.headers.items()))
                data = json.loads(body)
                outer.requests.append(data)
                try:
                    outer.answer(self, data)
                except (BrokenPipeError, ConnectionError):
                    self.close_connection = True

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.httpd.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that hang up are expected
        threading.Thread(target=self.httpd.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.httpd.server_address[1]}/v1"

    def close(self) -> None:
        self.stopping.set()
        self.httpd.shutdown()
        self.httpd.server_close()

    def answer(self, handler: BaseHTTPRequestHandler, data: dict[str, Any]) -> None:
        lines, prompt = notes(data["messages"]), str(data["messages"][0]["content"])
        mode = self.mode
        if mode in TALK:
            self.say(handler, TALK[mode](lines, prompt), stream=bool(data.get("stream")))
            return
        getattr(self, f"do_{mode}")(handler, honest(lines, prompt), data)

    # -- sending ---------------------------------------------------------------------------------

    def say(self, handler: BaseHTTPRequestHandler, text: str, *, stream: bool) -> None:
        if not stream:
            return self.json(handler, 200, completion_of(text))
        self.head(handler, 200, "text/event-stream")
        step = self.step
        for at in range(0, len(text), step):
            if self.rate:
                time.sleep(step / self.rate)
            self.event(handler, text[at : at + step])
        self.event(handler, "", "stop")
        self.chunk(handler, b"data: [DONE]\n\n")
        self.chunk(handler, b"")
        return None

    def head(self, handler: BaseHTTPRequestHandler, status: int, kind: str, **more: str) -> None:
        handler.send_response(status)
        handler.send_header("content-type", kind)
        handler.send_header("transfer-encoding", "chunked")
        for name, value in more.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    def chunk(self, handler: BaseHTTPRequestHandler, data: bytes) -> None:
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.wfile.flush()

    def event(self, handler: BaseHTTPRequestHandler, text: str, finish: str | None = None) -> None:
        data = {
            "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
        }  # fmt: skip
        self.chunk(handler, b"data: " + json.dumps(data).encode() + b"\n\n")

    def json(self, handler: BaseHTTPRequestHandler, status: int, data: Any, **more: str) -> None:
        self.raw(handler, status, json.dumps(data).encode(), "application/json", **more)

    def raw(self, handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, **more: str) -> None:
        handler.send_response(status)
        handler.send_header("content-type", kind)
        handler.send_header("content-length", str(len(body)))
        for name, value in more.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    # -- misbehaving in the protocol -----------------------------------------------------------

    def do_slow(self, handler: Any, text: str, data: Any) -> None:
        self.stopping.wait(1.0)
        self.say(handler, text, stream=bool(data.get("stream")))

    def do_hang(self, handler: Any, text: str, data: Any) -> None:
        self.stopping.wait(60)

    def do_drip(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        for byte in b'data: {"id": "c", "choices": [{"index": 0, "delta": {"content": "' + b"a" * 400:
            self.chunk(handler, bytes([byte]))
            if self.stopping.wait(0.5):
                return

    def do_rate_limited(self, handler: Any, text: str, data: Any) -> None:
        if len(self.requests) <= 2:
            self.json(handler, 429, {"error": {"message": "slow down"}}, retry_after="0.3")
        else:
            self.say(handler, text, stream=bool(data.get("stream")))

    def do_retry_forever(self, handler: Any, text: str, data: Any) -> None:
        self.json(handler, 429, {"error": {"message": "slow down"}}, retry_after="86400")

    def do_server_error(self, handler: Any, text: str, data: Any) -> None:
        self.json(handler, 503, {"error": {"message": "down"}})

    def do_flaky(self, handler: Any, text: str, data: Any) -> None:
        if self.requests.count(data) == 1:
            self.json(handler, 502, {"error": {"message": "bad gateway"}})
        else:
            self.say(handler, text, stream=bool(data.get("stream")))

    def do_cut(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        self.event(handler, text[:20])
        handler.close_connection = True

    def do_empty(self, handler: Any, text: str, data: Any) -> None:
        self.say(handler, "", stream=bool(data.get("stream")))

    def do_null_content(self, handler: Any, text: str, data: Any) -> None:
        self.json(handler, 200, completion_of(None))

    def do_no_choices(self, handler: Any, text: str, data: Any) -> None:
        self.json(handler, 200, {"id": "x", "choices": []})

    def do_invalid_json(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        self.chunk(handler, b'data: {"choices": [{"delta": {"content": \n\ndata: oops\n\n')
        self.chunk(handler, b"")

    def do_deep_json(self, handler: Any, text: str, data: Any) -> None:
        self.raw(handler, 200, b"[" * 200_000, "application/json")

    def do_bad_utf8(self, handler: Any, text: str, data: Any) -> None:
        self.raw(handler, 200, b"\xff\xfe\x00\x80" * 200, "application/json")

    def do_endless(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        while not self.stopping.is_set():
            self.event(handler, "各项工作扎实推进，取得新成效。" * 20)

    def do_endless_line(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        self.chunk(handler, b"data: ")
        while not self.stopping.is_set():
            self.chunk(handler, b"a" * 65536)

    def do_gzip_bomb(self, handler: Any, text: str, data: Any) -> None:
        import gzip

        body = gzip.compress(b"data: " + b"a" * 30_000_000)
        self.raw(handler, 200, body, "text/event-stream", content_encoding="gzip")

    def do_error_event(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        self.chunk(handler, b'data: {"error": {"message": "overloaded", "code": 500}}\n\n')
        self.chunk(handler, b"")

    def do_wrong_model(self, handler: Any, text: str, data: Any) -> None:
        self.json(
            handler, 404, {"error": {"message": "The model `m` does not exist", "code": "model_not_found"}}
        )

    def do_expired_key(self, handler: Any, text: str, data: Any) -> None:
        self.json(handler, 401, {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}})

    def do_redirect(self, handler: Any, text: str, data: Any) -> None:
        self.raw(handler, 307, b"", "text/plain", location="http://127.0.0.1:9/v1/chat/completions")

    def do_web_page(self, handler: Any, text: str, data: Any) -> None:
        self.raw(handler, 200, "<html><body>登录后使用</body></html>".encode(), "text/html")

    def do_wrong_type(self, handler: Any, text: str, data: Any) -> None:
        self.raw(handler, 200, json.dumps(completion_of(text)).encode(), "text/plain")

    def do_no_stream(self, handler: Any, text: str, data: Any) -> None:
        self.json(handler, 200, completion_of(text))

    def do_tool_call(self, handler: Any, text: str, data: Any) -> None:
        call = {"id": "1", "type": "function", "function": {"name": "rm", "arguments": "{}"}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        self.json(
            handler,
            200,
            {"id": "x", "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}]},
        )


def completion_of(text: str | None) -> dict[str, Any]:
    return {
        "id": "x", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20},
    }  # fmt: skip


@contextmanager
def serving(mode: str = "honest", **options: Any) -> Iterator[HostileServer]:
    server = HostileServer(mode, **options)
    try:
        yield server
    finally:
        server.close()
