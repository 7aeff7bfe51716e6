"""Short passages with one fault each that the text alone contradicts, and a twin that is right: what is told at sight?

    python eval/passages/run.py [FILE...] [--misses]

An entry of a ``*.yaml`` here is ``[rules, options, text]``. ``rules``: codes that are right, with ``/`` between them.
``options``: ``period``, ``as_of``, ``themes``, ``examples``. In the text, ``{wrong|right}`` stands for a place where the
fault and its twin differ; further places of one text change together. Recall: faults on which a rule of the entry tells.
Wrong: errors and warnings on the twin, and on the fault by a rule that the entry does not name.
Exit code 1 below 0.9 or with anything told of a twin.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.domain import Finding, Severity

HERE = Path(__file__).resolve().parent
BAR = 0.9
_PLACE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def findings(text: str, options: dict[str, Any]) -> tuple[Finding, ...]:
    """What a check without sources tells of the text."""
    given = options.get("examples") or []
    examples = [
        ingest.from_text("范文.md", t, id="E1") for t in ([given] if isinstance(given, str) else given)
    ]
    as_of = options.get("as_of")
    case = pipeline.case_of(
        ingest.from_text("draft.md", text, id="D"),
        [],
        examples=examples,
        themes=ingest.themes_of(options["themes"]) if options.get("themes") else (),
        period=str(options["period"]) if "period" in options else None,
        as_of=as_of if as_of is None or isinstance(as_of, date) else date.fromisoformat(as_of),
    )
    return run(case).findings


def sides(entry: str) -> tuple[str, str]:
    """The text with its fault, and its twin."""
    return _PLACE.sub(r"\1", entry), _PLACE.sub(r"\2", entry)


def _told(found: Finding) -> bool:
    return found.severity is not Severity.INFO


def _line(found: Finding) -> str:
    return f"    {found.rule} {found.severity} 「{found.text[:40]}」 {found.message[:70]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", default=sorted(path.name for path in HERE.glob("*.yaml")))
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    asked: Counter[str] = Counter()
    told: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for name in given.files:
        for rules, options, text in yaml.safe_load((HERE / name).read_text(encoding="utf-8")):
            codes = rules.split("/")
            fault, twin = sides(text)
            on_fault, on_twin = findings(fault, options), findings(twin, options)
            hit = any(found.rule in codes for found in on_fault)
            alarms = [f for f in on_twin if _told(f)]
            other = [f for f in on_fault if _told(f) and f.rule not in codes]
            asked[codes[0]] += 1
            told[codes[0]] += hit
            wrong.update(found.rule for found in (*alarms, *other))
            if given.misses and (not hit or alarms or other):
                print(f"{name} {rules} {'' if hit else 'MISSED '}{text[:150]!r}")
                print(
                    "\n".join([*map(_line, other), *(f"  twin {_line(f)}" for f in alarms)])
                    or "    nothing told"
                )
    print("| rule | faults | told | wrong |\n| --- | --- | --- | --- |")
    for code in sorted(asked | wrong):
        print(f"| {code} | {asked[code]} | {told[code]} | {wrong[code]} |")
    recall = sum(told.values()) / max(1, sum(asked.values()))
    print(f"| all | {sum(asked.values())} | {recall:.3f} | {sum(wrong.values())} |")
    return 0 if recall >= BAR and not wrong else 1


if __name__ == "__main__":
    raise SystemExit(main())
