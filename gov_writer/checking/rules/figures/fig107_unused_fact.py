"""FIG107: 材料里的事实没有写进文稿。"""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.figures.figure_rule import HOUSE
from gov_writer.domain import Approx, Fact, Finding, Severity


class UnusedFact(Rule):
    """材料里的事实没有写进文稿。"""

    code = "FIG107"
    name = "unused-fact"
    severity = Severity.WARNING
    title = "材料里的事实没有写进文稿"
    why = "部门报来的数据漏写一条，就是一项工作没有交代；合并材料时最容易丢。"
    bad = "材料写了“慰问老党员46人次”，文稿通篇没有这个数。"
    good = "补进相应部分；确实不用的，用基线或注释说明理由。"
    authority = HOUSE

    def check(self, case: Case) -> Iterable[Finding]:
        rulings = case.rulings
        if rulings is None:
            return
        for fact, place in rulings.told.missing:
            outside = _outside(fact, case)
            lowered = outside or rulings.told.minor(fact) or fact.mention.approx is not Approx.EXACT
            about = f"{fact.subject} " if fact.subject else ""
            note = "（不在本报告期内）" if outside else ""
            yield self.found(
                case,
                place,
                place,
                f"材料中的“{about}{fact.text}”没有写进文稿{note}。",
                severity=self.severity.lowered() if lowered else self.severity,
                expected=fact.text,
                evidence=rulings.evidence(fact),
            )


def _outside(fact: Fact, case: Case) -> bool:
    """Whether the fact belongs to a known period that ends before the report's begins."""
    if case.period is None or fact.period is None:
        return False
    start, end = case.period.start, fact.period.end
    return start is not None and end is not None and end < start
