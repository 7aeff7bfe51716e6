"""A workbook number as its cell shows it: percent, thousands, decimals, a unit in the format."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from gov_writer.text.lazy import lazy

_QUOTED = lazy(r'"([^"]*)"')
_NOISE = lazy(r"\[[^\]]*\]|_.|\\(.)|\*.")
_DECIMALS = lazy(r"\.([0#?]+)")


def displayed(value: int | float, number_format: str) -> tuple[str, Decimal | None, bool]:
    """``(words, number, is a percentage)``; number is in the unit of the words (0.123 as % is 12.3).

    The format's decimals hold, except where they would hide up to two digits that were typed
    (0.123 under ``0%`` is shown 12.3%): a report quotes what the office knows, not what fitted the column.
    """
    if not -1e15 < value < 1e15:  # also what is no number
        return str(value), None, False
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    section = number_format[:200].split(";", maxsplit=1)[0]
    bare = _NOISE.sub("", _QUOTED.sub("", section))
    percent = "%" in bare
    if percent:
        exact *= 100
    number = _rounded(exact, bare)
    digits = f"{number:f}"
    if "," in bare and re.search(r"[0#?],[0#?]", bare):
        digits = f"{number:,f}"
    suffix = _suffix(section)
    return digits + ("%" if percent else "") + suffix, number, percent


def _rounded(exact: Decimal, bare: str) -> Decimal:
    needed = max(0, -int(exact.normalize().as_tuple().exponent))
    general = bare.strip().lower() in ("general", "@", "")
    match = _DECIMALS.search(bare)
    if general:
        asked = min(needed, 10)
    else:
        asked = len(match.group(1)) if match else 0
        optional = match.group(1).count("#") if match else 0
        if needed <= 2 or (match is None and needed <= 1):
            asked = max(asked, needed)
        asked = max(asked - optional, min(asked, needed))
    return exact.quantize(Decimal(1).scaleb(-asked), ROUND_HALF_UP)


def _suffix(section: str) -> str:
    """A unit written into the format: 0"户"."""
    match = re.search(r'[0#?%]\s*((?:"[^"]*"|\\.)+)\s*$', section)
    if not match:
        return ""
    return "".join(a or b for a, b in re.findall(r'"([^"]*)"|\\(.)', match.group(1))).strip()
