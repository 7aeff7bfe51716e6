"""THM403: 固定提法引错或引漏。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Evidence, Finding, Severity
from gov_writer.lexicon import rows
from gov_writer.matching.passages.quoting import Expression, Quoting


class MisquotedExpression(Rule):
    """固定提法引错或引漏。"""

    code = "THM403"
    name = "misquoted-expression"
    severity = Severity.ERROR
    title = "固定提法引错或引漏"
    why = "政治性提法一字千钧，错一个字、漏一个字都是事故。"
    bad = "深刻领悟“两个树立”的决定性意义。"
    good = "深刻领悟“两个确立”的决定性意义。"
    authority = Citation("固定提法表", "逐条注明出处", "引用固定提法应当准确、完整")

    def check(self, case: Case) -> Iterable[Finding]:
        own = tuple(
            Expression(text=wording, source=f"必备主题“{theme.name}”")
            for theme in case.themes
            for wording in theme.wordings
        )
        office = tuple(
            Expression(text=e.text, source=e.source, also=e.also, wrong=e.wrong)
            for e in case.settings.fixed_expressions
        )
        for miss in Quoting((*office, *_valid(case.as_of), *own)).misquotes(case.text):
            right = miss.expression.text
            yield self.found(
                case,
                miss.start,
                miss.end,
                f"固定提法有误：“{case.text[miss.start : miss.end]}”应为“{right}”。",
                expected=right,
                evidence=(Evidence(source=miss.expression.source, locator="", text=right),),
            )


@cache
def _listed() -> tuple[tuple[date, Expression], ...]:
    return tuple(
        (
            date.fromisoformat(since),
            Expression(text=text, source=source, also=_members(also), wrong=_members(wrong)),
        )
        for text, since, source, also, wrong in rows("fixed_expressions")
    )


def _members(column: str) -> tuple[str, ...]:
    """The members of a column that are separated by strokes; a dash is none."""
    return () if column == "-" else tuple(column.split("|"))


@cache
def _valid(day: date | None) -> tuple[Expression, ...]:
    """The expressions of the list that were in use on the day; all, where the day is unknown."""
    return tuple(expression for since, expression in _listed() if day is None or since <= day)
