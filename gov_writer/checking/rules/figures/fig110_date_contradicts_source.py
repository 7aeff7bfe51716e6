"""FIG110: 日期与材料不一致。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule, hedge, source_text
from gov_writer.checking.rulings.ruling import Ruling


class DateContradictsSource(FigureRule):
    """日期与材料不一致。"""

    code = "FIG110"
    name = "date-contradicts-source"
    title = "日期与材料不一致"
    why = "会议、批复、竣工的日期是可以查档的，写错一天也是错。"
    bad = "材料：3月18日启用；文稿：3月13日启用。"
    good = "照材料写作3月18日。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        right = source_text(ruling)
        return f"日期与材料不一致：材料为“{right}”，文稿为“{ruling.claim.text}”。{hedge(ruling)}", right
