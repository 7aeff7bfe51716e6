"""A mention in the making: mutable while lists and ranges are settled, then frozen into a Mention."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gov_writer.domain import Approx, Kind, Mention
from gov_writer.facts.approximators import bounds

_EXACT = Approx.EXACT


def plain(value: Decimal) -> Decimal:
    """The number without zeros behind the point, never in E notation: 360000000.0 is 360000000."""
    exponent = value.as_tuple().exponent
    if exponent == 0 or not isinstance(exponent, int):
        return value
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


class Piece:
    """See ``Mention``.  value and top are magnitudes; sign is +1, -1 or 0 (no direction).

    bare: the printed digits without scale, for a list that shares a scale; scaled: a scale was printed.
    own: its direction is its own, not a neighbour's.  hint: ``(sign, where its verb begins)`` of a number whose
    unit is still to come from its neighbour.  word: the approximator as written.
    """

    __slots__ = (
        "approx",
        "arabic",
        "bare",
        "basis",
        "core_end",
        "core_start",
        "date_end",
        "date_start",
        "end",
        "hint",
        "kind",
        "own",
        "scale",
        "sign",
        "start",
        "step",
        "sub",
        "top",
        "unit",
        "value",
        "word",
    )

    def __init__(self, start: int, end: int, kind: Kind, sub: str = "") -> None:
        self.start = self.core_start = start
        self.end = self.core_end = end
        self.kind = kind
        self.sub = sub
        self.value: Decimal | None = None
        self.top: Decimal | None = None
        self.step: Decimal | None = None
        self.approx = _EXACT
        self.word = ""
        self.unit: str | None = None
        self.basis = ""
        self.sign = 0
        self.own = False
        self.hint: tuple[int, int] | None = None
        self.arabic = True
        self.bare = Decimal(0)
        self.scale = 1
        self.date_start: date | None = None
        self.date_end: date | None = None

    def freeze(self, spans: tuple[int, int], cores: tuple[int, int], text: str) -> Mention:
        """The mention, with its bounds; spans and cores in the text as given."""
        value, low, high = self.value, None, None
        if value is not None:
            value = plain(value)
            if self.approx is _EXACT:
                low = high = value
            else:
                step = self.step or Decimal(1)
                printed = self.bare.as_tuple().exponent
                grain = step if isinstance(printed, int) and printed < 0 else None
                low, high = bounds(value, self.approx, step, self.word, self.top, grain)
                low, high = None if low is None else plain(low), None if high is None else plain(high)
            if self.sign < 0:
                value = -value
                low, high = (None if high is None else -high), (None if low is None else -low)
        elif self.approx is Approx.SEVERAL:
            low = Decimal(2)
        return Mention(
            start=spans[0],
            end=spans[1],
            text=text,
            kind=self.kind,
            core_start=cores[0],
            core_end=cores[1],
            value=value,
            low=low,
            high=high,
            approx=self.approx,
            unit=self.unit,
            step=None if self.step is None else plain(self.step),
            basis=self.basis,
            sub=self.sub,
            date_start=self.date_start,
            date_end=self.date_end,
        )
