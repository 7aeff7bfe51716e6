"""How builtin drafts read: what a director of the office would strike out at first sight; places are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gov_writer import pipeline
from gov_writer.domain import Genre

from .conftest import Notes, year

Run = Callable[[Notes], pipeline.Drafted]


@pytest.mark.parametrize(
    ("line", "plan"),
    [
        ("引进项目17个，计划总投资26.4亿元，其中亿元以上项目6个", False),
        ("计划投资3亿元的项目2个已开工", False),
        ("全年计划完成投资5亿元，实际完成5.3亿元", False),
        ("签约项目9个，力争明年开工4个", False),
        ("力争引进亿元以上项目8个", True),
        ("上下齐心，力争年内完成投资3.1亿元", True),
        ("2026年计划投资3亿元建设污水厂1座", True),
    ],
)
def test_what_is_done_and_what_is_planned(check_draft: Run, line: str, plan: bool) -> None:
    notes = f"# 雾溪街道2025年材料\n\n## 经济办\n- {line}\n- 走访企业31家\n\n## 明年打算\n- 新建公园2个\n"
    text = check_draft(Notes({"n.md": notes}, {"period": year(2025)})).draft.text
    heading = "、2026年工作计划" if line.startswith("2026年") or not plan else "、下一步工作计划"
    assert (text.index(heading) < text.index(line.removeprefix("2026年")[:5])) == plan


def test_an_emergency_is_told_in_its_own_order(check_draft: Run) -> None:
    notes = (
        "# 雾溪街道“6·8”暴雨处置情况\n\n- 街道启动防汛四级响应，出动干部260人次。\n- 转移群众73户152人。\n"
        "- 受淹商铺31间，直接经济损失约45万元。\n- 抢修供电线路3条，疏通排水管2.4公里。\n- 开展消杀12次，拨付救灾资金8.6万元。\n"
        "- 6月8日3时至9时，降雨量达121毫米。\n- 下一步，计划改造雨水井56座。\n"
    )
    brief = {
        "genre": Genre.SITUATION_REPORT,
        "title": "雾溪街道关于“6·8”暴雨处置工作的情况报告",
        "period": year(2025),
    }
    text = check_draft(Notes({"n.md": notes}, brief)).draft.text
    places = [
        text.index(words)
        for words in ("一、基本情况", "受淹商铺", "响应，出动", "转移群众", "抢修供电", "消杀", "改造雨水井")
    ]
    assert places == sorted(places)
    assert "现将“6·8”暴雨处置工作报告如下。" in text and "围绕" not in text


def test_work_against_emergencies_is_told_field_by_field(check_draft: Run) -> None:
    notes = (
        "关于雾溪街道火灾事故隐患大排查工作情况\n- 检查场所876家，发现隐患213处\n- 开展宣传活动56场，发放资料3.2万份\n"
        "- 下一步计划新建消防站1座\n"
    )
    text = check_draft(
        Notes({"n.md": notes}, {"genre": Genre.SITUATION_REPORT, "period": year(2025)})
    ).draft.text
    assert "守牢安全底线" in text and "基本情况" not in text
    assert text.index("守牢安全底线") < text.index("开展宣传活动56场") < text.index("下一步")


def test_a_short_line_without_a_figure_is_told(check_draft: Run) -> None:
    notes = (
        "关于雾溪街道兴隆仓库火灾处置情况\n11月3日，兴隆仓库起火，过火面积约120平方米。\n疏散群众210人。\n15时10分明火扑灭。\n"
        "发放救助金5.5万元。\n"
    )
    text = check_draft(
        Notes({"n.md": notes}, {"genre": Genre.SITUATION_REPORT, "period": year(2025)})
    ).draft.text
    assert "15时10分明火扑灭" in text and "现将雾溪街道兴隆仓库火灾处置情况报告如下" in text


def test_labels_in_brackets_and_a_cover_line_are_no_sentences(check_draft: Run) -> None:
    notes = (
        "雾溪街道年度材料汇总！！（各科室自报）\n\n【应急办】排查隐患 310 处，整改302处\n【民政】慰问老人96名，发放慰问金4.8万元\n"
        "【卫健】签约居民1.3万人；接种⟦F1⟧\n区人大代表李建华手机13812345678\n"
    )
    text = check_draft(Notes({"n.txt": notes}, {"period": year(2025)})).draft.text
    for left in ("【", "汇总", "自报", "代表", "接种"):
        assert left not in text
    assert "签约居民1.3万人" in text and "排查隐患310处" in text


def test_a_table_tells_the_latest_year_first(check_draft: Run) -> None:
    notes = "指标,单位,2024年,2025年,同比\n服务业营收,亿元,31.2,33.6,7.7%\n空气优良天数,天,318,326,\n"
    text = check_draft(Notes({"n.csv": notes}, {"period": year(2025)})).draft.text
    assert "服务业营收33.6亿元，同比增长7.7%（上年31.2亿元）" in text


def test_a_town_has_fields_and_guests(check_draft: Run) -> None:
    notes = (
        "# 雾溪镇2025年材料\n\n## 农业农村办\n- 新建高标准农田2600亩\n- 带动农户412户增收\n## 文旅办\n- 接待游客46.3万人次\n"
        "- 举办活动9场\n## 应急办\n- 排查隐患310处\n"
    )
    text = check_draft(Notes({"n.md": notes}, {"period": year(2025)})).draft.text
    assert "夯实农业基础" in text and "其他各项工作" not in text


def test_short_parts_have_no_points(check_draft: Run) -> None:
    notes = "# 雾溪街道2025年材料\n\n## 社会事业\n- 新增养老床位58张\n- 完成征兵18人\n- 举办演出16场\n\n## 平安\n- 调解纠纷62起\n"
    text = check_draft(Notes({"n.md": notes}, {"period": year(2025)})).draft.text
    assert "一是" not in text


def test_lines_read_on_as_paragraphs(check_draft: Run) -> None:
    notes = (
        "雾溪街道上半年工作情况\n一、招商\n签约项目9个，协议资金14.7亿元。\n开工项目5个。\n走访企业62家，办结诉求58件。\n"
        "二、治理\n成立网格21个。\n调解纠纷87起。\n上报事件915件，办结902件。\n三、民生\n培训居民272人次。\n新增托位20个。\n"
    )
    text = check_draft(Notes({"n.txt": notes}, {"genre": Genre.WORK_BRIEFING})).draft.text
    paragraph = next(line for line in text.splitlines() if "签约项目9个" in line)
    assert "开工项目5个；" in paragraph or "；开工项目5个。" in paragraph
    assert "走访企业62家" in paragraph


def test_plans_alone_make_a_plan(check_draft: Run) -> None:
    notes = "# 雾溪街道2026年计划\n\n- 拟引进企业12家\n- 计划开展演练20场\n- 力争改造老旧小区3个\n- 计划新建社区食堂2家\n"
    text = check_draft(Notes({"n.md": notes})).draft.text
    assert text.startswith("雾溪街道2026年工作计划\n")
    assert "总结" not in text and "完成情况" not in text and "现有成效" not in text
    assert "四、" in text


def test_a_year_that_all_plans_share_is_said_once(check_draft: Run) -> None:
    notes = (
        "# 雾溪街道2025年材料\n\n## 民政办\n- 慰问老人96名\n\n## 2026年打算\n- 新建公园2个\n- 改造小区3个\n"
    )
    text = check_draft(Notes({"n.md": notes}, {"period": year(2025)})).draft.text
    assert "二、2026年工作计划\n一是新建公园2个。二是改造小区3个。" in text
