"""A reconciliation as a workbook: a matrix whose cells lead to the sentences behind them."""

from __future__ import annotations

from gov_writer.domain import Matrix
from gov_writer.rendering.workbook import saved
from gov_writer.text.cells import harmless


def workbook(matrix: Matrix) -> bytes:
    """Two sheets: 对照表 (indicator × part, sum, total, verdict) and 原文 (the sentence of each cell)."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    table, words = book.worksheets[0], book.create_sheet("原文")
    table.title = "对照表"
    table.append(["指标", "单位", *map(harmless, matrix.parts), "各部分合计", "总数", "结论"])
    words.append(["指标", "单位名称", "表述", "原句", "材料", "位置"])
    doubtful = PatternFill("solid", start_color="FFF2CC")
    wrong = PatternFill("solid", start_color="F8CBAD")
    for number, row in enumerate(matrix.rows, 2):
        shown = [cell.text if cell else "" for cell in row.cells]
        values = [row.indicator, row.unit, *shown, row.summed, row.total, row.verdict]
        table.append([harmless(value) for value in values])
        for column, (name, cell) in enumerate(zip(matrix.parts, row.cells, strict=True), 3):
            if cell is None:
                continue
            words.append(
                [
                    harmless(v)
                    for v in (row.indicator, name, cell.text, cell.sentence, cell.source, cell.locator)
                ]
            )
            place = table.cell(number, column)
            place.hyperlink = f"#'原文'!A{words.max_row}"
            place.font = Font(color="0563C1", underline="single")
            if not cell.certain:
                place.fill = doubtful
        if row.verdict == "不符":
            table.cell(number, len(values)).fill = wrong
    table.freeze_panes = words.freeze_panes = "B2"
    for sheet, width in ((table, 16), (words, 24)):
        for column in range(1, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
    return saved(book)
