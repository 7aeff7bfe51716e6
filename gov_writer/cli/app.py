"""The typer application and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys

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


def _register() -> None:
    """Each command is ``cli/NAME.py`` with one function; add it here, in the contract's order."""
    from gov_writer.cli.audit import app as audit
    from gov_writer.cli.batch import batch
    from gov_writer.cli.check import check
    from gov_writer.cli.compare import compare
    from gov_writer.cli.draft import draft
    from gov_writer.cli.facts import facts
    from gov_writer.cli.format import format_
    from gov_writer.cli.init import init
    from gov_writer.cli.mcp import mcp
    from gov_writer.cli.reconcile import reconcile
    from gov_writer.cli.rules import rules
    from gov_writer.cli.serve import serve
    from gov_writer.cli.text import text
    from gov_writer.cli.user import app as user

    app.command("init")(init)
    app.command("draft")(draft)
    app.command("check")(check)
    app.command("facts")(facts)
    app.command("text")(text)
    app.command("format")(format_)
    app.command("reconcile")(reconcile)
    app.command("compare")(compare)
    app.command("batch")(batch)
    app.command("serve")(serve)
    app.command("mcp")(mcp)
    app.command("rules")(rules)
    app.add_typer(user, name="user")
    app.add_typer(audit, name="audit")


def main() -> None:
    """Entry point of ``gov-writer``: exit 2 with the contract's message for every expected fault."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    _register()
    try:
        code = app(standalone_mode=False)
    except GovWriterError as error:
        typer.echo(str(error), err=True)
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("已中断。", err=True)
        code = 130
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # the last line of defence: a message, never a traceback
        code = _other(error)
    raise SystemExit(code if isinstance(code, int) else 0)


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
