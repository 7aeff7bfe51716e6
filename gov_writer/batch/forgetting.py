"""What a Dask cluster shall not remember of the reports that go through it.

``BatchedSend`` keeps the last 1,000 messages of each connection for whoever debugs it, and the messages to a worker hold
its tasks, files and all: 40 MB for a worker where reports have 3,000 characters, up to 1 GB where they are long. A
worker profiles what it runs, 50 kB a second for 1,000 seconds. Transitions, stimuli and events hold keys and times
alone, but a thousand of each for every topic, worker and client fill slowly: what is there grows over hours. ``key_split``
remembers the name within each of the last 100,000 keys, and every chunk has one. Dask's own settings for all but this (``distributed.worker.profile.enabled``, ``distributed.admin.low-level-log-length``) are read when its processes
start, before this program knows them; docs/batch.md names them for who starts a cluster for this program alone.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Any

from dask.utils import key_split
from distributed import SchedulerPlugin, WorkerPlugin

#: How many messages a connection remembers that is made while this is set.
LOGGED = "distributed.admin.low-level-log-length"
#: Entries that a log without contents keeps: submissions of a span, transitions, stimuli, events of a topic.
NOTED = 100
_MESSAGES = "recent_message_log"
_PROFILES = ("profile_history", "profile_keys_history")
_TRANSFERS = ("transfer_incoming_log", "transfer_outgoing_log")
_PROFILERS = ("profile", "profile-cycle")


class ForgetMessages(SchedulerPlugin):
    """On the scheduler: no connection keeps what it has sent, those of later workers and clients neither, and what is
    noted of each step stays short."""

    name = "gov-writer-forget-messages"
    idempotent = True

    async def start(self, scheduler: Any) -> None:
        for stream in scheduler.stream_comms.values():
            _shorten(stream, 0, _MESSAGES)
        _shorten(scheduler, NOTED, "transition_log")
        topics: Any = getattr(getattr(scheduler, "_broker", None), "_topics", {})
        for topic in topics.values():
            _shorten(topic, NOTED, "events")
        if isinstance(made := getattr(topics, "default_factory", None), partial):
            topics.default_factory = partial(made.func, maxlen=NOTED)

    def add_worker(self, scheduler: Any, worker: str) -> None:
        _shorten(scheduler.stream_comms[worker], 0, _MESSAGES)

    def update_graph(self, scheduler: Any, *, client: str, **_: Any) -> None:
        """A span notes for each chunk that it is a future, without end; and this client may have come after ``start``."""
        _shorten(scheduler.client_comms.get(client), 0, _MESSAGES)
        for span in getattr(scheduler.extensions.get("spans"), "root_spans", ()):
            if noted := getattr(span, "_metadata", None):
                del noted["collections"][:-NOTED]
        _forget_keys()


class ForgetProfiles(WorkerPlugin):
    """On the workers: no profiles, and short logs."""

    name = "gov-writer-forget-profiles"
    idempotent = True

    def setup(self, worker: Any) -> None:
        for profiler in _PROFILERS:
            if callback := worker.periodic_callbacks.pop(profiler, None):
                callback.stop()
        _shorten(worker, 0, *_PROFILES)
        _shorten(worker, NOTED, *_TRANSFERS)
        _shorten(worker.state, NOTED, "log", "stimulus_log")
        _shorten(worker.batched_stream, 0, _MESSAGES)

    def transition(self, *_: Any, **__: Any) -> None:
        _forget_keys()


def _forget_keys() -> None:
    if key_split.cache_info().currsize > NOTED:
        key_split.cache_clear()


def _shorten(holder: Any, length: int, *logs: str) -> None:
    for log in logs:
        kept = getattr(holder, log, None)  # None: another version of Dask, which may keep it elsewhere
        if isinstance(kept, deque) and kept.maxlen != length:
            setattr(holder, log, deque(kept, maxlen=length))
