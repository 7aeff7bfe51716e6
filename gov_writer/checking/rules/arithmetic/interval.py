"""Intervals of Decimals: what a printed figure can stand for, and sums and ratios of such."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gov_writer.domain import Approx, Kind, Mention

#: Beyond this no report counts anything; such digits are no operands (and would overflow).
_LARGEST = Decimal(10) ** 18
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from low to high, ends included; None is unbounded."""

    low: Decimal | None
    high: Decimal | None

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
        )

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def over(self, other: Interval) -> Interval | None:
        """The quotient of two intervals of positive numbers; None where the divisor may be zero."""
        if self.low is None or self.low < 0 or other.low is None or other.low <= 0:
            return None
        return Interval(
            Decimal(0) if other.high is None else self.low / other.high,
            None if self.high is None else self.high / other.low,
        )

    def widened(self, by: Decimal) -> Interval:
        return Interval(
            None if self.low is None else self.low - by,
            None if self.high is None else self.high + by,
        )

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both.  Two stretches that only touch don't meet: halves round up."""
        if self.below(other) or other.below(self):
            return False
        touch = self.high == other.low if self.high is not None else False
        touch = touch or (other.high == self.low if other.high is not None else False)
        return not touch or self.low == self.high or other.low == other.high

    def below(self, other: Interval) -> bool:
        """Whether every value here is smaller than every value there."""
        return self.high is not None and other.low is not None and self.high < other.low


def reading(mention: Mention) -> Interval | None:
    """The values that a reader may take the figure for; None where it is no operand.

    A scaled or decimal figure (3.2万, 29.8亿元, 27%) was rounded to its last printed digit: half a step
    to either side. A plain whole number (8753处) is exact. Approximations have the bounds of the mention.
    """
    value = mention.value
    if value is None or abs(value) > _LARGEST:
        return None
    if mention.approx is Approx.EXACT:
        return Interval(value, value).widened(slack(mention))
    low, high = mention.low, mention.high
    if any(bound is not None and abs(bound) > _LARGEST for bound in (low, high)):
        return None
    return Interval(low, high)


def alike(*mentions: Mention) -> tuple[Interval, ...] | None:
    """The readings of figures printed side by side: 4亿元 beside 3.2亿元 stands for 4.0亿元.

    None where that changes nothing, or where one of them is an approximation.
    """
    halves = {slack(mention) for mention in mentions}
    if len(halves) < 2 or any(m.approx is not Approx.EXACT or m.value is None for m in mentions):
        return None
    finest = min(halves)
    if finest * 1000 < max(halves):
        return None  # 5亿元 beside 3200元: scales of their own
    return tuple(Interval(m.value, m.value).widened(finest) for m in mentions)


def slack(mention: Mention) -> Decimal:
    """Half of the last printed digit; 0 for whole numbers that count."""
    step = mention.step
    whole = mention.kind in (Kind.QUANTITY, Kind.RANK) and step == _ONE
    return Decimal(0) if step is None or whole or abs(step) > _LARGEST else step / 2


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    added = Interval(Decimal(0), Decimal(0))
    for part in parts:
        added = added + part
    return added


def growth(before: Interval, after: Interval) -> Interval | None:
    """The growth in percent from before to after; None where before may be zero or less."""
    ratio = after.over(before)
    return None if ratio is None else scaled(ratio, _HUNDRED).__sub__(Interval(_HUNDRED, _HUNDRED))


def share(part: Interval, whole: Interval) -> Interval | None:
    """The share in percent of part in whole; None where the whole may be zero."""
    ratio = part.over(whole)
    return None if ratio is None else scaled(ratio, _HUNDRED)


def scaled(given: Interval, by: Decimal) -> Interval:
    """given times a positive number."""
    return Interval(
        None if given.low is None else given.low * by,
        None if given.high is None else given.high * by,
    )


def shown(value: Decimal, step: Decimal | None = None) -> str:
    """A value for a message: rounded half up to step (two digits if None), without an exponent."""
    from decimal import ROUND_HALF_UP

    unit = step if step is not None and 0 < step <= 1 else Decimal("0.01")
    rounded = value.quantize(unit, rounding=ROUND_HALF_UP) if abs(value) < _LARGEST else value
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text and step is None else text
