"""Engine ``local``: a GGUF file, answered inside this process by llama.cpp (the optional extra ``local``)."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from gov_writer.llm.ask import Answer, Fault, Heard, Request
from gov_writer.llm.openai_engine import Sent
from gov_writer.settings import EngineSettings

#: Tokens of context: the longest section question with its examples and answer takes about 4,000.
_CONTEXT = 8192


class LocalEngine:
    """Loads the model at the first question.  One question at a time: llama.cpp uses all cores for one."""

    name = "local"

    def __init__(self, path: Path, *, settings: EngineSettings, sent: Sent) -> None:
        self.model, self.endpoint = path.name, f"file:{path}"
        self._path, self._settings, self._sent = path, settings, sent
        self._server: Any = None
        self._one = threading.Lock()

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        """One answer.  Raises Fault when the model can't be loaded or does not finish in ``seconds``."""
        stop = threading.Event()
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Answer] = loop.create_future()

        def finish(result: Answer | Fault) -> None:
            if done.done():
                return
            if isinstance(result, Fault):
                done.set_exception(result)
            else:
                done.set_result(result)

        def work() -> None:
            result: Answer | Fault
            try:
                result = self._answer(request, stop, heard)
            except Fault as fault:
                result = fault
            except Exception as error:
                result = Fault(f"本机模型出错（{type(error).__name__}）")
            if not loop.is_closed():
                loop.call_soon_threadsafe(finish, result)

        threading.Thread(target=work, daemon=True, name="gov-writer-local").start()
        try:
            async with asyncio.timeout(seconds):
                return await done
        except TimeoutError:
            raise Fault(f"本机模型在 {seconds:.0f} 秒内没有答完") from None
        finally:
            stop.set()

    def _answer(self, request: Request, stop: threading.Event, heard: Heard) -> Answer:
        parts: list[str] = []
        size = 0
        limit = self._settings.max_answer
        finish = ""

        def chunk(data: Any) -> bool:
            nonlocal size, finish
            for choice in data.get("choices") or ():
                content = (choice.get("delta") or {}).get("content") or ""
                parts.append(content)
                size += len(content)
                finish = choice.get("finish_reason") or finish
            heard(size, "".join(parts))
            return stop.is_set() or size > limit

        body: dict[str, Any] = {
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            "temperature": self._settings.temperature,
            "seed": 1,
            "stream": True,
            "cache_prompt": True,
        }
        if request.max_tokens is not None:
            body["max_tokens"] = request.max_tokens
        with self._one:
            if stop.is_set():
                raise Fault("已取消")
            began = time.monotonic()
            self._loaded().handle_chat_completions(body, chunk)
        text = "".join(parts)
        if not text.strip():
            raise Fault("本机模型的回答是空的")
        return Answer(
            text=text,
            tokens_in=round(0.7 * len(request.system + request.user)),
            tokens_out=len([part for part in parts if part]),
            seconds=time.monotonic() - began,
            cut=size > limit or finish == "length",
        )

    def _loaded(self) -> Any:
        if self._server is None:
            xllamacpp: Any = import_module("xllamacpp")
            given = xllamacpp.CommonParams()
            given.model.path = str(self._path)
            given.n_ctx = _CONTEXT
            given.n_parallel = 1
            given.warmup = False
            given.verbosity = -1
            if self._settings.threads:
                given.cpuparams.n_threads = given.cpuparams_batch.n_threads = self._settings.threads
            given.api_keys = [secrets.token_hex(16)]  # the library also listens on loopback: for nobody else
            try:
                self._server = xllamacpp.Server(given)
            except Exception as error:
                raise Fault("模型文件无法载入，请确认是完整的 GGUF 文件", fatal=True) from error
        return self._server

    def warm(self) -> None:
        """Load the model."""
        with self._one:
            self._loaded()

    async def close(self) -> None:
        """Stop the server and free the model."""
        self._server = None
