"""``gov-writer serve``: the service on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from gov_writer.errors import GovWriterError


def serve(
    *,
    host: Annotated[str, typer.Option(help="监听地址；本机以外的地址需要用户或令牌。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口。")] = 8765,
    token: Annotated[
        str | None, typer.Option(help="访问令牌；最好用环境变量 GOV_WRITER_TOKEN 给出。")
    ] = None,
    folder: Annotated[Path, typer.Option(help="数据文件夹。")] = Path("gov-writer-data"),
    processes: Annotated[
        int | None, typer.Option(min=0, max=64, help="核对用的进程数；0 为不另开进程。默认按核数，最多 4。")
    ] = None,
    public_url: Annotated[
        str, typer.Option(help="浏览器经代理访问时的地址，如 https://reports.example。")
    ] = "",
    database: Annotated[str, typer.Option(help="数据库地址，默认为数据文件夹内的 SQLite。")] = "",
) -> None:
    """启动服务：浏览器页面和 HTTP 接口。

    例：gov-writer serve --port 8765
    """
    from gov_writer.service.config import ServiceSettings

    settings = ServiceSettings(
        host=host,
        port=port,
        token=token or os.environ.get("GOV_WRITER_TOKEN") or None,
        database=database,
        folder=folder,
        public_url=public_url,
        processes=min(4, os.cpu_count() or 1) if processes is None else processes,
    )
    try:
        import uvicorn

        from gov_writer.service.app import create_app
        from gov_writer.service.metrics import log_to_stderr
    except ImportError as error:
        raise GovWriterError(
            f"启动服务缺少组件 {error.name}。",
            hint="请安装：pip install 'gov-writer[service]'。",
            code="CALL-403",
        ) from error
    typer.echo(f"服务地址：http://{host}:{port}（Ctrl-C 停止）", err=True)
    log_to_stderr()
    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning", access_log=False)
