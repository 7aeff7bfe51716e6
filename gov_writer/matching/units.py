"""Which units mean the same, and how to convert those that measure the same thing.

The tables are ``lexicon/data/unit_classes.tsv`` (spellings, dimensions, factors) and ``unit_kin.tsv``
(measure words that writers exchange). A unit in neither is a class of its own. Nothing here knows
scales: values are already in the base unit (1.86亿元 is 186000000 元).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache

from gov_writer.lexicon import rows


class Kinship(StrEnum):
    """How two units stand to each other."""

    SAME = "same"  # 名 and 人
    CONVERTIBLE = "convertible"  # 亩 and 公顷
    KIN = "kin"  # 个 and 项; a unit and none at all
    OTHER = "other"  # 人 and 人次


#: Number words that a unit may still carry in front ("万元" in a table's header).
_SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
}
_MEMO = 4096  # distinct units of a run; hostile texts can't grow the memory beyond this


@cache
def _classes() -> dict[str, tuple[str, str, Fraction]]:
    """Spelling → (canonical unit, dimension, factor to the dimension's base)."""
    table: dict[str, tuple[str, str, Fraction]] = {}
    for kind, ratio, spellings in rows("unit_classes"):
        names = spellings.split()
        for name in names:
            table.setdefault(name, (names[0], kind, Fraction(ratio)))
    return table


@cache
def _kin() -> frozenset[tuple[str, str]]:
    pairs = set()
    for unit, others in rows("unit_kin"):
        for other in others.split():
            left, right = canonical(unit), canonical(other)
            pairs |= {(left, right), (right, left)}
    return frozenset(pairs)


def split_scale(unit: str) -> tuple[int, str]:
    """``(factor, unit)``: 万元 → (10000, 元); a unit without a scale has the factor 1, a scale alone the unit ""."""
    for word, scale in _SCALES.items():
        if unit.startswith(word):
            return scale, unit[len(word) :]
    return 1, unit


@lru_cache(_MEMO)
def canonical(unit: str | None) -> str:
    """The one spelling for all that mean the same: 名 → 人, 千米 → 公里. "" for no unit."""
    if not unit:
        return ""
    name = unit.strip()
    entry = _classes().get(name) or _classes().get(name.removeprefix("个"))
    return entry[0] if entry else name


@lru_cache(_MEMO)
def dimension(unit: str | None) -> str:
    """What the unit measures: 面积, 货币, …; a measure word is its own dimension; "" for no unit."""
    name = canonical(unit)
    entry = _classes().get(name)
    return entry[1] if entry else name


def same(a: str | None, b: str | None) -> bool:
    """Whether two units mean the same (名 and 人; 人 and 人次 do not)."""
    return canonical(a) == canonical(b)


@lru_cache(_MEMO)
def kinship(a: str | None, b: str | None) -> Kinship:
    """How far figures in these two units may be compared.  A missing unit is kin to any."""
    left, right = canonical(a), canonical(b)
    if left == right:
        return Kinship.SAME
    if not left or not right:
        return Kinship.KIN
    if dimension(left) == dimension(right):
        return Kinship.CONVERTIBLE
    return Kinship.KIN if (left, right) in _kin() else Kinship.OTHER


def factor(unit: str, into: str) -> Fraction | None:
    """What one ``unit`` is in ``into``, exactly; None where the two measure different things."""
    left, right = canonical(unit), canonical(into)
    if left == right:
        return Fraction(1)
    if dimension(left) != dimension(right) or left not in _classes():
        return None
    return _classes()[left][2] / _classes()[right][2]


def convert(value: Decimal, unit: str, into: str) -> Decimal | None:
    """``value`` in another unit (15 亩 → 1 公顷), None where the two measure different things.

    A result without a finite expansion is rounded to the precision of the decimal context.
    """
    ratio = factor(unit, into)
    if ratio is None:
        return None
    return value * Decimal(ratio.numerator) / Decimal(ratio.denominator)
