"""THM404: 必备主题写在了别的部分。"""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.themes import Standing
from gov_writer.domain import Evidence, Finding, Severity


class ThemeInWrongSection(Rule):
    """必备主题写在了别的部分。"""

    code = "THM404"
    name = "theme-in-wrong-section"
    severity = Severity.WARNING
    title = "必备主题写在了别的部分"
    why = "任务书指定了放在哪一部分，读者会到那里去找。"
    bad = "任务书要求在“党建”部分写主题教育，文稿写在了“民生服务”部分。"
    good = "把这段内容移到标题含有该词的部分。"
    authority = Citation("本项目约定", "必备主题", "主题写在指定的部分")

    def check(self, case: Case) -> Iterable[Finding]:
        for state in case.theme_states.all:
            if state.standing is not Standing.ELSEWHERE:
                continue
            theme = state.theme
            yield self.found(
                case,
                *state.place,
                f"必备主题“{theme.name}”应写在标题含“{theme.section}”的部分，现在写在了别处。",
                evidence=(Evidence(source="必备主题", locator=theme.name, text="、".join(theme.wordings)),),
            )
