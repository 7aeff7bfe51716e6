"""FIG105: 约数与材料不符。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule, hedge, source_text, told_by
from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import Approx, Severity


class ApproximationMisstated(FigureRule):
    """约数与材料不符。"""

    code = "FIG105"
    name = "approximation-misstated"
    severity = Severity.WARNING
    title = "约数与材料不符"
    why = "“余”“近”“约”“超”各有所指：把约数写成准数，或把不足写成超过，都会让读者误会。"
    bad = "材料：参加群众近500人；文稿：参加群众500余人。"
    good = "照材料写作近500人；取整时“余”须小于实数，“近”须大于实数。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        if ruling.pair is None:
            return f"约数与材料不符：{told_by(ruling)}，文稿为“{ruling.claim.text}”。", None
        right = source_text(ruling)
        mine, theirs = ruling.claim.mention.approx, ruling.pair.fact.mention.approx
        if theirs is Approx.EXACT:
            how = f"材料是准数“{right}”，文稿写成了约数“{ruling.claim.text}”"
        elif mine is Approx.EXACT:
            how = f"材料是约数“{right}”，文稿写成了准数“{ruling.claim.text}”"
        else:
            how = f"材料为“{right}”，文稿为“{ruling.claim.text}”"
        return f"约数与材料不符：{how}。{hedge(ruling)}", right
