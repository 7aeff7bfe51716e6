"""Numbers without a numeral: 多次, 半年, 翻一番, and masks with a unit (X个, X余万元)."""

from __future__ import annotations

from decimal import Decimal

from gov_writer.domain import Approx, Kind
from gov_writer.facts.notation.approximators import AFTER, after_at
from gov_writer.facts.notation.directions import left
from gov_writer.facts.notation.units import class_of, unit_at
from gov_writer.facts.scanning.piece import Piece
from gov_writer.facts.scanning.placeholders import Mask
from gov_writer.facts.scanning.surroundings import shared

_HUNDRED = Decimal(100)
#: What 翻……番 adds, in per cent.
_TIMES = {digit: (2**number - 1) * 100 for number, digit in enumerate("一两三四五六七八", 1)}


def several(start: int, end: int, text: str) -> Piece | None:
    """多次, 数家, 几名: a number that nobody told; None for 更多家庭."""
    if not unit_at(text, start + 1, False):
        return None
    piece = Piece(start, end, Kind.QUANTITY, "count")
    piece.core_end, piece.approx, piece.word = start + 1, Approx.SEVERAL, text[start]
    piece.unit = text[start + 1 : end]
    return piece


def half(text: str, start: int, end: int, floor: int) -> Piece | None:
    """半年, 半个月, 过半, 一半."""
    word = text[start:end]
    if word in {"过半", "半数", "一半"}:
        piece = Piece(start, end, Kind.PERCENT, "half")
        piece.value, piece.unit, piece.step = Decimal(50), "%", Decimal(1)
        if word == "过半":
            piece.approx, piece.word, piece.core_start = Approx.MORE_THAN, "过", start + 1
            return piece
        after = after_at(text, end)
        if after:
            piece.approx, piece.word, piece.end = AFTER[after.group()], after.group(), after.end()
        found = left(text, start, floor)
        if found.word:
            piece.approx, piece.word, piece.start = found.approx, found.word, found.approx_start
        elif not after:
            shared(piece, text, floor)
        if found.sign and not found.to:
            piece.kind, piece.sign, piece.own, piece.basis = Kind.GROWTH, found.sign, True, found.basis
            piece.start = piece.start if found.shared else min(found.start, piece.start)
        return piece
    if start > floor and text[start - 1] in "上下前后每":
        return None
    if text.startswith("一", end) and not unit_at(text, end + 1, False):  # 半年一述职
        return Piece(start, min(end + 3, len(text)), Kind.LABEL, "slogan")
    piece = Piece(start, end, Kind.QUANTITY, "duration")
    piece.value, piece.step, piece.unit = Decimal("0.5"), Decimal("0.5"), word.lstrip("大半")
    if word in {"大半年", "半年多", "半个多月", "半个多小时"}:
        piece.approx, piece.word = Approx.MORE_THAN, "大" if word[0] == "大" else "多"
        piece.unit = word.strip("大半多").replace("多", "")
    return piece


def double(text: str, start: int, end: int) -> Piece:
    """翻一番 is growth by 100 %, 翻两番 by 300 %, 翻了近一番 by less than 100 %."""
    piece = Piece(start, end, Kind.GROWTH, "")
    piece.value, piece.unit, piece.step, piece.sign, piece.own = (
        Decimal(_TIMES.get(text[end - 2], 100)),
        "%",
        _HUNDRED,
        1,
        True,
    )
    if text[end - 1] == "番" and end - start > 2:
        piece.core_start = end - 2
    if text[end - 3] == "近":
        piece.approx, piece.word = Approx.LESS_THAN, "近"
    if text[end : end + 1] == "多":
        piece.approx, piece.word, piece.end = Approx.MORE_THAN, "多", end + 1
    elif after := after_at(text, end):  # 翻了七番以上
        piece.approx, piece.word, piece.end = AFTER[after.group()], after.group(), after.end()
    return piece


def masked(text: str, mask: Mask, floor: int) -> Piece:
    """A placeholder with the unit, approximator and direction around it."""
    piece = Piece(mask.start, mask.end, Kind.PLACEHOLDER, mask.sub)
    if not mask.counts:
        return piece
    end = mask.end
    if text[end : end + 1] in {"%", "‰"}:
        piece.unit, end = text[end], end + 1
    else:
        unit = unit_at(text, end, True) if mask.sub == "unfilled" or mask.scale else unit_at(text, end, False)
        if (
            unit
            and class_of(unit) == "count"
            and len(unit) == 1
            and mask.sub == "masked"
            and unit not in "个人名户家件次"
        ):
            unit = ""
        if unit in {"街道", "社区", "县", "区", "市", "省", "镇", "乡", "村", "小区", "路"}:
            unit = ""
        piece.unit, end = unit or None, end + len(unit)
    found = left(text, mask.start, floor)
    if piece.unit:
        piece.sub = "unfilled" if mask.sub == "unfilled" else mask.sub
        piece.start = found.start if found.sign and not found.shared else found.approx_start
        piece.approx, piece.word = (
            (found.approx, found.word)
            if found.word
            else (Approx.MORE_THAN, mask.more)
            if mask.more
            else (Approx.EXACT, "")
        )
    piece.end = piece.core_end = end
    return piece
