"""Figures whose words share nothing with the source's, and abbreviations."""

from __future__ import annotations

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Report
from gov_writer.matching import subjects

NOTES = "# 城管科\n- 拆违 132处 1.86万㎡\n- 清运 85吨\n- 夜查 27次\n# 妇联\n- 结对女童 63人\n"


def figures(text: str, notes: str = NOTES) -> list[tuple[str, str]]:
    report = _report(text, notes)
    return [(f.rule, f.text) for f in report.findings if f.rule.startswith("FIG") and f.rule != "FIG107"]


def _report(text: str, notes: str) -> Report:
    draft = ingest.from_text("稿.md", text, id="D")
    return pipeline.examine(pipeline.case_of(draft, [ingest.from_text("材料.md", notes)]))


def test_reworded_beyond_recognition_a_figure_is_still_the_one() -> None:
    assert figures("依法整治私搭乱建132处，合计18600平方米。全年外运大件家具85吨，队员夜间上路27次。") == []


def test_a_slip_beside_a_reworded_figure_is_told_as_one() -> None:
    assert figures("依法整治私搭乱建132处，合计186000平方米。") == [("FIG104", "186000平方米")]


def test_a_value_that_stands_twice_proves_nothing() -> None:
    assert ("FIG101", "85吨") in figures("收购余粮85吨，售出化肥85吨。", "- 捐献衣物85吨\n- 库存面粉85吨\n")


def test_near_twins_do_not_stand_for_each_other() -> None:
    assert [rule for rule, _ in figures("结对男童63人。")] == ["FIG101"]


@pytest.mark.parametrize(
    ("short", "long"), [("加梯", "加装电梯"), ("纾困贷款", "纾解困难贷款"), ("食安检查", "食品安全检查")]
)
def test_abbreviations(short: str, long: str) -> None:
    assert subjects.alike(short, long) >= 0.6


def test_characters_out_of_order_abbreviate_nothing() -> None:
    assert subjects.alike("检食", "食品安全检查") < 0.3


def test_a_count_of_places_that_a_table_tells_of_needs_no_other_source() -> None:
    table = "社区,调解件数\n桂溪,12\n望岭,9\n松坡,7\n合计,28\n"
    draft = ingest.from_text("稿.md", "三个社区共调解28件。四个社区都已自查。", id="D")
    report = pipeline.examine(pipeline.case_of(draft, [ingest.from_text("调解.csv", table)]))
    assert [f.text for f in report.findings if f.rule == "FIG101"] == ["四个"]


def test_last_years_line_counts_what_the_line_before_counts() -> None:
    notes = "- 全年排查矛盾纠纷326起，化解319起\n- 去年排查281起\n"
    assert figures("排查各类矛盾纠纷326起，比上年增加45起，增长16.0%，化解319起。", notes) == []


def test_what_is_left_of_a_task_and_money_in_yi_and_a_list_told_without_its_length() -> None:
    notes = (
        "# 城建办半年工作情况\n- 老旧小区改造：全年任务8个，已开工6个\n- 固投12.35亿元（去年同期13.21亿）\n"
        "- 修好柳溪路、竹溪路两条道路，共3.4公里\n- 停车位新增540个，年底前还要再增300个\n- 生产安全事故0起\n"
    )
    text = (
        "# 2025年上半年情况报告\n\n一、工作情况\n\n老旧小区改造开工6个，剩余2个年内开工，全年任务8个。"
        "固定资产投资12.35亿元，比上年同期少0.86亿元。柳溪路、竹溪路修复3.4公里。停车位新增540个。"
        "未发生生产安全事故。\n\n二、下半年打算\n\n再建停车位300个。\n"
    )
    draft = ingest.from_text("稿.md", text, id="D")
    sources = [ingest.from_text("材料.md", notes)]
    report = pipeline.examine(pipeline.case_of(draft, sources, period="2025H1"))
    assert [
        (f.rule, f.message) for f in report.findings if f.rule.startswith("FIG") and "13.21" not in f.message
    ] == []


def test_a_value_copied_over_from_another_office_and_a_unit_of_its_own() -> None:
    notes = (
        "# 城建办\n- 检查工地124次，立案9起，罚款21.5万元\n- PM2.5均值31微克/立方米\n"
        "# 应急所\n- 检查企业312家次，行政处罚18起，罚款43.2万元\n"
    )
    text = "全年检查工地124次，立案9起，罚款43.2万元。检查企业312家次，行政处罚18起，罚款43.2万元。空气中细颗粒物浓度13微克/立方米。"
    assert figures(text, notes) == [("FIG102", "43.2万元"), ("FIG102", "13微克/立方米")]
