"""Figures of a draft that need no fact of their own: what announces, retells or names the report's own period."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from functools import cached_property

from gov_writer.domain import DATES, Fact, Kind, Ledger, Source
from gov_writer.matching.pairing import Alignment, Pair
from gov_writer.matching.values import Verdict, compare
from gov_writer.text.lazy import lazy

#: 两项合计: what was just told, not a count of its own.
_RECALLED = lazy(r"[两二三四五六](?:项|者)(?:合计|共计|共|相加|加起来)")
#: 历时100天。100天里: a figure that goes on from itself.
_STOPS = frozenset("，。；、")
#: A rank that is told of what comes after the first.
_NEXT = lazy(r"[\s，,、]{0,2}(?:次之|其次|紧随其后|位居其后|列第二|居次席)")
_THING = lazy(r"[\u4e00-\u9fff]{2}")
_ANNOUNCED = lazy(r"[两二三四五六七八九十](?:个|大|种|类|项)[“‘][^”’\n]{1,8}[”’][^。；\n]{0,12}[：:]")
#: What a report on that many days may call its own period.
_SPANS = {"半年": 182, "一年": 365}
#: 亿元以上, 超千万元: without a number.
_SIZE_CLASS = lazy("[超过逾]?[十百千]?[万亿]{1,2}元(?:以[上下])?")
#: 5个项目中最低, 3个小区均已完工
_OF_THEM = lazy("[\u4e00-\u9fff]{2}(?:[中里]|之[中一]|[均都全])")
#: Figures before one that may tell how many there are.
_MOST_BEFORE = 120
#: 60岁以上, 90平方米以下: whom a column counts.
_GROUP = lazy("以上|以下|以内|以外|岁")
_LEADS_TO = lazy(r"[两二三四五六七八九十](?:个|大|种|类|家|方|级|件|点)[^，。；：:\d]{1,6}[：:]")


#: 时间过半、任务过半: how half-years are summed up, no share of anything.
_HALF_DONE = frozenset({"时间", "任务"})


class Exempt:
    """Asks of one claim after the other.

    known: the first and last day of the report's period and its as-of day, as far as known (None: an open end).
    """

    def __init__(
        self, draft: Source, claims: Ledger, against: Ledger, alignment: Alignment, known: Set[date | None]
    ) -> None:
        self._text, self._claims, self._against, self._alignment = draft.text, claims, against, alignment
        self._known = known

    def announces(self, claim: Fact) -> bool:
        """两项合计, 在三个“再”上下功夫：…, 半年 in a report on half a year: no count of its own."""
        announced = _RECALLED.match(self._text, claim.start) or _ANNOUNCED.match(self._text, claim.start)
        halves = claim.text == "过半" and self._text[max(0, claim.start - 2) : claim.start] in _HALF_DONE
        return bool(announced) or halves or self._whole_period(claim) or self._is_class(claim)

    def _is_class(self, claim: Fact) -> bool:
        """亿元以上项目: a class of size, where a source has it in these words."""
        return _SIZE_CLASS.fullmatch(claim.text) is not None and any(
            claim.text in source.text for source in self._against.sources
        )

    def leads_to(self, claim: Fact) -> bool:
        """两种形式：, 三大“工程”：: how many of what follows."""
        return _LEADS_TO.match(self._text, claim.start) is not None

    def second(self, claim: Fact) -> bool:
        """排名第二, where the note says 次之 of what stands beside it."""
        if claim.kind is not Kind.RANK or claim.value != 2:
            return False
        pair = next((self._alignment.pairs.get(c.id) for c in self._claims.before(claim)), None)
        if pair is None or not pair.agrees:
            return False
        text = self._against.source(pair.fact.source).text
        return _NEXT.match(text, pair.fact.end) is not None

    def told_before(self, claim: Fact) -> Pair | None:
        """The pair of a figure that the draft tells a second time: 社区党委9个……给9个社区党委; 历时100天。100天里."""
        text = self._text
        thing = text[claim.end : claim.end + 2]
        for other in reversed(self._claims.before(claim, 30)):
            pair = self._alignment.pairs.get(other.id)
            if pair is None or compare(claim.mention, pair.fact.mention) is not Verdict.SAME:
                continue
            opens = claim.start - other.end <= 8 and text[claim.start - 1 : claim.start] in _STOPS
            named = _THING.fullmatch(thing) and (thing in other.subject or text.startswith(thing, other.end))
            if opens or named:
                return pair
        return None

    def again(self, claim: Fact) -> bool:
        """为5个项目中最低: how many there are of a thing that the draft counted before, and its sources tell one by one."""
        thing = self._text[claim.end : claim.end + 2]
        if claim.kind is not Kind.QUANTITY or not _OF_THEM.match(self._text, claim.end):
            return False
        return any(
            other.value == claim.value and other.unit == claim.unit and thing in other.subject
            for other in self._claims.before(claim, _MOST_BEFORE)
        )

    def _whole_period(self, claim: Fact) -> bool:
        """半年 in a report on half a year."""
        if claim.text not in _SPANS or len(self._known) < 2:
            return False
        days = [day for day in self._known if day]
        return abs((max(days) - min(days)).days + 1 - _SPANS[claim.text]) < 5

    def given(self, claim: Fact) -> bool:
        """The report's own period and as-of day need no source."""
        if claim.kind not in DATES:
            return False
        days = {claim.mention.date_start, claim.mention.date_end}
        return None not in days and days <= self._known

    def verbatim(self, claim: Fact) -> bool:
        """Whether a source has the figure in the same words, though nothing was bound there."""
        if _GROUP.search(claim.text) and claim.text in self._heads:
            return True
        start, end = (
            max(claim.sentence[0], claim.start - 5),
            min(max(claim.sentence[1], claim.end), claim.end + 5),
        )
        words = self._text[start:end].strip()
        return len(words) >= claim.end - claim.start + 6 and any(
            words in s.text for s in self._against.sources
        )

    @cached_property
    def _heads(self) -> str:
        """What stands over the columns and before the rows of the sources' tables."""
        return "\n".join(
            source.text[cell.start : cell.end]
            for source in self._against.sources
            for table in source.tables
            for cell in table.cells
            if cell.is_header
        )
