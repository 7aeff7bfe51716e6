"""REC952: an indicator of the total that some parts report and others don't mention."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.reconciling.match import part_name
from gov_writer.checking.rules.reconciling.rec951_total_differs import evidence_of
from gov_writer.domain import Finding, Severity


class PartMissing(Rule):
    code = "REC952"
    name = "part-missing"
    severity = Severity.WARNING
    title = "有单位未报该指标"
    why = "同一指标多数单位都报了，个别单位没有提到，汇总数就可能少了一块。"
    bad = "三个街道中两个写了“新增就业人数”，第三个没有。"
    good = "三个街道都写了“新增就业人数”，没有的写明“无”。"
    authority = Citation("本项目约定")

    def check(self, case: Case) -> Iterable[Finding]:
        for indicator in case.indicators:
            told = {match.part for match in indicator.matches}
            certain = indicator.certain
            if len(certain) < 2 or 2 * len(certain) < len(case.parts):
                continue  # what most parts don't tell in words is not expected of the others
            missing = [n for n in range(len(case.parts)) if n not in told]
            anchor = indicator.total or next(iter(indicator.cells.values()), None)
            if not missing or anchor is None:
                continue
            names = "、".join(part_name(case.parts[n]) for n in missing)
            message = f"“{indicator.name}”有{len(certain)}个单位报送，{names}的材料中没有找到。"
            evidence = tuple(evidence_of(case, match) for match in certain[:3])
            yield self.found(case, anchor.start, anchor.end, message, evidence=evidence)
