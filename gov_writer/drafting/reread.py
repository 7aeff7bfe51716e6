"""A draft that a person has edited, as a ``Draft`` again: untouched lines keep their figures, others are read anew."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from gov_writer.domain import Draft, DraftBlock, DraftBlockKind, Figure, Ledger

if TYPE_CHECKING:
    from gov_writer.matching.pairing import Alignment

_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")),
)
#: A heading is a line without a full stop, not longer than this.
_HEADING = 60


def reread(draft: Draft, text: str, claims: Ledger, alignment: Alignment) -> Draft:
    """The draft with ``text`` in the place of its own.

    claims: the facts of ``text``.  alignment: them against the ledger; an agreeing figure of a changed line gets
    its fact, any other figure there has none.
    """
    left: dict[str, list[DraftBlock]] = defaultdict(list)
    for block in reversed(draft.blocks):
        left[block.text].append(block)
    counted = sorted((c for c in claims.facts if c.counted), key=lambda c: c.start)
    starts = [claim.start for claim in counted]
    blocks: list[DraftBlock] = []
    at = 0
    for line in text.split("\n"):
        if left[line]:
            blocks.append(left[line].pop())
        elif line.strip():
            figures = []
            for claim in counted[bisect_left(starts, at) : bisect_left(starts, at + len(line))]:
                pair = alignment.pairs.get(claim.id)
                if pair is not None and pair.agrees and claim.end <= at + len(line):
                    figures.append(Figure(start=claim.start - at, end=claim.end - at, fact=pair.fact.id))
            blocks.append(replace(_block(line, first=not blocks), figures=tuple(figures)))
        at += len(line) + 1
    return replace(draft, blocks=tuple(blocks))


def _block(line: str, *, first: bool) -> DraftBlock:
    """A changed line is what it looks like."""
    if first:
        return DraftBlock(kind=DraftBlockKind.TITLE, text=line)
    if len(line) <= _HEADING and not line.endswith(("。", "；", "！")):
        for level, begins in _LEVELS:
            if begins.match(line):
                return DraftBlock(kind=DraftBlockKind.HEADING, text=line, level=level)
        if line.endswith("：") and len(line) < 30:
            return DraftBlock(kind=DraftBlockKind.ADDRESSEE, text=line)
    return DraftBlock(kind=DraftBlockKind.PARAGRAPH, text=line)
