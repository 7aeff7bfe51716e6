"""Jobs that survive a restart, in a real database (SQLite in WAL mode, or PostgreSQL by address)."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    create_engine,
    delete,
    event,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from gov_writer.errors import GovWriterError


class Base(DeclarativeBase):
    """All tables."""


class JobRow(Base):
    """A draft, a batch or a check that was kept.  status: queued, running, done, failed.

    title: for the history.  times: seconds since 1970.
    """

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(16))
    request: Mapped[bytes] = mapped_column(LargeBinary)
    result: Mapped[str | None] = mapped_column(Text)
    created: Mapped[float] = mapped_column(Float)
    updated: Mapped[float] = mapped_column(Float)
    __table_args__ = (Index("jobs_by_status", "status", "created"),)


class FileRow(Base):
    """A file that a job left: draft.docx, results.jsonl."""

    __tablename__ = "files"
    job: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class EventRow(Base):
    """One step of a job's progress, for its event stream."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    job: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(40))
    data: Mapped[str] = mapped_column(Text)


class DismissalRow(Base):
    """A finding that a person set aside.  document: hash of the document's title line; finding: its mark."""

    __tablename__ = "dismissals"
    document: Mapped[str] = mapped_column(String(64), primary_key=True)
    finding: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500))
    created: Mapped[float] = mapped_column(Float)


class Store:
    """All that the service keeps.  Methods raise GovWriterError HTTP-503 when the database is away."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(url, pool_pre_ping=True)
        if url.startswith("sqlite"):
            event.listen(self._engine, "connect", _sqlite_pragmas)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)

    def migrate(self) -> None:
        """Bring the tables to this version's shape."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._guarded(), self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise GovWriterError(
                "数据库暂时不可用。", hint="请稍后再试；仍不行请联系技术人员。", code="HTTP-503"
            ) from error

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._guarded(), self._sessions.begin() as session:
            yield session

    def alive(self) -> bool:
        try:
            with self._session() as session:
                session.execute(text("SELECT 1"))
        except GovWriterError:
            return False
        return True

    def add(self, kind: str, request: bytes, *, title: str = "", status: str = "queued") -> str:
        """Queue a job, or keep one that is done; returns its id, which cannot be guessed."""
        job = secrets.token_hex(16)
        now = time.time()
        with self._session() as session:
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
                )
            )
        return job

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
            for name, content in files.items():
                session.merge(FileRow(job=job, name=name, content=content))
            session.execute(
                update(JobRow)
                .where(JobRow.id == job)
                .values(status=status, result=_json(result), updated=time.time())
            )

    def get(self, job: str) -> JobRow | None:
        with self._session() as session:
            return session.get(JobRow, job)

    def recent(self, limit: int = 100) -> list[tuple[str, str, str, str, float]]:
        """The latest jobs: id, kind, title, status, created."""
        wanted = select(JobRow.id, JobRow.kind, JobRow.title, JobRow.status, JobRow.created)
        with self._session() as session:
            rows = session.execute(wanted.order_by(JobRow.created.desc()).limit(limit))
            return [(r.id, r.kind, r.title, r.status, r.created) for r in rows]

    def file(self, job: str, name: str) -> bytes | None:
        with self._session() as session:
            row = session.get(FileRow, (job, name))
            return row.content if row else None

    def file_names(self, job: str) -> list[str]:
        with self._session() as session:
            return list(
                session.scalars(select(FileRow.name).where(FileRow.job == job).order_by(FileRow.name))
            )

    def say(self, job: str, name: str, data: dict[str, Any]) -> None:
        with self._session() as session:
            session.add(EventRow(job=job, name=name, data=_json(data)))

    def events(self, job: str, after: int) -> list[EventRow]:
        with self._session() as session:
            query = select(EventRow).where(EventRow.job == job, EventRow.id > after).order_by(EventRow.id)
            return list(session.scalars(query))

    def dismiss(self, document: str, finding: str, reason: str) -> None:
        """Set a finding of a document aside."""
        with self._session() as session:
            row = DismissalRow(
                document=document, finding=finding, reason=_storable(reason)[:500], created=time.time()
            )
            session.merge(row)

    def restore(self, document: str, finding: str) -> None:
        """Take that back."""
        with self._session() as session:
            session.execute(
                delete(DismissalRow).where(DismissalRow.document == document, DismissalRow.finding == finding)
            )

    def dismissed(self, document: str) -> dict[str, str]:
        """What was set aside in a document: the finding's mark and the reason."""
        with self._session() as session:
            rows = session.scalars(select(DismissalRow).where(DismissalRow.document == document))
            return {row.finding: row.reason for row in rows}

    def counts(self) -> dict[tuple[str, str], int]:
        """How many jobs there are of each kind and status."""
        with self._session() as session:
            query = select(JobRow.kind, JobRow.status, func.count()).group_by(JobRow.kind, JobRow.status)
            return {(kind, status): number for kind, status, number in session.execute(query)}

    def forget(self, before: float) -> int:
        """Delete for good what was last touched before that time."""
        with self._session() as session:
            old = list(session.scalars(select(JobRow.id).where(JobRow.updated < before)))
            for table, column in ((FileRow, FileRow.job), (EventRow, EventRow.job), (JobRow, JobRow.id)):
                session.execute(delete(table).where(column.in_(old)))
            session.execute(delete(DismissalRow).where(DismissalRow.created < before))
            return len(old)

    def close(self) -> None:
        self._engine.dispose()


def _json(data: dict[str, Any]) -> str:
    return _storable(json.dumps(data, ensure_ascii=False))


def _storable(words: str) -> str:
    """Without NUL and half surrogates, which a database refuses."""
    return words.replace("\0", "").encode("utf-8", "replace").decode()


def _sqlite_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
