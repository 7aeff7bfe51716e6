"""Requests made from the service's own OpenAPI description, good and broken ones: none may be a server error.

    python eval/service/openapi.py [--examples 40] [--seed 7] [--only PATH] [--postgres]

Schemathesis makes them; the server runs on loopback with a folder of its own.  Also checked: every answer has a status
and a content type of the description and fits its schema, and JSON that breaks the schema is refused.  Exit code 1
when something is found. --postgres: the same over a PostgreSQL server of its own (Debian package postgresql).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from eval.service.served import served

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)


TOKEN = "only-for-this-measurement"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=40, help="per operation and phase")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", help="one path of the description")
    parser.add_argument("--database", default="", help="an empty one of your own; else SQLite")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of its own")
    chosen = parser.parse_args()
    if chosen.postgres:
        from tests.service.conftest import postgres_server

        with postgres_server() as (server, _):
            chosen.database = f"{server}/postgres"
            return _measured(chosen)
    return _measured(chosen)


def _measured(chosen: argparse.Namespace) -> int:
    if os.environ.get("GOV_WRITER_TOKEN"):
        raise SystemExit("unset GOV_WRITER_TOKEN first: the server gets one of its own")
    with tempfile.TemporaryDirectory() as folder:
        options = ["--processes", "1", "--per-minute", "0", "--token", TOKEN, "--database", chosen.database]
        with served(*options) as address:
            clerk = _clerk(address)
            everything = _run(chosen, address, TOKEN, folder, [chosen.only] if chosen.only else [])
            own = _run(
                chosen, address, clerk, folder, ["/v1/tokens", "/v1/tokens/{token}", "/v1/me", "/v1/users"]
            )
    return everything or own


def _clerk(address: str) -> str:
    """A token of a clerk: what the service's own token can't do, and what a clerk may not."""
    import httpx

    password = "correct-horse-battery"
    user = {"name": "clerk", "password": password, "unit": "东岭街道"}
    with httpx.Client(base_url=address, trust_env=False) as client:
        client.post("/v1/users", json=user, headers={"authorization": f"Bearer {TOKEN}"}).raise_for_status()
        client.post("/login", data={"name": "clerk", "password": password})
        page = client.get("/rules").text
        found = re.search(r'"X-CSRF-Token": "([^"]+)"', page)
        assert found is not None
        headers = {"X-CSRF-Token": found[1]}
        made = client.post("/v1/tokens", json={"name": "measured"}, headers=headers).raise_for_status()
        return str(made.json()["token"])


def _run(chosen: argparse.Namespace, address: str, token: str, folder: str, paths: list[str]) -> int:
    st = Path(sys.executable).with_name("st")
    command = [str(st), "run", f"{address}/openapi.json", "--checks", ",".join(CHECKS), "--no-color"]
    command += ["--max-examples", str(chosen.examples), "--seed", str(chosen.seed)]
    command += ["--phases", "examples,coverage,fuzzing", "--request-timeout", "60"]
    command += ["--suppress-health-check", "all", "--header", f"Authorization: Bearer {token}"]
    for path in paths:
        command += ["--include-path", path]
    return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
