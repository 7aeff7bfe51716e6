"""The comparison as tables, for whoever wants to see all of it and not only the findings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rules.arithmetic.interval import growth, reading, shown
from gov_writer.checking.rules.comparing.promises import Promise
from gov_writer.checking.rules.comparing.quotes import evidence, sentence_of
from gov_writer.checking.rules.comparing.stretches import is_result
from gov_writer.checking.rules.comparing.years import Told, YearOnYear, year_on_year
from gov_writer.domain import DATES, ComparedRow, Comparison, Fact, Kind, Ledger, PromiseRow, Said


def comparison(case: Case) -> Comparison:
    """All indicators of both reports and all promises.  case: made by ``across.compare``."""
    years = case.once(year_on_year)
    if years is None:
        return Comparison(old="", new=case.draft.path, years=("", ""), rows=(), promises=())
    return Comparison(
        old=years.old.sources[0].path,
        new=years.new.sources[0].path,
        years=tuple(  # type: ignore[arg-type]  # two
            ledger.period.text if ledger.period else "" for ledger in (years.old, years.new)
        ),
        rows=tuple(_rows(years)),
        promises=tuple(_promise(years, promise) for promise in years.promises),
    )


def _rows(years: YearOnYear) -> Iterator[ComparedRow]:
    """Indicators in the order of the new report, then those that only the old one tells."""
    by_new = {pair.new.id: pair for pair in years.pairs}
    told: dict[str, Told] = {one.pair.new.id: one for one in years.told}
    used = {pair.old.id for pair in years.pairs}
    for fact in years.new.facts:
        if not _shown(fact) or not is_result(fact, years.new_year):
            continue
        pair = by_new.get(fact.id)
        if pair is None:
            yield ComparedRow(
                indicator=fact.subject,
                unit=fact.unit or "",
                old=None,
                new=_said(years.new, fact),
                verdict="上年未报",
            )
            continue
        claim = told.get(fact.id)
        verdict = "待核" if not pair.certain else "未写增幅"
        if claim is not None and pair.certain:
            verdict = "相符" if claim.agrees else "不符"
        yield ComparedRow(
            indicator=fact.subject,
            unit=fact.unit or "",
            old=_said(years.old, pair.old),
            new=_said(years.new, fact),
            change=_change(pair.old, fact),
            claimed=claim.change.text if claim is not None else "",
            verdict=verdict,
        )
    for fact in years.old.facts:
        if _shown(fact) and is_result(fact, years.old_year) and fact.id not in used:
            yield ComparedRow(
                indicator=fact.subject,
                unit=fact.unit or "",
                old=_said(years.old, fact),
                new=None,
                verdict="今年未报",
            )


def _shown(fact: Fact) -> bool:
    """Counted figures that can be held against each other; growths stand beside their values."""
    kinds = (Kind.QUANTITY, Kind.PERCENT, Kind.RANK)
    if fact.text.startswith("一") and fact.value == 1:
        return False  # an article
    return fact.kind in kinds and fact.kind not in DATES and fact.value is not None and bool(fact.subject)


def _said(ledger: Ledger, fact: Fact) -> Said:
    proof = sentence_of(ledger, fact)
    return Said(text=fact.text, sentence=proof.text, source=proof.source, locator=proof.locator)


def _change(old: Fact, new: Fact) -> str:
    """What the two values imply: ＋4.2%, −1.1个百分点; "" where nothing follows."""
    before, after = reading(old.mention), reading(new.mention)
    if before is None or after is None:
        return ""
    percent = new.kind is Kind.PERCENT
    if new.kind is Kind.RANK:
        return ""
    way = after - before if percent else growth(before, after)
    if way is None or way.low is None or way.high is None:
        return ""
    middle = (way.low + way.high) / 2
    sign = "＋" if middle > 0 else "−" if middle < 0 else ""
    return f"{sign}{shown(abs(middle), Decimal('0.1'))}{'个百分点' if percent else '%'}"


def _promise(years: YearOnYear, promise: Promise) -> PromiseRow:
    proof = evidence(years.old, promise.start, promise.end)
    promised = Said(text=proof.text, sentence=proof.text, source=proof.source, locator=proof.locator)
    result = None
    if promise.result is not None:
        result = _said(years.new, promise.result)
    elif promise.place is not None:
        told = evidence(years.new, *promise.place)
        result = Said(text=told.text, sentence=told.text, source=told.source, locator=told.locator)
    return PromiseRow(promised=promised, result=result, verdict=str(promise.fate))
