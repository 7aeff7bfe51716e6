"""Recall and precision of ``reconcile`` on two made-up districts: one that it was made with, and another.

    python eval/reconcile/run.py [--seeds 5]

Bars: recall 0.98, precision 0.98 in both; the exit code is 1 below. The third line is the other district with a
total that has no columns of the units; what is missed there is asked as a question.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make import HOME, World, make
from other import AWAY

from gov_writer import across


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    seeds = parser.parse_args().seeds
    worst = min(
        _measure("the first district", HOME, range(1, 1 + seeds)),
        _measure("another district, unseen", AWAY, range(101, 101 + seeds)),
    )
    _measure("the other district, its table with totals alone", AWAY, range(201, 201 + seeds), bare=True)
    return int(worst < 0.98)


def _measure(name: str, world: World, seeds: range, *, bare: bool = False) -> float:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right = said = asked = tempting = 0
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            district = make(Path(folder), seed, world, bare=bare)
            case = across.reconcile(district.total, district.parts)
            every = across.examine(case).findings
        findings = [f for f in every if f.severity != "info"]
        asked += len(every) - len(findings)
        tempting += len(district.tempting)
        for fault in district.faults:
            planted[fault.kind] += 1
            hit = any(_tells(f, fault, world) for f in findings)
            found[fault.kind] += hit
            if not hit:
                print("missed:", seed, fault)
        for finding in findings:
            said += 1
            good = any(_tells(finding, fault, world) for fault in district.faults)
            right += good
            if not good:
                print("false alarm:", seed, finding.rule, finding.message[:120])
    recall, precision = sum(found.values()) / sum(planted.values()), right / max(1, said)
    print(f"{name}\n| kind | planted | found |\n| --- | --- | --- |")
    for kind, count in planted.items():
        print(f"| {kind} | {count} | {found[kind]} |")
    print(
        f"recall {recall:.3f}  precision {precision:.3f}  ({len(seeds)} sets, {said} findings, {asked} questions, "
        f"{tempting} temptations)"
    )
    return min(recall, precision)


def _tells(finding, fault, world) -> bool:  # type: ignore[no-untyped-def]
    if finding.rule != fault.rule and not (fault.rule == "REC952" and finding.rule == "REC951"):
        return False
    if fault.rule in ("REC953", "REC954"):
        names = [unit for unit in world.units if unit in fault.name]
        return all(name in finding.message for name in names)
    return f"“{fault.name}”" in finding.message


if __name__ == "__main__":
    raise SystemExit(main())
