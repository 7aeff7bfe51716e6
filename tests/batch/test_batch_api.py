"""Drafts through a batch endpoint: one file up, answers down, whatever the endpoint or a kill does in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document

from tests.batch.batch_server import BatchServer

NOTES = """# 东岭街道2025年工作材料

## 安全生产
- 排查安全隐患{a}处，整改{b}处。
- 组织沿街商户开展消防演练{c}场。

## 民生服务
- 城镇新增就业{d}人，走访困难群众{e}户。
- 为高龄老人上门体检{f}人次。
"""
TOML = "[engine]\nbatch_poll_seconds = 0.05\nretries = 1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = []
    for number in range(4):
        figures = {key: 101 + 7 * number + 13 * k for k, key in enumerate("abcdef")}
        (tmp_path / f"n{number}.md").write_text(NOTES.format(**figures), encoding="utf-8")
        lines.append({"job": "draft", "input": f"n{number}.md", "engine": "openai", "name": f"报告{number}"})
    (tmp_path / "check.md").write_text("排查隐患12处。\n", encoding="utf-8")
    lines.append({"job": "check", "input": "check.md"})
    (tmp_path / "m.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (tmp_path / "gov-writer.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def server() -> Iterator[BatchServer]:
    found = BatchServer()
    yield found
    found.close()


def _command(folder: Path, server: BatchServer) -> tuple[list[str], dict[str, str]]:
    command = [sys.executable, "-m", "gov_writer", "batch", "m.jsonl", "-o", "out", "--batch-api"]
    env = {
        **os.environ,
        "OPENAI_API_KEY": "geheim-1",
        "OPENAI_BASE_URL": server.url,
        "OPENAI_MODEL": "m",
        "GOV_WRITER_CACHE_DIR": str(folder / "cache"),
    }
    return [*command, "--fail-on", "never"], env


def _run(folder: Path, server: BatchServer) -> subprocess.CompletedProcess[str]:
    command, env = _command(folder, server)
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120)


def _written(folder: Path) -> list[str]:
    found = sorted((folder / "out" / "outputs").glob("报告*.docx"))
    return ["\n".join(p.text for p in Document(str(path)).paragraphs) for path in found]


def _models(texts: list[str]) -> int:
    """Drafts in which the model's word stands (the notes have none)."""
    return sum("积极组织" in text for text in texts)


def test_all_questions_go_as_one_file(folder: Path, server: BatchServer) -> None:
    done = _run(folder, server)
    assert done.returncode == 0, done.stderr
    texts = _written(folder)
    assert len(texts) == 4 and _models(texts) == 4
    assert "101处" in texts[0] and "173人次" not in texts[0]
    assert server.chats == 0, "nobody is asked live"
    assert len(server.batches) == 1
    sent = b"".join(server.files[b["input_file_id"]] for b in server.batches.values()).decode()
    assert "101处" not in sent and "⟦" in sent, "slots, not figures"
    again = _run(folder, server)
    assert again.returncode == 0 and len(server.batches) == 1, "nothing is asked twice"


@pytest.mark.parametrize("fault", ["expired", "failed", "malformed", "errors", "error-file"])
def test_what_a_batch_leaves_open_is_sent_again(folder: Path, server: BatchServer, fault: str) -> None:
    server.faults = [fault]
    done = _run(folder, server)
    assert done.returncode == 0, done.stderr
    assert _models(_written(folder)) == 4
    first, second = (server.files[b["input_file_id"]] for b in list(server.batches.values())[:2])
    assert len(second.splitlines()) < len(first.splitlines()) or fault == "failed"
    assert server.chats == 0


def test_an_endpoint_that_never_answers_leaves_builtin_drafts(folder: Path, server: BatchServer) -> None:
    server.faults = ["failed"] * 9
    done = _run(folder, server)
    assert done.returncode == 0 and "内置引擎" in done.stderr
    assert len(_written(folder)) == 4 and _models(_written(folder)) == 0
    assert len(server.batches) == 3


def test_an_endpoint_without_batches_is_told(folder: Path, server: BatchServer) -> None:
    server.create = lambda data: (_ for _ in ()).throw(ConnectionError)  # type: ignore[method-assign,assignment]
    done = _run(folder, server)
    assert done.returncode == 2 and "LLM-121" in done.stderr and "geheim" not in done.stderr


def test_a_kill_loses_no_batch_and_orders_none_twice(folder: Path, server: BatchServer) -> None:
    server.looks = 10_000
    command, env = _command(folder, server)
    run = subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not server.batches and time.monotonic() < end:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    state = folder / "out" / "batch-api" / "state.json"
    state.unlink(missing_ok=True)  # killed before it could be written: the endpoint's list has the batch
    server.looks = 2
    done = _run(folder, server)
    assert done.returncode == 0, done.stderr
    assert len(server.batches) == 1 and _models(_written(folder)) == 4


def test_keys_are_not_kept(folder: Path, server: BatchServer) -> None:
    done = _run(folder, server)
    assert "Bearer geheim-1" in server.keys and "geheim" not in done.stderr + done.stdout
    for path in (folder / "out").rglob("*"):
        assert not path.is_file() or b"geheim" not in path.read_bytes()


def test_a_budget_that_is_spent_asks_nobody(folder: Path, server: BatchServer) -> None:
    command, env = _command(folder, server)
    command = [part for part in command if part != "--batch-api"] + ["--token-budget", "10", "--workers", "2"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    assert server.chats == 0 and len(_written(folder)) == 4 and _models(_written(folder)) == 0


def test_workers_keep_one_rate(folder: Path, server: BatchServer) -> None:
    command, env = _command(folder, server)
    command = [part for part in command if part != "--batch-api"] + ["--rate", "120", "--workers", "2"]
    server.live = True
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    assert _models(_written(folder)) == 4
    gaps = [later - earlier for earlier, later in pairwise(server.times)]
    assert len(gaps) >= 3 and min(gaps) > 0.3, "two a second, whoever asks"


def test_what_is_meant_for_one_endpoint_is_not_sent_to_another(folder: Path, server: BatchServer) -> None:
    lines = []
    for number, url in enumerate((server.url, "http://127.0.0.1:9/v1")):
        brief = f"sources: [n{number}.md]\nengine: {{name: openai, model: m, base_url: '{url}'}}\n"
        (folder / f"b{number}.yaml").write_text(brief, encoding="utf-8")
        lines.append({"job": "draft", "input": f"b{number}.yaml", "name": f"报告{number}"})
    (folder / "m.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = _run(folder, server)
    assert done.returncode == 2
    assert "LLM-123" in done.stderr and "127.0.0.1:9" in done.stderr
    assert not server.batches and not server.chats
