"""Manifests, inputs and outputs in an S3-compatible store of this machine (moto)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gov_writer.batch import BatchSettings, Progress, run_batch, storage
from gov_writer.errors import GovWriterError
from tests.batch.test_run import TEXT, reports, timeless

s3fs = pytest.importorskip("s3fs")
moto_server = pytest.importorskip("moto.server")
SECRET = "sehr-geheim-7"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "someone"),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("XDG_STATE_HOME", str(tmp_path / "state")),
        ("NO_PROXY", "127.0.0.1"),
    ):
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    found = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    bucket = f"b{abs(hash(str(tmp_path))) % 10**9}"
    found.mkdir(bucket)
    found.bucket = bucket
    yield found
    s3fs.S3FileSystem.clear_instance_cache()


def _put(store: object, folder: Path, under: str) -> str:
    base = f"{store.bucket}/{under}"  # type: ignore[attr-defined]
    for path in folder.iterdir():
        store.pipe_file(f"{base}/{path.name}", path.read_bytes())  # type: ignore[attr-defined]
    return f"s3://{base}"


def test_a_folder_in_the_store_gives_the_same_results(tmp_path: Path, store: object) -> None:
    source = reports(tmp_path / "in", 5)
    (source / "坏.docx").write_bytes(b"no zip")
    address = _put(store, source, "in")
    run_batch(str(source), tmp_path / "here", BatchSettings())
    run_batch(address, tmp_path / "there", BatchSettings(workers=2))
    here, there = timeless(tmp_path / "here")[0], timeless(tmp_path / "there")[0]
    same = ("name", "job", "status", "output", "findings")
    assert [{k: line[k] for k in same} for line in there] == [{k: line[k] for k in same} for line in here]


def test_manifest_inputs_and_outputs_in_the_store(tmp_path: Path, store: object) -> None:
    source = reports(tmp_path / "in", 3)
    (source / "notes.md").write_text("- 排查隐患100处\n", encoding="utf-8")
    rows = [
        {"job": "check", "input": f"报告{n:03}.md", "against": "notes.md", "name": f"r{n}"} for n in range(3)
    ]
    (source / "m.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    address = _put(store, source, "in2")
    out = f"s3://{store.bucket}/out"  # type: ignore[attr-defined]
    seen: list[Progress] = []
    summary = run_batch(f"{address}/m.jsonl", out, BatchSettings(), seen.append)
    assert (summary.total, summary.failed) == (3, 0)
    store.invalidate_cache()  # type: ignore[attr-defined]
    names = {path.rsplit("/out/", 1)[1] for path in store.find(f"{store.bucket}/out")}  # type: ignore[attr-defined]
    assert names == {
        "results.jsonl",
        "summary.xlsx",
        "summary.html",
        *(f"outputs/r{n}.json" for n in range(3)),
        *(f"pages/r{n}.html" for n in range(3)),
    }
    run_batch(f"{address}/m.jsonl", out, BatchSettings(), seen.append)
    assert seen[-1].reused == 3
    store.pipe_file(address.removeprefix("s3://") + "/报告001.md", TEXT.format(n=7, m=7, p="1").encode())  # type: ignore[attr-defined]
    store.rm(f"{store.bucket}/out/outputs/r2.json")  # type: ignore[attr-defined]
    run_batch(f"{address}/m.jsonl", out, BatchSettings(), seen.append)
    assert seen[-1].reused == 1, "a changed input and a result that is gone are done again"
    store.pipe_file(address.removeprefix("s3://") + "/m.jsonl", json.dumps(rows[0]).encode())  # type: ignore[attr-defined]
    run_batch(f"{address}/m.jsonl", out, BatchSettings(), seen.append)
    store.invalidate_cache()  # type: ignore[attr-defined]
    names = {path.rsplit("/out/", 1)[1] for path in store.find(f"{store.bucket}/out")}  # type: ignore[attr-defined]
    assert {name for name in names if "/" in name} == {"outputs/r0.json", "pages/r0.html"}


def test_credentials_are_nowhere(tmp_path: Path, store: object) -> None:
    address = _put(store, reports(tmp_path / "in", 2), "in3")

    def run(manifest: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gov_writer", "batch", manifest, "-o", str(tmp_path / "out")]
        command += ["--fail-on", "never"]
        return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, env={**os.environ})

    done = run(address)
    assert done.returncode == 0, done.stderr
    gone = run(f"s3://{store.bucket}/gone.jsonl")  # type: ignore[attr-defined]
    assert gone.returncode == 2 and "BATCH-115" in gone.stderr
    told = done.stderr + done.stdout + gone.stderr + gone.stdout
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET not in told and SECRET.encode() not in kept


def test_addresses_are_shown_without_secrets() -> None:
    assert storage.shown("s3://user:pass@bucket/a") == "s3://bucket/a"
    assert "X-Amz" not in storage.shown("https://host/a?X-Amz-Signature=abc")


def test_an_unknown_address_is_told() -> None:
    with pytest.raises(GovWriterError) as caught:
        list(storage.listing("gopher://x/y"))
    assert caught.value.code == "BATCH-115"
