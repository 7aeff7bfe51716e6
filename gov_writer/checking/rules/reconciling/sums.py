"""Sums of figures as intervals: an approximate part makes an approximate sum.

Unlike ``matching.intervals.interval``, a plain count stands for itself alone: half a case in each of
twelve reports must not hide six cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gov_writer.domain import Approx, Mention
from gov_writer.matching import intervals


@dataclass(frozen=True, slots=True)
class Sum:
    """low, high: in the base unit; None is unbounded.  exact: made of exact figures alone."""

    low: Fraction | None
    high: Fraction | None
    exact: bool = True

    def __add__(self, other: Sum) -> Sum:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Sum(low, high, self.exact and other.exact)

    @property
    def told(self) -> str:
        """The value in plain digits, 约 before the middle of an interval; "" where one side is open."""
        if self.low is None or self.high is None:
            return ""
        return f"{'' if self.low == self.high else '约'}{plain((self.low + self.high) / 2)}"

    @property
    def shown(self) -> str | None:
        """The value in plain digits where there is only one; None for a true interval."""
        if self.low is None or self.low != self.high:
            return None
        return f"{Decimal(self.low.numerator) / self.low.denominator:f}"

    def meets(self, other: Sum) -> bool:
        """Whether the two have a value in common."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)


def of(mention: Mention) -> Sum:
    """What the wording of a figure allows; a rounded 3.2万 is 31500 to 32500, a plain count itself."""
    if mention.approx is Approx.EXACT and mention.value is not None and mention.step in (None, 1):
        return Sum(Fraction(mention.value), Fraction(mention.value))
    allowed = intervals.interval(mention)
    exact = mention.approx is Approx.EXACT
    return Sum(None, None, exact=False) if allowed is None else Sum(allowed.low, allowed.high, exact)


def plain(value: Fraction | Decimal) -> str:
    """A value as a reader wants it: 18.39亿, 4860万, 7088."""
    whole = abs(Fraction(value))
    size, scale = next((size, word) for size, word, many in _SCALES if whole >= size * many)
    number = Fraction(value) / size
    shown = round(Decimal(number.numerator) / number.denominator, 4).normalize()
    return f"{shown:f}{scale}"


#: Size, its word, and from how many of it on it is used.
_SCALES: tuple[tuple[int, str, int], ...] = ((10**8, "亿", 1), (10**4, "万", 100), (1, "", 0))


def total(mentions: Iterable[Mention]) -> Sum:
    result = Sum(Fraction(0), Fraction(0))
    for mention in mentions:
        result += of(mention)
    return result
