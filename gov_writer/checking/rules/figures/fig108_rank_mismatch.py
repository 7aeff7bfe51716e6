"""FIG108: 名次与材料不一致。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule, hedge, source_text
from gov_writer.checking.rulings.ruling import Ruling


class RankMismatch(FigureRule):
    """名次与材料不一致。"""

    code = "FIG108"
    name = "rank-mismatch"
    title = "名次与材料不一致"
    why = "名次最容易被记住，也最容易被核实；名次或评比范围写错，会被当作虚报。"
    bad = "材料：考核居全区第三；文稿：考核居全区第二。"
    good = "照材料写作全区第三，范围（全区、全市）也要一致。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        right = source_text(ruling)
        return f"名次与材料不一致：材料为“{right}”，文稿为“{ruling.claim.text}”。{hedge(ruling)}", right
