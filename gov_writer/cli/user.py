"""``gov-writer user …``: the accounts of the service, straight in its database."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gov_writer.errors import GovWriterError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from gov_writer.service.accounts import Accounts
    from gov_writer.service.people import Role, Who

app = typer.Typer(help="服务的用户：经办、审核、管理员。", no_args_is_help=True)

Folder = Annotated[Path, typer.Option(help="服务的数据文件夹。")]
Address = Annotated[str, typer.Option(help="数据库地址，默认为数据文件夹内的 SQLite。")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="用户名。")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码，不询问。")]
_FOLDER = Path("gov-writer-data")


@app.command("add")
def add(
    name: Name,
    *,
    unit: Annotated[str, typer.Option(help="单位；还没有的会建立。")],
    role: Annotated[
        str, typer.Option(help="clerk 经办、reviewer 审核（可看另给的单位）、admin 管理员（不看文稿）。")
    ] = "clerk",
    reads: Annotated[list[str] | None, typer.Option(help="审核可看的单位，可多次给出。")] = None,
    password_stdin: FromStdin = False,
    folder: Folder = _FOLDER,
    database: Address = "",
) -> None:
    """增加一个用户。

    例：gov-writer user add 李明 --unit 东岭街道
    """
    chosen = _role(role)
    with opened(folder, database) as (accounts, by):
        password = _password(from_stdin=password_stdin)
        user = accounts.add(name, password, role=chosen, unit=unit, given=reads or (), by=by)
    typer.echo(f"已增加用户“{user.name}”（{user.unit}）。", err=True)


@app.command("list")
def list_(*, folder: Folder = _FOLDER, database: Address = "") -> None:
    """列出全部用户：用户名、角色、单位、可看的单位、是否停用。

    例：gov-writer user list
    """
    from gov_writer.service.people import ROLE_NAMES

    with opened(folder, database) as (accounts, _):
        for user in accounts.users():
            state = "在用" if user.active else "停用"
            typer.echo("\t".join((user.name, ROLE_NAMES[user.role], user.unit, "、".join(user.given), state)))


@app.command("disable")
def disable(name: Name, *, folder: Folder = _FOLDER, database: Address = "") -> None:
    """停用一个用户：不能再登录，登录和令牌立即失效；文稿还在。

    例：gov-writer user disable 李明
    """
    with opened(folder, database) as (accounts, by):
        accounts.change(name, active=False, by=by)
    typer.echo(f"已停用“{name}”。", err=True)


@app.command("enable")
def enable(name: Name, *, folder: Folder = _FOLDER, database: Address = "") -> None:
    """重新启用一个停用的用户。

    例：gov-writer user enable 李明
    """
    with opened(folder, database) as (accounts, by):
        accounts.change(name, active=True, by=by)
    typer.echo(f"已启用“{name}”。", err=True)


@app.command("passwd")
def passwd(
    name: Name, *, password_stdin: FromStdin = False, folder: Folder = _FOLDER, database: Address = ""
) -> None:
    """换一个用户的密码；已有的登录和令牌随即失效。

    例：gov-writer user passwd 李明
    """
    with opened(folder, database) as (accounts, by):
        accounts.set_password(name, _password(from_stdin=password_stdin), by=by)
    typer.echo(f"已换“{name}”的密码。", err=True)


def opened(folder: Path, database: str) -> AbstractContextManager[tuple[Accounts, Who]]:
    """The accounts of a service's database, and who changes them from this command line."""
    try:
        return _opened(folder, database)
    except ImportError as error:
        raise GovWriterError(
            f"缺少组件 {error.name}。", hint="请安装：pip install 'gov-writer[service]'。", code="CALL-403"
        ) from error


def _opened(folder: Path, database: str) -> AbstractContextManager[tuple[Accounts, Who]]:
    from contextlib import contextmanager

    from gov_writer.service.accounts import Accounts
    from gov_writer.service.config import ServiceSettings
    from gov_writer.service.people import everything

    @contextmanager
    def open_() -> Iterator[tuple[Accounts, Who]]:
        connected = ServiceSettings(folder=folder, database=database).database_of()
        try:
            connected.migrate()
            yield Accounts(connected), everything("cli", f"命令行:{_login()}")
        finally:
            connected.close()

    return open_()


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _role(given: str) -> Role:
    from gov_writer.service.people import ROLE_NAMES, Role

    for role, shown in ROLE_NAMES.items():
        if given in (role.value, shown):
            return Role(role)
    raise GovWriterError(f"没有角色“{given}”。", hint="可用的有：clerk、reviewer、admin。", code="CALL-103")


def _password(*, from_stdin: bool) -> str:
    if from_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输一遍：") != first:
        raise GovWriterError("两遍密码不一样。", hint="请重新运行。", code="USER-422")
    return first
