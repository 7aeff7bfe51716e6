"""A report on an emergency tells what happened and what was done about it, not field of work by field of work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from gov_writer import lexicon
from gov_writer.domain import Brief
from gov_writer.outline.reading import Piece, Reading

#: Work against what has not happened is told field by field.
_AGAINST = re.compile(r"防范|预防|隐患|排查|整治|演练|宣传|准备|防汛抗旱|防灭火|培训|专项行动|百日")
#: What stands below 处置经过 is no longer what happened.
_DEALT_WITH = re.compile(r"处置|救援|抢险|应对|扑救|采取|措施|做法|善后")


@cache
def _events() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("events")))


@cache
def _table() -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    return tuple(
        (part, tuple((word.rstrip("!"), 3 if word.endswith("!") else 1) for word in listed.split()))
        for part, listed in lexicon.rows("situation")
    )


def parts() -> tuple[str, ...]:
    """The parts in their order; the first is what happened."""
    return tuple(part for part, _ in _table())


def is_event(brief: Brief, readings: Sequence[Reading]) -> bool:
    """Whether the title, the brief's or a source's, names an emergency."""
    titles = [brief.title or "", *(reading.title.text for reading in readings)]
    return any(_events().search(title) and not _AGAINST.search(title) for title in titles)


def part_of(piece: Piece, previous: str | None) -> str:
    """The part that most of the piece's words point to; else that of the piece before, else the second.

    A word in the first clause counts twice: 抢修电力线路9条，恢复供电2460户 is about the repair.
    """
    text = " ".join((*piece.headings[-1:], piece.words.text))[:300]
    head = re.split("[，；。]", piece.words.text, maxsplit=1)[0]
    points = {
        part: sum(weight * ((word in text) + (word in head)) for word, weight in words)
        for part, words in _table()
    }
    if any(_DEALT_WITH.search(heading) for heading in piece.headings[-1:]):
        points[parts()[0]] = 0
    best = max(points, key=lambda part: points[part])
    return best if points[best] else previous or parts()[1]
