"""``gov-writer serve``: the service on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gov_writer.errors import GovWriterError, os_reason

if TYPE_CHECKING:
    from gov_writer.service.config import ServiceSettings


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
    retention_days: Annotated[
        float, typer.Option(min=0.01, max=36500, help="文稿保存的天数，之后彻底删除；审计记录不删。")
    ] = 180,
    per_minute: Annotated[
        float, typer.Option(min=0, help="一个账号（或未登录的地址）每分钟最多的请求数；0 为不限。")
    ] = 900,
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
        per_minute=per_minute,
        retention_days=retention_days,
        processes=min(4, os.cpu_count() or 1) if processes is None else processes,
    )
    _run(settings)


def _run(settings: ServiceSettings) -> None:
    """Serve until a signal comes."""
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
    _keep_answers_in(settings.answers)
    database = settings.database_of()
    try:
        database.migrate()
    finally:
        database.close()
    service = create_app(settings)  # refuses what would be open to all before anything is announced
    typer.echo(f"服务地址：http://{settings.host}:{settings.port}（Ctrl-C 停止）", err=True)
    log_to_stderr()
    uvicorn.run(
        service,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )


def _keep_answers_in(folder: Path) -> None:
    """Models' answers are kept with the documents, so that they are deleted with them."""
    if "GOV_WRITER_CACHE_DIR" in os.environ:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise GovWriterError(
            f"不能建立文件夹“{folder}”：{os_reason(error)}。", hint="请检查 --folder。", code="OUT-106"
        ) from None
    os.environ["GOV_WRITER_CACHE_DIR"] = str(folder)
