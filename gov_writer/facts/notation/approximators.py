"""Approximators before and after a number, and what a reader may take the number to mean.

``BEFORE`` and ``AFTER`` are the tables; docs/grammar.md is made from them. The bounds:

    about      ± half of what the last digit that is not 0 counts (printed decimals: the last digit), but a
               tenth at most and 2 % in any case
    more-than  余, 多, 来 inside a number: up to the next unit of its last digit that is not 0 (10余 → 10 to 20,
               3600余 → 3600 to 3700); 超, 突破 and the like: no upper bound
    less-than  近, 接近: a tenth or what the last digit counts below, whichever is less, but one at least
               (近3年 holds 2); 不足, 不到: no lower bound
    at-least, at-most: one bound, the value itself
    several    数十 → 20 to 100, 几百 → 200 to 1000, 多次 → 2 and up
"""

from __future__ import annotations

import re
from decimal import Decimal

from gov_writer.domain import Approx
from gov_writer.lexicon import rows
from gov_writer.text.lazy import lazy

BEFORE: dict[str, Approx] = {row[1]: Approx(row[2]) for row in rows("approximators") if row[0] == "before"}
AFTER: dict[str, Approx] = {row[1]: Approx(row[2]) for row in rows("approximators") if row[0] == "after"}
#: A word before which the last character of a BEFORE word belongs to another word: 节约, 附近, 通过.
NOT_AFTER: dict[str, str] = {row[1]: row[2] for row in rows("approximators") if row[0] == "not-after"}

_AFTER = lazy(
    r"\s?(?:"
    + "|".join(sorted((re.escape(w) for w in AFTER if w not in {"内", "多", "余"}), key=len, reverse=True))
    + ")"
)


def after_at(text: str, at: int) -> re.Match[str] | None:
    """The approximator that stands behind a number and its unit at ``at`` (以上, 左右), None if there is none."""
    return _AFTER.match(text, at)


#: 约占三分之一, 超过全年任务的一半: an approximator with words between it and a share.
_FAR = lazy(
    r"(?:(?P<near>大约|约|将近|接近|超过|不足|不到)(?:占|为|有|达)(?:到|了)?(?:[^，。；、：\n\d]{1,10}的)?"
    r"|(?P<of>将近|接近|超过|不足|不到)(?!额)[^，。；、：\n\d]{2,10}的)$"
)


def before_share(text: str, start: int, floor: int) -> str:
    """The approximator that stands before a share with words between them, "" for none."""
    found = _FAR.search(text, max(floor, start - 16), start)
    word = found and (found["near"] or found["of"])
    return word or ""


#: The same as in matching.values, which adds what a reader allows beyond the wording (docs/equality.md).
_WIDEST, _NARROWEST, _NEAR = Decimal("0.1"), Decimal("0.02"), Decimal("0.1")


def bounds(
    value: Decimal,
    approx: Approx,
    step: Decimal,
    word: str = "",
    high: Decimal | None = None,
    grain: Decimal | None = None,
) -> tuple[Decimal | None, Decimal | None]:
    """``(low, high)`` for a magnitude ≥ 0.

    word: the approximator as written; high: a range's upper end; grain: what the last digit counts that the
    writer cared for, None for the last one that is not 0.
    """
    grain = last_place(value) if grain is None else grain
    if approx is Approx.EXACT:
        return value, value
    if approx is Approx.RANGE:
        return value, high
    if approx is Approx.ABOUT:
        slack = max(min(grain / 2, value * _WIDEST), value * _NARROWEST)
        return value - slack, value + slack
    if approx is Approx.MORE_THAN:
        return value, value + last_place(value) if word and word[-1] in "余多来几" else None
    if approx is Approx.AT_LEAST:
        return value, None
    if approx is Approx.LESS_THAN:
        if not word or word[-1] != "近":
            return None, value
        return value - max(min(grain, value * _NEAR), min(step, Decimal(1))), value
    if approx is Approx.AT_MOST:
        return None, value
    return value * 2, value * 10


def last_place(value: Decimal) -> Decimal:
    """What the last digit of value that is not 0 counts: 3600 → 100, 32000 → 1000, 0 → 1."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
