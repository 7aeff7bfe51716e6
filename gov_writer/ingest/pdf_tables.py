"""Tables of a PDF, where ruled lines leave no doubt: every cell boxed, every word of the place in one cell."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gov_writer.domain import Table
from gov_writer.ingest import grid

#: A cell with more characters is a frame around text, not a cell.
_CELL = 400
#: Lines of a page; a table has some, a drawing has thousands.
LEAST_LINES, MOST_LINES = 6, 5_000
#: Pages with tables that are looked at.
PAGES = 300
_TOLERANCE = 2.5


@dataclass(frozen=True, slots=True)
class Cell:
    """words: "" where a merged cell runs on.  across, down: which way it runs on."""

    words: str = ""
    across: bool = False
    down: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table on a page.  Edges in points from the page's upper left corner; columns: their left edges."""

    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a place on the page is inside."""
        return self.left - 1 <= x <= self.right + 1 and self.top - 1 <= y <= self.bottom + 1

    def same_columns(self, other: Ruled) -> bool:
        """Whether another table carries this one on: the same columns at the same places."""
        edges = ((*self.columns, self.right), (*other.columns, other.right))
        return len(edges[0]) == len(edges[1]) and all(
            abs(a - b) <= _TOLERANCE for a, b in zip(*edges, strict=True)
        )

    def says(self, words: Sequence[str]) -> bool:
        """Whether its cells hold just these words, whatever their order: nothing lost, nothing doubled."""
        mine = Counter("".join("".join(cell.words for row in self.rows for cell in row).split()))
        return mine == Counter("".join("".join(words).split()))


def ruled(data: bytes, numbers: Sequence[int]) -> dict[int, list[Ruled]]:
    """The ruled tables of these pages (counted from 0), top down; none where the file resists."""
    if not numbers:
        return {}
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: dict[int, list[Ruled]] = {}
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[n + 1 for n in numbers[:PAGES]]) as pdf:
            for number, page in zip(numbers, pdf.pages, strict=False):
                tables = (_ruled(table) for table in page.find_tables())
                found[number] = sorted((t for t in tables if t is not None), key=lambda t: (t.top, t.left))
                page.close()
    except Exception:  # pdfminer raises what it likes on odd files; the lines are read all the same
        return found
    return found


def _ruled(table: Any) -> Ruled | None:
    words = table.extract()
    boxes = [row.cells for row in table.rows]
    width = max((len(row) for row in boxes), default=0)
    if len(boxes) < 2 or width < 2 or any(len(row) != width for row in boxes):
        return None
    lefts: list[float] = []
    for column in range(width):
        edges = [row[column][0] for row in boxes if row[column] is not None]
        if not edges:
            return None
        lefts.append(min(edges))
    rows = []
    for row, texts in zip(boxes, words, strict=True):
        cells: list[Cell] = []
        reach = float("-inf")
        for column, box in enumerate(row):
            if box is None:
                across = reach > lefts[column] + _TOLERANCE
                cells.append(Cell(across=across, down=not across))
                continue
            text = "".join(part.strip() for part in (texts[column] or "").split("\n"))
            if len(text) > _CELL:
                return None
            cells.append(Cell(text))
            reach = box[2]
        rows.append(tuple(cells))
    left, top, right, bottom = table.bbox
    return Ruled(left, top, right, bottom, tuple(lefts), tuple(rows))


def row_text(row: Sequence[Cell]) -> str:
    """A row's line in the text: its cells joined by tabs, those that run on from the left left out."""
    return "\t".join(cell.words for cell in row if not cell.across)


def built(rows: Sequence[tuple[Sequence[Cell], int, str]]) -> Table:
    """The table of these rows: cells, offset of the row's text, locator."""
    made: list[list[grid.Raw]] = []
    above: dict[int, str] = {}
    for cells, start, locator in rows:
        at = start
        raws: list[grid.Raw] = []
        words = ""
        for column, cell in enumerate(cells):
            if cell.across:
                raws.append(grid.Raw(words=words, start=at - 1, end=at - 1, locator=locator, across=True))
                continue
            words = above.get(column, "") if cell.down else cell.words
            if cell.down:
                raws.append(grid.Raw(words=words, start=at, end=at, locator=locator, down=True))
            else:
                raws.append(grid.Raw.of_text(words, at, at + len(words), locator))
            above[column] = words
            at += len(cell.words) + 1
        made.append(raws)
    return grid.build(made, name="")
