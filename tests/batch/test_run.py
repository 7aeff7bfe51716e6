"""Nothing is lost, nothing is done twice: resume, kill -9, broken files, dying workers."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gov_writer.batch import BatchSettings, Progress, pool, run_batch
from gov_writer.batch.job import Execute, Job, JobKind, Outcome, Status, Task
from gov_writer.batch.journal import Journal
from gov_writer.errors import GovWriterError

TEXT = "# 东岭街道2025年工作总结\n\n一、安全生产\n\n排查隐患{n}处，整改{m}处，整改率{p}%。\n"


def reports(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        text = TEXT.format(n=100 + n, m=90, p="90.0")
        (folder / f"报告{n:03}.md").write_text(text, encoding="utf-8")
    return folder


def results(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def timeless(folder: Path) -> tuple[list[dict[str, object]], dict[str, bytes]]:
    """Everything that must be the same however often the run was interrupted."""
    lines = [{k: v for k, v in line.items() if k != "seconds"} for line in results(folder)]
    return lines, {p.name: p.read_bytes() for p in sorted((folder / "outputs").iterdir())}


@pytest.mark.parametrize("place", ["", "结果"])
def test_what_a_run_left_among_the_reports_is_no_report(tmp_path: Path, place: str) -> None:
    source = reports(tmp_path, 2)
    for _ in range(2):
        run_batch(str(source), source / place, BatchSettings())
    assert [line["name"] for line in results(source / place)] == ["报告000.md", "报告001.md"]


def test_a_run_leaves_results_in_order_and_summaries(tmp_path: Path) -> None:
    source = reports(tmp_path / "in", 5)
    (source / "坏.docx").write_bytes(b"no zip")
    summary = run_batch(str(source), tmp_path / "out", BatchSettings(workers=2))
    lines = results(tmp_path / "out")
    assert [line["name"] for line in lines] == sorted(p.name for p in source.iterdir())
    assert [line["status"] for line in lines].count("failed") == summary.failed == 1
    broken = next(line for line in lines if line["status"] == "failed")
    assert "坏.docx" in str(broken["error"])
    assert set(lines[0]) == {"name", "job", "status", "output", "error", "findings", "seconds"}
    assert (
        json.loads((tmp_path / "out" / str(lines[-1]["output"])).read_text(encoding="utf-8"))["version"] == 1
    )
    sheet = load_workbook(tmp_path / "out" / "summary.xlsx").worksheets[0]
    assert sheet.max_row == 7
    assert sheet["A2"].value == "坏.docx", "what needs attention comes first"
    assert "坏.docx" in (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    source = reports(tmp_path / "in", 4)
    run_batch(str(source), tmp_path / "out", BatchSettings())
    (source / "报告002.md").write_text(TEXT.format(n=7, m=7, p="100"), encoding="utf-8")
    seen: list[Progress] = []
    run_batch(str(source), tmp_path / "out", BatchSettings(), seen.append)
    assert seen[-1].reused == 3
    (tmp_path / "out" / "outputs" / "报告001.md.json").unlink()
    run_batch(str(source), tmp_path / "out", BatchSettings(), seen.append)
    assert seen[-1].reused == 3, "a result whose file is gone is not done"


def test_the_settings_of_the_folder_hold(tmp_path: Path) -> None:
    source = reports(tmp_path / "in", 1)
    (source / "报告000.md").write_text("排查隐患１２处，截止6月底完成。\n", encoding="utf-8")
    run_batch(str(source / "*.md"), tmp_path / "out", BatchSettings())
    assert "TXT606" in (tmp_path / "out" / "outputs" / "报告000.md.json").read_text(encoding="utf-8")
    (source / "gov-writer.toml").write_text('[check]\nignore = ["TXT606"]\n', encoding="utf-8")
    run_batch(str(source / "*.md"), tmp_path / "out", BatchSettings())
    assert "TXT606" not in (tmp_path / "out" / "outputs" / "报告000.md.json").read_text(encoding="utf-8")


@pytest.mark.slow
def test_killed_at_twenty_moments_the_result_is_the_same(tmp_path: Path) -> None:
    source = reports(tmp_path / "in", 60)
    run_batch(str(source), tmp_path / "whole", BatchSettings(workers=2))
    command = [sys.executable, "-m", "gov_writer", "batch", str(source), "-o", str(tmp_path / "torn")]
    command += ["--workers", "2", "--fail-on", "never"]
    luck = random.Random(20)
    for _ in range(20):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(luck.uniform(0.3, 2.0))
        run.send_signal(signal.SIGKILL)
        run.wait()
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert timeless(tmp_path / "torn") == timeless(tmp_path / "whole")


def dies(job: Job, _known: str) -> Outcome:
    """A stand-in for a job that kills its worker (an out-of-memory kill looks like this)."""
    if job.name == "7":
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(name=job.name, status=Status.DONE)


def hangs(job: Job, _known: str) -> Outcome:
    if job.name == "3":
        time.sleep(60)
    return Outcome(name=job.name, status=Status.DONE)


def _tasks(count: int) -> list[list[Task]]:
    return [[(Job(name=str(n), kind=JobKind.CHECK, inputs=("x",)), "")] for n in range(count)]


@pytest.mark.parametrize(("work", "culprit", "words"), [(dies, "7", "意外终止"), (hangs, "3", "超过")])
def test_a_bad_job_is_one_failure(work: Execute, culprit: str, words: str) -> None:
    outcomes = list(pool.run(iter(_tasks(20)), work, workers=2, timeout_s=3, memory_mb=0))
    assert sorted(int(o.name) for o in outcomes) == list(range(20)), "each job once"
    failed = [o for o in outcomes if o.status == "failed"]
    assert [o.name for o in failed] == [culprit]
    assert words in str(failed[0].error)


def test_a_second_run_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    from gov_writer.batch.journal import Journal

    first = Journal(tmp_path / "journal.sqlite")
    with pytest.raises(GovWriterError, match="正被另一个"):
        Journal(tmp_path / "journal.sqlite")
    first.close()


def test_reconciliations_and_comparisons_are_jobs_too(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "区").mkdir(parents=True)
    (source / "全区.csv").write_text("指标,单位,合计\n新增就业,人,900\n", encoding="utf-8")
    for name, value in (("东岭", 412), ("西屏", 388)):
        (source / "区" / f"{name}街道.md").write_text(f"全年新增就业{value}人。", encoding="utf-8")
    (source / "2024.md").write_text("# 2024年工作总结\n新增就业700人。\n", encoding="utf-8")
    (source / "2025.md").write_text("# 2025年工作总结\n新增就业800人，同比增长5%。\n", encoding="utf-8")
    rows = [
        {"job": "reconcile", "input": "全区.csv", "against": "区/*.md", "name": "汇总"},
        {"job": "compare", "input": "2025.md", "against": "2024.md", "name": "两年"},
        {"job": "reconcile", "input": "全区.csv", "name": "没有分报告"},
        {"job": "compare", "input": "2025.md", "against": "2024.md;全区.csv"},
    ]
    (source / "m.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    seen: list[Progress] = []
    run_batch(str(source / "m.jsonl"), tmp_path / "out", BatchSettings(workers=2), seen.append)
    lines = results(tmp_path / "out")
    assert [(line["job"], line["status"]) for line in lines[:2]] == [
        ("reconcile", "done"),
        ("compare", "done"),
    ]
    assert [line["status"] for line in lines[2:]] == ["failed", "failed"]
    assert all("BATCH-117" in str(line["error"]) for line in lines[2:])
    whole = json.loads((tmp_path / "out" / str(lines[0]["output"])).read_text(encoding="utf-8"))
    assert (
        whole["findings"][0]["rule"] == "REC951" and whole["matrix"]["rows"][0]["cells"][0]["value"] == "412"
    )
    years = json.loads((tmp_path / "out" / str(lines[1]["output"])).read_text(encoding="utf-8"))
    assert years["findings"][0]["rule"] == "REC956" and years["comparison"]["indicators"]
    (source / "区" / "西屏街道.md").write_text("全年新增就业488人。", encoding="utf-8")
    run_batch(str(source / "m.jsonl"), tmp_path / "out", BatchSettings(), seen.append)
    assert seen[-1].reused == 1, "a part that changed redoes its reconciliation alone"
    assert results(tmp_path / "out")[0]["findings"] == {"error": 0, "warning": 0, "info": 0}


def test_runs_side_by_side_share_a_manifest(tmp_path: Path) -> None:
    source = reports(tmp_path / "in", 5)
    names = []
    for part in (1, 2):
        run_batch(str(source), tmp_path / f"out{part}", BatchSettings(part=(part, 2)))
        names.append([str(line["name"]) for line in results(tmp_path / f"out{part}")])
    assert [len(n) for n in names] == [3, 2] and len({*names[0], *names[1]}) == 5


def test_the_page_shows_what_needs_attention_and_runs_nothing(tmp_path: Path) -> None:
    source = reports(tmp_path / "in", 2)
    (source / "<script>alert(1)<script>.md").write_text("**街道办理X件。\n", encoding="utf-8")
    run_batch(str(source), tmp_path / "out", BatchSettings())
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "<script" not in page and "default-src &#x27;none&#x27;" in page
    assert page.index("报告000") > page.index("哪类问题最多")
    book = load_workbook(tmp_path / "out" / "summary.xlsx")
    assert book.sheetnames == ["按需关注排序", "总体", "各规则"]
    assert book["总体"]["B1"].value == 3


def test_the_gravest_come_first_in_words(tmp_path: Path) -> None:
    source = reports(tmp_path / "in", 7)
    (source / "报告900.md").write_text("东区3处、西区5处，共9处。发展党员X名。", encoding="utf-8")
    run_batch(str(source), tmp_path / "out", BatchSettings())
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    first = page[page.index("先看这几份") : page.index("哪类问题最多")]
    assert "报告900.md" in first and "留有未填的空或有意隐去的名字（TXT601）" in first
    sheet = load_workbook(tmp_path / "out" / "summary.xlsx").worksheets[0]
    assert sheet["A2"].value == "报告900.md" and "（TXT601）" in sheet["J2"].value
    assert sheet.auto_filter.ref == "A1:L9"


def test_no_name_ends_a_run(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("排查隐患3处。", encoding="utf-8")
    names = ["长" * 200, "../../x", "/abs/y", "a\x00b", "...", "CON", "=1+1", "长" * 199 + "短"]
    lines = [json.dumps({"input": "a.md", "name": name}) for name in names]
    (tmp_path / "m.jsonl").write_text("\n".join(lines), encoding="utf-8")
    summary = run_batch(str(tmp_path / "m.jsonl"), tmp_path / "out", BatchSettings())
    assert (summary.total, summary.failed) == (len(names), 0)
    assert len(list((tmp_path / "out" / "outputs").iterdir())) == len(names)


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left"), sqlite3.OperationalError("database or disk is full")]
)
def test_a_full_disk_keeps_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    source, done = reports(tmp_path / "in", 8), iter(range(5))
    record = Journal.record

    def full(self: Journal, *given: Any, **more: Any) -> None:
        if next(done, None) is None:
            raise error
        record(self, *given, **more)

    monkeypatch.setattr(Journal, "record", full)
    with pytest.raises(GovWriterError) as told:
        run_batch(str(source), tmp_path / "out", BatchSettings())
    assert told.value.code == "BATCH-109" and "磁盘已满" in told.value.what
    monkeypatch.undo()
    seen: list[Progress] = []
    run_batch(str(source), tmp_path / "out", BatchSettings(), seen.append)
    assert seen[-1].reused == 5


def test_a_log_that_nobody_reads_on_ends_no_run(tmp_path: Path) -> None:
    """``gov-writer batch … 2>&1 | head -1``"""
    source = reports(tmp_path / "in", 25)
    command = [sys.executable, "-m", "gov_writer", "batch", str(source), "-o", str(tmp_path / "out")]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run([*command, "--fail-on", "never"], stderr=write, timeout=120, check=False)
    finally:
        os.close(write)
    assert done.returncode == 0 and len(results(tmp_path / "out")) == 25
