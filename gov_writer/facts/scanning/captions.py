"""（单位：万元）: a unit that is told once and holds for the numbers below that have none of their own.

On a line of its own it holds to the next heading, at the end of a heading for the whole of its section, at the end of
the first line for the whole text. The innermost one counts, and a number's own unit before any.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from gov_writer.domain import Kind
from gov_writer.facts.notation.units import unit_at
from gov_writer.facts.scanning.piece import Piece
from gov_writer.matching.units import split_scale
from gov_writer.text.lazy import lazy

_CAPTION = lazy(
    r"单位\s?[：:]\s?(?P<unit>[\u4e00-\u9fff/%]{1,8})[）)】\]*]*[ \t]*$",
    re.MULTILINE,
    needs="单",
)
#: What may stand right before it.
_BEFORE = lazy(r"(?:^|[（(【\[*\s])(?:计量|数据|金额)?$")
_ALONE = lazy(r"[\s*（(【\[]*(?:计量|数据|金额)?$")
_HEADLINE = lazy(
    r"^[ \t\u3000]*(?:(?P<hash>#{1,6})\s|(?P<one>[一二三四五六七八九十]{1,3}、)|(?P<two>[（(][一二三四五六七八九十]{1,3}[）)]))",
    re.MULTILINE,
)
_NUMBER = lazy(r"[0-9]{1,12}(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
#: What may stand behind a number that ends its clause or its line.
_ENDS = frozenset("，。；;,、）)（(\n ！和")
_PLAIN = frozenset({"count", "zero-claim"})
_LONGEST = 60


class Caption(NamedTuple):
    """unit: each number is told in it, times ``scale``.  words: both as written.  end: where it holds no more."""

    end: int
    unit: str
    scale: int
    words: str


class Captions:
    """The captions of one text: which one holds at a place."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._holding: list[Caption | None] = []
        open_: list[Caption] = []
        for start, caption in _captions(text):
            self._close(open_, start)
            open_.append(caption)
            self._hold(start, caption)
        self._close(open_, len(text) + 1)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def at(self, offset: int) -> Caption | None:
        """The innermost caption that holds at an offset, None if none does."""
        index = bisect_right(self._starts, offset) - 1
        return self._holding[index] if index >= 0 else None

    def _hold(self, start: int, caption: Caption | None) -> None:
        self._starts.append(start)
        self._holding.append(caption)

    def _close(self, open_: list[Caption], at: int) -> None:
        while open_ and open_[-1].end <= at:
            ended = open_.pop()
            self._hold(ended.end, open_[-1] if open_ else None)


def _captions(text: str) -> Iterator[tuple[int, Caption]]:
    """Each caption and where it begins to hold, in order; nothing for most texts."""
    found = list(_CAPTION.finditer(text))
    if not found:
        return
    heads = [(match.start(), _level(match)) for match in _HEADLINE.finditer(text)]
    below = {level: [at for at, here in heads if here <= level] for level in {here for _, here in heads}}
    every, levels = [at for at, _ in heads], dict(heads)
    first = len(text) - len(text.lstrip())
    for match in found:
        scale, unit = split_scale(match["unit"])
        begin = text.rfind("\n", 0, match.start()) + 1
        if unit_at(unit, 0) != unit or unit == "大" or match.start() - begin > _LONGEST:
            continue
        if not _BEFORE.search(text[begin : match.start()]):  # 责任单位：
            continue
        if begin in levels:
            ends = below[levels[begin]]
        elif _ALONE.fullmatch(text, begin, match.start()):
            ends = every
        elif begin <= first < match.end() and "。" not in text[begin : match.start()]:
            ends = []
        else:
            continue
        index = bisect_right(ends, match.end())
        end = ends[index] if index < len(ends) else len(text) + 1
        yield match.end(), Caption(end, unit, scale, match["unit"])


def _level(match: re.Match[str]) -> int:
    return len(match["hash"]) if match["hash"] else 1 if match["one"] else 2


def apply(pieces: Iterable[Piece], text: str) -> None:
    """Give numbers without a unit the one of the caption above them, in place."""
    told = Captions(text)
    if not told:
        return
    for piece in pieces:
        scope = told.at(piece.start)
        if scope is None or piece.unit is not None or piece.end - piece.start > 20:
            continue
        if piece.kind is Kind.QUANTITY and piece.sub in _PLAIN and piece.scale == 1 and piece.arabic:
            _measured(piece, scope)
        elif piece.kind is Kind.LABEL and piece.sub == "word" and _is_figure(piece, text):
            piece.kind = Kind.QUANTITY
            piece.value = Decimal(text[piece.start : piece.end].replace(",", ""))
            exponent = piece.value.as_tuple().exponent
            piece.step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
            _measured(piece, scope)


def _is_figure(piece: Piece, text: str) -> bool:
    words, before, after = (
        text[piece.start : piece.end],
        text[piece.start - 1 : piece.start],
        text[piece.end : piece.end + 1],
    )
    if _NUMBER.fullmatch(words) is None or (after and after not in _ENDS):
        return False
    year = len(words) == 4 and words[:2] in {"19", "20"}
    return (
        "\u4e00" <= before <= "\u9fff"
        if year or not before
        else before in "：: |" or "\u4e00" <= before <= "\u9fff"
    )


def _measured(piece: Piece, scope: Caption) -> None:
    piece.unit, piece.sub = scope.unit, "captioned"
    if piece.value is not None:
        piece.value, piece.bare = piece.value * scope.scale, piece.value
    if piece.top is not None:
        piece.top *= scope.scale
    piece.step = (piece.step or Decimal(1)) * scope.scale
