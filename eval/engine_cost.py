"""What a draft with a model costs beside the model itself, against a local server with a fixed token rate.

The server runs in a process of its own. Prints the time that the endpoint needs for the same answers at the same concurrency
(asked by a bare client, in the same run), the wall time of a draft in a running process and its ratio (aim: at most 1.25), the
processor time of everything around the asking (aim: 5%), the wall time of the whole command line, and the share of prompt characters that the section questions of one draft begin with in common (aim: half).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gov_writer import pipeline  # noqa: E402
from gov_writer.domain import EngineChoice  # noqa: E402
from gov_writer.drafting.model_writer import ModelWriter  # noqa: E402
from gov_writer.settings import EngineSettings  # noqa: E402
from tests.llm.hostile_server import HostileServer  # noqa: E402

INPUTS = ROOT / "eval" / "models" / "inputs"
CONCURRENCY = 4


def bare(url: str, bodies: Sequence[str], workers: int) -> float:
    """Seconds that the endpoint takes for the same questions at the same concurrency, asked by a bare client."""

    def ask(body: str) -> int:
        request = urllib.request.Request(
            f"{url}/chat/completions", body.encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return len(answer.read())

    began = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(ask, bodies))
    return time.monotonic() - began


def shared(prompts: Sequence[str]) -> float:
    """The share of characters that lies in the longest common beginning of all prompts."""
    first, last = min(prompts), max(prompts)
    common = next(
        (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    return common * len(prompts) / sum(map(len, prompts))


def serve(rate: float, told: Connection) -> None:
    """The endpoint, in a process of its own, so that it takes no time from what is measured."""
    server = HostileServer("fluent", tokens_per_second=rate)
    told.send(server.url)
    told.recv()
    server.close()


def command(url: str, name: str, folder: Path) -> float:
    """Seconds of the whole command line run: start-up, imports, reading, asking, writing the file."""
    words = ["draft", str(INPUTS / name / "brief.yaml"), "-o", str(folder / "o.md"), "--engine", "openai", "--model", "m",
             "--base-url", url, "--quiet"]  # fmt: skip
    code = "import sys; sys.argv[0] = 'gov-writer'; from gov_writer.cli import main; main()"
    given = {**os.environ, "OPENAI_API_KEY": "k", "GOV_WRITER_CACHE_DIR": str(folder / "cold")}
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", code, *words], check=True, env=given, cwd=folder, stderr=subprocess.DEVNULL
    )
    return time.monotonic() - began


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rate", type=float, default=30.0, help="characters per second and connection")
    ask.add_argument("--set", default="annual_dongling")
    given = ask.parse_args()
    here, there = get_context("spawn").Pipe()
    endpoint = get_context("spawn").Process(target=serve, args=(given.rate, there), daemon=True)
    endpoint.start()
    url = here.recv()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "sent.jsonl"
        settings = EngineSettings(api_key="k", cache_dir=str(folder / "warm"), concurrency=CONCURRENCY)
        wanted = pipeline.request([str(INPUTS / given.set / "brief.yaml")])
        choice = EngineChoice(name="openai", model="m", base_url=url)
        pipeline.draft(wanted)  # what the first draft of a process imports is counted with the command line
        began = time.process_time()
        pipeline.draft(wanted)
        around = time.process_time() - began
        writer = ModelWriter(choice, settings=settings, deadline=time.monotonic() + 600, egress_log=str(log))
        writer.warmed()
        began, used = time.monotonic(), time.process_time()
        pipeline.draft(wanted, writer=writer)
        whole, used = time.monotonic() - began, time.process_time() - used
        bodies = [json.loads(line)["body"] for line in log.read_text("utf-8").splitlines()]
        needed = bare(url, bodies, CONCURRENCY)
        cold = command(url, given.set, folder)
    here.send("")
    prompts = ["".join(str(m["content"]) for m in json.loads(body)["messages"]) for body in bodies]
    print(f"questions {len(prompts)}, concurrency {CONCURRENCY}, {given.rate:g} characters a second")
    print(f"endpoint needs      {needed:6.2f} s")
    print(f"draft in a process  {whole:6.2f} s   ratio {whole / needed:.3f} (aim 1.25)")
    print(
        f"its processor time  {used:6.2f} s   {used / whole:.1%} of it (aim 5%); a draft without a model {around:.2f} s"
    )
    print(
        f"command line        {cold:6.2f} s   ratio {cold / needed:.3f}; {cold - whole:.2f} s to start, most of it the vendor's imports"
    )
    print(f"shared beginning    {shared(prompts):6.1%} of the section prompts' characters (aim 50%)")
    raise SystemExit(0 if whole / needed <= 1.25 and shared(prompts) >= 0.5 else 1)


if __name__ == "__main__":
    main()
