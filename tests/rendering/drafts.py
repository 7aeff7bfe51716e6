"""A draft about an invented street, with everything that a layout has to show."""

from __future__ import annotations

from gov_writer.domain import Draft, DraftBlock, DraftBlockKind, Figure

K = DraftBlockKind
_SENTENCE = "街道组织网格人员入户走访了解群众所思所盼并逐一建立台账明确专人限期办结及时反馈结果"


def block(kind: DraftBlockKind, text: str, level: int = 0, *figures: Figure) -> DraftBlock:
    return DraftBlock(kind=kind, text=text, level=level, figures=figures)


def long_draft() -> Draft:
    """About eight pages."""
    blocks = [
        block(K.TITLE, "云溪区东岭街道2025年工作总结和2026年工作计划"),
        block(K.ADDRESSEE, "区委、区政府："),
        block(K.PARAGRAPH, "今年以来，东岭街道“真抓实干”，各项工作取得新进展。现将有关情况报告如下。"),
    ]
    for number in "一二三":
        blocks.append(block(K.HEADING, f"{number}、党建引领，夯实基层基础", 1))
        for inner in "一二":
            blocks.append(block(K.HEADING, f"（{inner}）抓实思想建设", 2))
            blocks.append(block(K.PARAGRAPH, _SENTENCE * 8 + "。"))
            blocks.append(block(K.HEADING, "1.抓实学习", 3))
            blocks.append(block(K.HEADING, "（1）集中学习", 4))
            blocks.append(
                block(
                    K.PARAGRAPH,
                    "全年开展学习12次，完成投资1.35亿元，同比增长12.5%。【待补：法治建设】" + _SENTENCE,
                    0,
                    Figure(start=6, end=9, fact="F1"),
                    Figure(start=14, end=20, fact="F2"),
                )
            )
    blocks.append(block(K.SIGNATURE, "云溪区东岭街道办事处"))
    blocks.append(block(K.SIGNATURE, "2025年12月20日"))
    return Draft(blocks=tuple(blocks))
