"""FIG111: 文稿里的日期在材料中找不到。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule
from gov_writer.checking.rulings.ruling import Ruling


class UnsourcedDate(FigureRule):
    """文稿里的日期在材料中找不到。"""

    code = "FIG111"
    name = "unsourced-date"
    title = "文稿里的日期在材料中找不到"
    why = "没有出处的日期无从核实；起草时凭印象补上的日期常常是错的。"
    bad = "材料没有写开工日期，文稿写“5月6日开工”。"
    good = "删去日期，或补上记载它的材料。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        return f"材料中找不到日期“{ruling.claim.text}”的依据。", None
