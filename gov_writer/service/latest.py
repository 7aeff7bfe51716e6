"""While somebody types only the newest text is worth checking: what waited behind another is let go."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

#: Texts that are being typed at once.
_MOST = 500


class Latest:
    """One check at a time for each text."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._texts: OrderedDict[str, tuple[threading.Lock, list[int]]] = OrderedDict()

    @contextmanager
    def turn(self, text: str) -> Iterator[bool]:
        """Wait for this text's turn; False where a newer one came meanwhile.  text: names it; "" never waits."""
        if not text:
            yield True
            return
        with self._guard:
            lock, newest = self._texts.setdefault(text, (threading.Lock(), [0]))
            self._texts.move_to_end(text)
            while len(self._texts) > _MOST:
                self._texts.popitem(last=False)
            newest[0] += 1
            mine = newest[0]
        with lock:
            yield mine == newest[0]
