"""Which figure of each part an indicator of the total is the sum of.

The total is a table (indicator × unit, or indicator with a total) or a report. A match that is not
certain is kept apart: it becomes a question, never a fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from gov_writer.checking.case import Case
from gov_writer.domain import Cell, Fact, Kind, Ledger
from gov_writer.matching import subjects, units

#: Likeness of subjects from which a match counts as certain, and from which it is worth a question.
CERTAIN, POSSIBLE = 0.72, 0.5
#: The runner-up must be this much less like, unless it says the same value.
MARGIN = 0.06
_UNIT_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡|社区|开发区|园区|管委会)(?!办事处的)")
_ABOVE = re.compile(r".*(?:省|市|区|县)(?=[\u4e00-\u9fff]{2,}(?:街道|镇|乡|社区))")
_TOTAL_WORDS = re.compile(r"合计|总计|小计|全区|全市|全县|汇总")


@dataclass(frozen=True, slots=True)
class Match:
    """A part's figure for an indicator.  certain: False makes it a question."""

    part: int
    fact: Fact
    certain: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the total.

    total: its figure in the total, None where the table has no total column.
    cells: the total's own figure for a part, by the part's number.
    matches: what the parts say, at most one each.
    """

    name: str
    total: Fact | None
    cells: dict[int, Fact]
    matches: tuple[Match, ...]

    @property
    def certain(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.certain)


def indicators(case: Case) -> tuple[Indicator, ...]:
    """All indicators of the total with their matches; nothing where the case has no parts."""
    return tuple(_indicators(case)) if case.parts else ()


def part_name(ledger: Ledger) -> str:
    """What a part is called: the unit in its file name or first lines, else the file's name."""
    source = ledger.sources[0]
    stem = PurePath(source.path.replace("\\", "/")).stem
    for text in (stem, source.text[:200]):
        found = _UNIT_NAME.search(_ABOVE.sub("", text))
        if found:
            return found[0]
    return stem


def _indicators(case: Case) -> list[Indicator]:
    names = [part_name(part) for part in case.parts]
    grouped: dict[tuple[str, str | None], tuple[list[Fact], dict[int, Fact]]] = {}
    for fact in case.claims.facts:
        if fact.kind is not Kind.QUANTITY or fact.planned:
            continue
        name, part, is_total = _place(case, fact, names)
        totals, cells = grouped.setdefault((name, units.canonical(fact.unit or "")), ([], {}))
        if part is not None:
            cells.setdefault(part, fact)
        elif fact.cell is None or is_total or not totals:
            totals.append(fact)
    found = []
    for (name, _), (totals, cells) in grouped.items():
        model = totals[0] if totals else next(iter(cells.values()))
        matches = [m for part, ledger in enumerate(case.parts) if (m := _best(model, name, ledger, part))]
        found.append(Indicator(name, totals[0] if totals else None, cells, tuple(matches)))
    return found


def _place(case: Case, fact: Fact, names: Sequence[str]) -> tuple[str, int | None, bool]:
    """The indicator's name, the part whose own figure this is, and whether it stands in a total row or column."""
    if fact.cell is None:
        return fact.subject, None, False
    table, number = fact.cell
    cell: Cell = case.draft.tables[table].cells[number]
    words = [*cell.labels, *cell.headers]
    part = next((n for n, name in enumerate(names) if any(_names(name, word) for word in words)), None)
    rest = [
        w for w in words if not (part is not None and _names(names[part], w)) and not _TOTAL_WORDS.search(w)
    ]
    return "".join(dict.fromkeys(rest)) or fact.subject, part, cell.is_total


def _names(name: str, word: str) -> bool:
    short = re.sub(r"(街道|镇|乡|社区)$", "", name)
    return word.strip() in (name, short) or name in word


def _best(model: Fact, name: str, ledger: Ledger, part: int) -> Match | None:
    """The part's figure most like the indicator; two that are equally like but differ are a question."""
    wanted = replace(model, subject=name, actor="", scope="", period=None, cell=None)
    ranked = sorted(
        (
            (subjects.similarity(replace(fact, actor="", scope="", period=None), wanted), -fact.start, fact)
            for fact in ledger.facts
            if fact.kind is Kind.QUANTITY and not fact.planned and units.same(fact.unit or "", model.unit or "")
            and _same_year(fact, model)
        ),
        key=lambda row: row[:2],
        reverse=True,
    )  # fmt: skip
    if not ranked or ranked[0][0] < POSSIBLE:
        return None
    score, _, fact = ranked[0]
    rival = next((row for row in ranked[1:] if row[2].value != fact.value), None)
    certain = score >= CERTAIN and (rival is None or rival[0] < score - MARGIN)
    return Match(part, fact, certain)


def _same_year(fact: Fact, model: Fact) -> bool:
    ours, theirs = fact.period, model.period
    if ours is None or theirs is None or ours.end is None or theirs.end is None:
        return True
    return ours.end.year == theirs.end.year
