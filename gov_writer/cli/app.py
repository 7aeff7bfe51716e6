"""The typer application and the one place where errors become messages and exit codes."""

from __future__ import annotations

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
    from gov_writer.cli.batch import batch
    from gov_writer.cli.check import check
    from gov_writer.cli.draft import draft
    from gov_writer.cli.facts import facts
    from gov_writer.cli.format import format_
    from gov_writer.cli.init import init
    from gov_writer.cli.reconcile import reconcile
    from gov_writer.cli.rules import rules
    from gov_writer.cli.serve import serve
    from gov_writer.cli.text import text

    app.command("init")(init)
    app.command("draft")(draft)
    app.command("check")(check)
    app.command("facts")(facts)
    app.command("text")(text)
    app.command("format")(format_)
    app.command("reconcile")(reconcile)
    app.command("batch")(batch)
    app.command("serve")(serve)
    app.command("rules")(rules)


def main() -> None:
    """Entry point of ``gov-writer``: exit 2 with the contract's message for every expected fault."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    _register()
    try:
        app()
    except GovWriterError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from None
