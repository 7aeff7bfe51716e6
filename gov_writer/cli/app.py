"""The typer application and the one place where errors become messages and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from pathlib import Path

import typer

from gov_writer.errors import GovWriterError

app = typer.Typer(
    name="gov-writer",
    help="街道工作报告：由材料起草，并与材料逐数核对。",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


#: Each command, its module in this package and its function (or its own typer app), in the contract's order.
_COMMANDS = (
    ("init", "init", "init"),
    ("draft", "draft", "draft"),
    ("check", "check", "check"),
    ("facts", "facts", "facts"),
    ("text", "text", "text"),
    ("format", "format", "format_"),
    ("reconcile", "reconcile", "reconcile"),
    ("compare", "compare", "compare"),
    ("batch", "batch", "batch"),
    ("serve", "serve", "serve"),
    ("mcp", "mcp", "mcp"),
    ("rules", "rules", "rules"),
    ("user", "user", "app"),
    ("audit", "audit", "app"),
)

#: What a standard output that is closed or full answers.
_STREAM = (errno.EBADF, errno.ENOSPC, errno.EIO, errno.EDQUOT)


@app.callback()
def _root() -> None:
    """Options before the command: none.  With this a single registered command keeps its name."""


def _register(named: str = "") -> None:
    """Enter the commands: the one that the call names, or else all, for help and for what is misspelt."""
    known = any(name == named for name, _, _ in _COMMANDS)
    for name, module, attribute in _COMMANDS:
        if known and name != named:
            continue
        found = getattr(import_module(f"gov_writer.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)


def main() -> None:
    """Entry point of ``gov-writer``: exit 2 with the contract's message for every expected fault."""
    _in_utf8()
    _reopen()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    try:
        _in_a_folder()
        _register(*sys.argv[1:2])
        code = app(standalone_mode=False)
        if code == 130:  # typer's answer to Ctrl-C
            raise KeyboardInterrupt
    except GovWriterError as error:
        typer.echo(str(error), err=True)
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("已中断。", err=True)
        code = 130
    except SystemExit:  # typer's own way out when whoever read our output has seen enough
        code = 0
    except OSError as error:
        code = (
            _other(error) if error.filename is not None or error.errno not in _STREAM else _unwritable(error)
        )
    except Exception as error:  # the last line of defence: a message, never a traceback
        code = _other(error)
    raise SystemExit(code if isinstance(code, int) else 0)


def _in_utf8() -> None:
    """Where the system's file names can't be Chinese (LC_ALL=C with Python's UTF-8 mode switched off), start again
    in that mode: a brief names files in Chinese."""
    try:
        "材料".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        if os.environ.get("PYTHONUTF8") != "1":
            os.environ["PYTHONUTF8"] = "1"
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def _in_a_folder() -> None:
    """Whoever deleted the folder in which the command runs must hear that, whatever the command wants there."""
    try:
        Path.cwd()
    except OSError:
        hint = "请用 cd 换到一个还在的文件夹再运行。"
        raise GovWriterError("当前目录已经不存在。", hint=hint, code="CALL-108") from None


def _reopen() -> None:
    """Standard streams that the caller closed: their numbers are taken, so that no file gets them, and who reads
    or writes them is told (EBADF): input is open for writing only, output for reading only."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            stream = os.open(os.devnull, os.O_RDONLY if name == "stdout" else os.O_WRONLY)
            if stream != number:
                os.dup2(stream, number)
                os.close(stream)
            setattr(sys, name, open(number, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _unwritable(error: OSError) -> int:
    from gov_writer.cli.output import unwritable

    typer.echo(str(unwritable(error)), err=True)
    return 2


def _other(error: Exception) -> int:
    """A wrong call is explained; anything else is our fault: the traceback goes to a log."""
    if hasattr(error, "format_message"):
        from gov_writer.cli.usage import explained

        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.format_message(), err=True)
        else:
            typer.echo(str(explained(error)), err=True)
        return 2
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="gov-writer-", suffix=".log", encoding="utf-8", delete=False
    ) as log:
        traceback.print_exception(error, file=log)
    fault = GovWriterError(
        f"程序出错（{type(error).__name__}），这不是材料的问题。",
        where=f"详情在 {log.name}",
        hint="请把这个文件交给技术人员。",
        code="CALL-500",
    )
    typer.echo(str(fault), err=True)
    return 2
