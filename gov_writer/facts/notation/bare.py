"""Digits without a measure word that count all the same: 排查8640，整改118; 走访36企业; 常住人口766579.

What is done to so many, or what there are so many of, stands right before them (``predicates.tsv``,
``bare_leads.tsv``). What is counted without a measure word is in ``bare_counted.tsv``.
"""

from __future__ import annotations

import re
from functools import cache

from gov_writer.lexicon import rows, words
from gov_writer.text.lazy import either, lazy

_WINDOW = 6
_ENDS = frozenset("，。；;,、）)\n ！")
#: What comes out under the name of its year: 发布2024.
_ISSUED = lazy("发布|举办|推出|荣获|获评|获得|入选|达|到")


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(either(words("bare_counted")))


@cache
def _before(*, listed: bool) -> re.Pattern[str]:
    more = f"|(?:{_nouns().pattern})[、和及]" if listed else ""
    return re.compile(f"(?:{'|'.join((*words('predicates'), *words('bare_leads')))}{more})$")


@cache
def _units() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("bare_leads") if len(row) > 1}


def year_like(text: str, start: int, end: int) -> bool:
    """Whether the digits may be a year: 1900 to 2099."""
    return end - start == 4 and text[start : start + 2] in {"19", "20"}


def noun(text: str, start: int, end: int) -> str:
    """The noun that the digits ``text[start:end]`` count without a measure word (走访36企业), "" if they don't."""
    match = _nouns().match(text, end)
    if match is None or year_like(text, start, end) or text[start] == "0":
        return ""
    told = _before(listed=True).search(text, max(0, start - _WINDOW), start)
    return match.group() if told else ""


def told(text: str, start: int, end: int) -> str | None:
    """The unit of digits that end their clause behind what they count (排查8640，), "" for none that could be
    named; None if nothing says that they count."""
    if text[end : end + 1] and text[end] not in _ENDS:
        return None
    match = _before(listed=False).search(text, max(0, start - _WINDOW), start)
    if match is None or (year_like(text, start, end) and _ISSUED.match(match.group())):
        return None
    return _units().get(match.group(), "")
