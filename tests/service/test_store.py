"""The same tests on SQLite and on PostgreSQL, which is started here on loopback as its own user."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gov_writer.service.store import Store
from tests.service.conftest import missing


def _as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root: Debian's user for it runs it then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that is gone after the module."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        missing("PostgreSQL is not installed (Debian package postgresql)")
    try:
        import psycopg  # noqa: F401
    except ImportError:
        missing("psycopg is not installed (dev group)")
    folder = Path(tempfile.mkdtemp(prefix="gov-writer-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, programs = folder / "data", found[-1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    first = _as_postgres(
        str(programs / "initdb"), "-D", str(data), "-U", "tester", "-A", "trust", "-N", "-E", "UTF8"
    )
    subprocess.run(first, check=True, capture_output=True, cwd="/")
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", "", "-F"]
    command = _as_postgres(str(programs / "postgres"), "-D", str(data), *options)
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd="/")
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None
            time.sleep(0.1)
        yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        found = Store(f"sqlite:///{tmp_path / 'service.sqlite'}")
    else:
        found = Store(request.getfixturevalue("postgres"))
        for _ in range(50):  # it listens a moment before it answers
            if found.alive():
                break
            time.sleep(0.1)
    found.migrate()
    found.forget(time.time() + 10)
    yield found
    found.close()


def test_migrating_twice_changes_nothing(store: Store) -> None:
    job = store.add("draft", b"{}", title="总结")
    store.migrate()
    row = store.get(job)
    assert row is not None
    assert (row.title, row.status, row.request) == ("总结", "queued", b"{}")


def test_two_takers_never_get_the_same_job(store: Store) -> None:
    wanted = {store.add("draft", b"{}") for _ in range(40)}
    taken: list[str] = []

    def take() -> None:
        misses = 0
        while misses < 20:
            row = store.take()
            if row is None:
                misses += 1
                time.sleep(0.005)
            else:
                taken.append(row.id)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(wanted)


def test_what_was_interrupted_is_taken_again(store: Store) -> None:
    job = store.add("batch", b"{}")
    assert store.take() is not None
    assert store.take() is None
    assert store.requeue_interrupted() == 1
    again = store.take()
    assert again is not None
    assert again.id == job


def test_results_files_and_events_are_kept_in_order(store: Store) -> None:
    job = store.add("draft", b"{}")
    for number in range(3):
        store.say(job, "section", {"number": number, "heading": "党建\0\ud800"})
    events = store.events(job, 0)
    assert len(events) == 3
    assert [e.id for e in store.events(job, events[0].id)] == [e.id for e in events[1:]]
    store.finish(job, "done", {"text": "正文\0"}, {"draft.docx": b"PK\0"})
    store.finish(job, "done", {"text": "正文"}, {"draft.docx": b"PK\1"})
    assert store.file(job, "draft.docx") == b"PK\1"
    assert store.file_names(job) == ["draft.docx"]
    assert store.counts() == {("draft", "done"): 1}
    assert [row[0] for row in store.recent()] == [job]


def test_dismissals_belong_to_their_document(store: Store) -> None:
    store.dismiss("a" * 64, "f" * 64, "材料未更新")
    store.dismiss("a" * 64, "f" * 64, "材料\0有误" + "长" * 900)
    assert store.dismissed("a" * 64)["f" * 64].startswith("材料有误")
    assert store.dismissed("b" * 64) == {}
    store.restore("a" * 64, "f" * 64)
    assert store.dismissed("a" * 64) == {}


def test_forgetting_is_for_good(store: Store) -> None:
    job = store.add("draft", b"{}")
    store.say(job, "status", {})
    store.finish(job, "done", {}, {"draft.docx": b"x"})
    store.dismiss("a" * 64, "f" * 64, "x")
    assert store.forget(time.time() + 1) == 1
    assert store.get(job) is None
    assert store.file(job, "draft.docx") is None
    assert store.events(job, 0) == []
    assert store.dismissed("a" * 64) == {}
