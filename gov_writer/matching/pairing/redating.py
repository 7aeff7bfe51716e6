"""A wrong year at the head of a text or section (2024年上半年 for 2025年上半年) misdates all that stands below it.

Before anything is paired, the figures below such a year are looked up by value alone: where the sources have them in
another year and none in this one, the year is what is wrong. The figures get the right year back, so that only the
year itself is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from gov_writer.domain import FIGURES, Approx, Fact, Kind, Ledger, Period
from gov_writer.matching import units
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import DIGITS

_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d\s*年?|[一二][〇零九][〇零一二三四五六七八九]{2}年")
#: Words that name another year than the report's on purpose.
_OTHER = lazy(r"去年|上年|前年|上一年|明年|次年|同期|以来")
_DIGITS = str.maketrans({sign: str(value) for sign, value in DIGITS.items()})

_Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Redated:
    """claims: the draft's ledger with the right years.  wrong: the years that are to be told (ids of periods), with a
    fact of the right year.  moved: ids of all periods that got another year, those of ``wrong`` not among them."""

    claims: Ledger
    wrong: dict[str, Fact] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()


def redated(claims: Ledger, against: Ledger) -> Redated:
    """Give figures below a wrong year the year that the sources have them in.  Linear in both."""
    known = _years_by_value(against.facts)
    groups: dict[_Span, list[Fact]] = defaultdict(list)
    for fact in claims.facts:
        if _telling(fact) and fact.period is not None and _usual(fact.period):
            groups[fact.period.start, fact.period.end].append(fact)
    months = {
        _dates(fact) for fact in against.facts if _is_month(fact)
    }  # 2026年3月完工: as the sources have it
    shifts: dict[_Span, int] = {}
    wrong: dict[str, Fact] = {}
    for span, members in groups.items():
        found = _meant(span, members, known, groups)
        if found is None:
            continue
        year, witness = found
        at = _named(claims.facts, members[0], _year(span))
        if at is not None and _dates(at) not in months:
            wrong[at.id] = witness
            shifts[span] = year - _year(span)
    if not wrong:
        return Redated(claims)
    first = min(f.start for f in claims.facts if f.id in wrong)
    years = {_year(span): by for span, by in shifts.items()}
    return _moved(claims, wrong, shifts, years, first)


def _dates(fact: Fact) -> _Span:
    return fact.mention.date_start, fact.mention.date_end


def _is_month(fact: Fact) -> bool:
    """Whether a period is a month of a year that it names."""
    start, end = _dates(fact)
    one = start is not None and end is not None and (start.year, start.month) == (end.year, end.month)
    return fact.kind is Kind.PERIOD and one and _YEAR.search(fact.text) is not None


def _moved(
    claims: Ledger, wrong: dict[str, Fact], shifts: dict[_Span, int], years: dict[int, int], first: int
) -> Redated:
    facts, moved = [], set()
    for fact in claims.facts:
        period = fact.period
        if period is not None and (by := shifts.get((period.start, period.end))) and fact.id not in wrong:
            fact = replace(
                fact, period=Period(text=period.text, start=_by(period.start, by), end=_by(period.end, by))
            )
        day = fact.mention.date_end or fact.mention.date_start
        bare = fact.kind not in FIGURES and not _YEAR.search(fact.text) and not _OTHER.search(fact.text)
        if bare and day is not None and day.year in years and fact.start > first:
            by = years[day.year]
            mention = fact.mention
            fact = replace(
                fact,
                mention=replace(
                    mention, date_start=_by(mention.date_start, by), date_end=_by(mention.date_end, by)
                ),
            )
            moved.add(fact.id)
        facts.append(fact)
    return Redated(replace(claims, facts=tuple(facts)), wrong, frozenset(moved))


def _meant(
    span: _Span,
    members: Sequence[Fact],
    known: dict[tuple[str, Decimal], list[Fact]],
    groups: dict[_Span, list[Fact]],
) -> tuple[int, Fact] | None:
    """The year in which the sources have what a draft tells of another, with one such fact."""
    own, votes = 0, Counter[int]()
    witness: dict[int, Fact] = {}
    for claim in members:
        facts = known.get(_key(claim), ())
        found = {f.period.end.year: f for f in facts if f.period is not None and f.period.end is not None}
        if _year(span) in found or any(f.period is None or f.period.end is None for f in facts):
            own += 1
            continue
        for year, fact in found.items():
            votes[year] += 1
            witness.setdefault(year, fact)
    if not votes:
        return None
    year, count = votes.most_common(1)[0]
    explicit = any(_YEAR.search(claim.period.text) for claim in members if claim.period is not None)
    if (
        count <= 2 * own
        or (count < 3 and not explicit)
        or (count == 1 and _told_elsewhere(members, year, groups))
    ):
        return None
    return year, witness[year]


def _told_elsewhere(members: Sequence[Fact], year: int, groups: dict[_Span, list[Fact]]) -> bool:
    """Whether the draft tells the same value of the right year too: then the value was copied."""
    keys = {_key(claim) for claim in members}
    return any(_key(f) in keys for span, others in groups.items() if _year(span) == year for f in others)


def _named(facts: Sequence[Fact], first: Fact, year: int) -> Fact | None:
    """The last period before a figure that names the year."""
    near = [
        f
        for f in facts
        if f.kind is Kind.PERIOD
        and f.start < first.start
        and _YEAR.search(f.text)
        and str(year) in f.text.translate(_DIGITS)
    ]
    return near[-1] if near else None


def _years_by_value(facts: Sequence[Fact]) -> dict[tuple[str, Decimal], list[Fact]]:
    found: dict[tuple[str, Decimal], list[Fact]] = defaultdict(list)
    for fact in facts:
        if _telling(fact):
            found[_key(fact)].append(fact)
    return found


def _key(fact: Fact) -> tuple[str, Decimal]:
    measure = "%" if fact.kind in (Kind.PERCENT, Kind.GROWTH) else units.dimension(fact.unit)
    return measure, fact.value or Decimal(0)


def _telling(fact: Fact) -> bool:
    """A figure that hardly meets another by chance."""
    if fact.kind not in FIGURES or fact.kind is Kind.RANK or fact.value is None or fact.planned:
        return False
    digits = str(abs(fact.value)).replace(".", "").strip("0")
    return fact.mention.approx is Approx.EXACT and (len(digits) >= 3 or abs(fact.value) >= 100)


def _usual(period: Period) -> bool:
    return period.end is not None and not _OTHER.search(period.text)


def _year(span: _Span) -> int:
    return span[1].year if span[1] is not None else 0


def _by(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
