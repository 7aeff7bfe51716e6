"""Lines and columns, both counted from 1."""

from __future__ import annotations

from bisect import bisect_right


class LineIndex:
    """Line and column of any offset in O(log lines).  Lines end at ``\\n``."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def at(self, offset: int) -> tuple[int, int]:
        """``(line, column)`` of the character at offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, line: int) -> int | None:
        """The offset at which a line begins, None if there is no such line."""
        return self._starts[line - 1] if 1 <= line <= len(self._starts) else None
