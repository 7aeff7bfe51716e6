"""A real server process and a real browser for the tests of the pages."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import pytest

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


@contextmanager
def serving(folder: Path, *extra: str) -> Iterator[str]:
    """The address of a ``gov-writer serve`` process on a free port of loopback, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gov_writer", "serve", "--port", str(port), "--folder", str(folder)]
    with (folder / "serve.log").open("wb") as log, subprocess.Popen([*command, *extra], stderr=log) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    with urlopen(f"{address}/healthz", timeout=5):
                        break
                except (URLError, ConnectionError):
                    assert server.poll() is None, (folder / "serve.log").read_text()
                    time.sleep(0.1)
            yield address
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
