"""Quirks of real servers and gateways (vLLM, Ollama, llama.cpp, DeepSeek, DashScope, Azure, one-api), and faults in mid-stream."""

from __future__ import annotations

import gzip
import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.llm.broken_server import DONE, LIE, BrokenServer, event
from tests.llm.hostile_server import completion_of
from tests.llm.lies import honest, notes

SSE = "text/event-stream"
#: The answer is there; a draft's prose is the model's.
ODDLY = (
    "token_events", "filter_results", "thinks_long", "thinks_in_text", "no_finish", "empty_finish", "multibyte_split",
    "cr_lines", "gzipped", "no_space", "usage_in_each", "typed_pings", "early_hints", "two_choices", "whole_again",
    "null_fields", "chunk_sizes", "length_and_chunks", "slow_start", "deflated", "logprobs", "many_lines",
    "cumulative", "cumulative_tokens", "all_again",
)  # fmt: skip
#: No answer, half of one, or one that may not be used.
WRONGLY = (
    "error_in_the_middle", "bare_error_in_the_middle", "native_lines", "native_json", "legacy_text", "gbk_page",
    "gbk_json", "unauthorized_page", "proxy_page", "elsewhere_307", "elsewhere_303", "refresh", "alternative", "two_jsons",
    "filtered_in_the_middle", "half_gzip", "gzip_in_gzip", "gzip_forever", "thoughts_only", "thoughts_forever", "finish_first", "done_in_text",
    "other_id", "event_stream_as_json", "json_as_events", "messages_not_deltas", "bad_bytes_in_the_middle",
)  # fmt: skip
ODD = (*ODDLY, *WRONGLY)


def chunk(**more: Any) -> bytes:
    data = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], **more}
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


class OddServer(BrokenServer):
    """Like its parent, for the modes in ``ODD`` too."""

    def answer(self, handler: BaseHTTPRequestHandler, data: dict[str, Any]) -> None:
        do = getattr(self, f"odd_{self.mode}", None)
        if do is None:
            super().answer(handler, data)
            return
        do(handler, honest(notes(data["messages"]), ""))

    def _tokens(self, text: str, size: int = 1) -> list[bytes]:
        return [event(text[at : at + size]) for at in range(0, len(text), size)]

    # -- the answer is there -------------------------------------------------------------------

    def odd_token_events(self, handler: Any, text: str) -> None:
        usage = {"prompt_tokens": 900, "completion_tokens": 80, "total_tokens": 980}
        self._sse(handler, event("", role="assistant"), *self._tokens(text), event(None, "stop"), chunk(usage=usage), DONE)  # fmt: skip

    def odd_filter_results(self, handler: Any, text: str) -> None:
        safe = {"hate": {"filtered": False, "severity": "safe"}}
        choice = {
            "index": 0,
            "delta": {"content": text},
            "finish_reason": None,
            "content_filter_results": safe,
        }
        first = chunk(prompt_filter_results=[{"prompt_index": 0, "content_filter_results": safe}])
        self._sse(handler, first, chunk(choices=[choice]), event(None, "stop"), DONE)

    def odd_thinks_long(self, handler: Any, text: str) -> None:
        thoughts = [event(None, reasoning_content=LIE) for _ in range(300)]
        self._sse(handler, *thoughts, *self._tokens(text, 3), event("", "stop"), DONE)

    def odd_thinks_in_text(self, handler: Any, text: str) -> None:
        self._sse(handler, *self._tokens(f"<think>\n{LIE}\n</think>\n\n{text}"), event("", "stop"), DONE)

    def odd_no_finish(self, handler: Any, text: str) -> None:
        self._sse(handler, *self._tokens(text, 5), DONE)

    def odd_empty_finish(self, handler: Any, text: str) -> None:
        self._sse(handler, *(event(text[at : at + 4], "") for at in range(0, len(text), 4)), event("", "stop"), DONE)  # fmt: skip

    def odd_multibyte_split(self, handler: Any, text: str) -> None:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": "stop"}
        whole = chunk(choices=[choice]) + DONE
        self._sse(handler, *(whole[at : at + 7] for at in range(0, len(whole), 7)))

    def odd_cr_lines(self, handler: Any, text: str) -> None:
        self._sse(handler, (event(text, "stop") + DONE).replace(b"\n", b"\r"))

    def odd_gzipped(self, handler: Any, text: str) -> None:
        body = gzip.compress(b"".join(self._tokens(text, 2)) + event("", "stop") + DONE)
        self.raw(handler, 200, body, SSE, content_encoding="gzip")

    def odd_deflated(self, handler: Any, text: str) -> None:
        import zlib

        self.raw(handler, 200, zlib.compress(json.dumps(completion_of(text)).encode()), "application/json", content_encoding="deflate")  # fmt: skip

    def odd_no_space(self, handler: Any, text: str) -> None:
        pieces = [*self._tokens(text, 3), event("", "stop"), DONE]
        self._sse(handler, *(piece.replace(b"data: ", b"data:") for piece in pieces))

    def odd_usage_in_each(self, handler: Any, text: str) -> None:
        pieces = []
        for at in range(0, len(text), 3):
            choice = {"index": 0, "delta": {"content": text[at : at + 3]}, "finish_reason": None}
            usage = {"prompt_tokens": 90, "completion_tokens": at + 1, "total_tokens": 91 + at}
            pieces.append(chunk(choices=[choice], usage=usage))
        self._sse(handler, *pieces, event("", "stop"), DONE)

    def odd_typed_pings(self, handler: Any, text: str) -> None:
        half, ping = len(text) // 2, b'event: ping\ndata: {"type": "ping"}\n\n'
        self._sse(handler, ping, event(text[:half]), ping, event(text[half:], "stop"), ping, DONE)

    def odd_early_hints(self, handler: Any, text: str) -> None:
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n")
        self._sse(handler, event(text, "stop"), DONE)

    def odd_two_choices(self, handler: Any, text: str) -> None:
        pieces = []
        for at in range(0, len(text), 6):
            pieces += [event(text[at : at + 6]), event(LIE[:3]).replace(b'"index": 0', b'"index": 1')]
        self._sse(handler, *pieces, event("", "stop"), DONE)

    def odd_whole_again(self, handler: Any, text: str) -> None:
        message = {"role": "assistant", "content": text}
        last = {"index": 0, "delta": {}, "message": message, "finish_reason": "stop"}
        self._sse(handler, *self._tokens(text, 4), chunk(choices=[last]), DONE)

    def odd_null_fields(self, handler: Any, text: str) -> None:
        delta = {"content": text, "role": None, "tool_calls": None, "function_call": None, "refusal": None}
        choice = {"index": 0, "delta": delta, "finish_reason": None, "logprobs": None}
        whole = chunk(choices=[choice], usage=None, system_fingerprint=None, service_tier=None)
        self._sse(handler, whole, event(None, "stop"), DONE)

    def odd_chunk_sizes(self, handler: Any, text: str) -> None:
        whole = b"".join(self._tokens(text, 2)) + event("", "stop") + DONE
        self.head(handler, 200, SSE)
        at = 0
        for number in range(len(whole)):
            size = 1 + number % 37
            if at < len(whole):
                self.chunk(handler, whole[at : at + size])
            at += size
        self.chunk(handler, b"")

    def odd_length_and_chunks(self, handler: Any, text: str) -> None:
        body = event(text, "stop") + DONE
        head = f"HTTP/1.1 200 OK\r\ncontent-type: {SSE}\r\ncontent-length: {len(body)}\r\n\r\n"
        handler.wfile.write(head.encode() + body)

    def odd_slow_start(self, handler: Any, text: str) -> None:
        self.head(handler, 200, SSE)
        for _ in range(4):
            self.chunk(handler, b": PROCESSING\n\n")
            self.stopping.wait(0.1)
        for piece in (event(text, "stop"), DONE, b""):
            self.chunk(handler, piece)

    def odd_logprobs(self, handler: Any, text: str) -> None:
        told = {"content": [{"token": "a", "logprob": -0.1, "bytes": [97], "top_logprobs": []}]}
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": None, "logprobs": told}
        self._sse(handler, chunk(choices=[choice]), event("", "stop"), DONE)

    def odd_many_lines(self, handler: Any, text: str) -> None:
        self._sse(handler, *(piece.replace(b"\n\n", b"\n\n\n\n") for piece in self._tokens(text, 3)), event("", "stop"), DONE)  # fmt: skip

    # -- no answer, or none to use ----------------------------------------------------------------

    def odd_error_in_the_middle(self, handler: Any, text: str) -> None:
        error = b'data: {"error": {"message": "CUDA out of memory", "code": 500}}\n\n'
        self._sse(handler, event(text), error, event("", "stop"), DONE)

    def odd_bare_error_in_the_middle(self, handler: Any, text: str) -> None:
        self._sse(handler, event(text), b'{"error": "context canceled"}\n')

    def odd_native_lines(self, handler: Any, text: str) -> None:
        lines = [json.dumps({"message": {"content": c}, "done": False}).encode() + b"\n" for c in text]
        self._sse(handler, *lines, b'{"done": true}\n', kind="application/x-ndjson")

    def odd_native_json(self, handler: Any, text: str) -> None:
        self.json(handler, 200, {"output": {"text": LIE, "finish_reason": "stop"}, "request_id": "1"})

    def odd_cumulative(self, handler: Any, text: str) -> None:
        self._sse(handler, *(event(text[:at]) for at in range(1, len(text), 9)), event(text, "stop"), DONE)

    def odd_cumulative_tokens(self, handler: Any, text: str) -> None:
        self._sse(handler, *(event(text[: at + 1]) for at in range(len(text))), event("", "stop"), DONE)

    def odd_all_again(self, handler: Any, text: str) -> None:
        self._sse(handler, *self._tokens(text, 4), event(text, "stop"), DONE)

    def odd_legacy_text(self, handler: Any, text: str) -> None:
        self._sse(handler, chunk(choices=[{"index": 0, "text": LIE, "finish_reason": "stop"}]), DONE)

    def odd_gbk_page(self, handler: Any, text: str) -> None:
        self.raw(
            handler, 200, "<html>请先登录统一身份认证平台</html>".encode("gbk"), "text/html; charset=gbk"
        )

    def odd_gbk_json(self, handler: Any, text: str) -> None:
        body = json.dumps(completion_of(LIE), ensure_ascii=False).encode("gbk")
        self.raw(handler, 200, body, "application/json")

    def odd_unauthorized_page(self, handler: Any, text: str) -> None:
        self.raw(handler, 401, b"<html><h1>401 Authorization Required</h1></html>", "text/html", www_authenticate='Basic realm="x"')  # fmt: skip

    def odd_proxy_page(self, handler: Any, text: str) -> None:
        self.raw(handler, 407, b"<html>proxy</html>", "text/html", proxy_authenticate="NTLM")

    def odd_elsewhere_307(self, handler: Any, text: str) -> None:
        self.raw(handler, 307, b"", "text/plain", location=self.elsewhere)

    def odd_elsewhere_303(self, handler: Any, text: str) -> None:
        self.raw(handler, 303, b"", "text/plain", location=self.elsewhere)

    def odd_refresh(self, handler: Any, text: str) -> None:
        self.raw(
            handler,
            200,
            b"",
            "text/html",
            refresh=f"0; url={self.elsewhere}",
            content_location=self.elsewhere,
        )

    def odd_alternative(self, handler: Any, text: str) -> None:
        host = self.elsewhere.split("/")[2]
        self.json(
            handler,
            421,
            {"error": {"message": "misdirected"}},
            alt_svc=f'h2="{host}"',
            location=self.elsewhere,
        )

    def odd_two_jsons(self, handler: Any, text: str) -> None:
        self.raw(handler, 200, json.dumps(completion_of(LIE)).encode() * 2, "application/json")

    def odd_filtered_in_the_middle(self, handler: Any, text: str) -> None:
        self._sse(handler, event(text[:3]), event("", "content_filter"), DONE)

    def odd_half_gzip(self, handler: Any, text: str) -> None:
        body = gzip.compress(json.dumps(completion_of(text)).encode())
        self.raw(handler, 200, body[: len(body) // 2], "application/json", content_encoding="gzip")

    def odd_gzip_in_gzip(self, handler: Any, text: str) -> None:
        body = gzip.compress(gzip.compress(json.dumps(completion_of(LIE)).encode()))
        self.raw(handler, 200, body, "application/json", content_encoding="gzip, gzip")

    def odd_gzip_forever(self, handler: Any, text: str) -> None:
        packer = gzip.compress(b" " * 8_000_000)
        self.head(handler, 200, SSE, content_encoding="gzip")
        while not self.stopping.is_set():
            self.chunk(handler, packer)

    def odd_thoughts_only(self, handler: Any, text: str) -> None:
        self._sse(handler, *(event(None, reasoning_content=LIE) for _ in range(9)), event("", "stop"), DONE)

    def odd_thoughts_forever(self, handler: Any, text: str) -> None:
        self.head(handler, 200, SSE)
        while not self.stopping.is_set():
            self.chunk(handler, event(None, reasoning_content=LIE) * 200)

    def odd_finish_first(self, handler: Any, text: str) -> None:
        self._sse(handler, event("", "stop"), DONE, event(LIE), DONE)

    def odd_done_in_text(self, handler: Any, text: str) -> None:
        self._sse(handler, event("[DONE]\n\ndata: [DONE]", "stop"), DONE)

    def odd_other_id(self, handler: Any, text: str) -> None:
        self._sse(
            handler, *(event(LIE).replace(b'"index": 0', b'"index": %d' % n) for n in range(1, 5)), DONE
        )

    def odd_event_stream_as_json(self, handler: Any, text: str) -> None:
        self.raw(handler, 200, event(text[:5]) + b"data: {", "application/json")

    def odd_json_as_events(self, handler: Any, text: str) -> None:
        self.raw(handler, 200, json.dumps({"code": 1002, "msg": "余额不足"}).encode(), SSE)

    def odd_messages_not_deltas(self, handler: Any, text: str) -> None:
        choice = {"index": 0, "message": {"role": "assistant", "content": LIE}, "finish_reason": "stop"}
        self._sse(handler, chunk(choices=[choice]), DONE)

    def odd_bad_bytes_in_the_middle(self, handler: Any, text: str) -> None:
        whole = event(text).replace(b"\\u", b"\xff\xfe\\u", 1)
        self._sse(handler, whole, event("", "stop"), DONE)
