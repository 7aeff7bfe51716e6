"""Which facts of its sources a draft tells, and where those that it leaves out belong (FIG107, coverage)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from gov_writer.checking.listed import Listed
from gov_writer.checking.places import Places
from gov_writer.checking.ruling import Ruling
from gov_writer.checking.structural import structural
from gov_writer.domain import COUNTED, Coverage, Fact, Kind, Ledger, Source
from gov_writer.matching.pairing import Alignment
from gov_writer.text.lazy import lazy

_NEXT_DAY = lazy("次日|翌日|第二天")
#: That nothing happened: 未发生生产安全事故, 实现零事故.
_NOTHING = lazy("未发生|没有发生|未出现|无一起|无|零")


class Told:
    """The facts seen from the rulings of all figures: used, absent, missing."""

    def __init__(
        self, draft: Source, claims: Ledger, against: Ledger, alignment: Alignment, rulings: Sequence[Ruling]
    ) -> None:
        self._draft, self._claims, self._against = draft, claims, against
        self._alignment, self._rulings = alignment, rulings
        self._sources = {source.id: source for source in against.sources}

    @cached_property
    def absent(self) -> tuple[Fact, ...]:
        """Counted facts that the draft does not hold."""
        next_days = self._next_days()
        told: set[tuple[str, tuple[int, int], Decimal | None]] = set()
        used = set(self._alignment.touched) | set(self._alignment.repeats)
        for ruling in self._rulings:
            if ruling.derivation is not None:
                used.update(fact.id for fact in ruling.derivation.inputs)
                told |= {(f.source, f.sentence, ruling.claim.value) for f in ruling.derivation.inputs}
        return tuple(
            f
            for f in self._against.facts
            if f.kind in COUNTED
            and f.id not in used
            and not structural(f)
            and not (f.kind is Kind.DATE and f.mention.date_start in next_days)
            and not (f.kind is Kind.QUANTITY and (f.source, f.sentence, f.value) in told)
        )

    def _next_days(self) -> frozenset[date]:
        """Days that the draft tells as the one after a date (次日14时)."""
        found = set()
        for claim in self._claims.facts:
            day = claim.mention.date_end if claim.kind is Kind.DATE else None
            if day is not None and _NEXT_DAY.search(self._draft.text, claim.end, claim.end + 60):
                found.add(day + timedelta(days=1))
        return frozenset(found)

    @cached_property
    def missing(self) -> tuple[tuple[Fact, int], ...]:
        """Absent facts that the draft should hold, with the offset where each belongs, in text order."""
        places = Places(self._draft, self._against, self._alignment.pairs)
        due = [f for f in self.absent if f.id not in self._alignment.rivals and not self._understood(f)]
        return tuple(sorted(((f, places.of(f)) for f in due), key=lambda item: item[1]))

    def _understood(self, fact: Fact) -> bool:
        """Whether a draft says a fact without its figure: the length of a list, or that nothing happened."""
        if fact.value == 0:
            text, thing = self._draft.text, fact.subject[-2:]
            found = _NOTHING.finditer(text) if len(thing) == 2 else ()
            return any(thing in text[m.start() : m.end() + 12] for m in found)
        source = self._sources.get(fact.source)
        return source is not None and fact.cell is None and Listed(source.text).beside(fact)

    def coverage(self, themes: int, themes_met: int) -> Coverage:
        """The counts of both ways, with those of the themes."""
        counted = [r for r in self._rulings if r.claim.kind in COUNTED]
        facts = sum(f.kind in COUNTED for f in self._against.facts)
        return Coverage(
            figures=len(counted),
            figures_supported=sum(r.supported for r in counted),
            facts=facts,
            facts_used=facts - len(self.absent),
            unused=tuple(f.id for f in self.absent),
            themes=themes,
            themes_met=themes_met,
        )
