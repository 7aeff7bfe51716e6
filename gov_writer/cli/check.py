"""``gov-writer check``: a draft against its sources, and on its own."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    HTML = "html"
    DOCX = "docx"


class FailOn(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def check(
    draft: Annotated[str, typer.Argument(help="要核对的文稿；- 表示标准输入。")],
    *,
    against: Annotated[list[str] | None, typer.Option(help="材料文件，可多次给出。")] = None,
    brief: Annotated[str | None, typer.Option(help="任务书：补充材料、主题、报告期和范文。")] = None,
    themes: Annotated[str | None, typer.Option(help="必备主题文件，代替任务书里的主题。")] = None,
    period: Annotated[str | None, typer.Option(help="报告期，如 2025、2025H1、2025Q3、2025-03。")] = None,
    as_of: Annotated[str | None, typer.Option(help="基准日，如 2025-12-20；默认为报告期末。")] = None,
    form: Annotated[Form, typer.Option("--format", help="输出格式。")] = Form.TEXT,
    out: Annotated[str | None, typer.Option("-o", "--out", help="结果写入的文件；- 表示标准输出。")] = None,
    select: Annotated[list[str] | None, typer.Option(help="只用这些规则或组，如 FIG,ARI203。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不用这些规则或组。")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="有这一级或更重的问题时退出码为 1。")] = FailOn.ERROR,
) -> None:
    """核对文稿：数据是否与材料一致、前后是否矛盾、主题是否落实、格式和用语是否规范。

    例：gov-writer check 初稿.md --against 材料.md --against 指标.xlsx --period 2025
    """
    from gov_writer import pipeline
    from gov_writer.cli.options import codes, day
    from gov_writer.cli.output import write_result
    from gov_writer.settings import CheckSettings

    settings = CheckSettings(select=codes(select), ignore=codes(ignore))
    case = pipeline.prepare(
        draft,
        against or (),
        brief=brief,
        themes=themes,
        period=period,
        as_of=day(as_of),
        settings=settings,
    )
    report = pipeline.examine(case)
    color = out in (None, "-") and sys.stdout.isatty()
    write_result(pipeline.show(case, report, form.value, color=color), out)
    if any(_grave(f.severity.rank, fail_on) for f in report.findings):
        raise typer.Exit(1)


def _grave(rank: int, fail_on: FailOn) -> bool:
    return rank >= {"error": 3, "warning": 2, "info": 1, "never": 9}[fail_on.value]
