"""Bind the mentions of a source's prose to what they count, by whom, where, when and in which sentence.

One pass from block to block and sentence to sentence; the work per figure does not depend on the
length of the text. Tables are ``tables``' business; their mentions are handed back untouched.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gov_writer.domain import DATES, Block, BlockKind, Fact, Kind, Mention, Period, Source
from gov_writer.facts import asides
from gov_writer.facts.binding import actors, openers, phrases, sentence
from gov_writer.facts.binding.governing import Governing, carried, governs, of_plans, said_inside
from gov_writer.facts.binding.in_turn import in_turn
from gov_writer.matching.passages import plans
from gov_writer.text import LineIndex, MappedText, sentences
from gov_writer.text.lazy import lazy

_SCOPE = lazy(
    r"全(?:国|省|市|区|县|街道?|镇|域|辖区)|辖区|辖内|各社区|各村"
    r"|(?:\d{1,3}|[一二三四五六七八九十两]{1,3})个(?:社区|村|小区|网格)"
    r"|(?<=[在到对于])(?:[\u4e00-\u9fff]{2,5}?(?:社区|小区|新村|片区|广场|市场|网格)|[\u4e00-\u9fff]{2}村)"
)
#: （1）东岭社区：排查隐患12处
_WHERE = lazy(r"([\u4e00-\u9fff]{1,8}(?:社区|村|小区|片区|网格|街道))\**[：:]")
_MARK = lazy("[，,。；;]")
#: How many figures of a sentence the next one may go on with.
_KEPT = 8
#: Who does something may be what is counted: 志愿者参加活动120人次.
_PEOPLE = lazy("(?:者|员|干部|社工|党员)$")
_HEADS = frozenset({"人", "名", "人次", "位"})


class _Unfrozen:
    """A Fact while its fields are set, as ``piece`` makes mentions: without a call per field."""

    __slots__ = Fact.__slots__


@dataclass(slots=True)
class _Place:
    """Where the walk is: the block, its headings, and the period that earlier words set."""

    locator: str = ""
    heading: tuple[str, ...] = ()
    periods: tuple[Period | None, ...] = ()
    planned: bool = False
    #: A sentence that looks ahead has opened a list: 我将做到：走访1500户；开课20期。
    listed: bool = False
    told: Period | None = None
    base: Period | None = None  # what ``told`` was when the sentence began of which ； parts the clauses
    parts: int = 0  # periods that its clauses were headed by: 一季度…；上半年…。
    part: Period | None = None  # what a time inside a ； part says of the parts behind it
    when: Period | None = None  # that of the first figure of the sentence before
    counted: Sequence[tuple[str | None, str]] = ()  # units and subjects of the sentence before
    where: str = ""  # the place that opens the line, before a colon
    who: str = ""  # the office that opens it
    label: str = ""  # what opens the line, before a colon, and is counted below: 老旧小区改造：
    clue: str = ""  # a line that ends in a colon speaks for the items below it
    ahead: bool = False  # the line opens with 明年打算：, or stands below such a line
    clue_ahead: tuple[bool, Period | None] = (False, None)
    below: tuple[bool, Period | None] = (False, None)  # what a line such as 下半年： says of all below it

    def above(self) -> Period | None:
        """What the innermost heading with a period tells, None if none does."""
        return next((period for period in reversed(self.periods) if period), None) if self.periods else None


@dataclass(slots=True)
class Bound:
    """facts: bound, in text order.  loose: mentions in table rows.  labels: the rest."""

    facts: list[Fact] = field(default_factory=list)
    loose: list[Mention] = field(default_factory=list)
    labels: list[Mention] = field(default_factory=list)


def bind(
    source: Source, view: MappedText, mentions: Sequence[Mention], period: Period | None, *, first: int = 1
) -> Bound:
    """Facts of everything but tables.

    view: the source's text as ``readable`` gives it; subjects are read from it, while all spans, of
    mentions and facts, are into ``source.text``.  period: what facts without a period of their own belong to.
    first: the number of the first fact's id.
    """
    bound = Bound()
    left_out = asides.spans(view.text)
    walk = _Walk(source, view, period, bound)
    walk.number = first - 1
    walk.asides = left_out
    blocks = source.blocks or tuple(_lines(source))
    spots = _Spots(view)
    kept = list(mentions) if view.starts is None else [walk.seen(m, spots) for m in mentions]
    if left_out:
        kept = [m for m in kept if not _inside(left_out, m.start)]
    starts = [m.start for m in kept]
    at = 0
    for block in blocks:
        lo, hi = spots(block.start), spots(block.end)
        first = bisect_left(starts, lo, at)
        at = bisect_left(starts, hi, first)
        here = kept[first:at]
        if block.kind is BlockKind.ROW:
            bound.loose += [walk.originals.get(id(m), m) for m in here]
        else:
            walk.block(block, lo, hi, here)
    return bound


class _Walk:
    def __init__(self, source: Source, view: MappedText, period: Period | None, bound: Bound) -> None:
        self.source, self.view, self.period, self.bound = source, view, period, bound
        self.text = view.text
        self.number = 0
        self.asides: Sequence[tuple[int, int]] = ()
        self.originals: dict[int, Mention] = {}
        self.place = _Place()
        self.scoped = (-1, 0, "")  # a clause, up to where it was searched for a place, the place
        self.sentences = sentences(self.text)
        self.sentence_starts = [start for start, _ in self.sentences]

    def seen(self, mention: Mention, spots: _Spots) -> Mention:
        """The mention with its spans in the readable view; ``originals`` knows where it came from."""
        start, end = spots(mention.start), spots(mention.end)
        moved = replace(
            mention,
            start=start,
            end=end,
            text=self.text[start:end],
            core_start=spots(mention.core_start),
            core_end=spots(mention.core_end),
        )
        self.originals[id(moved)] = mention
        return moved

    def block(self, block: Block, lo: int, hi: int, mentions: list[Mention]) -> None:
        place = self.place
        place.locator = block.locator
        begin = sentence.past_marks(self.text, lo, hi)
        if not openers.LOOKS_BACK.match(self.text, begin, hi):
            place.counted, place.when = (), None
        place.told, place.ahead = None, False
        named = _WHERE.match(self.text, begin, hi)
        place.where = named[1] if named else ""
        place.who = "" if named else actors.label(self.text, begin, hi)
        place.label = "" if named or place.who else openers.label(self.text, begin, hi)
        if block.kind is BlockKind.HEADING:
            self._heading(block.level, self.text[lo : min(hi, lo + 80)].strip(), mentions)
        elif block.kind is not BlockKind.ITEM:
            place.clue, place.clue_ahead = "", (False, None)
        else:
            place.ahead, place.told = place.clue_ahead
        if block.kind is not BlockKind.HEADING:
            if (head := openers.heads(self.text, begin, hi, mentions, self.period)) is not None:
                place.below = (head[0], head[1].as_period())
            elif not mentions and self.text[begin:hi].rstrip().endswith(("：", ":")):
                place.below = (False, None)
            if place.told is None and not place.ahead:
                place.ahead, place.told = place.below
            ahead, when = openers.opens_plan(self.text, begin, hi, mentions, self.period)
            place.ahead = ahead or place.ahead
            place.told = when.as_period() if when is not None else place.told
        for (start, end), group in self._by_sentence(mentions, lo, hi):
            self._sentence(start, end, group)
        tail = self.text[max(lo, hi - 40) : hi].rstrip()
        if tail.endswith(("：", ":")):
            place.clue = _MARK.split(tail[:-1])[-1]
            place.clue_ahead = (place.ahead, place.told)

    def _heading(self, level: int, title: str, mentions: list[Mention]) -> None:
        place, depth = self.place, max(level, 1) - 1
        said = next((m.as_period() for m in mentions if m.kind is Kind.PERIOD), None)
        place.heading = (*place.heading[:depth], title)
        place.periods = place.periods[:depth]
        above = place.above()
        place.periods = (*place.periods, above if said is None or plans.is_mixed(title) else said)
        place.planned = plans.announced(place.heading)
        place.clue, place.clue_ahead = "", (False, None)
        place.below = (False, None)

    def _by_sentence(
        self, mentions: list[Mention], lo: int, hi: int
    ) -> Iterator[tuple[tuple[int, int], list[Mention]]]:
        group: list[Mention] = []
        number = -1
        for mention in mentions:
            if mention.kind is Kind.LABEL:
                self.bound.labels.append(self.originals.get(id(mention), mention))
                continue
            here = bisect_right(self.sentence_starts, mention.start) - 1
            if here != number and group:
                yield self._clipped(number, lo, hi), group
                group = []
            number = here
            group.append(mention)
        if group:
            yield self._clipped(number, lo, hi), group

    def _clipped(self, number: int, lo: int, hi: int) -> tuple[int, int]:
        start, end = self.sentences[max(number, 0)]
        return max(start, lo), min(end, hi)

    def _sentence(self, start: int, end: int, group: list[Mention]) -> None:
        place = self.place
        times, days, figures = _sorted(group)
        if figures and (plans_told := of_plans(self.text, start, end)):
            times = sorted((*times, *plans_told), key=lambda time: time.start)
        line = self.text[start:end]
        cuts = [(sentence.opening(self.text, m), m.end) for m in (*times, *days)]
        cuts += sentence.touching(self.asides, start, end)
        holed = sentence.holed(line, start, cuts) if cuts else line
        turns = in_turn(self.text, times, figures) if times and figures else {}
        said = self._said(holed, start, figures, turns) if figures else []
        subject = {id(m): s for m, s in zip(figures, said, strict=True)}
        clauses = sentence.Clauses(line, start, end)
        governing = Governing(self.text, (start, end), times, figures) if times else None
        default = self._default(start, line, times)
        listed = place.listed and self.text[max(0, start - 1)] in "；;"
        ahead = 0 if place.planned or place.ahead or listed else plans.ahead_from(line)
        place.listed = ahead is not None and (listed or "：" in line)
        acting = self._acting(holed, start, figures, said, [e for e in clauses.ends if e <= group[-1].start])
        place.when, last = None, None
        for mention in group:
            clause = clauses.around(mention)
            words_ = subject.get(id(mention), "")
            if mention.kind in DATES:
                words_ = sentence.event(holed, mention.start - start, mention.end - start)
            actor = acting.at(mention.start - start) or place.who
            when = turns.get(id(mention)) or (governing.of(mention, clause) if governing else None) or default
            if id(mention) in subject:
                last = when
                place.when = place.when or when
            self._add(
                mention,
                (start, end),
                clause,
                subject=_without(words_, actor, mention),
                actor="" if words_ == actor else actor,
                scope=self._scope(clause[0], mention.start) if words_ else place.where,
                period=mention.as_period() if mention.kind is Kind.PERIOD else when,
                planned=ahead is not None and ahead < clause[1] - start,
            )
        if last != place.when:
            place.when = None  # 从2010年的86户增加到2015年的92户: which of them a part belongs to is not told

    def _said(self, holed: str, start: int, figures: list[Mention], timed: Collection[int]) -> list[str]:
        """What the figures of a sentence count; timed: those (by ``id``) that a list of times tells one after the other."""
        place = self.place
        fallback = place.clue or (sentence.plain_title(place.heading[-1]) if place.heading else "")
        looks_back = place.counted and openers.LOOKS_BACK.match(
            self.text, sentence.past_marks(self.text, start)
        )
        if place.counted and self.text[max(0, start - 1) : start] in {"；", ";"}:
            fallback = place.counted[-1][1].partition("其中")[0] or fallback  # …；两年平均增长4%
        if looks_back:
            fallback = ""  # 去年是12个: of what the sentence before counts
        earlier = openers.whole(holed, start, figures, place.counted) if place.counted else ""
        said = phrases.subjects(holed, start, figures, fallback, earlier, place.counted, timed)
        if looks_back:
            said = [openers.as_before(f, s, place.counted) for f, s in zip(figures, said, strict=True)]
        if place.label:
            said = [openers.under(place.label, words_) for words_ in said]
        place.counted = [
            (f.unit, s)
            for f, s in zip(figures[-_KEPT:], said[-_KEPT:], strict=True)
            if f.kind is Kind.QUANTITY and f.core_start - f.start < 2  # no rise or fall
        ]
        return said

    def _default(self, start: int, line: str, times: Sequence[Mention]) -> Period | None:
        """When the figures of a sentence were that none of its own times governs."""
        place = self.place
        if self.text[max(0, start - 1)] not in "；;":
            place.told = place.base if place.parts > 1 else place.told
            place.base, place.parts, place.part = place.told, 0, None
        place.parts += bool(times and governs(times[0]))
        if times and sentence.leads(self.text, start, times[0]):
            place.told = times[0].as_period() if place.ahead else carried(times)
        default = place.part or place.told or place.above() or self.period
        if times:
            place.part = said_inside(self.text, times, self.period) or place.part
        if place.when is not None and "其中" in line[:14] and sentence.parts(self.text, start):
            default = place.when  # 8月救助24户。其中东岭村2户；石桥村3户
            place.part = place.part or place.when
        return default

    def _acting(
        self, holed: str, start: int, figures: list[Mention], said: list[str], ends: list[int]
    ) -> actors.Acting:
        if not figures:
            return actors.NOBODY
        lead = sentence.past_marks(holed)
        acting = actors.acting(holed, lead, [end - start for end in ends])
        if said[0] == acting.at(figures[0].start - start):
            return actors.NOBODY  # 志愿者共599人: who is counted does nothing
        return acting

    def _scope(self, clause: int, at: int) -> str:
        begin, last, found = self.scoped
        if begin != clause:
            last, found = clause, ""
        if not found:  # what stands before the last figure was looked at
            match = _SCOPE.search(self.text, max(clause, at - 60, last - 12), at)
            found = match[0] if match else ""
        self.scoped = clause, at, found
        return found or self.place.where

    def _add(
        self,
        mention: Mention,
        line: tuple[int, int],
        clause: tuple[int, int],
        *,
        subject: str,
        actor: str,
        scope: str,
        period: Period | None,
        planned: bool,
    ) -> None:
        """Number the fact and give it its place; its spans go back to the source's text."""
        if self.view.starts is not None:
            mention = self.originals[id(mention)]
            line, clause = self.view.span(*line), self.view.span(*clause)
        self.number += 1
        made: Any = _Unfrozen()
        made.id, made.source, made.locator = f"F{self.number}", self.source.id, self.place.locator
        made.mention, made.subject, made.actor, made.scope = mention, subject, actor, scope
        made.period, made.sentence, made.clause = period, line, clause
        made.heading, made.planned = self.place.heading, planned
        made.cell = made.amended = None
        made.__class__ = Fact
        self.bound.facts.append(made)


def _without(subject: str, actor: str, mention: Mention) -> str:
    """The subject without who did it; 志愿者参加活动120人次 keeps them, for they are counted."""
    counted = mention.unit in _HEADS and _PEOPLE.search(actor) is not None
    if not actor or counted or subject == actor or not subject.startswith(actor):
        return subject
    return phrases.bare(subject[len(actor) :]) or subject


def _sorted(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention], list[Mention]]:
    """The periods, the dates, and what binds words: all that counts, and X个; a masked name (**街道) is a word itself."""
    times: list[Mention] = []
    days: list[Mention] = []
    figures: list[Mention] = []
    for mention in mentions:
        kind = mention.kind
        if kind is Kind.PERIOD:
            times.append(mention)
        elif kind in DATES:
            days.append(mention)
        elif kind is not Kind.PLACEHOLDER or mention.sub != "masked":
            figures.append(mention)
    return times, days, figures


class _Spots:
    """Offsets of the source as offsets of its readable view."""

    def __init__(self, view: MappedText) -> None:
        self.starts = view.starts

    def __call__(self, offset: int) -> int:
        return offset if self.starts is None else bisect_left(self.starts, offset)


def _inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(spans, (offset, len(spans) and spans[-1][1] + 1)) - 1
    return at >= 0 and spans[at][0] <= offset < spans[at][1]


def _lines(source: Source) -> Iterator[Block]:
    """Blocks for a source that came without: its lines."""
    index = LineIndex(source.text)
    for start, end in _line_spans(source.text):
        yield Block(start=start, end=end, locator=f"第{index.at(start)[0]}行")


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1
