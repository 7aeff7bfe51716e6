"""``gov-writer mcp``: the pipeline as tools for an assistant, on standard input and output."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from gov_writer.errors import GovWriterError


def mcp(
    folders: Annotated[
        list[str],
        typer.Argument(metavar="FOLDER...", help="允许读取的文件夹，一个或多个；别处的文件一概不读。"),
    ],
) -> None:
    """供智能助手调用（MCP，标准输入输出）：核对、取数、起草、汇总核对、两年对照；只读给出的文件夹，不连网。

    例：gov-writer mcp 报告文件夹/
    """
    if find_spec("mcp") is None:
        raise GovWriterError(
            "缺少组件 mcp。", hint="请安装：pip install 'gov-writer[mcp]'。", code="CALL-170"
        )
    from gov_writer.mcp import Folders, serve

    serve(Folders(folders))
