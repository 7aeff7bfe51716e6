"""Plant faults, check, and print what was found: per kind with and without the source, and by which rule.

uv run python eval/planted/run.py [--seed 7] [--each 4] [--workers 2] [--misses] [--only KIND]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import negatives
from documents import SHARED, load
from faults import KINDS, NEED_NO_SOURCE, Document, Edit, applied, rounds, tied

from gov_writer import ingest, pipeline
from gov_writer.checking import Case, run
from gov_writer.domain import Finding, Theme

THEMES = (
    "党建",
    "安全生产",
    "疫情",
    "信访",
    "老旧小区",
    "民生",
    "生态",
    "营商环境",
    "文明",
    "养老",
    "教育",
    "就业",
)


@dataclass
class Score:
    planted: int = 0
    found: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def _case(document: Document, text: str, source: str | None, themes: tuple[Theme, ...] = ()) -> Case:
    draft = ingest.from_text("draft.txt", text, id="D")
    against = [] if source is None else [ingest.from_text("notes.txt", source, id="S1")]
    return pipeline.case_of(draft, against, period=document.period, themes=themes)


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.text, finding.message


def _touches(finding: Finding, span: tuple[int, int], text: str, deleted: bool) -> bool:
    start, end = span
    if deleted:
        left = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
        rights = [at for mark in "。\n" if (at := text.find(mark, end)) >= 0]
        start, end = left, min(rights, default=len(text)) + 1
    return finding.start < max(end, start + 1) and finding.end > start - 1


def _plant(job: tuple[Document, str, int, int]) -> tuple[str, dict[str, Score]]:
    document, kind, seed, each = job
    rng = random.Random(f"{seed}/{document.name}/{kind}")
    base = _case(document, document.text, None)
    candidates = list(KINDS[kind](document, base, rng))
    scores: dict[str, Score] = {}
    for how in ("with", "without"):
        score = scores[how] = Score()
        source = document.text if how == "with" else None
        pool = candidates if how == "with" or kind in NEED_NO_SOURCE else tied(document, kind, candidates)
        known: Counter[tuple[str, str, str]] | None = None
        for edits in rounds(kind, pool, document.text, rng, each):
            if known is None:
                known = Counter(_key(f) for f in run(_case(document, document.text, source)).findings)
            text, spans = applied(document.text, edits)
            new = [f for f in run(_case(document, text, source)).findings if _key(f) not in known]
            for edit, places in zip(edits, spans, strict=True):
                if kind == "promised count changed" and _wrong_before(known, document.text, edit):
                    continue  # the count was wrong before; the fault may have mended it
                hits = _hits(kind, base, edit, places, new, text)
                score.planted += 1
                if all(hits):
                    score.found += 1
                    score.rules[max((f for h in hits for f in h), key=lambda f: f.severity.rank).rule] += 1
                else:
                    left, right = max(0, places[0][0] - 30), places[0][1] + 30
                    gone = document.text[edit.start : edit.end]
                    score.misses.append(f"{document.name} {gone} → {edit.words}: {text[left:right]!r}")
    return kind, scores


def _wrong_before(known: Counter[tuple[str, str, str]], text: str, edit: Edit) -> bool:
    return any(
        rule in ("STR503", "ARI204") and words in text[edit.start - 8 : edit.end + 8]
        for rule, words, _ in known
    )


def _hits(
    kind: str, base: Case, edit: Edit, places: list[tuple[int, int]], new: list[Finding], text: str
) -> list[list[Finding]]:
    """For each place of the fault the new findings that point at it."""
    if kind == "figure turned into X":  # one finding per kind of gap, wherever the first one stands
        return [[f for f in new if f.rule == "TXT601"]]
    if kind == "numbered item deleted":  # told at the next number, which may stand far below
        return [[f for f in new if f.rule in ("STR501", "STR503") and f.end > places[0][0] - 200]]
    told = [f for f in new if not f.rule.startswith("TXT") or kind == "term misspelt once"]
    hits = [[f for f in told if _touches(f, place, text, not edit.words)] for place in places]
    if not edit.words and not all(hits):
        gone = [f.text for f in base.claims.facts if edit.start <= f.start < edit.end and f.counted]
        hits = [[f for f in new if f.rule == "FIG107" and any(_names(f, words) for words in gone)]]
    return hits


def _names(finding: Finding, words: str) -> bool:
    return words in finding.message or any(words in e.text for e in finding.evidence)


def _themes(job: tuple[Document, int]) -> tuple[str, dict[str, Score]]:
    """Take every sentence about a theme out: THM401 must say so."""
    document, _ = job
    present = [name for name in THEMES if name in document.text]
    scores = {"with": Score(), "without": Score()}
    for name in present[:2]:
        kept = "".join(p for p in _pieces(document.text) if name not in p)
        for how, score in scores.items():
            source = document.text if how == "with" else None
            findings = run(_case(document, kept, source, (Theme(name=name),))).findings
            found = any(f.rule == "THM401" for f in findings)
            score.planted += 1
            score.found += found
            score.rules["THM401"] += found
            if not found:
                score.misses.append(f"{document.name} {name}")
    return "theme's section removed", scores


def _pieces(text: str) -> list[str]:
    import re

    return re.findall(r"[^。；\n]*[。；\n]|[^。；\n]+$", text)


def main() -> int:
    """Print the tables; 1 where a kind with source stays under the bar."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=4, help="faults of a kind per text")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    started = time.monotonic()
    documents = load(options.seed)
    jobs = [
        (d, kind, options.seed, options.each) for kind in KINDS if options.only in kind for d in documents
    ]
    totals: dict[str, dict[str, Score]] = defaultdict(lambda: {"with": Score(), "without": Score()})
    with ProcessPoolExecutor(options.workers) as pool:
        results = list(pool.map(_plant, jobs, chunksize=8))
        if not options.only or options.only in "theme's section removed":
            results += list(pool.map(_themes, [(d, options.seed) for d in documents], chunksize=4))
    for kind, scores in results:
        for how, score in scores.items():
            total = totals[kind][how]
            total.planted += score.planted
            total.found += score.found
            total.rules += score.rules
            total.misses += score.misses
    _print(totals, options.misses)
    _print_rules(totals)
    print(f"\n{len(documents)} texts, seed {options.seed}, {time.monotonic() - started:.0f} s")
    return 0 if all(t["with"].found >= 0.98 * t["with"].planted for t in totals.values()) else 1


def _print(totals: dict[str, dict[str, Score]], misses: bool) -> None:
    print("| kind | with source | recall | without | recall | found by |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind, both in totals.items():
        rules = both["with"].rules + both["without"].rules
        by = " ".join(f"{rule}×{n}" for rule, n in rules.most_common(5))
        print(f"| {kind} | {_share(both['with'])} | {_share(both['without'])} | {by} |")
    if misses:
        for kind, both in totals.items():
            for how, score in both.items():
                for miss in score.misses[:40]:
                    print(f"  {kind} ({how} source): {miss}")


def _print_rules(totals: dict[str, dict[str, Score]]) -> None:
    """Per rule: what it told, how much of the kinds that it tells of was found, and what it told wrongly."""
    told: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for both in totals.values():
        for score in both.values():
            told += score.rules
            for rule, times in score.rules.items():
                if times * 10 >= score.planted:  # its kind, not a chance hit
                    planted[rule] += score.planted
                    found[rule] += score.found
    hits, characters = negatives.findings([SHARED / "reports"])
    verdicts = negatives.verdicts()
    wrong = Counter(
        hit.finding.rule
        for hit in hits
        if verdicts.get((hit.report, hit.finding.fingerprint), ("", ""))[0] == "wrong"
    )
    print("\n| rule | faults told | recall in its kinds | precision | false alarms per 10,000 characters |")
    print("| --- | --- | --- | --- | --- |")
    for rule in sorted(told | wrong):
        recall = f"{found[rule] / planted[rule]:.3f}" if planted[rule] else "–"
        precision = told[rule] / (told[rule] + wrong[rule])
        alarms = f"{wrong[rule] * 10_000 / characters:.3f}" if characters else "–"
        print(f"| {rule} | {told[rule]} | {recall} | {precision:.3f} | {alarms} |")


def _share(score: Score) -> str:
    return f"{score.found}/{score.planted} | {score.found / score.planted:.3f}" if score.planted else "– | –"


if __name__ == "__main__":
    sys.exit(main())
