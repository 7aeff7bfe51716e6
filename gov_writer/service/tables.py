"""The tables.  A document's table is ``Owned``: it belongs to a unit, and the database does the rest."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import BigInteger, Boolean, Float, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_COUNTED = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables."""


class Owned:
    """A table of documents.  A session opened for somebody finds only rows of the units that this person may
    read, writes only rows of the own unit (``unit`` is filled in), and leaves an audit row for what was read
    and changed, under ``audit_name``.  Every table that holds a text or a file must inherit from this."""

    unit: Mapped[str] = mapped_column(String(32), index=True)
    #: Rows that are only a part of what ``audit_name`` names: making one changes the document.
    audit_part: ClassVar[bool] = False

    @property
    def audit_name(self) -> str:
        """Which document this row is part of, for the audit log; "" for rows that are not worth a line."""
        return ""


class JobRow(Owned, Base):
    """A draft, a batch or a check that was kept.  status: queued, running, done, failed.

    title: for the history.  times: seconds since 1970.  owner: the account that made it, "" without one.
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
    owner: Mapped[str] = mapped_column(String(32), default="")
    __table_args__ = (Index("jobs_by_status", "status", "created"),)

    @property
    def audit_name(self) -> str:
        return f"job:{self.id}"


class FileRow(Owned, Base):
    """A file that a job left: draft.docx, results.jsonl."""

    __tablename__ = "files"
    job: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    audit_part: ClassVar[bool] = True

    @property
    def audit_name(self) -> str:
        return f"job:{self.job}"


class EventRow(Owned, Base):
    """One step of a job's progress, for its event stream."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(_COUNTED, primary_key=True)
    job: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(40))
    data: Mapped[str] = mapped_column(Text)


class DismissalRow(Owned, Base):
    """A finding that a person set aside.  document: hash of the document's title line; finding: its mark."""

    __tablename__ = "dismissals"
    unit: Mapped[str] = mapped_column(String(32), primary_key=True)
    document: Mapped[str] = mapped_column(String(64), primary_key=True)
    finding: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500))
    created: Mapped[float] = mapped_column(Float)

    @property
    def audit_name(self) -> str:
        return f"findings:{self.document[:16]}"


class SameRow(Owned, Base):
    """A document that a person called a version of another.  document, of: hashes of title lines; ``of`` is never
    itself a version of another."""

    __tablename__ = "same_documents"
    unit: Mapped[str] = mapped_column(String(32), primary_key=True)
    document: Mapped[str] = mapped_column(String(64), primary_key=True)
    of: Mapped[str] = mapped_column(String(64))
    created: Mapped[float] = mapped_column(Float)

    @property
    def audit_name(self) -> str:
        return f"findings:{self.document[:16]}"


class UnitRow(Base):
    """An office (单位)."""

    __tablename__ = "units"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    created: Mapped[float] = mapped_column(Float)


class UserRow(Base):
    """An account.  name: what one logs in with.  password: an argon2 hash with its parameters."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(32))
    password: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(Boolean)
    created: Mapped[float] = mapped_column(Float)


class GrantRow(Base):
    """A unit that a reviewer may read."""

    __tablename__ = "grants"
    user: Mapped[str] = mapped_column(String(32), primary_key=True)
    unit: Mapped[str] = mapped_column(String(32), primary_key=True)


class SessionRow(Base):
    """A browser that is logged in.  id: hash of what its cookie holds.  seen: the latest request."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created: Mapped[float] = mapped_column(Float)
    seen: Mapped[float] = mapped_column(Float)


class TokenRow(Base):
    """A person's token for programs.  hash: of the token, which is shown once.  expires: None is never."""

    __tablename__ = "tokens"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str] = mapped_column(String(100))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    created: Mapped[float] = mapped_column(Float)
    expires: Mapped[float | None] = mapped_column(Float)


class RuleRow(Base):
    """What an office changed about a rule.  severity: None leaves the rule's own."""

    __tablename__ = "rule_settings"
    unit: Mapped[str] = mapped_column(String(32), primary_key=True)
    rule: Mapped[str] = mapped_column(String(16), primary_key=True)
    enabled: Mapped[bool] = mapped_column(Boolean)
    severity: Mapped[str | None] = mapped_column(String(16))


class AuditRow(Base):
    """One line of the audit log; never changed or deleted (the database refuses).

    time: milliseconds since 1970.  user: account id or "".  name: as it was called then.  details: JSON.
    previous: the hash of the line before.  hash: of this line with ``previous`` in it.
    """

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(_COUNTED, primary_key=True, autoincrement=False)
    time: Mapped[int] = mapped_column(BigInteger)
    user: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String(200))
    details: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """The one row that says where the chain ends; its lock puts writers in a line."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
