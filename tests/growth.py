"""How work grows with its input, by processor time: others use the machine too."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Ten times the input takes ten times as long where work is linear, and a hundred times where it is quadratic.
LINEAR = 30.0
_ROUNDS = 5
#: Seconds below which a clock says more about the machine than about the work.
_LEAST = 0.002


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times longer ``work(10 * size)`` takes than ``work(size)``.

    The shortest of up to five rounds counts, the first that is linear ends them: noise only lengthens.
    """
    small = large = float("inf")
    for _ in range(_ROUNDS):
        small, large = min(small, _seconds(work, size)), min(large, _seconds(work, 10 * size))
        if large <= LINEAR * max(small, _LEAST):
            break
    return large / max(small, _LEAST)


def _seconds(work: Callable[[int], object], size: int) -> float:
    begin = time.process_time()
    work(size)
    return time.process_time() - begin
