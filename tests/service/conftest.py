"""A real server process, a real browser and real databases for the tests."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from gov_writer.service import account_pages, guard, passwords
from gov_writer.service.accounts import Accounts
from gov_writer.service.app import create_app
from gov_writer.service.config import ServiceSettings
from gov_writer.service.database import Database
from gov_writer.service.limits import Buckets
from tests.service.people import PASSWORD, PEOPLE, Open

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what: str) -> NoReturn:
    """Skip with the reason; where everything must be there (CI) fail instead."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Passwords of tests are hashed with little work; a server's process of its own does it properly."""
    from argon2 import PasswordHasher

    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def _test_clients_host() -> Iterator[None]:
    """The host that a TestClient names is this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_LOCAL", (*guard._LOCAL, "testserver"))
        yield


@contextmanager
def serving(folder: Path, *extra: str) -> Iterator[str]:
    """The address of a ``gov-writer serve`` process on a free port of loopback, stopped at the end."""
    with started(folder, *extra) as (address, _):
        yield address


@contextmanager
def started(folder: Path, *extra: str, **popen: Any) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same with its process.  popen: for ``subprocess.Popen``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gov_writer", "serve", "--port", str(port), "--folder", str(folder)]
    with (
        (folder / "serve.log").open("wb") as log,
        subprocess.Popen([*command, *extra], stderr=log, **popen) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    with urlopen(f"{address}/healthz", timeout=5):
                        break
                except (URLError, ConnectionError):
                    assert server.poll() is None, (folder / "serve.log").read_text()
                    time.sleep(0.1)
            yield address, server
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium, driven by Playwright."""
    if not CHROMIUM.exists():
        missing(f"{CHROMIUM} is not installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed (dev group)")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page at 1366 × 768.  Fails afterwards if the console said anything or something outside was asked for."""
    with browser.new_context(
        viewport={"width": 1366, "height": 768}, base_url=address, locale="zh-CN", accept_downloads=True
    ) as context:
        shown = context.new_page()
        said: list[str] = []
        shown.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        shown.on("pageerror", lambda error: said.append(f"error: {error}"))
        shown.on(
            "request",
            lambda r: (
                None if re.match(f"{address}/|data:|blob:", r.url) else said.append(f"outside: {r.url}")
            ),
        )
        yield shown
        assert said == []


def _as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root: Debian's user for it runs it then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@contextmanager
def postgres_server() -> Iterator[tuple[str, Callable[[str], None]]]:
    """The address of a PostgreSQL server of its own on loopback, and what ``stop``s and ``start``s it."""
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
    options = f"-h 127.0.0.1 -p {port} -k '' -F"

    def run(program: str, *words: str) -> None:
        command = _as_postgres(str(programs / program), "-D", str(data), *words)
        with (folder / "log").open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd="/")

    def control(verb: str) -> None:
        run("pg_ctl", "-w", *(("-o", options) if verb == "start" else ("-m", "fast")), verb)

    run("initdb", "-U", "tester", "-A", "trust", "-N", "-E", "UTF8")
    control("start")
    try:
        yield f"postgresql+psycopg://tester@127.0.0.1:{port}", control
    finally:
        with suppress(subprocess.CalledProcessError):
            control("stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that is gone after the tests."""
    with postgres_server() as (address, _):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of either kind, migrated."""
    if request.param == "sqlite":
        found = Database(f"sqlite:///{tmp_path / 'service.sqlite'}", head=tmp_path / "audit.head")
    else:
        server = request.getfixturevalue("postgres")
        name = f"test_{secrets.token_hex(6)}"
        _create(server, name)
        found = Database(f"{server}/{name}", head=tmp_path / "audit.head")
    found.migrate()
    yield found
    found.close()


def _create(server: str, name: str) -> None:
    import psycopg

    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")


def until(true: Callable[[], Any], *, seconds: float = 60) -> Any:
    """What ``true`` returns as soon as it is true; fails when that takes longer than so many seconds."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


@pytest.fixture
def settings(tmp_path: Path) -> ServiceSettings:
    return ServiceSettings(folder=tmp_path)


@pytest.fixture
def app(settings: ServiceSettings) -> Iterator[FastAPI]:
    """The service with an account for each of ``people``."""
    database = settings.database_of()
    database.migrate()
    for name, (role, unit, given) in PEOPLE.items():
        Accounts(database).add(name, PASSWORD, role=role, unit=unit, given=given)
    database.close()
    made = create_app(settings)
    with TestClient(made):
        yield made


@pytest.fixture
def as_(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A browser in which that person is logged in, and sends the page's token."""
    monkeypatch.setattr(account_pages, "_BY_ADDRESS", Buckets(1000, 1000))

    def open_(name: str) -> TestClient:
        client = TestClient(app)
        answer = client.post("/login", data={"name": name, "password": PASSWORD}, follow_redirects=False)
        assert answer.status_code == 303
        found = re.search(r'"X-CSRF-Token": "([^"]+)"', client.get("/rules").text)
        assert found is not None
        client.headers["X-CSRF-Token"] = found[1]
        return client

    return open_
