"""What the structure rules share: the numbering of a draft, its sections and their bodies."""

from __future__ import annotations

from dataclasses import dataclass

from gov_writer.checking import numbering
from gov_writer.checking.case import Case
from gov_writer.checking.series import LEVELS, Line, Numbering
from gov_writer.domain import BlockKind


def numbering_of(case: Case) -> Numbering:
    """The draft's numbering; lines that the file marks as headings bound their sections."""
    marked = (block for block in case.draft.blocks if block.kind in (BlockKind.HEADING, BlockKind.TITLE))
    return numbering.read(case.text, frozenset(block.start for block in marked))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading line with what stands under it.  rank: 0 is uppermost; -1 for headings without a number.

    body: non-empty lines up to the next heading of the same or a higher rank, sub-headings included.
    inline: the heading's own line goes on with text after its title.
    """

    line: Line
    rank: int
    body: int
    inline: bool


def sections_of(case: Case) -> tuple[Section, ...]:
    """The sections in text order."""
    text = case.text
    heads: list[tuple[Line, int, bool, int]] = []
    for index, line in enumerate(numbering_of(case).lines):
        rank = _rank(text, line)
        if rank is None:
            continue
        title_end = line.item.title_end if line.item else line.end
        heads.append((line, rank, title_end < line.end, index))
    total = len(numbering_of(case).lines)
    ends = [total] * len(heads)
    open_heads: list[int] = []
    for at, (_, rank, _, index) in enumerate(heads):
        while open_heads and heads[open_heads[-1]][1] >= rank:
            ends[open_heads.pop()] = index
        open_heads.append(at)
    return tuple(
        Section(line, rank, ends[at] - index - 1, inline)
        for at, (line, rank, inline, index) in enumerate(heads)
    )


def _rank(text: str, line: Line) -> int | None:
    if line.item is not None:
        return LEVELS[line.item.style] * 2 + 2
    if line.heading and text[line.start] == "#":
        level = len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip("#"))
        return level * 2 - 1
    return None
