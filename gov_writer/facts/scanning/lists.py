"""What members of a list share: 分别增长5%、8%和12%, 2.1个和0.8个百分点, 3、5万元, 第1、第2."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from gov_writer.domain import Kind
from gov_writer.facts.notation.directions import comparison
from gov_writer.facts.scanning.piece import Piece
from gov_writer.facts.scanning.surroundings import POINTS
from gov_writer.text.lazy import lazy

#: Also 高于全国0.7、全省2.3个百分点: what it is compared with stands between.
_LINK = lazy(r"\s?(?:(?:、|和|及|与|以及|或|/)\s?$|[、和](?:全[国省市区县]|我[省市区县])$)")
_GROWN = lazy("(?:大幅|稳步|快速|迅速)?[增提扩上下减降压缩跃回][\u4e00-\u9fff]{0,2}[到至]")
_LAST_YEAR, _MARKS, _IS = lazy("(?:去年|上年|上一年)(?:同期)?"), lazy(r"[，,（(\s]{1,2}"), lazy("[是为]?")
_BEFORE_THAT = lazy("[，,（(]?(?:原先|原来|之前|此前|以前|过去|[比较]原来)[是为的]?")
_FIGURES = frozenset({Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH})


def share(pieces: list[Piece], text: str) -> None:
    """Give bare members their neighbours' unit (from the right) and direction (from the left), in place.

    Members are linked by 、, 和, 及 and the like alone: a comma begins another statement.
    """
    links = [
        pieces[i].kind in _FIGURES
        and pieces[i + 1].kind in _FIGURES
        and (start := _start(pieces[i + 1])) - pieces[i].end <= 4
        and _LINK.match(text, pieces[i].end, start) is not None
        for i in range(len(pieces) - 1)
    ]
    for i in range(len(links) - 1, -1, -1):
        if links[i]:
            _unit(pieces[i], pieces[i + 1])
    for i, (before, after) in enumerate(pairwise(pieces), 1):  # 由8300万增加到1亿
        if (
            after.unit is None
            and before.unit is not None
            and before.kind is after.kind is Kind.QUANTITY
            and after.scale > 1
            and _GROWN.fullmatch(text, before.end, after.start)
        ):
            after.unit, after.sub = before.unit, before.sub
        if (
            after.unit == "个"
            and before.unit is not None
            and before.unit.startswith("个")
            and _BEFORE_THAT.fullmatch(text, before.end, after.start)
        ):  # 18个工作日，原先26个
            after.unit, after.sub = before.unit, before.sub
        if after.unit is None and after.kind is Kind.QUANTITY and after.sub != "zero-claim" and i > 1:
            _as_last_year(pieces[i - 2], before, after, text)
        if (
            before.kind is Kind.RANK
            and after.kind is Kind.QUANTITY
            and after.unit in {"位", "名"}
            and not after.sign
            and _LINK.match(text, before.end, after.start)
        ):  # 排名46位、82位
            after.kind, after.sub, after.unit = Kind.RANK, "rank", None
    lead = None  # whose direction goes on: 分别增长3.1%、-4.6%和12.8%
    for i, linked in enumerate(links):
        if linked:
            if lead is None or not pieces[i].printed:
                lead = pieces[i]
            if pieces[i].unit in POINTS and not pieces[i].sign:
                _compare(pieces[i], text, pieces[i - 1].end if i else 0)
            _direction(lead, pieces[i + 1], text)
        else:
            lead = None


def _as_last_year(counted: Piece, when: Piece, bare: Piece, text: str) -> None:
    """87起，去年121: the unit of what was counted right before, which last year's value leaves out."""
    if when.kind is not Kind.PERIOD or counted.kind is not Kind.QUANTITY or counted.unit is None:
        return
    between = text[counted.end : when.start], text[when.end : bare.start]
    if (
        _LAST_YEAR.fullmatch(text, when.start, when.end)
        and _MARKS.fullmatch(between[0])
        and _IS.fullmatch(between[1])
    ):
        bare.unit, bare.sub = counted.unit, "count" if counted.sub == "delta" else counted.sub


def _start(piece: Piece) -> int:
    """Where a member begins, its own direction too: 分别上升1.2、下降8.6、上升5.3个百分点."""
    return piece.start if piece.hint is None else min(piece.hint[1], piece.start)


def _unit(piece: Piece, after: Piece) -> None:
    if piece.value is None or after.unit is None:
        return
    if piece.unit == "个" and after.unit in POINTS:
        piece.unit, piece.kind, piece.sub = after.unit, Kind.GROWTH if piece.sign else Kind.PERCENT, ""
        return
    if piece.unit is not None or piece.sub == "zero-claim":
        return
    if after.kind is not Kind.QUANTITY and (
        piece.scale > 1 or (after.start < after.core_start and piece.hint is None)
    ):
        return  # 达389万、增长20%: two statements
    piece.unit = after.unit
    if piece.hint is not None:
        piece.sign, piece.start = piece.hint[0], min(piece.hint[1], piece.start)
    if after.kind is not Kind.QUANTITY:
        piece.kind, piece.sub = Kind.GROWTH if piece.sign else Kind.PERCENT, ""
        return
    piece.sub = "delta" if piece.sign else after.sub if after.sub != "delta" else "count"
    if piece.scale == 1 < after.scale and piece.arabic is after.arabic:
        piece.value, piece.scale = piece.value * after.scale, after.scale
        piece.step = piece.step * after.scale if piece.step is not None else None
        piece.top = piece.top * after.scale if piece.top is not None else None


def _compare(piece: Piece, text: str, floor: int) -> None:
    """A first member that got its 个百分点 from the list: 分别高于全国、全省1.7和0.9个百分点."""
    compared = comparison(text, piece.start, floor)
    if compared:
        piece.kind, piece.sign = Kind.GROWTH, compared[0]


def _direction(piece: Piece, after: Piece, text: str) -> None:
    if not piece.sign or after.sign:
        return
    if piece.kind is Kind.GROWTH and after.kind is Kind.PERCENT and after.sub != "level":
        after.kind, after.sign, after.basis = Kind.GROWTH, piece.sign, piece.basis
    elif (
        piece.kind is Kind.GROWTH
        and after.unit == "倍"
        and after.value is not None
        and text.endswith("倍", piece.start, piece.core_end)
    ):  # 增长3.5倍和2.5倍
        after.kind, after.unit, after.sub, after.sign, after.basis = (
            *(Kind.GROWTH, "%", ""),
            *(piece.sign, piece.basis),
        )
        after.value, after.step = after.value * 100, (after.step or Decimal(1)) * 100
        after.top = after.top * 100 if after.top is not None else None
    elif piece.sub == "delta" and after.unit in POINTS and after.kind is Kind.PERCENT:
        after.kind, after.sign, after.basis = (
            Kind.GROWTH,
            piece.sign,
            piece.basis,
        )  # 下降0.3亿元和0.02个百分点
    elif (
        piece.sub == "delta"
        and after.kind is Kind.QUANTITY
        and after.start == after.core_start
        and after.sub in {"count", "money", "duration", "length", "area", "mass", "volume", "energy"}
        and after.unit == piece.unit
    ):
        after.sub, after.sign, after.basis = "delta", piece.sign, piece.basis
