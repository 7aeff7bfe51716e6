"""Shares written with 分之 or a stroke: 百分之十, 三分之二, 千分之五, 1/3."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gov_writer.domain import Approx, Kind
from gov_writer.facts.notation.numerals import number_of
from gov_writer.facts.scanning.piece import Piece
from gov_writer.text.lazy import lazy

_PART = lazy(r"(?P<n>[零〇一二两三四五六七八九十百千万点]+|[0-9]+(?:\.[0-9]+)?)")
_TO = lazy(r"(?:至|到|—|-|~)(?:百分之)?(?P<n>[零〇一二两三四五六七八九十百点]+)(?![年月日个季])")
_HUNDRED = Decimal(100)


def fraction(text: str, start: int, run_end: int) -> Piece | None:
    """The share whose denominator is ``text[start:run_end]`` and whose 分之 follows; None if it is none.

    Thirds and the like are rounded to four digits of a percentage (三分之二 is 66.6667).
    """
    match = _PART.match(text, run_end + 2)
    below = number_of(text[start:run_end])
    above = number_of(match.group()) if match else None
    if match is None or above is None or not below:
        return None
    word = text[start:run_end]
    piece = Piece(start, match.end(), Kind.PERCENT, "")
    piece.unit = "‰" if word == "千" else "%"
    if word in {"百", "千"}:
        piece.value = above
        piece.step = Decimal("0.1") if "点" in match.group() or "." in match.group() else Decimal(1)
        _reaching(piece, text, match.end())
    else:
        share = above * _HUNDRED / below
        piece.value = share.quantize(Decimal("0.0001"), ROUND_HALF_UP) if share < 10**20 else share
        piece.step = Decimal("0.0001")
    return piece


def whole(start: int) -> Piece:
    """百分百, which begins at start."""
    piece = Piece(start, start + 3, Kind.PERCENT, "")
    piece.value, piece.unit, piece.step = _HUNDRED, "%", Decimal(1)
    return piece


def _reaching(piece: Piece, text: str, at: int) -> None:
    """百分之八至九, 百分之八到百分之十: a range; not in 由百分之五到百分之八, which tells two values."""
    match = _TO.match(text, at)
    above = number_of(match["n"]) if match else None
    if match is None or above is None or piece.value is None or above <= piece.value:
        return
    if text[piece.start - 1 : piece.start] in {"由", "从"}:
        return
    piece.top, piece.approx, piece.end = above, Approx.RANGE, match.end()


_SLASH = lazy(r"/(?P<below>[1-9][0-9]?)(?![0-9./年月日号级个元人户家])")


def slashed(text: str, start: int, run_end: int) -> Piece | None:
    """1/3, 2/5 as a share; None for a date, a ratio of larger numbers or a score."""
    match = _SLASH.match(text, run_end)
    if match is None or run_end - start > 2 or text[start] > "9" or (start and text[start - 1] in "/."):
        return None
    above, below = Decimal(text[start:run_end]), Decimal(match["below"])
    if not 0 < above < below:
        return None
    piece = Piece(start, match.end(), Kind.PERCENT, "")
    piece.value = (above * _HUNDRED / below).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    piece.unit, piece.step = "%", Decimal("0.0001")
    return piece
