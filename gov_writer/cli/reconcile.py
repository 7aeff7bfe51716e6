"""``gov-writer reconcile``: do the parts' figures add up to the total's?"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gov_writer.cli.check import Form
from gov_writer.cli.options import FailOn, reached


def reconcile(
    total: Annotated[str, typer.Argument(metavar="TOTAL", help="汇总表或汇总报告。")],
    parts: Annotated[list[str], typer.Argument(metavar="PART...", help="各单位的报告、台账或工作簿。")],
    *,
    form: Annotated[
        Form, typer.Option("--format", help="输出格式；-o 以 .xlsx 结尾时写出指标对照表。")
    ] = Form.TEXT,
    out: Annotated[str | None, typer.Option("-o", "--out", help="结果写入的文件；- 表示标准输出。")] = None,
    last_year: Annotated[
        list[str] | None, typer.Option("--last-year", help="各单位上年的报告、文件夹或通配符，可多次给出。")
    ] = None,
    period: Annotated[str | None, typer.Option(help="报告期，如 2025。")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="有这一级或更重的问题时退出码为 1。")] = FailOn.ERROR,
) -> None:
    """核对各单位的数据加起来是否等于总数，并找出漏报、互争名次、雷同段落和照抄上年的数字。

    例：gov-writer reconcile 全区汇总.xlsx 各街道/*.docx -o 对照表.xlsx
    """
    from gov_writer import across, pipeline
    from gov_writer.cli.output import protect, remind_of, write_result

    protect((out,), (total, *parts, *(last_year or ())))
    case = across.reconcile(total, parts, last_year=last_year or (), period=period)
    read = (case.draft, *(source for ledger in (*case.parts, *case.before) for source in ledger.sources))
    protect((out,), (source.path for source in read))
    remind_of(*read)
    report = pipeline.examine(case)
    if out and out.lower().endswith(".xlsx"):
        write_result(across.matrix(case), out)
    else:
        color = out in (None, "-") and sys.stdout.isatty()
        write_result(pipeline.show(case, report, form.value, color=color), out)
    if reached(report.findings, fail_on):
        raise typer.Exit(1)
