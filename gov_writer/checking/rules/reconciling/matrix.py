"""The matches as a table, indicator × part, for whoever wants to see them all."""

from __future__ import annotations

from gov_writer.checking.case import Case
from gov_writer.checking.rules.reconciling import sums
from gov_writer.checking.rules.reconciling.match import Indicator, Match, indicators
from gov_writer.checking.rules.reconciling.units_told import part_name
from gov_writer.domain import Matrix, MatrixCell, MatrixRow


def matrix(case: Case) -> Matrix:
    """All indicators of the total with what each part says."""
    return Matrix(
        parts=tuple(part_name(part) for part in case.parts),
        rows=tuple(_row(case, indicator) for indicator in case.once(indicators)),
    )


def _row(case: Case, indicator: Indicator) -> MatrixRow:
    cells: list[MatrixCell | None] = [None] * len(case.parts)
    for match in indicator.matches:
        cells[match.part] = _cell(case, match)
    model = indicator.total or next(iter(indicator.cells.values()))
    summed = sums.total(match.fact.mention for match in indicator.matches)
    return MatrixRow(
        indicator=indicator.name,
        unit=model.unit or "",
        total=indicator.total.text if indicator.total else "",
        summed=(summed.shown or "约数") if indicator.matches and indicator.adds_up else "",
        verdict=_verdict(indicator, summed, _complete(indicator, cells)),
        cells=tuple(cells),
    )


def _complete(indicator: Indicator, cells: list[MatrixCell | None]) -> bool:
    return all(cell is not None or part in indicator.beside for part, cell in enumerate(cells))


def _verdict(indicator: Indicator, summed: sums.Sum, complete: bool) -> str:
    if not all(match.certain for match in indicator.matches):
        return "待核"
    if not indicator.adds_up:
        return "不相加"
    if not complete:
        return "缺报"
    if indicator.total is None:
        return "待核"
    return "相符" if summed.meets(sums.of(indicator.total.mention)) else "不符"


def _cell(case: Case, match: Match) -> MatrixCell:
    source = case.parts[match.part].sources[0]
    start, end = match.fact.sentence
    return MatrixCell(
        text=match.fact.text,
        value=match.fact.value,
        sentence=source.text[start:end].strip() or match.fact.text,
        source=source.path,
        locator=match.fact.locator,
        certain=match.certain,
    )
