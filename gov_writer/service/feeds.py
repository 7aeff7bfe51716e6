"""News of jobs for event streams: however many follow a job, the database is asked once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from anyio import to_thread

from gov_writer.service.store import Store
from gov_writer.service.tables import EventRow

#: How old news may be, in seconds; and after how long nobody's feed is forgotten.
POLL_S, _IDLE_S = 0.25, 10.0


@dataclass(slots=True)
class _Feed:
    at: float = -1e9
    status: str | None = None
    events: list[EventRow] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Feeds:
    """store: the service's own; whoever follows has been let in before.  Used on one event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._feeds: dict[str, _Feed] = {}

    async def news(self, job: str, after: int) -> tuple[str | None, list[EventRow]]:
        """The job's status (None when it is gone) and its events after that id.

        Raises GovWriterError HTTP-503 while the database is away.
        """
        feed = self._feeds.setdefault(job, _Feed())
        async with feed.lock:
            if not after or time.monotonic() - feed.at >= POLL_S:
                await self._asked(job, feed)
        events = feed.events
        if not events or events[-1].id <= after:
            return feed.status, []
        return feed.status, [event for event in events if event.id > after]

    async def _asked(self, job: str, feed: _Feed) -> None:
        last = feed.events[-1].id if feed.events else 0
        status, fresh = await to_thread.run_sync(self._store.progress, job, last)
        feed.events += fresh
        feed.status, feed.at = status, time.monotonic()
        self._tidy()

    def _tidy(self) -> None:
        now = time.monotonic()
        for job in [job for job, feed in self._feeds.items() if now - feed.at > _IDLE_S]:
            del self._feeds[job]
