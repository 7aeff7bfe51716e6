"""Figures of the pairs' reports with other digits: how many does the checker take for something that follows?

    python eval/pairs/altered.py [NAME...] [--each 12] [--seed 7] [--misses]

Of every clean report up to ``--each`` figures (amounts, shares and growths in digits) are taken, one at a time, their
digits replaced by others drawn at random, and the report is checked with its notes. A figure is *told* when a finding
that the clean report does not have stands on it. What is not told follows by chance, is taken for something else or is
a figure of which no note speaks. Exit code 1 above ``MOST`` missed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import run

from gov_writer import ingest
from gov_writer.domain import Kind
from gov_writer.facts import scan
from gov_writer.text.lazy import lazy

MOST = 0.02
_DIGITS = lazy("[0-9]{2,}(?:[.][0-9]+)?")


def altered(number: str, rng: random.Random) -> str:
    """Other digits of the same length, no zero in front."""
    while True:
        drawn = "".join(rng.choice("0123456789") if c.isdecimal() else c for c in number)
        if drawn != number and drawn[0] != "0" and drawn.strip("0.") != number.strip("0."):
            return drawn


def measure(name: str, folder: Path, each: int, rng: random.Random) -> list[tuple[str, bool]]:
    """For each altered figure: the words around it, and whether it was told."""
    (folder / "examples").mkdir(exist_ok=True)
    read, examples = run.sources(name, folder), run.sources(name, folder / "examples", "examples")
    report = run.pair(name)["report"]
    known = Counter(run._key(f) for f in run.told(name, report, read, examples))
    spots = [
        (m.start + match.start(), m.start + match.end())
        for m in scan(ingest.from_text("draft.md", report).text)
        if m.kind in (Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH) and (match := _DIGITS.search(m.text))
    ]
    outcomes = []
    for start, end in sorted(rng.sample(spots, min(each, len(spots)))):
        new = altered(report[start:end], rng)
        text = report[:start] + new + report[end:]
        left, heard = Counter(known), False
        for finding in run.told(name, text, read, examples):
            if left[run._key(finding)] > 0:
                left[run._key(finding)] -= 1
            elif finding.start <= end and finding.end >= start:
                heard = True
        outcomes.append((f"{text[max(0, start - 24) : end + 8]!r} (was {report[start:end]})", heard))
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=run.NAMES)
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    rng, outcomes = random.Random(options.seed), []
    for name in options.names or run.NAMES:
        with tempfile.TemporaryDirectory() as folder:
            outcomes += [(name, *found) for found in measure(name, Path(folder), options.each, rng)]
    missed = [(name, words) for name, words, heard in outcomes if not heard]
    print(f"{len(outcomes)} altered, {len(missed)} not told ({len(missed) / len(outcomes):.4f})")
    for name, words in missed if options.misses else ():
        print(f"{name}: {words}")
    return int(len(missed) > MOST * len(outcomes))


if __name__ == "__main__":
    sys.exit(main())
