"""``gov-writer facts``: every figure, date and rank of the sources, with what it counts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Form(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def facts(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="材料文件；- 表示标准输入。")],
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="连同不计数的数字（二十大、12345热线）。")
    ] = False,
    form: Annotated[
        Form | None, typer.Option("--format", help="输出格式；默认随输出文件的扩展名，否则为 json。")
    ] = None,
    out: Annotated[
        str, typer.Option("-o", "--out", "--output", metavar="OUT", help="写到这个文件（默认标准输出）。")
    ] = "-",
    as_of: Annotated[str | None, typer.Option(help="基准日，如 2025-12-20；默认为报告期末。")] = None,
) -> None:
    """列出材料中的数据：数值、单位、统计对象、所属时期和出处。

    例：gov-writer facts 材料.md 指标.xlsx -o 台账.xlsx
    """
    from gov_writer import pipeline
    from gov_writer.cli.options import day
    from gov_writer.cli.output import protect, remind_of, write_result
    from gov_writer.rendering.ledger import render_ledger

    protect((out,), sources)
    ledger, errors = pipeline.facts(sources, as_of=day(as_of))
    remind_of(*ledger.sources)
    if errors:
        typer.echo("\n\n".join(map(str, errors)), err=True)
    if ledger.sources or not errors:
        write_result(render_ledger(ledger, (form or _by_name(out)).value, labels=everything), out)
    if errors:
        raise typer.Exit(2)


def _by_name(out: str) -> Form:
    ending = out.lower().rpartition(".")[2]
    return Form(ending) if ending in {form.value for form in Form} else Form.JSON
