"""A batch from manifest to results: resume what is there, do the rest, put the results in order."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from gov_writer.batch import pool
from gov_writer.batch.job import Execute, Outcome, Task
from gov_writer.batch.journal import Journal
from gov_writer.batch.manifest import jobs
from gov_writer.batch.results import write_results
from gov_writer.batch.storage import Outbox, working_folder
from gov_writer.batch.work import execute
from gov_writer.errors import GovWriterError, os_reason
from gov_writer.settings import CheckSettings, EngineSettings

#: Results are committed to the journal in groups: at most this many jobs are done again after kill -9.
COMMIT_EVERY = 16
#: Of a file name: most systems allow 255 with ending and number.
NAME_BYTES = 180
#: So many faults are told in full; the rest stand in results.jsonl.
TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch is.  reused: of done, those that the journal already had."""

    total: int
    done: int
    failed: int
    reused: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch came to.  errors, warnings, infos: how many jobs have a finding of that severity.

    told: the first few faults in full, each with its job's name.
    """

    total: int
    failed: int
    errors: int
    warnings: int
    infos: int
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSettings:
    """How to run.

    workers: processes on this machine.  cluster: a Dask scheduler's address instead of them.
    timeout_s: for one job; a draft with a model has its own deadline inside.
    memory_mb: address space of one worker process.
    part: (k, n): only every n-th job of the manifest, beginning with the k-th, for n runs side by side.
    batch_api: send the questions of all drafts as one file to the endpoint's batch interface.
    pages: for each job with findings also a page on which a person sees them in the text.
    engine: how a model is asked; None takes gov-writer.toml's.  say: told what happens, in Chinese.
    """

    workers: int = 1
    cluster: str | None = None
    timeout_s: float = 900.0
    memory_mb: int = 4096
    check: CheckSettings | None = None
    part: tuple[int, int] = (1, 1)
    batch_api: bool = False
    pages: bool = True
    engine: EngineSettings | None = None
    say: Callable[[str], object] = len


def run_batch(
    manifest: str,
    out: str | Path,
    settings: BatchSettings,
    report: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Run all jobs of a manifest; the same call again goes on where the last one stopped.

    What earlier runs wrote to out for jobs that are no longer in the manifest, or pages of reports that are clean by
    now, is removed in the end; files that no run wrote are left alone.  Writes ``outputs/``, ``pages/``, ``results.jsonl``, ``summary.xlsx`` and ``summary.html`` to out: a folder, or an
    address such as s3://bucket/folder (the journal then stays on this machine).
    Raises GovWriterError when the manifest can't be read or the folder not be written; what was
    done by then is kept.
    """
    folder, outbox = working_folder(str(out))
    try:
        for place in ("outputs", "pages"):
            (folder / place).mkdir(parents=True, exist_ok=True)
        journal = Journal(folder / "journal.sqlite")
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        first, every = settings.part
        total = journal.plan(islice(jobs(manifest, folder), first - 1, None, every))
        if not total:
            raise GovWriterError(
                "清单中没有任务。" if every == 1 else f"清单的任务不到 {first} 个，这一份里没有任务。",
                where=manifest,
                hint="请检查文件夹、通配符或清单内容。",
                code="BATCH-116",
            )
        _work(journal, outbox, _asked(journal, folder, _limited(folder, settings)), total, report)
        write_results(journal, folder)
        outbox.finish(("results.jsonl", "summary.xlsx", "summary.html"))
        journal.clear(partial(_removed, outbox))
        return _summary(journal, total)
    except OSError as error:
        raise _unwritable(folder, error) from error
    except sqlite3.Error as error:
        raise _broken_journal(folder, error) from error
    finally:
        journal.close()


def _limited(folder: Path, settings: BatchSettings) -> BatchSettings:
    """The worker processes of this run share one rate and one budget, kept beside the results."""
    from gov_writer.settings.engine import engine_settings

    if settings.cluster:
        return settings  # the scheduler gives out the places
    try:
        engine = settings.engine or engine_settings()
    except GovWriterError:
        return settings  # drafts say what is wrong with gov-writer.toml; checks don't need it
    return replace(settings, engine=replace(engine, limits=str(folder / "limits.sqlite")))


def _asked(journal: Journal, folder: Path, settings: BatchSettings) -> BatchSettings:
    """With ``batch_api``, the settings under which drafts find their answers beside the results."""
    if not settings.batch_api:
        return settings
    from gov_writer.batch.asking import answered
    from gov_writer.settings.engine import engine_settings

    engine = answered(
        journal,
        folder,
        settings.engine or engine_settings(),
        lambda tasks, work: _run(tasks, work, replace(settings, cluster=None)),
        settings.say,
    )
    return replace(settings, engine=engine)


def _work(
    journal: Journal, outbox: Outbox, settings: BatchSettings, total: int, report: Callable[[Progress], None]
) -> None:
    failed = reused = 0
    tasks = _tasks(journal, outbox, pages=settings.pages)
    for done, outcome in enumerate(_outcomes(tasks, settings), 1):
        if outcome.unchanged:
            reused += 1
        else:
            page = _write(outbox, "pages", outcome.name, ".html", outcome.page)
            output = _write(outbox, "outputs", outcome.name, outcome.suffix, outcome.content)
            journal.record(outcome, output=output, page=page)
        failed += outcome.status == "failed"
        if done % COMMIT_EVERY == 0:
            journal.commit()
        report(Progress(total=total, done=done, failed=failed, reused=reused, name=outcome.name))
    journal.commit()


def _tasks(journal: Journal, outbox: Outbox, *, pages: bool) -> Iterator[list[Task]]:
    """Chunks of jobs; a result whose files were removed, or that lacks a page, counts as not done."""
    for chunk in journal.wanted(pool.CHUNK):
        yield [
            (job, key if key and journal.has_files(job.name, outbox.has, pages=pages) else "")
            for job, key in chunk
        ]


def _outcomes(tasks: Iterator[list[Task]], settings: BatchSettings) -> Iterator[Outcome]:
    work = partial(execute, settings=settings.check, engine=settings.engine, pages=settings.pages)
    return _run(tasks, work, settings)


def _run(tasks: Iterator[list[Task]], work: Execute, settings: BatchSettings) -> Iterator[Outcome]:
    if settings.cluster:
        from gov_writer.batch.cluster import run_on_cluster

        return run_on_cluster(tasks, work, settings.cluster, settings.engine)
    return pool.run(
        tasks, work, workers=settings.workers, timeout_s=settings.timeout_s, memory_mb=settings.memory_mb
    )


def _write(outbox: Outbox, folder: str, job: str, suffix: str, data: bytes | None) -> str | None:
    """The name of a job's file; None where there is nothing to write."""
    if data is None:
        return None
    name = f"{folder}/{_file_name(job)}{suffix}"
    outbox.put(name, data)
    return name


def _removed(outbox: Outbox, name: str) -> bool:
    """Take away what an earlier run left; a file that somebody has open, say, stays until the next."""
    try:
        outbox.remove(name)
    except (OSError, GovWriterError):
        return False
    return True


def _file_name(name: str) -> str:
    """A name that is safe as a file name and still unique; unchanged where it is harmless."""
    plain = re.sub(r"[^\w.\-()（）【】《》、，“”]+", "_", name).lstrip(".")
    safe = plain.encode()[:NAME_BYTES].decode(errors="ignore") or "_"
    return safe if safe == name else f"{safe}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _summary(journal: Journal, total: int) -> Summary:
    counts = dict.fromkeys(("failed", "error", "warning", "info"), 0)
    told: list[tuple[str, str]] = []
    for record in journal.results():
        findings = record["findings"]
        if record["status"] == "failed":
            counts["failed"] += 1
            if len(told) < TOLD:
                told.append((str(record["name"]), str(record["error"])))
        if isinstance(findings, dict):
            for severity in ("error", "warning", "info"):
                counts[severity] += bool(findings[severity])
    return Summary(
        total=total,
        failed=counts["failed"],
        errors=counts["error"],
        warnings=counts["warning"],
        infos=counts["info"],
        told=tuple(told),
    )


def _broken_journal(folder: Path, error: sqlite3.Error) -> GovWriterError:
    """SQLite's own words for what an OSError says of other files."""
    said = str(error)
    known = {"full": "磁盘已满", "readonly": "所在的盘是只读的"}
    why = next((told for word, told in known.items() if word in said), f"进度日志出错（{said}）")
    return _stopped(why, folder / "journal.sqlite")


def _unwritable(folder: Path, error: OSError) -> GovWriterError:
    return _stopped(os_reason(error), error.filename or folder)


def _stopped(why: str, where: str | Path) -> GovWriterError:
    return GovWriterError(
        f"无法写入结果：{why}。",
        where=str(where),
        hint="请检查磁盘空间和权限；已完成的任务已保存，用同一条命令可以接着运行。",
        code="BATCH-109",
    )
