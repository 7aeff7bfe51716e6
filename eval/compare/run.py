"""Recall and precision of ``gov-writer compare`` on our own pairs of reports.

    python eval/compare/run.py [--verbose]

Each folder of ``pairs/`` has last year's report (old), this year's (new) and what must be found (expect.yaml:
rule, and words that the finding shows). Whatever else is told as error or warning is a false alarm. The pairs
hold as many temptations as faults: approximations, half-years, standing figures, other words, results told
elsewhere. Bars: recall 0.9, precision 0.95; the exit code is 1 below either.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import yaml

from gov_writer import across
from gov_writer.checking.rules.comparing.years import year_on_year
from gov_writer.domain import Finding

PAIRS = Path(__file__).parent / "pairs"


def main() -> int:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    told = right = asked = indicators = 0
    for folder in sorted(PAIRS.iterdir()):
        old, new = (next(folder.glob(f"{name}.*")) for name in ("old", "new"))
        case = across.compare(old, new)
        findings = across.examine(case).findings
        loud = [f for f in findings if f.severity != "info"]
        asked += len(findings) - len(loud)
        years = case.once(year_on_year)
        indicators += len(years.pairs) if years else 0
        wanted = yaml.safe_load((folder / "expect.yaml").read_text(encoding="utf-8"))
        for one in wanted:
            planted[one["rule"]] += 1
            hit = any(_tells(f, one) for f in loud)
            found[one["rule"]] += hit
            if not hit:
                print("missed:", folder.name, one)
        for finding in loud:
            told += 1
            good = any(_tells(finding, one) for one in wanted)
            right += good
            if not good or "--verbose" in sys.argv:
                print("right:" if good else "false alarm:", folder.name, finding.rule, finding.message[:110])
    recall = sum(found.values()) / sum(planted.values())
    precision = right / max(1, told)
    print("| rule | planted | found |\n| --- | --- | --- |")
    for rule, count in sorted(planted.items()):
        print(f"| {rule} | {count} | {found[rule]} |")
    print(
        f"recall {recall:.3f}  precision {precision:.3f}  ({len(list(PAIRS.iterdir()))} pairs, "
        f"{indicators} indicators paired, {told} findings, {asked} questions)"
    )
    return int(recall < 0.9 or precision < 0.95)


def _tells(finding: Finding, wanted: dict[str, str]) -> bool:
    said = finding.message + finding.text
    return finding.rule == wanted["rule"] and wanted["says"] in said


if __name__ == "__main__":
    raise SystemExit(main())
