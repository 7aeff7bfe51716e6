"""Charts: the geometry of inline SVG (drawn by ``chart.html``), each with the same numbers as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Kind, Ledger
from gov_writer.matching import units

WIDTH, _LABEL, _ROW = 860, 330, 26
GRAVITIES = {"error": "错误", "warning": "警告", "info": "提示"}
#: Rows of a chart; more is a table's work.
_MOST = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """look: a class name.  title: what it says when pointed at."""

    x: float
    y: int
    width: float
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: int
    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """head, lines: the table; the first cell of a line names it."""

    name: str
    height: int
    bars: tuple[Bar, ...]
    words: tuple[Words, ...]
    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def by_rule(numbers: Mapping[str, Mapping[str, int]], titles: Mapping[str, str]) -> Chart | None:
    """Findings by rule over reports.  numbers: by rule and severity.  None where there are none."""
    rows = [(code, [found.get(s, 0) for s in GRAVITIES]) for code, found in numbers.items()]
    rows = sorted((row for row in rows if sum(row[1])), key=lambda row: (-sum(row[1]), row[0]))
    if not rows:
        return None
    most = sum(rows[0][1])
    bars, words, y = [], [], 6
    for code, found in rows[:_MOST]:
        words.append(Words(0, y + 14, _short(f"{code} {titles.get(code, '')}")))
        x = float(_LABEL)
        for gravity, number in zip(GRAVITIES, found, strict=True):
            width = (WIDTH - _LABEL - 60) * number / most
            if number:
                bars.append(Bar(x, y, width, gravity, f"{code} {GRAVITIES[gravity]} {number}"))
            x += width
        words.append(Words(x + 6, y + 14, str(sum(found)), "faint"))
        y += _ROW
    head = ("规则", *GRAVITIES.values(), "合计")
    lines = tuple((f"{code} {titles.get(code, '')}", *map(str, n), str(sum(n))) for code, n in rows)
    return Chart("各规则的问题数", y + 6, tuple(bars), tuple(words), head, lines)


def periods(ledger: Ledger) -> Chart | None:
    """Indicators that the sources give for two periods or more, each drawn to its own scale."""
    found: dict[tuple[str, str], dict[str, Fact]] = defaultdict(dict)
    for fact in ledger.facts:
        when = _when(fact)
        exact = fact.kind in (Kind.QUANTITY, Kind.PERCENT) and fact.mention.approx is Approx.EXACT
        if exact and when and fact.value is not None and fact.subject and not fact.planned:
            found[f"{fact.actor}{fact.subject}", units.canonical(fact.unit)].setdefault(when, fact)
    rows = [(name, sorted(told.items())) for (name, _), told in found.items() if len(told) > 1]
    if not rows:
        return None
    bars, words, lines, y = [], [], [], 6
    for name, told in rows[:_MOST]:
        words.append(Words(0, y + 14, _short(name)))
        most = max(abs(_value(fact)) for _, fact in told) or Decimal(1)
        for when, fact in told:
            width = float(abs(_value(fact)) / most) * (WIDTH - _LABEL - 220)
            look = "last" if fact is told[-1][1] else "first"
            bars.append(Bar(_LABEL, y, max(width, 1.0), look, f"{name} {when} {_said(fact, ledger)}"))
            words.append(Words(_LABEL + width + 6, y + 14, f"{when} {_said(fact, ledger)}", "faint"))
            lines.append((name, when, _said(fact, ledger)))
            y += _ROW - 4
        y += 8
    head = ("指标", "时期", "数值")
    return Chart("同一指标各时期的数值", y, tuple(bars), tuple(words), head, tuple(lines))


def _when(fact: Fact) -> str:
    """The period of a fact as a label that sorts; "" where it is open or unknown."""
    if fact.period is None or fact.period.start is None or fact.period.end is None:
        return ""
    start, end = fact.period.start, fact.period.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"{start.year}年"
    return f"{start:%Y.%m.%d}—{end:%Y.%m.%d}"


def _value(fact: Fact) -> Decimal:
    assert fact.value is not None
    return fact.value


def _said(fact: Fact, ledger: Ledger) -> str:
    """The figure with its unit: a cell's stands in its header."""
    if fact.cell is None:
        return fact.text
    table, place = fact.cell
    unit = ledger.source(fact.source).tables[table].cells[place].unit or fact.unit or ""
    return fact.text if fact.text.endswith(unit) else fact.text + unit


def _short(words: str) -> str:
    return words if len(words) <= 24 else words[:23] + "…"
