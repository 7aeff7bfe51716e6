"""A source's text as it is read (``text.clean.readable``), with its facts as slots."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from gov_writer.domain import Fact, Source
from gov_writer.outline import captioned
from gov_writer.outline.words import Slot, Words
from gov_writer.text.clean import readable


class View:
    """A source's readable text, and the way from the source's offsets to it."""

    def __init__(self, source: Source, facts: Sequence[Fact]) -> None:
        self.source = source
        self._mapped = readable(source.text)
        self.text = self._mapped.text
        self.slots: list[Slot] = []
        self._units: dict[str, str] = {}
        for fact in sorted(facts, key=lambda f: (f.start, f.end)):
            if fact.counted and fact.cell is None:
                start, end = self.at(fact.start), self.at(fact.end)
                if start < end:
                    self.slots.append((start, end, fact.id))
                    if fact.mention.sub == "captioned":
                        self._units[fact.id] = captioned.unit(fact)
                    elif fact.unit == "元" and fact.text[-1] in "万亿":
                        self._units[fact.id] = "元"  # 固投14.2亿
        self._starts = [slot[0] for slot in self.slots]

    def at(self, offset: int) -> int:
        """The place of an offset of the source in the readable text."""
        if self._mapped.starts is None:
            return offset
        return bisect_left(self._mapped.starts, offset)

    def words(self, start: int, end: int) -> Words:
        first = bisect_left(self._starts, start)
        slots = []
        for index in range(first, len(self.slots)):
            a, b, fact = self.slots[index]
            if a >= end:
                break
            if b <= end:
                slots.append((a - start, b - start, fact))
        words = Words(self.text[start:end], tuple(slots))
        return captioned.with_units(words, self._units) if self._units else words
