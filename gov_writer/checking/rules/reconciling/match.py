"""Which figure of each part an indicator of the total is the sum of.

The total is a table (indicator × unit, or indicator with a total) or a report. A match that is not
certain is kept apart: it becomes a question, never a fault.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rules.reconciling import stretches
from gov_writer.checking.rules.reconciling.of_parts import of_part
from gov_writer.checking.rules.reconciling.units_told import called, of_one_unit
from gov_writer.checking.rules.reconciling.wordings import (
    AGREEING,
    DISTINCT,
    LEARNED,
    POSSIBLE,
    Likeness,
    Sheet,
    Wanted,
    comparable,
    same_year,
    wordings,
)
from gov_writer.checking.rules.reconciling.year_sums import AVERAGE
from gov_writer.domain import Approx, Cell, Fact, Kind, Ledger, Source
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

#: Likeness of subjects from which a match counts as certain.
CERTAIN = 0.72
#: Below this a match is at most a question, even without a rival.
PLAUSIBLE = 0.3
#: The runner-up must be this much less like; the wide margin makes a less like match certain too.
MARGIN, WIDE_MARGIN = 0.06, 0.2
#: How many units did it: no indicator of their own.
_UNITS = lazy("街道|乡镇|镇街|街镇|[乡镇县](?!级)|部门|单位")
_SAYS_WHEN = lazy(r"(?:20\d\d年?|本年|今年|本期|全年|累计|实际|完成|数|值|情况|数量|度)+")
_SUBTOTAL = lazy(r"小\s*计$|(?:街道|镇|乡|社区|园区)[^0-9]{0,4}(?:合|总|共)\s*计$")
#: Characters from which the last header names an indicator without the groups above it.
_NAMES_ITSELF = 4
_TOTAL_WORDS = lazy(r"合计|总计|小计|全区|全市|全县|汇总")


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
    matches: what the parts say, at most one each, and one for a unit that handed in several files.
    told_twice: figures of a unit's other files, each with the one that counts.
    beside: the numbers of a unit's other files.
    """

    name: str
    total: Fact | None
    cells: dict[int, Fact]
    matches: tuple[Match, ...]
    told_twice: tuple[tuple[Match, Match], ...] = ()
    beside: frozenset[int] = frozenset()

    @property
    def adds_up(self) -> bool:
        """Whether the units' figures make up the total: no average does."""
        return not AVERAGE.search(self.name)

    @property
    def certain(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.certain)


def indicators(case: Case) -> tuple[Indicator, ...]:
    """All indicators of a total, which is the draft, with what each part says; nothing where there are no parts."""
    parts = case.parts
    if not parts:
        return ()
    alike = Likeness(case.settings.synonyms)
    wanted = _wanted(case.draft, case.claims, called(parts, case.text))
    figures = [[_in_units_of(wanted, fact, alike) for fact in stretches.told(part)] for part in parts]
    scores = [_scores(wanted, facts, ledger, alike) for facts, ledger in zip(figures, parts, strict=True)]
    sheets = [Sheet(ledger, facts) for ledger, facts in zip(parts, figures, strict=True)]
    learned = wordings(wanted, sheets, alike)
    found: list[list[Match]] = [[] for _ in wanted]
    for part, facts in enumerate(figures):
        for place, fact in enumerate(facts):
            for number in learned.get(alike.plain(fact.subject), ()):
                model = wanted[number].model
                if units.same(fact.unit, model.unit) and same_year(fact, model, parts[part]):
                    scores[part][number, place] = max(scores[part].get((number, place), 0.0), LEARNED)
        for number, match in _assigned(scores[part], facts, part):
            found[number].append(match)
    for one, matches in zip(wanted, found, strict=True):
        matches += _by_own_cell(one, matches, sheets, found)
        if (more := _last(one, matches, sheets, found)) is not None:
            matches.append(more)
    units_twice = of_one_unit(parts)
    return tuple(_counting(one, matches, units_twice) for one, matches in zip(wanted, found, strict=True))


def _counting(one: Wanted, matches: Sequence[Match], units_twice: Sequence[Sequence[int]]) -> Indicator:
    """The indicator with one figure for each unit, however many files it handed in."""
    cells = dict(one.cells)
    left = {match.part: match for match in matches}
    told_twice = []
    for numbers in units_twice:
        told = [left[n] for n in numbers if n in left]
        cell = next((cells.pop(n) for n in numbers if n in cells), None)
        counts = told[-1].part if told else numbers[-1]
        if cell is not None:
            cells[counts] = cell
        for other in told[:-1]:
            del left[other.part]
            told_twice.append((other, told[-1]))
    silent = {
        n for numbers in units_twice if any(m in left for m in numbers) for n in numbers if n not in left
    }
    return Indicator(one.name, one.total, cells, tuple(left.values()), tuple(told_twice), frozenset(silent))


def _wanted(total: Source, claims: Ledger, names: Sequence[str]) -> list[Wanted]:
    grouped: dict[tuple[tuple[str, ...], str], tuple[list[Fact], dict[int, Fact]]] = {}
    for fact in claims.facts:
        if (
            fact.kind is not Kind.QUANTITY
            or fact.planned
            or _in_header(total, fact)
            or _counts_units(total, fact)
            or stretches.is_change(fact)
        ):
            continue
        name, part, is_total = _place(total, fact, names)
        if fact.cell is None:
            part, said = of_part(fact, names, [t for (w, u), (ts, _) in grouped.items() for t in ts])
            name = (said,)
        totals, cells = grouped.setdefault((name, units.canonical(fact.unit or "")), ([], {}))
        if part is not None:
            cells.setdefault(part, fact)
        elif fact.cell is None or is_total or not totals:
            totals.append(fact)
    own = Counter((words[-1], unit) for words, unit in grouped)
    found = []
    for (words, unit), (totals, cells) in grouped.items():
        last = words[-1]  # 新增市场主体 below 经济发展 needs no more
        alone = own[last, unit] == 1 and len(last) >= _NAMES_ITSELF and "其中" not in last
        whole = next((t for t in totals if not _of_some(total, t)), totals[0] if totals else None)
        model = whole or next(iter(cells.values()))
        found.append(Wanted(last if alone else "".join(words), model, whole, cells))
    return found


def _in_header(total: Source, fact: Fact) -> bool:
    return fact.cell is not None and total.tables[fact.cell[0]].cells[fact.cell[1]].is_header


def _counts_units(total: Source, fact: Fact) -> bool:
    """Whether a figure in running text tells how many units had a part in it: 三个街道改造老旧小区18个."""
    return fact.cell is None and _UNITS.match(total.text, fact.end) is not None


def _of_some(total: Source, fact: Fact) -> bool:
    """Whether a total's figure is a subtotal (小计, 街道合计) and not the total of all."""
    if fact.cell is None:
        return False
    table, number = fact.cell
    cell = total.tables[table].cells[number]
    return any(_SUBTOTAL.search(word) for word in (*cell.labels[-1:], *cell.headers[-1:]))


def _in_units_of(wanted: Sequence[Wanted], fact: Fact, alike: Likeness) -> Fact:
    """A part's figure in the unit that the total has for what it measures: 900米 as 0.9 where the total has 公里.

    Where the total has several such units, the one of the indicator that the figure is most like.
    """
    unit, mention = fact.unit, fact.mention
    if unit is None:
        return fact
    fitting = [
        (alike(fact.subject, one.name), into) for one in wanted if (into := one.model.unit) is not None
    ]
    ratios = {into: ratio for _, into in fitting if (ratio := units.factor(unit, into)) is not None}
    if not ratios:
        return fact
    most = max(score for score, into in fitting if into in ratios)
    into = min(
        (one for score, one in fitting if one in ratios and score == most),
        key=lambda one: (not units.same(one, unit), one),
    )
    ratio = ratios[into]
    if ratio == 1:
        return fact

    def there(value: Decimal | None) -> Decimal | None:
        return None if value is None else value * ratio.numerator / ratio.denominator

    low, high, step = there(mention.low), there(mention.high), there(mention.step)
    changed = replace(mention, unit=into, value=there(mention.value), low=low, high=high, step=step)
    return replace(fact, mention=changed)


def _scores(
    wanted: Sequence[Wanted], facts: Sequence[Fact], ledger: Ledger, alike: Likeness
) -> dict[tuple[int, int], float]:
    """The likeness of every indicator with every figure of a part that may be it."""
    scores: dict[tuple[int, int], float] = {}
    for number, one in enumerate(wanted):
        for place, fact in enumerate(facts):
            if units.same(fact.unit, one.model.unit) and same_year(fact, one.model, ledger):
                score = alike.of(fact, ledger.sources[0].text, one.name)
                if score >= POSSIBLE or alike.agree(one, fact):
                    scores[number, place] = score
    return scores


def _last(
    one: Wanted, matches: Sequence[Match], sheets: Sequence[Sheet], found: Sequence[Sequence[Match]]
) -> Match | None:
    """What the only part without the indicator says in other words: the one figure there that makes up the total."""
    missing = set(range(len(sheets))) - {match.part for match in matches}
    facts = [match.fact for match in matches]
    if len(missing) != 1 or len(facts) < AGREEING or one.total is None or one.total.value is None:
        return None
    if not all(match.certain and match.fact.mention.approx is Approx.EXACT for match in matches):
        return None
    (part,) = missing
    left = one.total.value - sum((fact.value or Decimal(0) for fact in facts), Decimal(0))
    taken = {match.fact.id for others in found for match in others if match.part == part}
    fits = [
        fact
        for fact in sheets[part].facts
        if fact.value == left >= DISTINCT and fact.id not in taken and comparable(fact, one, sheets[part])
    ]
    return Match(part, fits[0], certain=True) if len(fits) == 1 else None


def _by_own_cell(
    one: Wanted, matches: Sequence[Match], sheets: Sequence[Sheet], found: Sequence[Sequence[Match]]
) -> list[Match]:
    """Parts that tell the indicator in words that nobody knew (种粮36840亩), by the value of their cell in the total: the
    one figure there of that value that no other indicator has taken."""
    told = {match.part for match in matches}
    more = []
    for part, sheet in enumerate(sheets):
        cell = one.cells.get(part)
        if part in told or cell is None or cell.value is None or cell.value < DISTINCT:
            continue
        taken = {match.fact.id for others in found for match in others if match.part == part}
        fits = [
            f
            for f in sheet.facts
            if f.value == cell.value and f.id not in taken and comparable(f, one, sheet)
        ]
        if len(fits) == 1:
            more.append(Match(part, fits[0], certain=True))
    return more


def _assigned(
    scores: dict[tuple[int, int], float], facts: Sequence[Fact], part: int
) -> Iterator[tuple[int, Match]]:
    """The part's figure for each indicator: the most alike first, each figure and each indicator once.

    A match is certain when it is very like, or when it is like enough and neither side has another
    candidate that comes near.
    """
    by_number: dict[int, list[tuple[float, int]]] = defaultdict(list)
    by_place: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (number, place), score in scores.items():
        by_number[number].append((score, place))
        by_place[place].append((score, number))
    taken_numbers: set[int] = set()
    taken_places: set[int] = set()
    for (number, place), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if number in taken_numbers or place in taken_places or score < POSSIBLE:
            continue
        taken_numbers.add(number)
        taken_places.add(place)
        value = facts[place].value
        near = max(
            [
                s
                for s, p in by_number[number]
                if p not in taken_places and facts[p].value != value and not _part_of(facts[p], facts[place])
            ]
            + [s for s, n in by_place[place] if n not in taken_numbers and s < LEARNED],
            default=0.0,
        )
        plain = score >= CERTAIN or (score >= PLAUSIBLE and near < score - WIDE_MARGIN)
        yield number, Match(part, facts[place], plain and near < score - MARGIN)


def _part_of(fact: Fact, whole: Fact) -> bool:
    """Whether a figure tells a part of what the other tells (新登记市场主体, 其中个体户): no rival of it then."""
    return fact.subject.startswith(f"{whole.subject}其中")


def _place(total: Source, fact: Fact, names: Sequence[str]) -> tuple[tuple[str, ...], int | None, bool]:
    """The words of the indicator's name, the part whose own figure this is, and whether it stands in a total row or column."""
    if fact.cell is None:
        return (fact.subject,), None, False
    table, number = fact.cell
    cell: Cell = total.tables[table].cells[number]
    words = [*cell.labels, *cell.headers]
    part = next((n for n, name in enumerate(names) if any(_names(name, word) for word in words)), None)
    rest = [
        w
        for w in words
        if not (part is not None and _names(names[part], w))
        and not _TOTAL_WORDS.search(w)
        and not _SAYS_WHEN.fullmatch(w.strip())
    ]
    return tuple(dict.fromkeys(rest)) or (fact.subject,), part, cell.is_total


def _names(name: str, word: str) -> bool:
    short = re.sub(r"(街道|镇|乡|社区)$", "", name)
    return word.strip() in (name, short) or name in word
