"""STR502: a level of numbering is jumped over."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.sections import numbering_of
from gov_writer.checking.series import mark
from gov_writer.domain import Finding, Severity

_ORDER = ("一、", "（一）", "1.", "（1）")


class LevelSkipped(Rule):
    code = "STR502"
    name = "level-skipped"
    severity = Severity.WARNING
    title = "结构层次序数跳级"
    why = "同一篇文稿里有的“一、”之下是“（一）”，有的直接是“1.”，读者分不清哪些段落同级。"
    bad = "一、工作回顾 → 1.党建工作（别处用了“（一）”）"
    good = "一、工作回顾 → （一）党建工作"
    authority = Citation(
        "GB/T 9704-2012", "7.3.3", "第一层为“一、”，第二层为“（一）”，第三层为“1.”，第四层为“（1）”"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        series = [one for one in numbering_of(case).series if not one.items[0].inline]
        used = {one.style for one in series}
        for one in series:
            parent = one.parent
            if parent is None or one.style not in _ORDER or parent.style not in _ORDER:
                continue
            skipped = [
                style
                for style in _ORDER[_ORDER.index(parent.style) + 1 : _ORDER.index(one.style)]
                if style in used
            ]
            if not skipped or one.style == parent.style:
                continue
            item = one.items[0]
            if "附件" in case.text[case.text.rfind("\n", 0, item.start) + 1 : item.start + 4]:
                continue  # 附件：1.…, the list below the report
            words = case.text[item.start : item.end].strip()
            above = mark(parent.style, parent.number)
            wanted = mark(skipped[0], 1)
            message = f"“{above}”之下直接用“{words}”，跳过了本文在别处使用的“{wanted}”一级。"
            yield self.found(case, item.start, item.end, message, expected=wanted)
