"""Folders and globs on a command line stand for the documents in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gov_writer.errors import GovWriterError
from gov_writer.ingest.sources import expand


def test_a_folder_means_its_documents_in_natural_order(tmp_path: Path) -> None:
    for name in ("10月.md", "9月.md", "旧表.xls", "照片.jpg", "~$9月.docx", ".隐藏.md"):
        (tmp_path / name).write_text("一行\n", encoding="utf-8")
    found = [Path(name).name for name in expand([tmp_path])]
    assert found == [
        "9月.md",
        "10月.md",
        "旧表.xls",
    ]  # an .xls can't be read: its message comes from the reader


def test_a_glob_that_no_shell_expanded(tmp_path: Path) -> None:
    for name in ("甲.md", "乙[1].md"):
        (tmp_path / name).write_text("一行\n", encoding="utf-8")
    assert len(expand([str(tmp_path / "*.md")])) == 2
    assert expand([str(tmp_path / "乙[1].md")]) == [str(tmp_path / "乙[1].md")]
    with pytest.raises(GovWriterError) as told:
        expand([str(tmp_path / "*.csv")])
    assert told.value.code == "BRIEF-120"


def test_what_is_neither_is_left_to_the_reader() -> None:
    assert expand(["没有.md", "a\x00b.txt"]) == ["没有.md", "a\x00b.txt"]


def test_a_draft_among_its_notes_is_not_its_own_source(tmp_path: Path) -> None:
    for name in ("稿.md", "材料.md"):
        (tmp_path / name).write_text("一行\n", encoding="utf-8")
    draft = tmp_path / "稿.md"
    assert [Path(name).name for name in expand([tmp_path], besides=draft)] == ["材料.md"]
    assert expand([str(draft)], besides=draft) == [str(draft)]  # unless it is named


@pytest.mark.parametrize("name", ["照片.jpg", "稿.md"])
def test_a_folder_without_documents_is_told_as_that(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("一行\n", encoding="utf-8")
    with pytest.raises(GovWriterError) as told:
        expand([tmp_path], besides=tmp_path / "稿.md")
    assert told.value.code == "BRIEF-120"
    assert "没有可以作材料的文件" in told.value.what
