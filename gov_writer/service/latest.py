"""While somebody types only the newest text is worth checking: what waited behind another is let go."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

#: Texts that are being typed at once.
_MOST = 500


class Latest:
    """One check at a time for each text.  Used on one event loop."""

    def __init__(self) -> None:
        self._texts: OrderedDict[Hashable, tuple[asyncio.Lock, list[int]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, text: Hashable) -> AsyncIterator[bool]:
        """Wait for this text's turn; False where a newer one came meanwhile.  text: names it; "" never waits."""
        if not text:
            yield True
            return
        lock, newest = self._texts.setdefault(text, (asyncio.Lock(), [0]))
        self._texts.move_to_end(text)
        while len(self._texts) > _MOST:
            self._texts.popitem(last=False)
        newest[0] += 1
        mine = newest[0]
        async with lock:
            yield mine == newest[0]
