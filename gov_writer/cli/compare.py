"""``gov-writer compare``: this year's report beside last year's."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from gov_writer.cli.options import FailOn, reached


class CompareForm(StrEnum):
    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    HTML = "html"
    XLSX = "xlsx"


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="上年报告。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="本年报告。")],
    *,
    form: Annotated[
        CompareForm | None, typer.Option("--format", help="输出格式；不写时按 -o 的扩展名，默认 text。")
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--out", help="结果写入的文件；- 表示标准输出。")] = None,
    period: Annotated[str | None, typer.Option(help="本年报告的报告期，如 2025。")] = None,
    select: Annotated[list[str] | None, typer.Option(help="只用这些规则或组；默认 REC。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不用这些规则或组。")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="有这一级或更重的问题时退出码为 1。")] = FailOn.ERROR,
) -> None:
    """对照两年的报告：各项数据的变化与文中增幅是否相符，上年的打算落实了没有，有没有上年的文字留下来。

    例：gov-writer compare 2024年总结.docx 2025年总结.docx -o 对照.xlsx
    """
    from gov_writer import across
    from gov_writer.cli.options import codes
    from gov_writer.cli.output import protect, remind, remind_of, write_result
    from gov_writer.settings import CheckSettings

    protect((out,), (old, new))
    settings = CheckSettings(select=codes(select) or ("REC",), ignore=codes(ignore))
    case = across.compare(old, new, period=period, settings=settings)
    remind_of(case.draft, *(source for ledger in case.before for source in ledger.sources))
    report = across.examine(case)
    if not across.adjacent(case):
        remind("两份报告不是相邻的两年，增幅和打算没有核对。")
    color = out in (None, "-") and sys.stdout.isatty()
    write_result(across.show_comparison(case, report, _form(form, out), color=color), out)
    if reached(report.findings, fail_on):
        raise typer.Exit(1)


def _form(form: CompareForm | None, out: str | None) -> str:
    if form is not None:
        return form.value
    ending = (out or "").lower().rpartition(".")[2]
    return {"xlsx": "xlsx", "html": "html", "htm": "html", "json": "json", "sarif": "sarif"}.get(
        ending, "text"
    )
