"""The MCP server with a real client over standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

NOTES = "# 东岭街道2025年材料\n- 排查安全隐患8753处\n- 新增就业1208人\n"
DRAFT = "# 东岭街道2025年工作总结\n全年排查安全隐患8573处，新增就业1208人。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    allowed = tmp_path / "允许"
    (allowed / "各街道").mkdir(parents=True)
    (allowed / "notes.md").write_text(NOTES, encoding="utf-8")
    (allowed / "draft.md").write_text(DRAFT, encoding="utf-8")
    (allowed / "去年.md").write_text("# 东岭街道2024年工作总结\n新增就业1100人。\n", encoding="utf-8")
    (allowed / "全区.csv").write_text("指标,单位,合计\n新增就业,人,900\n", encoding="utf-8")
    for name, value in (("东岭", 412), ("西屏", 388)):
        (allowed / "各街道" / f"{name}街道.md").write_text(f"全年新增就业{value}人。", encoding="utf-8")
    (tmp_path / "秘密.md").write_text("不可外泄：排查安全隐患8753处。", encoding="utf-8")
    (allowed / "链接.md").symlink_to(tmp_path / "秘密.md")
    (allowed / "外面.yaml").write_text("sources: [../秘密.md]\n", encoding="utf-8")
    return allowed


def _talk(folder: Path, talk: Callable[[Client], Awaitable[None]]) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "gov_writer", "mcp", str(folder)],
        env={"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": "http://127.0.0.1:9"},
    )

    async def run() -> None:
        with anyio.fail_after(90):
            async with Client(stdio_client(server)) as client:
                await talk(client)

    anyio.run(run)


async def _told(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return str(result.content[0].text)


async def _refused(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return str(result.content[0].text)


def test_tools_answer(folder: Path) -> None:
    async def talk(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {
            "files",
            "check",
            "check_text",
            "facts",
            "draft",
            "reconcile",
            "compare",
            "rule",
        }
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
        assert "draft.md" in await _told(client, "files")
        checked = json.loads(await _told(client, "check", draft="draft.md", against=["notes.md"]))
        assert [f["expected"] for f in checked["findings"] if f["rule"] == "FIG102"] == ["8753处"]
        checked = json.loads(await _told(client, "check_text", text="新增就业1280人。", against=["notes.md"]))
        assert checked["findings"]
        found = json.loads(await _told(client, "facts", sources=["notes.md"]))
        assert [f["text"] for f in found["facts"] if f["kind"] == "quantity"] == ["8753处", "1208人"]
        written = json.loads(await _told(client, "draft", sources=["notes.md"]))
        assert "8753处" in written["text"] and written["unused"] == []
        matrix = json.loads(await _told(client, "reconcile", total="全区.csv", parts=["各街道/*.md"]))
        assert matrix["findings"][0]["rule"] == "REC951" and matrix["matrix"][0]["cells"] == [
            "412人",
            "388人",
        ]
        years = json.loads(await _told(client, "compare", old="去年.md", new="draft.md"))
        assert years["comparison"]["indicators"]
        assert "unsourced" in await _told(client, "rule", code="fig101")

    _talk(folder, talk)


def test_nothing_outside_the_folders_is_read(folder: Path) -> None:
    outside = folder.parent / "秘密.md"

    async def talk(client: Client) -> None:
        for name in ("../秘密.md", str(outside), "链接.md", "各街道/../../秘密.md", "/etc/passwd", "\x00"):
            told = await _refused(client, "facts", sources=[name])
            assert "CALL-173" in told and "8753" not in told, name
            assert "CALL-173" in await _refused(client, "check", draft=name)
        for pattern in ("../*.md", "*/../../*.md"):
            told = await _refused(client, "facts", sources=[pattern])
            assert "8753" not in told and "秘密" not in told, pattern
        assert "CALL-173" in await _refused(client, "draft", brief="外面.yaml")
        assert "CALL-173" in await _refused(client, "draft", sources=["外面.yaml"])
        assert "链接" not in await _told(client, "files") and "秘密" not in await _told(client, "files")
        assert "CALL-173" in await _refused(client, "files", folder="..")

    _talk(folder, talk)


def test_faults_are_told_in_words(folder: Path) -> None:
    async def talk(client: Client) -> None:
        assert "编号" in await _refused(client, "check", draft="没有.md")
        assert "CALL-122" in await _refused(client, "rule", code="ABC")
        assert "CALL-174" in await _refused(client, "reconcile", total="全区.csv", parts=[])
        all_of_them = await _told(client, "facts", sources=["notes.md"])
        assert await _told(client, "facts", sources=["notes.md"], first=-3) == all_of_them

    _talk(folder, talk)


def test_a_misspelt_argument_is_told(folder: Path) -> None:
    async def talk(client: Client) -> None:
        assert "sources" in await _refused(client, "check", draft="draft.md", sources=["notes.md"])

    _talk(folder, talk)
