"""``gov-writer text``: the text alone on standard output, what to know on standard error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from gov_writer.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, input=stdin, timeout=60)


def test_text_as_read(tmp_path: Path) -> None:
    path = tmp_path / "材料.txt"
    path.write_bytes("\ufeff排查隐患8753处。\r\n整改8700处。".encode())
    done = run("text", str(path))
    assert (done.returncode, done.stdout.decode()) == (0, "排查隐患8753处。\n整改8700处。\n")
    assert run("text", "-", stdin=path.read_bytes()).stdout == done.stdout
    out = tmp_path / "出.txt"
    assert run("text", str(path), "-o", str(out)).stdout == b""
    assert out.read_bytes().startswith("排查隐患8753处。\n整改8700处。".encode())


def test_faults_are_messages(tmp_path: Path) -> None:
    done = run("text", str(tmp_path / "无.md"))
    assert done.returncode == 2
    assert done.stdout == b""
    message = done.stderr.decode()
    assert "INGEST-101" in message
    assert "Traceback" not in message


def test_seeds_come_out_as_they_went_in(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        if path.name.startswith("003"):
            continue
        done = run("text", str(path), "--clean")
        assert done.stdout.decode().rstrip() == path.read_text(encoding="utf-8").rstrip()
