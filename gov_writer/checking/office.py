"""What the office has declared right in its own word lists (``terms``, ``confusables``)."""

from __future__ import annotations

from bisect import bisect_right

from gov_writer.checking.case import Case


class Allowed:
    """The places in a text where a term of the office stands."""

    def __init__(self, case: Case, text: str | None = None) -> None:
        words = case.text if text is None else text
        spans = sorted(
            (at, at + len(term)) for term in case.settings.terms if term for at in _places(words, term)
        )
        self._starts = [start for start, _ in spans]
        self._ends: list[int] = []
        for _, end in spans:
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def covers(self, start: int, end: int) -> bool:
        """Whether a term reaches over the whole of ``[start, end)``."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._ends[at] >= end


def _places(text: str, term: str) -> list[int]:
    found = []
    at = text.find(term)
    while at >= 0:
        found.append(at)
        at = text.find(term, at + len(term))
    return found
