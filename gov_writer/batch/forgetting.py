"""What a Dask cluster shall not remember of the reports that go through it.

``BatchedSend`` keeps the last 1,000 messages of each connection for whoever debugs it, and the messages to a worker hold
its tasks, files and all: 40 MB for a worker where reports have 3,000 characters, up to 1 GB where they are long. A
worker keeps 1,000 seconds of profiles, 40 kB each. All else that a scheduler or worker logs holds keys and times alone.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from distributed import SchedulerPlugin, WorkerPlugin

#: How many messages a connection remembers that is made while this is set.
LOGGED = "distributed.admin.low-level-log-length"
#: Seconds of profiles that a worker keeps.
PROFILED_S = 60
#: Submissions that a span remembers.
NOTED = 100
_MESSAGES = "recent_message_log"
_PROFILES = ("profile_history", "profile_keys_history")


class ForgetMessages(SchedulerPlugin):
    """On the scheduler: no connection to a worker keeps what it has sent; those of later workers neither."""

    name = "gov-writer-forget-messages"
    idempotent = True

    async def start(self, scheduler: Any) -> None:
        for stream in scheduler.stream_comms.values():
            _shorten(stream, _MESSAGES, 0)

    def add_worker(self, scheduler: Any, worker: str) -> None:
        _shorten(scheduler.stream_comms[worker], _MESSAGES, 0)

    def update_graph(self, scheduler: Any, **_: Any) -> None:
        """A span notes for each chunk that it is a future, without end."""
        for span in getattr(scheduler.extensions.get("spans"), "root_spans", ()):
            if noted := getattr(span, "_metadata", None):
                del noted["collections"][:-NOTED]


class ForgetProfiles(WorkerPlugin):
    """On the workers: profiles of the last minute."""

    name = "gov-writer-forget-profiles"
    idempotent = True

    def setup(self, worker: Any) -> None:
        for log in _PROFILES:
            _shorten(worker, log, PROFILED_S)


def _shorten(holder: Any, log: str, length: int) -> None:
    if hasattr(holder, log):  # else another version of Dask, which may keep it elsewhere
        setattr(holder, log, deque(getattr(holder, log), maxlen=length))
