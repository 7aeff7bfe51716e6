"""REC958: last year's plan promised something that this year's report does not mention."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED, Citation, Rule
from gov_writer.checking.rules.comparing.echoes import Fate
from gov_writer.checking.rules.comparing.promises import Promise
from gov_writer.checking.rules.comparing.quotes import evidence
from gov_writer.checking.rules.comparing.years import year_on_year
from gov_writer.domain import Finding, Severity


class PromiseNotMentioned(Rule):
    code = "REC958"
    name = "promise-not-mentioned"
    severity = Severity.WARNING
    title = "上年承诺的事项没有交代"
    why = "上年报告写了今年要做的事，今年的总结应当说明做成了没有；只字不提，上级会问。"
    bad = "上年“明年打算：新建口袋公园2个”，今年的报告没有写口袋公园。"
    good = "今年写“建成口袋公园2个”，或说明“因征地未完成，口袋公园结转下年”。"
    authority = Citation("本项目约定")

    def check(self, case: Case) -> Iterable[Finding]:
        years = case.once(year_on_year)
        if years is None:
            return
        end = len(case.text)
        for promise in years.promises:
            if promise.fate not in (Fate.SILENT, Fate.AGAIN, Fate.UNSURE) or promise.result is not None:
                continue
            proof = evidence(years.old, promise.start, promise.end)
            start, stop = promise.place or (end, end)
            sure = promise.fate is not Fate.UNSURE
            yield self.found(
                case,
                start if not sure else end,
                stop if not sure else end,
                _message(promise, proof.text),
                severity=Severity.WARNING if sure else Severity.INFO,
                evidence=(proof,),
            )


def _message(promise: Promise, said: str) -> str:
    match promise.fate:
        case Fate.AGAIN:
            return f"上年计划“{said}”，本年没有写结果，只是再次列入计划。"
        case Fate.SILENT:
            return f"上年计划“{said}”，本年报告没有提到。"
        case _:
            return f"{UNDECIDED}：上年计划“{said}”，文中这一处是否就是它的结果，请核对。"
