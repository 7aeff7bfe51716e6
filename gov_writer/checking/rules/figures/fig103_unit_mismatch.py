"""FIG103: 数字对、单位不对。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule, hedge, source_text, told_by
from gov_writer.checking.rulings.ruling import Ruling


class UnitMismatch(FigureRule):
    """数字对、单位不对。"""

    code = "FIG103"
    name = "unit-mismatch"
    title = "数字对、单位不对"
    why = "人与人次、户与人、百分之几与几个百分点不是一回事，单位一换，数据就变了意思。"
    bad = "材料：服务群众3200人次；文稿：服务群众3200人。"
    good = "照材料写作3200人次。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        right = source_text(ruling)
        return f"单位与材料不一致：{told_by(ruling)}，文稿为“{ruling.claim.text}”。{hedge(ruling)}", right
