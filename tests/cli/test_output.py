"""Where a result goes: a device is written to, a link is followed, a full disk is told."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from gov_writer import pipeline
from gov_writer.cli.baseline import marked
from gov_writer.cli.output import write_result
from gov_writer.errors import GovWriterError
from gov_writer.settings.engine import engine_settings
from gov_writer.settings.files import settings_for


def _draft(folder: Path) -> Path:
    draft = folder / "d.md"
    draft.write_text("东岭街道排查隐患21处。\n", encoding="utf-8")
    return draft


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_result("报告", str(pipe))
    assert os.read(reader, 100).decode() == "报告"
    assert pipe.is_fifo()
    os.close(reader)


def test_what_a_link_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("real.md")
    write_result("报告", str(tmp_path / "link.md"))
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8") == "报告"


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to("loop.md")
    assert settings_for(tmp_path / "loop.md").ignore == ()
    with pytest.raises(GovWriterError) as fault:
        write_result("报告", str(tmp_path / "loop.md") + "/x")
    assert fault.value.code == "OUT-101"


def test_a_name_that_is_no_unicode_is_shown(tmp_path: Path) -> None:
    write_result("\udcff.md", str(tmp_path / "out.json"))
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == "\\udcff.md"


def test_settings_with_a_mark_at_the_beginning_and_too_deep(tmp_path: Path) -> None:
    file = tmp_path / "gov-writer.toml"
    file.write_bytes(b"\xef\xbb\xbf[check]\nignore = ['TXT607']\n")
    assert settings_for(tmp_path / "d.md").ignore == ("TXT607",)
    file.write_text("a = " + "[" * 5000, encoding="utf-8")
    with pytest.raises(GovWriterError) as fault:
        settings_for(tmp_path / "d.md")
    assert fault.value.code == "CALL-130"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[check]\nignore = [", "末尾不完整"),
        ("[check]\nignore ['A']\n", "第2行第8列"),
        ("a = " + "[" * 5000, "太深"),
    ],
)
def test_broken_settings_are_explained_in_chinese(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "gov-writer.toml").write_text(content, encoding="utf-8")
    for read in (settings_for, engine_settings):
        with pytest.raises(GovWriterError) as fault:
            read(tmp_path / "d.md" if read is settings_for else tmp_path)
        assert said in fault.value.what
        assert not re.search("[a-z]{3}", fault.value.what)
        assert fault.value.hint


def test_a_folder_in_the_place_of_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / "gov-writer.toml").mkdir()
    with pytest.raises(GovWriterError) as fault:
        settings_for(tmp_path / "d.md")
    assert fault.value.code == "CALL-130"
    assert "文件夹" in fault.value.what


def test_a_baseline_that_is_not_there_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(GovWriterError) as fault:
        marked(pipeline.examine(pipeline.prepare(_draft(tmp_path))), str(tmp_path / "known.json"))
    assert fault.value.code == "CALL-140"
    assert "文件不存在" in fault.value.what


@pytest.mark.parametrize("line", ['ignore = ["NOPE"]', 'select = [""]', 'severity = {FIG = "info"}'])
def test_settings_for_rules_that_there_are_not_are_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "gov-writer.toml").write_text(f"[check]\n{line}\n", encoding="utf-8")
    draft = _draft(tmp_path)
    with pytest.raises(GovWriterError) as fault:
        pipeline.examine(pipeline.prepare(draft, settings=settings_for(draft)))
    assert fault.value.code == "CALL-122"


def test_codes_in_settings_may_be_small(tmp_path: Path) -> None:
    (tmp_path / "gov-writer.toml").write_text("[check]\nignore = ['txt607']\n", encoding="utf-8")
    assert settings_for(tmp_path / "d.md").ignore == ("TXT607",)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("base_url = 5", "一行文字，加引号"),
        ('retries = "x"', "不小于 0 的整数"),
        ("temperature = -1", "不小于 0 的数"),
        ('polish = "yes"', "true 或 false"),
        ('trusted = "http://a/v1"', "一组文字"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, wanted: str
) -> None:
    (tmp_path / "gov-writer.toml").write_text(f"[engine]\n{line}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GovWriterError) as fault:
        engine_settings()
    assert (fault.value.code, wanted in fault.value.hint) == ("CALL-144", True)
