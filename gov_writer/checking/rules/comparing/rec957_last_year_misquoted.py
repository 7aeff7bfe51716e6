"""REC957: what a report says of last year is not what last year's report said."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED, Citation, Rule
from gov_writer.checking.rules.comparing.quotes import sentence_of
from gov_writer.checking.rules.comparing.years import year_on_year
from gov_writer.domain import Finding, Severity
from gov_writer.matching import values
from gov_writer.matching.values import Verdict


class LastYearMisquoted(Rule):
    code = "REC957"
    name = "last-year-misquoted"
    severity = Severity.WARNING
    title = "所引上年数据与上年报告不符"
    why = "今年报告里写的“上年数”应当就是上年报告的数；不一致时要么抄错，要么调整了口径而没有说明。"
    bad = "上年报告“受理诉求5230件”，今年写“去年受理诉求5320件”。"
    good = "今年写“去年受理诉求5230件”；口径有调整的注明“按可比口径”。"
    authority = Citation("统计法", "第七条", "真实、准确、完整、及时地提供统计调查所需的资料")

    def check(self, case: Case) -> Iterable[Finding]:
        years = case.once(year_on_year)
        if years is None:
            return
        for pair in years.recalled:
            if values.compare(pair.new.mention, pair.old.mention) is not Verdict.DIFFERENT:
                continue
            said = f"上年报告为“{pair.old.text}”，文中写上年是“{pair.new.text}”。"
            message = (
                f"与上年报告不符：{said}"
                if pair.certain
                else f"{UNDECIDED}：{said}两处是否为同一指标，请核对。"
            )
            yield self.found(
                case,
                pair.new.start,
                pair.new.end,
                message,
                severity=Severity.WARNING if pair.certain else Severity.INFO,
                expected=pair.old.text if pair.certain else None,
                evidence=(sentence_of(years.old, pair.old),),
            )
