"""More ways to break the protocol, below and above HTTP.  Works on the raw socket where http.server is too polite."""

from __future__ import annotations

import json
import socket
import struct
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.llm.hostile_server import HostileServer, completion_of


def event(content: Any, finish: str | None = None, **delta: Any) -> bytes:
    choice = {"index": 0, "delta": {"content": content, **delta}, "finish_reason": finish}
    data = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(data).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"
LIE = "本年度共完成投资777亿元，获评全国先进。"
JSON = "application/json"
#: name -> (status, content type, body, further headers); {text} is not filled in: these never hold what was asked for
PLAIN: dict[str, tuple[int, str, bytes, dict[str, str]]] = {
    "error_in_200": (200, JSON, b'{"error": "overloaded"}', {}),
    "error_object_in_200": (200, JSON, b'{"error": {"message": {"a": 1}, "code": 7}}', {}),
    "detail_in_200": (200, JSON, b'{"detail": [{"loc": ["body"], "msg": "x"}]}', {}),
    "array": (200, JSON, b"[1, 2, 3]", {}),
    "null": (200, JSON, b"null", {}),
    "choices_dict": (200, JSON, b'{"choices": {"0": {"message": {"content": "x"}}}}', {}),
    "choices_null": (200, JSON, b'{"choices": [null]}', {}),
    "choices_numbers": (200, JSON, b'{"choices": [1, 2]}', {}),
    "content_number": (200, JSON, b'{"choices": [{"message": {"content": 8753}}]}', {}),
    "content_object": (200, JSON, b'{"choices": [{"message": {"content": {"text": "x"}}}]}', {}),
    "huge_number": (200, JSON, b'{"choices": [' + b"9" * 50_000 + b"]}", {}),
    "nan": (200, JSON, b'{"choices": [{"message": {"content": NaN}}], "usage": {"prompt_tokens": Infinity}}', {}),
    "no_content": (204, "text/plain", b"", {}),
    "created_empty": (201, JSON, b"", {}),
    "partial_content": (206, JSON, b"{}", {}),
    "teapot": (418, "text/plain", "我是茶壶".encode(), {}),
    "utf16": (200, JSON, '{"choices": []}'.encode("utf-16"), {}),
    "big_error": (500, "text/html", b"<p>x</p>" * 2_000_000, {}),
    "quota": (429, JSON, b'{"error": {"message": "x", "code": "insufficient_quota"}}', {"retry-after": "0"}),
    "retry_nan": (429, JSON, b"{}", {"retry-after": "nan"}),
    "retry_minus": (503, JSON, b"{}", {"retry-after": "-7"}),
    "retry_infinite": (429, JSON, b"{}", {"retry-after": "inf"}),
    "retry_far": (503, JSON, b"{}", {"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}),
    "retry_garbage": (429, JSON, b"{}", {"retry-after": "morgen \xe9"}),
    "events_refused": (200, "text/event-stream", b'data: {"choices": [{"delta": {"refusal": "no"}, "index": 0, "finish_reason": "stop"}]}\n\n' + DONE, {}),
    "done_at_once": (200, "text/event-stream", DONE + event(LIE, "stop"), {}),
    "no_events": (200, "text/event-stream", b"", {}),
    "comments": (200, "text/event-stream", b": ping\n\n" * 5000, {}),
    "bare_events": (200, "text/event-stream", b"event: ping\nid: 7\nretry: 1\n\n" * 500, {}),
    "choices_in_events": (200, "text/event-stream", b'data: {"choices": 3}\n\ndata: {"choices": [3]}\n\n' + DONE, {}),
    "deltas_null": (200, "text/event-stream", b'data: {"choices": [{"index": 0, "delta": null}]}\n\n' + DONE, {}),
    "content_list": (200, "text/event-stream", event([{"type": "text", "text": LIE}], "stop") + DONE, {}),
    "content_in_event_number": (200, "text/event-stream", event(8753, "stop") + DONE, {}),
    "tool_events": (200, "text/event-stream", event(None, "tool_calls", tool_calls=[{"index": 0, "id": "1", "type": "function", "function": {"name": "rm", "arguments": '{"a": '}}]) + DONE, {}),
    "function_events": (200, "text/event-stream", event(None, "function_call", function_call={"name": "x", "arguments": "{"}) + DONE, {}),
    "filtered": (200, "text/event-stream", event("", "content_filter") + DONE, {}),
    "many_choices": (200, JSON, json.dumps({"choices": [{"index": i, "message": {"role": "tool", "content": LIE}, "finish_reason": "stop"} for i in range(5)]}).encode(), {}),
    "surrogates": (200, "text/event-stream", event("\ud800\udfff\udc00", "stop") + DONE, {}),
    "deep_event": (200, "text/event-stream", b"data: " + b"[" * 100_000 + b"\n\n", {}),
    "strange_roles": (200, "text/event-stream", event(LIE, "stop", role="system") + event(LIE, "stop", role="alien") + DONE, {}),
    "strange_fields": (200, "text/event-stream", b'data: {"id": 7, "created": "x", "model": null, "choices": [{"index": -1, "delta": {"content": "' + LIE.encode() + b'"}, "finish_reason": 7}], "usage": {"prompt_tokens": "many", "completion_tokens": -3, "total_tokens": 1e308}}\n\n' + DONE, {}),
    "compressed_name": (200, JSON, b"x" * 100, {"content-encoding": "br"}),
    "double_gzip": (200, JSON, b"\x1f\x8b" * 100, {"content-encoding": "gzip, gzip"}),
    "login": (302, "text/html", b"", {"location": "/login"}),
    "duplicate_keys": (200, JSON, b'{"choices": [{"message": {"content": "x"}}], "choices": [{"message": {"content": "' + LIE.encode() + b'"}}]}', {}),
    "white_space": (200, JSON, b" " * 5_000_000 + b'{"choices": []}', {}),
    "nul_events": (200, "text/event-stream", b"data: \0\0\0\n\n" * 200 + DONE, {}),
    "web_page_events": (200, "text/event-stream", b"data: <html>\n\ndata: </html>\n\n" * 50 + DONE, {}),
    "compressed_zstd": (200, JSON, b"\x28\xb5\x2f\xfd" * 50, {"content-encoding": "zstd"}),
    "other_index": (200, "text/event-stream", event(LIE, "stop").replace(b'"index": 0', b'"index": 3') + DONE, {}),
    "to_itself": (307, "text/plain", b"", {"location": "/v1/chat/completions"}),
    "to_a_file": (302, "text/plain", b"", {"location": "file:///etc/passwd"}),
    "cookies": (503, JSON, b"{}", {"set-cookie": "a=" + "b" * 4000}),
}  # fmt: skip
#: name -> bytes that are sent as they are, then the connection is closed
RAW: dict[str, bytes] = {
    "no_http": b"\x00\x01\x02SSH-2.0-OpenSSH_9.6\r\n",
    "http_0_9": LIE.encode(),
    "short_body": b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4000\r\n\r\n{",
    "bad_length": b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: -5\r\n\r\n{}",
    "two_lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}",
    "bad_chunk": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZZ\r\n{}\r\n",
    "big_chunk": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}",
    "huge_header": b"HTTP/1.1 200 OK\r\nx: " + b"a" * 3_000_000 + b"\r\n\r\n{}",
    "many_headers": b"HTTP/1.1 200 OK\r\n" + b"x-a: b\r\n" * 50_000 + b"\r\n{}",
    "bad_status": b"HTTP/1.1 abc OK\r\n\r\n",
    "odd_status": b"HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n",
    "continue_forever": b"HTTP/1.1 100 Continue\r\n\r\n" * 2000,
    "switching": b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n\x81\x05hello",
    "nothing": b"",
    "chunk_extension": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;" + b"a" * 2_000_000 + b"\r\n{}\r\n0\r\n\r\n",
    "trailers": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + b"x-a: b\r\n" * 50_000 + b"\r\n",
    "header_nul": b"HTTP/1.1 200 OK\r\nx: a\x00b\r\ncontent-length: 2\r\n\r\n{}",
}  # fmt: skip
LIVE = (
    "reset", "slow_header", "empty_forever", "comments_forever", "headers_forever", "trickle", "byte_events", "other_host",
    "close_each", "http_1_0", "sse_noise", "reasoning", "length", "usage_lies", "html_type", "bom", "crlf",
    "split_data", "late_done", "content_parts",
)  # fmt: skip
#: What a draft's prose may still come from: the protocol is odd, the answer is there.
WELL = {
    "close_each", "http_1_0", "sse_noise", "reasoning", "length", "usage_lies", "html_type", "bom", "crlf", "split_data",
    "late_done", "content_parts",
}  # fmt: skip
BROKEN = (*PLAIN, *RAW, *LIVE)


class BrokenServer(HostileServer):
    """Like its parent, for the modes in ``BROKEN``.  elsewhere: where ``other_host`` sends the client."""

    elsewhere = ""

    def answer(self, handler: BaseHTTPRequestHandler, data: dict[str, Any]) -> None:
        if self.mode in PLAIN:
            status, kind, body, more = PLAIN[self.mode]
            self.raw(handler, status, body, kind, **{k.replace("-", "_"): v for k, v in more.items()})
        elif self.mode in RAW:
            handler.wfile.write(RAW[self.mode])
            handler.close_connection = True
        else:
            super().answer(handler, data)

    def _sse(self, handler: Any, *pieces: bytes, kind: str = "text/event-stream") -> None:
        self.head(handler, 200, kind)
        for piece in pieces:
            self.chunk(handler, piece)
        self.chunk(handler, b"")

    def do_reset(self, handler: Any, text: str, data: Any) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        raise ConnectionError

    def do_then_hang(self, handler: Any, text: str, data: Any) -> None:
        """Answers two questions, never a third."""
        if len(self.requests) > 2:
            self.stopping.wait(60)
        self.say(handler, text, stream=True)

    def do_slow_header(self, handler: Any, text: str, data: Any) -> None:
        for byte in b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n":
            handler.wfile.write(bytes([byte]))
            if self.stopping.wait(0.3):
                return

    def do_headers_forever(self, handler: Any, text: str, data: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.stopping.is_set():
            handler.wfile.write(b"x-more: " + b"a" * 900 + b"\r\n")

    def do_empty_forever(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        while not self.stopping.is_set():
            self.chunk(handler, event("") * 50)

    def do_comments_forever(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        while not self.stopping.is_set():
            self.chunk(handler, b": keep-alive\n\n" * 500)

    def do_trickle(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        for char in text:
            self.chunk(handler, event(char))
            if self.stopping.wait(0.4):
                return

    def do_byte_events(self, handler: Any, text: str, data: Any) -> None:
        self.head(handler, 200, "text/event-stream")
        for byte in event(text, "stop")[:60]:
            self.chunk(handler, bytes([byte]))
        handler.close_connection = True

    def do_other_host(self, handler: Any, text: str, data: Any) -> None:
        self.raw(handler, 308, b"", "text/plain", location=self.elsewhere)

    def do_close_each(self, handler: Any, text: str, data: Any) -> None:
        self._sse(handler, event(text, "stop"), DONE)
        handler.close_connection = True

    def do_http_1_0(self, handler: Any, text: str, data: Any) -> None:
        handler.wfile.write(
            b"HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + event(text, "stop") + DONE
        )
        handler.close_connection = True

    def do_sse_noise(self, handler: Any, text: str, data: Any) -> None:
        half = len(text) // 2
        self._sse(handler, b": hi\n\nevent: ping\ndata:\n\n", event(text[:half]), b"id: 3\nretry: 5\n\n: x\n\n",
                  event("", role="assistant"), event(text[half:], "stop"), DONE)  # fmt: skip

    def do_reasoning(self, handler: Any, text: str, data: Any) -> None:
        self._sse(
            handler, event(None, reasoning_content=LIE), event("", reasoning=LIE), event(text, "stop"), DONE
        )

    def do_length(self, handler: Any, text: str, data: Any) -> None:
        self._sse(handler, event(text, "length"), DONE)

    def do_usage_lies(self, handler: Any, text: str, data: Any) -> None:
        whole = completion_of(text) | {
            "usage": {"prompt_tokens": -5, "completion_tokens": 10**30, "total_tokens": "x"}
        }
        self.json(handler, 200, whole)

    def do_html_type(self, handler: Any, text: str, data: Any) -> None:
        self._sse(handler, event(text, "stop"), DONE, kind="text/html")

    def do_bom(self, handler: Any, text: str, data: Any) -> None:
        self.raw(handler, 200, b"\xef\xbb\xbf" + json.dumps(completion_of(text)).encode(), "application/json")

    def do_crlf(self, handler: Any, text: str, data: Any) -> None:
        self._sse(handler, (event(text, "stop") + DONE).replace(b"\n", b"\r\n"))

    def do_split_data(self, handler: Any, text: str, data: Any) -> None:
        whole = event(text, "stop")
        at = whole.index(b'"choices"')
        self._sse(handler, whole[:at] + b"\ndata: " + whole[at:], DONE)

    def do_late_done(self, handler: Any, text: str, data: Any) -> None:
        self._sse(handler, event(text, "stop"), event(None), DONE, event(LIE), b"data: oops\n\n")

    def do_content_parts(self, handler: Any, text: str, data: Any) -> None:
        message = {"role": "assistant", "content": [{"type": "text", "text": text}]}
        self.json(
            handler, 200, {"id": "x", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
        )
