"""FMT904: no page number, or not 四号宋体 between dashes on the outer side."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.layout import looks
from gov_writer.domain import Finding, Severity
from gov_writer.ooxml import standard


class PageNumberStyle(Rule):
    code = "FMT904"
    name = "page-number"
    severity = Severity.WARNING
    title = "没有页码，或页码格式不合标准"
    why = "多页文稿没有页码，装订和引用都会出错；单双页页码分列外侧，翻阅时才看得到。"
    bad = "没有页码，或居中的“1”"
    good = "“— 1 —”，四号宋体，单页居右、双页居左"
    authority = Citation(
        "GB/T 9704-2012",
        "7.5",
        "一般用4号半角宋体阿拉伯数字，数字左右各放一条一字线；单页码居右空一字，双页码居左空一字",
    )

    def check(self, case: Case) -> Iterable[Finding]:
        layout = case.draft.layout
        if layout is None:
            return
        end = len(case.text)
        number = layout.number
        wanted = "“— 1 —”，四号宋体，单页居右、双页居左"
        if number is None:
            yield self.found(
                case, end, end, looks.mended(f"没有页码，标准（7.5）是{wanted}。"), expected=wanted
            )
            return
        faults = []
        if not number.dashes:
            faults.append("数字左右没有一字线")
        if number.font and standard.family_of(number.font) != "宋体":
            faults.append(f"字体是{standard.family_of(number.font) or number.font}")
        if number.size != standard.SIZE_4:
            faults.append(f"字号是{looks.size_name(number.size)}")
        if not number.outer:
            faults.append("没有单页居右、双页居左")
        if faults:
            message = f"页码{'，'.join(faults)}；标准（7.5）是{wanted}。"
            if number.among:
                message += (
                    f"它和别的字写在一段里（{number.among[:30]}），排版时不动文字，请先把页码从这一段里删去。"
                )
            else:
                message = looks.mended(message)
            yield self.found(case, end, end, message, expected=wanted)
