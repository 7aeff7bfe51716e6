"""The audit log's hash chain: each line holds the hash of the one before.

Writers of both databases stand in a line at one row's lock.  Where the chain ends is also written to a file
outside the database, so that lines cut off at its end show too.  Nothing in here changes or deletes a line.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gov_writer.service.people import Who
from gov_writer.service.tables import AuditHeadRow, AuditRow

#: What the first line holds in place of a previous hash.
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Note:
    """What happened.  action: ``read``, ``create``, ``change``, ``delete``, ``login`` …; object: ``job:…``,
    ``user:…``.  details: never a text's contents."""

    action: str
    object: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """The last line: its number (0 for none) and hash."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.  broken: the first line that is wrong, None when all hold; lines: how many."""

    lines: int
    head: Head
    broken: int | None
    reason: str = ""


def append(session: Session, who: Who | None, notes: Sequence[Note]) -> Head:
    """Add lines in this transaction, as its last step; returns the new head."""
    locked = update(AuditHeadRow).where(AuditHeadRow.id == 1).values(number=AuditHeadRow.number + len(notes))
    number, last = session.execute(locked.returning(AuditHeadRow.number, AuditHeadRow.hash)).one()
    number -= len(notes)
    now = time.time_ns() // 1_000_000
    for note in notes:
        number += 1
        row = AuditRow(
            number=number,
            time=now,
            user=who.user if who else "",
            name=_plain(who.name, 64) if who else "系统",
            unit=who.unit if who else "",
            action=note.action[:40],
            object=_plain(note.object, 200),
            details=_plain(_told(who, note), 4000),
            address=_plain(who.address if who else str(note.details.get("address", "")), 64),
            previous=last,
        )
        row.hash = last = digest(row)
        session.add(row)
    session.execute(update(AuditHeadRow).where(AuditHeadRow.id == 1).values(hash=last))
    return Head(number, last)


def digest(row: AuditRow) -> str:
    """The hash of a line, over everything in it and the hash before."""
    values = [row.number, row.time, row.user, row.name, row.unit, row.action, row.object, row.details]
    words = json.dumps([*values, row.address, row.previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def verify(session: Session, known: Sequence[Head] = ()) -> Verdict:
    """Walk the whole chain.  known: heads that were noted outside; each must still be in the chain.

    Lines may be added meanwhile: what is held against the chain was read before it.
    """
    kept = session.execute(select(AuditHeadRow.number, AuditHeadRow.hash)).one_or_none()
    wanted: dict[int, set[str]] = {}
    for head in known:
        if head.number:
            wanted.setdefault(head.number, set()).add(head.hash)
    last, number = START, 0
    rows = session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=500))
    for row in rows:
        if row.number != number + 1:
            break
        reason = ""
        if row.previous != last:
            reason = "与上一行接不上。"
        elif row.hash != digest(row):
            reason = "的内容与校验值不符。"
        elif wanted.pop(row.number, {row.hash}) != {row.hash}:
            reason = "与库外记下的链头不符，到这一行为止的记录被整段改写过。"
        if reason:
            return Verdict(number, Head(number, last), row.number, f"第 {row.number} 行{reason}")
        number, last = row.number, row.hash
        if kept is not None and kept.number == number and kept.hash == last:
            kept = None
        session.expunge(row)
    else:
        if not wanted and (kept is None or kept.number == 0):
            return Verdict(number, Head(number, last), None)
    return Verdict(number, Head(number, last), number + 1, f"第 {number + 1} 行不见了，可能连同后面的行。")


def write_head(path: Path, head: Head) -> None:
    """Note the head outside the database; a later head is never replaced by an earlier one."""
    import fcntl

    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        before = os.pread(handle, 200, 0).split()
        if before and before[0].isdigit() and int(before[0]) > head.number:
            return
        os.pwrite(handle, f"{head.number:020d} {head.hash}\n".encode(), 0)
    finally:
        os.close(handle)


def read_head(path: Path) -> Head | None:
    """The head that was noted; None where there is no such file."""
    try:
        number, digest_ = path.read_text("ascii").split()
        return Head(int(number), digest_)
    except (OSError, ValueError):
        return None


def _told(who: Who | None, note: Note) -> str:
    how = {"how": who.how} if who else {}
    return json.dumps({**how, **note.details}, ensure_ascii=False, sort_keys=True)


def _plain(words: str, most: int) -> str:
    return words.replace("\0", "").encode("utf-8", "replace").decode()[:most]
