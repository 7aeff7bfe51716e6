"""REC960: a passage of last year's report stands in this year's as it was."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.comparing.copied import left_in
from gov_writer.checking.rules.comparing.quotes import evidence
from gov_writer.checking.rules.comparing.standing import may_stay
from gov_writer.checking.rules.comparing.years import year_on_year
from gov_writer.domain import Fact, Finding, Severity
from gov_writer.matching.passages import plans


class OldTextLeft(Rule):
    code = "REC960"
    name = "old-text-left"
    severity = Severity.WARNING
    title = "上年的文字原样留在文中"
    why = "套用上年文稿时整句留了下来，写的是上年的做法和数据，今年未必还是这样。"
    bad = "两年的报告里都有同一句一百字的“楼栋联络员”做法，一字未改。"
    good = "写今年的进展；常年坚持的做法一句带过。"
    authority = Citation("本项目约定")

    def check(self, case: Case) -> Iterable[Finding]:
        years = case.once(year_on_year)
        if years is None:
            return
        for one in left_in(years):
            standing = [f for f in _in(years.new.facts, one.start, one.end) if may_stay(years.new, f)]
            if one.figures and standing:
                continue
            said = "连数字都与上年相同" if one.figures else "与上年报告几乎相同"
            was_plan = plans.looks_ahead(case.text[one.start : one.end])
            tail = "上年的打算今年还是打算，请核对。" if was_plan else "请核对是否为今年的情况。"
            yield self.found(
                case,
                one.start,
                one.end,
                f"这一句{said}，{tail}",
                evidence=(evidence(years.old, *one.old),),
            )


def _in(facts: tuple[Fact, ...], start: int, end: int) -> list[Fact]:
    return [fact for fact in facts if start <= fact.start < end]
