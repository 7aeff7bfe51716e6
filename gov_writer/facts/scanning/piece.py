"""A mention in the making: mutable while lists and ranges are settled, then frozen into a Mention."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gov_writer.domain import Approx, Kind, Mention
from gov_writer.facts.notation.approximators import bounds

_EXACT = Approx.EXACT
_ZERO, _ONE, _TWO = Decimal(0), Decimal(1), Decimal(2)


@lru_cache(maxsize=4096)
def plain(value: Decimal) -> Decimal:
    """The number without zeros behind the point, never in E notation: 360000000.0 is 360000000."""
    exponent = value.as_tuple().exponent
    if exponent == 0 or not isinstance(exponent, int):
        return value
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


class _Unfrozen:
    """A Mention while its fields are set: the same slots, so that it can become one without a call per field.

    A frozen dataclass sets each of its fields through ``object.__setattr__``; a text has many mentions.
    """

    __slots__ = Mention.__slots__


class Piece:
    """See ``Mention``.  value and top are magnitudes; sign is +1, -1 or 0 (no direction).

    bare: the printed digits without scale, for a list that shares a scale; scaled: a scale was printed.
    own: its direction is its own, not a neighbour's; printed: it is a printed + or -.  hint: ``(sign, where its verb begins)`` of a number whose
    unit is still to come from its neighbour.  word: the approximator as written.
    """

    value: Decimal | None = None
    top: Decimal | None = None
    step: Decimal | None = None
    approx = _EXACT
    word = ""
    unit: str | None = None
    basis = ""
    sign = 0
    own = False
    printed = False
    hint: tuple[int, int] | None = None
    arabic = True
    bare = _ZERO
    scale = 1
    date_start: date | None = None
    date_end: date | None = None

    def __init__(self, start: int, end: int, kind: Kind, sub: str = "") -> None:
        self.start = self.core_start = start
        self.end = self.core_end = end
        self.kind = kind
        self.sub = sub

    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """What a reader may take the magnitude to mean."""
        value = self.value
        if value is None:
            return (_TWO, None) if self.approx is Approx.SEVERAL else (None, None)
        value = plain(value)
        if self.approx is _EXACT:
            return value, value
        step = self.step or _ONE
        printed = self.bare.as_tuple().exponent
        grain = step if isinstance(printed, int) and printed < 0 else None
        low, high = bounds(value, self.approx, step, self.word, self.top, grain)
        return None if low is None else plain(low), None if high is None else plain(high)

    def freeze(self, start: int, end: int, cores: tuple[int, int], text: str) -> Mention:
        """The mention, with its bounds; start, end and cores in the text as given."""
        value = low = high = None if self.value is None else plain(self.value)
        if value is None or self.approx is not _EXACT:
            low, high = self.bounds()
        if self.sign < 0 and value is not None:
            value = -value
            low, high = (None if high is None else -high), (None if low is None else -low)
        made: Any = _Unfrozen()
        made.start, made.end, made.text, made.kind = start, end, text, self.kind
        made.core_start, made.core_end = cores
        made.value, made.low, made.high, made.approx = value, low, high, self.approx
        made.unit, made.basis, made.sub = self.unit, self.basis, self.sub
        made.step = None if self.step is None else plain(self.step)
        made.date_start, made.date_end = self.date_start, self.date_end
        made.__class__ = Mention
        mention: Mention = made
        return mention
