"""Figures whose unit stands in a caption above them (单位：万元): a sentence must say it behind the number."""

from __future__ import annotations

import re
from decimal import Decimal

from gov_writer.domain import Fact
from gov_writer.outline.words import Words

#: A line that is a caption and nothing else.
LINE = re.compile(
    r"[（(【\[*\s]*(?:计量|数据|金额)?单位\s*[：:]\s*[十百千万亿]{0,2}"
    r"(?:元|美元|人次?|户次?|家次?|个|件|起|处|吨|公斤|亩|公顷|平方米|平方公里|立方米|米|公里|千瓦时|度|%|名|场次?|次|项|套|辆|台|份|条|所|栋)[）)】\]*\s]*"
)
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_SCALED = re.compile("[十百千万亿]")
_SCALES = {10: "十", 100: "百", 1000: "千", 10**4: "万", 10**6: "百万", 10**7: "千万", 10**8: "亿"}


def unit(fact: Fact) -> str:
    """The unit that a figure printed without one is told in, with its scale (万元); "" if it has none."""
    digits = None if _SCALED.search(fact.text) else _NUMBER.search(fact.text)
    printed = Decimal(digits[0].replace(",", "")) if digits else Decimal(0)
    scale = abs(fact.value / printed) if fact.value and printed else Decimal(1)
    return _SCALES.get(int(scale), "") + (fact.unit or "")


def with_units(words: Words, units: dict[str, str]) -> Words:
    """The words with a unit behind each figure whose fact ``units`` has; the unit belongs to the figure's slot."""
    pieces: list[str] = []
    slots: list[tuple[int, int, str]] = []
    at = shift = 0
    for start, end, fact in words.slots:
        told = units.get(fact, "")
        pieces += [words.text[at:end], told]
        slots.append((start + shift, end + shift + len(told), fact))
        at, shift = end, shift + len(told)
    return Words("".join((*pieces, words.text[at:])), tuple(slots))
