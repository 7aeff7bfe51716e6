"""The journal as files for people and programs: results.jsonl, summary.xlsx, summary.html."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gov_writer.batch.journal import Journal
from gov_writer.batch.page import KINDS, Totals, page, said
from gov_writer.rendering.workbook import saved
from gov_writer.text.cells import harmless

_FIELDS = ("name", "job", "status", "output", "error", "findings", "seconds")
#: Headings and the widths of their columns, in characters.
_HEADINGS = (
    ("名称", 32),
    ("任务", 9),
    ("状态", 7),
    ("错误", 7),
    ("警告", 7),
    ("提示", 7),
    ("数据", 7),
    ("有出处", 8),
    ("用时（秒）", 11),
    ("有哪些问题", 60),
    ("说明", 50),
    ("结果文件", 36),
)


def write_results(journal: Journal, folder: Path) -> None:
    """Write the three files; each is whole or not there."""
    totals = Totals()
    with _beside(folder / "results.jsonl") as place, place.open("w", encoding="utf-8") as out:
        for record in journal.results():
            line = {name: record[name] for name in _FIELDS}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            totals.add(record)
    with _beside(folder / "summary.xlsx") as place:
        _workbook(journal, totals, place)
    with _beside(folder / "summary.html") as place, place.open("w", encoding="utf-8") as out:
        titles = _titles()
        out.writelines(page(journal.results("attention"), totals, lambda code: titles.get(code, "")))


def _titles() -> dict[str, str]:
    """What each rule is about, by its code."""
    from gov_writer.checking import all_rules

    return {rule.code: rule.title for rule in all_rules()}


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    part = place.with_name(f".{place.name}.part")
    yield part
    part.replace(place)


def _row(record: dict[str, Any], titles: dict[str, str]) -> list[Any]:
    findings = record["findings"]
    return [
        record["name"],
        KINDS.get(record["job"], record["job"]),
        "完成" if record["status"] == "done" else "失败",
        findings["error"],
        findings["warning"],
        findings["info"],
        record["figures"],
        record["supported"],
        record["seconds"],
        said(record["rules"], lambda code: titles.get(code, "")),
        (record["error"] or "").replace("\n", " "),
        record["output"] or "",
    ]


def _workbook(journal: Journal, totals: Totals, place: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("按需关注排序")
    sheet.freeze_panes = "B2"
    for column, (_, width) in zip("ABCDEFGHIJKL", _HEADINGS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append(_bold(sheet, [heading for heading, _ in _HEADINGS]))
    titles = _titles()
    for record in journal.results("attention"):
        sheet.append([harmless(value) if isinstance(value, str) else value for value in _row(record, titles)])
    last = totals.jobs + 1
    sheet.auto_filter.ref = f"A1:L{last}"
    for area, rule in (("C", '"失败"'), ("D", "0")):
        _coloured(sheet, f"{area}2:{area}{last}", rule, red=True, same=area == "C")
    _coloured(sheet, f"E2:E{last}", "0", red=False, same=False)
    _charts(book, totals)
    place.write_bytes(saved(book))


def _bold(sheet: Any, values: list[str]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cells = [WriteOnlyCell(sheet, value) for value in values]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _coloured(sheet: Any, area: str, value: str, *, red: bool, same: bool) -> None:
    """Cells of the area that are (or are not) the value stand out."""
    from openpyxl.formatting import rule as rules
    from openpyxl.styles import Font, PatternFill

    fill = PatternFill("solid", bgColor="FFF8D7DA" if red else "FFFFF3CD")
    font = Font(bold=True, color="FF9C0006" if red else "FF7A4B00")
    make: Any = rules.CellIsRule  # untyped
    rule = make(operator="equal" if same else "notEqual", formula=[value], fill=fill, font=font)
    sheet.conditional_formatting.add(area, rule)


def _charts(book: Any, totals: Totals) -> None:
    """What the batch came to, and how often each rule spoke, with bars."""
    from openpyxl.chart import BarChart, Reference

    titles = _titles()
    overall = book.create_sheet("总体")
    overall.column_dimensions["A"].width = 18
    for row in (
        ("任务", totals.jobs),
        ("没有完成", totals.failed),
        ("有错误的", totals.reports_with["error"]),
        ("有警告的", totals.reports_with["warning"]),
        ("数据", totals.figures),
        ("有出处", totals.supported),
        ("用时合计（秒）", round(totals.seconds, 1)),
    ):
        overall.append(list(row))
    _bars(overall, "各类份数", 4, "D2", BarChart, Reference)
    sheet = book.create_sheet("各规则")
    sheet.column_dimensions["C"].width = 40
    sheet.append(_bold(sheet, ["规则", "处数", "说明"]))
    for code, count in totals.rules.most_common():
        sheet.append([code, count, titles.get(code, "")])
    if totals.rules:
        _bars(sheet, "各规则处数", len(totals.rules) + 1, "E2", BarChart, Reference, first=2)


def _bars(
    sheet: Any, title: str, last: int, at: str, chart_of: Any, reference: Any, *, first: int = 1
) -> None:
    chart = chart_of()
    chart.type, chart.title, chart.legend = "bar", title, None
    chart.height = max(7.5, 0.6 * (last - first + 1) + 2)
    chart.add_data(reference(sheet, min_col=2, min_row=first, max_row=last))
    chart.set_categories(reference(sheet, min_col=1, min_row=first, max_row=last))
    sheet.add_chart(chart, at)
