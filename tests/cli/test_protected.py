"""No command writes its result over what it reads, nor two results into one place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gov_writer.cli import app as cli

NOTES = "# 应急办\n\n累计排查安全隐患8753处，整改8640处。\n"
YAML = "unit: 东岭街道\nperiod: 2025\nsources: [材料.md]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import docx

    monkeypatch.chdir(tmp_path)
    (tmp_path / "材料.md").write_text(NOTES, encoding="utf-8")
    (tmp_path / "稿.md").write_text("工作总结\n\n累计排查安全隐患8753处。\n", encoding="utf-8")
    (tmp_path / "任务书.yaml").write_text(YAML, encoding="utf-8")
    docx.Document().save(str(tmp_path / "稿.docx"))
    (tmp_path / "别名.md").symlink_to("材料.md")
    return tmp_path


def _run(monkeypatch: pytest.MonkeyPatch, line: str) -> int:
    monkeypatch.setattr(sys, "argv", ["gov-writer", *line.split()])
    monkeypatch.setattr(cli.app, "registered_commands", [])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    "line",
    [
        "check 稿.md --against 材料.md -o 稿.md",
        "check 稿.md --against 材料.md -o 材料.md",
        "check 稿.md --against 材料.md -o ./别名.md",
        "check 稿.md --write-baseline 稿.md",
        "check 稿.docx --format docx -o 稿.docx",
        "facts 稿.md 材料.md -o 材料.md",
        "text 稿.md --clean -o 稿.md",
        "format 稿.docx -o 稿.docx",
        "reconcile 稿.md 材料.md -o 材料.md",
        "reconcile 稿.md 材*.md -o 材料.md",
        "reconcile 稿.md 材料.md --last-year 别名.md -o 别名.md",
        "compare 稿.md 材料.md -o 稿.md",
        "draft 材料.md -o 材料.md",
        "draft 任务书.yaml -o 材料.md",
        "draft 任务书.yaml -o 新.md --trace 任务书.yaml",
        "draft 材料.md --brief 任务书.yaml --egress-log 任务书.yaml",
    ],
)
def test_no_result_overwrites_an_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert _run(monkeypatch, line) == 2
    said = capsys.readouterr()
    assert "编号 OUT-104" in said.err
    assert said.out == ""
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    "line",
    [
        "draft 材料.md -o 新.json --trace 新.json",
        "draft 材料.md -o 新.json --trace ./新.json",
        "draft 材料.md --trace -",
        "draft 材料.md -o - --trace -",
        "draft 材料.md -o 新.md --trace 溯源.json --egress-log 溯源.json",
        "check 稿.md -o 新.json --write-baseline 新.json",
    ],
)
def test_two_results_have_two_places(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    assert _run(monkeypatch, line) == 2
    assert "编号 OUT-108" in capsys.readouterr().err
    assert not list(folder.glob("新*"))
