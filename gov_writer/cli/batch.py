"""``gov-writer batch``: many reports, resumable."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gov_writer.cli.check import FailOn

if TYPE_CHECKING:
    from collections.abc import Generator

    from gov_writer.batch import Progress


def batch(
    manifest: Annotated[
        str, typer.Argument(help="文件夹、通配符，或每行一个任务的 .csv、.jsonl、.xlsx 清单。")
    ],
    *,
    out: Annotated[Path, typer.Option("-o", "--out", help="结果文件夹；再次运行同一命令会接着做。")],
    workers: Annotated[int, typer.Option(min=1, help="本机同时工作的进程数。")] = 1,
    cluster: Annotated[str | None, typer.Option(help="Dask 集群地址，如 tcp://10.0.0.5:8786。")] = None,
    timeout: Annotated[float, typer.Option(min=1, help="单个任务最多用多少秒。")] = 900,
    select: Annotated[list[str] | None, typer.Option(help="只用这些规则或组，如 FIG,ARI203。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不用这些规则或组。")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="有这一级或更重的问题时退出码为 1。")] = FailOn.ERROR,
) -> None:
    """批量核对或起草：中断后用同一条命令接着做，已完成的不重做。

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
    )
    shown = _live() if sys.stderr.isatty() else _lines()
    next(shown)
    try:
        summary = run_batch(manifest, out, settings, shown.send)
    finally:
        shown.close()
    typer.echo(
        f"共 {summary.total} 个任务，失败 {summary.failed} 个；"
        f"有错误的 {summary.errors} 份，有警告的 {summary.warnings} 份。结果在 {out}",
        err=True,
    )
    worst = {"error": summary.errors, "warning": summary.errors + summary.warnings}
    worst["info"] = worst["warning"] + summary.infos
    if summary.failed:
        raise typer.Exit(2)
    if worst.get(fail_on.value):
        raise typer.Exit(1)


def _lines() -> Generator[None, Progress, None]:
    """A plain line now and then, for logs."""
    step = 0
    while True:
        progress: Progress = yield
        percent = 100 * progress.done // progress.total
        if percent // 5 > step or progress.done == progress.total:
            step = percent // 5
            typer.echo(f"已处理 {progress.done}/{progress.total}，失败 {progress.failed}", err=True)


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
