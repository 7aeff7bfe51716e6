"""Folder, glob and tables all become the same jobs; a wrong row is its own error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from gov_writer.batch.job import Job
from gov_writer.batch.manifest import jobs
from gov_writer.errors import GovWriterError


def _write(place: Path, text: str = "东岭街道排查隐患12处。") -> str:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return str(place)


def test_folder_is_taken_in_order_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    _write(tmp_path / "b.md")
    _write(tmp_path / "a" / "b.md")
    _write(tmp_path / "picture.png")
    _write(tmp_path / ".hidden.md")
    found = list(jobs(str(tmp_path)))
    assert [job.name for job in found if isinstance(job, Job)] == ["a/b.md", "b.md"]
    assert [e.code for e in found if isinstance(e, GovWriterError)] == ["BATCH-102"]


def test_the_batchs_own_results_are_no_jobs(tmp_path: Path) -> None:
    """``batch . -o .`` and ``batch . -o 结果``, a second time."""
    for name in ("a.md", "outputs/b.md", "结果/outputs/a.md.json", "结果/journal.sqlite-wal", "结果/我的.md"):
        _write(tmp_path / name)
    inside = [
        str(found.name) for found in jobs(str(tmp_path), results=tmp_path / "结果") if isinstance(found, Job)
    ]
    assert inside == ["a.md", "outputs/b.md", "结果/我的.md"]
    here = list(jobs(str(tmp_path / "**" / "*.md"), results=tmp_path))
    assert [job.name for job in here if isinstance(job, Job)] == ["a.md", "我的.md"]


def test_a_folder_that_is_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "a.md")
    _write(tmp_path / "closed" / "b.md")
    scandir = os.scandir

    def refused(place: Any) -> Any:
        if str(place).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refused)
    job, error = jobs(str(tmp_path))
    assert isinstance(job, Job) and isinstance(error, GovWriterError)
    assert (error.code, error.where) == ("BATCH-118", str(tmp_path / "closed"))


@pytest.mark.parametrize(
    ("table", "encoding"),
    [
        ("job,input,name\ncheck,a.md,甲\n", "utf-8-sig"),
        ("job,input,name\ncheck,a.md,甲\n", "gbk"),
        ("job,input,name\ncheck,a.md,甲\n", "utf-16"),
        (" Job , INPUT ,name\r\ncheck,a.md,甲\r\n", "utf-8"),
        ("job;input;name\ncheck;a.md;甲\n", "utf-8"),
        ("job\tinput\tname\ncheck\ta.md\t甲\n", "utf-8"),
        ('"job","input","name"\n"check","a.md","甲"\n', "utf-8"),
    ],
)
def test_a_csv_as_offices_write_it(tmp_path: Path, table: str, encoding: str) -> None:
    (tmp_path / "m.csv").write_bytes(table.encode(encoding))
    (job,) = jobs(str(tmp_path / "m.csv"))
    assert isinstance(job, Job) and (job.name, job.inputs) == ("甲", (str(tmp_path / "a.md"),))


def test_the_row_of_a_fault_in_a_csv(tmp_path: Path) -> None:
    _write(tmp_path / "m.csv", "job,input\ncheck,a.md\n核对,b.md\n")
    _, error = jobs(str(tmp_path / "m.csv"))
    assert isinstance(error, GovWriterError) and error.where == "m.csv 第3行"


def test_the_table_may_stand_on_another_sheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("任务")
    for row in (["Job", "input "], ["check", "a.md"]):
        sheet.append(row)
    book.save(tmp_path / "m.xlsx")
    (job,) = jobs(str(tmp_path / "m.xlsx"))
    assert isinstance(job, Job) and job.name == "a.md"
    Workbook().save(tmp_path / "leer.xlsx")
    assert list(jobs(str(tmp_path / "leer.xlsx"))) == []


def test_a_report_is_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(GovWriterError, match="不是清单"):
        list(jobs(_write(tmp_path / "a.md")))


def test_glob(tmp_path: Path) -> None:
    _write(tmp_path / "x1.md")
    _write(tmp_path / "y1.md")
    assert [job.name for job in jobs(str(tmp_path / "x*.md")) if isinstance(job, Job)] == ["x1.md"]
    with pytest.raises(GovWriterError):
        list(jobs(str(tmp_path / "z*.md")))


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_tables_give_the_same_jobs(tmp_path: Path, ending: str) -> None:
    rows = [
        {"job": "check", "input": "a.md", "against": "n1.md; n2.md", "period": "2025", "name": "甲"},
        {"job": "draft", "input": "n1.md;n2.md", "brief": "", "name": "乙"},
        {"job": "check", "input": "a.md", "name": "甲"},
    ]
    place = tmp_path / f"清单.{ending}"
    columns = ["job", "input", "against", "brief", "period", "name"]
    if ending == "csv":
        lines = [",".join(columns), *(",".join(row.get(c, "") for c in columns) for row in rows)]
        _write(place, "\n".join(lines) + "\n")
    elif ending == "jsonl":
        _write(place, "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")
    else:
        book = Workbook()
        book.active.append(columns)
        for row in rows:
            book.active.append([2025 if c == "period" and row.get(c) else row.get(c) for c in columns])
        book.save(place)
    first, second, third = (job for job in jobs(str(place)) if isinstance(job, Job))
    assert first.against == (str(tmp_path / "n1.md"), str(tmp_path / "n2.md"))
    assert first.period == "2025"
    assert second.kind == "draft"
    assert len(second.inputs) == 2
    assert third.name == "甲#2"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"job": "chek", "input": "a.md"}, "BATCH-105"),
        ({"job": "check", "input": ""}, "BATCH-106"),
        ({"job": "check", "input": "a.md;b.md"}, "BATCH-106"),
        ({"job": "check", "input": "a.md", "agianst": "b.md"}, "BATCH-104"),
    ],
)
def test_a_wrong_row_is_one_error_and_the_rest_goes_on(
    tmp_path: Path, row: dict[str, str], code: str
) -> None:
    place = tmp_path / "m.jsonl"
    _write(place, json.dumps(row) + "\n" + json.dumps({"input": "a.md"}) + "\n")
    wrong, right = jobs(str(place))
    assert isinstance(wrong, GovWriterError)
    assert wrong.code == code
    assert "第1行" in wrong.where
    assert isinstance(right, Job)


def test_a_wrong_row_keeps_its_name_and_job_in_the_results(tmp_path: Path) -> None:
    _write(tmp_path / "a.md", "开会3次。\n")
    rows = "job,input,name\ncheck,a.md,甲\nchek,a.md,乙\ndraft,,丙\nchek,a.md,甲\n"
    _write(tmp_path / "m.csv", rows)
    words = ["batch", str(tmp_path / "m.csv"), "-o", str(tmp_path / "out")]
    subprocess.run([sys.executable, "-m", "gov_writer", *words], capture_output=True, text=True)
    lines = (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert [(row["name"], row["job"], row["status"]) for row in told] == [
        ("甲", "check", "done"),
        ("乙", "check", "failed"),
        ("丙", "draft", "failed"),
        ("甲#2", "check", "failed"),
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_with_other_columns_is_no_manifest(tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"清单.{ending}"
    if ending == "csv":
        _write(place, "foo,bar\n1,2\n")
    else:
        book = Workbook()
        book.active.append(["foo", "bar"])
        book.save(place)
    with pytest.raises(GovWriterError) as told:
        list(jobs(str(place)))
    assert told.value.code == "BATCH-104"
    assert "input" in told.value.hint


def test_what_failed_is_told_where_the_clerk_looks(tmp_path: Path) -> None:
    _write(tmp_path / "m.csv", "job,input\nchek,a.md\n")
    words = ["batch", str(tmp_path / "m.csv"), "-o", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-m", "gov_writer", *words], capture_output=True, text=True)
    assert done.returncode == 2
    assert "编号 BATCH-105" in done.stderr
    assert "失败 1 个" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_table_as_office_programs_save_it(tmp_path: Path, encoding: str) -> None:
    """Any of their encodings, blank rows, and the row as the clerk counts it."""
    rows = "job,input,name\r\n,,\r\ncheck,甲.md,一号报告\r\n\r\nchek,乙.md,二号报告\r\n"
    (tmp_path / "清单.csv").write_bytes(rows.encode(encoding))
    right, wrong = jobs(str(tmp_path / "清单.csv"))
    assert isinstance(right, Job) and right.name == "一号报告"
    assert isinstance(wrong, GovWriterError) and wrong.where.endswith("第5行")


@pytest.mark.parametrize("line", ["no json", "[1]", "[" * 100_000, '"a.md"'])
def test_a_line_that_is_no_object_is_one_failure(tmp_path: Path, line: str) -> None:
    _write(tmp_path / "m.jsonl", f'{line}\n{{"input": "a.md"}}\n')
    wrong, right = jobs(str(tmp_path / "m.jsonl"))
    assert isinstance(wrong, GovWriterError) and wrong.code == "BATCH-103" and "第1行" in wrong.where
    assert isinstance(right, Job)


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"PK\x03\x04 no"), ("b.csv", b"job,input\n\xff\xff\xff\n")]
)
def test_a_broken_table_is_one_message(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GovWriterError) as told:
        list(jobs(str(tmp_path / name)))
    assert told.value.code == "BATCH-101"


def test_a_link_to_what_is_gone_is_a_job(tmp_path: Path) -> None:
    """It fails in its turn; passed over in silence, a report would be missing."""
    (tmp_path / "甲.md").symlink_to(tmp_path / "gone.md")
    (job,) = jobs(str(tmp_path))
    assert isinstance(job, Job) and job.inputs == (str(tmp_path / "甲.md"),)
