"""What an editor of a district office would strike out of a draft; each case is one such thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Genre, Theme

from .conftest import Notes, year

Run = Callable[[Notes], pipeline.Drafted]
BRIEF = {"period": year(2025)}


def told(run: Run, notes: str, name: str = "n.md", **brief: object) -> str:
    return run(Notes({name: notes}, {**BRIEF, **brief})).draft.text


@pytest.mark.parametrize(
    ("line", "right", "wrong"),
    [
        ("3）9月底前完成危房改造26户", "9月底前完成危房改造26户", "39月"),
        ("2、7月25日前完成全部道路抢通4公里", "7月25日前完成全部道路抢通4公里", "2、7月"),
        ("1 、5个社区完成换届", "5个社区完成换届", "1、5"),
        ("加装电梯：完成21部，在建4部", "加装电梯完成21部，在建4部", "方面，完成"),
        ("拆违 —— 拆除违法建设67处", "拆违方面，拆除违法建设67处", "——"),
        ("人社 / 零工驿站1处，服务求职者1900多人次", "零工驿站1处", "/"),
        ("卫健 / 65岁以上老人体检3876人", "65岁以上老人体检3876人", "/"),
        ("规上工业产值38.6亿元，同比 +7.2%", "同比增长7.2%", "+"),
    ],
)
def test_a_line_is_told_without_its_number_and_label(
    check_draft: Run, line: str, right: str, wrong: str
) -> None:
    text = told(check_draft, f"## 综合\n- 走访企业420家次\n{line}\n- 调解纠纷18件\n")
    assert right in text and wrong not in text


def test_numbers_of_lines_are_no_facts() -> None:
    source = ingest.from_text("n.md", "打算\n1）新建公园2个\n2）改造小区3个\n3、9月底前拆除危房6户\n")
    from gov_writer import facts

    assert [fact.text for fact in facts.extract([source]).facts if fact.counted] == ["2个", "3个", "6户"]


def test_months_and_doors_in_a_row_are_no_numbers_of_lines() -> None:
    from gov_writer import facts

    read = facts.scan("3、4月份开展巡查\n1、2号楼完工", period=None)
    assert "3、4月份" in [m.text for m in read]


def test_the_last_point_of_a_list_stays_in_it(check_draft: Run) -> None:
    notes = "- 排查隐患52处\n存在问题\n1、堤防标准偏低\n2、抽水泵缺口12台\n3、预警到户还有盲区\n\n下步措施\n1、8月底前抢通道路4公里\n2、加快查灾核灾\n"
    text = told(check_draft, notes)
    problems, plans = text.index("、存在的问题"), text.index("、下一步")
    assert problems < text.index("预警到户还有盲区") < plans < text.index("抢通道路4公里")


def test_a_heading_that_names_the_work_is_told_once(check_draft: Run) -> None:
    text = told(
        check_draft,
        "城建办材料\n\n老旧小区改造\n- 东岭社区3个小区，涉及楼栋46栋\n- 投资6400万元\n- 走访企业12家\n",
    )
    assert text.count("老旧小区改造方面，") == 1


def test_goals_of_next_year_are_plans(check_draft: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("指标", "单位", "2025年完成", "同比(%)", "2024年完成", "2026年目标"))
    sheet.append(("一般公共预算收入", "亿元", 4.86, 5.3, 4.62, 5.1))
    sheet.append(("社会消费品零售总额", "亿元", 21.7, 6.1, 20.45, 23))
    book.save(tmp_path / "a.xlsx")
    text = _drafted(tmp_path / "a.xlsx").draft.text
    assert "2026年一般公共预算收入目标为5.1亿元，完成" not in text
    assert (
        text.index("完成4.86亿元，同比增长5.3%") < text.index("2026年工作计划") < text.index("目标为5.1亿元")
    )
    assert "一般公共预算收入目标为5.1亿元，社会消费品零售总额目标为23亿元" in text


def test_columns_of_words_and_of_people(tmp_path: Path) -> None:
    paper = docx.Document()
    table = paper.add_table(rows=0, cols=4)
    rows = (
        ("部门", "工作内容", "成效", "参与人次"),
        ("综合执法局", "占道经营整治", "拆除违建41处", "860"),
        ("文旅中心", "“听海”民宿集群", "民宿23家，接待游客6.8万人次", "4.2万"),
    )
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paper.save(str(tmp_path / "a.docx"))
    text = _drafted(tmp_path / "a.docx").draft.text
    assert "开展占道经营整治，拆除违建41处，参与860人次" in text
    assert "“听海”民宿集群方面，民宿23家" in text and "参与4.2万人次" in text
    assert "工作内容" not in text and "4.2万元" not in text


def test_a_merged_heading_says_of_what(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("村", "人口", None, "房屋", None))
    sheet.append((None, "受灾(人)", "转移(人)", "倒塌(间)", "损坏(间)"))
    for row in (("东岭村", 210, 61, 2, 6), ("河口村", 156, 40, 0, 4), ("合计", 366, 101, 2, 10)):
        sheet.append(row)
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "a.xlsx")
    text = _drafted(tmp_path / "a.xlsx").draft.text
    assert "房屋倒塌共2间" in text and "房屋损坏共10间" in text and "转移共101人" in text


def test_a_section_opens_with_what_it_is_about(check_draft: Run) -> None:
    notes = (
        "城建办\n- 修复破损路面1.8万平方米\n- 拆除违法建设67处，腾出空间9800平方米\n- 背街小巷整治12条\n- 加装电梯：完成21部\n"
        "- 召开城市管理调度会12次，清理卫生死角230处，清运垃圾1.6万吨\n- 新增停车泊位530个，其中新能源车位64个\n经济办\n- 走访企业420家次\n- 固定资产投资12.4亿元\n党建办\n- 发展党员31名\n"
    )
    text = told(check_draft, notes)
    lead = next(line for line in text.splitlines() if "等工作。" in line and line.startswith("统筹推进"))
    sentence = lead.partition("。")[0]
    assert "破损路面修复" in sentence and "违法建设拆除" in sentence
    assert not any(c.isdigit() for c in sentence)


def test_a_paper_of_the_office_has_a_cover_line(check_draft: Run) -> None:
    text = told(check_draft, "经济发展办 汇总  2025.12.18\n\n- 走访企业420家次\n- 新签约项目7个\n")
    assert "汇总" not in text and "12.18" not in text


def test_a_duty_report_tells_study_first_and_integrity_last(check_draft: Run) -> None:
    notes = (
        "履职：\n- 牵头招商，签约项目9个\n- 改造管网7.4公里\n廉政：\n- 严格执行中央八项规定精神，约谈科室负责人9人次\n"
        "个人学习：\n- 参加中心组学习11次，讲党课4次\n- 深入学习习近平法治思想，带头述法\n"
    )
    themes = (Theme(name="习近平法治思想"),)
    text = told(check_draft, notes, genre=Genre.DUTY_REPORT, themes=themes)
    assert text.index("中心组学习11次") < text.index("签约项目9个") < text.index("约谈科室负责人9人次")
    assert "坚持廉洁自律" in text and "【待补" not in text


def _drafted(path: Path) -> pipeline.Drafted:
    wanted = pipeline.request([str(path)])
    return pipeline.draft(replace(wanted, brief=replace(wanted.brief, period=year(2025))))


def test_a_caption_s_unit_stands_behind_its_figures(tmp_path: Path) -> None:
    note = tmp_path / "notes.md"
    note.write_text(
        "东岭街道2025年税收情况（单位：万元）\n\n全口径税收12860，其中增值税4320。\n\n"
        "（单位：万人次）\n\n| 景区 | 上半年 |\n| --- | --- |\n| 镜湖 | 12.5 |\n| 青崖 | 8 |\n",
        encoding="utf-8",
    )
    text = _drafted(note).draft.text
    assert "全口径税收12860万元，其中增值税4320万元" in text
    assert "12.5万人次" in text and "单位：" not in text


def test_a_note_below_the_name_of_a_part_goes_where_its_words_belong(check_draft: Run) -> None:
    notes = (
        "【民生】\n- 发放高龄津贴4216人次、126.5万元\n- 农村公路提档升级11.6公里，危桥改造2座\n- 中心小学扩建项目6月开工，总投资3200万元\n"
        "- 新增床位40张，家庭医生签约率76%\n【城市管理】\n- 拆除违建41处\n- 改造管网7.4公里\n【党建】\n- 发展党员31名\n"
    )
    text = told(check_draft, notes)
    streets, people = text.index("加强城市管理"), text.index("办好民生实事")
    assert streets < text.index("危桥改造2座") < people < text.index("小学扩建项目")
