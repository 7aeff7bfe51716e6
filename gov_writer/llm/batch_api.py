"""OpenAI-compatible batch endpoints: questions go up as one file, answers are fetched when they are ready.

What was sent is in ``state.json`` beside the files before and after every step, so that a run that was killed goes on
with the same batch. A batch that was created just before the kill is found again by its metadata. Whatever a
batch leaves unanswered (expired, failed, lines that can't be read) is sent again, a few times.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from gov_writer.errors import GovWriterError
from gov_writer.llm import wire
from gov_writer.llm.ask import Answer
from gov_writer.llm.cache import Cache

#: What the endpoints allow in one file.
MOST_LINES, MOST_BYTES = 50_000, 90_000_000
#: Batches that one set of questions may take before the rest is given up.
TRIES = 3
_OPEN = ("validating", "in_progress", "finalizing", "cancelling")
_TAG = "gov_writer"


class BatchApi:
    """One endpoint and one folder for files and state.

    poll_s: seconds between looks at first; they grow to 60.  say: told what happens, in Chinese.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        folder: Path,
        cache: Cache,
        poll_s: float = 5.0,
        longest_s: float = 25 * 3600.0,
        say: Callable[[str], object] = len,
    ) -> None:
        import openai

        self._openai = openai
        http = None
        if wire.is_loopback(base_url):
            http = openai.DefaultHttpxClient(trust_env=False)
        self._client: Any = openai.OpenAI(
            base_url=base_url, api_key=api_key, max_retries=4, timeout=120.0, http_client=http
        )
        self._folder, self._cache, self._say = folder, cache, say
        self._poll_s, self._longest_s = poll_s, longest_s
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def answer(self, questions: Iterable[dict[str, Any]]) -> int:
        """Have the questions answered into the cache; how many stay unanswered.  Safe to call again after a kill.

        questions: ``{"id": cache key, "body": chat completion}``.  Raises GovWriterError LLM-12n when the endpoint
        can't do batches at all.
        """
        wanted = {one["id"]: one["body"] for one in questions if self._cache.get(one["id"]) is None}
        for attempt in range(1, TRIES + 1):
            if not wanted:
                return 0
            for number, chunk in enumerate(_chunks(wanted), 1):
                self._one_batch(chunk, attempt, number)
            wanted = {name: body for name, body in wanted.items() if self._cache.get(name) is None}
            if wanted:
                self._say(f"批量接口第 {attempt} 次有 {len(wanted)} 个问题没有答成。")
        return len(wanted)

    def _one_batch(self, lines: dict[str, str], attempt: int, number: int) -> None:
        content = "".join(lines.values()).encode()
        mark = hashlib.sha256(content).hexdigest()[:32] + f"-{attempt}"
        state = self._state()
        entry = state.get(mark, {})
        if entry.get("status") not in (*_OPEN, None) and entry.get("collected"):
            return
        if "batch" not in entry:
            batch = self._found(mark) or self._created(mark, content, number)
            state[mark] = entry = {"batch": batch.id, "status": batch.status}
            self._keep(state)
        batch = self._awaited(entry["batch"])
        entry["status"] = batch.status
        self._keep(state)
        for file in (batch.output_file_id, batch.error_file_id):
            if file:
                self._collect(file, lines)
        entry["collected"] = True
        self._keep(state)

    def _created(self, mark: str, content: bytes, number: int) -> Any:
        place = self._folder / f"{mark}.jsonl"
        place.write_bytes(content)
        place.chmod(0o600)
        self._say(f"批量接口：上传第 {number} 个文件（{content.count(10)} 个问题）。")
        with place.open("rb") as stream:
            file = self._asked(lambda: self._client.files.create(file=stream, purpose="batch"))
        return self._asked(
            lambda: self._client.batches.create(
                input_file_id=file.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_TAG: mark},
            )
        )

    def _found(self, mark: str) -> Any:
        """A batch that was created by a run that could not write it down."""
        with suppress(Exception):  # not every endpoint lists batches
            for batch in self._client.batches.list(limit=100).data:
                if (batch.metadata or {}).get(_TAG) == mark:
                    return batch
        return None

    def _awaited(self, batch: str) -> Any:
        wait, began = self._poll_s, time.monotonic()
        while True:
            found = self._asked(lambda: self._client.batches.retrieve(batch))
            if found.status not in _OPEN:
                if found.status != "completed":
                    self._say(f"批量接口：任务 {batch} 状态为 {found.status}，已有的回答照用。")
                return found
            if time.monotonic() - began > self._longest_s:
                raise GovWriterError(
                    "批量接口一直没有完成。", where=batch, hint="稍后用同一条命令接着等。", code="LLM-122"
                )
            time.sleep(wait)
            wait = min(60.0, wait * 1.5)

    def _collect(self, file: str, lines: dict[str, str]) -> None:
        data: bytes = self._asked(lambda: self._client.files.content(file)).content
        broken = 0
        for line in data.splitlines():
            name, answer = _answer_of(line)
            if answer is not None and name in lines:
                self._cache.put(name, answer)
            elif line.strip() and answer is None:
                broken += 1
        if broken:
            self._say(f"批量接口：有 {broken} 行不是回答，将再问一次。")

    def _asked(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except self._openai.APIStatusError as error:
            what = "接口不接受密钥。" if error.status_code in (401, 403) else "批量接口没有受理。"
            raise GovWriterError(
                f"{what}（{error.status_code}）",
                hint="请确认该接口支持 /files 与 /batches，密钥有效；或去掉 --batch-api。",
                code="LLM-120",
            ) from None
        except self._openai.APIError as error:
            raise GovWriterError(
                f"连不上批量接口（{type(error).__name__}）。",
                hint="稍后用同一条命令接着运行。",
                code="LLM-121",
            ) from None

    def _state(self) -> dict[str, dict[str, Any]]:
        try:
            data = json.loads((self._folder / "state.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def _keep(self, state: dict[str, dict[str, Any]]) -> None:
        beside = self._folder / ".state.json.part"
        beside.write_text(json.dumps(state, indent=1), encoding="utf-8")
        os.replace(beside, self._folder / "state.json")  # noqa: PTH105


def _chunks(wanted: dict[str, dict[str, Any]]) -> Iterator[dict[str, str]]:
    """The questions as lines, in files that the endpoint takes."""
    chunk: dict[str, str] = {}
    size = 0
    for name in sorted(wanted):
        line = json.dumps(
            {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": wanted[name]},
            ensure_ascii=False,
        )
        line += "\n"
        more = len(line.encode())
        if chunk and (len(chunk) >= MOST_LINES or size + more > MOST_BYTES):
            yield chunk
            chunk, size = {}, 0
        chunk[name] = line
        size += more
    if chunk:
        yield chunk


def _answer_of(line: bytes) -> tuple[str, Answer | None]:
    """The question's id and its answer; None for an error or a line that is none."""
    try:
        data = json.loads(line)
        name = str(data["custom_id"])
        body = data["response"]["body"]
        choice = body["choices"][0]
        text = choice["message"]["content"]
        if data["response"].get("status_code", 200) != 200 or not isinstance(text, str) or not text.strip():
            return name, None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return "", None
    usage = body.get("usage") if isinstance(body.get("usage"), dict) else {}
    counts = [usage.get(key) for key in ("prompt_tokens", "completion_tokens")]
    sizes = [count for count in counts if isinstance(count, int) and 0 <= count < 10**9]
    known = len(sizes) == 2
    return name, Answer(
        text=text,
        tokens_in=sizes[0] if known else 0,
        tokens_out=sizes[1] if known else 0,
        estimated=not known,
        requests=1,
        cut=choice.get("finish_reason") == "length",
    )
