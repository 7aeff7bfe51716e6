"""A table that tells hour by hour what happened: a sentence per row, those without a figure too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gov_writer.outline.cells import TableCell, headings, value_words
from gov_writer.outline.words import Words, plain

_WHEN = re.compile(r"(?:发生|处置|接报|事发)?(?:时间|时刻|时点|日期)")
_WHAT = re.compile(
    r"(?:主要|处置|工作|事件|具体|情况)?(?:内容|事项|经过|动态|情况|措施|过程|描述|进展)(?:描述|说明)?"
)
_CLOCK = re.compile(r"(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日\s*)?\d{1,2}\s?[:：时]\s?(?:\d{2}\s?分?)?")


def is_chronicle(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether the body rows begin with an hour and have one column that tells what happened, which holds all facts."""
    body = [row for row in rows if _part(row, _WHEN) is not None]
    if len(body) < 2:
        return False
    for row in body:
        when, what = _part(row, _WHEN), _part(row, _WHAT)
        if when is None or what is None or not _CLOCK.fullmatch(when.text):
            return False
        if any(entry.facts for entry in row if entry is not what and entry is not when):
            return False
    return True


def told(row: Sequence[TableCell]) -> tuple[Words, TableCell] | None:
    """9:12，应急队8人到场, and the cell that says so; None for a row that tells nothing (the heads)."""
    when, what = _part(row, _WHEN), _part(row, _WHAT)
    if when is None or what is None or not what.text:
        return None
    return value_words(when) + plain("，") + value_words(what), what


def _part(row: Sequence[TableCell], named: re.Pattern[str]) -> TableCell | None:
    """The cell of the row below the heading that is so named."""
    for entry in row:
        heads = headings(entry.cell)
        if heads and named.fullmatch(heads[-1]):
            return entry
    return None
