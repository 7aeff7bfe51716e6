"""FIG101: 文稿里的数据在材料中找不到。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule
from gov_writer.checking.rulings.ruling import Ruling


class UnsourcedFigure(FigureRule):
    """文稿里的数据在材料中找不到。"""

    code = "FIG101"
    name = "unsourced-figure"
    title = "文稿里的数据在材料中找不到"
    why = "读者会把报告里的每个数当成核实过的数；没有出处的数一旦被追问，谁也答不上来。"
    bad = "材料没有提到义诊，文稿写“开展义诊26场”。"
    good = "删去这个数，或补上记载它的材料。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        return f"材料中找不到“{ruling.claim.text}”的依据，也不能由材料中的数据算出。", None
