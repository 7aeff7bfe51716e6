"""Totals: of a sentence, of a table's column or row, of the parts of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from gov_writer.domain import Fact, Kind
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import TOTAL_HEAD
from gov_writer.matching.deriving.around import Around
from gov_writer.matching.deriving.operations import WIDEST, Derivation, addable, of_parts, runs, total_of
from gov_writer.matching.intervals import rounds_to
from gov_writer.text.lazy import lazy

_SUM = lazy(
    r"共|合计|总|全年|各类|各级|整体|两项|三项|四项|等|计|全部|全街道|全街|全区|辖区|累计|全年度|所有|[上下]半年|前[两二三]个?季度"
)
#: 7月、8月是高峰，两个月排查225件: how many are added up.
_OF_SO_MANY = lazy("(?P<n>[两二三四五六])[个类项家大天][^，。；]{0,8}$")
#: Values below this are the sum of something everywhere.
_MANY = 10
_PART = lazy("其中|内含")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_TOTAL = lazy(r"共|合计|总计|总数|总额|累计|全年")


def sums(around: Around, claim: Fact, cue: str) -> Iterator[Derivation]:
    """Totals of what the sentence states, of a table column or row, and of what is related if the words ask for a sum."""
    stated = addable(claim, around.stated(claim))
    asked = bool(_SUM.search(cue))
    many = abs(claim.value or Decimal(0)) >= _MANY
    if len(stated) > 1:
        yield total_of(stated)
        if asked:
            yield from (total_of(run) for run in runs(stated) if around.groups.one_column(run))
    if many:
        yield from _of_its_value(around, claim)
    if many and len(stated) < 2:
        yield from _of_total_rows(around, claim)
    if claim.period is not None:
        yield from _of_its_period(around, claim)
    for series in around.series(claim) if many else ():
        if len(series) > 2 or asked:
            yield total_of(series)
    for group in around.groups_near(claim):
        yield from _of_group(claim, group, cue, asked=asked, many=many)
    if asked:
        yield from _of_related(around, claim, many=many)


def _of_its_value(around: Around, claim: Fact) -> Iterator[Derivation]:
    """The columns, rows and neighbouring cells that add up to the claim, wherever they stand."""
    for group in around.groups.totals.get((units.dimension(claim.unit), abs(claim.value or Decimal(0))), ()):
        yield total_of(group)
    yield from (total_of(run) for run in around.runs_like(claim))


def _of_total_rows(around: Around, claim: Fact) -> Iterator[Derivation]:
    """What the cells of a 合计 row come to that count in the claim's unit."""
    for row in around.total_rows:
        like = [f for f in row if units.same(f.unit, claim.unit) and f.value and not f.planned]
        if len(like) > 1 and rounds_to(total_of(like).value, claim.mention):
            yield total_of(like)


def _of_its_period(around: Around, claim: Fact) -> Iterator[Derivation]:
    """What months or quarters come to in the claim's period."""
    for group in around.groups.over_time:
        if units.same(group[0].unit, claim.unit) and around.its_column(claim, group):
            yield from of_parts(claim, group)


def _of_group(
    claim: Fact, group: Sequence[Fact], cue: str, *, asked: bool, many: bool
) -> Iterator[Derivation]:
    """What a sentence, row or column comes to: all of it, its parts of the claim's period, what the claim names, runs."""
    yield total_of(group)
    yield from of_parts(claim, group)
    named = [f for f in group[:WIDEST] if len(f.subject) > 1 and f.subject[-2:] in claim.subject]
    if many and 1 < len(named) < len(group):
        yield total_of(named)  # 博士、硕士47人
    if asked and many and len(group) <= WIDEST:
        yield from (total_of(run) for run in runs(group))
    elif many and (few := _OF_SO_MANY.search(cue[: -len(claim.text)])):
        yield from (total_of(run) for run in runs(group) if len(run) == _NUMBERS[few["n"]])


def _of_related(around: Around, claim: Fact, *, many: bool) -> Iterator[Derivation]:
    """All the facts that share the claim's words, or two or three of them, where they count the same kind of thing."""
    related = addable(claim, around.related(claim))
    for size in (len(related), 2, 3):
        if size in range(2, len(related) + 1) and (many or size == len(related)):
            for chosen in combinations(related, size):
                if _alike(chosen):
                    yield total_of(chosen)


def months_of(around: Around, claim: Fact) -> Derivation | None:
    """What a column adds up to in the part of the year to which the claim belongs by its own clause."""
    own = claim.period
    if claim.kind is not Kind.QUANTITY or own is None or not claim.value:
        return None
    if own.text not in around.finder.mine.between(claim, claim.clause[0], claim.start):
        return None
    for group in around.groups.over_time:
        if (
            group[0].cell is not None
            and units.same(group[0].unit, claim.unit)
            and around.its_column(claim, group)
        ):
            return next(of_parts(claim, group), None)
    return None


def expected_sum(around: Around, claim: Fact, cue: str) -> Derivation | None:
    """What a total must be of which the draft names no part: the periods, or a whole list, of a source."""
    for row in around.total_rows:
        like = [f for f in row if units.same(f.unit, claim.unit) and f.value and not f.planned]
        found = total_of(like) if len(like) > 1 and not around.stated(claim) else None
        if found is not None and claim.value and abs(found.value - claim.value) * 4 < found.value:
            return found
    for group in around.groups_near(claim):
        group = [f for f in group if not TOTAL_HEAD.match(f.subject)]
        for total in of_parts(claim, group):
            return total
        if len({f.period and (f.period.start, f.period.end) for f in group}) > 1:
            continue  # this year's value and last year's make no total
        if any(_PART.search(f.subject) for f in group):
            continue  # nor do a total and what is 其中
        if _TOTAL.search(cue) and not around.touched.intersection(f.id for f in group):
            total = total_of(group)
            if total.value and claim.value and abs(total.value - claim.value) * 2 < abs(total.value):
                return total
    return None


def _alike(facts: Sequence[Fact]) -> bool:
    """Whether facts from different places count the same kind of thing."""
    first = facts[0]
    return all(
        f.sentence == first.sentence or subjects.alike(first.subject, f.subject) >= 0.35 for f in facts[1:]
    )
