"""``check --format docx``: the reviewer gets her own file back with comments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import docx as python_docx


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from gov_writer.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)


def test_comments_in_the_file(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_paragraph("东岭街道2025年工作总结")
    document.add_paragraph("全年累计排查安全隐患8573处，走访群众1200户。")
    document.save(str(tmp_path / "稿.docx"))
    (tmp_path / "材料.md").write_text("累计排查安全隐患8753处，走访群众1200户。\n", encoding="utf-8")
    arguments = [
        "--against",
        str(tmp_path / "材料.md"),
        "--period",
        "2025",
        "--select",
        "FIG",
        "--format",
        "docx",
    ]
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"
    done = run("check", str(tmp_path / "稿.docx"), *arguments, "-o", str(first))
    assert done.returncode == 1, done.stderr
    found = list(python_docx.Document(str(first)).comments)
    assert found
    assert any("8753处" in c.text and "FIG102" in c.text for c in found)
    run("check", str(first), *arguments, "-o", str(second))
    assert second.read_bytes() == first.read_bytes()
    (tmp_path / "稿.md").write_text("全年累计排查安全隐患8573处，走访群众1200户。\n", encoding="utf-8")
    of_text = run("check", str(tmp_path / "稿.md"), *arguments, "-o", str(second))
    assert of_text.returncode == 1, of_text.stderr
    assert any("FIG102" in comment.text for comment in python_docx.Document(str(second)).comments)
