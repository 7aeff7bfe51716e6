"""The cluster of this machine: speed-up, overhead per job, a killed worker, memory over many jobs.

    python eval/batch/cluster.py speed     [--jobs 600]     2 workers against 1: share of the ideal
    python eval/batch/cluster.py overhead  [--jobs 2000]    the engine's cost per job, with jobs that do nothing
    python eval/batch/cluster.py kill      [--jobs 200]     a worker killed with kill -9 in mid-run
    python eval/batch/cluster.py memory    [--jobs 20000]   scheduler, workers and parent over tiny jobs, and over files
    python eval/batch/cluster.py million                    on paper: a million reports on 100 machines, from measured costs
    python eval/batch/cluster.py all                        the first four

Scheduler and workers are processes of their own, on loopback, as ``dask scheduler`` and ``dask worker`` start them.
Every measure prints its ratio beside its bar; with "all" the exit code is 1 when one is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from speed import report

from gov_writer.batch import BatchSettings, run_batch
from gov_writer.batch.cluster import run_on_cluster
from gov_writer.batch.job import Job, JobKind, Outcome, Status

CHUNK = 8


class Cluster:
    """A scheduler and workers as processes.  workers: their process ids (of the nannies' children)."""

    def __init__(self, count: int) -> None:
        import socket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
        self.scheduler = subprocess.Popen(
            [*dask, "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], **quiet
        )
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--nthreads", "1"]
        self._nannies = [
            subprocess.Popen([*worker, "--no-dashboard", "--host", "127.0.0.1"], **quiet)
            for _ in range(count)
        ]
        import distributed

        with distributed.Client(self.address, timeout=60) as client:
            client.wait_for_workers(count, timeout=120)
            self.workers = list(client.run(os.getpid).values())

    def close(self) -> None:
        for process in (*self._nannies, self.scheduler):
            process.terminate()
        for process in (*self._nannies, self.scheduler):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def cluster(count: int) -> Iterator[Cluster]:
    found = Cluster(count)
    try:
        yield found
    finally:
        found.close()


def resident(pid: int) -> float:
    """Memory of a process in MB now; 0 when it is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def nothing(job: Job, key: str, base: object = None, **_: object) -> Outcome:
    """A job that does nothing: what is left is the engine's."""
    del key, base
    return Outcome(name=job.name, status=Status.DONE, content=b"{}")


def tiny(folder: Path, jobs: int, text: str = "排查隐患12处。\n") -> Iterator[list[tuple[Job, str]]]:
    place = folder / "tiny.md"
    place.write_text(text, encoding="utf-8")
    chunk = []
    for number in range(jobs):
        chunk.append((Job(name=str(number), kind=JobKind.CHECK, inputs=(str(place),)), ""))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def reports(folder: Path, jobs: int) -> Path:
    manifest = folder / "m.jsonl"
    with manifest.open("w", encoding="utf-8") as lines:
        for number in range(jobs):
            draft, notes = report(number)
            (folder / f"d{number}.md").write_text(draft, encoding="utf-8")
            (folder / f"n{number}.md").write_text(notes, encoding="utf-8")
            lines.write(json.dumps({"input": f"d{number}.md", "against": f"n{number}.md"}) + "\n")
    return manifest


def speed(jobs: int) -> bool:
    rates = {}
    with tempfile.TemporaryDirectory() as name:
        manifest = reports(Path(name), jobs)
        for count in (1, 2, 1):
            with cluster(count) as found:
                settings = BatchSettings(cluster=found.address)
                run_batch(
                    str(manifest), Path(name) / f"warm{count}-{len(rates)}", settings
                )  # imports, caches
                began = time.perf_counter()
                run_batch(str(manifest), Path(name) / f"out{count}-{len(rates)}", settings)
                rate = jobs / (time.perf_counter() - began)
                rates[count] = max(rates.get(count, 0.0), rate)
    share = rates[2] / rates[1] / 2
    print(f"cluster of 1: {rates[1]:.1f} jobs/s, of 2: {rates[2]:.1f} jobs/s, share of the ideal {share:.2f}")
    return share >= 0.85


def overhead(jobs: int) -> bool:
    with tempfile.TemporaryDirectory() as name, cluster(2) as found:
        list(run_on_cluster(tiny(Path(name), 80), nothing, found.address))
        began = time.perf_counter()
        done = sum(1 for _ in run_on_cluster(tiny(Path(name), jobs), nothing, found.address))
        each = (time.perf_counter() - began) / done * 1000
    print(
        f"engine's overhead per job: {each:.2f} ms ({done} jobs in chunks of {CHUNK}; {1000 / each:.0f} jobs/s)"
    )
    return each < 10


def spent(pid: int) -> float:
    """Processor seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def million(jobs: int) -> bool:
    """What a report costs worker, scheduler and parent, in processor time; and where 100 machines of 8 cores end."""
    with tempfile.TemporaryDirectory() as name, cluster(2) as found:
        manifest = reports(Path(name), jobs)
        run_batch(str(manifest), Path(name) / "warm", BatchSettings(cluster=found.address))
        before = {pid: spent(pid) for pid in (*found.workers, found.scheduler.pid, os.getpid())}
        run_batch(str(manifest), Path(name) / "out", BatchSettings(cluster=found.address))
        used = {pid: spent(pid) - seconds for pid, seconds in before.items()}
        many = (
            5 * jobs
        )  # jobs that do nothing, so that the scheduler is never idle; their files travel all the same
        idle = spent(found.scheduler.pid)
        for _ in run_on_cluster(tiny(Path(name), many, report(0)[0]), nothing, found.address):
            pass
        scheduler = (spent(found.scheduler.pid) - idle) / many
    worker = sum(used[pid] for pid in found.workers) / jobs
    parent = used[os.getpid()] / jobs
    cores, count = 800, 1_000_000
    print("| | processor time per report | alone, a million reports take |\n| --- | --- | --- |")
    for who, each, many in (
        ("worker (800 cores)", worker, cores),
        ("scheduler (1 core)", scheduler, 1),
        ("parent (1 core)", parent, 1),
    ):
        print(f"| {who} | {each * 1000:.2f} ms | {each * count / many / 60:.1f} min |")
    limit = min((scheduler, "scheduler"), (parent, "parent"), key=lambda pair: -pair[0])
    busy = min(cores, worker / limit[0])
    print(
        f"The {limit[1]} is full at {1 / limit[0]:.0f} reports/s, which {busy:.0f} cores keep it busy with;"
    )
    runs = max(1, -(-cores // max(1, int(busy))))
    print(f"800 cores need {runs} runs side by side, each with its own part of the manifest.")
    return True


def kill(jobs: int) -> bool:
    with tempfile.TemporaryDirectory() as name, cluster(2) as found:
        manifest = reports(Path(name), jobs)
        out = Path(name) / "out"
        progress: list[int] = []

        def strike() -> None:
            while not progress or progress[-1] < jobs // 4:
                time.sleep(0.01)
            os.kill(found.workers[0], signal.SIGKILL)

        thread = threading.Thread(target=strike, daemon=True)
        thread.start()
        summary = run_batch(
            str(manifest), out, BatchSettings(cluster=found.address), lambda p: progress.append(p.done)
        )
        lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
        names = [json.loads(line)["name"] for line in lines]
    right = len(names) == len(set(names)) == jobs and not summary.failed and len(progress) == jobs
    print(
        f"a worker killed after {jobs // 4} of {jobs} jobs: {len(set(names))} results, {summary.failed} failed"
    )
    return right


#: Where memory is read, in 40ths of the way; the slope is that of the last half.
MARKS = (2, 5, 10, 20, 40)
#: MB per 1,000 jobs that count as flat: what is left is the jitter of the allocator.
FLAT = 0.1


def memory(jobs: int) -> bool:
    """Memory along the way, of tiny checks and of files of 3,000 characters that nobody looks into."""
    from functools import partial

    from gov_writer.batch.work import execute

    text = report(0)[0]
    checks = _memory("tiny checks", jobs, partial(execute, settings=None))
    return _memory("3,000 characters each", jobs, nothing, text) and checks


def _memory(title: str, jobs: int, work: Callable[..., Outcome], text: str = "排查隐患12处。\n") -> bool:
    with tempfile.TemporaryDirectory() as name, cluster(2) as found:
        watched = {"scheduler": found.scheduler.pid, "worker": found.workers[0], "parent": os.getpid()}
        wanted = {jobs * mark // MARKS[-1]: mark for mark in MARKS}
        marks: dict[int, dict[str, float]] = {}
        for done, _ in enumerate(run_on_cluster(tiny(Path(name), jobs, text), work, found.address), 1):
            if done in wanted:
                marks[done] = {who: resident(pid) for who, pid in watched.items()}
    print(f"| MB after jobs ({title}) | {' | '.join(map(str, marks))} | per 1,000 of the last half |")
    print("| --- |" + " --- |" * (len(marks) + 1))
    flat = True
    half, last = list(marks)[-2:]
    for who in watched:
        slope = (marks[last][who] - marks[half][who]) / (last - half) * 1000
        print(f"| {who} | {' | '.join(f'{m[who]:.1f}' for m in marks.values())} | {slope:+.3f} |")
        flat = flat and slope < FLAT and (who != "parent" or marks[last][who] < 300)
    return flat


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "overhead", "kill", "memory", "million", "all"))
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args()
    sizes = {"speed": 600, "overhead": 2000, "kill": 200, "memory": 20_000}
    wanted = sizes if options.what == "all" else {options.what: sizes.get(options.what, 400)}
    measures = {"speed": speed, "overhead": overhead, "kill": kill, "memory": memory, "million": million}
    right = [measures[what](options.jobs or size) for what, size in wanted.items()]
    return int(not all(right))


if __name__ == "__main__":
    raise SystemExit(main())
