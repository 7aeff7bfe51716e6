"""How often a draft says that a place was held (三次夺得第一), where its sources list the places month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from gov_writer.domain import Approx, Fact, Kind, Ledger
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.text.lazy import lazy

#: What is counted when a place is held more than once.
_TIMES = frozenset({"次", "回", "个月", "个季度", "期", "届", "轮"})
#: Between the number and the place stands a verb at most: 三次夺得第一, 第一名3次.
_BETWEEN = lazy("[\u4e00-\u9fff]{0,10}")
#: A list of places, and as many as are looked at.
_LEAST, _MOST = 3, 400


class Standings:
    """Counts the places that one line or one list of the sources tells."""

    def __init__(self, text: str, claims: Ledger, against: Ledger) -> None:
        self._text, self._claims, self._against = text, claims, against

    def counted(self, claim: Fact) -> Derivation | None:
        """How often the place beside the claim is held in a list that bears the claim out; None if in none."""
        return next((d for d in self._counts(claim) if d.value == claim.value), None)

    def expected(self, claim: Fact) -> Derivation | None:
        """How often it must be, where the sources have one list of places."""
        found = list(self._counts(claim))
        return found[0] if len(found) == 1 else None

    def _counts(self, claim: Fact) -> Iterator[Derivation]:
        place = self._beside(claim) if claim.kind is Kind.QUANTITY and claim.unit in _TIMES else None
        if place is None or claim.mention.approx is not Approx.EXACT:
            return
        for ranks in self._lists:
            held = tuple(f for f in ranks if f.value == place.value)
            if held:
                yield Derivation("count", " + ".join(f.id for f in held), held, Decimal(len(held)))

    def _beside(self, claim: Fact) -> Fact | None:
        """The place that the number counts: the one behind it, else the one right before it."""
        for other in (*self._claims.after(claim), *self._claims.before(claim)):
            start, end = sorted((claim, other), key=lambda f: f.start)
            between = self._text[start.end : end.start]
            if other.kind is Kind.RANK and _BETWEEN.fullmatch(between):
                return other
        return None

    @cached_property
    def _lists(self) -> list[list[Fact]]:
        """The places that stand in one sentence, else those that one source tells of the same."""
        ranks = [f for f in self._against.facts if f.kind is Kind.RANK and f.value is not None][:_MOST]
        lines: dict[tuple[str, tuple[int, int]], list[Fact]] = defaultdict(list)
        series: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in ranks:
            lines[fact.source, fact.sentence].append(fact)
        for fact in ranks:
            if len(lines[fact.source, fact.sentence]) < _LEAST:
                series[fact.source, fact.subject].append(fact)
        return [group for group in (*lines.values(), *series.values()) if len(group) >= _LEAST]
