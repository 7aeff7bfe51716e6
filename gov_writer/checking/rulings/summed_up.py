"""Which cells of the sources' tables a draft sums up: it tells the total of their column, or the year of their row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching.contexts import TOTAL_HEAD


def summarised(ledger: Ledger, used: Set[str], alone: Set[str]) -> set[str]:
    """Ids of the parts of a total that is told, where half of the parts or more (of many, a third) are not told one by one.

    Who tells most parts and leaves one out has forgotten it.  alone: facts told with their own figure, used: in a sum too.
    """
    columns: dict[tuple[str, int, int], list[Fact]] = defaultdict(list)
    rates: dict[tuple[str, int, int], list[Fact]] = defaultdict(list)
    rows: dict[tuple[str, tuple[int, int]], list[Fact]] = defaultdict(list)
    for fact in ledger.facts:
        if fact.cell is None or fact.kind not in (Kind.QUANTITY, Kind.PERCENT):
            continue
        home = ledger.column(fact)
        (rates if fact.kind is Kind.PERCENT else columns)[home].append(fact)
        if fact.kind is Kind.QUANTITY:
            rows[fact.source, fact.sentence].append(fact)
    found: set[str] = set()
    for column in columns.values():
        wholes = [f for f in column if TOTAL_HEAD.match(f.subject)]
        found |= _unneeded(wholes, [f for f in column if f not in wholes], used, alone)
        for whole in (f for f in column if f.period is not None and f.period.year_so_far and f not in wholes):
            found |= _unneeded([whole], [f for f in column if _inside(f, whole)], used, alone)
    for column in (*columns.values(), *rates.values()):
        found |= _of_months(column, used)
    for row in rows.values():
        years = [f for f in row if f.period is not None and f.period.year_so_far]
        for whole in years:
            found |= _unneeded([whole], [f for f in row if _inside(f, whole)], used, alone)
    return found


#: Parts from which on nobody tells them all.
_MANY = 5
#: Rows from which on a column tells of months.
_FEW_MONTHS = 3


def _unneeded(wholes: Sequence[Fact], parts: Sequence[Fact], used: Set[str], alone: Set[str]) -> set[str]:
    absent = {f.id for f in parts if f.id not in alone}
    told = any(f.id in used for f in wholes)
    few = 2 if len(parts) < _MANY else 3
    return absent if told and len(parts) > 1 and few * len(absent) >= len(parts) else set()


def _of_months(column: Sequence[Fact], used: Set[str]) -> set[str]:
    """The months of a column of which the first and last, or the highest, are told: nobody lists them all."""
    dated = [f for f in column if f.period is not None and f.period.days is not None]
    months = [f for f in dated if f.period and not f.period.year_so_far and not TOTAL_HEAD.match(f.subject)]
    if len({f.period.start for f in months if f.period}) < max(_FEW_MONTHS, len(months)):
        return set()
    absent = {f.id for f in months if f.id not in used}
    return absent if 0 < len(absent) < len(months) and 2 * len(absent) >= len(months) else set()


def _inside(part: Fact, whole: Fact) -> bool:
    """Whether a cell is of a part of the other one's year."""
    a, b = part.period, whole.period
    if a is None or b is None or part.unit != whole.unit:
        return False
    return a.within(b) and not a.year_so_far
