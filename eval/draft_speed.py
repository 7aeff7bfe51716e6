"""Two ratios of issue "the main job", measured in one run on this machine.

1. A draft from about 100 facts with the builtin engine, all in all, against reading its sources and writing
   its .docx alone (aim: at most 2), in a fresh process and warm.
2. ``gov-writer --help`` against ``python -c "import typer"`` (aim: at most 3), medians of seven runs each.

Run: ``python eval/draft_speed.py``
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "gov_writer" / "examples" / "brief.yaml"

_ONE = """
import json, sys, time
from gov_writer import pipeline
def clock():
    began = time.perf_counter()
    wanted = pipeline.request([sys.argv[1]])
    read = time.perf_counter()
    drafted = pipeline.draft(wanted)
    done = time.perf_counter()
    from gov_writer import rendering
    rendering.render(drafted.draft, form="docx", ledger=drafted.ledger)
    return read - began, done - read, time.perf_counter() - done, len(drafted.ledger.facts)
runs = [clock() for _ in range(6)]
print(json.dumps(runs))
"""


def draft() -> None:
    output = subprocess.run(
        [sys.executable, "-c", _ONE, str(EXAMPLE)], check=True, capture_output=True, text=True
    ).stdout
    runs = json.loads(output)
    read, think, write, facts = runs[0]
    print(
        f"draft from {facts} facts, fresh process: read {read:.3f} s, draft {think:.3f} s, write {write:.3f} s"
    )
    print(f"  all / (read + write) = {(read + think + write) / (read + write):.2f}   (aim: at most 2)")
    warm = [(r + t + w) / (r + w) for r, t, w, _ in runs[1:]]
    print(f"  warm, median of five  = {statistics.median(warm):.2f}   (aim: at most 2)")


def start_up() -> None:
    typer = _median([sys.executable, "-c", "import typer"])
    helped = _median([sys.executable, "-c", "from gov_writer.cli import main; main()", "--help"])
    print(f"gov-writer --help {helped:.3f} s, import typer {typer:.3f} s")
    print(f"  ratio = {helped / typer:.2f}   (aim: at most 3)")


def _median(command: list[str], runs: int = 7) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    draft()
    start_up()
