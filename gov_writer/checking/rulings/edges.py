"""Days up to which, or from which on, a draft tells (12月25日前, 自9月1日起), and that no source has."""

from __future__ import annotations

from functools import cached_property

from gov_writer.domain import TIMES, Fact, Kind, Ledger
from gov_writer.matching.contexts import bigrams
from gov_writer.text.lazy import lazy

_DAY = lazy(r"(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]")
_SHORT = lazy(r"(?<![\d.])(\d{1,2})[-./·](\d{1,2})(?![\d.])")
#: 截至6月30日: up to when a report tells, its own business.
_SO_FAR = lazy("截[至止]|至今|以来")
_EDGE = lazy("[日号](?:之?前|以前|起|开始|后|以后)$")
#: How many words a day's clause in a source must share with the draft's to be the one that was meant.
_SHARED = 1


class Edges:
    """The days of some sources, asked for those of a draft."""

    def __init__(self, text: str, against: Ledger) -> None:
        self._text, self._against = text, against

    def invented(self, claim: Fact) -> bool:
        """Whether a period of the draft ends before, or begins on, a day that no source names."""
        told = _DAY.search(claim.text)
        if claim.kind is not Kind.PERIOD or told is None or not self._known:
            return False
        if claim.mention.date_start is None and claim.mention.date_end is None:
            return False  # 2月30日前: DAT301 speaks of it
        if _SO_FAR.search(claim.text) or _EDGE.search(claim.text) is None:
            return False
        return (int(told["month"]), int(told["day"])) not in self._known

    def meant(self, claim: Fact) -> Fact | None:
        """The time of the sources in whose words an invented day stands, with its month or its day."""
        told = _DAY.search(claim.text)
        words = bigrams(self._text[claim.clause[0] : claim.clause[1]])
        best: tuple[int, Fact | None] = (_SHARED - 1, None)
        for fact in self._against.facts:
            own = _DAY.search(fact.text) if fact.kind in TIMES else None
            if told is None or own is None or (own["month"] != told["month"] and own["day"] != told["day"]):
                continue
            line = self._against.source(fact.source).text[fact.clause[0] : fact.clause[1]]
            best = max(best, (len(words & bigrams(line)), fact), key=lambda found: found[0])
        return best[1]

    @cached_property
    def _known(self) -> frozenset[tuple[int, int]]:
        """Month and day of every day that the sources write, in whatever way."""
        found = set()
        for source in self._against.sources:
            found |= {(int(m["month"]), int(m["day"])) for m in _DAY.finditer(source.text)}
            found |= {(int(m[1]), int(m[2])) for m in _SHORT.finditer(source.text)}
        for fact in self._against.facts:
            days = (fact.mention.date_start, fact.mention.date_end) if fact.kind in TIMES else ()
            found |= {(day.month, day.day) for day in days if day is not None}
        return frozenset(found)
