"""Where a result goes: a device is written to, a link is followed, a full disk is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gov_writer.cli.output import write_result
from gov_writer.errors import GovWriterError
from gov_writer.settings.files import settings_for


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
