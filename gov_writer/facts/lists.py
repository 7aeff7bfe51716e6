"""What members of a list share: 分别增长5%、8%和12%, 2.1个和0.8个百分点, 3、5万元, 第1、第2."""

from __future__ import annotations

import re

from gov_writer.domain import Kind
from gov_writer.facts.piece import Piece

_LINK = re.compile(r"\s?(?:、|和|及|与|以及|或|,|，|；|/)\s?(?:又?分别)?\s?$")
_STRICT = re.compile(r"\s?(?:、|和|及|与|以及|或)\s?$")
_FIGURES = frozenset({Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH})


def share(pieces: list[Piece], text: str) -> None:
    """Give bare members their neighbours' unit (from the right) and direction (from the left), in place."""
    links = [
        pieces[i].kind in _FIGURES
        and pieces[i + 1].kind in _FIGURES
        and pieces[i + 1].start - pieces[i].end <= 6
        and (pieces[i].unit in {None, "个"} or pieces[i].sign or pieces[i + 1].kind is not Kind.QUANTITY)
        and _LINK.match(text[pieces[i].end : pieces[i + 1].start]) is not None
        for i in range(len(pieces) - 1)
    ]
    for i in range(len(links) - 1, -1, -1):
        if links[i]:
            _unit(pieces[i], pieces[i + 1], text)
    for i, linked in enumerate(links):
        if linked:
            _direction(pieces[i], pieces[i + 1])


def _unit(piece: Piece, after: Piece, text: str) -> None:
    strict = _STRICT.match(text[piece.end : after.start])
    if strict is None or piece.value is None or after.unit is None:
        return
    if piece.unit == "个" and after.unit == "个百分点":
        piece.unit, piece.kind, piece.sub = after.unit, Kind.GROWTH if piece.sign else Kind.PERCENT, ""
    elif (
        piece.unit is None
        and piece.sub != "zero-claim"
        and piece.arabic
        and (after.own or after.kind is not Kind.GROWTH or not after.sign)
    ):
        piece.unit, piece.sub = after.unit, after.sub if after.sub != "delta" else "count"
        if after.kind is Kind.QUANTITY:
            if piece.scale == 1 and after.scale > 1:
                piece.value, piece.scale = piece.value * after.scale, after.scale
                piece.step = piece.step * after.scale if piece.step is not None else None
                piece.top = piece.top * after.scale if piece.top is not None else None
        else:
            piece.kind = Kind.GROWTH if piece.sign else Kind.PERCENT
            piece.sub = ""


def _direction(piece: Piece, after: Piece) -> None:
    if (
        piece.sign
        and not after.sign
        and piece.kind is Kind.GROWTH
        and after.kind is Kind.PERCENT
        and after.sub != "level"
    ):
        after.kind, after.sign, after.basis = Kind.GROWTH, piece.sign, piece.basis
    elif (
        piece.sign
        and piece.sub == "delta"
        and not after.sign
        and after.kind is Kind.QUANTITY
        and after.sub in {"count", "money"}
        and after.unit == piece.unit
    ):
        after.sub, after.sign, after.basis = "delta", piece.sign, piece.basis
