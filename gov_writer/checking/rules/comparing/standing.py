"""Figures that may stay the same from one year to the next, by the words around them."""

from __future__ import annotations

from gov_writer.text.lazy import lazy

#: What does not change from year to year: the district's size, its staff.
STANDING = lazy(
    "面积|辖|现有|共有|总人口|户籍|常住|人口(?!.{0,6}(?:脱贫|普查))|编制|连续|周年|网格员|设有|设立|成立于|总数|标准|红线"
)
#: Said of it in its sentence.
KEPT = lazy("持平|不变|相同|相当|仍为|保持在|保持了")
