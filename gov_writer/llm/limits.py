"""A rate and a budget that all processes of one run keep together.

The state is one row in an SQLite file: when the next request and the next token may go out, and what was spent.
Reserving is one short transaction; whoever reserves waits outside of it. A worker that dies with a reservation
leaves at most a gap, never a burst. Times are the wall clock's, since processes share no other.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from gov_writer.llm.ask import Fault
from gov_writer.settings import EngineSettings

_TABLE = """CREATE TABLE IF NOT EXISTS state (
  one INTEGER PRIMARY KEY CHECK (one = 1), next_request REAL NOT NULL, next_token REAL NOT NULL,
  spent INTEGER NOT NULL, requests INTEGER NOT NULL);
INSERT OR IGNORE INTO state VALUES (1, 0, 0, 0, 0);"""
#: Seconds to wait for another process's transaction.
_PATIENCE = 30.0
#: A clock that was set back must not stop everybody: no reservation lies further ahead than this.
_FURTHEST, _LONGEST_HOLD = 24 * 3600.0, 600.0


@dataclass(frozen=True, slots=True)
class Spending:
    """What the processes spent together.  tokens: sent and received, as far as the endpoint or an estimate tells."""

    requests: int
    tokens: int


class Shared(Protocol):
    """Where places and tokens are given out."""

    def reserve(self, tokens: int) -> float:
        """Take a place for one request of about so many tokens; seconds to wait before it may go out.

        Raises Fault (fatal) when the budget does not allow it.
        """

    def settle(self, reserved: int, used: int) -> None:
        """Put right what a reservation estimated, once the answer tells what it took (0 for none)."""

    def hold(self, seconds: float) -> None:
        """Nobody asks for so long: the endpoint said that it is too much (429, Retry-After)."""


@dataclass(slots=True, kw_only=True)
class Bucket:
    """The state and its rules.  requests_per_minute, tokens_per_minute, budget (tokens in all): None is unlimited."""

    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    budget: int | None = None
    next_request: float = 0.0
    next_token: float = 0.0
    spent: int = 0
    requests: int = 0

    def reserve(self, tokens: int, now: float) -> float | None:
        """Seconds to wait; None where the budget does not allow it."""
        if self.budget is not None and self.spent + tokens > self.budget:
            return None
        at = max(now, *(min(ahead, now + _FURTHEST) for ahead in (self.next_request, self.next_token)))
        self.next_request = at + (60.0 / self.requests_per_minute if self.requests_per_minute else 0.0)
        self.next_token = at + tokens * self._per_token
        self.spent += tokens
        self.requests += 1
        return at - now

    def settle(self, reserved: int, used: int) -> None:
        self.spent = max(0, self.spent + used - reserved)
        self.next_token += (used - reserved) * self._per_token

    def hold(self, seconds: float, now: float) -> None:
        self.next_request = max(self.next_request, now + min(seconds, _LONGEST_HOLD))

    @property
    def _per_token(self) -> float:
        return 60.0 / self.tokens_per_minute if self.tokens_per_minute else 0.0


def used_up(budget: int | None) -> Fault:
    """What a draft is told when the budget is spent: no further question can succeed."""
    shown = "" if budget is None else f"（{budget}）"
    return Fault(f"本次任务的词元预算{shown}已用完", fatal=True)


class Limits:
    """The shared limits of one file; safe in any number of processes and threads of a machine."""

    def __init__(self, path: str | Path, bucket: Bucket, *, clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock, self._bucket = str(path), clock, bucket
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        db = self._open()
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.executescript(_TABLE)
        finally:
            db.close()

    def reserve(self, tokens: int) -> float:
        with self._changing() as bucket:
            wait = bucket.reserve(tokens, self._clock())
        if wait is None:
            raise used_up(bucket.budget)
        return wait

    def settle(self, reserved: int, used: int) -> None:
        if reserved != used:
            with self._changing() as bucket:
                bucket.settle(reserved, used)

    def hold(self, seconds: float) -> None:
        with self._changing() as bucket:
            bucket.hold(seconds, self._clock())

    def spending(self) -> Spending:
        """What was spent by now."""
        with self._changing() as bucket:
            return Spending(bucket.requests, bucket.spent)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)

    @contextmanager
    def _changing(self) -> Iterator[Bucket]:
        """The state inside one exclusive transaction; kept when nothing went wrong."""
        db = self._open()
        try:
            db.execute("BEGIN IMMEDIATE")
            row = db.execute("SELECT next_request, next_token, spent, requests FROM state").fetchone()
            bucket = replace(
                self._bucket, next_request=row[0], next_token=row[1], spent=row[2], requests=row[3]
            )
            yield bucket
            db.execute(
                "UPDATE state SET next_request=?, next_token=?, spent=?, requests=?",
                (bucket.next_request, bucket.next_token, bucket.spent, bucket.requests),
            )
            db.execute("COMMIT")
        finally:
            db.close()  # an open transaction is rolled back


_central: list[Shared] = []


def use(central: Shared | None) -> None:
    """Ask there instead of in a file (a cluster's workers ask the scheduler); None ends it."""
    _central[:] = [] if central is None else [central]


def shared(settings: EngineSettings) -> Shared | None:
    """The limits of the run that this process belongs to; of its own where tokens are limited; else None."""
    if _central:
        return _central[0]
    limited = settings.tokens_per_minute is not None or settings.token_budget is not None
    path = settings.limits
    if not limited and (path is None or not settings.requests_per_minute):
        return None
    if path is None:
        path = str(Path(tempfile.mkdtemp(prefix="gov-writer-limits-")) / "limits.sqlite")
    return Limits(path, bucket_of(settings))


def bucket_of(settings: EngineSettings) -> Bucket:
    """The rules as the settings have them."""
    return Bucket(
        requests_per_minute=settings.requests_per_minute,
        tokens_per_minute=settings.tokens_per_minute,
        budget=settings.token_budget,
    )
