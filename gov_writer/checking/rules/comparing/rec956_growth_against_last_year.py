"""REC956: the growth that a report tells is not what last year's report and this one imply."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED, Citation, Rule
from gov_writer.checking.rules.arithmetic.changes import POINTS
from gov_writer.checking.rules.arithmetic.interval import growth, reading, shown
from gov_writer.checking.rules.comparing.quotes import sentence_of
from gov_writer.checking.rules.comparing.years import Told, YearOnYear, exact, year_on_year
from gov_writer.domain import Finding, Kind, Severity


class GrowthAgainstLastYear(Rule):
    code = "REC956"
    name = "growth-against-last-year"
    severity = Severity.WARNING
    title = "增幅与上年报告推算不符"
    why = "增幅应当由上年公布的数和今年的数算得出来；算不出来，两年的口径、上年的数或增幅至少有一个不对。"
    bad = "上年“新增就业1208人”，今年“新增就业1251人，同比增长6.3%”。"
    good = "上年“新增就业1208人”，今年“新增就业1251人，同比增长3.6%”。"
    authority = Citation("统计法", "第七条", "真实、准确、完整、及时地提供统计调查所需的资料")

    def check(self, case: Case) -> Iterable[Finding]:
        years = case.once(year_on_year)
        if years is None:
            return
        for told in years.told:
            if not told.agrees and not _own_base(years, told):
                yield self._one(case, years, told)

    def _one(self, case: Case, years: YearOnYear, told: Told) -> Finding:
        right, pair = implied(told), told.pair
        said = f"上年报告为“{pair.old.text}”，本年为“{pair.new.text}”，推算应为{right}，文中写“{told.change.text}”。"
        sure = pair.certain
        message = (
            f"增幅与上年报告不符：{said}" if sure else f"{UNDECIDED}：{said}两处是否为同一指标，请核对。"
        )
        severity = Severity.WARNING if sure and exact(pair.old, pair.new) else Severity.INFO
        return self.found(
            case,
            told.change.start,
            told.change.end,
            message,
            severity=severity,
            expected=right,
            evidence=(sentence_of(years.old, pair.old),),
        )


def implied(told: Told) -> str:
    """The change that the two values imply, in the words of the one that stands there."""
    low, high = told.implied.low, told.implied.high
    if low is None or high is None:
        return "另一数值"
    value, step = (low + high) / 2, told.change.mention.step
    if told.change.kind is Kind.GROWTH:
        unit = POINTS if told.change.unit == POINTS else "%"
        places = Decimal("0.1") if step is None or step > 1 else step
        return f"{'下降' if value < 0 else '增长'}{shown(abs(value), places)}{unit}"
    return f"{'减少' if value < 0 else '增加'}{shown(abs(value))}{told.change.unit or ''}"


def _own_base(years: YearOnYear, told: Told) -> bool:
    """The new report names last year's value itself, and its growth follows: REC957 tells what is wrong."""
    for pair in years.recalled:
        if pair.old.id == told.pair.old.id:
            own, now = reading(pair.new.mention), reading(told.pair.new.mention)
            if own is None or now is None:
                continue
            points = told.change.kind is not Kind.GROWTH or told.change.unit == POINTS
            change = now - own if points else growth(own, now)
            if change is not None and change.meets(told.stated):
                return True
    return False
