"""A process that does one piece of work after the other, can be killed in the middle, and is replaced when it dies."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from gov_writer.errors import GovWriterError

T = TypeVar("T")
#: Told while the work goes on: anything that can be pickled.
Tell = Callable[[Any], None]
#: A process is replaced after so many pieces of work: memory does not creep.
_WORKS = 500
_CONTEXT = multiprocessing.get_context("spawn")


class DiedError(Exception):
    """The process ended in the middle: killed, out of memory, or stopped."""


class Hands:
    """One process.  Used by one thread at a time; ``kill`` may come from any."""

    def __init__(self) -> None:
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._lifeline: Connection | None = None
        self._done = 0
        self._lock = threading.Lock()

    def do(
        self, work: Callable[..., T], args: tuple[Any, ...], *, told: Tell | None = None, limit_s: float = 0.0
    ) -> T:
        """The work's result.  work: a function of a module, so that it can be pickled.
        told: gets what the work tells (the work then has a parameter ``tell``).
        limit_s: after so many seconds it is killed; 0 is no limit.

        Raises what the work raises, DiedError when the process died, GovWriterError HTTP-503 past the limit.
        """
        pipe = self._started()
        try:
            pipe.send((work, args, told is not None))
            while True:
                if limit_s and not pipe.poll(limit_s):
                    self.kill()
                    raise GovWriterError(
                        "处理时间太长，已停止。", hint="请把文稿分开，或稍后再试。", code="HTTP-503"
                    )
                kind, value = pipe.recv()
                if kind == "told":
                    if told is not None:
                        told(value)
                elif kind == "done":
                    return value  # type: ignore[no-any-return]
                else:
                    raise value
        except (EOFError, OSError) as error:
            self.kill()
            raise DiedError from error
        finally:
            self._done += 1
            if self._done >= _WORKS:
                self.kill()

    def kill(self) -> None:
        """End the process now; the next work gets a new one."""
        with self._lock:
            process, self._process = self._process, None
            self._done = 0
        if process is not None:
            process.kill()
            process.join(5)

    def _started(self) -> Connection:
        with self._lock:
            if self._process is None or not self._process.is_alive() or self._pipe is None:
                for old in (self._pipe, self._lifeline):
                    if old is not None:
                        old.close()
                self._pipe, theirs = _CONTEXT.Pipe()
                watched, self._lifeline = _CONTEXT.Pipe(duplex=False)
                self._process = _CONTEXT.Process(target=_serve, args=(theirs, watched), daemon=True)
                self._process.start()
                theirs.close()
                watched.close()
                self._done = 0
            return self._pipe


def _serve(pipe: Connection, lifeline: Connection) -> None:
    """The process: works until its parent is gone."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_die_with_parent, args=(lifeline,), daemon=True).start()
    one_by_one = threading.Lock()

    def tell(news: Any) -> None:
        with one_by_one:  # a model's sections are told from several threads
            pipe.send(("told", news))

    while True:
        try:
            work, args, telling = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = ("done", work(*args, tell=tell) if telling else work(*args))
        except Exception as error:  # whoever waits decides what it means
            answer = ("raised", error)
        try:
            pipe.send(answer)
        except OSError:
            return
        except Exception as error:  # a value or an error that can't be pickled
            pipe.send(("raised", RuntimeError(f"{type(error).__name__}: {type(answer[1]).__name__}")))


def _die_with_parent(lifeline: Connection) -> None:
    try:
        lifeline.recv()
    except (EOFError, OSError):
        os._exit(1)
