"""While a draft is written: what the terminal shows, what is in the file beside, what a kill leaves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.llm.broken_server import BrokenServer
from tests.llm.hostile_server import serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and signals")
BRIEF = Path(__file__).resolve().parents[2] / "eval" / "models" / "inputs" / "briefing_qingshi" / "brief.yaml"


def command(url: str, *words: str) -> list[str]:
    return [sys.executable, "-c", "from gov_writer.cli import main; main()", "draft", str(BRIEF), "-o", "o.docx",
            "--engine", "openai", "--model", "m", "--base-url", url, *words]  # fmt: skip


def environment(tmp: Path) -> dict[str, str]:
    return {
        **os.environ,
        "OPENAI_API_KEY": "k",
        "GOV_WRITER_CACHE_DIR": str(tmp / "c"),
        "TERM": "xterm",
        "COLUMNS": "100",
    }


def test_a_kill_leaves_the_sections_that_are_done(tmp_path: Path) -> None:
    (tmp_path / "gov-writer.toml").write_text("[engine]\nconcurrency = 1\n", encoding="utf-8")
    partial = tmp_path / "o.docx.partial.md"
    server = BrokenServer("then_hang")
    try:
        child = subprocess.Popen(
            command(server.url), env=environment(tmp_path), cwd=tmp_path, stderr=subprocess.DEVNULL
        )
        for _ in range(300):
            if len(server.requests) > 2 and partial.exists():
                break
            time.sleep(0.1)
        text = partial.read_text("utf-8")
        child.kill()
        child.wait(timeout=10)
    finally:
        server.close()
    assert text.startswith("# 青石街道") and text.count("## ") == 5, "a whole draft at every moment"
    assert "9102件" in text and "⟦" not in text
    assert not (tmp_path / "o.docx").exists()
    assert partial.exists()
    with serving("honest") as again:  # what was answered is not asked again, and the file beside goes
        done = subprocess.run(
            command(again.url), env=environment(tmp_path), cwd=tmp_path, timeout=60, capture_output=True
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "o.docx").exists() and not partial.exists()


def test_a_terminal_shows_each_section_and_what_was_spent(tmp_path: Path) -> None:
    import pty

    server = BrokenServer("slow")
    master, slave = pty.openpty()
    try:
        child = subprocess.Popen(command(server.url), env=environment(tmp_path), cwd=tmp_path, stderr=slave)
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert child.wait(timeout=60) == 0
    finally:
        os.close(master)
        server.close()
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode("utf-8", "replace"))
    assert "起草中" in text and "二、城市更新" in text
    assert re.search("一、招商 +写作", text) and re.search("招商 +(?:核对|已写成)", text)
    assert re.search(r"\d+ 次问答", text)
    assert "Traceback" not in text


def test_no_terminal_gets_plain_lines(tmp_path: Path) -> None:
    with serving("honest") as server:
        done = subprocess.run(
            command(server.url), env=environment(tmp_path), cwd=tmp_path, timeout=60, capture_output=True
        )
    told = done.stderr.decode()
    assert done.returncode == 0 and "一、招商：已写成" in told and "\x1b" not in told
