"""What a draft with a model costs beside the model itself, against a local server with a fixed token rate.

Two drafts: a short one at a slow rate, and a typical one (86 facts) at 40 tokens a second; a token of two characters
an event, no wait before the first.  For each, in one run: the time that the endpoint needs for the same answers at
the same concurrency (asked by a bare client in the best order, the longest first), the wall time of a draft in a running
process, of the whole command line, and their ratios (aim: at most 1.25 each); the processor time of
everything around the asking (aim: 5% of the draft); the share of prompt characters that the section questions of one
draft begin with in common (aim: half).  The server runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
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
from tests.llm.lies import fluent, notes  # noqa: E402

CONCURRENCY = 4
#: Characters in a token, one token an event.
STEP = 2
#: name -> (brief, tokens a second and connection)
DRAFTS = {
    "short": (ROOT / "eval" / "models" / "inputs" / "annual_dongling" / "brief.yaml", 15.0),
    "typical": (ROOT / "eval" / "cost" / "brief.yaml", 40.0),
}
AIM, AIM_AROUND, AIM_SHARED = 1.25, 0.05, 0.5


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds.  needed: by the endpoint.  around: processor time of the draft in a process.  command, processor: of the command line."""

    questions: int
    needed: float
    draft: float
    around: float
    command: float
    processor: float
    shared: float

    @property
    def good(self) -> bool:
        slow = max(self.draft, self.command) / self.needed
        return slow <= AIM and self.around / self.draft <= AIM_AROUND and self.shared >= AIM_SHARED


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
        list(pool.map(ask, sorted(bodies, key=lambda body: -answered(body))))
    return time.monotonic() - began


def answered(body: str) -> int:
    """Characters of the answer that the server gives."""
    messages = json.loads(body)["messages"]
    return len(fluent(notes(messages), ""))


def shared(prompts: Sequence[str]) -> float:
    """The share of characters that lies in the longest common beginning of all prompts."""
    first, last = min(prompts), max(prompts)
    common = next(
        (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    return common * len(prompts) / sum(map(len, prompts))


def serve(rate: float, told: Connection) -> None:
    """The endpoint, in a process of its own, so that it takes no time from what is measured."""
    server = HostileServer("fluent", tokens_per_second=rate * STEP, step=STEP)
    told.send(server.url)
    told.recv()
    server.close()


def command(url: str, brief: Path, folder: Path) -> tuple[float, float]:
    """Seconds of the whole command line run (start-up, imports, reading, asking, writing the file), and its processor time."""
    words = ["draft", str(brief), "-o", str(folder / "o.md"), "--engine", "openai", "--model", "m",
             "--base-url", url, "--quiet"]  # fmt: skip
    code = "import sys; sys.argv[0] = 'gov-writer'; from gov_writer.cli import main; main()"
    given = {**os.environ, "OPENAI_API_KEY": "k", "GOV_WRITER_CACHE_DIR": str(folder / "cold")}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", code, *words], check=True, env=given, cwd=folder, stderr=subprocess.DEVNULL
    )
    took, now = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


@contextmanager
def endpoint(rate: float) -> Iterator[str]:
    """The address of a server that says so many tokens a second (0: as many as it can)."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(rate, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("")
        process.join(5)


def drafted(url: str, brief: Path, folder: Path, log: Path | None = None) -> tuple[float, float]:
    """Seconds of a draft in this process, and their processor time; the vendors' packages are loaded before."""
    settings = EngineSettings(api_key="k", cache_dir=str(folder), concurrency=CONCURRENCY)
    wanted = pipeline.request([str(brief)])
    choice = EngineChoice(name="openai", model="m", base_url=url)
    kept = None if log is None else str(log)
    writer = ModelWriter(choice, settings=settings, deadline=time.monotonic() + 600, egress_log=kept)
    writer.warmed()
    began, used = time.monotonic(), time.process_time()
    pipeline.draft(wanted, writer=writer)
    return time.monotonic() - began, time.process_time() - used


def measured(brief: Path, rate: float) -> Cost:
    """One draft in every way."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "sent.jsonl"
        with endpoint(0.0) as url:  # what the first draft of a process loads is counted with the command line
            drafted(url, brief, folder / "first")
        with endpoint(rate) as url:
            draft, used = drafted(url, brief, folder / "warm", log)
            bodies = [json.loads(line)["body"] for line in log.read_text("utf-8").splitlines()]
            needed = bare(url, bodies, CONCURRENCY)
            whole, processor = command(url, brief, folder)
    prompts = ["".join(str(m["content"]) for m in json.loads(body)["messages"]) for body in bodies]
    return Cost(
        questions=len(bodies),
        needed=needed,
        draft=draft,
        around=used,
        command=whole,
        processor=processor,
        shared=shared(prompts),
    )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rate", type=float, help="tokens a second and connection, instead of the draft's own")
    ask.add_argument("--only", choices=sorted(DRAFTS), help="this draft alone")
    given = ask.parse_args()
    good = True
    for name, (brief, rate) in DRAFTS.items():
        if given.only not in (None, name):
            continue
        rate = given.rate or rate
        cost = measured(brief, rate)
        good = good and cost.good
        print(f"{name}: {cost.questions} questions, {CONCURRENCY} at once, {rate:g} tokens a second")
        print(f"  endpoint needs      {cost.needed:6.2f} s")
        print(
            f"  draft in a process  {cost.draft:6.2f} s   ratio {cost.draft / cost.needed:.3f} (aim {AIM});"
            f" processor {cost.around:.2f} s, {cost.around / cost.draft:.1%} of it (aim {AIM_AROUND:.0%})"
        )
        print(
            f"  whole command line  {cost.command:6.2f} s   ratio {cost.command / cost.needed:.3f} (aim {AIM});"
            f" processor {cost.processor:.2f} s, most of it the vendors' imports"
        )
        print(f"  shared beginning    {cost.shared:6.1%} of the section prompts (aim {AIM_SHARED:.0%})")
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
