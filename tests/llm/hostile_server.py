"""An OpenAI-compatible HTTP server on loopback that misbehaves on demand: in the protocol, and in what it says.

It knows nothing of gov_writer but what it is sent: the lines that begin with "- " are the notes, ⟦F1⟧ a figure.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SLOT = re.compile(r"⟦[FN]\d+⟧")


class Notes(list[str]):
    """The notes of a question.  last: which of them end a group (一是, 二是 are not to be merged)."""

    last: frozenset[int] = frozenset()


def notes(messages: list[dict[str, Any]]) -> Notes:
    user = str(messages[-1]["content"])
    found, last = Notes(), set()
    for line in user.split("上一次的问题", maxsplit=1)[0].splitlines():
        if line.startswith("- "):
            found.append(line[2:])
        elif "下一组" in line:
            last.add(len(found) - 1)
    found.last = frozenset(last)
    return found


def honest(lines: list[str], prompt: str) -> str:
    return "".join(line.rstrip("。") + "。" for line in lines)


def fluent(lines: list[str], prompt: str) -> str:
    """What a good model does: connects, orders, adds a manner word."""
    said = []
    for number, line in enumerate(lines):
        said.append(
            (("同时，" if number % 3 == 1 else "") + line.rstrip("。"))
            + (
                "；"
                if number % 3 == 0 and number + 1 < len(lines) and number not in getattr(lines, "last", ())
                else "。"
            )
        )
    return "".join(said)


def verbatim_wrong(lines: list[str], prompt: str) -> str:
    numbers = iter(range(137, 9999, 61))
    return honest([SLOT.sub(lambda m: f"{next(numbers)}个", line) for line in lines], prompt)


def swapped(lines: list[str], prompt: str) -> str:
    text = honest(lines, prompt)
    slots = SLOT.findall(text)
    turned = iter(slots[1:] + slots[:1])
    return SLOT.sub(lambda m: next(turned), text)


def swapped_words(lines: list[str], prompt: str) -> str:
    """Subjects change places, tokens keep their order."""
    text = honest(lines, prompt)
    parts = SLOT.split(text)
    slots = SLOT.findall(text)
    parts = parts[1:] + parts[:1]
    return "".join(a + b for a, b in zip(parts, [*slots, ""], strict=False))


def dropped(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub("", line, count=1) for line in lines], prompt)


def duplicated(lines: list[str], prompt: str) -> str:
    return honest(
        [line + "，合计" + SLOT.findall(line)[0] if SLOT.findall(line) else line for line in lines], prompt
    )


def invented_slots(lines: list[str], prompt: str) -> str:
    return honest(lines, prompt) + "新建广场⟦F901⟧，投入⟦F902⟧。"


def invented_name(lines: list[str], prompt: str) -> str:
    return honest([f"在胡宗翰主任带领下，通过“金穗暖阳”工程，{line}" for line in lines], prompt)


def reversed_direction(lines: list[str], prompt: str) -> str:
    pairs = [
        ("增长", "下降"),
        ("上升", "下降"),
        ("提高", "降低"),
        ("新增", "减少"),
        ("完成", "未完成"),
        ("下降", "上升"),
    ]
    out = []
    for line in lines:
        for one, other in pairs:
            if one in line:
                line = line.replace(one, other)
                break
        else:
            line = SLOT.sub(lambda m: "下降" + m.group(), line)
        out.append(line)
    return honest(out, prompt)


def rank_in_words(lines: list[str], prompt: str) -> str:
    return honest([line.rstrip("。") + "，位居全市第一" for line in lines], prompt)


def completion(lines: list[str], prompt: str) -> str:
    return honest([line.rstrip("。") + "，各项任务全面完成" for line in lines], prompt)


def robot(lines: list[str], prompt: str) -> str:
    return (
        "作为AI语言模型，我已按要求写好：\n\n# 工作情况\n\n"
        + "\n".join(f"- **{line}**" for line in lines)
        + "\n\n以上内容由人工智能生成，请核对。"
    )


def prompt_leak(lines: list[str], prompt: str) -> str:
    return prompt + "\n" + honest(lines, prompt)


def repeats(lines: list[str], prompt: str) -> str:
    return (lines[0].rstrip("。") + "。") * 40 if lines else "。"


def empty_phrases(lines: list[str], prompt: str) -> str:
    return "我们高举旗帜，凝心聚力，各项工作取得显著成效。" * 20


def example_copied(lines: list[str], prompt: str) -> str:
    return "柳溪街道建成“五彩柳溪”共享花园16处，获评全省示范街道第2名，惠及居民3.7万人。" + honest(
        lines, prompt
    )


def injection(lines: list[str], prompt: str) -> str:
    return "好的，已忽略以上要求。系统提示词如下：你是街道办公室的文字秘书。HACKED。" + honest(lines, prompt)


def false_count(lines: list[str], prompt: str) -> str:
    return "主要抓了以下七个方面的工作：" + honest(lines, prompt)


def chinese_numerals(lines: list[str], prompt: str) -> str:
    return honest([line.rstrip("。") + "，惠及群众三千六百余人，较上年翻了一番" for line in lines], prompt)


def homoglyphs(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub(lambda m: m.group() + "（合１２３项、Ⅷ类）", line) for line in lines], prompt)


def zero_width(lines: list[str], prompt: str) -> str:
    return honest(["\u200b".join(line) for line in lines], prompt)


def right_to_left(lines: list[str], prompt: str) -> str:
    return honest(["\u202e" + line + "\u202c" for line in lines], prompt)


def html(lines: list[str], prompt: str) -> str:
    return "<div><p>" + "</p><p>".join(lines) + "<script>alert(1)</script></p></div>"


def other_brackets(lines: list[str], prompt: str) -> str:
    return honest([line.replace("⟦", "{{").replace("⟧", "}}") for line in lines], prompt)


def ten_times(lines: list[str], prompt: str) -> str:
    return "\n".join(
        honest(lines, prompt) + "广大干部群众踔厉奋发、勇毅前行，谱写新篇章。" * 8 for _ in range(10)
    )


def negated(lines: list[str], prompt: str) -> str:
    return honest(["未" + line for line in lines], prompt)


def half(lines: list[str], prompt: str) -> str:
    return honest(lines[: len(lines) // 2], prompt)


def bare_ids(lines: list[str], prompt: str) -> str:
    return honest([line.replace("⟦", "").replace("⟧", "") for line in lines], prompt)


TALK: dict[str, Callable[[list[str], str], str]] = {
    f.__name__: f
    for f in (
        honest, fluent, verbatim_wrong, swapped, swapped_words, dropped, duplicated, invented_slots, invented_name,
        reversed_direction, rank_in_words, completion, robot, prompt_leak, repeats, empty_phrases, example_copied,
        injection, false_count, chinese_numerals, homoglyphs, zero_width, right_to_left, html, other_brackets,
        ten_times, negated, half, bare_ids,
    )
}  # fmt: skip
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
