"""Slips in the numbering that are none, or that show twice: each function takes its own from ``Numbering.slips``."""

from __future__ import annotations

import re
from itertools import pairwise

from gov_writer.checking.series import LEVELS, Numbering, Slip
from gov_writer.text.lazy import lazy

_ORDINALS = lazy("首先|其次|再次|第一|一是|一要")


def decimals(text: str, result: Numbering) -> None:
    """14.2025年民生实事 at a line start may be a number with its dot; the gap that it would leave is none."""

    def there(slip: Slip) -> bool:
        if slip.kind not in ("gap", "start") or slip.item.style != "1." or slip.item.number - slip.wanted > 3:
            return False
        begin = slip.previous.end if slip.previous is not None else max(0, slip.item.start - 2000)
        wanted = range(slip.wanted, slip.item.number)
        return all(re.search(rf"^\s*{n}[.．]", text[begin : slip.item.start], re.M) for n in wanted)

    result.slips = [slip for slip in result.slips if not there(slip)]


def continuous(result: Numbering) -> None:
    """（一）…（八） that run on through 一、二、三、 are a style of their own, if all series do it."""
    for style in LEVELS:
        groups = [series for series in result.series if series.style == style]
        if len(groups) < 2 or groups[0].items[0].number != 1:
            continue
        pairs = pairwise(groups)
        if all(after.items[0].number == before.items[-1].number + 1 for before, after in pairs):
            starts = {series.items[0].start for series in groups}
            result.slips = [s for s in result.slips if not (s.kind == "start" and s.item.start in starts)]


def other_style(result: Numbering) -> None:
    """（一）, 2., （三）: one number in another style shows twice, as a start without 1. and as a gap. Keep the start."""
    starts = [slip.item for slip in result.slips if slip.kind == "start"]
    result.slips = [
        slip
        for slip in result.slips
        if not (
            slip.kind == "gap"
            and slip.previous is not None
            and slip.item.number == slip.wanted + 1
            and any(
                i.number == slip.wanted and slip.previous.start < i.start < slip.item.start for i in starts
            )
        )
    ]


def restarts(result: Numbering) -> None:
    """A heading that is missing shows twice: its children start anew and its own number is skipped. Keep one."""
    gaps = [slip for slip in result.slips if slip.kind == "gap" and slip.previous is not None]
    if not gaps:
        return
    kept = []
    for slip in result.slips:
        covered = slip.kind == "restart" and any(
            gap.previous is not None
            and gap.previous.start < slip.item.start < gap.item.start
            and LEVELS[gap.item.style] < LEVELS[slip.item.style]
            for gap in gaps[:50]
        )
        if not covered:
            kept.append(slip)
    result.slips = kept


def first_of_all(text: str, result: Numbering) -> None:
    """首先要…二是…; 首先…其次…第三，…: the first points are numbered in words."""

    def told(slip: Slip) -> bool:
        item = slip.item
        if slip.kind != "start" or not item.inline or item.number > 4:
            return False
        words = set(_ORDINALS.findall(text, max(0, item.start - 1500), item.start))
        return len(words) >= min(item.number - 1, 2)

    result.slips = [slip for slip in result.slips if not told(slip)]
