"""``gov-writer compare`` end to end: exit codes, forms, and nothing that a file says runs in them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from gov_writer import across
from gov_writer.checking.rules.comparing.years import year_on_year

OLD = """# 云溪区东岭街道2024年工作总结

## 一、工作情况
排查安全隐患8753处。新增就业1208人。加装电梯12部。

## 二、2025年工作打算
新增就业1300人。建成青石桥停车场。建成东岭养老服务中心。
"""
NEW = """# 云溪区东岭街道2025年工作总结

## 一、工作情况
排查安全隐患9120处，同比增长8.2%。新增就业1251人。加装电梯15部，同比增长25%。
东岭养老服务中心建成开放。
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def run(*arguments: object) -> Ran:
    command = [sys.executable, "-m", "gov_writer", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "旧.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "新.md").write_text(NEW, encoding="utf-8")
    return tmp_path / "旧.md", tmp_path / "新.md"


def test_text_tells_findings_and_both_tables(reports: tuple[Path, Path]) -> None:
    result = run("compare", *reports)
    assert result.code == 0
    assert "REC956" in result.out and "增长4.2%" in result.out
    assert "指标对照" in result.out and "上年打算落实情况" in result.out
    assert "青石桥停车场" in result.out


def test_exit_codes(reports: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("compare", *reports, "--fail-on", "warning").code == 1
    assert run("compare", *reports, "--ignore", "REC", "--fail-on", "info").code == 0
    gone = run("compare", tmp_path / "没有.md", reports[1])
    assert gone.code == 2 and "编号" in gone.err


def test_json_has_the_tables_beside_the_findings(reports: tuple[Path, Path]) -> None:
    data = json.loads(run("compare", *reports, "--format", "json").out)
    rows = {row["indicator"]: row for row in data["comparison"]["indicators"]}
    assert rows["加装电梯"]["verdict"] == "相符" and rows["加装电梯"]["change"] == "＋25.0%"
    assert rows["排查安全隐患"]["verdict"] == "不符"
    fates = {p["promised"]["text"]: p["verdict"] for p in data["comparison"]["promises"]}
    assert fates == {
        "新增就业1300人": "未达到",
        "建成青石桥停车场": "未提及",
        "建成东岭养老服务中心": "已完成",
    }
    assert {f["rule"] for f in data["findings"]} == {"REC956", "REC958", "REC959"}


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_findings_alone(reports: tuple[Path, Path], form: str) -> None:
    assert "REC956" in run("compare", *reports, "--format", form).out


def test_workbook(reports: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("compare", *reports, "-o", tmp_path / "对照.xlsx").code == 0
    book = load_workbook(io.BytesIO((tmp_path / "对照.xlsx").read_bytes()))
    assert book.sheetnames == ["指标对照", "上年打算", "问题"]
    assert [cell.value for cell in book["指标对照"][1]][:4] == ["指标", "单位", "上年", "本年"]


def test_page_escapes_what_files_say(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("2024年总结\n<script>alert(1)</script>排查隐患8753处。", encoding="utf-8")
    (tmp_path / "b.md").write_text("2025年总结\n<script>alert(1)</script>排查隐患8753处。", encoding="utf-8")
    page = run("compare", tmp_path / "a.md", tmp_path / "b.md", "--format", "html").out
    assert "<script" not in page and "default-src &#x27;none&#x27;" in page


def test_same_file_and_empty_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    assert run("compare", tmp_path / "a.md", tmp_path / "a.md").code == 0
    assert run("compare", tmp_path / "a.md", tmp_path / "empty.md").code in (0, 2)


def test_years_apart_are_told(reports: tuple[Path, Path]) -> None:
    reports[0].write_text(OLD.replace("2024", "2021").replace("2025", "2022"), encoding="utf-8")
    result = run("compare", *reports)
    assert "不是相邻的两年" in result.err and "REC956" not in result.out


def test_long_reports_are_compared_in_linear_time(tmp_path: Path) -> None:
    names = [f"第{n}网格排查{a}{b}隐患" for n in range(40) for a in "甲乙丙丁" for b in "东南西北"]
    for place, add in (("a", 0), ("b", 7)):
        year = 2024 if place == "a" else 2025
        lines = [f"{name}{number + 100 + add}处。" for number, name in enumerate(names)]
        (tmp_path / f"{place}.md").write_text(f"{year}年总结\n" + "\n".join(lines), encoding="utf-8")
    case = across.compare(tmp_path / "a.md", tmp_path / "b.md")
    years = case.once(year_on_year)
    assert years is not None
    right = sum(pair.new.value - pair.old.value == 7 for pair in years.pairs)  # type: ignore[operator]
    assert right > 0.95 * len(names)
