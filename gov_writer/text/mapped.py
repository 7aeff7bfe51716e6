"""A text made from another by replacing and deleting characters, which still knows where each came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedText:
    """``text`` with, per character, its half-open place in ``original``.

    starts, ends: None means that text is the original, character for character.
    """

    text: str
    original: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    @classmethod
    def identity(cls, text: str) -> MappedText:
        return cls(text, text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for ``text[start:end]``; an empty span stays empty."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= len(self.starts):
            return len(self.original), len(self.original)
        begin = self.starts[start]
        return (begin, begin) if end <= start else (begin, self.ends[end - 1])
