"""Figures that may stay the same from one year to the next, by the words around them."""

from __future__ import annotations

from gov_writer.domain import Fact, Ledger
from gov_writer.text.lazy import lazy

#: What does not change from year to year: the district's size, its staff.
STANDING = lazy(
    "面积|辖|现有|共有|总人口|户籍|常住|人口(?!.{0,6}(?:脱贫|普查))|编制|连续|周年|网格员|设有|设立|成立于|总数|标准(?!化)|红线"
)
#: Said of it in its sentence.
_KEPT = lazy("持平|不变|相同|相当|仍为|保持在|保持了")


def may_stay(ledger: Ledger, fact: Fact) -> bool:
    """Whether a figure is of a kind that need not change from one year to the next."""
    text = ledger.sources[0].text
    if fact.cell is not None:
        return bool(STANDING.search(fact.subject))
    if _KEPT.search(text[fact.start : fact.sentence[1]][:40]):
        return True
    return bool(STANDING.search(text[fact.clause[0] : fact.clause[1]] + fact.subject))
