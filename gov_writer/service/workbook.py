"""A batch's results as a workbook: one line per report, one per finding, one per rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from gov_writer.domain import Report
from gov_writer.rendering.workbook import saved
from gov_writer.text.cells import harmless

_WORDS = {"error": "错误", "warning": "警告", "info": "提示"}


def workbook(results: Sequence[dict[str, Any]], found: Sequence[tuple[str, Report]]) -> bytes:
    """Sheets 汇总 (a line per report), 问题 (a line per finding) and 规则 (how often each rule spoke)."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    summary, words, rules = book.worksheets[0], book.create_sheet("问题"), book.create_sheet("规则")
    summary.title = "汇总"
    summary.append(["报告", "状态", "错误", "警告", "提示", "说明"])
    for result in results:
        counts = result["findings"]
        state = "完成" if result["status"] == "done" else "失败"
        line = [result["name"], state, counts["error"], counts["warning"], counts["info"], result["error"]]
        summary.append([_plain(value) for value in line])
    words.append(["报告", "规则", "级别", "行", "原文", "说明", "应为", "依据"])
    often: Counter[str] = Counter()
    for name, report in found:
        for f in report.findings:
            often[f.rule] += 1
            why = "；".join(f"{e.source} {e.locator}：{e.text}" for e in f.evidence)[:2000]
            line = [name, f.rule, _WORDS[str(f.severity)], f.line, f.text, f.message, f.expected, why]
            words.append([_plain(value) for value in line])
    rules.append(["规则", "次数"])
    for rule, number in often.most_common():
        rules.append([rule, number])
    for sheet in (summary, words, rules):
        sheet.freeze_panes = "A2"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    for sheet, widths in ((summary, "30 8 8 8 8 60"), (words, "30 10 8 6 30 50 20 60"), (rules, "12 8")):
        for column, width in zip("ABCDEFGH", widths.split(), strict=False):
            sheet.column_dimensions[column].width = float(width)
    return saved(book)


def _plain(value: Any) -> Any:
    """Text without control characters; what a spreadsheet would take for a formula gets an apostrophe."""
    if not isinstance(value, str):
        return value
    shown = "".join(c if c.isprintable() else " " for c in value)[:30_000]
    return harmless(shown)
