"""REC959: this year's figure falls short of what last year's plan promised."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED, Citation, Rule
from gov_writer.checking.rules.comparing.echoes import Fate
from gov_writer.checking.rules.comparing.quotes import evidence
from gov_writer.checking.rules.comparing.years import exact, year_on_year
from gov_writer.domain import Finding, Severity


class PromiseMissed(Rule):
    code = "REC959"
    name = "promise-missed"
    severity = Severity.WARNING
    title = "没有达到上年计划的目标"
    why = "上年定了目标，今年的结果没有达到，报告应当说明原因；读者对照两份报告就能看出来。"
    bad = "上年“计划改造老旧小区6个”，今年“改造老旧小区5个”，没有说明。"
    good = "“改造老旧小区5个，另1个因管线迁改延至明年3月完工”。"
    authority = Citation("本项目约定")

    def check(self, case: Case) -> Iterable[Finding]:
        years = case.once(year_on_year)
        if years is None:
            return
        for promise in years.promises:
            goal, result = promise.figure, promise.result
            if goal is None or result is None or promise.fate not in (Fate.MISSED, Fate.UNSURE):
                continue
            proof = evidence(years.old, promise.start, promise.end, goal.locator)
            sure = promise.fate is Fate.MISSED
            said = f"上年计划“{proof.text}”，本年“{result.subject}”为“{result.text}”。"
            message = f"没有达到计划：{said}" if sure else f"{UNDECIDED}：{said}两处是否为同一指标，请核对。"
            severity = Severity.WARNING if sure and exact(result) else Severity.INFO
            yield self.found(case, result.start, result.end, message, severity=severity, evidence=(proof,))
