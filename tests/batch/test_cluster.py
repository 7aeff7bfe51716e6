"""The same jobs on a Dask cluster of this machine give the same results; addresses of shared storage work."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from gov_writer.batch import BatchSettings, run_batch
from gov_writer.batch.dispenser import ask_scheduler, shared_by_workers
from gov_writer.batch.job import Job, JobKind
from gov_writer.batch.work import execute
from gov_writer.errors import GovWriterError
from gov_writer.llm import limits
from gov_writer.llm.ask import Fault
from gov_writer.settings import EngineSettings
from tests.batch.test_run import reports, timeless

dask = pytest.importorskip("dask", reason="the cluster extra is not installed")
distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")
NOTED = pytest.importorskip("gov_writer.batch.forgetting").NOTED
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found


def test_a_cluster_gives_the_same_results(tmp_path: Path, cluster: Any) -> None:
    source = reports(tmp_path / "in", 45)
    (source / "坏.docx").write_bytes(b"no zip")
    run_batch(str(source), tmp_path / "here", BatchSettings())
    run_batch(str(source), tmp_path / "there", BatchSettings(cluster=cluster.scheduler_address))
    assert timeless(tmp_path / "there") == timeless(tmp_path / "here")


def test_a_killed_worker_loses_nothing(tmp_path: Path, cluster: Any) -> None:
    source = reports(tmp_path / "in", 120)
    victim = cluster.workers[0].pid

    def kill() -> None:
        time.sleep(1.0)
        os.kill(victim, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    summary = run_batch(str(source), tmp_path / "out", BatchSettings(cluster=cluster.scheduler_address))
    thread.join()
    assert (summary.total, summary.failed) == (120, 0)
    names = [
        json.loads(line)["name"] for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()
    ]
    assert len(names) == len(set(names)) == 120


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "127.0.0.1", "http://127.0.0.1:80", "tcp://gone.invalid:1"]
)
def test_no_cluster_is_one_message(tmp_path: Path, address: str) -> None:
    source = reports(tmp_path / "in", 1)
    with pytest.raises(GovWriterError, match="连不上集群"):
        run_batch(str(source), tmp_path / "out", BatchSettings(cluster=address))


def test_addresses_of_a_store_are_fetched(tmp_path: Path) -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    store.pipe("/reports/a.md", "一、安全\n\n排查隐患8573处。\n".encode())
    store.pipe("/reports/n.md", "排查隐患8753处。\n".encode())
    job = Job(
        name="a", kind=JobKind.CHECK, inputs=("memory://reports/a.md",), against=("memory://reports/n.md",)
    )
    outcome = execute(job, "")
    assert outcome.error is None
    assert outcome.rules["FIG102"] == 1
    missing = execute(Job(name="b", kind=JobKind.CHECK, inputs=("memory://reports/none.md",)), "")
    assert "无法读取" in str(missing.error)


def _reserve(times: int) -> list[float | str]:
    ask_scheduler()
    shared = limits.shared(EngineSettings())
    assert shared is not None
    found: list[float | str] = []
    for _ in range(times):
        try:
            found.append(round(shared.reserve(100), 1))
        except Fault as fault:
            found.append(fault.message)
    return found


def test_workers_share_one_rate_and_one_budget(cluster: Any) -> None:
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        assert not shared_by_workers(client, EngineSettings())
        assert shared_by_workers(client, EngineSettings(requests_per_minute=6, token_budget=700))
        found = client.gather([client.submit(_reserve, 3, pure=False) for _ in range(3)])
        client.run(limits.use, None)
    waits = sorted(one for part in found for one in part if isinstance(one, float))
    assert len(waits) == 7, "700 tokens are seven places"
    assert all(later - earlier > 8 for earlier, later in pairwise(waits))
    assert sum(isinstance(one, str) for part in found for one in part) == 2


def test_neither_scheduler_nor_parent_remembers_what_went_through_them(tmp_path: Path, cluster: Any) -> None:
    """Dask's own attributes are asked for, so that a version which renames them is noticed."""
    source = reports(tmp_path / "in", 60)
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.run_on_scheduler(_fill_names)
        client.run(_fill_names)
    run_batch(str(source), tmp_path / "out", BatchSettings(cluster=cluster.scheduler_address))

    def kept(dask_scheduler: Any) -> tuple[int, int, int]:
        streams = dask_scheduler.stream_comms.values()
        groups = [g for s in dask_scheduler.extensions["spans"].root_spans for g in s.groups]
        names = [g.name for g in groups if g.name.startswith("gov-writer-")]
        sent, remembered = (
            sum(s.batch_count for s in streams),
            sum(len(s.recent_message_log) for s in streams),
        )
        return sent, remembered, len(names) - len(set(names))

    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        sent, remembered, groups = client.run_on_scheduler(kept)
        rings = client.run_on_scheduler(_rings_of_scheduler)
        of_workers = list(client.run(_rings_of_worker).values())
        names = [client.run_on_scheduler(_names_of_keys), *client.run(_names_of_keys).values()]
        profiles = client.run(
            lambda dask_worker: set(dask_worker.periodic_callbacks) & {"profile", "profile-cycle"}
        )
    assert sent > 0
    assert (remembered, groups) == (0, 0)
    assert max(rings) == NOTED
    assert of_workers == [(NOTED, NOTED, 0, 0)] * len(of_workers)
    assert not any(profiles.values())
    assert max(names) <= NOTED


def _fill_names() -> None:
    """As after many chunks."""
    for number in range(10 * NOTED):
        dask.utils.key_split(("gov-writer-test", number))


def _names_of_keys() -> int:
    return int(dask.utils.key_split.cache_info().currsize)


def _rings_of_scheduler(dask_scheduler: Any) -> list[int]:
    topics = dask_scheduler._broker._topics
    made_later = topics["gov-writer-test"].events.maxlen
    return [dask_scheduler.transition_log.maxlen, made_later, *(len(t.events) for t in topics.values())]


def _rings_of_worker(dask_worker: Any) -> tuple[int, ...]:
    state = dask_worker.state
    logs = (
        state.log,
        state.stimulus_log,
        dask_worker.profile_history,
        dask_worker.batched_stream.recent_message_log,
    )
    return tuple(log.maxlen for log in logs)
