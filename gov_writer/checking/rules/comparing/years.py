"""Two years' reports side by side: which figures tell the same indicator, and what growth is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from gov_writer.checking.case import Case
from gov_writer.checking.rules.arithmetic.changes import FOLLOWS, OTHER_BASE, POINTS
from gov_writer.checking.rules.arithmetic.interval import Interval, growth, reading
from gov_writer.checking.rules.comparing.promises import Promise, promises
from gov_writer.checking.rules.comparing.stretches import is_result, same_stretch, year_of
from gov_writer.domain import Approx, Fact, Kind, Ledger
from gov_writer.lexicon import words
from gov_writer.matching.pairing.indicators import Counterpart, counterparts
from gov_writer.text.lazy import either, lazy

#: Growth first, value after: 同比增长3.6%，达到1251人.
_REACHING = lazy(r"[，,、\s]*(?:达到?|至|增至|升至|降至|为|共|实现|完成|总数达?|累计)[^，,；;。\d]{0,8}")
_LISTED = lazy("[、和与及，]{1,2}")
_SAME_BASE = lazy(r"可比|同口径|不变价|剔除|扣除|名义")
#: Likeness from which an uncertain pair is shown as a question.
ASK = 0.6


@dataclass(frozen=True, slots=True)
class Told:
    """A growth that the new report tells of a pair of values, and what the values imply, in the same unit."""

    pair: Counterpart
    change: Fact
    implied: Interval
    stated: Interval

    @property
    def agrees(self) -> bool:
        return self.implied.meets(self.stated)


Synonyms = tuple[tuple[str, tuple[str, ...]], ...]


def _in_one_word(ledger: Ledger, synonyms: Synonyms) -> Ledger:
    """A ledger whose subjects have an office's names for one indicator brought to one."""
    table = {other: name for name, others in synonyms for other in others if other}
    if not table:
        return ledger
    pattern = re.compile(either(map(re.escape, table)))
    facts = (replace(f, subject=pattern.sub(lambda m: table[m[0]], f.subject)) for f in ledger.facts)
    return replace(ledger, facts=tuple(facts))


class YearOnYear:
    """The report of one year (new) beside that of an earlier one (old).  synonyms: an office's names for one
    indicator, ``(name, others)``."""

    def __init__(self, old: Ledger, new: Ledger, synonyms: Synonyms = ()) -> None:
        self.old, self.new = _in_one_word(old, synonyms), _in_one_word(new, synonyms)
        self.old_year, self.new_year = year_of(old.period), year_of(new.period)

    @property
    def adjacent(self) -> bool:
        """Whether old is the year before new; taken for granted where a report does not tell its year."""
        return self.old_year is None or self.new_year is None or self.new_year - self.old_year == 1

    @cached_property
    def pairs(self) -> tuple[Counterpart, ...]:
        """Results of the one year with those of the other, one pair per indicator."""
        return counterparts(
            self.old,
            self.new,
            of_old=lambda fact: is_result(fact, self.old_year),
            of_new=lambda fact: is_result(fact, self.new_year),
            comparable=same_stretch,
        )

    @cached_property
    def recalled(self) -> tuple[Counterpart, ...]:
        """What the new report itself says of the old year, with what the old one said."""
        if self.old_year is None or self.old_year == self.new_year:
            return ()
        found = counterparts(
            self.old,
            self.new,
            of_old=lambda fact: is_result(fact, self.old_year),
            of_new=lambda fact: not fact.planned and year_of(fact.period) == self.old_year,
            comparable=lambda was, told: same_stretch(was, told) or _same_time(told),
        )
        return tuple(pair for pair in found if worth_asking(pair))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The growths of the new report that both reports' values can be held against."""
        if not self.adjacent:
            return ()
        by_new = {
            pair.new.id: pair
            for pair in self.pairs
            if pair.new.kind is not Kind.GROWTH and worth_asking(pair)
        }
        return tuple(self._told(by_new))

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What the old report promised for the new one's year, and what became of it."""
        return promises(self) if self.adjacent else ()

    def _told(self, pairs: dict[str, Counterpart]) -> Iterator[Told]:
        facts = [f for f in self.new.facts if f.kind not in (Kind.PERIOD, Kind.PLACEHOLDER)]
        for number, fact in enumerate(facts):
            if fact.planned or not _is_change(fact):
                continue
            whole = self.new.source(fact.source).text
            sentence = whole[fact.sentence[0] : fact.sentence[1]]
            if any(word in sentence for word in words("real_growth")):
                continue  # published in real terms, values at current prices
            if OTHER_BASE.search(fact.text) or _SAME_BASE.search(sentence):
                continue
            if (told := self._in_turn(facts, number, whole, pairs)) is not None:
                yield told
                continue
            before = facts[number - 1] if number else None
            after = facts[number + 1] if number + 1 < len(facts) else None
            for value, gap in ((before, FOLLOWS), (after, _REACHING)):
                if value is None or value.id not in pairs or value.sentence != fact.sentence:
                    continue
                way = whole[min(value.end, fact.end) : max(value.start, fact.start)]
                if gap.fullmatch(way) is None or OTHER_BASE.search(way):
                    continue
                told = _held(pairs[value.id], fact)
                if told is not None:
                    yield told
                break

    def _in_turn(
        self, facts: list[Fact], number: int, whole: str, pairs: dict[str, Counterpart]
    ) -> Told | None:
        """Of 甲3962人、乙1341人，分别比上年增加115人和77人 each change is that of the value in its turn."""
        fact = facts[number]
        first = last = number
        while first and _is_change(facts[first - 1]) and _joined(whole, facts[first - 1], facts[first]):
            first -= 1
        while (
            last + 1 < len(facts)
            and _is_change(facts[last + 1])
            and _joined(whole, facts[last], facts[last + 1])
        ):
            last += 1
        count = last - first + 1
        values = facts[max(0, first - count) : first]
        if (
            count == 1
            or len(values) < count
            or any(_is_change(v) or v.sentence != fact.sentence for v in values)
        ):
            return None
        if "分别" not in whole[values[-1].end : facts[first].end]:
            return None
        pair = pairs.get(values[number - first].id)
        return None if pair is None else _held(pair, fact)


def _same_time(fact: Fact) -> bool:
    """Whether last year's value is told of the report's own stretch: 上年同期."""
    return fact.period is not None and fact.period.text.endswith(("同期", "同月"))


def _joined(text: str, one: Fact, two: Fact) -> bool:
    return one.sentence == two.sentence and _LISTED.fullmatch(text, one.end, two.start) is not None


def _is_change(fact: Fact) -> bool:
    return fact.value is not None and (fact.kind is Kind.GROWTH or fact.mention.sub == "delta")


def _held(pair: Counterpart, change: Fact) -> Told | None:
    """The growth with what the pair implies; None where the two can't be held against each other."""
    old, new, stated = reading(pair.old.mention), reading(pair.new.mention), reading(change.mention)
    if old is None or new is None or stated is None:
        return None
    percent = pair.new.kind is Kind.PERCENT
    implied: Interval | None
    if change.kind is Kind.GROWTH and (change.unit == POINTS) is percent:
        implied = new - old if percent else growth(old, new)
    elif change.mention.sub == "delta" and change.unit == pair.new.unit:
        implied = new - old
        if implied.high is not None and implied.high < 0 and (change.value or Decimal(0)) > 0:
            implied = -implied if re.search("减|降|缩|少", change.text) else implied
    else:
        return None
    return None if implied is None else Told(pair, change, implied, stated)


def worth_asking(pair: Counterpart) -> bool:
    """Whether two figures are alike enough to trouble a person with."""
    return pair.certain or pair.likeness >= ASK


def exact(*facts: Fact) -> bool:
    """Whether none of the figures is an approximation."""
    return all(fact.mention.approx is Approx.EXACT for fact in facts)


def year_on_year(case: Case) -> YearOnYear | None:
    """The draft beside last year's report; None where there is none, or where parts are reconciled."""
    if not case.before or case.parts:
        return None
    return YearOnYear(case.before[0], case.claims, case.settings.synonyms)
