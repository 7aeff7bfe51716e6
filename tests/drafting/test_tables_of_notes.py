"""Tables of notes: hours, places without any, columns that share a unit or a heading; places are invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl

from gov_writer import ingest, pipeline
from gov_writer.domain import Brief, Genre

from .conftest import Notes, year

Run = Callable[[Notes], pipeline.Drafted]


def test_an_hour_by_hour_table_is_told_row_by_row(check_draft: Run) -> None:
    table = (
        "时间,内容,来源\n8:05,居民报警称燃气管道被挖破,110\n8:14,街道应急队7人到场拉警戒线,街道\n8:40,疏散居民93人,街道\n"
        "12:30,抢修完成恢复供气,燃气公司\n"
    )
    notes = "直接经济损失4.6万元\n施工单位未办理交底手续\n后续：排查工地21个\n"
    brief = {
        "title": "关于望河路“9·3”燃气泄漏事故情况的报告",
        "genre": Genre.SITUATION_REPORT,
        "sections": ("事故经过", "应急处置", "损失情况", "原因分析", "下一步措施"),
        "period": year(2025),
    }
    drafted = check_draft(Notes({"警情.csv": table, "n.md": notes}, brief))
    text = drafted.draft.text
    assert (
        "8:05，居民报警称燃气管道被挖破" in text and "12:30，抢修完成恢复供气" in text and "来源" not in text
    )
    parts = {s.heading: "".join(t.text for t in s.statements) for s in drafted.outline.sections}
    assert "挖破" in parts["事故经过"] and "4.6万元" in parts["损失情况"] and "未办理" in parts["原因分析"]
    assert "排查工地21个" in parts["下一步措施"]


def test_places_that_have_none_come_last(check_draft: Run) -> None:
    table = "村,倒塌房屋(间),脱贫户\n大沅村,0,21\n石坪村,2,18\n下洲村,0,9\n合计,2,48\n"
    text = check_draft(Notes({"t.csv": table}, {"period": year(2025)})).draft.text
    assert "倒塌房屋共2间，其中石坪村2间、大沅村0间、下洲村0间；脱贫户共48户" in text.replace("。", "；")


def test_columns_of_money_share_the_unit_that_one_names(check_draft: Run) -> None:
    table = "项目名称,总投资(万元),年度计划,累计完成投资,形象进度\n大桥改建,8600,3200,2450,主体完工\n绿道,1980,900,880,已完工\n"
    text = check_draft(Notes({"t.csv": table}, {"period": year(2025)})).draft.text
    assert "大桥改建总投资8600万元，年度计划3200万元，累计完成投资2450万元" in text


def test_a_heading_over_columns_is_said_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["镇街", "城镇新增就业（人）", "", "招聘会（场）"])
    sheet.append(["", "目标", "完成", ""])
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(cells)
    sheet.append(["港口街道", 2600, 1502, 9])
    sheet.append(["北湖镇", 2200, 1148, 8])
    book.save(tmp_path / "t.xlsx")
    source = ingest.read(str(tmp_path / "t.xlsx"))
    drafted = pipeline.draft(
        pipeline.Request(brief=Brief(sources=("t.xlsx",), period=year(2025)), sources=(source,))
    )
    assert "港口街道城镇新增就业目标2600人，完成1502人，招聘会9场" in drafted.draft.text
