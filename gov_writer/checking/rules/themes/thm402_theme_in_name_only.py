"""THM402: 必备主题只提了名字。"""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.themes import Standing
from gov_writer.domain import Evidence, Finding, Needs, Severity

_NEEDED = {Needs.ACTION: "具体做法", Needs.FIGURE: "数据", Needs.MENTION: "内容"}


class ThemeInNameOnly(Rule):
    """必备主题只提了名字。"""

    code = "THM402"
    name = "theme-in-name-only"
    severity = Severity.WARNING
    title = "必备主题只提了名字，没有做法或数据"
    why = "只喊口号、不见行动，等于没有写；读者要看的是做了什么。"
    bad = "深入学习贯彻党的二十大精神，奋力谱写新篇章。"
    good = "组织党的二十大精神宣讲12场，党员群众860人参加。"
    authority = Citation("本项目约定", "必备主题", "主题要落到做法或数据")

    def check(self, case: Case) -> Iterable[Finding]:
        for state in case.theme_states.all:
            if state.standing is not Standing.NAMED:
                continue
            theme = state.theme
            where = f"“{theme.section}”部分的" if theme.section else ""
            yield self.found(
                case,
                *state.place,
                f"必备主题“{theme.name}”只提了名字：{where}同一句里没有{_NEEDED[theme.needs]}。",
                evidence=(Evidence(source="必备主题", locator=theme.name, text="、".join(theme.wordings)),),
            )
