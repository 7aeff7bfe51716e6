"""False alarms: all rules over real reports that are presumably clean, with a verdict by hand on each finding.

    python eval/negatives.py [FOLDER]                  the table, and every finding that has no verdict yet
    python eval/negatives.py --table                   the table alone (exit 1 if a bar is missed)
    python eval/negatives.py --folder A --folder B     texts of one's own, read with all that lies below

FOLDER defaults to ../shared/reports. The verdicts are in ``verdicts.tsv``: report, fingerprint (a hash of rule,
words and line; no text is kept), rule, ``right`` or ``wrong``, why. Texts of --folder have theirs in
``unseen.tsv``, where the report is a hash of its content, so that neither its words nor its name are kept;
``--judge FILE`` adds verdicts from a file with the columns fingerprint, right or wrong, why. A finding that is gone leaves its verdict
behind; a new one is shown until somebody judges it. Bars: one error in 20,000 characters, one warning in
5,000, seven errors of ten judged right.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.domain import Finding, Severity

HERE = Path(__file__).resolve().parent
VERDICTS = HERE / "verdicts.tsv"
UNSEEN = HERE / "unseen.tsv"
DEFAULT = HERE.parent.parent / "shared" / "reports"
#: Characters in which one finding of this severity is allowed.
BARS = {Severity.ERROR: 20_000, Severity.WARNING: 5_000}
RIGHT_SHARE = 0.7


@dataclass(frozen=True)
class Hit:
    """report: what the verdict is kept under; shown: the file's name."""

    report: str
    finding: Finding
    around: str
    shown: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.report, self.finding.fingerprint


def findings(folders: Iterable[Path], *, hashed: bool = False) -> tuple[list[Hit], int]:
    """All findings over the folders' texts, and how many characters were read."""
    hits: list[Hit] = []
    characters = 0
    below = "**/*.txt" if hashed else "*.txt"
    for path in sorted(path for folder in folders for path in folder.glob(below)):
        draft = ingest.read(path, id="D")
        content = hashlib.sha256(draft.text.encode()).hexdigest()[:16]
        characters += draft.characters
        for finding in run(pipeline.case_of(draft)).findings:
            around = draft.text[max(0, finding.start - 30) : finding.end + 30].replace("\n", "⏎")
            hits.append(Hit(content if hashed else path.stem, finding, around, path.stem))
    return hits, characters


def verdicts(kept: Path = VERDICTS) -> dict[tuple[str, str], tuple[str, str]]:
    """``(report, fingerprint) -> (right or wrong, why)``."""
    if not kept.exists():
        return {}
    with kept.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if row and not row[0].startswith("#")]
    return {(row[0], row[1]): (row[3], row[4]) for row in rows}


def judge(hits: Iterable[Hit], given: Path) -> None:
    """Add verdicts (fingerprint, right or wrong, why) on the findings of texts of one's own."""
    rows = [line.split("\t") for line in given.read_text(encoding="utf-8").splitlines() if "\t" in line]
    told = {row[0]: (row[1], row[2] if len(row) > 2 else "") for row in rows}
    known = verdicts(UNSEEN)
    with UNSEEN.open("a", encoding="utf-8") as file:
        for hit in hits:
            verdict = told.get(hit.finding.fingerprint)
            if verdict and hit.key not in known:
                known[hit.key] = verdict
                file.write("\t".join((*hit.key, hit.finding.rule, *verdict)) + "\n")


def table(
    hits: Iterable[Hit], characters: int, known: dict[tuple[str, str], tuple[str, str]] | None = None
) -> tuple[str, bool]:
    """Per rule: findings, wrong ones per 10,000 characters, judged right, wrong, not judged.  False if a bar is missed."""
    known = verdicts() if known is None else known
    counts: Counter[tuple[str, str]] = Counter()
    judged: Counter[tuple[str, str]] = Counter()
    severities: Counter[Severity] = Counter()
    errors_right = errors_judged = 0
    for hit in hits:
        verdict = known.get(hit.key, ("open", ""))[0]
        counts[hit.finding.rule, str(hit.finding.severity)] += 1
        judged[hit.finding.rule + str(hit.finding.severity), verdict] += 1
        severities[hit.finding.severity] += 1
        if hit.finding.severity is Severity.ERROR and verdict != "open":
            errors_judged += 1
            errors_right += verdict == "right"
    heads = "rule    severity  found  per 10,000  right  wrong  open  false alarms per 10,000"
    lines = [f"{characters} characters", heads]
    for (rule, severity), count in sorted(counts.items()):
        marks = [judged[rule + severity, mark] for mark in ("right", "wrong", "open")]
        rate = count * 10_000 / characters
        lines.append(
            f"{rule}  {severity:8}  {count:5}  {rate:10.3f}  {marks[0]:5}  {marks[1]:5}  {marks[2]:4}"
            f"  {marks[1] * 10_000 / characters:23.3f}"
        )
    good = True
    for severity, allowed in BARS.items():
        bar = characters / allowed
        good &= severities[severity] <= bar
        lines.append(f"{severity}: {severities[severity]} (bar {bar:.1f})")
    share = errors_right / errors_judged if errors_judged else 1.0
    good &= share >= RIGHT_SHARE
    lines.append(
        f"errors judged right: {errors_right} of {errors_judged} ({share:.0%}, bar {RIGHT_SHARE:.0%})"
    )
    return "\n".join(lines), good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--table", action="store_true", help="the table alone")
    parser.add_argument(
        "--folder", dest="folder_own", type=Path, action="append", help="texts of one's own; may be repeated"
    )
    parser.add_argument("--judge", type=Path, help="a file of verdicts to keep for them")
    parser.add_argument("--rule", default="", help="show findings of this rule or group, judged or not")
    given = parser.parse_args()
    own = bool(given.folder_own)
    hits, characters = findings(given.folder_own or [given.folder], hashed=own)
    if own and given.judge:
        judge(hits, given.judge)
    known = verdicts(UNSEEN if own else VERDICTS)
    for hit in hits:
        finding = hit.finding
        shown = finding.rule.startswith(given.rule) if given.rule else hit.key not in known
        if shown and not given.table:
            print(
                "\t".join((hit.shown, finding.fingerprint, finding.rule, str(finding.severity), hit.around))
            )
            print(f"\t{finding.text} | {finding.message}")
    if not characters:
        print("no .txt files there")
        return 2
    text, good = table(hits, characters, known)
    print(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
