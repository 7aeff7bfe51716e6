"""A real server process that is killed, has no room, or loses its client, its database or its model."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.service.conftest import postgres_server, started, until

OPENER = build_opener(ProxyHandler({}))


def _ask(address: str, body: Any = None, *, method: str | None = None) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    try:
        with OPENER.open(Request(address, data, headers, method=method), timeout=60) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.slow
def test_kill_9_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    texts = [{"name": f"{n}.md", "text": f"第{n}片区排查安全隐患{n}处。\n" * 80} for n in range(1, 30)]
    with started(tmp_path, "--processes", "1") as (address, server):
        _, queued = _ask(f"{address}/v1/batches", {"drafts": texts, "against": texts[:1]})
        until(lambda: _ask(f"{address}/healthz")[1]["jobs"]["at_work"])
        children = until(lambda: _children(server.pid))
        time.sleep(1)
        server.kill()
        server.wait(10)
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), seconds=5)
    with started(tmp_path, "--processes", "1") as (address, _):
        shown = until(lambda: _finished(address + queued["url"]))
    assert shown["status"] == "done"
    assert [r["status"] for r in shown["results"]] == ["done"] * 29
    call = [sys.executable, "-m", "gov_writer", "audit", "verify", "--folder", str(tmp_path)]
    assert subprocess.run(call, capture_output=True).returncode == 0


def _finished(url: str) -> Any:
    _, shown = _ask(url)
    return shown if shown["status"] in ("done", "failed") else None


def _children(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [child for task in tasks for child in (task / "children").read_text().split()]


@pytest.mark.slow
def test_a_client_that_goes_stops_its_check(tmp_path: Path) -> None:
    """A check of seconds is given up by its client; the only process is free again at once."""
    long = "".join(f"第{n}片区排查安全隐患{n}处，整改{n - 1}处，走访{n * 3}户。\n" for n in range(1, 9000))
    with started(tmp_path, "--processes", "1") as (address, _):
        small = {"draft": {"name": "a.md", "text": "排查隐患8573处。"}}
        _ask(f"{address}/v1/check", small)
        host, port = address.removeprefix("http://").split(":")
        body = json.dumps(
            {"draft": {"name": "a.md", "text": long}, "against": [{"name": "b.md", "text": long}]}
        )
        began = time.monotonic()
        with socket.create_connection((host, int(port))) as client:
            head = f"POST /v1/check HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
            client.sendall(f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}".encode())
            time.sleep(1)
        status, _ = _ask(f"{address}/v1/check", small)
        stopped = time.monotonic() - began
        began = time.monotonic()
        _ask(f"{address}/v1/check", json.loads(body))
        whole = time.monotonic() - began
    assert status == 200
    assert whole > 6, "the long check is too short for this test"
    assert stopped < whole


@pytest.mark.slow
def test_a_full_disk_is_a_clear_error_and_passes(tmp_path: Path) -> None:
    """The server may write files of 3 MB at most, as if the disk ended there."""
    limit = 3 * 1024 * 1024

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    source = {"sources": [{"name": "n.md", "text": "累计排查安全隐患8753处。"}], "brief": {"period": 2025}}
    big = {"sources": [{"name": "n.md", "text": "累计排查安全隐患8753处。" * 100_000}]}
    with started(tmp_path, "--processes", "1", preexec_fn=small_disk) as (address, _):
        _, kept = _ask(f"{address}/v1/drafts", source)
        shown = until(lambda: _finished(address + kept["url"]))
        assert shown["status"] == "done"
        status, told = _ask(f"{address}/v1/drafts", big)
        assert (status, told["code"]) == (507, "HTTP-507")
        status, health = _ask(f"{address}/healthz")
        assert (status, health["disk"]) == (503, False)
        assert _ask(address + kept["url"])[1]["text"] == shown["text"]
    with started(tmp_path, "--processes", "1") as (address, _):
        assert _ask(address + kept["url"])[1]["text"] == shown["text"]
        assert _ask(f"{address}/v1/drafts", big)[0] == 202


@pytest.mark.slow
def test_postgresql_stops_and_comes_back(tmp_path: Path) -> None:
    """Requests get 503, a stream and a job wait, and all goes on when the database is back; no line of audit is lost."""
    with postgres_server() as (address, control):
        url = f"{address}/postgres"
        with started(tmp_path, "--processes", "1", "--database", url) as (service, _):
            texts = [{"name": f"{n}.md", "text": f"第{n}片区排查隐患{n}处。\n" * 60} for n in range(1, 25)]
            _, queued = _ask(f"{service}/v1/batches", {"drafts": texts, "against": texts[:1]})
            until(lambda: _ask(f"{service}/healthz")[1]["jobs"]["at_work"])
            followed: list[bytes] = []
            stream = threading.Thread(
                target=lambda: followed.append(_read(f"{service}{queued['url']}/events"))
            )
            stream.start()
            time.sleep(0.5)
            control("stop")
            status, told = _ask(f"{service}/v1/drafts", {"sources": texts[:1]})
            assert (status, told["code"]) == (503, "HTTP-503")
            status, health = _ask(f"{service}/healthz")
            assert (status, health["database"]) == (503, False)
            control("start")
            until(lambda: _ask(f"{service}/healthz")[0] == 200)
            shown = until(lambda: _finished(service + queued["url"]))
            assert [r["status"] for r in shown["results"]] == ["done"] * 24
            stream.join(30)
            assert b'"status": "done"' in followed[0]
            assert followed[0].count(b"event: job") == 24
        call = [sys.executable, "-m", "gov_writer", "audit", "verify", "--folder", str(tmp_path)]
        assert subprocess.run([*call, "--database", url], capture_output=True).returncode == 0


def _read(url: str) -> bytes:
    with OPENER.open(url, timeout=120) as answer:
        found: bytes = answer.read()
    return found


@pytest.mark.slow
def test_a_model_that_hangs_is_told_and_stops_nothing_else(tmp_path: Path) -> None:
    """The endpoint takes the question and never answers: the draft waits, batches and pages go on, health tells."""
    with socket.create_server(("127.0.0.1", 0)) as endpoint:
        port = endpoint.getsockname()[1]
        environment = {**os.environ, "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1", "OPENAI_API_KEY": "x"}
        with started(tmp_path, "--processes", "1", env=environment) as (address, _):
            body = {"sources": [{"name": "n.md", "text": "累计排查安全隐患8753处。"}], "engine": "openai"}
            asked = {**body, "brief": {"period": 2025, "engine": {"name": "openai", "model": "m"}}}
            _, hanging = _ask(f"{address}/v1/drafts", asked)
            endpoint.settimeout(60)
            endpoint.accept()
            _, quick = _ask(f"{address}/v1/drafts", {**body, "engine": "builtin"})
            assert until(lambda: _finished(address + quick["url"]))["status"] == "done"
            assert _ask(f"{address}/v1/check", {"draft": body["sources"][0]})[0] == 200
            status, health = _ask(f"{address}/healthz")
            assert (status, health["jobs"]["at_work"]) == (200, 1)
            assert health["jobs"]["silent_seconds"] >= 1
            assert _ask(address + hanging["url"])[1]["status"] == "running"
