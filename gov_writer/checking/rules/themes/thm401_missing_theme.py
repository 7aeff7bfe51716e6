"""THM401: 必备主题通篇没有。"""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.themes import Standing
from gov_writer.domain import Evidence, Finding, Severity


class MissingTheme(Rule):
    """必备主题通篇没有。"""

    code = "THM401"
    name = "missing-theme"
    severity = Severity.ERROR
    title = "必备主题通篇没有"
    why = "上级明确要求写到的内容，缺一项就会被退回。"
    bad = "主题清单要求写“安全生产”，全文一字未提。"
    good = "在相应部分写明做了什么、结果如何；没有材料就先向科室要。"
    authority = Citation("本项目约定", "必备主题", "任务书列出的主题都要写到")

    def check(self, case: Case) -> Iterable[Finding]:
        for state in case.theme_states.all:
            if state.standing is not Standing.MISSING:
                continue
            theme = state.theme
            where = f"“{theme.section}”部分" if theme.section else "文中"
            words = "、".join(f"“{w}”" for w in theme.wordings)
            yield self.found(
                case,
                *state.place,
                f"缺少必备主题“{theme.name}”：{where}没有出现{words}。",
                evidence=(Evidence(source="必备主题", locator=theme.name, text=words),),
            )
