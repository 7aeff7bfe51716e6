"""Workbooks and .csv files: headers, units, merges, percentages, dates, totals."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gov_writer import ingest
from gov_writer.domain import Cell, Source


def book(
    tmp_path: Path, rows: list[list[Any]], *, merge: str = "", formats: dict[str, str] | None = None
) -> Source:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "指标"
    for row in rows:
        sheet.append(row)
    for area in merge.split():
        sheet.merge_cells(area)
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    path = tmp_path / "指标.xlsx"
    workbook.save(path)
    return ingest.read(path)


def figures(source: Source) -> dict[str, Cell]:
    return {c.locator: c for t in source.tables for c in t.cells if c.number is not None and not c.is_header}


def words(source: Source, cell: Cell) -> str:
    return source.text[cell.start : cell.end]


def test_unit_in_header_and_in_a_column(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        [
            ["东岭街道2025年指标完成情况"],
            ["序号", "指标名称", "计量单位", "2024年", "2025年", "同比（%）"],
            [1, "税收收入", "万元", 1200, 1350.5, 12.54],
            [2, "走访户数", "户", 860, 901, 4.8],
            ["", "合计", "", 2060, 2251.5, ""],
        ],
        merge="A1:F1",
    )
    found = figures(source)
    assert set(found) == {f"指标!{c}" for c in ("D3", "E3", "F3", "D4", "E4", "F4", "D5", "E5")}
    assert (found["指标!E3"].headers, found["指标!E3"].labels, found["指标!E3"].unit) == (
        ("2025年",),
        ("税收收入",),
        "万元",
    )
    assert found["指标!F4"].headers == ("同比",)
    assert found["指标!D5"].is_total
    assert not found["指标!D4"].is_total
    assert source.text.split("\n")[2] == "序号\t指标名称\t计量单位\t2024年\t2025年\t同比（%）"


def test_unit_column_wins_over_header_but_department_column_is_a_label(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        [["单位", "排查数（处）", "整改率"], ["应急办", 12, 0.95], ["城管办", 8, 1]],
        formats={"C2": "0%", "C3": "0%"},
    )
    found = figures(source)
    assert found["指标!B2"].labels == ("应急办",)
    assert found["指标!B2"].unit == "处"
    assert (words(source, found["指标!C2"]), found["指标!C2"].number, found["指标!C2"].unit) == (
        "95%",
        Decimal(95),
        "%",
    )
    assert words(source, found["指标!C3"]) == "100%"


def test_two_row_header_with_merges(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        [
            ["单位：户"],
            ["社区", "低保", None, "特困", None],
            [None, "2024年", "2025年", "2024年", "2025年"],
            ["清泉社区", 12, 10, 3, 2],
            ["松柏社区", 8, 9, 1, 1],
        ],
        merge="A2:A3 B2:C2 D2:E2",
    )
    cell = figures(source)["指标!E4"]
    assert (cell.headers, cell.labels, cell.unit) == (("特困", "2025年"), ("清泉社区",), "户")


def test_two_row_header_drawn_without_merges(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        [["社区", "低保", "", "特困", ""], ["", "户数", "人数", "户数", "人数"], ["清泉社区", 12, 20, 3, 4]],
    )
    assert figures(source)["指标!E3"].headers == ("特困", "人数")


def test_row_labels_merged_downwards(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        [["类别", "事项", "件数"], ["安全", "检查", 30], [None, "整改", 28], ["信访", "受理", 5]],
        merge="A2:A3",
    )
    found = figures(source)
    assert found["指标!C3"].labels == ("安全", "整改")
    assert found["指标!C4"].labels == ("信访", "受理")


def test_percentages_dates_and_formats(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        [
            ["项目", "值", "日期"],
            ["占比", 0.123, datetime.date(2025, 12, 20)],
            ["增速", -0.0456, None],
            ["金额", 1234567.5, None],
            ["均值", 3.14159265, None],
            ["户数", 12, None],
            ["长小数", 0.1 + 0.2, None],
        ],
        formats={"B2": "0%", "B3": "0.0%", "B4": "#,##0.00", "B5": "0.00", "B6": '0"户"'},
    )
    found = figures(source)
    assert [words(source, found[f"指标!B{n}"]) for n in range(2, 8)] == [
        "12.3%", "-4.56%", "1,234,567.50", "3.14", "12户", "0.3",
    ]  # fmt: skip
    assert found["指标!B2"].number == Decimal("12.3")
    assert "2025年12月20日" in source.text


def test_number_years_are_headers(tmp_path: Path) -> None:
    source = book(tmp_path, [["指标", 2024, 2025], ["户数", 12, 15]])
    found = figures(source)
    assert found["指标!C2"].headers == ("2025",)
    assert len(found) == 2


def test_unit_in_the_row_label(tmp_path: Path) -> None:
    source = book(tmp_path, [["指标", "数值"], ["固定资产投资（亿元）", 3.2], ["绿地面积(平方米)", 500]])
    found = figures(source)
    assert (found["指标!B2"].labels, found["指标!B2"].unit) == (("固定资产投资",), "亿元")
    assert found["指标!B3"].unit == "平方米"


def test_hidden_rows_and_sheets_are_read_and_told(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["指标", "数"])
    sheet.append(["甲", 1])
    sheet.append(["乙", 2])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = workbook.create_sheet("底稿")
    other.append(["丙", 3])
    other.sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    source = ingest.read(tmp_path / "a.xlsx")
    assert "乙\t2" in source.text
    assert "丙\t3" in source.text
    assert len(source.warnings) == 3


def test_formulas_without_values_are_told(tmp_path: Path) -> None:
    source = book(tmp_path, [["指标", "数"], ["甲", 1], ["合计", "=SUM(B2:B2)"]])
    assert "指标!B3" in source.warnings[0]


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    source = book(tmp_path, [["社区", "户数"], ["清泉", 3], [], ["部门", "件数"], ["应急办", 5]])
    assert len(source.tables) == 2
    assert figures(source)["指标!B5"].headers == ("件数",)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "表.csv"
    lines = [["科室", "办件量（件）", "办结率"], ["民政办", "1024", "98.5%"], ['"综合，办"', "86", "100%"]]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    source = ingest.read(path)
    found = figures(source)
    assert source.text.split("\n")[1] == "民政办\t1024\t98.5%"
    assert (found["第2行B列"].unit, found["第2行B列"].labels) == ("件", ("民政办",))
    assert found["第3行C列"].number == Decimal(100)


def test_row_labels_may_begin_with_digits() -> None:
    text = "指标,单位,2025年,2024年\n12345工单,件,1130,982\n110警情,起,56,61\n排查隐患,处,8753,8011\n"
    (table,) = ingest.from_text("指标.csv", text).tables
    assert {cell.labels for cell in table.cells if cell.number is not None} == {
        ("12345工单",),
        ("110警情",),
        ("排查隐患",),
    }


def test_labels_behind_a_category_may_begin_with_digits() -> None:
    text = "类别,事项,单位,2024年,2025年\n服务,12345热线来电,件,640,588\n,窗口办件,件,9120,9876\n平安,入户走访,户次,7500,6100\n"
    (table,) = ingest.from_text("台账.csv", text).tables
    assert {cell.labels for cell in table.cells if cell.number is not None} == {
        ("服务", "12345热线来电"),
        ("服务", "窗口办件"),
        ("平安", "入户走访"),
    }


@pytest.mark.parametrize(("caption", "unit"), [("万元、%", "万元"), ("户、万元", None), ("万元", "万元")])
def test_a_caption_with_several_units_gives_one_where_only_one_can_be_meant(
    tmp_path: Path, caption: str, unit: str | None
) -> None:
    source = book(
        tmp_path,
        [["经济指标"], [None, None, f"单位：{caption}"], ["指标", "完成", "同比±%"], ["税收", 1350, 12.5]],
    )
    assert [(c.number, c.unit) for c in figures(source).values()] == [
        (Decimal(1350), unit),
        (Decimal("12.5"), "%"),
    ]


def test_cells_whose_formula_came_to_nothing_are_told(tmp_path: Path) -> None:

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["指标", "2025年"], ["排查隐患（处）", 8753], ["整改（处）", "#REF!"], ["办结率", "#DIV/0!"]):
        sheet.append(row)
    for place in ("B3", "B4"):
        sheet[place].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    (warning,) = ingest.read(tmp_path / "a.xlsx").warnings
    assert warning.startswith("2个单元格是错误值，没有当作数据：Sheet!B3（#REF!）、Sheet!B4（#DIV/0!）。")


def test_classes_of_age_and_size_are_headings(tmp_path: Path) -> None:
    rows = [["社区", "户数", "80岁以上老人", "5000元以上救助"], ["东溪", 31, 412, 6], ["南塘", 27, 305, 4]]
    found = figures(book(tmp_path, rows))
    assert [cell.headers for cell in found.values()] == [
        ("户数",),
        ("80岁以上老人",),
        ("5000元以上救助",),
    ] * 2
    assert {cell.labels for cell in found.values()} == {("东溪",), ("南塘",)}
