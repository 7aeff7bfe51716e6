"""How alike two facts are in what they count, however they say it.

Subjects are compared by the pairs of characters that they share, after synonyms are brought to one word
and words that say nothing about what is counted are dropped (three tables in ``lexicon/data``). Near twins,
such as 男 and 女 or 新增 and 累计, share nearly all pairs and still count different things: a table of
them pulls their likeness down. Features are made once per subject; a pair costs two set operations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from gov_writer.domain import DATES, Fact, Kind, Period
from gov_writer.lexicon import rows, words
from gov_writer.matching import units
from gov_writer.matching.units import Kinship
from gov_writer.text.lazy import lazy

_NOT_WORD = lazy(r"[^\u3400-\u9fffA-Za-z0-9%]+")
#: Subjects are short; what stands beyond is no subject.
_LONGEST = 80
#: Factors of disagreement: what is left of the likeness when one thing differs.
TWINS, HALF_TWIN = 0.4, 0.92
OTHER_UNIT, KIN_UNIT = 0.75, 0.97
OTHER_KIND = 0.45
OTHER_PERIOD, OTHER_PLAN, OTHER_PLACE = 0.6, 0.8, 0.85
OTHER_HEADING = 0.98
#: What an abbreviation (拆违) has in common with what it stands for (拆除违法建设); two characters say less.
SHORT_FORM, SHORTEST_FORM = 0.72, 0.6
_RATES = frozenset({Kind.PERCENT, Kind.GROWTH})


@dataclass(frozen=True, slots=True)
class Features:
    """A subject made comparable.  pairs: neighbouring characters of what tells; all: of everything.

    marks: per twin group (by number) the members that the subject names.
    """

    plain: str
    pairs: frozenset[str]
    everything: frozenset[str]
    marks: tuple[tuple[int, frozenset[int]], ...]


def similarity(a: Fact, b: Fact) -> float:
    """0 to 1: how surely two facts count the same thing, values apart.

    1 means the same words, unit, place and period. Facts whose subjects are near twins (男, 女) stay
    below 0.5. Units that don't compare lower the likeness without ruling it out: a slip in the unit
    should still be found beside its source.
    """
    both = (a.kind in DATES) + (b.kind in DATES)
    if both == 1:
        return 0.0
    likeness = alike(a.subject, b.subject)
    if likeness == 0.0:
        return 0.0
    if both == 0:
        likeness *= _unit_factor(a, b)
    if a.period is not b.period:
        likeness *= _period_factor(a.period, b.period)
    if a.planned != b.planned:
        likeness *= OTHER_PLAN
    if a.scope != b.scope and a.scope and b.scope and not _overlap(a.scope, b.scope):
        likeness *= OTHER_PLACE
    if a.actor != b.actor and a.actor and b.actor and not _overlap(a.actor, b.actor):
        likeness *= OTHER_PLACE
    if (
        a.heading
        and b.heading
        and a.heading[-1] != b.heading[-1]
        and not _overlap(a.heading[-1], b.heading[-1])
    ):
        likeness *= OTHER_HEADING  # only tells equals apart: a draft may arrange things anew
    return likeness


@lru_cache(maxsize=32768)
def alike(a: str, b: str) -> float:
    """Likeness of two subjects as words, 0 to 1."""
    if a == b:
        return 1.0 if a else 0.0
    one, two = features(a), features(b)
    if not one.pairs or not two.pairs:
        return 0.0
    shared = len(one.pairs & two.pairs)
    dice = 2 * shared / (len(one.pairs) + len(two.pairs))
    inside = shared / min(len(one.pairs), len(two.pairs))
    likeness = 0.65 * dice + 0.35 * inside
    if likeness < SHORT_FORM:
        likeness = max(likeness, _abbreviated(one.plain, two.plain))
    if likeness == 0.0:
        return 0.0
    if one.pairs == two.pairs:  # they differ in words that tell little: 累计, 共
        surface = len(one.everything & two.everything) / max(len(one.everything | two.everything), 1)
        likeness = 0.94 + 0.05 * surface
    return likeness * _twin_factor(one, two)


def opposed(a: str, b: str) -> bool:
    """Whether two subjects name near twins that exclude each other (男 and 女)."""
    return _twin_factor(features(a), features(b)) == TWINS


def _abbreviated(one: str, two: str) -> float:
    """How surely one subject is the short form of the other: its characters stand in the other, in order."""
    short, long = (one, two) if len(one) <= len(two) else (two, one)
    size = len(short)
    if not (2 <= size < len(long) <= 4 * size) or short[0] not in long or short[-1] not in long:
        return 0.0
    rest = iter(long)
    if not all(character in rest for character in short):
        return 0.0
    return SHORT_FORM if size > 2 else SHORTEST_FORM


@lru_cache(maxsize=16384)
def features(subject: str) -> Features:
    """The features of a subject; an empty one shares nothing with any."""
    bare = _NOT_WORD.sub("", subject[:_LONGEST])
    joined = _synonyms().sub(lambda match: _canon()[match[0]], bare)
    telling = _generic().sub("", joined) or joined
    return Features(telling, _pairs(telling), _pairs(joined), _marks(bare))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset(text)


def _marks(text: str) -> tuple[tuple[int, frozenset[int]], ...]:
    found: dict[int, set[int]] = {}
    for match in _twin_words().finditer(text):
        for group, member in _twin_places()[match[1]]:
            found.setdefault(group, set()).add(member)
    return tuple((group, frozenset(members)) for group, members in sorted(found.items()))


def _twin_factor(one: Features, two: Features) -> float:
    if one.marks == two.marks:
        return 1.0
    theirs = dict(two.marks)
    factor = 1.0
    for group, members in one.marks:
        others = theirs.pop(group, None)
        if others is None:
            factor = min(factor, HALF_TWIN)
        elif members.isdisjoint(others):
            return TWINS
        elif members != others:
            factor = min(factor, HALF_TWIN)
    return min(factor, HALF_TWIN) if theirs else factor


def _unit_factor(a: Fact, b: Fact) -> float:
    kinds = {a.kind, b.kind}
    if Kind.PLACEHOLDER in kinds:
        return 1.0
    if len(kinds) > 1 and not kinds <= _RATES:
        return OTHER_KIND
    if kinds <= _RATES:
        return 1.0 if len(kinds) == 1 else KIN_UNIT
    match units.kinship(a.unit, b.unit):
        case Kinship.SAME | Kinship.CONVERTIBLE:
            return 1.0
        case Kinship.KIN:
            return KIN_UNIT
        case _:
            return OTHER_UNIT


def _period_factor(a: Period | None, b: Period | None) -> float:
    """Two periods that both are known and lie apart; one inside the other is how people write."""
    if a is None or b is None or a.end is None or b.end is None:
        return 1.0
    if a.start == b.start and a.end == b.end:
        return 1.0
    return OTHER_PERIOD if a.before(b) or b.before(a) else KIN_UNIT


def _overlap(a: str, b: str) -> bool:
    return a in b or b in a or not features(a).pairs.isdisjoint(features(b).pairs)


# --- the tables as patterns ------------------------------------------------------------------------


@cache
def _canon() -> dict[str, str]:
    table: dict[str, str] = {}
    for word, others in rows("synonyms"):
        for other in others.split():
            table.setdefault(other, word)
    return table


@cache
def _synonyms() -> re.Pattern[str]:
    return _any_of(_canon())


@cache
def _generic() -> re.Pattern[str]:
    return _any_of(words("generic_words"))


@cache
def _twin_places() -> dict[str, tuple[tuple[int, int], ...]]:
    """Spelling → the (group, member) pairs that it names."""
    places: dict[str, list[tuple[int, int]]] = {}
    for number, row in enumerate(rows("twins")):
        for member, spellings in enumerate(row):
            for spelling in spellings.split("|"):
                places.setdefault(spelling, []).append((number, member))
    return {word: tuple(found) for word, found in places.items()}


@cache
def _twin_words() -> re.Pattern[str]:
    """Matches at every place where a spelling begins (a look-ahead, so that 新增 in 新增加 is seen)."""
    return re.compile(f"(?=({_alternation(_twin_places())}))")


def _any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_alternation(spellings))


def _alternation(spellings: Iterable[str]) -> str:
    listed = sorted(spellings, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in listed)
