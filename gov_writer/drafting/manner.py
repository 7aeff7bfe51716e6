"""Passages of the examples that show a model the manner of a section: the best fitting, masked, within a budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gov_writer.domain import BlockKind, Section, Source
from gov_writer.matching.passages.orders import gives_orders

#: Characters of examples in one question; more would crowd out the shared beginning.
BUDGET = 220
_SHORTEST, _LONGEST = 40, 160


def passages(section: Section, examples: Sequence[Source], *, mask: Callable[[str], str]) -> tuple[str, ...]:
    """Up to three masked passages whose heading and words are most like the section's."""
    wanted = _grams(section.heading + "".join(s.text for s in section.statements[:6]))
    heading = _grams(section.heading)
    ranked: list[tuple[float, int, str]] = []
    for example in examples:
        above = ""
        for block in example.blocks:
            text = example.text[block.start : block.end].strip()
            if block.kind in (BlockKind.TITLE, BlockKind.HEADING) or block.level:
                above = text
            elif len(text) >= _SHORTEST and not gives_orders(text):
                grams = _grams(text)
                score = len(wanted & grams) / (len(wanted) or 1) + len(heading & _grams(above)) / (
                    len(heading) or 1
                )
                ranked.append((-score, len(ranked), text))
    chosen: list[str] = []
    left = BUDGET
    for score, _, text in sorted(ranked)[:8]:
        passage = _cut(text, min(left, _LONGEST))
        if score < 0 and passage and len(chosen) < 3:
            chosen.append(" ".join(mask(passage).split()))
            left -= len(passage)
    return tuple(chosen)


def _grams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _cut(text: str, limit: int) -> str:
    """Whole sentences within ``limit`` characters, "" if not even the first fits."""
    if len(text) <= limit:
        return text
    return text[: text.rfind("。", 0, limit) + 1]
