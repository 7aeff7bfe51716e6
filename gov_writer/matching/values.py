"""Whether two figures say the same, as a reader would take them (docs/equality.md has the reasons).

A figure stands for the interval of true values that its wording allows: 近万人 is 9000 to 10000,
两百余户 200 to 300, 1.6万 (as a rounding) 15500 to 16500. A claim agrees with a source when the source's
value lies in the claim's interval, so 近万人 may be said of 9870人; digits that the source does not have
(9870人 from 近万人) are told apart as ``SHARPENED``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gov_writer.domain import TIMES, Approx, Kind, Mention
from gov_writer.matching import units
from gov_writer.matching.intervals import Interval, by_word, fraction, grain, half, half_up, interval, rounded
from gov_writer.matching.units import Kinship
from gov_writer.text.lazy import lazy


class Verdict(StrEnum):
    """SAME: the same value.  COMPATIBLE: a reader would accept one for the other.  DIFFERENT: not so.
    INCOMPARABLE: they count different things (人 and 人次, 27% and 27个百分点), or one has no value."""

    SAME = "same"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


class Why(StrEnum):
    """What the verdict rests on."""

    EQUAL = "equal"  # the same number
    ROUNDED = "rounded"  # the claim is the source rounded to the digits it prints
    WITHIN = "within"  # the source lies in what the claim's approximation allows
    SHARPENED = "sharpened"  # one of the values that the source's 余, 近, 约 allows
    APPROX = "approx"  # the same number with another approximation: 近500 for 超500
    SIGN = "sign"  # the same size, the other direction
    MAGNITUDE = "magnitude"  # the same digits, a power of ten apart
    UNIT = "unit"  # units that don't compare
    SCOPE = "scope"  # a rank among others: 全区第三, 全市第三
    KIND = "kind"  # a date and a percentage
    VALUE = "value"  # another number
    UNKNOWN = "unknown"  # a placeholder, an unresolved date


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict with its reason."""

    verdict: Verdict
    why: Why

    @property
    def agrees(self) -> bool:
        """Whether the source supports the claim."""
        return self.verdict in (Verdict.SAME, Verdict.COMPATIBLE)


_SAME = Comparison(Verdict.SAME, Why.EQUAL)
_KINDS_APART = Comparison(Verdict.INCOMPARABLE, Why.KIND)
_UNITS_APART = Comparison(Verdict.INCOMPARABLE, Why.UNIT)
_UNKNOWN = Comparison(Verdict.INCOMPARABLE, Why.UNKNOWN)
_OTHER = Comparison(Verdict.DIFFERENT, Why.VALUE)
_OF_ANOTHER_SCALE = Comparison(Verdict.DIFFERENT, Why.MAGNITUDE)
#: A slip of the scale reaches from one power of ten to 亿 for 万; the digits that must agree, and those that may.
_POWERS, _DIGITS = 4, range(2, 18)

_RATES = frozenset({Kind.PERCENT, Kind.GROWTH})
#: An amount may be rounded by at most a twentieth: 1.9亿 for 1.86亿, never 3万 for 3.2万.
COARSEST = Fraction(1, 20)
#: A rate by a tenth: 0.3% for 0.32%, never 2% for 1.7%.
COARSEST_RATE = Fraction(1, 10)
#: 前进5位, 下滑2个名次: how a place among others has changed.
MOVED_PLACES = lazy("前进|上升|前移|跃升|提升|提高|进步|进位|上移|后退|后移|下降|下移|下滑|退后|倒退|退步")
#: 10%以上 and 11%以上 are two targets, though every value above 11% is above 10%.
_ABOVE = frozenset({Approx.AT_LEAST, Approx.MORE_THAN})
_THRESHOLDS = frozenset({Approx.AT_LEAST, Approx.AT_MOST})


def compare(claim: Mention, source: Mention) -> Verdict:
    """Whether what the source says allows the claim.  Not symmetric: a claim may be coarser."""
    return examine(claim, source).verdict


def examine(claim: Mention, source: Mention) -> Comparison:
    """``compare`` with the reason."""
    kinds = {claim.kind, source.kind}
    if kinds & {Kind.LABEL, Kind.PLACEHOLDER}:
        return _UNKNOWN if Kind.PLACEHOLDER in kinds else _KINDS_APART
    if kinds <= TIMES:
        return _times(claim, source)
    if kinds == {Kind.RANK}:
        return _ranks(claim, source)
    if kinds & (TIMES | {Kind.RANK}):
        return _KINDS_APART
    if len(kinds) > 1 and Kind.QUANTITY in kinds:
        return _points(claim, source)
    return _numbers(claim, source)


# --- numbers ---------------------------------------------------------------------------------------


def _numbers(claim: Mention, source: Mention) -> Comparison:
    found = _plainly(claim, source) or _by_interval(claim, source)
    return _OF_ANOTHER_SCALE if found == _OTHER and _slipped(claim, source) else found


def _plainly(claim: Mention, source: Mention) -> Comparison | None:
    """The verdict on two exact figures that are equal, or further apart than any rounding; None for the rest."""
    if not claim.approx is source.approx is Approx.EXACT or claim.kind is not source.kind:
        return None
    mine, theirs = claim.value, source.value
    if (
        mine is None
        or theirs is None
        or not (mine > 0 and theirs > 0)
        or not units.same(claim.unit, source.unit)
    ):
        return None
    if claim.step is None or source.step is None:
        return None
    if mine == theirs:
        return _SAME
    if abs(mine - theirs) <= max(claim.step, source.step):
        return None
    small, large = (mine, theirs) if mine < theirs else (theirs, mine)
    if large >= 10 * small:
        ratio = (large / small).normalize()
        if ratio.as_tuple().digits == (1,) and ratio * small == large:
            return _OF_ANOTHER_SCALE
    return _OTHER


def _by_interval(claim: Mention, source: Mention) -> Comparison:
    """The verdict by what the wordings of the two figures allow."""
    kinship = units.kinship(_unit(claim), _unit(source))
    if kinship is Kinship.OTHER and {claim.kind, source.kind} == {Kind.GROWTH} and _in_talk(claim, source):
        kinship = Kinship.KIN
    if kinship is Kinship.OTHER:
        return _UNITS_APART
    ratio = Fraction(1)
    if kinship is Kinship.CONVERTIBLE:
        ratio = units.factor(source.unit or "", claim.unit or "") or Fraction(1)
    left, right = interval(claim), interval(source)
    if left is None or right is None:
        return _UNKNOWN
    loose = kinship is Kinship.KIN or claim.kind is not source.kind
    if ratio != 1:
        right = Interval(
            None if right.low is None else right.low * ratio,
            None if right.high is None else right.high * ratio,
            right.open_low,
            right.open_high,
        )
    mine, theirs = fraction(claim.value), fraction(source.value)
    theirs = None if theirs is None else theirs * ratio
    if mine is None or theirs is None or Approx.RANGE in (claim.approx, source.approx):
        found = _ranges(claim, source, left, right)
    else:
        found = _judged(_Side(claim, left, mine), _Side(source, right, theirs))
    if found.why is Why.SIGN and claim.kind is not source.kind:
        # 降幅27% and 下降27%: a bare percentage has no sign to contradict
        return Comparison(Verdict.COMPATIBLE, Why.EQUAL)
    if loose and found.verdict is Verdict.SAME:
        return Comparison(Verdict.COMPATIBLE, found.why)
    return found


def _in_talk(claim: Mention, source: Mention) -> bool:
    """增长6.8个点, as people say for 6.8% and for 6.8个百分点 alike."""
    return claim.text.endswith("个点") or source.text.endswith("个点")


def _unit(mention: Mention) -> str | None:
    """The unit to compare: percent and growth may leave % out, and 前进5位 counts places, not persons."""
    if mention.kind is Kind.QUANTITY and mention.unit in ("位", "名") and MOVED_PLACES.match(mention.text):
        return "个位次"
    return (mention.unit or "%") if mention.kind in _RATES else mention.unit


@dataclass(frozen=True, slots=True)
class _Side:
    """A figure with its interval and value in the claim's unit."""

    mention: Mention
    span: Interval
    value: Fraction

    @property
    def exact(self) -> bool:
        return self.mention.approx is Approx.EXACT


def _judged(mine: _Side, theirs: _Side) -> Comparison:
    if mine.value == theirs.value:
        if mine.mention.approx is theirs.mention.approx:
            return _SAME
        if {mine.mention.approx, theirs.mention.approx} == _ABOVE:
            return Comparison(Verdict.COMPATIBLE, Why.EQUAL)  # 超过30万元, of 30万元以上
        if all(_is_ceiling(m) for m in (mine.mention, theirs.mention)):
            return Comparison(Verdict.COMPATIBLE, Why.EQUAL)  # 不足10万元, of 10万元以下
        kin = mine.span.meets(theirs.span)
        return Comparison(Verdict.COMPATIBLE if kin else Verdict.DIFFERENT, Why.APPROX)
    if mine.value == -theirs.value:
        return Comparison(Verdict.DIFFERENT, Why.SIGN)
    if mine.exact and theirs.exact:
        return _rounding(mine, theirs)
    if theirs.exact and mine.span.holds(theirs.value):
        return Comparison(Verdict.COMPATIBLE, Why.WITHIN)
    if mine.exact and theirs.span.holds(mine.value):
        return Comparison(Verdict.COMPATIBLE, Why.SHARPENED)
    if theirs.exact and _misses_narrowly(mine, theirs):
        return Comparison(Verdict.DIFFERENT, Why.APPROX)
    threshold = bool({mine.mention.approx, theirs.mention.approx} & _THRESHOLDS)
    if not mine.exact and not theirs.exact and not threshold and mine.span.covers(theirs.span):
        return Comparison(Verdict.COMPATIBLE, Why.WITHIN)
    return _apart(mine.value, theirs.value)


def _is_ceiling(mention: Mention) -> bool:
    under = mention.approx is Approx.LESS_THAN and ("不足" in mention.text or "不到" in mention.text)
    return under or mention.approx is Approx.AT_MOST


def _misses_narrowly(mine: _Side, theirs: _Side) -> bool:
    """近2.7万 of 27450: the number is the rounded one, but 近 and 超 name the side on which it is not."""
    under = mine.mention.approx is Approx.LESS_THAN
    if not under and mine.mention.approx is not Approx.MORE_THAN:
        return False
    gap = abs(mine.value - theirs.value)
    wrong = (abs(theirs.value) > abs(mine.value)) is under
    return wrong and gap <= min(grain(mine.mention) / 2, abs(theirs.value) * COARSEST)


def _rounding(mine: _Side, theirs: _Side) -> Comparison:
    """Two exact figures that differ: may one be the other with fewer digits?"""
    step = fraction(mine.mention.step)
    rounds = (
        bool(step) and half(mine.mention) > 0 and half_up(theirs.value, step or Fraction(1)) == mine.value
    )
    if abs(theirs.value - mine.value) <= by_word(mine.mention):
        return Comparison(Verdict.COMPATIBLE, Why.ROUNDED)
    if rounds and not _too_coarse(mine.mention, mine.value, theirs.value):
        return Comparison(Verdict.COMPATIBLE, Why.ROUNDED)
    return _apart(mine.value, theirs.value)


def _too_coarse(claim: Mention, mine: Fraction, theirs: Fraction) -> bool:
    """3万 for 3.2万 is another number to a reader; so is 2% for 1.7%."""
    share = COARSEST if claim.kind is Kind.QUANTITY else COARSEST_RATE
    return abs(mine - theirs) > abs(theirs) * share


def _ranges(claim: Mention, source: Mention, left: Interval, right: Interval) -> Comparison:
    if left == right:
        return _SAME
    if claim.approx is Approx.RANGE and source.approx is Approx.RANGE:
        return _OTHER
    if left.covers(right):
        return Comparison(Verdict.COMPATIBLE, Why.WITHIN)
    return Comparison(Verdict.COMPATIBLE, Why.SHARPENED) if right.covers(left) else _OTHER


def _apart(mine: Fraction, theirs: Fraction) -> Comparison:
    """Two numbers that differ: by a power of ten (digits kept), or altogether."""
    if mine and theirs:
        ratio = max(abs(mine), abs(theirs)) / min(abs(mine), abs(theirs))
        if ratio.denominator == 1 and ratio >= 10 and str(ratio.numerator).strip("0") == "1":
            return _OF_ANOTHER_SCALE
    return _OTHER


def _slipped(claim: Mention, source: Mention) -> bool:
    """Whether an exact amount is a rounded one of the source times ten, a hundred … (18.1亿元 of 18080万元)."""
    mine, theirs, step = claim.value, source.value, claim.step
    if not claim.kind is source.kind is Kind.QUANTITY or not claim.approx is source.approx is Approx.EXACT:
        return False
    if not mine or not theirs or not step or not (mine.is_finite() and theirs.is_finite()):
        return False
    power = mine.adjusted() - theirs.adjusted()
    if not 0 < abs(power) <= _POWERS or mine.adjusted() - step.adjusted() not in _DIGITS:
        return False
    return units.same(claim.unit, source.unit) and rounded(theirs.scaleb(power), step) == mine


def _points(claim: Mention, source: Mention) -> Comparison:
    """A rise in a unit (提高1.5个百分点 may be read as either kind)."""
    if units.dimension(claim.unit) == units.dimension(source.unit) == "百分点":
        return _numbers(claim, source)
    return _UNITS_APART


# --- ranks -----------------------------------------------------------------------------------------

_FIELDS = ("全国", "全省", "全市", "全区", "全县", "全州", "全旗", "全镇", "全街道", "同类", "全球", "世界")


def _ranks(claim: Mention, source: Mention) -> Comparison:
    if (claim.value is None) is not (source.value is None):
        return _UNKNOWN
    mine, theirs = ({field for field in _FIELDS if field in m.text} for m in (claim, source))
    top, their_top = _is_top(claim), _is_top(source)
    if _from_below(claim) != _from_below(source):
        return Comparison(Verdict.DIFFERENT, Why.SIGN)
    if (
        claim.value is not None  # None: 前列, a place that no number tells
        and source.value is not None
        and claim.value != source.value
        and not (top and not their_top and source.value <= claim.value)
    ):
        return _OTHER
    if mine and theirs and mine != theirs:
        return Comparison(Verdict.DIFFERENT, Why.SCOPE)
    if top == their_top:
        return _SAME
    return Comparison(Verdict.COMPATIBLE, Why.WITHIN if top else Why.SHARPENED)


def _is_top(mention: Mention) -> bool:
    """前五名, 十强: a place among the first N; 第五 is the place itself."""
    return mention.value != 1 and any(word in mention.text for word in ("前", "强", "佳"))


def _from_below(mention: Mention) -> bool:
    return any(word in mention.text for word in ("倒数", "末位", "后"))


# --- dates -----------------------------------------------------------------------------------------


def _times(claim: Mention, source: Mention) -> Comparison:
    mine, theirs = (claim.date_start, claim.date_end), (source.date_start, source.date_end)
    if mine == (None, None) or theirs == (None, None):
        alike = "".join(claim.text.split()) == "".join(source.text.split())
        return _SAME if alike else _UNKNOWN
    if mine == theirs:
        return _SAME
    if _spans(claim, source):
        return Comparison(Verdict.COMPATIBLE, Why.WITHIN)
    if _spans(source, claim):
        return Comparison(Verdict.COMPATIBLE, Why.SHARPENED)
    return _OTHER


def _spans(outer: Mention, inner: Mention) -> bool:
    """Whether the period ``outer`` holds ``inner`` (2025年3月 holds 3月5日); an open end reaches no further.

    A date and a range of days never stand for one another: 3月5日 is not 3月1日至10日.
    """
    if outer.kind is not Kind.PERIOD or inner.kind is Kind.PERIOD:
        return False
    if None in (outer.date_start, outer.date_end, inner.date_start, inner.date_end):
        return False
    assert outer.date_start and outer.date_end and inner.date_start and inner.date_end
    return outer.date_start <= inner.date_start and inner.date_end <= outer.date_end
