"""The swap test: does binding tell the figures of one paragraph apart?

Two figures of the same unit in one paragraph exchange places; the changed report is then read as a draft and
the report itself as its source. A swap is found when at least one of the two figures no longer agrees with the
source fact that it is aligned with. On the unchanged report every disagreement is a false alarm.

    .venv/bin/python eval/swap.py [REPORTS_DIR] [--rounds 3] [--misses]

Two ways of aligning are measured: ``binding`` uses the subjects alone (the most similar fact, ties to the one
that agrees), ``check`` is what the checker does (``matching.pairing``). Exits 1 below the aims of issue 3.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from gov_writer import facts, ingest
from gov_writer.domain import Fact, Kind, Ledger, Source
from gov_writer.matching import examine
from gov_writer.matching.pairing import align
from gov_writer.matching.subjects import similarity

FOUND, FALSE_ALARMS = 0.98, 0.3  # aims: share of swaps found; false alarms per 10,000 characters
_SWAPPED = frozenset({Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH})
_REPORTS = Path(__file__).resolve().parent.parent.parent / "shared" / "reports"


def swaps(source: Source, ledger: Ledger, chance: random.Random) -> list[tuple[Fact, Fact]]:
    """One pair of figures per paragraph that has two of a kind with different values."""
    paragraphs: dict[int, list[Fact]] = defaultdict(list)
    for fact in ledger.facts:
        if fact.kind in _SWAPPED and fact.value is not None:
            paragraphs[source.text.count("\n", 0, fact.start)].append(fact)
    chosen = []
    for group in paragraphs.values():
        pairs = [
            (a, b)
            for n, a in enumerate(group)
            for b in group[n + 1 :]
            if a.kind is b.kind
            and a.unit == b.unit
            and a.value != b.value
            and core(source, a) != core(source, b)
        ]
        if pairs:
            chosen.append(chance.choice(pairs))
    return chosen


def core(source: Source, fact: Fact) -> str:
    """Number and unit as written."""
    return source.text[fact.mention.core_start : fact.mention.core_end]


def changed(source: Source, pairs: list[tuple[Fact, Fact]]) -> tuple[str, list[tuple[int, int, Fact, Fact]]]:
    """The text with all pairs exchanged, and where the two of each pair now stand."""
    edits = sorted(
        (x.mention.core_start, x.mention.core_end, core(source, y), n)
        for n, (a, b) in enumerate(pairs)
        for x, y in ((a, b), (b, a))
    )
    pieces, at, length = [], 0, 0
    places: dict[int, list[int]] = defaultdict(list)
    for start, end, text, n in edits:
        pieces += [source.text[at:start], text]
        length += start - at
        places[n].append(length)
        length += len(text)
        at = end
    pieces.append(source.text[at:])
    return "".join(pieces), [(places[n][0], places[n][1], a, b) for n, (a, b) in enumerate(pairs)]


def by_binding(claims: Ledger, against: Ledger) -> dict[str, bool]:
    """Claim id → whether it agrees with the fact whose subject is most like its own."""
    index: dict[str, list[Fact]] = defaultdict(list)
    for fact in against.facts:
        if fact.counted:
            for gram in _grams(fact):
                index[gram].append(fact)
    verdicts = {}
    for claim in claims.facts:
        if not claim.counted:
            continue
        near = {f.id: f for gram in sorted(_grams(claim)) for f in index.get(gram, ())[:200]}
        best, agrees = 0.0, False
        for fact in near.values():
            likeness = similarity(claim, fact)
            if likeness > best + 1e-9:
                best, agrees = likeness, examine(claim.mention, fact.mention).agrees
            elif likeness > best - 1e-9:
                agrees = agrees or examine(claim.mention, fact.mention).agrees
        verdicts[claim.id] = agrees
    return verdicts


def _grams(fact: Fact) -> set[str]:
    return {fact.subject[i : i + 2] for i in range(max(1, len(fact.subject) - 1))}


def by_check(claims: Ledger, against: Ledger) -> dict[str, bool]:
    """Claim id → whether the checker finds it supported."""
    pairs = align(claims, against).pairs
    return {c.id: c.id in pairs and pairs[c.id].agrees for c in claims.facts if c.counted}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="?", type=Path, default=_REPORTS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    chance = random.Random(7)
    ways = {"binding": by_binding, "check": by_check}
    tally: dict[str, Counter[str]] = {name: Counter() for name in ways}
    seconds: dict[str, float] = defaultdict(float)
    characters = 0
    for path in sorted(options.reports.glob("*.txt")):
        source = ingest.read(path)
        ledger = facts.extract([source])
        characters += len(source.text)
        drafts = []
        for _ in range(options.rounds):
            text, places = changed(source, swaps(source, ledger, chance))
            draft = ingest.from_text(path.name, text, id="D")
            drafts.append((facts.extract([draft], period=ledger.period, as_of=ledger.as_of), places))
        for name, how in ways.items():
            row, begin = tally[name], time.perf_counter()
            same = how(ledger, ledger)
            row["alarms"] += sum(not agrees for agrees in same.values())
            if options.misses:
                for fact in ledger.facts:
                    if not same.get(fact.id, True):
                        print(name, "alarm", fact.text, "|", fact.subject, "|", path.name)
            for claims, places in drafts:
                verdicts = how(claims, ledger)
                at = {f.mention.core_start: f for f in claims.facts}
                for one, two, a, b in places:
                    wrong = [not verdicts.get(at[p].id, True) for p in (one, two) if p in at]
                    row["swaps"] += 1
                    row["found"] += any(wrong)
                    row["both"] += len(wrong) == 2 and all(wrong)
                    if options.misses and not any(wrong):
                        print(name, "missed", a.text, a.subject, "|", b.text, b.subject, "|", path.name)
            seconds[name] += time.perf_counter() - begin
    failed = False
    for name, row in tally.items():
        found, alarms = row["found"] / row["swaps"], row["alarms"] / characters * 10_000
        print(
            f"{name:8} swaps {row['swaps']:5} found {found:.4f} both {row['both'] / row['swaps']:.4f} "
            f"false alarms {alarms:.3f} per 10,000 characters  {seconds[name]:.1f} s"
        )
        failed |= name == "check" and (found < FOUND or alarms > FALSE_ALARMS)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
