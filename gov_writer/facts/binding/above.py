"""A figure alone on its line counts what the line above it names: 隐患排查：, and 8753处 below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gov_writer.domain import DATES, Fact, Source
from gov_writer.text.lazy import lazy

_LABEL = lazy(r"[\s*#\-•·]*((?:[\u4e00-\u9fff]|[A-Za-z]){2,16})\s*[:：]?\s*")
_ALONE = lazy(r"[\s*\-•·。；;，,]*")
_SENTENCE_LINE = 60


def named(source: Source, facts: Sequence[Fact]) -> list[Fact]:
    """The facts; those that say nothing of what they count and fill their line take the label above it.

    The label is a line of 2 to 16 letters without a figure; one empty line may stand between.
    """
    return [
        replace(fact, subject=label)
        if not fact.subject
        and fact.cell is None
        and fact.kind not in DATES
        and (label := _above(source, fact))
        else fact
        for fact in facts
    ]


def _above(source: Source, fact: Fact) -> str:
    text = source.text
    begin = text.rfind("\n", max(0, fact.start - _SENTENCE_LINE), fact.start) + 1
    end = text.find("\n", fact.end, fact.end + _SENTENCE_LINE)
    end = min(len(text), fact.end + _SENTENCE_LINE) if end < 0 else end
    if not begin or not (_ALONE.fullmatch(text, begin, fact.start) and _ALONE.fullmatch(text, fact.end, end)):
        return ""
    lines = text[max(0, begin - _SENTENCE_LINE) : begin].split("\n")[-4:-1]
    above = next((line for line in reversed(lines[-2:]) if line.strip()), "")
    match = _LABEL.fullmatch(above)
    return match[1] if match else ""
