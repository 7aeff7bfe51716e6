"""``gov-writer audit …``: the service's audit log."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from gov_writer.service.chain import Head
    from gov_writer.service.database import Database

app = typer.Typer(help="服务的审计记录。", no_args_is_help=True)
Folder = Annotated[Path, typer.Option(help="服务的数据文件夹。")]
Address = Annotated[str, typer.Option(help="数据库地址，默认为数据文件夹内的 SQLite。")]
_FOLDER = Path("gov-writer-data")


@app.command("verify")
def verify(
    *,
    head: Annotated[
        list[str] | None, typer.Option(help="从服务日志抄来的链头，写成 行号:校验值，可多次给出。")
    ] = None,
    folder: Folder = _FOLDER,
    database: Address = "",
) -> int:
    """核验审计记录：逐行重算校验值，说出第一处被改、被删的行。完好返回 0，否则返回 1。

    例：gov-writer audit verify --folder /var/lib/gov-writer
    """
    from gov_writer.service import trail

    known = [_head(one) for one in head or ()]
    found = _database(folder, database)
    try:
        if found.noted_head() is None:
            typer.echo("库外没有记下链头（audit.head），末尾被删的行可能看不出来。", err=True)
        verdict = trail.verify(found, known)
    finally:
        found.close()
    if verdict.broken is None:
        typer.echo(f"审计记录完好，共 {verdict.lines} 行。链头 {verdict.head.number}:{verdict.head.hash}")
        return 0
    typer.echo(f"审计记录从第 {verdict.broken} 行起不可信：{verdict.reason}前面 {verdict.lines} 行完好。")
    return 1


@app.command("list")
def list_(
    *,
    user: Annotated[str, typer.Option(help="只看这个用户的。")] = "",
    document: Annotated[str, typer.Option("--object", help="只看这一份文档或账号的，如 job:…。")] = "",
    after: Annotated[int, typer.Option(min=0, help="从这一行之后。")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="最多多少行。")] = 200,
    folder: Folder = _FOLDER,
    database: Address = "",
) -> None:
    """列出审计记录：行号、时间、用户、单位、做了什么、对哪一份、从哪里。

    例：gov-writer audit list --user 李明
    """
    from gov_writer.service import trail

    found = _database(folder, database)
    try:
        for line in trail.lines(found, after=after, user=user, object_=document, limit=limit):
            moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(line["time"]))
            parts = [str(line["number"]), moment]
            parts += [line[name] for name in ("name", "unit", "action", "object", "address")]
            typer.echo("\t".join(parts))
    finally:
        found.close()


def _database(folder: Path, address: str) -> Database:
    try:
        from gov_writer.service.config import ServiceSettings

        found = ServiceSettings(folder=folder, database=address)
        if not address and not (folder / "service.sqlite").is_file():
            raise GovWriterError(
                f"“{folder}”里没有服务的数据。", hint="请用 --folder 指明数据文件夹。", code="CALL-404"
            )
        return found.database_of()
    except ImportError as error:
        raise GovWriterError(
            f"缺少组件 {error.name}。", hint="请安装：pip install 'gov-writer[service]'。", code="CALL-403"
        ) from error


def _head(given: str) -> Head:
    from gov_writer.service.chain import Head

    match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", given.strip())
    if match is None:
        raise GovWriterError("链头写得不对。", hint="写成 行号:64 位校验值。", code="CALL-103")
    return Head(int(match[1]), match[2])
