"""Queued jobs, done one after the other by a few threads; a restart goes on with what was left."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gov_writer.errors import GovWriterError
from gov_writer.service.bodies import Upload
from gov_writer.service.people import service
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow
from gov_writer.settings import CheckSettings

Say = Callable[[str, dict[str, Any]], None]
#: Does one job: request fields, uploads and how the unit checks in; result and files out.
Work = Callable[
    [dict[str, Any], dict[str, list[Upload]], CheckSettings, Say], tuple[dict[str, Any], dict[str, bytes]]
]


def packed(fields: Mapping[str, Any], uploads: Mapping[str, Sequence[Upload]]) -> bytes:
    """A request as it is kept in the database."""
    files = {
        name: [{"name": one.name, "content": base64.b64encode(one.content).decode()} for one in sent]
        for name, sent in uploads.items()
    }
    return json.dumps({"fields": fields, "uploads": files}, ensure_ascii=False).encode()


def unpacked(request: bytes) -> tuple[dict[str, Any], dict[str, list[Upload]]]:
    data = json.loads(request)
    uploads = {
        name: [Upload(one["name"], base64.b64decode(one["content"])) for one in sent]
        for name, sent in data["uploads"].items()
    }
    return data["fields"], uploads


class Runner:
    """Threads that take jobs from the store until ``stop``."""

    def __init__(
        self,
        store: Store,
        work: Mapping[str, Work],
        office: Callable[[str], CheckSettings],
        *,
        threads: int,
        retention_days: int,
    ) -> None:
        """office: how a unit (by id) checks."""
        self._store, self._work, self._office = store, work, office
        self._retention_s = retention_days * 86400.0
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(max(1, threads))]
        self._swept = 0.0

    def start(self) -> None:
        self._store.requeue_interrupted()
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """A job was queued."""
        self._wake.set()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(2)

    def _run(self) -> None:
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
            else:
                self._do(row)

    def _do(self, row: JobRow) -> None:
        store = self._store.of(service(row.unit))

        def say(name: str, data: dict[str, Any]) -> None:
            store.say(row.id, name, data)

        status = "done"
        files: dict[str, bytes] = {}
        try:
            say("status", {"status": "running"})
            fields, uploads = unpacked(row.request)
            result, files = self._work[row.kind](fields, uploads, self._office(row.unit), say)
        except GovWriterError as error:
            status, result = "failed", {"error": error.as_dict()}
        except Exception as error:  # one broken job must not end its thread
            what = f"处理时出现意外错误（{type(error).__name__}）。"
            status, result = "failed", {"error": GovWriterError(what, code="HTTP-500").as_dict()}
        while not self._stopping.is_set():
            try:
                store.finish(row.id, status, result, files)
                say("status", {"status": status})
                return
            except GovWriterError:
                self._stopping.wait(1)

    def _sweep(self) -> None:
        """Once an hour: delete for good what is older than the days set."""
        if time.time() - self._swept > 3600:
            self._swept = time.time()
            self._store.forget(time.time() - self._retention_s)
