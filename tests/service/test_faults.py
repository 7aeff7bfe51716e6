"""What happens when something is killed, hangs, goes away or is full."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
from tests.service.conftest import until

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
    until(lambda: [e.name for e in store.events(job, 0)] == ["status", "section", "status"], seconds=10)
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


def test_others_on_the_machine_do_not_read_the_documents(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'service.sqlite'}")
    database.migrate()
    Store(database).of(LOCAL).add("draft", b"{}")
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


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
