"""What a draft written by this program remembers of its figures while people go on editing it in Word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A figure as it was written: its words, the fact's id (or ``=formula``), what it counts, and its origin.

    start, end: where it stands now in the text; None if it is gone.
    """

    words: str
    fact: str
    subject: str
    source: str
    locator: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The figures that were written, and the paragraphs ``[start, end)`` that nobody has changed since."""

    figures: tuple[Written, ...]
    untouched: tuple[tuple[int, int], ...]
