"""How often somebody may ask: token buckets in this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable

#: Buckets that are kept at most; full ones are forgotten first, since a new one would be full too.
_MOST = 10_000


class Buckets:
    """A bucket of ``size`` tokens for each key, filled with ``per_minute``; 0 is no limit."""

    def __init__(self, size: float, per_minute: float) -> None:
        self._size, self._rate = size, per_minute / 60
        self._lock = threading.Lock()
        self._left: dict[Hashable, tuple[float, float]] = {}

    def take(self, key: Hashable, *, cost: float = 1.0) -> float:
        """Take a token: 0.0 when there was one, else the seconds after which there will be."""
        if not self._rate:
            return 0.0
        now = time.monotonic()
        with self._lock:
            left = self._now(key, now)
            if left < cost:
                return (cost - left) / self._rate
            self._left[key] = (left - cost, now)
            if len(self._left) > _MOST:
                self._tidy(now)
        return 0.0

    def give_back(self, key: Hashable) -> None:
        """A token that should not have been taken."""
        now = time.monotonic()
        with self._lock:
            self._left[key] = (min(self._size, self._now(key, now) + 1.0), now)

    def _now(self, key: Hashable, now: float) -> float:
        left, at = self._left.get(key, (self._size, now))
        return min(self._size, left + (now - at) * self._rate)

    def _tidy(self, now: float) -> None:
        kept = {key: value for key, value in self._left.items() if self._now(key, now) < self._size}
        oldest = sorted(kept, key=lambda key: kept[key][1])[: max(0, len(kept) - _MOST // 2)]
        for key in oldest:
            del kept[key]
        self._left = kept
