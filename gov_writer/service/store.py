"""Jobs that survive a restart, in a real database (SQLite in WAL mode, or PostgreSQL by address)."""

from __future__ import annotations

import json
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from gov_writer.errors import GovWriterError
from gov_writer.service.database import Database, note
from gov_writer.service.people import LOCAL_UNIT, Who
from gov_writer.service.tables import DismissalRow, EventRow, FileRow, JobRow, SameRow


class Recent(NamedTuple):
    """A job for the history.  created: seconds since 1970."""

    id: str
    kind: str
    title: str
    status: str
    created: float
    unit: str


class Store:
    """All documents, as far as somebody may see them.  Methods raise GovWriterError HTTP-503 when the database is
    away, HTTP-507 when its disk is full, HTTP-403 for a change of what belongs to another unit.

    who: for whom; None is the service itself, which sees everything and writes for ``local``.
    most_jobs: that one account may have waiting or at work.
    """

    def __init__(self, database: Database, who: Who | None = None, *, most_jobs: int = 50) -> None:
        self.database, self._who, self._most_jobs = database, who, most_jobs

    def of(self, who: Who) -> Store:
        """The same documents as this person may see them."""
        return Store(self.database, who, most_jobs=self._most_jobs)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self.database.session(self._who) as session:
            yield session

    def alive(self) -> bool:
        return self.database.alive()

    def add(self, kind: str, request: bytes, *, title: str = "", status: str = "queued") -> str:
        """Queue a job, or keep one that is done; returns its id, which cannot be guessed."""
        job = secrets.token_hex(16)
        now = time.time()
        with self._session() as session:
            if self._who is not None and status == "queued":
                self._room_for_one(session, self._who)
            session.add(
                JobRow(
                    id=job,
                    kind=kind,
                    title=_storable(title)[:200],
                    status=status,
                    request=request,
                    result=None,
                    created=now,
                    updated=now,
                    unit=self.unit,
                    owner=self._who.user if self._who else "",
                )
            )
        return job

    def _room_for_one(self, session: Session, who: Who) -> None:
        open_ = JobRow.status.in_(("queued", "running"))
        query = select(func.count(JobRow.id)).where(open_, JobRow.owner == who.user, JobRow.unit == who.unit)
        if (session.scalar(query) or 0) >= self._most_jobs:
            raise GovWriterError(
                f"您有 {self._most_jobs} 个任务还没有做完。", hint="请等它们做完再交。", code="HTTP-429"
            )

    @property
    def unit(self) -> str:
        """Where what is kept belongs."""
        return self._who.unit if self._who else LOCAL_UNIT

    def take(self) -> JobRow | None:
        """The oldest queued job, now running; None when there is none.  Two takers never get the same."""
        with self._session() as session:
            query = select(JobRow).where(JobRow.status == "queued").order_by(JobRow.created).limit(1)
            row = session.scalars(query.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            won = session.execute(
                update(JobRow)
                .where(JobRow.id == row.id, JobRow.status == "queued")
                .values(status="running", updated=time.time())
            )
            return row if getattr(won, "rowcount", 0) == 1 else None

    def requeue_interrupted(self) -> int:
        """After a restart: what was running goes back into the queue."""
        with self._session() as session:
            done = session.execute(update(JobRow).where(JobRow.status == "running").values(status="queued"))
            return int(getattr(done, "rowcount", 0))

    def finish(self, job: str, status: str, result: dict[str, Any], files: dict[str, bytes]) -> None:
        with self._session() as session:
            row = session.get(JobRow, job)
            if row is None:  # deleted meanwhile
                return
            row.status, row.result, row.updated = status, _json(result), time.time()
            for name, content in files.items():
                session.merge(FileRow(job=job, name=name, content=content, unit=row.unit))

    def again(self, job: str, request: bytes, *, title: str) -> bool:
        """Queue a job once more with another request; False if it is waiting or at work already."""
        with self._session() as session:
            row = session.get(JobRow, job)
            if row is None or row.status in ("queued", "running"):
                return False
            if self._who is not None:
                self._room_for_one(session, self._who)
            row.request, row.title, row.status = request, _storable(title)[:200], "queued"
            row.updated = time.time()
            return True

    def put(self, job: str, name: str, content: bytes | None) -> None:
        """Keep a file of a job, or (None) drop it."""
        with self._session() as session:
            row = session.get(JobRow, job)
            if row is None:
                return
            row.updated = time.time()
            if content is not None:
                session.merge(FileRow(job=job, name=name, content=content, unit=row.unit))
            elif (file := session.get(FileRow, (job, name))) is not None:
                session.delete(file)

    def kept(self, job: str, prefix: str) -> dict[str, bytes]:
        """The files of a job whose names begin so, by name and in its order."""
        with self._session() as session:
            query = select(FileRow).where(
                FileRow.job == job, FileRow.name.startswith(prefix, autoescape=True)
            )
            return {row.name: row.content for row in session.scalars(query.order_by(FileRow.name))}

    def numbers(self, prefix: str) -> dict[str, int]:
        """How many files whose names begin so each job has."""
        with self._session() as session:
            query = select(FileRow.job, FileRow.name).where(FileRow.name.startswith(prefix, autoescape=True))
            return dict(Counter(job for job, _ in session.execute(query)))

    def get(self, job: str) -> JobRow | None:
        with self._session() as session:
            return session.get(JobRow, job)

    def recent(self, limit: int = 100) -> list[Recent]:
        """The latest jobs."""
        wanted = select(JobRow.id, JobRow.kind, JobRow.title, JobRow.status, JobRow.created, JobRow.unit)
        with self._session() as session:
            rows = session.execute(wanted.order_by(JobRow.created.desc()).limit(limit))
            return [Recent(r.id, r.kind, r.title, r.status, r.created, r.unit) for r in rows]

    def file(self, job: str, name: str) -> bytes | None:
        with self._session() as session:
            row = session.get(FileRow, (job, name))
            return row.content if row else None

    def file_names(self, job: str) -> list[str]:
        """What may be downloaded by its name: not versions and amendments, whose names have a ``/``."""
        with self._session() as session:
            query = select(FileRow.name).where(FileRow.job == job, ~FileRow.name.contains("/"))
            return list(session.scalars(query.order_by(FileRow.name)))

    def say(self, job: str, name: str, data: dict[str, Any]) -> None:
        with self._session() as session:
            session.add(EventRow(job=job, name=name, data=_json(data), unit=self.unit))

    def events(self, job: str, after: int) -> list[EventRow]:
        with self._session() as session:
            query = select(EventRow).where(EventRow.job == job, EventRow.id > after).order_by(EventRow.id)
            return list(session.scalars(query))

    def progress(self, job: str, after: int) -> tuple[str | None, list[EventRow]]:
        """A job's status, None when there is no such job, and its events after that id."""
        with self._session() as session:
            status = session.scalar(select(JobRow.status).where(JobRow.id == job))
            query = select(EventRow).where(EventRow.job == job, EventRow.id > after).order_by(EventRow.id)
            return status, list(session.scalars(query)) if status else []

    def dismiss(self, document: str, finding: str, reason: str) -> None:
        """Set a finding of a document aside."""
        with self._session() as session:
            row = DismissalRow(
                unit=self.unit,
                document=document,
                finding=finding,
                reason=_storable(reason)[:500],
                created=time.time(),
            )
            session.merge(row)

    def restore(self, document: str, finding: str) -> None:
        """Take that back, in all versions of the document."""
        with self._session() as session:
            for name in _versions_of(session, self.unit, document):
                row = session.get(DismissalRow, (self.unit, name, finding))
                if row is not None:
                    session.delete(row)

    def dismissed(self, document: str, unit: str = "") -> dict[str, str]:
        """What a unit ("" is the own one) set aside in a document, all its versions together: the finding's mark and
        the reason."""
        unit = unit or self.unit
        with self._session() as session:
            names = _versions_of(session, unit, document)
            query = select(DismissalRow).where(DismissalRow.unit == unit, DismissalRow.document.in_(names))
            return {row.finding: row.reason for row in session.scalars(query)}

    def same(self) -> dict[tuple[str, str], str]:
        """Which documents people called versions of which: (unit, document) and the document."""
        with self._session() as session:
            return {(row.unit, row.document): row.of for row in session.scalars(select(SameRow))}

    def join(self, document: str, of: str) -> None:
        """A document of the own unit is a version of another, and so is what was a version of it; a version of
        itself is on its own again."""
        with self._session() as session:
            same = _same(session, self.unit)
            root = same.get(of, of)
            if of == document:
                if of in same:
                    session.delete(session.get_one(SameRow, (self.unit, of)))
            elif root != document:
                for one in (document, *(each for each, its in same.items() if its == document)):
                    session.merge(SameRow(unit=self.unit, document=one, of=root, created=time.time()))

    def counts(self) -> dict[tuple[str, str], int]:
        """How many jobs there are of each kind and status."""
        with self._session() as session:
            query = select(JobRow.kind, JobRow.status, func.count()).group_by(JobRow.kind, JobRow.status)
            return {(kind, status): number for kind, status, number in session.execute(query)}

    def forget(self, before: float) -> int:
        """Delete for good what was last touched before that time."""
        with self._session() as session:
            old = list(session.scalars(select(JobRow.id).where(JobRow.updated < before)))
            for job in old:
                note(session, "delete", f"job:{job}", reason="retention")
            for table, column in ((FileRow, FileRow.job), (EventRow, EventRow.job), (JobRow, JobRow.id)):
                session.execute(delete(table).where(column.in_(old)))
            session.execute(delete(DismissalRow).where(DismissalRow.created < before))
            session.execute(delete(SameRow).where(SameRow.created < before))
            forgotten = len(old)
        if forgotten:
            self.database.scrub()
        return forgotten


def _same(session: Session, unit: str) -> dict[str, str]:
    rows = session.scalars(select(SameRow).where(SameRow.unit == unit))
    return {row.document: row.of for row in rows}


def _versions_of(session: Session, unit: str, document: str) -> list[str]:
    """A document and all that a unit called versions of the same."""
    same = _same(session, unit)
    root = same.get(document, document)
    return sorted({root, document, *(one for one, of in same.items() if of == root)})


def _json(data: dict[str, Any]) -> str:
    return _storable(json.dumps(data, ensure_ascii=False))


def _storable(words: str) -> str:
    """Without NUL and half surrogates, which a database refuses."""
    return words.replace("\0", "").encode("utf-8", "replace").decode()
