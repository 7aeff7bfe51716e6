"""The hook that other repositories name in their .pre-commit-config.yaml."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
import yaml

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    hooks = yaml.safe_load((_ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [one["id"] for one in hooks] == ["gov-writer-check"]
    return dict(hooks[0])


def _chosen(hook: dict[str, Any], name: str) -> bool:
    """As pre-commit chooses: both expressions are searched in the path from the repository's root."""
    return bool(re.search(hook["files"], name)) and not re.search(hook["exclude"], name)


def test_the_entry_is_the_console_script(hook: dict[str, Any]) -> None:
    assert hook["language"] == "python" and hook["name"]
    script, command = shlex.split(hook["entry"])
    with (_ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)["project"]["scripts"]
    assert script in declared and command == "check"
    installed = next(e for e in entry_points(group="console_scripts") if e.name == script)
    assert installed.value == declared[script] and callable(installed.load())


def test_it_takes_reports_and_leaves_the_rest(hook: dict[str, Any]) -> None:
    for name in ("报告.md", "2025年/总 结.docx", "a/b/初稿.txt", "大写.DOCX", "README.md"):
        assert _chosen(hook, name), name
    for name in ("a.py", "指标.xlsx", "docx", "docx/a.html", "2025年/~$总结.docx", "a.docx.bak", "a_md"):
        assert not _chosen(hook, name), name
    assert "types" not in hook  # a .docx is no text, a .md no binary


def test_it_says_no_to_a_wrong_report_and_yes_to_a_right_one(hook: dict[str, Any], tmp_path: Path) -> None:
    """All file names in one call, as pre-commit hands them over."""
    for name, words in (("对.docx", "2025年2月28日举办活动。"), ("错 稿.docx", "2025年2月30日举办活动。")):
        document = python_docx.Document()
        document.add_paragraph(words)
        made = io.BytesIO()
        document.save(made)
        (tmp_path / name).write_bytes(made.getvalue())
    (tmp_path / "对.md").write_text("2025年2月28日举办活动。\n", encoding="utf-8")

    def run(*names: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gov_writer", *shlex.split(hook["entry"])[1:], *names]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")

    assert run("对.docx", "对.md").returncode == 0
    wrong = run("对.docx", "对.md", "错 稿.docx")
    assert wrong.returncode == 1 and "DAT301" in wrong.stdout and "错 稿.docx" in wrong.stdout


def test_the_readme_shows_the_lines(hook: dict[str, Any]) -> None:
    text = (_ROOT / "README.md").read_text(encoding="utf-8")
    block = next(b for b in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "repos:" in b)
    (repository,) = yaml.safe_load(block)["repos"]
    assert set(repository) == {"repo", "rev", "hooks"}
    assert [one["id"] for one in repository["hooks"]] == [hook["id"]]
    for one in repository["hooks"]:
        assert _chosen({**hook, **one}, "reports/2025年/总结.docx")
