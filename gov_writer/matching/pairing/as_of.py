"""The day up to which a draft's figures go (截至12月15日), against the days up to which its notes go.

A note may tell its day in a heading or beside its figures (到12月15日完成9个); it is no fact there, but a draft
that tells a day which no source has contradicts it. A month's end (截至11月底) is held against
months' ends alone: a note of the middle of a month may know what the month before came to.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from gov_writer.domain import DATES, Fact, Kind, Mention
from gov_writer.matching.contexts import bigrams, contained
from gov_writer.matching.pairing.state import State
from gov_writer.text.lazy import lazy

_UP_TO = lazy(
    r"(?:截[至止]到?|[至到])[ \t]{0,2}(?:(?P<year>(?:19|20)\d\d)[ \t]?年[ \t]?)?"
    r"(?P<month>1[0-2]|0?[1-9])[ \t]?月(?:[ \t]?(?P<day>3[01]|[12]\d|0?[1-9])[ \t]?日|[底末])"
)
_MONTH_END = lazy("月[底末]$")
#: Likeness given to a day that no source has.
_SAID = 0.95


@dataclass(frozen=True, slots=True)
class _Day:
    """An as-of day of a source: where it stands, and the line around it.

    sure: not 到11月底, which may be a deadline.
    """

    day: date
    source: str
    start: int
    end: int
    line: tuple[int, int]
    sure: bool

    @property
    def month(self) -> tuple[int, int]:
        return self.day.year, self.day.month

    @property
    def ends_month(self) -> bool:
        return self.day.day == calendar.monthrange(*self.month)[1]


class AsOf:
    """Pairs as-of days of the draft that no source has with the likeliest one of the sources."""

    def __init__(self, state: State) -> None:
        self.state, self.mine, self.theirs = state, state.mine, state.theirs

    def run(self) -> None:
        claims = [i for i in self.state.open_claims() if _goes_up_to(self.mine.facts[i])]
        if not claims or not self.theirs.facts:
            return
        heard = {
            day
            for fact in self.theirs.facts
            if fact.kind in DATES or fact.kind is Kind.PERIOD
            for day in (fact.mention.date_start, fact.mention.date_end)
        }
        dated = {fact.period.end for fact in self.theirs.facts if fact.period is not None}
        for claim in claims:
            told = self.mine.facts[claim]
            day = told.mention.date_end
            monthly = _MONTH_END.search(told.text) is not None
            if day is None or day in heard or (monthly and day in dated):
                continue
            known = list(self._days(day.year))
            if any(k.day == day or (monthly and k.month == (day.year, day.month)) for k in known):
                continue
            days = [k for k in known if k.sure and (k.ends_month or not monthly)]
            if not days:
                continue
            words = bigrams(self.mine.sentence(claim))
            best = max(days, key=lambda k: (contained(words, self._words(k)), -k.start))
            self.state.stand_in(claim, self._shown(best), _SAID)

    def _days(self, year: int) -> Iterator[_Day]:
        for source, text in self.theirs.by_source:
            for match in _UP_TO.finditer(text):
                of, month = int(match["year"] or year), int(match["month"])
                try:
                    day = date(of, month, int(match["day"] or calendar.monthrange(of, month)[1]))
                except ValueError:
                    continue
                start = text.rfind("\n", 0, match.start()) + 1
                end = text.find("\n", match.end())
                line = (start, end if end >= 0 else len(text))
                sure = match["day"] is not None or match[0].startswith("截")
                yield _Day(day, source, match.start(), match.end(), line, sure)

    def _words(self, known: _Day) -> frozenset[str]:
        text = dict(self.theirs.by_source)[known.source]
        return bigrams(text[max(known.line[0], known.start - 200) : min(known.line[1], known.end + 200)])

    def _shown(self, known: _Day) -> Fact:
        """The day as a period of its source."""
        text = dict(self.theirs.by_source)[known.source]
        like = next((f for f in self.theirs.facts if f.source == known.source), self.theirs.facts[0])
        mention = Mention(
            start=known.start,
            end=known.end,
            text=text[known.start : known.end],
            kind=Kind.PERIOD,
            core_start=known.start,
            core_end=known.end,
            date_end=known.day,
        )
        row = text.count("\n", 0, known.start) + 1
        return replace(
            like, source=known.source, mention=mention, sentence=known.line, cell=None, locator=f"第{row}行"
        )


def _goes_up_to(fact: Fact) -> bool:
    """截至12月15日, to the day, or 截至11月底."""
    mention = fact.mention
    return (
        fact.kind is Kind.PERIOD
        and mention.date_start is None
        and mention.date_end is not None
        and ("日" in fact.text or _MONTH_END.search(fact.text) is not None)
        and fact.text.startswith("截")
    )
