"""Worker processes of one machine that may die, hang or eat their memory without harming the run.

The standard pools give up as a whole when one worker is killed; here each worker has a pipe of its
own, and what it had not answered yet is given to its successor.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from gov_writer.batch.job import Execute, Outcome, Status, Task

#: Jobs per message: few enough to keep both cores busy at the end, enough to hide the pipe's latency.
CHUNK = 8
#: A job that kills its worker is tried once more, in case it was killed from outside.
TRIES = 2


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    open: deque[Task] = field(default_factory=deque)
    since: float | None = None  # when it began its present job; None until it says that it is up


def run(
    tasks: Iterator[list[Task]], execute: Execute, *, workers: int, timeout_s: float, memory_mb: int
) -> Iterator[Outcome]:
    """The outcome of every task, in the order in which they end.

    tasks: chunks, drawn only when a worker has room.  timeout_s: for one job; the worker that exceeds it
    is killed.  memory_mb: address space of one worker.
    """
    pool = _Pool(execute, timeout_s, memory_mb)
    try:
        yield from pool.work(tasks, workers)
    finally:
        pool.stop()


class _Pool:
    def __init__(self, execute: Execute, timeout_s: float, memory_mb: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._execute, self._timeout_s, self._memory_mb = execute, timeout_s, memory_mb
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._deaths: Counter[str] = Counter()

    def work(self, tasks: Iterator[list[Task]], workers: int) -> Iterator[Outcome]:
        self._workers = [self._start() for _ in range(max(1, workers))]
        while True:
            for worker in self._workers:
                self._feed(worker, tasks)
            busy = [w for w in self._workers if w.open]
            if not busy:
                return
            ready = wait([w.pipe for w in busy], timeout=1.0)
            for worker in busy:
                if worker.pipe in ready:
                    yield from self._take(worker)
                elif worker.since is not None and time.monotonic() - worker.since > self._timeout_s:
                    yield self._bury(worker, f"超过 {self._timeout_s:g} 秒未完成，已终止。", final=True)

    def stop(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            if worker.open:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._execute, self._memory_mb), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _feed(self, worker: _Worker, tasks: Iterator[list[Task]]) -> None:
        """Keep up to two chunks in the worker's pipe, so that it never waits for us."""
        while len(worker.open) <= CHUNK:
            chunk = [self._again.popleft()] if self._again else next(tasks, [])
            if not chunk:
                return
            if not worker.open and worker.since is not None:
                worker.since = time.monotonic()
            worker.open.extend(chunk)
            with suppress(OSError):  # a dead worker is noticed when its answer is awaited
                worker.pipe.send(chunk)

    def _take(self, worker: _Worker) -> Iterator[Outcome]:
        try:
            while worker.open and worker.pipe.poll():
                outcome: Outcome | None = worker.pipe.recv()
                worker.since = time.monotonic()
                if outcome is not None:
                    worker.open.popleft()
                    yield outcome
        except (EOFError, OSError):
            job = worker.open[0][0]
            self._deaths[job.name] += 1
            worker.process.join(5)
            code = worker.process.exitcode or 0
            why = f"信号 {-code}" if code < 0 else f"退出码 {code}"
            if self._deaths[job.name] >= TRIES:
                yield self._bury(worker, f"工作进程两次意外终止（{why}），可能内存不足。", final=True)
            else:
                self._bury(worker, "", final=False)

    def _bury(self, worker: _Worker, why: str, *, final: bool) -> Outcome:
        """Replace a dead or stuck worker; its unanswered tasks go to whoever is free."""
        worker.process.kill()
        worker.pipe.close()
        unanswered = list(worker.open)
        job = unanswered.pop(0)[0] if final else unanswered[0][0]
        self._again.extend(unanswered)
        self._workers[self._workers.index(worker)] = self._start()
        return Outcome(name=job.name, status=Status.FAILED, error=f"{why}\n编号 BATCH-110")


def _serve(pipe: Connection, execute: Execute, memory_mb: int) -> None:
    """A worker's life: answer each task in order; end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux" and memory_mb:
        import resource

        limit = memory_mb * 1024 * 1024
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        pipe.send(None)  # up: from now on the time counts
        while True:
            for job, known_key in pipe.recv():
                pipe.send(execute(job, known_key))
    except (EOFError, OSError):
        return
