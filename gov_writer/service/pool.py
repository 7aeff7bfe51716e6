"""Work for the processor, in processes of its own: the event loop stays free, and a client that goes stops it."""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.bodies import CheckBody, Upload
from gov_writer.service.hands import DiedError, Hands
from gov_writer.service.problems import ClientGoneError
from gov_writer.settings import CheckSettings

T = TypeVar("T")
#: What nobody waits for any more may go on so long: a new process costs more than a short check.
_GRACE_S = 1.0
#: No page and no client waits longer for one answer.
_LIMIT_S = 120.0


@dataclass(slots=True)
class _Task:
    work: Callable[..., Any]
    args: tuple[Any, ...]
    limit_s: float
    future: Future[Any] = field(default_factory=Future)
    hands: Hands | None = None


#: Threads that work for the processor at the same time; with more the event loop waits for its turn.
_BUSY = max(4, 2 * (os.cpu_count() or 1))
_limiters: WeakKeyDictionary[asyncio.AbstractEventLoop, CapacityLimiter] = WeakKeyDictionary()


async def in_turn(work: Callable[..., T], *args: Any) -> T:
    """What the function says, in one of a few threads: for work on what is kept in this process's memory.

    They are others than those that ask the database, so that nobody's login waits for a long text.
    """
    loop = asyncio.get_running_loop()
    limiter = _limiters.setdefault(loop, CapacityLimiter(_BUSY))
    return await to_thread.run_sync(lambda: work(*args), limiter=limiter)


class Checkers:
    """A pool of processes.  processes: 0 works in threads of this process instead.
    most_waiting: what waits at once; more is told to come back."""

    def __init__(self, processes: int, *, most_waiting: int = 200) -> None:
        self._most = most_waiting
        self._stopping = False
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._hands = [Hands() for _ in range(processes)]
        self._threads = [threading.Thread(target=self._work, args=(h,), daemon=True) for h in self._hands]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[..., T], *args: Any, limit_s: float = _LIMIT_S) -> T:
        """What the function says.  It must be a module's own, and all that goes in and out must be picklable.

        Raises what it raises, GovWriterError HTTP-503 when its process died twice, took too long, or too many wait.
        When the caller is cancelled the work is stopped.
        """
        if not self._hands:
            return await in_turn(work, *args)
        task = self._queued(work, args, limit_s)
        try:
            found: T = await asyncio.wrap_future(task.future)
            return found
        except asyncio.CancelledError:
            if not task.future.cancel() and not task.future.done():
                asyncio.get_running_loop().call_later(_GRACE_S, _stop, task)
            raise

    def call(self, work: Callable[..., T], *args: Any) -> T:
        """The same for a thread, which waits."""
        if not self._hands:
            return work(*args)
        task = self._queued(work, args, _LIMIT_S)
        found: T = task.future.result()
        return found

    def _queued(self, work: Callable[..., Any], args: tuple[Any, ...], limit_s: float) -> _Task:
        if self._tasks.qsize() >= self._most:
            raise GovWriterError("等待处理的太多。", hint="请几秒后再试。", code="HTTP-503")
        task = _Task(work, args, limit_s)
        self._tasks.put(task)
        return task

    async def check(
        self,
        body: CheckBody,
        uploads: Mapping[str, list[Upload]],
        as_of: date | None,
        office: CheckSettings | None = None,
    ) -> str | bytes:
        """The check JSON.  Raises GovWriterError like the check itself, and like ``run``."""
        return await self.run(jobs.check_text, body, dict(uploads), as_of, office)

    def waiting(self) -> int:
        """How many pieces of work wait."""
        return self._tasks.qsize()

    def stop(self) -> None:
        """End the processes; what waits is dropped."""
        self._stopping = True
        for _ in self._threads:
            self._tasks.put(None)
        for hands in self._hands:
            hands.kill()

    def _work(self, hands: Hands) -> None:
        with suppress(DiedError):
            hands.do(jobs.ready, ())
        while (task := self._tasks.get()) is not None:
            if not task.future.set_running_or_notify_cancel():
                continue
            task.hands = hands
            try:
                result = self._done(hands, task)
            except BaseException as error:
                task.hands = None
                task.future.set_exception(error)
            else:
                task.hands = None
                task.future.set_result(result)

    def _done(self, hands: Hands, task: _Task) -> Any:
        for last in (False, True):
            try:
                return hands.do(task.work, task.args, limit_s=task.limit_s)
            except DiedError:
                if last or self._stopping or task.hands is None:
                    break
        raise GovWriterError("处理进程意外结束。", hint="请稍后再试，或把文稿分开核对。", code="HTTP-503")


def _stop(task: _Task) -> None:
    """Nobody waits: kill the process if it is still at this work."""
    hands, task.hands = task.hands, None
    if hands is not None:
        threading.Thread(target=hands.kill, daemon=True).start()


async def while_connected(request: Request, work: Awaitable[T]) -> T:
    """What the work says; it is cancelled as soon as the client goes.  The request's body must be read already.

    Raises ClientGoneError then.
    """
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGoneError
        return task.result()
    finally:
        gone.cancel()
        task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
