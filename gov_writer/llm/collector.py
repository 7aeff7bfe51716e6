"""An engine that asks nobody: it answers from what is kept and writes down what it would have asked.

A run with it finds out all questions that can be asked now; a batch endpoint answers them as one file; the
next run finds the answers in the cache, and so on until nothing new is asked.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gov_writer.llm import cache
from gov_writer.llm.ask import Answer, Fault, Heard, Request


class Collector:
    """Takes the place of the engine at ``endpoint``.  asked: the .jsonl file that gets the questions of this process."""

    name = "openai"

    def __init__(self, *, endpoint: str, model: str, temperature: float, asked: Path) -> None:
        self.endpoint, self.model = endpoint.rstrip("/"), model
        self._temperature, self._asked = temperature, asked
        self._lock = threading.Lock()
        self._seen: set[str] = set()

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        """Never an answer: the question is written down, and the section falls back for now."""
        del seconds, heard
        name = cache.key(self, request, self._temperature)
        with self._lock:
            if name not in self._seen:
                self._seen.add(name)
                self._asked.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                line = json.dumps(
                    {"id": name, "label": request.label, "body": self._body(request)}, ensure_ascii=False
                )
                handle = os.open(self._asked, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                with os.fdopen(handle, "a", encoding="utf-8") as file:
                    file.write(line + "\n")
        raise Fault("等待批量接口的回答")

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            "temperature": self._temperature,
        }
        if request.max_tokens is not None:
            name = "max_completion_tokens" if "api.openai.com" in self.endpoint else "max_tokens"
            body[name] = request.max_tokens
        return body

    def warm(self) -> None:
        """Nothing to load."""

    async def close(self) -> None:
        """Nothing to let go of."""


def questions(file: Path) -> Iterator[dict[str, Any]]:
    """The questions of a file, each once; half a last line (a process was killed) is left out."""
    seen: set[str] = set()
    if not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                one = json.loads(line)
            except ValueError:
                continue
            if isinstance(one, dict) and isinstance(one.get("id"), str) and one["id"] not in seen:
                seen.add(one["id"])
                yield one
