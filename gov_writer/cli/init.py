"""``gov-writer init``: a brief, notes, themes, example reports and a workbook to start from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer


def init(
    folder: Annotated[
        str, typer.Argument(metavar="[DIR]", help="写到哪个文件夹；不写就是当前文件夹。")
    ] = ".",
) -> None:
    """写出一套起步用的样例：任务书、五个科室的材料、指标表、必备主题和两份范文；不覆盖已有的文件。

    例：gov-writer init 东岭，然后 gov-writer draft 东岭/brief.yaml -o 初稿.docx
    """
    from pathlib import Path

    from gov_writer.cli.output import write_result
    from gov_writer.errors import GovWriterError, os_reason

    target = Path(folder)
    files = list(_files())
    there = [name for name, _ in files if (target / name).exists()]
    if there:
        raise GovWriterError(
            f"“{target / there[0]}”已经存在，没有覆盖。",
            where=f"共有{len(there)}个同名文件。",
            hint="换一个空文件夹，如 gov-writer init 新文件夹。",
            code="OUT-105",
        )
    try:
        for name, _ in files:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GovWriterError(
            f"不能建立文件夹“{folder}”：{os_reason(error)}。",
            hint="请检查路径和写入权限。",
            code="OUT-106",
        ) from None
    for name, data in files:
        write_result(data, str(target / name))
    typer.echo(f"样例已写到“{folder}”，共{len(files)}个文件。", err=True)
    typer.echo(f"下一步：gov-writer draft {target / 'brief.yaml'} -o 初稿.docx --trace 溯源.json", err=True)


def _files() -> Iterator[tuple[str, bytes]]:
    """The shipped example: path in the folder, content."""
    from importlib.resources import files

    root = files("gov_writer") / "examples"
    yield from ((name, (root / name).read_bytes()) for name in ("brief.yaml", "themes.yaml", "指标.xlsx"))
    for folder in ("notes", "reports"):
        for entry in sorted((root / folder).iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".md"):
                yield f"{folder}/{entry.name}", entry.read_bytes()
