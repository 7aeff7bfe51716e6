"""PRV802: a person's telephone number."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity
from gov_writer.matching.naming import personal


class PhoneNumber(Rule):
    code = "PRV802"
    name = "phone-number"
    severity = Severity.ERROR
    title = "出现个人电话号码"
    why = "手机号和家庭电话属于个人信息；单位值班电话、12345一类热线不在此列。"
    bad = "联系人手机号写出全部11位。"
    good = "写单位办公电话，或者隐去中间四位。"
    authority = Citation(
        "中华人民共和国个人信息保护法", "第六条", "收集个人信息，应当限于实现处理目的的最小范围"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        for hit in personal.find(case.text):
            if hit.kind in ("phone", "landline"):
                what = "手机号码" if hit.kind == "phone" else "个人固定电话"
                yield self.found(case, hit.start, hit.end, f"出现{what}，应删去或隐去中间各位。")
