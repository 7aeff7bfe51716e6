"""The journal: what a batch has done, so that nothing is lost and nothing is done twice.

One SQLite file in WAL mode beside the results, written by the parent process alone. A job's row is
committed after its output file has its final name, so a row that says done has an output.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from gov_writer.batch.job import Job, Outcome, Status, Task
from gov_writer.batch.manifest import RowError
from gov_writer.errors import GovWriterError

_TABLES = """
CREATE TABLE IF NOT EXISTS jobs (
  position INTEGER PRIMARY KEY, name TEXT NOT NULL, job TEXT NOT NULL, wanted INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS results (
  name TEXT PRIMARY KEY, key TEXT NOT NULL, status TEXT NOT NULL, output TEXT, error TEXT,
  findings TEXT NOT NULL, rules TEXT NOT NULL, figures INTEGER NOT NULL, supported INTEGER NOT NULL,
  seconds REAL NOT NULL, page TEXT);
CREATE TABLE IF NOT EXISTS stale (file TEXT PRIMARY KEY);
"""
_COLUMNS = 11
_RESULTS = """
SELECT j.name, json_extract(j.job, '$.kind'), r.status, r.output, r.page, r.error, r.findings, r.seconds, r.rules, r.figures, r.supported
FROM jobs j LEFT JOIN results r ON r.name = j.name
"""
_IN_ORDER = "ORDER BY j.position"
_REPLACED = """
INSERT OR IGNORE INTO stale
SELECT output FROM results WHERE name = :name AND output != ifnull(:output, '') UNION ALL
SELECT page FROM results WHERE name = :name AND page != ifnull(:page, '')
"""
_RETIRE = """
CREATE TEMP TABLE gone AS SELECT name FROM results WHERE name NOT IN (SELECT name FROM jobs);
INSERT OR IGNORE INTO stale SELECT output FROM results WHERE output IS NOT NULL AND name IN gone;
INSERT OR IGNORE INTO stale SELECT page FROM results WHERE page IS NOT NULL AND name IN gone;
DELETE FROM results WHERE name IN gone;
DELETE FROM stale WHERE file IN (SELECT output FROM results UNION SELECT page FROM results);
DROP TABLE gone;
"""
_BY_ATTENTION = """
ORDER BY CASE r.status WHEN 'done' THEN 1 ELSE 0 END, json_extract(r.findings, '$.error') DESC,
json_extract(r.findings, '$.warning') DESC, j.position
"""


class Journal:
    """Jobs and results of one output folder."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=1)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.executescript("BEGIN EXCLUSIVE; COMMIT;" + _TABLES)
            if len(self._db.execute("PRAGMA table_info(results)").fetchall()) != _COLUMNS:
                # an earlier version's: none of its results would be taken anyway, for keys hold the version
                old = "INSERT OR IGNORE INTO stale SELECT output FROM results WHERE output IS NOT NULL;"
                self._db.executescript(old + "DROP TABLE results;" + _TABLES)
        except sqlite3.OperationalError as error:
            raise GovWriterError(
                "结果文件夹正被另一个批量任务使用，或无法写入。",
                where=str(path),
                hint="请等那个任务结束，或换一个输出文件夹。",
                code="BATCH-107",
            ) from error
        except sqlite3.DatabaseError as error:
            raise GovWriterError(
                "进度日志已损坏。", where=str(path), hint="请删除该文件后重新运行。", code="BATCH-108"
            ) from error

    def plan(self, jobs: Iterator[Job | GovWriterError]) -> int:
        """Take the manifest's jobs in order, replacing the last run's list; returns how many."""
        count = 0
        with self._db:
            self._db.execute("DELETE FROM jobs")
            for count, job in enumerate(jobs, 1):
                if isinstance(job, Job):
                    record = json.dumps(job.as_dict(), ensure_ascii=False)
                    self._db.execute("INSERT INTO jobs VALUES (?, ?, ?, 1)", (count, job.name, record))
                else:
                    self._refuse(count, job)
        return count

    def _refuse(self, position: int, error: GovWriterError) -> None:
        """A row of the manifest that is no job: its line in the results is its error."""
        called, kind = (error.name, error.kind) if isinstance(error, RowError) else ("", "check")
        name = called or error.where or error.what
        self._db.execute("INSERT INTO jobs VALUES (?, ?, ?, 0)", (position, name, json.dumps({"kind": kind})))
        self.record_failure(name, str(error))

    def has_files(self, name: str, has: Callable[[str], bool], *, pages: bool) -> bool:
        """Whether the files of a finished job are still there.  has: tells of one by its name.

        pages: where there are findings a page is wanted, too.
        """
        row = self._db.execute("SELECT output, page, rules FROM results WHERE name = ?", (name,)).fetchone()
        if row is None or not row[0] or not has(row[0]):
            return False
        _, page, rules = row
        return not pages or rules == "{}" or bool(page and has(page))

    def record_failure(self, name: str, error: str) -> None:
        self.record(Outcome(name=name, status=Status.FAILED, error=error))

    def wanted(self, size: int) -> Iterator[list[Task]]:
        """The jobs in order, in chunks, each with the key of its last good result ("" if none)."""
        last = 0
        while True:
            rows = self._db.execute(
                "SELECT position, job, (SELECT key FROM results r WHERE r.name = j.name AND r.status = 'done')"
                " FROM jobs j WHERE position > ? AND wanted = 1 ORDER BY position LIMIT ?",
                (last, size),
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [(Job.from_dict(json.loads(record)), key or "") for _, record, key in rows]

    def record(self, outcome: Outcome, *, output: str | None = None, page: str | None = None) -> None:
        """Write down what became of a job (not committed: call ``commit``).  output, page: its files, by name."""
        self._db.execute(_REPLACED, {"name": outcome.name, "output": output, "page": page})
        self._db.execute(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                outcome.name,
                outcome.key,
                str(outcome.status),
                output,
                outcome.error,
                json.dumps(dict(outcome.findings)),
                json.dumps(dict(outcome.rules)),
                outcome.figures,
                outcome.supported,
                outcome.seconds,
                page,
            ),
        )

    def commit(self) -> None:
        self._db.commit()

    def results(self, order: str = "position") -> Iterator[dict[str, object]]:
        """One record per job: in the manifest's order, or by "attention" (gravest first)."""
        rows = self._db.execute(_RESULTS + (_IN_ORDER if order == "position" else _BY_ATTENTION))
        for name, kind, status, output, page, error, findings, seconds, rules, figures, supported in rows:
            yield {
                "name": name,
                "job": kind or "check",
                "status": status or str(Status.FAILED),
                "output": output,
                "page": page,
                "error": error if status else "未执行（任务中断）。",
                "findings": {"error": 0, "warning": 0, "info": 0, **json.loads(findings or "{}")},
                "seconds": round(seconds or 0.0, 3),
                "rules": json.loads(rules or "{}"),
                "figures": figures or 0,
                "supported": supported or 0,
            }

    def clear(self, remove: Callable[[str], bool]) -> None:
        """Forget jobs that the manifest no longer has, and remove the files that say nothing of this run's jobs.

        remove: takes a file away by its name and tells whether it is gone; one that stays is tried again next time.
        """
        self._db.commit()
        self._db.executescript(f"BEGIN;{_RETIRE}COMMIT;")
        last = ""
        while files := self._db.execute(
            "SELECT file FROM stale WHERE file > ? ORDER BY file LIMIT 500", (last,)
        ).fetchall():
            last = files[-1][0]
            self._db.executemany("DELETE FROM stale WHERE file = ?", (one for one in files if remove(*one)))
            self._db.commit()

    def close(self) -> None:
        """Keep what was recorded, whatever ended the run."""
        with suppress(sqlite3.Error):
            self._db.commit()
        self._db.close()
