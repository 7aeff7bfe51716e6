"""``gov-writer batch``: many reports, resumable."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from gov_writer.cli.options import FailOn, finite
from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from gov_writer.batch import Progress, Summary
    from gov_writer.settings import EngineSettings


def batch(
    manifest: Annotated[
        str,
        typer.Argument(
            metavar="MANIFEST", help="文件夹、通配符，或每行一个任务的 .csv、.jsonl、.xlsx 清单。"
        ),
    ],
    *,
    out: Annotated[
        str, typer.Option("-o", "--out", help="结果文件夹或 s3:// 一类的地址；再次运行同一命令会接着做。")
    ],
    workers: Annotated[int, typer.Option(min=1, help="本机同时工作的进程数。")] = 1,
    cluster: Annotated[str | None, typer.Option(help="Dask 集群地址，如 tcp://10.0.0.5:8786。")] = None,
    timeout: Annotated[float, typer.Option(min=1, callback=finite, help="单个任务最多用多少秒。")] = 900,
    select: Annotated[list[str] | None, typer.Option(help="只用这些规则或组，如 FIG,ARI203。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不用这些规则或组。")] = None,
    part: Annotated[
        str, typer.Option(help="只做清单的第几份，如 3/20：多次运行分担一个很大的清单。")
    ] = "1/1",
    batch_api: Annotated[
        bool,
        typer.Option(
            "--batch-api", help="起草的全部问题合成一个文件，交给接口的批量服务（/files、/batches）。"
        ),
    ] = False,
    rate: Annotated[
        float | None, typer.Option(min=0, callback=finite, help="起草时所有进程合计每分钟最多的请求数。")
    ] = None,
    token_rate: Annotated[
        float | None,
        typer.Option("--token-rate", min=0, callback=finite, help="起草时所有进程合计每分钟最多的词元数。"),
    ] = None,
    token_budget: Annotated[
        int | None, typer.Option("--token-budget", min=0, help="整个任务最多用多少词元；用完后由内置引擎写。")
    ] = None,
    pages: Annotated[
        bool,
        typer.Option(
            "--pages/--no-pages",
            help="有问题的每份报告另写一个网页，原文中标出问题，可从 summary.html 点开。",
        ),
    ] = True,
    fail_on: Annotated[FailOn, typer.Option(help="有这一级或更重的问题时退出码为 1。")] = FailOn.ERROR,
) -> None:
    """批量核对、起草、汇总核对或两年对照：中断后用同一条命令接着做，已完成的不重做。

    例：gov-writer batch 各街道报告/ -o 结果/ --workers 2
    """
    from gov_writer.batch import BatchSettings, run_batch
    from gov_writer.cli.options import codes
    from gov_writer.settings import CheckSettings

    settings = BatchSettings(
        workers=workers,
        cluster=cluster,
        timeout_s=timeout,
        check=CheckSettings(select=codes(select), ignore=codes(ignore)),
        part=_part(part),
        batch_api=batch_api,
        pages=pages,
        engine=_engine(rate, token_rate, token_budget),
        say=_say,
    )
    with _shown() as show:
        summary = run_batch(manifest, out, settings, show)
    _tell(summary, out)
    if summary.failed or _reports_at(fail_on, summary):
        raise typer.Exit(2 if summary.failed else 1)


def _tell(summary: Summary, out: str) -> None:
    """What became of the jobs, on standard error."""
    from gov_writer.batch.storage import shown

    for name, fault in summary.told:
        _say(f"“{name}”没有做成：{fault}\n")
    _say(
        f"共 {summary.total} 个任务，失败 {summary.failed} 个；"
        f"有错误的 {summary.errors} 份，有警告的 {summary.warnings} 份。结果在 {shown(out)}"
    )


def _say(line: str) -> None:
    """On standard error, as long as somebody reads it: a run does not end because its log has."""
    with suppress(OSError):
        typer.echo(line, err=True)


@contextmanager
def _shown() -> Iterator[Callable[[Progress], None]]:
    """What shows the progress on standard error: a bar on a terminal, lines in a log."""
    shown = _live() if sys.stderr.isatty() else _lines()
    next(shown)
    try:
        yield shown.send
    finally:
        shown.close()


def _reports_at(severity: FailOn, summary: Summary) -> int:
    """Reports with a finding of this severity or a heavier one; 0 for ``never``."""
    counts = [summary.errors, summary.warnings, summary.infos]
    heavy = {FailOn.ERROR: 1, FailOn.WARNING: 2, FailOn.INFO: 3}.get(severity, 0)
    return sum(counts[:heavy])


def _part(text: str) -> tuple[int, int]:
    """(3, 20) of 3/20.  Raises CALL-124."""
    first, _, every = text.partition("/")
    if first.isdecimal() and every.isdecimal() and 1 <= int(first) <= int(every):
        return int(first), int(every)
    raise GovWriterError(
        f"--part 的“{text}”看不懂。", hint="请写成 3/20 的样子，表示二十份中的第三份。", code="CALL-124"
    )


def _engine(rate: float | None, token_rate: float | None, budget: int | None) -> EngineSettings | None:
    """gov-writer.toml's settings with the limits of the call; None where the call has none."""
    if rate is None and token_rate is None and budget is None:
        return None
    from dataclasses import replace

    from gov_writer.settings.engine import engine_settings

    settings = engine_settings()
    return replace(
        settings,
        requests_per_minute=rate if rate is not None else settings.requests_per_minute,
        tokens_per_minute=token_rate if token_rate is not None else settings.tokens_per_minute,
        token_budget=budget if budget is not None else settings.token_budget,
    )


def _lines() -> Generator[None, Progress, None]:
    """A plain line now and then, for logs."""
    step = 0
    while True:
        progress: Progress = yield
        percent = 100 * progress.done // progress.total
        if percent // 5 > step or progress.done == progress.total:
            step = percent // 5
            _say(f"已处理 {progress.done}/{progress.total}，失败 {progress.failed}")


def _live() -> Generator[None, Progress, None]:
    """A bar with rate and time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("核对"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("batch", total=None, rate="")
        while True:
            progress: Progress = yield
            speed = bar.tasks[0].speed
            rate = f"{speed:.0f} 份/秒" if speed else ""
            bar.update(task, total=progress.total, completed=progress.done, rate=rate)
