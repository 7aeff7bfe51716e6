"""Wrong calls end as the contract says: one message in Chinese with a code, exit code 2, no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def call(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "gov_writer", *words], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["chek"], "没有命令“chek”", "CALL-104"),
        (["check"], "缺少参数“DRAFT”", "CALL-102"),
        (["check", "x.md", "--frmat", "json"], "是不是想写“--format”", "CALL-101"),
        (["check", "x.md", "--format", "foo"], "“foo”不在可选的值", "CALL-103"),
        (["batch", "x", "-o", "y", "--workers", "0"], "不在范围", "CALL-103"),
        (["batch", "x", "-o", "y", "--workers", "two"], "不是整数", "CALL-103"),
        (["rules", "FIG101", "b", "c"], "多出了参数“b c”", "CALL-105"),
    ],
)
def test_wrong_calls_are_explained(words: list[str], said: str, code: str) -> None:
    done = call(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert f"编号 {code}" in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_fault() -> None:
    line = f"{sys.executable} -m gov_writer rules | head -n 1"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("FIG101")


def shell(line: str, *words: object) -> subprocess.CompletedProcess[str]:
    """The line in a shell; ``gw`` in it calls the program, $1… are the words."""
    calling = f'gw() {{ "{sys.executable}" -m gov_writer "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", calling, "bash", *map(str, words)], capture_output=True, text=True)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    place = tmp_path / "材料.md"
    place.write_text("东岭街道排查隐患12处，整改隐患12处。\n", encoding="utf-8")
    return place


@pytest.mark.parametrize("command", ['facts "$1"', 'check "$1"', 'text "$1"', "rules FIG102"])
def test_a_closed_standard_output_is_told(command: str, notes: Path) -> None:
    done = shell(f"gw {command} >&-", notes)
    assert done.returncode == 2
    assert "编号 OUT-107" in done.stderr


def test_a_result_in_a_file_needs_no_standard_output(notes: Path, tmp_path: Path) -> None:
    done = shell('gw text "$1" -o "$2" >&- <&-', notes, tmp_path / "out.txt")
    assert done.returncode == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == notes.read_text(encoding="utf-8")


def test_a_closed_standard_input_is_told() -> None:
    done = shell("gw check - <&-")
    assert done.returncode == 2
    assert "编号 INGEST-103" in done.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("gw facts $1", 0),
        ("gw rules", 0),
        ("gw check $1 --against $1", 0),
        ("gw check $1 --fail-on error", 0),
    ],
)
def test_who_reads_no_further_changes_no_exit_code(line: str, code: int, notes: Path) -> None:
    done = shell(f"{line} | true; exit ${{PIPESTATUS[0]}}", notes)
    assert done.returncode == code, done.stderr
    assert done.stderr == ""


def test_findings_are_findings_though_nobody_reads_them(notes: Path, tmp_path: Path) -> None:
    draft = tmp_path / "稿.md"
    draft.write_text("东岭街道排查隐患21处。\n", encoding="utf-8")
    assert shell('gw check "$1" --against "$2" | true; exit ${PIPESTATUS[0]}', draft, notes).returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ("draft", "x.md", "--deadline", "nan"),
        ("batch", "x", "-o", "y", "--timeout", "nan"),
        ("batch", "x", "-o", "y", "--rate", "inf"),
    ],
)
def test_no_number_is_no_number(words: tuple[str, ...]) -> None:
    done = call(*words)
    assert done.returncode == 2
    assert "编号 CALL-103" in done.stderr


def test_faults_end_without_an_empty_line() -> None:
    done = call("facts", "没有1.md", "没有2.md")
    assert done.returncode == 2
    assert done.stderr.count("编号 INGEST-101") == 2
    assert done.stderr.endswith("INGEST-101\n")
    assert not done.stderr.endswith("\n\n")


def test_names_in_a_brief_are_chinese_whatever_the_locale(tmp_path: Path) -> None:
    """LC_ALL=C with Python's UTF-8 mode switched off: the file system's names would be ASCII."""
    folder = tmp_path / "街道 材料%20"
    folder.mkdir()
    (folder / "党建 办.md").write_text("# 雾溪街道2025年材料\n- 召开会议24次。\n", encoding="utf-8")
    (folder / "任务书.yaml").write_text("sources: [党建*.md]\nperiod: 2025\n", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "gov_writer",
            "draft",
            str(folder / "任务书.yaml"),
            "-o",
            str(folder / "稿.md"),
        ],
        capture_output=True,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "召开会议24次" in (folder / "稿.md").read_text(encoding="utf-8")
