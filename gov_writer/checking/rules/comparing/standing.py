"""Figures that may stay the same from one year to the next, by the words around them."""

from __future__ import annotations

from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.text.lazy import lazy

#: The district's size and its staff: nobody promises them, or reports them as work done.
SIZE = lazy(
    "面积|辖|现有|共有|总人口|户籍|常住|人口(?!.{0,6}(?:脱贫|普查))|编制|连续|周年|网格员|总数|(?<!高)标准(?!化)|红线"
)
#: What was set up once, and how many there are of what is reached in full: 划分网格126个, 93所学校检查全覆盖.
_ONCE = lazy(r"设有|设立|成立于|划分|网格(?=[\d共])|全覆盖")
#: Said of it in its sentence.
_KEPT = lazy("持平|不变|相同|相当|仍为|保持在|保持了")
#: Characters between a figure and its growth.
_NEAR = 8


def may_stay(ledger: Ledger, fact: Fact) -> bool:
    """Whether a figure is of a kind that need not change from one year to the next."""
    text = ledger.sources[0].text
    if _told_equal(ledger, fact):
        return True
    if fact.cell is not None:
        return _stands(fact.subject)
    if _KEPT.search(text[fact.start : fact.sentence[1]][:40]):
        return True
    return _stands(text[fact.clause[0] : fact.clause[1]] + fact.subject)


def _stands(said: str) -> bool:
    return SIZE.search(said) is not None or _ONCE.search(said) is not None


def _told_equal(ledger: Ledger, fact: Fact) -> bool:
    """Whether the table's row, or the clause behind the figure, tells a growth of nought."""
    return any(
        other.kind is Kind.GROWTH
        and other.value == 0
        and other.sentence == fact.sentence
        and (fact.cell is not None or 0 <= other.start - fact.end <= _NEAR)
        for other in ledger.facts
    )
