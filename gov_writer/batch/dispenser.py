"""A rate and a budget for all workers of a Dask cluster: the scheduler gives out the places.

The scheduler holds one ``Bucket``; a worker asks it over the connection that it has anyway (about a millisecond).
"""

from __future__ import annotations

import time
from typing import Any

from gov_writer.llm import limits
from gov_writer.settings import EngineSettings

_HANDLER = "gov_writer_limits"


def shared_by_workers(client: Any, engine: EngineSettings | None) -> bool:
    """Put the engine's limits on the scheduler; False where it has none."""
    if engine is None:
        from gov_writer.settings.engine import engine_settings

        engine = engine_settings()
    if not (engine.requests_per_minute or engine.tokens_per_minute or engine.token_budget is not None):
        return False
    client.run_on_scheduler(_install, limits.bucket_of(engine))
    return True


def _install(bucket: limits.Bucket, dask_scheduler: Any) -> None:
    """On the scheduler: a new run begins with a fresh bucket."""

    async def handle(action: str, one: float, two: float = 0) -> tuple[bool, float]:
        now = time.time()
        if action == "reserve":
            wait = bucket.reserve(int(one), now)
            return wait is not None, wait or 0.0
        if action == "settle":
            bucket.settle(int(one), int(two))
        else:
            bucket.hold(one, now)
        return True, 0.0

    dask_scheduler.handlers[_HANDLER] = handle


class _Scheduler:
    """The limits as a worker sees them."""

    def __init__(self, worker: Any) -> None:
        self._worker = worker

    def reserve(self, tokens: int) -> float:
        allowed, wait = self._ask(action="reserve", one=tokens)
        if not allowed:
            raise limits.used_up(None)
        return wait

    def settle(self, reserved: int, used: int) -> None:
        if reserved != used:
            self._ask(action="settle", one=reserved, two=used)

    def hold(self, seconds: float) -> None:
        self._ask(action="hold", one=seconds)

    def _ask(self, **message: Any) -> tuple[bool, float]:
        from distributed.utils import sync

        found: tuple[bool, float] = sync(
            self._worker.loop, getattr(self._worker.scheduler, _HANDLER), callback_timeout=30, **message
        )
        return found


def ask_scheduler() -> None:
    """On a worker: whatever it asks a model goes by the scheduler's limits."""
    from distributed import get_worker

    limits.use(_Scheduler(get_worker()))
