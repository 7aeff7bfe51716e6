"""Sections that the brief or the notes name for what they are for: how it is, what was done, what is wrong, what is next."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gov_writer import pipeline
from gov_writer.domain import EngineChoice, Genre
from gov_writer.outline.roles import Role, role_of

from .conftest import Notes, year

Run = Callable[[Notes], pipeline.Drafted]
DUTY = (
    "我叫秦望山，现任桐坑镇副镇长。\n2023年5月任现职。\n## 学习\n参加集中学习16次\n撰写调研文章3篇，其中1篇被区里采用\n"
    "## 农业农村\n粮食播种面积1.2万亩\n## 水利\n加固山塘6座，投资980万元\n## 不足\n跟同事沟通不够\n"
    "## 打算\n整治山塘4座\n述职人：秦望山\n2025年12月20日\n"
)
MATTER = (
    "# 自建房排查\n基本情况：全镇有自建房6210栋\n年度目标：整治危房90栋\n进度：截至11月底，已整治危房72栋\n做法\n"
    "- 组建排查小组18个\n- 培训排查员240人次\n问题\n- 有7户不愿搬离\n建议：请区里增加补助200万元\n下一步\n12月整治18栋\n"
)
EXAMPLE = (
    "关于河道保洁工作情况的汇报\n一、总体情况\n保洁河道31条。\n二、工作做法及成效\n清理水葫芦400吨。\n"
    "三、面临的困难\n缺船2条。\n四、下一步措施及建议\n请拨付经费35万元。\n"
)
FLOOD = (
    "启动响应：19日7时启动防汛Ⅲ级应急响应\n受灾情况：全镇6个村受灾，受灾人口2140人\n没有人员伤亡\n"
    "转移安置：转移群众305户812人\n受灾户邱桂生、邱小满等2户已安置在学校，邱桂生手机13712345678\n"
    "需要区里支持：请求拨付救灾资金300万元\n下一步：8月底前修复水毁道路5处\n"
)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("基本情况", Role.OVERVIEW),
        ("事件经过", Role.OVERVIEW),
        ("履职情况", Role.WORK),
        ("主要做法及成效", Role.WORK),
        ("困难和问题", Role.PROBLEMS),
        ("下一步措施", Role.PLANS),
        ("存在问题及下步打算", Role.MIXED),
        ("党建引领", None),
        ("安全工作", None),
        ("问题整改", None),
    ],
)
def test_what_a_section_is_for(name: str, role: Role | None) -> None:
    assert role_of(name) is role


def test_a_duty_report_in_the_briefs_sections(check_draft: Run) -> None:
    named = ("思想政治", "履职情况", "存在问题", "下步打算")
    brief = {"sections": named, "period": year(2025), "unit": "桐坑镇", "genre": Genre.DUTY_REPORT}
    drafted = check_draft(Notes({"述职.md": DUTY}, brief))
    assert [section.heading for section in drafted.outline.sections] == list(named)
    text = drafted.draft.text
    assert not drafted.draft.unused and "【待补" not in text
    assert (
        text.index("任现职")
        < text.index("一、思想政治")
        < text.index("调研文章3篇")
        < text.index("二、履职情况")
    )
    assert text.count("秦望山") == 1 and "农业农村粮食" not in text


def test_a_section_for_problems_keeps_them_on_the_machine(check_draft: Run) -> None:
    for sections in ((), ("基本情况", "困难和问题", "下一步措施")):
        engine = EngineChoice(local_only_sections=("困难和问题",))
        brief = {"sections": sections, "period": year(2025), "engine": engine}
        drafted = check_draft(Notes({"述职.md": DUTY}, brief))
        problems = next(s for s in drafted.outline.sections if any("沟通" in t.text for t in s.statements))
        assert problems.local_only and all(s.local_only for s in problems.statements)


def test_one_matter_under_the_examples_headings(check_draft: Run) -> None:
    brief = {
        "title": "关于自建房安全隐患排查整治工作情况的汇报",
        "genre": Genre.WORK_BRIEFING,
        "period": year(2025),
        "unit": "桐坑镇",
    }
    drafted = check_draft(Notes({"自建房.md": MATTER}, brief, {"范文.txt": EXAMPLE}))
    headings = [section.heading for section in drafted.outline.sections]
    assert headings == ["总体情况", "工作做法及成效", "面临的困难", "下一步措施及建议"]
    text = drafted.draft.text
    assert "年度目标是整治危房90栋" in text and text.index("72栋") < text.index("工作做法及成效")
    assert text.index("12月整治18栋") < text.index("请区里增加补助200万元")


def test_a_flood_is_told_with_its_labels(check_draft: Run) -> None:
    brief = {
        "title": "关于“7·19”强降雨救灾情况的报告",
        "genre": Genre.SITUATION_REPORT,
        "period": year(2025),
        "unit": "桐坑镇",
    }
    text = check_draft(Notes({"汛情.txt": FLOOD}, brief)).draft.text
    assert "没有人员伤亡" in text and "启动响应19日" not in text
    assert "桂生" not in text and "小满" not in text and "邱某" in text
    assert text.index("8月底前") < text.index("请求拨付救灾资金300万元")
