"""Where questions are handed in: repeats, rate, concurrency, deadline, cache and egress log in one place.

A desk owns one event loop in a daemon thread. Whoever asks waits no longer than the deadline, whatever the
endpoint does: a server that drips one byte a second is cancelled, and a thread that hangs is left behind.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import random
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from gov_writer.llm import cache as caching
from gov_writer.llm import limits
from gov_writer.llm.ask import Answer, Engine, Fault, Heard, Request, unheard
from gov_writer.settings import EngineSettings

T = TypeVar("T")

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 20.0
#: Faults in a row, over all sections, after which the endpoint counts as down for this draft.
_GIVE_UP = 6
_DEADLINE = "已到时限"


@dataclass(slots=True)
class Spent:
    """What a draft cost so far.  requests: over HTTP; questions: answered, the cached ones included."""

    questions: int = 0
    cached: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False
    seconds: float = 0.0


@dataclass(slots=True)
class _State:
    failures: int = 0
    dead: str = ""
    next_slot: float = 0.0
    futures: set[Any] = field(default_factory=set)


class Desk:
    """Asks ``engine``.  deadline: on ``time.monotonic``'s clock, for everything asked here."""

    def __init__(self, engine: Engine, *, settings: EngineSettings, deadline: float) -> None:
        self.engine, self.settings, self.deadline = engine, settings, deadline
        self.spent = Spent()
        self._state = _State()
        self._lock = threading.Lock()
        self._cache = None
        if settings.cache:
            where = Path(settings.cache_dir) if settings.cache_dir else caching.default_dir()
            self._cache = caching.Cache(where)
        self._loop = asyncio.new_event_loop()
        self._limits = limits.shared(settings)
        self._gate: asyncio.Semaphore | None = None
        self._thread = threading.Thread(target=self._run, name="gov-writer-llm", daemon=True)
        self._thread.start()

    @property
    def remaining(self) -> float:
        """Seconds to the deadline, never negative."""
        return max(0.0, self.deadline - time.monotonic())

    @property
    def dead(self) -> str:
        """Why no further question can succeed, "" while the engine may still answer."""
        return self._state.dead

    def ask(self, request: Request, *, heard: Heard = unheard) -> Answer:
        """The answer, from the cache or the engine.  Raises Fault; never later than the deadline."""
        name = caching.key(self.engine, request, self.settings.temperature)
        kept = self._cache.get(name) if self._cache is not None else None
        if kept is not None:
            self._count(kept)
            return kept
        answer = self._wait(self._ask(request, heard))
        self._count(answer)
        return answer

    def keep(self, request: Request, answer: Answer) -> None:
        """Cache an answer that was of use (whole refusals are worth asking for again)."""
        if self._cache is not None and not answer.cached:
            self._cache.put(caching.key(self.engine, request, self.settings.temperature), answer)

    def cancel(self, why: str) -> None:
        """Give up every question, now and later."""
        self._state.dead = self._state.dead or why
        with self._lock:
            waiting = list(self._state.futures)
        for future in waiting:
            future.cancel()

    def close(self) -> None:
        """Stop the loop; waits at most a second for connections to close."""
        self.cancel("已结束")
        with contextlib.suppress(Exception):  # what won't close is left to the end of the process
            asyncio.run_coroutine_threadsafe(self._drain(), self._loop).result(timeout=1)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=0.5)

    async def _drain(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=0.5)
        await self.engine.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(_ignore)
        self._loop.run_forever()

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        if self._state.dead or self.remaining <= 0:
            work.close()
            raise Fault(self._state.dead or _DEADLINE, fatal=bool(self._state.dead))
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        with self._lock:
            self._state.futures.add(future)
        try:
            return future.result(timeout=self.remaining)
        except (concurrent.futures.TimeoutError, TimeoutError):
            future.cancel()
            raise Fault(_DEADLINE) from None
        except concurrent.futures.CancelledError:
            raise Fault(self._state.dead or _DEADLINE, fatal=True) from None
        finally:
            with self._lock:
                self._state.futures.discard(future)

    async def _ask(self, request: Request, heard: Heard) -> Answer:
        if self._gate is None:
            self._gate = asyncio.Semaphore(self.settings.concurrency)
        async with self._gate:
            tries = 0
            while True:
                if self._state.dead:
                    raise Fault(self._state.dead, fatal=True)
                reserved = await self._rate(request)
                tries += 1
                try:
                    seconds = min(self.settings.request_seconds, self.remaining)
                    answer = await self.engine.complete(request, seconds=seconds, heard=heard)
                except Fault as fault:
                    await self._settled(reserved, 0, fault.after)
                    self._failed(fault, tries)
                    wait = _wait_before(tries, fault.after)
                    if not fault.again or tries > self.settings.retries or wait >= self.remaining:
                        raise
                    if self._state.dead:
                        raise Fault(self._state.dead, fatal=True) from fault
                    await asyncio.sleep(wait)
                    continue
                await self._settled(reserved, answer.tokens_in + answer.tokens_out)
                self._state.failures = 0
                self.spent.requests += tries
                return replace(answer, requests=tries)

    def _failed(self, fault: Fault, tries: int) -> None:
        self._state.failures += 1
        if fault.fatal:
            self._state.dead = self._state.dead or fault.message
        elif self._state.failures >= max(_GIVE_UP, self.settings.retries + 1) and tries > 1:
            self._state.dead = (
                self._state.dead or f"接口连续 {self._state.failures} 次没有答成：{fault.message}"
            )
        if self._state.dead or not fault.again or tries > self.settings.retries:
            self.spent.requests += tries

    async def _rate(self, request: Request) -> int:
        """Wait for a place under the rate; the tokens that were reserved for it."""
        if self._limits is not None or self.settings.requests_per_minute:
            await asyncio.to_thread(
                self.engine.warm
            )  # else all that waited for the first import go out at once
        if self._limits is not None:
            tokens = len(request.system) + len(request.user) + (request.max_tokens or len(request.user))
            wait = await asyncio.to_thread(self._limits.reserve, tokens)
            if wait >= self.remaining:
                await self._settled(tokens, 0)
                raise Fault("按限速排队，轮到时已过时限")
            await asyncio.sleep(wait)
            return tokens
        limit = self.settings.requests_per_minute
        if limit:
            now = time.monotonic()
            at = max(now, self._state.next_slot)
            self._state.next_slot = at + 60.0 / limit
            await asyncio.sleep(at - now)
        return 0

    async def _settled(self, reserved: int, used: int, hold: float | None = None) -> None:
        """Tell the shared limits what a request took, and that the endpoint wants everybody to wait."""
        if self._limits is None:
            return
        await asyncio.to_thread(self._limits.settle, reserved, used)
        if hold:
            await asyncio.to_thread(self._limits.hold, hold)

    def _count(self, answer: Answer) -> None:
        with self._lock:
            spent = self.spent
            spent.questions += 1
            if answer.cached:
                spent.cached += 1
                return
            spent.tokens_in += answer.tokens_in
            spent.tokens_out += answer.tokens_out
            spent.estimated = spent.estimated or answer.estimated
            spent.seconds += answer.seconds


def _ignore(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A cancelled connection complains after the fact; nobody waits for it any more."""


def _wait_before(tries: int, asked: float | None) -> float:
    """Seconds before repeat number ``tries``: what the endpoint asks for, else doubling, both with jitter."""
    if asked is not None:
        return asked + random.uniform(0.0, 0.25)  # noqa: S311
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (tries - 1))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311
