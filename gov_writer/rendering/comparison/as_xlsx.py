"""A comparison as a workbook: 指标对照, 上年打算 and 问题, sentences beside the figures."""

from __future__ import annotations

from gov_writer.domain import Comparison, Report, Said, Source
from gov_writer.rendering.workbook import saved
from gov_writer.text.cells import harmless

_BAD = {"不符", "未达到", "未提及", "再次列入计划"}
_OPEN = {"待核"}


def render(comparison: Comparison, report: Report, _draft: Source, _color: bool) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheets = (book.worksheets[0], book.create_sheet("上年打算"), book.create_sheet("问题"))
    sheets[0].title = "指标对照"
    tables: tuple[list[tuple[str, ...]], ...] = (
        _indicators(comparison),
        _promises(comparison),
        _findings(report),
    )
    fills = {
        **dict.fromkeys(_BAD, PatternFill("solid", start_color="F8CBAD")),
        **dict.fromkeys(_OPEN, PatternFill("solid", start_color="FFF2CC")),
    }
    for sheet, table in zip(sheets, tables, strict=True):
        for row in table:
            sheet.append([harmless(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "B2"
        for column, name in enumerate(table[0], 1):
            wide = name in ("上年原句", "本年原句", "上年打算", "本年结果", "说明", "依据")
            sheet.column_dimensions[get_column_letter(column)].width = 48 if wide else 16
        for row_ in sheet.iter_rows(min_row=2):
            for cell in row_:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if cell.value in fills:
                    cell.fill = fills[cell.value]
    return saved(book)


def _indicators(comparison: Comparison) -> list[tuple[str, ...]]:
    head = (
        "指标",
        "单位",
        "上年",
        "本年",
        "变化",
        "文中增幅",
        "结论",
        "上年原句",
        "上年位置",
        "本年原句",
        "本年位置",
    )
    rows: list[tuple[str, ...]] = [head]
    for row in comparison.rows:
        old, new = _parts(row.old), _parts(row.new)
        rows.append(
            (
                row.indicator,
                row.unit,
                old[0],
                new[0],
                row.change,
                row.claimed,
                row.verdict,
                *old[1:],
                *new[1:],
            )
        )
    return rows


def _promises(comparison: Comparison) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("上年打算", "结论", "本年结果", "本年原句", "上年位置", "本年位置")]
    for promise in comparison.promises:
        result = _parts(promise.result)
        rows.append(
            (
                promise.promised.text,
                promise.verdict,
                result[0],
                result[1],
                promise.promised.locator,
                result[2],
            )
        )
    return rows


def _findings(report: Report) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("规则", "级别", "行", "原文", "说明", "依据")]
    levels = {"error": "错误", "warning": "警告", "info": "提示"}
    for f in report.findings:
        proof = "；".join(f"{e.source} {e.locator}：{e.text}" for e in f.evidence)
        rows.append((f.rule, levels[f.severity.value], str(f.line), f.text, f.message, proof))
    return rows


def _parts(said: Said | None) -> tuple[str, str, str]:
    return ("", "", "") if said is None else (said.text, said.sentence, said.locator)
