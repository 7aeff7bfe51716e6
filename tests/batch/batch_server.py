"""A server on loopback with /files and /batches of the OpenAI interface, that fails on demand.

faults: per batch, in the order of their creation, one of "" (completed), "expired" (half of the answers), "failed"
(none), "malformed" (half of the lines are no answers), "errors" (half of the lines are error lines), "error-file"
(half of the questions are in the error file).
"""

from __future__ import annotations

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.llm.lies import honest, notes


class BatchServer:
    def __init__(self, faults: tuple[str, ...] = (), *, looks: int = 2, listing: bool = True) -> None:
        self.faults, self.looks, self.listing = list(faults), looks, listing
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.seen: dict[str, int] = {}
        self.chats = 0
        self.keys: set[str] = set()
        self.live = False  # answer single questions, too
        self.times: list[float] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                server.get(self)

            def do_POST(self) -> None:
                server.post(self)

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def post(self, call: BaseHTTPRequestHandler) -> None:
        body = call.rfile.read(int(call.headers.get("content-length", 0)))
        self.keys.add(call.headers.get("authorization", ""))
        path = call.path.removeprefix("/v1")
        if path == "/files":
            name = f"file-{len(self.files)}"
            boundary = re.search("boundary=([^;]+)", call.headers["content-type"])
            assert boundary
            part = next(p for p in body.split(b"--" + boundary[1].encode()) if b"filename=" in p)
            self.files[name] = part.split(b"\r\n\r\n", 1)[1].rstrip(b"\r\n") + b"\n"
            self.say(
                call, {"id": name, "object": "file", "bytes": 1, "purpose": "batch", "filename": "q.jsonl"}
            )
        elif path == "/batches":
            self.say(call, self.create(json.loads(body)))
        else:
            self.chats += 1
            self.times.append(time.monotonic())
            if self.live:
                self.say(call, self.chat(json.loads(body)["messages"]))
                return
            self.say(call, {"error": {"message": "no live questions here"}}, 400)

    def chat(self, messages: list[dict[str, Any]]) -> dict[str, Any]:
        """A completion that says the notes, with a word of its own."""
        text = honest(notes(messages), "").replace("组织沿街", "积极组织沿街")
        return {
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            ],
            "usage": {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150},
        }

    def create(self, data: dict[str, Any]) -> dict[str, Any]:
        name = f"batch-{len(self.batches)}"
        fault = self.faults.pop(0) if self.faults else ""
        good: list[str] = []
        bad: list[str] = []
        for number, line in enumerate(self.files[data["input_file_id"]].decode().splitlines()):
            one = json.loads(line)
            told = {
                "id": f"r{number}",
                "custom_id": one["custom_id"],
                "response": {"status_code": 200, "body": self.chat(one["body"]["messages"])},
            }
            refused = {
                "custom_id": one["custom_id"],
                "response": {"status_code": 429, "body": {"error": {"message": "too much"}}},
            }
            odd = number % 2 == 1
            if fault == "failed" or (fault == "expired" and odd):
                continue
            if fault == "malformed" and odd:
                good.append(("{half", "null", "[1]", '{"custom_id": 3}', "\x00\xff")[number % 5])
            elif fault == "errors" and odd:
                good.append(json.dumps(refused))
            elif fault == "error-file" and odd:
                bad.append(json.dumps(refused))
            else:
                good.append(json.dumps(told, ensure_ascii=False))
        self.files[f"{name}-out"] = "\n".join(good).encode()
        self.files[f"{name}-bad"] = "\n".join(bad).encode()
        self.batches[name] = {
            "id": name,
            "object": "batch",
            "endpoint": data["endpoint"],
            "input_file_id": data["input_file_id"],
            "completion_window": "24h",
            "created_at": 1,
            "metadata": data.get("metadata"),
            "final": {"expired": "expired", "failed": "failed"}.get(fault, "completed"),
            "output_file_id": f"{name}-out" if good else None,
            "error_file_id": f"{name}-bad" if bad else None,
        }
        return {**self.batches[name], "status": "validating", "output_file_id": None, "error_file_id": None}

    def get(self, call: BaseHTTPRequestHandler) -> None:
        path = call.path.removeprefix("/v1").split("?")[0]
        if path == "/batches":
            if not self.listing:
                self.say(call, {"error": {"message": "not here"}}, 404)
                return
            found = [{**b, "status": "in_progress"} for b in self.batches.values()]
            self.say(call, {"object": "list", "data": found, "has_more": False})
        elif path.startswith("/batches/"):
            name = path.removeprefix("/batches/")
            self.seen[name] = self.seen.get(name, 0) + 1
            batch = self.batches[name]
            done = self.seen[name] >= self.looks
            hidden = {} if done else {"output_file_id": None, "error_file_id": None}
            self.say(call, {**batch, "status": batch["final"] if done else "in_progress", **hidden})
        else:
            data = self.files[path.removeprefix("/files/").removesuffix("/content")]
            call.send_response(200)
            call.send_header("content-type", "application/jsonl")
            call.send_header("content-length", str(len(data)))
            call.end_headers()
            call.wfile.write(data)

    def say(self, call: BaseHTTPRequestHandler, data: dict[str, Any], status: int = 200) -> None:
        raw = json.dumps(data, ensure_ascii=False).encode()
        call.send_response(status)
        call.send_header("content-type", "application/json")
        call.send_header("content-length", str(len(raw)))
        call.end_headers()
        call.wfile.write(raw)
