"""Sentences of last year's report that stand in this year's nearly unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gov_writer.checking.rules.comparing.years import YearOnYear
from gov_writer.domain import TIMES, Fact
from gov_writer.matching.passages import near
from gov_writer.text import sentences
from gov_writer.text.lazy import lazy

#: Shorter sentences are formulas that every year has; with figures fewer words will do.
SHORTEST, WITH_FIGURES = 45, 18
#: What was wanting last year is told again word for word only where nobody looked; it takes fewer words, but all of them.
_WANTING, SAME_WORDS = (
    lazy("(?:还有|存在|还存在|仍有|面临)[^。]*(?:问题|不足|困难|短板)|(?:不足|不强|薄弱|短缺|断档|滞后)"),
    0.95,
)
#: Share of common runs of characters from which a sentence counts as last year's.
ALIKE = 0.8
#: Formulas that all reports share.
OPENING = lazy(
    "坚强领导下|正确领导下|关心支持下|以习近平|指导思想|深入贯彻|党的二十|表示[^，。]{0,6}感谢|民主党派|人大|政协|人民代表大会"
    "|旗帜|宗旨|方针|精神实质|同志们|各位代表|不忘初心|中国梦|伟大复兴"
)
#: Resolutions repeat from year to year and claim nothing about it.
_RESOLVES = lazy("(?:我们)?(?:要|必须|应当|始终坚持|坚持以)")


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence of the new text, ``[start, end)``, and the old one that it was.  figures: repeated with it."""

    start: int
    end: int
    old: tuple[int, int]
    figures: int


def left_in(years: YearOnYear) -> tuple[Left, ...]:
    """What was left in of last year's text, in the order of the new one."""
    if years.old.sources[0].sha256 == years.new.sources[0].sha256:
        return ()
    return _left_in(years)


@lru_cache(maxsize=4)
def _left_in(years: YearOnYear) -> tuple[Left, ...]:
    old, new = years.old.sources[0].text, years.new.sources[0].text
    ours = _told(new)
    theirs = _told(old)
    mine, others = _figures(years.new.facts), _figures(years.old.facts)
    found = []
    for a, b in near.pairs([words for _, words in theirs], [words for _, words in ours], alike=ALIKE):
        (was, _), ((start, end), words) = theirs[a], ours[b]
        here = [text for at, text in mine if start <= at < end]
        there = [text for at, text in others if was[0] <= at < was[1]]
        if here and there and here != there:
            continue  # this year's figures were put in
        same = here == there and len(set(here)) > 1
        wanting = _WANTING.search(new, start, end) is not None
        again = wanting and near.likeness(near.runs(theirs[a][1]), near.runs(words)) >= SAME_WORDS
        if len(words) >= SHORTEST or ((same or again) and len(words) >= WITH_FIGURES):
            found.append(Left(start, end, was, len(here) if same else 0))
    return tuple(sorted(found, key=lambda one: one.start))


def _told(text: str) -> list[tuple[tuple[int, int], str]]:
    """Sentences with their words as they are compared: no digits, no marks; without formulas of opening."""
    found = []
    for start, end in sentences(text):
        said = text[start:end]
        words = near.plain(said)
        if len(words) >= WITH_FIGURES and not OPENING.search(said) and not _RESOLVES.match(said):
            found.append(((start, end), words))
    return found


def _figures(facts: tuple[Fact, ...]) -> list[tuple[int, str]]:
    return [(f.start, f.text) for f in facts if f.kind not in TIMES and len(f.text.strip("一个")) > 1]
