"""What happens when something is killed, hangs, goes away or is full."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from gov_writer.errors import GovWriterError
from gov_writer.service.app import create_app
from gov_writer.service.config import ServiceSettings
from gov_writer.service.database import Database
from gov_writer.service.hands import DiedError, Hands
from gov_writer.service.people import everything
from gov_writer.service.pool import Checkers
from gov_writer.service.runner import Done, Runner, packed
from gov_writer.service.store import Store
from tests.service.conftest import postgres_server, started

LOCAL = everything("local", "本机")


def _sleep(seconds: float, mark: str = "") -> str:
    time.sleep(seconds)
    if mark:
        Path(mark).write_text("done")
    return "slept"


def _say_and_square(number: int, *, tell: Any) -> int:
    for step in range(3):
        tell(("step", step))
    return number * number


def _exit() -> None:
    os._exit(3)


def _refuse() -> None:
    raise GovWriterError("不行。", code="CALL-1")


@pytest.fixture
def hands() -> Iterator[Hands]:
    found = Hands()
    yield found
    found.kill()


def test_a_process_tells_returns_raises_and_is_replaced(hands: Hands) -> None:
    told: list[Any] = []
    assert hands.do(_say_and_square, (7,), told=told.append) == 49
    assert told == [("step", 0), ("step", 1), ("step", 2)]
    with pytest.raises(GovWriterError, match="不行"):
        hands.do(_refuse, ())
    with pytest.raises(DiedError):
        hands.do(_exit, ())
    assert hands.do(_say_and_square, (3,), told=told.append) == 9
    with pytest.raises(GovWriterError, match="时间太长"):
        hands.do(_sleep, (30.0,), limit_s=0.3)
    assert hands.do(_sleep, (0.0,)) == "slept"


def test_what_nobody_waits_for_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gov_writer.service.pool._GRACE_S", 0.1)
    mark = tmp_path / "mark"
    pool = Checkers(1)

    async def go() -> str:
        await pool.run(_sleep, 0.0)  # the process is there
        running = asyncio.ensure_future(pool.run(_sleep, 1.5, str(mark)))
        waiting = asyncio.ensure_future(pool.run(_sleep, 0.0, str(mark)))
        await asyncio.sleep(0.3)
        running.cancel()
        waiting.cancel()
        return await pool.run(_sleep, 0.0)

    began = time.monotonic()
    assert asyncio.run(go()) == "slept"
    time.sleep(max(0.0, began + 2.5 - time.monotonic()))
    assert not mark.exists()
    pool.stop()


def test_a_dead_process_is_a_clear_error(tmp_path: Path) -> None:
    pool = Checkers(1)
    with pytest.raises(GovWriterError, match="意外结束"):
        asyncio.run(pool.run(_exit))
    assert asyncio.run(pool.run(_sleep, 0.0)) == "slept"
    pool.stop()


def _broken(*_: Any, tell: Any) -> Done:
    tell(("section", {"heading": "一"}))
    raise ZeroDivisionError


def _runner(store: Store, work: Any) -> Runner:
    from gov_writer.settings import CheckSettings

    return Runner(store, work, lambda _: CheckSettings(), threads=1, retention_days=1)


def _ended(store: Store, job: str) -> str:
    for _ in range(200):
        row = store.get(job)
        assert row is not None
        if row.status in ("done", "failed"):
            return row.status
        time.sleep(0.05)
    return "running"


def test_a_job_waits_for_the_database_and_for_room(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away in the middle of a job and the disk is full twice: nothing is lost."""
    store = Store(database)
    job = store.of(LOCAL).add("draft", packed({}, {}))
    faults = iter([OSError(errno.ENOSPC, "full"), OSError(errno.ENOSPC, "full")])
    away = threading.Event()
    real = database.engine.connect

    def connect(*args: Any, **named: Any) -> Any:
        if away.is_set():
            raise OperationalError("away", None, Exception("connection refused"))
        return real(*args, **named)

    def work(*_: Any, tell: Any) -> Done:
        for fault in faults:
            raise fault
        away.set()
        threading.Timer(1.5, away.clear).start()
        tell(("section", {"heading": "一"}))
        return {"text": "写好了"}, {"draft.md": b"x"}

    monkeypatch.setattr(database.engine, "connect", connect)
    monkeypatch.setattr("gov_writer.service.runner._FULL_WAIT_S", 0.1)
    runner = _runner(store, work)
    runner.start()
    time.sleep(1)
    while away.is_set():
        time.sleep(0.1)
    assert _ended(store, job) == "done"
    row = store.get(job)
    assert row is not None
    assert json.loads(row.result or "{}") == {"text": "写好了"}
    _until(lambda: [e.name for e in store.events(job, 0)] == ["status", "section", "status"], seconds=10)
    runner.stop()


def test_followers_share_news_and_see_a_job_queued_anew(database: Database) -> None:
    from gov_writer.service.feeds import POLL_S, Feeds

    store = Store(database)
    job = store.of(LOCAL).add("draft", b"{}")
    asked = 0
    real = store.progress

    def progress(job: str, after: int) -> Any:
        nonlocal asked
        asked += 1
        return real(job, after)

    store.progress = progress  # type: ignore[method-assign]

    async def go() -> None:
        nonlocal asked
        feeds = Feeds(store)
        assert await feeds.news(job, 0) == ("queued", [])
        store.say(job, "section", {"heading": "一"})
        await asyncio.sleep(POLL_S)
        (first,) = (await feeds.news(job, 0))[1]
        asked = 0
        found = await asyncio.gather(*(feeds.news(job, first.id) for _ in range(200)))
        assert asked == 0
        assert found == [("queued", [])] * 200
        store.finish(job, "done", {}, {})
        await asyncio.sleep(POLL_S)
        assert await feeds.news(job, first.id) == ("done", [])
        store.again(job, b"{}", title="再来")
        store.say(job, "section", {"heading": "二"})
        status, news = await feeds.news(job, 0)
        assert (status, [json.loads(e.data)["heading"] for e in news]) == ("queued", ["一", "二"])
        assert (await feeds.news("none", 0))[0] is None

    asyncio.run(go())


def test_a_broken_job_ends_nothing_else(database: Database) -> None:
    store = Store(database)
    first, second = (store.of(LOCAL).add("draft", packed({}, {})) for _ in range(2))
    runner = _runner(store, _broken)
    runner.start()
    assert [_ended(store, job) for job in (first, second)] == ["failed", "failed"]
    assert runner.alive()
    runner.stop()


def test_one_account_has_so_many_jobs(database: Database) -> None:
    store = Store(database, most_jobs=2).of(LOCAL)
    for _ in range(2):
        store.add("draft", b"{}")
    with pytest.raises(GovWriterError) as caught:
        store.add("draft", b"{}")
    assert caught.value.code == "HTTP-429"
    store.add("check", b"{}", status="done")


def test_what_was_forgotten_is_nowhere_on_the_disk(tmp_path: Path) -> None:
    secret = "云溪区保密的一句话八七五三".encode()
    database = Database(f"sqlite:///{tmp_path / 'service.sqlite'}", head=tmp_path / "audit.head")
    database.migrate()
    store = Store(database)
    jobs = [store.of(LOCAL).add("draft", secret * 200) for _ in range(5)]
    for job in jobs:
        store.of(LOCAL).finish(job, "done", {"text": secret.decode() * 50}, {"draft.md": secret * 300})
        store.of(LOCAL).say(job, "section", {"text": secret.decode()})

    def on_disk() -> bool:
        return any(secret in file.read_bytes() for file in tmp_path.iterdir())

    assert on_disk()
    assert store.forget(time.time() + 1) == 5
    assert not on_disk()
    database.close()
    assert not on_disk()


def test_a_full_disk_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(database).of(LOCAL)
    fault = OperationalError("insert", None, Exception("database or disk is full"))
    with pytest.raises(GovWriterError) as caught, database.guarded():
        raise fault
    assert caught.value.code == "HTTP-507"
    assert database.full_within(60)
    assert store.recent() == []


def test_health_tells_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with TestClient(create_app(ServiceSettings(folder=tmp_path))) as client:
        told = client.get("/healthz").json()
        assert (told["status"], told["database"], told["disk"], told["workers"]) == ("ok", True, True, True)
        monkeypatch.setattr("gov_writer.service.health._ROOM", 10**18)
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()["disk"]) == (503, False)


# a real process


OPENER = build_opener(ProxyHandler({}))


def _ask(address: str, body: Any = None, *, method: str | None = None) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    try:
        with OPENER.open(Request(address, data, headers, method=method), timeout=60) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def _until(true: Callable[[], Any], *, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


@pytest.mark.slow
def test_kill_9_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    texts = [{"name": f"{n}.md", "text": f"第{n}片区排查安全隐患{n}处。\n" * 80} for n in range(1, 30)]
    with started(tmp_path, "--processes", "1") as (address, server):
        _, queued = _ask(f"{address}/v1/batches", {"drafts": texts, "against": texts[:1]})
        _until(lambda: _ask(f"{address}/healthz")[1]["jobs"]["at_work"])
        children = _until(lambda: _children(server.pid))
        time.sleep(1)
        server.kill()
        server.wait(10)
    _until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), seconds=5)
    with started(tmp_path, "--processes", "1") as (address, _):
        shown = _until(lambda: _finished(address + queued["url"]))
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
        shown = _until(lambda: _finished(address + kept["url"]))
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
            _until(lambda: _ask(f"{service}/healthz")[1]["jobs"]["at_work"])
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
            _until(lambda: _ask(f"{service}/healthz")[0] == 200)
            shown = _until(lambda: _finished(service + queued["url"]))
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
            assert _until(lambda: _finished(address + quick["url"]))["status"] == "done"
            assert _ask(f"{address}/v1/check", {"draft": body["sources"][0]})[0] == 200
            status, health = _ask(f"{address}/healthz")
            assert (status, health["jobs"]["at_work"]) == (200, 1)
            assert health["jobs"]["silent_seconds"] >= 1
            assert _ask(address + hanging["url"])[1]["status"] == "running"
