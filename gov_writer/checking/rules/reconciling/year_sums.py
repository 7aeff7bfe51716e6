"""The year of a part that tells only its halves or quarters: their sum, in the words of both.

What is no result of a stretch of time is not added up: averages, and what there is at the end of it (年末, 累计).
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Mention, Period
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

#: What nobody adds up, over stretches of time or over units.
AVERAGE = lazy(r"[人户亩地村月日天次件]均(?!衡)|平均|每[人户亩村月日天千万百]")
_STOCK = lazy(r"[年期月季]末|累计|现有|共有|存栏|在册|保有|总数|总量|存量|余额|常住|户籍")
_STRETCH = lazy(
    r"[（(]?(?:(?P<half>[上下])半年度?|前(?P<first>[二两三])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<begin>1[0-2]|[1-9])月?\s*[-—－–~～至到]+\s*(?P<end>1[0-2]|[1-9])月份?"
    r"|(?P<year>全年|年度|合计|总计|1[-—－–~～至]+12月份?))[）)]?"
)
_SENTENCES = 300  # characters that the halves may be apart to be shown together
#: First and last month.
Months = tuple[int, int]
_YEAR: Months = (1, 12)


def with_sums(facts: Sequence[Fact]) -> list[Fact]:
    """The figures, with one in the place of those that together are its year; none of a stretch whose year is told."""
    groups: dict[object, dict[Months, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        name, months = _named(fact)
        year = fact.period.end.year if fact.period is not None and fact.period.end is not None else None
        groups[name, units.canonical(fact.unit or ""), year][months].append(fact)
    dropped: set[str] = set()
    added: dict[str, Fact] = {}
    for group in groups.values():
        stretches = {months: told for months, told in group.items() if months != _YEAR}
        if _YEAR in group:
            dropped.update(one.id for told in stretches.values() for one in told if one.cell is not None)
        elif (pieces := _tiling(stretches)) is not None:
            dropped.update(one.id for told in stretches.values() for one in told)
            added[pieces[0].id] = _sum(pieces)
    return [added.get(fact.id, fact) for fact in facts if fact.id in added or fact.id not in dropped]


def _named(fact: Fact) -> tuple[str, Months]:
    """What is counted, without the words for its stretch of the year, and the stretch's months."""
    told = _STRETCH.search(fact.subject)
    if told is None or (told.start() > 0 and told.end() < len(fact.subject)):
        return fact.subject, _of_period(fact.period)
    name = fact.subject[: told.start()] + fact.subject[told.end() :]
    return name, _of_words(told.groupdict())


def _of_words(told: dict[str, str | None]) -> Months:
    if half := told["half"]:
        return (1, 6) if half == "上" else (7, 12)
    if first := told["first"]:
        return (1, 9) if first == "三" else (1, 6)
    if quarter := told["quarter"]:
        number = "一二三四".find(quarter) if quarter in "一二三四" else int(quarter) - 1
        return 3 * number + 1, 3 * number + 3
    if begin := told["begin"]:
        return int(begin), int(told["end"] or begin)
    return _YEAR


def _of_period(period: Period | None) -> Months:
    """The months of a period; the whole year where it is none within a year, or of no whole months."""
    if period is None or period.start is None or period.end is None:
        return _YEAR
    start, end = period.start, period.end
    last = calendar.monthrange(end.year, end.month)[1]
    whole = start.year == end.year and start.day == 1 and end.day == last
    return (start.month, end.month) if whole else _YEAR


def _tiling(stretches: dict[Months, list[Fact]]) -> list[Fact] | None:
    """One figure for each of the stretches that follow one another from January to December; the longest are taken.

    None where there are none, or where one of them has several values.
    """
    pieces: list[Fact] = []
    month = 1
    while month <= 12:
        fitting = sorted((end, begin) for begin, end in stretches if begin == month)
        if not fitting:
            return None
        told = stretches[month, fitting[-1][0]]
        if len({one.value for one in told}) != 1 or not _adds_up(told[0]):
            return None
        pieces.append(told[0])
        month = fitting[-1][0] + 1
    return pieces


def _adds_up(fact: Fact) -> bool:
    return fact.value is not None and not AVERAGE.search(fact.subject) and not _STOCK.search(fact.subject)


def _sum(pieces: Sequence[Fact]) -> Fact:
    first = pieces[0]
    mentions = [one.mention for one in pieces]
    text = "＋".join(one.text for one in pieces)
    plain = all(one.step in (None, 1) for one in mentions)
    mention = replace(
        first.mention,
        text=text,
        value=_total(one.value for one in mentions),
        low=_total(one.low for one in mentions),
        high=_total(one.high for one in mentions),
        approx=_approx(mentions),
        step=first.mention.step if plain else _total(one.step or Decimal(1) for one in mentions),
    )
    start, end = min(one.sentence[0] for one in pieces), max(one.sentence[1] for one in pieces)
    together = (start, end) if end - start <= _SENTENCES else first.sentence
    return replace(
        first, mention=mention, subject=_named(first)[0], sentence=together, period=_whole(first.period)
    )


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    known = list(values)
    return None if any(one is None for one in known) else sum((one for one in known if one), Decimal(0))


def _approx(mentions: Sequence[Mention]) -> Approx:
    kinds = {one.approx for one in mentions}
    return kinds.pop() if len(kinds) == 1 else Approx.ABOUT


def _whole(period: Period | None) -> Period | None:
    if period is None or period.end is None:
        return period
    year = period.end.year
    return Period(text="全年", start=date(year, 1, 1), end=date(year, 12, 31))
