"""Checks in processes of their own: they are work for the processor, and threads would wait for each other."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date

from anyio import to_thread

from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.bodies import CheckBody, Upload
from gov_writer.settings import CheckSettings

#: A process is replaced after so many checks: memory does not creep.
_CHECKS_PER_PROCESS = 500


class Checkers:
    """A pool of processes that check.  processes: 0 checks in threads of this process instead."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    async def check(
        self,
        body: CheckBody,
        uploads: Mapping[str, list[Upload]],
        as_of: date | None,
        office: CheckSettings | None = None,
    ) -> str | bytes:
        """The check JSON.  Raises GovWriterError like the check itself, HTTP-503 when its process died twice."""
        if not self._processes:
            return await to_thread.run_sync(jobs.check_text, body, uploads, as_of, office)
        for _ in range(2):
            pool = self._started()
            try:
                future = pool.submit(jobs.check_text, body, dict(uploads), as_of, office)
                return await asyncio.wrap_future(future)
            except BrokenProcessPool:
                if self._pool is pool:
                    self._pool = None
                continue
        raise GovWriterError("核对进程意外结束。", hint="请稍后再试，或把文稿分开核对。", code="HTTP-503")

    def stop(self) -> None:
        """End the processes; what waits is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                max_tasks_per_child=_CHECKS_PER_PROCESS,
            )
        return self._pool
