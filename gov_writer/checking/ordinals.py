"""Another number of an event than the sources': 第五届邻里节 for 第六届邻里节."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from gov_writer.domain import Source
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import small

_HAN = "\u4e00-\u9fff"
#: 第六届邻里节, 第3期青年夜校
_NUMBERED = lazy(
    rf"第(?P<number>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?P<what>[届期批次轮季][{_HAN}]{{3}})"
)


def changed(text: str, sources: Sequence[Source]) -> Iterator[tuple[int, int, str]]:
    """The places of a draft where the sources number the same event otherwise: start, end, their words.

    Only where all sources together name one number, and the draft nowhere names it.  Linear in draft and sources.
    """
    known: dict[str, dict[int, str]] = defaultdict(dict)
    for source in sources:
        for match in _NUMBERED.finditer(source.text):
            if (number := small(match["number"])) is not None:
                known[match["what"]].setdefault(number, match[0])
    told: dict[str, set[int | None]] = defaultdict(set)
    for match in _NUMBERED.finditer(text):
        told[match["what"]].add(small(match["number"]))
    for match in _NUMBERED.finditer(text):
        there = known.get(match["what"], {})
        if len(there) == 1 and told[match["what"]].isdisjoint(there):
            yield match.start(), match.end(), next(iter(there.values()))
