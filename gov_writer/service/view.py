"""What the templates show of a text: its pieces with their findings and sources, and what is listed beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from gov_writer.checking import Case, all_rules
from gov_writer.domain import Evidence, Fact, Ledger
from gov_writer.text.todo import TODO

_HEADING = re.compile(
    r"^(?:#{1,6}\s*)?(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])(.{1,50})$",
    re.MULTILINE,
)
_GRAVITY = {"error": 3, "warning": 2, "info": 1}


@dataclass(frozen=True, slots=True)
class Figure:
    """A supported figure of a text, ``[start, end)``.  facts: ids.  told: where it comes from, in words."""

    start: int
    end: int
    facts: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text with one look.

    look: class names, "" for plain words.  start: its place, which names its mark.
    finding: the number of the finding that it shows, None without one.
    told: what to say of it; facts: ids of the facts behind a figure, separated by blanks.
    """

    text: str
    look: str = ""
    start: int = 0
    finding: int | None = None
    told: str = ""
    facts: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces.  marks: for each finding the start of the piece that shows it, or one that overlaps it."""

    pieces: tuple[Piece, ...]
    marks: tuple[int, ...]


def figures(case: Case) -> list[Figure]:
    """The figures of a checked text that its sources support, in text order."""
    if case.rulings is None or case.against is None:
        return []
    found = []
    for ruling in case.rulings.all:
        if not ruling.supported or (ruling.pair is None and ruling.derivation is None):
            continue
        derived = ruling.derivation
        facts = derived.inputs if derived is not None else (ruling.pair.fact,) if ruling.pair else ()
        quotes = case.rulings.evidence(*facts[:6])
        lines = [_origin(fact, quote) for fact, quote in zip(facts, quotes, strict=False)]
        told = "；".join(lines)
        if derived is not None:
            told = f"由材料数据计算：{derived.formula}。{told}"
        ids = tuple(fact.id for fact in facts)
        found.append(Figure(ruling.claim.start, ruling.claim.end, ids, told))
    return sorted(found, key=lambda figure: (figure.start, figure.end))


def _origin(fact: Fact, quote: Evidence) -> str:
    words = f"{quote.source} {quote.locator}：{quote.text}"
    note = fact.amended
    return f"{words}（{note.by}更正，材料原为{note.was}）" if note else words


def marked(text: str, findings: Sequence[dict[str, Any]], supported: Sequence[Figure]) -> Marked:
    """The text cut at its findings and figures.  Of what overlaps the gravest, then the shortest, is shown; a
    finding about what is missing is a piece without words."""
    spans = [
        (-_GRAVITY[f["severity"]], f["end"] - f["start"], f["start"], f["end"], n)
        for n, f in enumerate(findings)
    ]
    spans += [(0, f.end - f.start, f.start, f.end, n) for n, f in enumerate(supported)]
    starts: list[int] = []
    kept: list[tuple[int, Piece]] = []
    marks = [0] * len(findings)
    for rank, _, start, end, number in sorted(spans):
        at = bisect_left(starts, start)
        before = at > 0 and kept[at - 1][0] > start
        if before or (at < len(starts) and (starts[at] < end or starts[at] == start)):
            if rank:
                marks[number] = starts[at - 1] if before else starts[at]
            continue
        starts.insert(at, start)
        if rank:
            piece = _of_finding(text[start:end], findings[number], number)
            marks[number] = start
        else:
            figure = supported[number]
            words = text[start:end]
            piece = Piece(words, "figure", start, told=figure.told, facts=" ".join(figure.facts))
        kept.insert(at, (end, piece))
    found: list[Piece] = []
    at = 0
    for end, piece in kept:
        if at < piece.start:
            found.append(Piece(text[at : piece.start]))
        found.append(piece)
        at = end
    return Marked((*found, Piece(text[at:])), tuple(marks))


def _of_finding(words: str, one: dict[str, Any], number: int) -> Piece:
    look = one["severity"] if words else f"{one['severity']} point"
    told = f"{one['rule']} {one['message']}"
    return Piece(words, look, one["start"], number, told=told, rule=one["rule"])


def todo(text: str) -> list[dict[str, Any]]:
    """The places that still want words: 【待补：…】."""
    return [{"start": m.start(), "end": m.end(), "text": m[0]} for m in TODO.finditer(text)]


def headings(text: str) -> list[dict[str, Any]]:
    """The headings of a text with their places; name: without the number."""
    return [{"start": m.start(), "text": m[0].strip(), "name": m[1].strip()} for m in _HEADING.finditer(text)]


def sources(ledger: Ledger) -> list[dict[str, Any]]:
    """Every source with its text in pieces; each fact that is counted can be found by its id."""
    shown = []
    for source in ledger.sources:
        parts: list[dict[str, Any]] = []
        at = 0
        for fact in sorted((f for f in ledger.of(source.id) if f.counted), key=lambda f: f.start):
            if fact.start < at:
                continue
            parts.append({"fact": "", "text": source.text[at : fact.start]})
            parts.append(
                {"fact": fact.id, "text": source.text[fact.start : fact.end], "amended": fact.amended}
            )
            at = fact.end
        parts.append({"fact": "", "text": source.text[at:]})
        shown.append({"id": source.id, "path": source.path, "parts": parts})
    return shown


def unused(case: Case, ids: Sequence[str], reasons: dict[str, str]) -> list[dict[str, Any]]:
    """The facts that a text does not use, with the reason where the draft gave one."""
    if case.against is None:
        return []
    ledger = case.against
    return [
        {
            "id": fact.id,
            "text": fact.text,
            "subject": fact.subject,
            "place": f"{ledger.source(fact.source).path} {fact.locator}",
            "reason": reasons.get(fact.id, ""),
        }
        for fact in (ledger.fact(one) for one in ids if one in ledger.index)
    ]


def counted(findings: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How many findings of each severity and rule, and how many safe fixes."""
    rules = Counter((f["rule"], titles().get(f["rule"], f["name"])) for f in findings)
    return {
        "counts": {s: sum(f["severity"] == s for f in findings) for s in _GRAVITY},
        "rules": [(code, title, number) for (code, title), number in sorted(rules.items())],
        "safe": sum(bool(f["fix"] and f["fix"].get("safe")) for f in findings),
    }


@cache
def titles() -> dict[str, str]:
    """The title of each rule by its code."""
    return {rule.code: rule.title for rule in all_rules()}
