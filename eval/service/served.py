"""A server of its own for a measurement: on loopback, with an empty folder, gone afterwards."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx


@contextmanager
def served(*extra: str, folder: Path | None = None, **popen: Any) -> Iterator[str]:
    """Its address.  extra: options of ``gov-writer serve``; folder: its data, else a temporary one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as temporary:
        data = folder or Path(temporary)
        command = [sys.executable, "-m", "gov_writer", "serve", "--port", str(port), "--folder", str(data)]
        log = data / "serve.log"
        with log.open("wb") as out:
            server = subprocess.Popen([*command, *extra], stderr=out, **popen)
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    httpx.get(f"{address}/healthz", trust_env=False)
                    break
                except httpx.HTTPError:
                    if server.poll() is not None:
                        raise SystemExit(log.read_text("utf-8", "replace")) from None
                    time.sleep(0.1)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
