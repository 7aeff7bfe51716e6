"""Recall and precision of ``reconcile`` on the made-up district.  Run: python eval/reconcile/run.py"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make import UNITS, make

from gov_writer import across, pipeline


def main() -> None:
    seeds = range(1, 6)
    planted, found, right, said = Counter(), Counter(), 0, 0
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            district = make(Path(folder), seed)
            case = across.reconcile(district.total, district.parts)
            findings = [f for f in pipeline.examine(case).findings if f.severity != "info"]
        for fault in district.faults:
            planted[fault.kind] += 1
            found[fault.kind] += any(_tells(f, fault) for f in findings)
        for finding in findings:
            said += 1
            good = any(_tells(finding, fault) for fault in district.faults)
            right += good
            if not good:
                print("false alarm:", seed, finding.rule, finding.message[:120])
        for fault in district.faults:
            if not any(_tells(f, fault) for f in findings):
                print("missed:", seed, fault)
    print(f"{'kind':10} planted found")
    for kind, count in planted.items():
        print(f"{kind:10} {count:7} {found[kind]:5}")
    print(
        f"recall {sum(found.values()) / sum(planted.values()):.3f}  precision {right / max(1, said):.3f}"
        f"  ({len(seeds)} districts, {said} findings)"
    )


def _tells(finding, fault) -> bool:  # type: ignore[no-untyped-def]
    if finding.rule != fault.rule and not (fault.rule == "REC952" and finding.rule == "REC951"):
        return False
    if fault.rule in ("REC953", "REC954"):
        names = [unit for unit in UNITS if unit in fault.name]
        return all(name in finding.message for name in names)
    return f"“{fault.name}”" in finding.message


if __name__ == "__main__":
    main()
