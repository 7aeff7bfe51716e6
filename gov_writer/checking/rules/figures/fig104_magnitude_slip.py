"""FIG104: 数量级写错：差十倍、百倍，或万与亿之差。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule, hedge, source_text, told_by
from gov_writer.checking.rulings.ruling import Ruling

_TIMES = {"10": "10倍", "100": "100倍", "1000": "1000倍", "10000": "一万倍", "100000000": "一亿倍"}


class MagnitudeSlip(FigureRule):
    """数量级写错：差十倍、百倍，或万与亿之差。"""

    code = "FIG104"
    name = "magnitude-slip"
    title = "数量级写错：差十倍、百倍，或万与亿之差"
    why = "多写少写一个零，或把万写成亿，读起来通顺，却是最离谱的错。"
    bad = "材料：投资1.2亿元；文稿：投资1.2万元。"
    good = "照材料写作1.2亿元；换算单位时逐位核对。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        right = source_text(ruling)
        claim, fact = ruling.claim.value, ruling.pair.fact.value if ruling.pair else None
        if ruling.derivation is not None:
            return f"数量级与材料不一致：{told_by(ruling)}。", right
        if not claim or not fact:
            return f"数量级与材料不一致：材料为“{right}”。", right
        times = max(abs(claim), abs(fact)) / min(abs(claim), abs(fact))
        change = "大" if abs(claim) > abs(fact) else "小"
        size = _TIMES.get(f"{times.normalize():f}", f"{times.normalize():f}倍")
        return f"数量级与材料不一致：{told_by(ruling)}，文稿{change}了{size}。{hedge(ruling)}", right
