"""Wrong calls end as the contract says: one message in Chinese with a code, exit code 2, no traceback."""

from __future__ import annotations

import subprocess
import sys

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
