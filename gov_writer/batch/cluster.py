"""The same jobs on a Dask cluster: chunks in a bounded window, results to the same journal.

Why Dask distributed and not Ray: a sixth of the install, a quarter of the memory, and lost work is
re-run by the scheduler; the journal, which no engine keeps for us, stays with the parent. The window
and what ``forgetting`` takes out of Dask's message logs keep the scheduler's memory flat; the window also bounds what is
done twice when a worker dies.
Files are sent as content, so workers need no shared disk; fsspec addresses are fetched by the worker.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from gov_writer.batch.dispenser import ask_scheduler, shared_by_workers
from gov_writer.batch.job import Execute, Job, Outcome, Status, Task
from gov_writer.batch.work import dependencies, folder_settings
from gov_writer.errors import GovWriterError
from gov_writer.settings import CheckSettings, EngineSettings

#: A job, its known key, its files by path, and the settings of its folder.
_Packed = tuple[Job, str, dict[str, bytes], CheckSettings | None]
#: Chunks in flight per worker thread: one being worked on, one waiting.
WINDOW = 2


def run_on_cluster(
    tasks: Iterator[list[Task]],
    execute: Execute,
    address: str,
    engine: EngineSettings | None = None,
) -> Iterator[Outcome]:
    """The outcome of every task in the order in which they end; see ``pool.run``.

    engine: its rate and budget are kept by the scheduler for all workers.
    """
    try:
        import dask
        import distributed

        from gov_writer.batch.forgetting import LOGGED, ForgetMessages, ForgetProfiles
    except ImportError as error:
        raise GovWriterError(
            "使用 --cluster 需要 Dask。", hint="请安装：pip install 'gov-writer[cluster]'。", code="BATCH-120"
        ) from error
    remembering = dask.config.set({LOGGED: 0})  # nor does this process
    try:
        distributed.comm.addressing.resolve_address(address)
        client: Any = distributed.Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise GovWriterError(
            f"连不上集群“{address}”。",
            hint="地址写成 tcp://主机:8786 的样子；请检查地址，并确认 dask scheduler 已启动。",
            code="BATCH-121",
        ) from error
    with remembering, client:
        client.register_plugin(ForgetMessages())
        client.register_plugin(ForgetProfiles())
        limited = shared_by_workers(client, engine)
        window = WINDOW * max(1, sum(client.nthreads().values()))
        pending: Any = distributed.as_completed(loop=client.loop, with_results=True, raise_errors=False)  # type: ignore[no-untyped-call]
        waiting: dict[object, list[Task]] = {}
        run = f"gov-writer-{uuid4().hex}"  # one group for all: Dask remembers every group that there was
        for number, chunk in enumerate(tasks):
            packed = [_pack(*task) for task in chunk]
            future = client.submit(_execute_packed, packed, execute, limited, pure=False, key=(run, number))
            waiting[future.key] = chunk
            pending.add(future)
            if len(waiting) >= window:
                yield from _next(pending, waiting)
        while waiting:
            yield from _next(pending, waiting)


def _next(pending: Any, waiting: dict[object, list[Task]]) -> Iterator[Outcome]:
    future, result = next(pending)
    chunk = waiting.pop(future.key)
    if future.status == "finished":
        yield from result
    else:  # the scheduler gave up on it: its workers died again and again
        for job, _ in chunk:
            yield Outcome(
                name=job.name, status=Status.FAILED, error=f"集群未能完成：{result}\n编号 BATCH-122"
            )


def _pack(job: Job, known_key: str) -> _Packed:
    """A job with the content of its local files.  A file that can't be read is left for the worker to report."""
    content: dict[str, bytes] = {}
    settings = None
    try:
        files, _ = dependencies(job)
        settings = folder_settings(job)
    except GovWriterError:
        files = (*job.inputs, *job.against)
    for path in files:
        if "://" not in path and Path(path).is_file():
            content[str(Path(path).absolute())] = Path(path).read_bytes()
    return job, known_key, content, settings


def _execute_packed(
    packed: list[_Packed], execute: Callable[..., Outcome], limited: bool = False
) -> list[Outcome]:
    """On the worker: lay the files out under a folder of their own, do the jobs, and shorten the paths again."""
    if limited:
        ask_scheduler()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="gov-writer-") as scratch:  # one for the chunk: making them costs
        for number, (job, known_key, content, settings) in enumerate(packed):
            folder = f"{scratch}/{number}"
            for path, data in content.items():
                place = _under(path, folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            outcome = execute(_moved(job, folder), known_key, base=settings)
            outcomes.append(_moved_back(outcome, folder))
    return outcomes


def _under(path: str, folder: str) -> Path:
    return Path(folder + str(Path(path).absolute()))


def _moved(job: Job, folder: str) -> Job:
    def move(path: str) -> str:
        return path if "://" in path else str(_under(path, folder))

    return job.relocated(move)


def _moved_back(outcome: Outcome, folder: str) -> Outcome:
    content, page = outcome.content, outcome.page
    if content is not None and outcome.suffix == ".json":
        content = content.replace(folder.encode(), b"")
    if page is not None:
        page = page.replace(folder.encode(), b"")
    error = outcome.error and outcome.error.replace(folder, "")
    return replace(outcome, content=content, page=page, error=error)
