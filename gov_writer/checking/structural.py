"""Counts that are articles (一个平台) or announce what follows (三个方面)."""

from __future__ import annotations

import re
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.text.lazy import lazy

_PROMISED = lazy(r"[一二三四五六七八九十两]+(?:个|大)?(?:方面|点|条|项|部分|环节|层面|维度|关键|重点|问题)?")
#: 重点抓好三件事; 办好十件实事 is a figure
_MATTERS = lazy("(?<!实)(?<!好)事$|抓好事$")
_NUMERALS = "一二三四五六七八九十两"


def structural(fact: Fact) -> bool:
    """一个平台, 三个方面, 24小时值守: an article, a count that announces what follows, a figure of speech; no source needs to have it."""
    mention = fact.mention
    if mention.kind is not Kind.QUANTITY or mention.approx is not Approx.EXACT or not mention.text:
        return False
    if mention.value == 0 and not mention.text[0].isdigit():
        return True  # 事故为零: that nothing happened, notes tell without a figure
    if mention.text == "24小时":
        return True  # 24小时有人盯守: round the clock
    if mention.text[0] not in _NUMERALS:
        return False
    if mention.text == "两级":
        return True  # 市区两级: who the two are stands before it
    promise = re.search("以下|下列", fact.subject) or _MATTERS.search(fact.subject)
    if mention.unit == "件" and len(mention.text) == 2 and promise:
        return True  # 抓好以下三件事
    if mention.value == Decimal(1) or mention.unit in ("季度", "个季度"):
        return True
    return bool(_PROMISED.fullmatch(mention.text)) and mention.unit in (
        *("方面", "个方面", "点", "部分", "环节", "层面", "维度", "关键", "重点"),
    )
