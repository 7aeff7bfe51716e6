"""The database, and the one place where documents are kept apart: every session that is opened for somebody.

``session(who)`` finds only what this person may read, writes only into the own unit, and notes in the audit log
what was read and changed.  ``session()`` is for the service's own work and sees everything.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria

from gov_writer.errors import GovWriterError
from gov_writer.service import chain
from gov_writer.service.chain import Note
from gov_writer.service.people import Who
from gov_writer.service.tables import Base, Owned

LOG = logging.getLogger("gov_writer.service")
#: Seconds in which repeated reads of a document by the same person are one line of the audit log.
SAME_READ_S = 300.0
#: The end of the audit log goes to the service's log at most once in so many seconds.
HEAD_LOGGED_S = 60.0
_FULL = ("database or disk is full", "No space left", "DiskFull", "disk I/O error")


class Database:
    """Connections to one database.  Everything raises GovWriterError HTTP-503 while it is away and HTTP-507 when
    its disk is full.

    head: file in which the end of the audit log is noted; None notes it nowhere.
    """

    def __init__(self, url: str, *, head: Path | None = None) -> None:
        if url.startswith("sqlite:///"):
            place = Path(url.removeprefix("sqlite:///"))
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.name.startswith(":") and "?" not in url:
                with suppress(OSError):  # SQLite tells
                    place.touch(mode=0o600)  # others on the machine don't read it; the files beside it follow
        self.sqlite = url.startswith("sqlite")
        waits = {} if self.sqlite else {"connect_timeout": 5, "options": "-c lock_timeout=10000"}
        pool: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_timeout": 10}
        self.engine = create_engine(url, pool_pre_ping=True, connect_args=waits, **pool)
        if self.sqlite:
            event.listen(self.engine, "connect", _sqlite_pragmas)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, class_=_Kept)
        self._head = head
        self._told = self._full = -1e9
        self._lock = threading.Lock()
        self._read: dict[tuple[str, str], float] = {}

    def migrate(self) -> None:
        """Bring the tables to this version's shape."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.guarded(), self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "heads")

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Faults of the database as GovWriterError."""
        try:
            yield
        except SQLAlchemyError as error:
            told = _explained(error)
            if told.code == "HTTP-507":
                self._full = time.monotonic()
            raise told from error

    @contextmanager
    def session(self, who: Who | None = None) -> Iterator[Session]:
        """One transaction.  who: for whom; None is the service itself, which sees everything."""
        with self.guarded():
            with self._sessions() as session, session.begin():
                session.info.update(who=who, notes=[], read=set())
                yield session
                session.flush()
                notes: list[Note] = session.info["notes"]
                head = chain.append(session, who, _once(notes)) if notes else None
            changed = {note.object for note in notes}
            fresh = self._unnoted(who, session.info["read"] - changed) if who else []
            if fresh:
                with self._sessions() as session, session.begin():
                    head = chain.append(session, who, [Note("read", name) for name in fresh])
        if head is not None:
            self._noted(head)

    def _unnoted(self, who: Who, names: set[str]) -> list[str]:
        """Those that this person did not read just before."""
        now, reader = time.monotonic(), f"{who.how} {who.user} {who.address}"
        if who.how == "service":
            return []
        with self._lock:
            if len(self._read) > 20_000:
                self._read = {key: at for key, at in self._read.items() if now - at < SAME_READ_S}
            fresh = sorted(n for n in names if now - self._read.get((reader, n), -1e9) >= SAME_READ_S)
            self._read.update(((reader, name), now) for name in fresh)
        return fresh

    def _noted(self, head: chain.Head) -> None:
        now = time.monotonic()
        if now - self._told > HEAD_LOGGED_S:
            self._told = now
            LOG.info(json.dumps({"audit": head.number, "hash": head.hash}))
        if self._head is None:
            return
        try:
            chain.write_head(self._head, head)
        except OSError as error:
            LOG.warning(json.dumps({"message": "audit head not written", "reason": type(error).__name__}))

    def full_within(self, seconds: float) -> bool:
        """Whether its disk was full not longer ago."""
        return time.monotonic() - self._full < seconds

    def scrub(self) -> None:
        """What was deleted is gone from the disk too: SQLite overwrites it (``secure_delete``), moves its log into
        the file and gives the room back; PostgreSQL frees the rows.  Backups are the office's to delete."""
        with self.guarded(), self.engine.connect() as connection:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            if self.sqlite:
                plain.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            plain.execute(text("VACUUM"))
            if self.sqlite:
                plain.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def noted_head(self) -> chain.Head | None:
        """Where the audit log ended as noted outside; None where nothing is noted."""
        return chain.read_head(self._head) if self._head else None

    def alive(self) -> bool:
        """Whether it answers."""
        try:
            with self.session() as session:
                session.execute(text("SELECT 1"))
        except GovWriterError:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


def note(session: Session, action: str, name: str, /, **details: Any) -> None:
    """Add a line to the audit log, in this transaction."""
    session.info["notes"].append(Note(action, name, details))


class _Kept(Session):
    """A session that keeps units apart; see the listeners below."""


@event.listens_for(_Kept, "do_orm_execute")
def _filtered(state: ORMExecuteState) -> None:
    who: Who | None = state.session.info.get("who")
    if who is None:
        return
    mapper = state.bind_mapper
    changes = not state.is_select and mapper is not None and issubclass(mapper.class_, Owned)
    if changes or not state.is_orm_statement:  # it would pass by the check of units and the audit log
        raise RuntimeError(
            "in a session that is opened for somebody rows are read and changed through the ORM"
        )
    if not state.is_select:
        return
    for table in _owned():
        state.statement = state.statement.options(
            with_loader_criteria(table, table.unit.in_(sorted(who.reads)), include_aliases=True)
        )


@event.listens_for(_Kept, "before_flush")
def _own_unit(session: Session, _context: Any, _objects: Any) -> None:
    who: Who | None = session.info.get("who")
    if who is None:
        return
    for action, rows in (("create", session.new), ("change", session.dirty), ("delete", session.deleted)):
        for row in rows:
            if not isinstance(row, Owned):
                continue
            if not getattr(row, "unit", None):
                row.unit = who.unit
            if row.unit != who.unit:
                raise GovWriterError(
                    "这份文档属于别的单位，只能看，不能改。", hint="请由本单位经办。", code="HTTP-403"
                )
            if row.audit_name and (action != "change" or session.is_modified(row)):
                session.info["notes"].append(Note("change" if row.audit_part else action, row.audit_name))


@event.listens_for(Owned, "load", propagate=True)
def _loaded(row: Owned, context: Any) -> None:
    if context is None:  # merged into a session: it is new
        return
    if context.session.info.get("who") is not None and row.audit_name:
        context.session.info["read"].add(row.audit_name)


def _owned() -> list[type[Owned]]:
    return [m.class_ for m in Base.registry.mappers if issubclass(m.class_, Owned)]


def _once(notes: list[Note]) -> list[Note]:
    """Without a document's change where its creation is noted too, and nothing twice."""
    seen: dict[tuple[str, str, str], Note] = {}
    made = {note.object for note in notes if note.action == "create"}
    for one in notes:
        if one.action != "change" or one.object not in made:
            seen.setdefault((one.action, one.object, repr(one.details)), one)
    return list(seen.values())


def _explained(error: SQLAlchemyError) -> GovWriterError:
    if isinstance(error, DataError):  # NUL, in a name or an address that somebody made up
        return GovWriterError("请求里有不能用的字符。", hint="请去掉控制字符后再试。", code="HTTP-422")
    if isinstance(error, IntegrityError):
        return GovWriterError("有人同时改了同一处。", hint="请刷新后再试。", code="HTTP-409")
    words = str(error.orig) if isinstance(error, DBAPIError) else ""
    if (
        any(sign in words for sign in _FULL)
        or getattr(getattr(error, "orig", None), "sqlstate", "") == "53100"
    ):
        return GovWriterError(
            "服务器磁盘已满，没有存下来。", hint="请联系技术人员清理磁盘后再试。", code="HTTP-507"
        )
    return GovWriterError("数据库暂时不可用。", hint="请稍后再试；仍不行请联系技术人员。", code="HTTP-503")


def _sqlite_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
