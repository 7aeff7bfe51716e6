"""Which values the wording of a figure allows, and to which digits it is rounded (docs/equality.md has the reasons)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from fractions import Fraction
from functools import lru_cache

from gov_writer.domain import Approx, Kind, Mention
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

_FRACTION = lazy("(?<![百千])分之")
#: 约, 左右: within a tenth, but not more than the last non-zero digit leaves open, and 2% in any case.
ABOUT_WIDEST, ABOUT_NARROWEST = Fraction(1, 10), Fraction(1, 50)
#: 近: at most a tenth below, and not more than one of the last non-zero digit.
NEARLY = Fraction(1, 10)
#: 不足, 以内, 以下, 不超过 are ceilings: a value below half of one would have been told otherwise.
CEILING = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a wording allows.  open_low, open_high: the end itself is not meant."""

    low: Fraction | None
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False

    def holds(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (self.open_low and value == self.low)):
            return False
        return self.high is None or not (value > self.high or (self.open_high and value == self.high))

    def covers(self, other: Interval) -> bool:
        low = self.low is None or (other.low is not None and self.low <= other.low)
        high = self.high is None or (other.high is not None and other.high <= self.high)
        return low and high

    def meets(self, other: Interval) -> bool:
        """Whether some value fits both."""
        return not (self._ends_before(other) or other._ends_before(self))

    def _ends_before(self, other: Interval) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.open_high or other.open_low))


@lru_cache(maxsize=8192)
def interval(mention: Mention) -> Interval | None:
    """What a reader may take the figure to mean, in its own unit; None for one without a value.

    An exact figure is its rounding interval: half of the last printed digit both ways.
    """
    if mention.approx is Approx.RANGE:
        return Interval(fraction(mention.low), fraction(mention.high))
    value = fraction(mention.value)
    if value is None:
        low, high = fraction(mention.low), fraction(mention.high)
        return None if low is None and high is None else Interval(low, high)
    if value < 0:
        return _mirrored(_positive(mention, -value))
    return _positive(mention, value)


def _positive(mention: Mention, value: Fraction) -> Interval:
    unit, tenth = grain(mention), value / 10
    match mention.approx:
        case Approx.ABOUT:
            reach = max(min(unit / 2, value * ABOUT_WIDEST), value * ABOUT_NARROWEST)
            return Interval(value - reach, value + reach)
        case Approx.MORE_THAN:
            return Interval(value, value + max(unit, tenth), open_low=True)
        case Approx.AT_LEAST:
            return Interval(value, value + max(unit, tenth))
        case Approx.LESS_THAN if "不足" in mention.text or "不到" in mention.text:
            return Interval(value * CEILING, value, open_high=True)
        case Approx.LESS_THAN:
            least = min(fraction(mention.step) or Fraction(0), Fraction(1))  # 近3年 holds 2年
            return Interval(value - max(min(unit, value * NEARLY), least), value, open_high=True)
        case Approx.AT_MOST:
            return Interval(value * CEILING, value)
        case Approx.SEVERAL:
            low, high = fraction(mention.low), fraction(mention.high)
            if mention.value is not None and mention.value < 0:
                low, high = (None if high is None else -high), (None if low is None else -low)
            return Interval(low if low is not None else value, high if high is not None else value * 10)
        case _:
            reach = half(mention)
            return Interval(value - reach, value + reach, open_high=reach > 0)


def _mirrored(span: Interval) -> Interval:
    low = None if span.high is None else -span.high
    high = None if span.low is None else -span.low
    return Interval(low, high, span.open_high, span.open_low)


def grain(mention: Mention) -> Fraction:
    """What one of the last non-zero digit is worth (1200 → 100); printed decimals count as said."""
    value, step = abs(fraction(mention.value) or Fraction(0)), fraction(mention.step)
    if step is not None and "." in mention.text[: mention.core_end - mention.start]:
        return step
    if value == 0:
        return step or Fraction(1)
    if _FRACTION.search(mention.text):
        return value / 10  # 近三分之一: its value has no last digit
    number = mention.value if mention.value is not None else Decimal(0)
    try:
        exponent = number.normalize().as_tuple().exponent
    except DecimalException:
        return step or Fraction(1)
    if not isinstance(exponent, int) or abs(exponent) > 60:
        return step or Fraction(1)
    return Fraction(10) ** exponent


def half(mention: Mention) -> Fraction:
    """Half of the last printed digit, 0 where the figure is a plain count (8753处 is 8753)."""
    step = fraction(mention.step)
    if step is None:
        return Fraction(0)
    plain_count = step == 1 and mention.kind is Kind.QUANTITY and not _measured(mention.unit)
    return Fraction(0) if plain_count else step / 2


def _measured(unit: str | None) -> bool:
    """Whether the unit measures (元, 亩, 公里), rather than counts (户, 件)."""
    return units.dimension(unit) in {"面积", "长度", "体积", "质量", "电量", "功率", "货币", "标准煤"}


@lru_cache(maxsize=8192)
def fraction(value: Decimal | None) -> Fraction | None:
    """The exact value; None for one that no report writes (infinite, beyond 60 digits)."""
    if value is None or not value.is_finite() or abs(value.adjusted()) > 60:
        return None
    return Fraction(value)


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """Rounded to a multiple of step, halves away from zero, as offices round."""
    size = (abs(value) / step + Fraction(1, 2)).__floor__() * step
    return size if value >= 0 else -size


#: 四分之一, 一半, 翻了一番.
_WORDED = lazy("(?<![百千])分之|一半|半数|翻|[0-9]/[0-9]")


_BEYOND = frozenset({Approx.MORE_THAN, Approx.LESS_THAN})


def rounds_to(value: Decimal, mention: Mention) -> bool:
    """Whether a computed value rounds half up to the digits that the mention prints.

    约81人 is 81 as 80.7 and as 81.4 are, not any value near it; 约2500万元 is any.
    """
    printed, exact = fraction(mention.value), fraction(value)
    step = fraction(mention.step) or Fraction(1)
    if printed is None or exact is None:
        return False
    if mention.approx in _BEYOND and mention.kind is Kind.PERCENT and exact == printed:
        return False  # neither 超过一半 nor 不足一半 is said of a half
    if mention.approx is not Approx.EXACT:
        if (
            mention.approx is Approx.ABOUT
            and printed % (10 * step)
            and abs(exact - printed) > by_word(mention)
        ):
            return half_up(exact, step) == printed or 0 <= abs(exact) - abs(printed) < step
        span = interval(mention)
        return span is not None and (span.holds(exact) or abs(exact - printed) <= by_word(mention))
    return half_up(exact, step) == printed or abs(exact - printed) <= by_word(mention)


def by_word(mention: Mention) -> Fraction:
    """How far a share told as a simple fraction may be off: 四分之一 of 24.6%, 翻了一番 of 102%; 0 for figures."""
    if mention.kind not in (Kind.PERCENT, Kind.GROWTH) or not _WORDED.search(mention.text):
        return Fraction(0)
    return Fraction(4) if "番" in mention.text or "倍" in mention.text else Fraction(5, 4)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """``value`` rounded half up to a multiple of ``step`` (a power of ten)."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
