"""Whether what stands beside a role is likelier a name than words, by what each costs (``segments``).

A name costs what a surname and the characters of a given name cost; what is left of the run of Han characters, and
the whole run without a name, cost what their likeliest words do. So 患者何军安置 holds 何军 and 安置, 患者高血压 and
居民居住证 hold no name.
"""

from __future__ import annotations

from dataclasses import dataclass

from gov_writer.matching.naming import segments
from gov_writer.text.lazy import lazy

_RUN = lazy("[\u3400-\u4dbf\u4e00-\u9fff]{1,8}")
_RUN_BEFORE = lazy("[\u3400-\u4dbf\u4e00-\u9fff]{1,8}$")
#: In natural logarithms, as ``segments`` has them: surnames that are words too are rarer as names; so are given
#: names of one character, of characters that few names have, and of those that go on behind a name (已, 获).
_CLEAR, _SHARED, _ONE_CHARACTER, _COMMON, _RARE, _GOES_ON = 3.5, 5.5, 3.0, 5.5, 7.5, 6.0
_IN_NO_NAME = frozenset("其的了是在与及等们不某")
#: By so much a name must be likelier than words.
MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Characters:
    """What names are made of.  surnames: those that are no words; given: frequent in given names; behind: follow names."""

    clear: frozenset[str]
    shared: frozenset[str]
    given: frozenset[str]
    behind: frozenset[str]


def name_at(text: str, at: int, characters: Characters, margin: float = MARGIN) -> int:
    """Where the name that begins at ``at`` ends, 0 if words are likelier there."""
    run = _RUN.match(text, at)
    if run is None:
        return 0
    words = segments.segmented(run[0])[0]
    best, length = words - margin, 0
    for size in range(2, min(4, len(run[0])) + 1):
        cost = _cost(run[0][:size], characters) + segments.segmented(run[0][size:])[0]
        if cost < best:
            best, length = cost, size
    return at + length if length else 0


def name_before(text: str, end: int, characters: Characters, margin: float = MARGIN) -> int:
    """Where the name that ends at ``end`` begins, -1 if words are likelier there."""
    run = _RUN_BEFORE.search(text, max(0, end - 8), end)
    if run is None:
        return -1
    words = segments.segmented(run[0])[0]
    best, length = words - margin, 0
    for size in range(2, min(4, len(run[0])) + 1):
        cost = _cost(run[0][-size:], characters) + segments.segmented(run[0][:-size])[0]
        if cost < best:
            best, length = cost, size
    return end - length if length else -1


def _cost(name: str, characters: Characters) -> float:
    """What a name costs; infinite for what is none."""
    surname = 2 if name[:2] in characters.clear else 1
    given = name[surname:]
    clear = name[:surname] in characters.clear
    named = clear or name[0] in characters.shared
    if not named or not 1 <= len(given) <= 2 or not _IN_NO_NAME.isdisjoint(given):
        return float("inf")
    cost = _CLEAR if clear else _SHARED
    cost += sum(_COMMON if character in characters.given else _RARE for character in given)
    cost += _ONE_CHARACTER * (len(given) == 1) + _GOES_ON * (given[-1] in characters.behind)
    return cost
