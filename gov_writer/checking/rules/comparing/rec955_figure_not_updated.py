"""REC955: this year's figure is last year's to the digit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.comparing.copied import left_in
from gov_writer.checking.rules.comparing.quotes import sentence_of
from gov_writer.checking.rules.comparing.standing import may_stay
from gov_writer.checking.rules.comparing.stretches import is_result, same_stretch, year_of
from gov_writer.checking.rules.comparing.years import YearOnYear, exact, year_on_year
from gov_writer.checking.rules.reconciling.units_told import part_name
from gov_writer.domain import Finding, Kind, Ledger, Severity
from gov_writer.matching.pairing.indicators import Counterpart, counterparts

#: Digits that must tell: 36 happens to repeat, 2135 hardly does.
_DIGITS = 3
#: Likeness from which the same digits say that two figures are one indicator.
_LIKE = 0.45


class FigureNotUpdated(Rule):
    code = "REC955"
    name = "figure-not-updated"
    severity = Severity.WARNING
    title = "数据与上年一字不差"
    why = "同一指标两年的数完全一样，多半是套用上年文稿时忘了改数。"
    bad = "上年“排查隐患8753处”，今年仍写“排查隐患8753处”。"
    good = "按今年的台账改为“排查隐患9120处”；确实相同的写明“与上年持平”。"
    authority = Citation("统计法", "第七条", "真实、准确、完整、及时地提供统计调查所需的资料")

    def check(self, case: Case) -> Iterable[Finding]:
        years = case.once(year_on_year)
        if years is not None:
            copied = [(one.start, one.end) for one in left_in(years) if one.figures]
            for pair in _repeated(years):
                if not any(start <= pair.new.start < end for start, end in copied):
                    yield self._one(case, pair, years)
        if case.parts:
            yield from self._parts(case)

    def _one(self, case: Case, pair: Counterpart, years: YearOnYear) -> Finding:
        message = f"“{pair.new.subject}”与上年完全相同，都是“{pair.old.text}”，请核对是否更新。"
        evidence = (sentence_of(years.old, pair.old),)
        return self.found(case, pair.new.start, pair.new.end, message, evidence=evidence)

    def _parts(self, case: Case) -> Iterator[Finding]:
        """Parts against last year's reports of the same units, and against the last year that they tell of
        themselves; neither has a place in the total's text."""
        earlier = {part_name(ledger): ledger for ledger in case.before}
        end = len(case.text)
        for part in case.parts:
            name = part_name(part)
            found = [(pair, part) for pair in _within(part)]
            if name in earlier:
                found += [(pair, earlier[name]) for pair in _repeated(YearOnYear(earlier[name], part))]
            for pair, old in found:
                message = f"{name}“{pair.new.subject}”与上年完全相同，都是“{pair.old.text}”，请核对是否更新。"
                proof = (sentence_of(part, pair.new), sentence_of(old, pair.old))
                yield self.found(case, end, end, message, evidence=proof)


def _within(ledger: Ledger) -> Iterator[Counterpart]:
    """Last year's value and this year's in one report, to the digit the same."""
    year = year_of(ledger.period)
    if year is None:
        return
    for pair in counterparts(
        ledger,
        ledger,
        of_old=lambda fact: not fact.planned and year_of(fact.period) == year - 1,
        of_new=lambda fact: is_result(fact, year),
        comparable=same_stretch,
    ):
        if _same_to_the_digit(pair) and not may_stay(ledger, pair.new) and not may_stay(ledger, pair.old):
            yield pair


def _repeated(years: YearOnYear) -> Iterator[Counterpart]:
    if years.old_year is not None and years.old_year == years.new_year:
        return
    for pair in years.pairs:
        if (
            _same_to_the_digit(pair)
            and not may_stay(years.new, pair.new)
            and not may_stay(years.old, pair.old)
        ):
            yield pair


def _same_to_the_digit(pair: Counterpart) -> bool:
    old, new = pair.old, pair.new
    if (
        not (pair.certain or pair.likeness >= _LIKE)
        or new.kind is not Kind.QUANTITY
        or new.value is None
        or new.value != old.value
    ):
        return False
    telling = len(f"{new.value.normalize():f}".replace(".", "").strip("0-"))
    return telling >= _DIGITS and exact(old, new)
