"""Whether the draft's periods are the source's: 上半年 made 全年, 1至11月 made 1至10月, 12月20日前 made 28日前.

A period belongs to the figures that it dates, so those tell first: where all figures of a period rest on facts of another,
the period was changed. A period without figures is compared with that of the source sentence that shares its words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from functools import cached_property

from gov_writer.domain import FIGURES, Fact, Kind, Period
from gov_writer.matching.contexts import contained, dice
from gov_writer.matching.finding import judge
from gov_writer.matching.pairing.state import State
from gov_writer.text.lazy import lazy

#: A period that is told as such, not one that every report has (今年, 2025年).
_SPECIFIC = lazy(r"半年|季度|[\d一二三四五六七八九十]个?月|月[份底初]|日|^全年$|底前|年前")
#: A report's own half-year or quarter, as it was given.
_GIVEN = lazy(r"\d{4}[HQ][1-4]")
#: 2025H1: the period that a brief gives to notes which name none.
_BRIEF = lazy(r"^\d{4}(?:[HQ]\d|-\d|/)")
_OPEN = lazy(r"以来|至今|^近|目前|当前|同期|^每")
#: Open at one end, and told to the day: 截至8月31日, 5月6日起.
_EDGE = lazy(r"^截|起$")
_DUE = lazy(r"前$|底$")
_FORM = lazy(r"前$|底$|^截|起$")
_YEAR = lazy(r"(?:19|20)\d\d年(?:度)?")
#: A part of a year.
_PART = lazy("半年|季度")
_AIM = lazy("(?:任务|目标|计划|预算)数?$")
#: Likeness given to a period that was changed.
CHANGED = 0.95
_UNHEARD = 0.2  #: of a time that no source has
_ALIKE, _POSTINGS, _MATES = 0.42, 60, 8
#: Figures of a sentence of the sources that are looked at.
_WIDEST = 40
#: What it adds that a figure beside the one period rests on a fact beside the other.
_BESIDE, _REACH = 0.15, 3


class Times:
    """Pairs periods of the draft that differ from the source's with those."""

    def __init__(self, state: State) -> None:
        self.state, self.mine, self.theirs = state, state.mine, state.theirs
        self._dating: set[int] = set()  # periods of the draft that date a figure
        self._close: dict[int, list[int]] = {}  # those of its own clause, with the facts of its figures
        self._said: set[tuple[str, str, str]] = set()  # one finding for a period that a paragraph repeats

    def run(self) -> None:
        self._by_days()
        mates = self._mates()
        rest = []
        for claim in self.state.open_claims():
            fact = self.mine.facts[claim]
            if fact.kind is not Kind.PERIOD or not _specific(fact.text):
                continue
            planned = all(self.theirs.facts[i].planned for i in mates.get(claim, ()))
            celled = any(self.theirs.facts[i].cell is not None for i in mates.get(claim, ()))
            if claim in mates and not planned and (self._by_mates(claim, mates[claim]) or not celled):
                continue
            if (celled and not planned) or (
                (claim not in self._dating or _DUE.search(fact.text) or _EDGE.search(fact.text))
                and not _YEAR.fullmatch(fact.text)
            ):  # a cell tells its month in its own words: 9月投产，年产值8亿元
                rest.append(claim)
        if rest:
            self._by_words(rest)

    @cached_property
    def _heard(self) -> frozenset[tuple[date | None, date | None]]:
        """The first and last days of the periods that the sources name."""
        return frozenset(_span(f) for f in self.theirs.facts if f.kind is Kind.PERIOD and _specific(f.text))

    def _mates(self) -> dict[int, list[int]]:
        """Period claim → the facts of the figures that it dates."""
        found: dict[int, list[int]] = defaultdict(list)
        close: dict[int, list[int]] = defaultdict(list)  # of its own clause, which tell most
        told: dict[tuple[str, str], list[int]] = {}
        self._close = close
        settled: set[int] = set()  # periods with a figure in their own sentence: later ones tell less
        for i, fact in enumerate(self.mine.facts):
            if fact.kind is Kind.PERIOD:
                key = (fact.source, fact.text)
                if key not in told or self.mine.facts[told[key][0]].sentence != fact.sentence:
                    told[key] = []
                told[key].append(i)
                continue
            if fact.kind not in FIGURES or fact.period is None:
                continue
            named = told.get((fact.source, fact.period.text), [])
            at = next((n for n in reversed(named) if self.mine.facts[n].clause == fact.clause), None)
            at = named[0] if at is None and named else at
            if at is None or self.mine.facts[at].clause[0] < fact.sentence[0] - 400:
                continue
            self._dating.add(at)
            pair = self.state.pairs.get(i)
            if pair is None or not pair.agrees or len(found[at]) >= _MATES:
                continue
            if fact.clause == self.mine.facts[at].clause:
                close[at].append(self.state.index[i])
            if not found[at] or at not in settled or fact.sentence == self.mine.facts[at].sentence:
                found[at].append(self.state.index[i])
            if fact.sentence == self.mine.facts[at].sentence:
                settled.add(at)
        return {claim: close.get(claim, facts) for claim, facts in found.items() if facts}

    def _by_mates(self, claim: int, facts: list[int]) -> bool:
        """Whether the figures tell that the period is right or wrong; it is wrong where the figures of the period's own sentence, else of those after it, belong to another period."""
        mine = _span(self.mine.facts[claim])
        against: list[int] = []
        for index in facts:
            fact = self.theirs.facts[index]
            if fact.period is None or fact.planned or _AIM.search(fact.subject):
                continue  # 年度任务350人, in notes of a half-year
            if mine == (fact.period.start, fact.period.end):
                return True
            carried = fact.period.text not in self.theirs.between(fact, *fact.clause)
            if carried and self._by_halves(index) and part_of(fact.period, _as_told(self.mine.facts[claim])):
                continue  # 上半年12.6万人次，下半年18.9万人次，收入1.42亿元: the year's, or the half's
            if _conflict(self.mine.facts[claim], fact.period):
                against.append(index)
        if 2 * len(against) >= len(facts) and against:
            self._told(claim, against[0])
            return True
        if self._narrowed(claim, facts):
            self.state.stand_in(claim, as_period(self.theirs.facts[facts[0]]), CHANGED)
            return True
        return False

    def _by_halves(self, fact: int) -> bool:
        """Whether a sentence of the sources tells two parts of a year before a figure: 上半年…，下半年…，收入1.42亿元."""
        own = self.theirs.facts[fact]
        near = self.theirs.facts[max(0, fact - _MATES) : fact]
        told = [
            f for f in near if f.kind is Kind.PERIOD and f.sentence == own.sentence and f.source == own.source
        ]
        return len([f for f in told if _PART.search(f.text)]) > 1

    def _narrowed(self, claim: int, facts: list[int]) -> bool:
        """上半年 told of what the sources tell of the whole year, where no source names that half-year."""
        mine, own = self.mine.facts[claim], self.mine.period
        start, end = _span(mine)
        if start is None or end is None or not _PART.search(mine.text) or claim not in self._close:
            return False
        if own is None or (own.start, own.end) == (start, end) or (start, end) in self._heard:
            return False
        periods = [self.theirs.facts[i].period for i in facts]
        told = mine.mention.as_period()
        return all(p is not None and p.whole_year and told.within(p) for p in periods)

    def _told(self, claim: int, fact: int) -> None:
        """Pair a period with the one that dates a fact."""
        mine = self.mine.facts[claim]
        place = (mine.source, mine.locator, mine.text)
        if place in self._said:
            return
        self._said.add(place)
        dated = self.theirs.facts[fact]
        for at in range(fact, max(-1, fact - 40), -1):
            other = self.theirs.facts[at]
            if other.kind is Kind.PERIOD and dated.period is not None and other.text == dated.period.text:
                self.state.pair(claim, at, CHANGED)
                return
        self.state.stand_in(claim, as_period(dated), CHANGED)

    def _by_days(self) -> None:
        """5月底完成 of what a source's sentence dates with one day, which is in another month."""
        sentences = {i: group.members for group in self.theirs.sentences for i in group.members}
        told = {group.members[0]: group.members for group in self.mine.sentences}
        for members in told.values():
            months = [i for i in members if i not in self.state.pairs and _in_a_month(self.mine.facts[i])]
            facts = {j for i in members if (j := self.state.index.get(i)) is not None} if months else set()
            near = {j for fact in facts for j in sentences[fact][:_WIDEST]}
            days = [self.theirs.facts[j] for j in near if self.theirs.facts[j].kind is Kind.DATE]
            others = [self.theirs.facts[j] for j in near if self.theirs.facts[j].kind is Kind.PERIOD]
            if len(months) != 1 or len(days) != 1 or any(_specific(f.text) for f in others):
                continue
            claim, day = self.mine.facts[months[0]].mention, days[0].mention
            if not (day.date_start and claim.date_start and claim.date_end):
                continue
            if not claim.date_start <= day.date_start <= claim.date_end:
                shown = replace(days[0], mention=replace(day, kind=Kind.PERIOD))
                self.state.stand_in(months[0], shown, CHANGED)

    def _by_words(self, claims: list[int]) -> None:
        known = [i for i, f in enumerate(self.theirs.facts) if f.kind is Kind.PERIOD and _specific(f.text)]
        if not known:
            return
        bags = {i: self.theirs.wide(i) for i in known}
        postings: dict[str, list[int]] = defaultdict(list)
        for i in known:
            for pair in bags[i]:
                postings[pair].append(i)
        for claim in claims:
            wide = self.mine.wide(claim)
            votes: Counter[int] = Counter()
            for pair in sorted(wide, key=lambda p: len(postings.get(p, ())))[:40]:
                votes.update(postings.get(pair, ())[:_POSTINGS])
            near = [i for i, _ in votes.most_common(6)]
            near.sort(key=lambda i: -self._like(claim, i, wide, bags[i]))
            mine = self.mine.facts[claim]
            if not near or any(_span(self.theirs.facts[i]) == _span(mine) for i in near[:3]):
                continue
            best = self.theirs.facts[near[0]]
            same_form = _form(mine.text) == _form(best.text)
            told = best.mention.as_period()
            same_kind = any(mark in mine.text and mark in best.text for mark in "日月")
            least = _UNHEARD if same_kind and _span(mine) not in self._heard else _ALIKE
            alike = same_form and self._like(claim, near[0], wide, bags[near[0]]) >= least
            if alike and not judge(mine, best).agrees and _conflict(mine, told):
                self.state.pair(claim, near[0], CHANGED)

    def _like(self, claim: int, fact: int, wide: frozenset[str], other: frozenset[str]) -> float:
        clause = dice(self.mine.beside(claim), self.theirs.beside(fact))
        alike = 0.5 * dice(wide, other) + 0.3 * contained(wide, other) + 0.2 * clause
        return alike + _BESIDE if alike and self._beside(claim, fact) else alike

    def _beside(self, claim: int, fact: int) -> bool:
        """Whether a figure near the claim, in its sentence, rests on a fact near the other one."""
        for near in range(max(0, claim - _REACH), min(len(self.mine.facts), claim + _REACH + 1)):
            pair = self.state.pairs.get(near)
            if pair is None or not pair.agrees or pair.claim.sentence != self.mine.facts[claim].sentence:
                continue
            if (
                pair.fact.source == self.theirs.facts[fact].source
                and abs(self.state.index[near] - fact) <= _REACH
            ):
                return True
        return False


def _as_told(period: Fact) -> Period:
    """A period mention as the period that figures have."""
    start, end = _span(period)
    return Period(text=period.text, start=start, end=end)


def _in_a_month(fact: Fact) -> bool:
    """5月, 5月底, 5月上旬: no longer than a month."""
    start, end = _span(fact)
    known = start is not None and end is not None and (end - start).days <= 31
    return fact.kind is Kind.PERIOD and known and "月" in fact.text


def _form(text: str) -> str:
    plain = _close(text).removesuffix("起")
    found = _FORM.search(plain.removesuffix("前") if plain.endswith("底前") else plain)
    return found[0] if found else ""


def _close(text: str) -> str:
    """Without the blanks that some put around numbers: 2026 年 8 月."""
    return "".join(text.split())


def _specific(text: str) -> bool:
    text = _close(text)
    if _GIVEN.fullmatch(text):
        return True
    if _EDGE.search(text) and "日" not in text and "旬" not in text:
        return False
    return (_SPECIFIC.search(text) is not None or _YEAR.fullmatch(text) is not None) and not _OPEN.search(
        text
    )


def _span(fact: Fact) -> tuple[date | None, date | None]:
    return fact.mention.date_start, fact.mention.date_end


def _conflict(claim: Fact, period: Period) -> bool:
    """Whether the source's period says another time than the draft's; coarser words for the same time do not."""
    if not _specific(period.text):
        return False
    start, end = _span(claim)
    if end is None and period.end is None:
        return start is not None and period.start is not None and start != period.start
    if start is None and period.start is None:
        return end is not None and period.end is not None and end != period.end
    if end is None and start is not None and period.start is not None:
        return start != period.start  # 6月中旬起, of 5月中旬
    if start is None and end is not None and period.end is not None and _DUE.search(_close(claim.text)):
        return _DUE.search(_close(period.text)) is not None and end != period.end  # 9月底前, of 6月底
    if start is None or end is None or period.start is None or period.end is None:
        return False
    if start <= period.start and period.end <= end:
        return claim.text == "全年" and (end - start).days - (period.end - period.start).days > 31
    whole = _YEAR.fullmatch(period.text) or _BRIEF.search(period.text)
    return not whole or end < period.start or period.end < start


def as_period(fact: Fact) -> Fact:
    """A table's column head as the period that it names."""
    assert fact.period is not None
    mention = replace(
        fact.mention,
        kind=Kind.PERIOD,
        text=fact.period.text,
        value=None,
        date_start=fact.period.start,
        date_end=fact.period.end,
    )
    return replace(fact, mention=mention)


def part_of(part: Period | None, whole: Period | None) -> bool:
    """Whether a period lies within another one and is shorter (一月 of 一季度); no where an end is unknown."""
    return part is not None and whole is not None and part.part_of(whole)
