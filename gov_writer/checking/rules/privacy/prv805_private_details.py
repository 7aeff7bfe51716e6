"""PRV805: bank cards, accounts, plates and addresses to the door."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity
from gov_writer.matching.naming import personal

_WHAT = {"card": "银行卡号", "plate": "车牌号", "address": "到户的住址", "account": "个人账号或邮箱"}


class PrivateDetails(Rule):
    code = "PRV805"
    name = "private-details"
    severity = Severity.WARNING
    title = "出现银行卡号、车牌号、到户的住址"
    why = "凭这些能找到具体的人，公开材料里用不着。"
    bad = "写出信访人住某小区几栋几单元几室。"
    good = "写到小区即可。"
    authority = Citation(
        "中华人民共和国个人信息保护法", "第四条", "个人信息是与已识别或者可识别的自然人有关的各种信息"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        for hit in personal.find(case.text):
            if hit.kind in _WHAT:
                severity = None if hit.certain else Severity.INFO
                yield self.found(
                    case, hit.start, hit.end, f"出现{_WHAT[hit.kind]}，应删去或隐去。", severity=severity
                )
