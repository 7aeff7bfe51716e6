"""What a draft with a model costs beside the model itself, against a local server with a fixed token rate.

Prints the wall time of the asking and of the whole draft, the time that the endpoint needs for the same answers at
the same concurrency (asked by a bare client, in the same run), the ratio (aim: at most 1.25), the time for everything around the
asking, and the share of prompt characters that the section questions of one draft begin with in common (aim: half).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rate", type=float, default=30.0, help="characters per second and connection")
    ask.add_argument("--set", default="annual_dongling")
    given = ask.parse_args()
    server = HostileServer("fluent", tokens_per_second=given.rate)
    with tempfile.TemporaryDirectory() as cache:
        settings = EngineSettings(api_key="k", cache_dir=cache, concurrency=CONCURRENCY)
        wanted = pipeline.request([str(INPUTS / given.set / "brief.yaml")])
        choice = EngineChoice(name="openai", model="m", base_url=server.url)
        began = time.monotonic()
        pipeline.draft(wanted)
        around = time.monotonic() - began
        writer = ModelWriter(choice, settings=settings, deadline=time.monotonic() + 600)
        writer.warmed()
        began = time.monotonic()
        pipeline.draft(wanted, writer=writer)
        whole = time.monotonic() - began
    bodies = list(server.bodies)
    prompts = ["".join(str(m["content"]) for m in r["messages"]) for r in server.requests]
    needed = bare(server.url, bodies, CONCURRENCY)
    server.close()
    print(f"questions {len(prompts)}, concurrency {CONCURRENCY}, {given.rate:g} characters a second")
    print(f"endpoint needs      {needed:6.2f} s")
    print(f"whole draft took    {whole:6.2f} s   ratio {whole / needed:.3f} (aim 1.25)")
    print(f"builtin draft took  {around:6.2f} s   {around / whole:.1%} of it (aim 5%)")
    print(f"shared beginning    {shared(prompts):6.1%} of the section prompts' characters (aim 50%)")
    raise SystemExit(0 if whole / needed <= 1.25 and shared(prompts) >= 0.5 else 1)


if __name__ == "__main__":
    main()
