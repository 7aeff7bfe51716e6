"""The tools of the MCP server.  They read inside the allowed folders, write nothing and ask nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import gov_writer
from gov_writer import api
from gov_writer.errors import GovWriterError
from gov_writer.mcp.folders import Folders
from gov_writer.rendering.comparison.as_json import tables
from gov_writer.rendering.findings.as_json import as_dict
from gov_writer.rendering.ledger import as_dict as ledger_dict

P = ParamSpec("P")
R = TypeVar("R")

#: Facts that one answer holds; the caller is told how many there are.
MOST_FACTS = 400
INSTRUCTIONS = (
    "gov_writer reads Chinese work reports and their sources in the allowed folders. Use check to hold a draft "
    "against sources, facts to see the figures of a source with their places, draft to write from sources without "
    "a model, reconcile to hold parts against a total, compare to hold this year's report against last year's, "
    "rule to learn what a finding means. Figures in answers come from the files; do not compute or change them."
)


def serve(folders: Folders) -> None:
    """Answer a client on standard input and output until it hangs up."""
    make(folders).run("stdio")


def make(folders: Folders) -> Any:
    """The server with its tools (an ``mcp.server.MCPServer``)."""
    from mcp.server import MCPServer
    from mcp_types import ToolAnnotations

    server = MCPServer(
        "gov-writer", instructions=INSTRUCTIONS, version=gov_writer.__version__, log_level="WARNING"
    )
    about = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in Tools(folders).all():
        server.tool(annotations=about, structured_output=False)(_told(tool))
        _strict(server._tool_manager.get_tool(tool.__name__))
    return server


def _strict(tool: Any) -> None:
    """A misspelt argument is told instead of being passed over: a check without its sources finds nothing wrong."""
    model = tool.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    tool.parameters = model.model_json_schema(by_alias=True)


def _told(tool: Callable[P, R]) -> Callable[P, R]:
    """An expected fault becomes the answer's message, in the words of the command line."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return tool(*args, **kwargs)
        except GovWriterError as error:
            raise ToolError(str(error)) from None

    return call


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


class Tools:
    """What a client may call: its docstrings are the descriptions that the client's model reads."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def all(self) -> tuple[Callable[..., str], ...]:
        return (
            self.files,
            self.check,
            self.check_text,
            self.facts,
            self.draft,
            self.reconcile,
            self.compare,
            self.rule,
        )

    def files(self, folder: str = "") -> str:
        """List the files that can be read, below a folder if one is given."""
        return "\n".join(self._folders.listed(folder)) or "没有可读取的文件。"

    def check(
        self,
        draft: str,
        against: list[str] | None = None,
        themes: str | None = None,
        period: str | None = None,
        select: list[str] | None = None,
        ignore: list[str] | None = None,
    ) -> str:
        """Check a draft file against source files (files, folders or globs): wrong figures and dates, arithmetic,
        missing themes, structure, wording, privacy. Returns findings with their place, evidence and fix as JSON.
        period is the reporting period (2025, 2025H1, 2025Q3, 2025-03); select and ignore are rule codes or groups."""
        report = api.check(
            self._folders.file(draft),
            self._folders.files(against or []),
            themes=self._folders.file(themes) if themes else (),
            period=period,
            select=select or (),
            ignore=ignore or (),
        )
        return _json(as_dict(report))

    def check_text(self, text: str, against: list[str] | None = None, period: str | None = None) -> str:
        """Check a text that is given here instead of a file against source files. Returns findings as JSON."""
        sources = self._folders.files(against or [])
        return _json(as_dict(api.check(api.Text("draft.md", text), sources, period=period)))

    def facts(self, sources: list[str], first: int = 0) -> str:
        """The figures, dates and ranks of source files, each with value, unit, what it counts, period and place, as
        JSON. At most 400 at a time: first says from which one on."""
        data = ledger_dict(api.facts(self._folders.files(sources)))
        found = data["facts"]
        first = max(0, first)
        more = {"all": len(found), "first": first}
        return _json({**data, **more, "facts": found[first : first + MOST_FACTS]})

    def draft(self, sources: list[str] | None = None, brief: str | None = None) -> str:
        """Write a work report from source files or a brief (.yaml), without a model: every figure in it is a figure of
        the sources. Returns the text, what was left out and why, and what the checker says of it, as JSON."""
        named = [self._folders.brief(brief)] if brief else []
        given = self._folders.files(sources or [])
        for one in given:
            if one.lower().endswith((".yaml", ".yml")):
                self._folders.brief(one)
        made = api.draft([*named, *given])
        return _json(
            {
                "text": made.text,
                "unused": made.trace["unused"],
                "warnings": list(made.warnings),
                "findings": as_dict(made.report)["findings"],
            }
        )

    def reconcile(self, total: str, parts: list[str], last_year: list[str] | None = None) -> str:
        """Hold the parts' reports or workbooks (files, folders or globs) against the district's total: sums that
        differ, parts that don't tell, rival ranks, copied passages. Returns findings and the matrix as JSON."""
        held = self._folders.files(parts)
        if not held:
            raise GovWriterError(
                "没有给出各单位的材料。", hint="在 parts 里写文件、文件夹或通配符。", code="CALL-174"
            )
        found = api.reconcile(
            self._folders.file(total),
            held,
            last_year=self._folders.files(last_year or []),
        )
        matrix = [
            {**asdict(row), "cells": [cell and cell.text for cell in row.cells]} for row in found.matrix.rows
        ]
        return _json({**as_dict(found.report), "parts": list(found.matrix.parts), "matrix": matrix})

    def compare(self, old: str, new: str) -> str:
        """Hold this year's report (new) against last year's (old): growth told against growth implied, last year's
        promises, figures and text left in. Returns findings and both tables as JSON."""
        found = api.compare(self._folders.file(old), self._folders.file(new))
        return _json({**as_dict(found.report), "comparison": tables(found.tables)})

    def rule(self, code: str) -> str:
        """What a rule such as FIG102 means: why, a bad and a good example, who asks for it."""
        from gov_writer.checking import all_rules

        wanted = next((r for r in all_rules() if r.code == code.strip().upper()), None)
        if wanted is None:
            raise GovWriterError(
                f"没有规则“{code}”。", hint="规则编号如 FIG102、ARI202、REC956。", code="CALL-122"
            )
        names = ("code", "name", "title", "why", "bad", "good")
        return _json({name: getattr(wanted, name) for name in names})
