"""PRV801: an ID or passport number."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity
from gov_writer.matching.naming import personal


class IdNumber(Rule):
    code = "PRV801"
    name = "id-number"
    severity = Severity.ERROR
    title = "出现身份证号、护照号"
    why = "汇报材料会传阅、公开，身份证号属于个人信息，写进去就收不回来。"
    bad = "信访人身份证号写出全部18位。"
    good = "不写证件号；确需写明时用“*”隐去中间各位。"
    authority = Citation(
        "中华人民共和国个人信息保护法", "第六条", "收集个人信息，应当限于实现处理目的的最小范围"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        for hit in personal.find(case.text):
            if hit.kind in ("id", "passport"):
                what = "身份证号" if hit.kind == "id" else "护照号"
                yield self.found(case, hit.start, hit.end, f"出现{what}，应删去或隐去。")
