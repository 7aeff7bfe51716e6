"""The command line.  One file per command; heavy imports happen inside the commands."""

from gov_writer.cli.app import main

__all__ = ["main"]
