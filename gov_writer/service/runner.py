"""Queued jobs, done one after the other by a few threads; a restart goes on with what was left."""

from __future__ import annotations

import base64
import errno
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gov_writer.errors import GovWriterError
from gov_writer.service.bodies import Upload
from gov_writer.service.hands import DiedError, Hands, Tell
from gov_writer.service.people import service
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow
from gov_writer.service.traces import Traces
from gov_writer.settings import CheckSettings

LOG = logging.getLogger("gov_writer.service")
Say = Callable[[str, dict[str, Any]], None]
Done = tuple[dict[str, Any], dict[str, bytes]]
T = TypeVar("T")
#: A job that says nothing for so long is stopped: a model has its own deadline long before.
_SILENT_S = 1800.0
#: How long a job waits before it looks for room on a full disk again.
_FULL_WAIT_S = 5.0
#: Faults that pass: the database is away, a disk is full.
_PASSING = ("HTTP-503", "HTTP-507")


class Work(Protocol):
    """Does one job of a kind: request fields, uploads and how the unit checks in; result and files out."""

    def __call__(
        self,
        kind: str,
        fields: dict[str, Any],
        uploads: dict[str, list[Upload]],
        office: CheckSettings,
        *,
        tell: Tell,
    ) -> Done: ...


def packed(fields: Mapping[str, Any], uploads: Mapping[str, Sequence[Upload]]) -> bytes:
    """A request as it is kept in the database."""
    files = {
        name: [{"name": one.name, "content": base64.b64encode(one.content).decode()} for one in sent]
        for name, sent in uploads.items()
    }
    kept = json.dumps({"fields": fields, "uploads": files}, ensure_ascii=False)
    return kept.encode("utf-8", "replace")  # half a character that JSON escaped stands for nothing


def unpacked(request: bytes) -> tuple[dict[str, Any], dict[str, list[Upload]]]:
    data = json.loads(request)
    uploads = {
        name: [Upload(one["name"], base64.b64decode(one["content"])) for one in sent]
        for name, sent in data["uploads"].items()
    }
    return data["fields"], uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How the jobs stand: at work, and how long the longest has been silent, in seconds."""

    at_work: int
    silent_s: float


class Runner:
    """Threads that take jobs from the store until ``stop``; each has a process for its work if there are processes.

    office: how a unit (by id) checks.  retention_days: then a job is deleted for good.  answers: folder of models'
    answers, which are deleted after the same days; None without one.
    """

    def __init__(
        self,
        store: Store,
        work: Work,
        office: Callable[[str], CheckSettings],
        *,
        threads: int,
        retention_days: float,
        processes: bool = False,
        answers: Path | None = None,
        traces: Traces | None = None,
    ) -> None:
        self._store, self._work, self._office = store, work, office
        self._traces = traces or Traces({})
        self._retention_s, self._answers = retention_days * 86400.0, answers
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._hands = [Hands() if processes else None for _ in range(max(1, threads))]
        self._threads = [threading.Thread(target=self._run, args=(h,), daemon=True) for h in self._hands]
        self._heard: dict[str, float] = {}
        self._swept = 0.0

    def start(self) -> None:
        self._patiently(self._store.requeue_interrupted)
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """A job was queued."""
        self._wake.set()

    def stop(self) -> None:
        """Stop; what is at work is done again after the next start."""
        self._stopping.set()
        self._wake.set()
        for hands in self._hands:
            if hands is not None:
                hands.kill()
        for thread in self._threads:
            thread.join(2)

    def running(self) -> Running:
        heard = list(self._heard.values())
        silent = time.monotonic() - min(heard) if heard else 0.0
        return Running(at_work=len(heard), silent_s=silent)

    def alive(self) -> bool:
        """Whether all threads are there."""
        return all(thread.is_alive() for thread in self._threads)

    def _run(self, hands: Hands | None) -> None:
        while not self._stopping.is_set():
            try:
                self._sweep()
                row = self._store.take()
            except GovWriterError:  # the database is away: it may come back
                self._stopping.wait(1)
                continue
            if row is None:
                self._wake.wait(1)
                self._wake.clear()
                continue
            self._heard[row.id] = time.monotonic()
            try:
                with self._traces.span(f"job {row.kind}"):
                    self._do(row, hands)
            except _StoppedError:
                return
            except Exception as error:  # one broken job must not end its thread
                LOG.error(json.dumps({"message": "job not finished", "reason": type(error).__name__}))
            finally:
                self._heard.pop(row.id, None)

    def _do(self, row: JobRow, hands: Hands | None) -> None:
        store = self._store.of(service(row.unit))

        def say(name: str, data: dict[str, Any]) -> None:
            self._heard[row.id] = time.monotonic()
            self._patiently(lambda: store.say(row.id, name, data))

        status = "done"
        files: dict[str, bytes] = {}
        try:
            say("status", {"status": "running"})
            office = self._patiently(lambda: self._office(row.unit))
            result, files = self._worked(row, office, hands, lambda news: say(*news))
        except GovWriterError as error:
            status, result = "failed", {"error": error.as_dict()}
        except _StoppedError:
            raise
        except Exception as error:
            what = f"处理时出现意外错误（{type(error).__name__}）。"
            status, result = "failed", {"error": GovWriterError(what, code="HTTP-500").as_dict()}
        self._patiently(lambda: store.finish(row.id, status, result, files))
        say("status", {"status": status})

    def _worked(self, row: JobRow, office: CheckSettings, hands: Hands | None, tell: Tell) -> Done:
        """The job's result; a process that dies gets a second try, a full disk is waited for."""
        died = False
        while True:
            fields, uploads = unpacked(row.request)
            try:
                if hands is None:
                    return self._work(row.kind, fields, uploads, office, tell=tell)
                args = (row.kind, fields, uploads, office)
                found: Done = hands.do(self._work, args, told=tell, limit_s=_SILENT_S)
                return found
            except DiedError:
                if self._stopping.is_set():
                    raise _StoppedError from None
                if died:
                    what = "处理进程两次意外结束。"
                    raise GovWriterError(what, hint="请把材料分开再试。", code="HTTP-500") from None
                died = True
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                LOG.error(json.dumps({"message": "disk full", "waiting": "job"}))
                if self._stopping.wait(_FULL_WAIT_S):
                    raise _StoppedError from None

    def _patiently(self, call: Callable[[], T]) -> T:
        """What the call says, as soon as the database is there and has room."""
        while True:
            try:
                return call()
            except GovWriterError as error:
                if error.code not in _PASSING:
                    raise
            if self._stopping.wait(1):
                raise _StoppedError

    def _sweep(self) -> None:
        """Once an hour: delete for good what is older than the days set."""
        if time.time() - self._swept < 3600:
            return
        self._swept = time.time()
        before = time.time() - self._retention_s
        self._store.forget(before)
        for file in self._answers.rglob("*") if self._answers else ():
            try:
                if file.is_file() and file.stat().st_mtime < before:
                    file.unlink()
            except OSError:
                continue


class _StoppedError(Exception):
    """The service stops; the job stays as it is."""
