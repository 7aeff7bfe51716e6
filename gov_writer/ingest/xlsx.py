"""Workbooks: a line per sheet name, then a line per row with the cells as displayed, joined by tabs."""

from __future__ import annotations

import io
import re
import warnings as python_warnings
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gov_writer.domain import Block, BlockKind, Table
from gov_writer.ingest import grid
from gov_writer.ingest.content import Content
from gov_writer.ingest.csv_ import letters
from gov_writer.ingest.limits import CELLS, fault
from gov_writer.ingest.numberformat import displayed
from gov_writer.ooxml.package import Package, broken, open_package

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
#: A merged range larger than this is no heading; it is refused before it is unfolded.
_MERGED_CELLS = 50_000
#: Columns of a table up to which empty ones are shown too.
_WIDTH = 200


@dataclass(slots=True)
class _Book:
    """The text as it grows, and what to warn of."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    at: int = 0

    def line(self, words: str, locator: str, kind: BlockKind) -> None:
        self.blocks.append(Block(start=self.at, end=self.at + len(words), locator=locator, kind=kind))
        self.parts.append(words)
        self.at += len(words) + 1


def read_xlsx(data: bytes, name: str) -> Content:
    """Read a workbook.  Formulas count with their stored values; those without are warned of.

    Raises INGEST-115 when no formula has a stored value and nothing else is there.
    """
    from openpyxl import load_workbook

    package = open_package(data, name, kind="xl")
    _all_there(package, name)
    has_formulas = _inspect(package, name)
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(data), keep_links=False) if has_formulas else None
    except Exception:  # openpyxl raises whatever its parsers raise
        raise broken(name, "工作表") from None
    book = _Book()
    missing: list[str] = []
    faulty: list[str] = []
    values = 0
    for sheet in workbook.worksheets:
        lost = _missing(sheet, formulas[sheet.title] if formulas is not None else None)
        missing += lost
        faulty += _faulty(sheet)
        values += _sheet(sheet, book)
    if missing and values == 0:
        raise _no_values(name, missing)
    if missing:
        book.warnings.append(
            f"{len(missing)}个公式没有保存计算结果，按空白处理：{_some(missing)}。请用 Excel 或 WPS 打开并保存后再试。"
        )
    if faulty:
        book.warnings.append(
            f"{len(faulty)}个单元格是错误值，没有当作数据：{_some(faulty)}。请在 Excel 或 WPS 里改正公式后再试。"
        )
    if name.lower().endswith(".xlsm"):
        book.warnings.append("文件带有宏，宏没有运行。")
    return Content(
        text="\n".join(book.parts) if values else "",
        blocks=tuple(book.blocks),
        tables=tuple(book.tables),
        warnings=tuple(book.warnings),
    )


def _all_there(package: Package, name: str) -> None:
    """Refuse a workbook that names a sheet whose part is gone; openpyxl would read it as if it had none."""
    main = package.main()
    relations = package.relations(main)
    for element in package.root(main).iter("{*}sheet"):
        identity = next((value for key, value in element.items() if str(key).endswith("}id")), "")
        relation = relations.get(str(identity))
        if relation is None or (not relation.external and relation.target not in package.names):
            raise broken(name, f"工作表“{element.get('name') or ''}”的内容不在文件里")
    package.roots.pop(main, None)


def _inspect(package: Package, name: str) -> bool:
    """Refuse what openpyxl would choke on; say whether there are formulas."""
    cells, formulas = 0, False
    for part in sorted(package.names):
        if not part.endswith((".xml", ".rels")) or not part.startswith(("xl/", "_rels", "[Content")):
            continue
        package.root(part)  # sound XML without entities
        if not part.startswith("xl/worksheets/"):
            package.roots.pop(part, None)
            continue
        data = package.data(part)
        package.roots.pop(part, None)
        cells += sum(1 for _ in _CELL.finditer(data))
        formulas = formulas or _FORMULA.search(data) is not None
        merged = 0
        for left, top, right, bottom in _MERGE.findall(data):
            merged += (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)
        if cells > CELLS * 2 or merged > _MERGED_CELLS:
            raise fault(
                111,
                f"“{name}”的表格太大，没有读取。",
                where=f"{part} 有 {cells} 个单元格（合并的有 {merged} 个），上限是 {CELLS * 2} 个。",
                hint="请删去空白的格式行列，只保留写报告要用的表。",
            )
    return formulas


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def _no_values(name: str, missing: list[str]) -> Exception:
    return fault(
        115,
        f"“{name}”里只有公式，没有保存计算结果。",
        where=f"如 {missing[0]}，共 {len(missing)} 处。",
        hint="请用 Excel 或 WPS 打开，按“保存”后再试。",
    )


def _some(places: list[str]) -> str:
    return "、".join(places[:5]) + ("等" if len(places) > 5 else "")


def _faulty(sheet: Worksheet) -> list[str]:
    """Places of cells whose formula came to nothing, with what they show: #REF!, #DIV/0!."""
    return [
        f"{sheet.title}!{cell.coordinate}（{cell.value}）"
        for _, cell in sorted(sheet._cells.items())
        if cell.data_type == "e"
    ]


def _missing(sheet: Worksheet, formulas: Worksheet | None) -> list[str]:
    """Places of formulas without a stored value."""
    if formulas is None:
        return []
    cells: dict[tuple[int, int], Any] = sheet._cells
    return [
        f"{sheet.title}!{letters(column - 1)}{row}"
        for (row, column), cell in sorted(formulas._cells.items())
        if cell.data_type == "f" and ((row, column) not in cells or cells[row, column].value is None)
    ]


def _sheet(sheet: Worksheet, book: _Book) -> int:
    """Add the sheet; returns how many cells hold something."""
    rows = _rows(sheet)
    if not rows:
        return 0
    title = " ".join(sheet.title.split())
    if sheet.sheet_state != "visible":
        book.warnings.append(f"工作表“{title}”是隐藏的，也读了。")
    book.line(title, title, BlockKind.HEADING)
    book.blocks[-1] = Block(
        start=book.blocks[-1].start, end=book.blocks[-1].end, locator=title, kind=BlockKind.HEADING, level=1
    )
    _warn_of_hidden(sheet, book, title, rows)
    for group in _groups(rows):
        book.tables.append(_table(sheet, book, title, rows, group))
    return sum(1 for row in rows.values() for cell in row.values() if cell is not None)


def _rows(sheet: Worksheet) -> dict[int, dict[int, Any]]:
    """What is in the sheet, sparse: row -> column -> cell; both from 1."""
    found: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None and str(cell.value).strip():
            found.setdefault(row, {})[column] = cell
    return found


def _groups(rows: dict[int, dict[int, Any]]) -> list[list[int]]:
    """Tables of one sheet stand apart by an empty row and a new header behind it."""
    groups: list[list[int]] = []
    for row, cells in rows.items():
        if groups and row - groups[-1][-1] <= 1:
            groups[-1].append(row)
        elif groups and len(groups[-1]) < 2:
            groups[-1].append(row)  # a caption above the table
        elif groups and not _is_heading_row(cells):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_heading_row(row: dict[int, Any]) -> bool:
    return all(isinstance(cell.value, str) for cell in row.values())


def _warn_of_hidden(sheet: Worksheet, book: _Book, title: str, rows: dict[int, dict[int, Any]]) -> None:
    hidden = [row for row in rows if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden]
    if hidden:
        some = "、".join(f"第{row}行" for row in hidden[:5])
        book.warnings.append(f"工作表“{title}”有{len(hidden)}行是隐藏的（{some}），也读了。")
    used = {column for row in rows.values() for column in row}
    columns = []
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            columns += [c for c in sorted(used) if dimension.min <= c <= dimension.max]
    if columns:
        some = "、".join(f"{letters(column - 1)}列" for column in columns[:5])
        book.warnings.append(f"工作表“{title}”有{len(columns)}列是隐藏的（{some}），也读了。")


def _table(
    sheet: Worksheet, book: _Book, title: str, rows: dict[int, dict[int, Any]], group: list[int]
) -> Table:
    left = min(column for row in group for column in rows[row])
    right = max(column for row in group for column in rows[row])
    columns = list(range(left, right + 1))
    if len(columns) > _WIDTH:  # something far out: leave out the columns without anything
        columns = sorted({column for row in group for column in rows[row]})
    merges = _merges(sheet, group, left, right)
    raw: list[list[grid.Raw]] = []
    shown: dict[tuple[int, int], str] = {}
    for row in group:
        words: list[str] = []
        line: list[grid.Raw] = []
        at = book.at
        for column in columns:
            cell = rows[row].get(column)
            origin = merges.get((row, column))
            locator = f"{title}!{letters(column - 1)}{row}"
            if origin is not None and origin != (row, column):
                text = shown.get(origin, "")
                across, down = column > origin[1], row > origin[0]
                line.append(grid.Raw(words=text, start=at, end=at, locator=locator, across=across, down=down))
                words.append("")
                at += 1
                continue
            made = (
                _raw(cell, at, locator) if cell is not None else grid.Raw(start=at, end=at, locator=locator)
            )
            shown[row, column] = made.words
            line.append(made)
            words.append(made.words)
            at += len(made.words) + 1
        text = "\t".join(words)
        book.line(text, f"{title}!{row}行" if len(words) > 1 else line[0].locator, BlockKind.ROW)
        raw.append(line)
    return grid.build(raw, name=title)


def _merges(
    sheet: Worksheet, group: list[int], left: int, right: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """Each merged cell's place -> the place of the cell that holds the value."""
    rows = set(group)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        top, first = area.min_row, area.min_col
        for row in range(top, area.max_row + 1):
            if row in rows:
                for column in range(max(first, left), min(area.max_col, right) + 1):
                    found[row, column] = (top, first)
    return found


def _raw(cell: Any, at: int, locator: str) -> grid.Raw:
    value = cell.value
    number: Decimal | None = None
    percent = is_date = False
    if isinstance(value, bool):
        words = "是" if value else "否"
    elif isinstance(value, int | float):
        words, number, percent = displayed(value, cell.number_format or "General")
    elif isinstance(value, datetime | date | time | timedelta):
        words, is_date = _date(value), True
    else:
        words = " ".join(str(value).split())
        number, percent = grid.number_of(words)
    return grid.Raw(
        words=words,
        start=at,
        end=at + len(words),
        locator=locator,
        number=number,
        percent=percent,
        date=is_date,
    )


def _date(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        day = f"{value.year}年{value.month}月{value.day}日"
        clock = value.time()
        return day if clock == time() else f"{day}{clock.hour:02}:{clock.minute:02}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}"
    return str(value)
