"""``gov-writer draft``: notes in, a checked draft out."""

from __future__ import annotations

import contextlib
import gc
import json
import time
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gov_writer.cli.options import finite

if TYPE_CHECKING:
    from gov_writer.domain import EngineChoice
    from gov_writer.pipeline import Drafted, Request


#: So many new ones before cycles are looked for: one draft makes few cycles, and the looks took a tenth of its start.
_OBJECTS = 300_000


class Engine(StrEnum):
    BUILTIN = "builtin"
    OPENAI = "openai"
    LOCAL = "local"


def draft(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="一份任务书（.yaml），或一个以上的材料文件。")
    ],
    *,
    out: Annotated[
        str | None, typer.Option("-o", "--out", help="草稿文件：.docx .md .html .txt .json；- 表示标准输出。")
    ] = None,
    brief: Annotated[str | None, typer.Option(help="任务书；INPUT 里的材料排在它的材料之后。")] = None,
    examples: Annotated[str | None, typer.Option(help="范文所在的文件夹，只学写法，不取数据。")] = None,
    themes: Annotated[str | None, typer.Option(help="必备主题文件，代替任务书里的主题。")] = None,
    engine: Annotated[Engine | None, typer.Option(help="由谁行文；builtin 不用模型。")] = None,
    model: Annotated[str | None, typer.Option(help="模型名称，或 GGUF 文件的路径。")] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI 兼容接口的地址。")] = None,
    trace: Annotated[str | None, typer.Option(help="把每个数据的出处写入这个 .json 文件。")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一节不是由所选引擎写成时退出码为 3。")] = False,
    deadline: Annotated[
        float, typer.Option(min=0, callback=finite, help="多少秒后不再等模型，其余由 builtin 写完。")
    ] = 600.0,
    with_sources: Annotated[
        bool, typer.Option("--with-sources", help="Word 文件里给每个数据记下出处，文末附数据溯源表。")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只显示将要发给模型的内容，不发送，不写草稿。")
    ] = False,
    egress_log: Annotated[str | None, typer.Option(help="把发给模型的内容、时间、去向记入这个文件。")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="不画进度表，每节写完只报一行。")] = False,
) -> None:
    """由材料起草报告：每个数据都能追到材料，没有用上的数据逐条说明原因。

    例：gov-writer draft 任务书.yaml -o 初稿.docx --trace 溯源.json
    """
    gc.set_threshold(_OBJECTS)
    from gov_writer import pipeline
    from gov_writer.cli.output import protect, remind, write_result

    form = _form(out)
    shown = out if out is not None or dry_run else "-"
    protect((shown, trace, egress_log), (*inputs, brief, themes))
    wanted = pipeline.request(inputs, brief=brief, examples=examples, themes=themes)
    partial = None if out in (None, "-") else f"{out}.partial.md"
    protect((shown, trace, egress_log, partial), wanted.brief.sources)
    chosen = _chosen(wanted.brief.engine, engine, model, base_url)
    if dry_run:
        _preview(wanted, chosen)
        return
    until = time.monotonic() + deadline
    drafted, stopped = _drafted(wanted, chosen, until, egress_log=egress_log, quiet=quiet, partial=partial)
    data, origin = pipeline.render(drafted, form, with_sources=with_sources)
    write_result(data if form == "docx" else data.decode(), out)
    if partial is not None and chosen.name != "builtin":
        Path(partial).unlink(missing_ok=True)
    if trace is not None:
        write_result(json.dumps(origin, ensure_ascii=False, indent=1) + "\n", trace)
    for line in drafted.warnings:
        remind(line)
    if stopped:
        raise typer.Exit(130)
    if strict and drafted.fell_back:
        raise typer.Exit(3)


def _chosen(
    of_brief: EngineChoice, engine: Engine | None, model: str | None, base_url: str | None
) -> EngineChoice:
    """The brief's engine, with what the call says instead."""
    return replace(
        of_brief,
        name=engine.value if engine is not None else of_brief.name,
        model=model or of_brief.model,
        base_url=base_url or of_brief.base_url,
    )


def _drafted(
    wanted: Request,
    chosen: EngineChoice,
    deadline: float,
    *,
    egress_log: str | None,
    quiet: bool,
    partial: str | None,
) -> tuple[Drafted, bool]:
    """The draft, and whether Ctrl-C cut the asking short.

    partial: a file that holds the draft as far as it is while sections finish, whatever happens to this process.
    """
    from gov_writer import pipeline

    if chosen.name == "builtin":
        return pipeline.draft(wanted), False
    from gov_writer.cli.engine import Progress, cost_line
    from gov_writer.cli.output import write_result
    from gov_writer.drafting.model_writer import ModelWriter
    from gov_writer.errors import GovWriterError
    from gov_writer.settings.engine import engine_settings

    settings = engine_settings()
    progress = Progress(quiet=quiet)
    writer = ModelWriter(
        chosen, settings=settings, deadline=deadline, egress_log=egress_log, watch=progress.watch
    )
    writer.on_headings = progress.take
    progress.spent = lambda: cost_line(writer.spending, settings)

    def keep(text: str) -> None:
        with contextlib.suppress(GovWriterError):  # the result itself will tell what is wrong with its folder
            write_result(text, partial)

    with progress:
        drafted = pipeline.draft(wanted, writer=writer, so_far=keep if partial is not None else None)
    typer.echo(cost_line(writer.spent, settings), err=True)
    return drafted, writer.stopped == "中断"


def _preview(wanted: Request, chosen: EngineChoice) -> None:
    """Show what would be sent, on standard output, and send nothing."""
    from gov_writer import pipeline

    if chosen.name == "builtin":
        typer.echo("builtin 引擎不用模型，没有内容要发送。", err=True)
        return
    from gov_writer.drafting.model_writer import ModelWriter
    from gov_writer.llm.open import endpoint_of
    from gov_writer.settings.engine import engine_settings

    settings = engine_settings()
    writer = ModelWriter(chosen, settings=settings, deadline=0.0, dry=True)
    _, outline = pipeline.planned(wanted)
    where = "本机模型" if chosen.name == "local" else endpoint_of(chosen, settings) or "（未指明接口）"
    shown = writer.preview(outline, wanted.sources, wanted.examples)
    for number, question in enumerate(shown, 1):
        typer.echo(f"===== 第 {number} 次，{question.section} → {where} =====")
        typer.echo(f"[system]\n{question.system}\n[user]\n{question.user}\n")
    typer.echo(f"以上 {len(shown)} 次请求都没有发送；写得不合要求的语句会再问一次。", err=True)


def _form(out: str | None) -> str:
    """The form that the output's name asks for; Markdown on standard output."""
    from gov_writer.errors import GovWriterError
    from gov_writer.rendering import FORMS

    if out is None or out == "-":
        return "md"
    form = Path(out).suffix.lower().lstrip(".")
    if form not in FORMS:
        raise GovWriterError(
            f"不能写成“{Path(out).name}”。",
            hint="输出文件名请以 .docx、.md、.html、.txt 或 .json 结尾。",
            code="OUT-103",
        )
    return form
