"""FIG109: 数据张冠李戴：两个数换了位置。"""

from __future__ import annotations

from gov_writer.checking.rules.figures.figure_rule import FigureRule, source_text
from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import Fact


class SubjectSwapped(FigureRule):
    """数据张冠李戴：两个数换了位置。"""

    code = "FIG109"
    name = "subject-swapped"
    title = "数据张冠李戴：两个数换了位置"
    why = "两个数都在材料里，只是写到了对方的位置上；逐个查数查不出来，对着事项看才看得出。"
    bad = "材料：新增就业312人，培训1205人；文稿：新增就业1205人，培训312人。"
    good = "把两个数换回各自的事项。"

    def tell(self, ruling: Ruling) -> tuple[str, str | None]:
        right = source_text(ruling)
        partner = ruling.partner
        if partner is None:
            return (
                f"数据张冠李戴：“{ruling.claim.text}”在材料中属于别的单位（见依据），请核对写在谁名下。",
                None,
            )
        with_whom = f"与“{partner.text}”{_where(partner)}" if partner is not None else ""
        return f"数据张冠李戴：这里材料为“{right}”，疑{with_whom}写反了位置。", right


def _where(partner: Fact) -> str:
    return f"（{partner.subject[:16]}）" if partner.subject else ""
