"""FIG106: 增减方向与材料相反。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule, hedge, source_text, told_by
from gov_writer.checking.rulings.ruling import Ruling


class DirectionReversed(FigureRule):
    """增减方向与材料相反。"""

    code = "FIG106"
    name = "direction-reversed"
    title = "增减方向与材料相反"
    why = "数字没错，升降写反，结论就完全相反。"
    bad = "材料：信访量同比下降12%；文稿：信访量同比上升12%。"
    good = "照材料写作同比下降12%。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        right = source_text(ruling)
        return f"增减方向与材料相反：{told_by(ruling)}，文稿为“{ruling.claim.text}”。{hedge(ruling)}", right
