"""Where in a draft something belongs that is not there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from gov_writer.domain import BlockKind, Fact, Ledger, Source
from gov_writer.matching.contexts import bigrams, dice
from gov_writer.matching.pairing import Pair


class Places:
    """The sections of a draft, and which of them a source fact belongs to."""

    def __init__(self, draft: Source, against: Ledger, pairs: Mapping[str, Pair]) -> None:
        self._draft = draft
        self._starts, self._ends = section_ends(draft)
        self._against = against
        home: dict[int, int] = {}
        for pair in pairs.values():
            home.setdefault(against.index[pair.fact.id], pair.claim.start)
        self._used = sorted(home)
        self._home = home
        self._headings = [
            (draft.text[block.start : block.end], block.end)
            for block in draft.blocks
            if block.kind is BlockKind.HEADING
        ]
        self._known: dict[str, int | None] = {}

    def of(self, fact: Fact) -> int:
        """The end of the section where the fact belongs; of the text, where nothing tells."""
        near = self._neighbour(fact)
        if near is not None:
            return self.section_end(near)
        named = self._by_heading(fact.heading[-1]) if fact.heading else None
        return self.section_end(named) if named is not None else len(self._draft.text.rstrip())

    def section_end(self, offset: int) -> int:
        """The end of the section that holds ``offset``."""
        at = bisect_right(self._starts, offset) - 1
        return self._ends[at] if at >= 0 else len(self._draft.text.rstrip())

    def _neighbour(self, fact: Fact) -> int | None:
        """The place of the nearest used fact under the same heading of the same source."""
        own = self._against.index[fact.id]
        at = bisect_left(self._used, own)
        near = sorted(self._used[max(0, at - 3) : at + 3], key=lambda i: abs(i - own))
        for i in near:
            other = self._against.facts[i]
            if other.source == fact.source and (other.heading == fact.heading):
                return self._home[i]
        return None

    def _by_heading(self, heading: str) -> int | None:
        if heading not in self._known:
            wanted = bigrams(heading)
            scored = [(dice(wanted, bigrams(text)), -end) for text, end in self._headings]
            best = max(scored, default=(0.0, 0))
            self._known[heading] = -best[1] if best[0] >= 0.3 else None
        return self._known[heading]


def section_ends(draft: Source) -> tuple[list[int], list[int]]:
    """Starts and ends of the stretches between headings, in order; ends are without white space."""
    text = draft.text
    heads = (b.start for b in draft.blocks if b.kind is BlockKind.HEADING and b.start > 0)
    starts = [0, *(_line_start(text, start) for start in heads)]
    ends = []
    for n, start in enumerate(starts):
        stop = starts[n + 1] if n + 1 < len(starts) else len(text)
        ends.append(start + len(text[start:stop].rstrip()))
    return starts, ends


def _line_start(text: str, offset: int) -> int:
    """The start of a heading's line where only Markdown's marks stand before it, else the heading itself."""
    begin = text.rfind("\n", 0, offset) + 1
    return begin if not text[begin:offset].strip("# \t\u3000>") else offset
