"""The table of a reconciliation: indicator × part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """What one part says.  value: in the base unit, None for approximations without one.

    sentence, source, locator: where.  certain: False when the indicators may not be the same.
    """

    text: str
    value: Decimal | None
    sentence: str
    source: str
    locator: str
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One indicator.  total: as the total has it, "" if it has none.  cells: by part, None = not told.

    verdict: 相符, 不符, 缺报, 待核 or 不相加 (averages).
    """

    indicator: str
    unit: str
    total: str
    summed: str
    verdict: str
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """parts: the names of the columns."""

    parts: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
