"""Rows of cells to a ``Table``: which rows are headers, which columns labels, what unit a number has.

Nothing is assumed about the layout but what clerks do: a caption line over the table, one or two header
rows (merged where a heading spans columns), labels at the left (merged where they span rows), a unit in
the heading (金额（万元）), in a caption (单位：万元) or in a column of its own, totals in the last row or column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gov_writer.domain import Cell, Table
from gov_writer.ingest import units
from gov_writer.text.lazy import lazy

_NUMBER = lazy(r"[-+−]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?$")
_PERCENT = lazy(r"([-+−]?\d+(?:\.\d+)?)\s*[%％]$")
_DATA = lazy(r"[-+−约超近]?\d[\d,，]*(?:\.\d+)?\s*[\u4e00-\u9fff%％㎡/]{0,6}$")
_YEAR = lazy(r"(?:19|20)\d{2}\s*(?:年度?|[-—.]?\s*(?:上|下)半年)?$")
#: 2025年3月18日, 2025-03-18, 2025年5月: a column of days (开工日期) names no rows.
_DAY = lazy(r"(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*(?:[月./-]\s*\d{1,2}\s*[日号]?|月)$")
#: A heading that begins with its year or months: 2024年完成, 1-6月实绩, 9月份.
_PERIOD_HEAD = lazy(
    r"(?:(?:19|20)\d{2}\s*年度?(?:\s*[\u4e00-\u9fff（(].{0,12})?|\d{1,2}\s*(?:[-—–~～至]\s*\d{1,2}\s*)?月份?(?:\s*[\u4e00-\u9fff（(].{0,12})?)$"
)
#: A heading that names a class: 80岁以上老人, 60-69岁, 5000万元以上项目.
_CLASS_HEAD = lazy(
    r"\d+(?:\s*[-—–~～至]\s*\d+)?\s*(?:周?岁(?:[及含]?以[上下])?|[万亿]?元?[及含]?以[上下])[\u4e00-\u9fff（()）]{0,12}$"
)
_CAPTION_UNIT = lazy(r"(?:计量)?单位\s*[:：]\s*([^\s，,；;）)（(]{1,12})")
_HEADING_UNIT = lazy(r"\s*[（(【\[]\s*(?:单位\s*[:：]\s*)?([^（）()【】\[\]\d]{1,8})\s*[）)】\]]\s*$")
_BARE_RATE = lazy(r"(?<=[\u4e00-\u9fff])\s*[±+]?\s*([%％‰])\s*$")
_RATES = frozenset({"%", "‰", "个百分点", "百分点"})
_SERIAL = lazy(r"序号|编号|No\.?$|№|序$", re.IGNORECASE)
_UNIT_COLUMN = lazy(r"(?:计量)?单位$")
_TOTAL = lazy(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*数|全\s*街道?合计|累\s*计)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A cell as read: its words (``text[start:end]``), its number in its own unit, its place.

    merged: the cell only continues a merged one; ``words`` are then those of the merged cell, and
    the span is empty.  across, down: which way it continues.
    """

    words: str = ""
    start: int = 0
    end: int = 0
    locator: str = ""
    number: Decimal | None = None
    percent: bool = False
    date: bool = False
    across: bool = False
    down: bool = False

    @property
    def merged(self) -> bool:
        return self.across or self.down

    @classmethod
    def of_text(cls, words: str, start: int, end: int, locator: str) -> Raw:
        """A cell of a document, .csv or Markdown table, whose number is read from its words."""
        number, percent = number_of(words)
        return cls(words=words, start=start, end=end, locator=locator, number=number, percent=percent)


def number_of(words: str) -> tuple[Decimal | None, bool]:
    """``(value, is a percentage)`` of a cell that holds a bare number; 27% is 27."""
    words = words.strip()
    if not words or len(words) > 40:
        return None, False
    match = _PERCENT.match(words)
    if not match and not _NUMBER.match(words):
        return None, False
    digits = (match.group(1) if match else words).replace(",", "").replace("，", "").replace("−", "-")
    try:
        return Decimal(digits), match is not None
    except InvalidOperation:
        return None, False


@dataclass(slots=True)
class _Layout:
    captions: int = 0
    headers: int = 0  # rows, behind the captions
    unit: str | None = None
    labels: list[int] = field(default_factory=list)  # columns
    serials: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)

    @property
    def first(self) -> int:
        return self.captions + self.headers


def build(rows: Sequence[Sequence[Raw]], *, name: str) -> Table:
    """The table with headers, labels and units found.  rows: of equal or unequal length, top down."""
    layout = _Layout()
    _find_captions(rows, layout)
    _find_headers(rows, layout)
    _find_columns(rows, layout)
    headings = _headings(rows, layout)
    total_columns = {c for c, (words, _) in headings.items() if words and _TOTAL.match(words[-1])}
    cells: list[Cell] = []
    above: dict[int, str] = {}
    for number, row in enumerate(rows):
        body = number >= layout.first
        labels, unit = _row_labels(row, layout, above) if body else ((), None)
        is_total = any(_TOTAL.search(label) for label in labels)
        for column, raw in enumerate(row):
            if raw.merged:
                continue
            header = not body or column in layout.labels or column in layout.serials or column in layout.units
            heading, heading_unit = headings.get(column, ((), None))
            cells.append(
                Cell(
                    start=raw.start,
                    end=raw.end,
                    row=number,
                    column=column,
                    locator=raw.locator,
                    number=raw.number,
                    headers=heading if body else (),
                    labels=labels if body and not header else (),
                    unit=None
                    if header or (heading and _RANKED.search(heading[-1]))
                    else _unit(raw, unit, heading_unit, layout),
                    is_header=header,
                    is_total=body and (is_total or column in total_columns),
                )
            )
    return Table(name=name, cells=tuple(cells))


#: 全区位次: a place among others, whatever the row is measured in.
_RANKED = lazy("排名|名次|位次|排位")


def _unit(raw: Raw, row_unit: str | None, heading_unit: str | None, layout: _Layout) -> str | None:
    if raw.percent:
        return "%"
    if heading_unit in _RATES:  # a rate's column has its own unit, whatever the row is measured in
        return heading_unit
    return row_unit or heading_unit or layout.unit


def _filled(row: Sequence[Raw]) -> list[Raw]:
    return [raw for raw in row if raw.words and not raw.merged]


def _find_captions(rows: Sequence[Sequence[Raw]], layout: _Layout) -> None:
    """Leading rows with one cell only (title, 单位：万元, 填报时间) stand over the table."""
    for row in rows[:6]:
        filled = _filled(row)
        caption_unit = next((m for raw in filled if (m := _CAPTION_UNIT.search(raw.words))), None)
        lone = len(filled) <= 1 and len(row) > 1 and (not filled or not _is_data(filled[0]))
        about = bool(filled) and all(re.search(r"[:：]", raw.words) for raw in filled)
        if not (lone or about) or layout.captions + 1 >= len(rows):
            break
        if caption_unit:
            layout.unit = _one_unit(caption_unit.group(1))
        layout.captions += 1


def _one_unit(words: str) -> str | None:
    """The unit that holds for the columns without one: 万元 of 万元、%, since headings tell the rates.

    None where a caption names several (户、人、万元): which column has which, nobody says.
    """
    several = [part for part in re.split(r"[、/和及]", words) if part]
    if len(several) == 1:
        return units.known(words) or words
    left = {unit for part in several if (unit := units.known(part)) not in (None, "%", "‰", "个百分点")}
    return left.pop() if len(left) == 1 else None


def _is_data(raw: Raw) -> bool:
    if raw.number is not None or raw.date:
        return not _is_year(raw)
    words = raw.words.strip()
    return bool(_DATA.match(words)) and not _YEAR.match(words) and not _PERIOD_HEAD.match(words)


def _is_year(raw: Raw) -> bool:
    return bool(_YEAR.match(raw.words.strip())) and not raw.percent


def _find_headers(rows: Sequence[Sequence[Raw]], layout: _Layout) -> None:
    at = layout.captions
    if at >= len(rows) or len(heads := _filled(rows[at])) < 2:
        return
    if any(_is_data(raw) and not _CLASS_HEAD.match(raw.words.strip()) for raw in heads):
        return
    if at + 1 >= len(rows):
        return
    layout.headers = 1
    while layout.headers < 4 and at + layout.headers + 1 < len(rows):
        above, row = rows[at + layout.headers - 1], rows[at + layout.headers]
        if any(_is_data(raw) for raw in _filled(row)) or not _continues(above, row):
            break
        layout.headers += 1


def _continues(above: Sequence[Raw], row: Sequence[Raw]) -> bool:
    """Whether the row is a second header row: headings above span columns, or cells above reach into it."""
    if any(raw.down for raw in row) and len(_filled(row)) >= 1:
        return any(raw.across for raw in above) or not all(raw.down for raw in row)
    if any(raw.across for raw in above):
        return True
    # Unmerged but drawn as if: blank beside a heading above, words below the blank, and blank below 单位.
    blank_above = any(
        not raw.words and column < len(row) and row[column].words for column, raw in enumerate(above)
    )
    blank_below = any(raw.words and (c >= len(row) or not row[c].words) for c, raw in enumerate(above))
    return blank_above and blank_below


def _find_columns(rows: Sequence[Sequence[Raw]], layout: _Layout) -> None:
    body = rows[layout.first :]
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        cells = [row[column] for row in body if column < len(row) and row[column].words]
        heading = [row[column].words for row in rows[layout.captions : layout.first] if column < len(row)]
        last = next((words.strip() for words in reversed(heading) if words.strip()), "")
        if _SERIAL.match(last) or (not last and column == 0 and _counts_up(cells)):
            layout.serials.add(column)
            continue
        if _UNIT_COLUMN.match(last) and cells and _mostly_units(cells):
            layout.units.add(column)
            continue
        if _holds_data(cells, first=not layout.labels):
            break
        prose = any(len(raw.words) > 40 for raw in cells)
        days = layout.labels and all(_DAY.match(raw.words.strip()) for raw in cells)
        if layout.labels and (prose or days or not cells):
            break
        layout.labels.append(column)
    _find_late_units(rows, layout, width)
    if layout.labels and len(layout.labels) + len(layout.serials) + len(layout.units) >= width:
        # All text: the first column labels, the rest says something.
        layout.labels = layout.labels[:1]


def _holds_data(cells: Sequence[Raw], *, first: bool) -> bool:
    """Whether a column holds figures.  first: it may be the labels; 12345工单 and 110警情 are names in any column."""
    data = sum(_is_data(raw) for raw in cells)
    if any(raw.number is not None for raw in cells):
        return True
    return data == len(cells) > 0 if first else 2 * data > len(cells)


def _find_late_units(rows: Sequence[Sequence[Raw]], layout: _Layout, width: int) -> None:
    """A unit column may stand behind the numbers."""
    for column in range(width):
        heading = [row[column].words for row in rows[layout.captions : layout.first] if column < len(row)]
        cells = [row[column] for row in rows[layout.first :] if column < len(row) and row[column].words]
        last = next((words.strip() for words in reversed(heading) if words.strip()), "")
        if _UNIT_COLUMN.match(last) and cells and _mostly_units(cells):
            layout.units.add(column)
            if column in layout.labels:
                layout.labels.remove(column)


def _counts_up(cells: Sequence[Raw]) -> bool:
    numbers = [raw.number for raw in cells if raw.number is not None]
    return len(numbers) >= 3 and numbers == [Decimal(n) for n in range(1, len(numbers) + 1)]


def _mostly_units(cells: Sequence[Raw]) -> bool:
    return sum(units.known(raw.words) is not None for raw in cells) * 3 >= len(cells) * 2


def split_unit(words: str) -> tuple[str, str | None]:
    """A heading without its unit, and the unit: 金额（万元） → (金额, 万元), 同比% → (同比, %)."""
    rate = _BARE_RATE.search(words)
    if rate:
        return words[: rate.start()].strip(), "‰" if rate.group(1) == "‰" else "%"
    match = _HEADING_UNIT.search(words)
    if match:
        unit = units.known(match.group(1))
        if unit:
            return words[: match.start()].strip(), unit
    return words.strip(), None


def _headings(
    rows: Sequence[Sequence[Raw]], layout: _Layout
) -> dict[int, tuple[tuple[str, ...], str | None]]:
    found: dict[int, tuple[tuple[str, ...], str | None]] = {}
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        words: list[str] = []
        unit: str | None = None
        for number in range(layout.captions, layout.first):
            row = rows[number]
            if column >= len(row):
                continue
            raw = row[column]
            text = raw.words or _spanning(row, column, layout, last=number == layout.first - 1)
            if text and (not words or text != words[-1]):
                plain, own = split_unit(" ".join(text.split()))
                unit = own or unit
                if plain and (not words or plain != words[-1]):
                    words.append(plain)
        found[column] = (tuple(words), unit)
    return _with_shared_units(found)


#: What amounts of money are headed: 总投资（万元） beside 年度计划投资, 累计完成投资.
_AMOUNT = lazy(
    "(?P<of>投资|资金|金额|经费|产值|收入|支出|补助|贷款|(?P<any>(?:全年|年度)(?:计划|目标|任务)))(?:额|数)?$"
)


def _with_shared_units(
    found: dict[int, tuple[tuple[str, ...], str | None]],
) -> dict[int, tuple[tuple[str, ...], str | None]]:
    """Columns of amounts without a unit have that of the column which names it for the same thing; a bare 年度计划
    has the one unit of the amounts beside it."""
    named = {
        match["of"]: unit
        for words, unit in found.values()
        if words and unit and unit.endswith("元") and (match := _AMOUNT.search(words[-1]))
    }
    only = next(iter(named.values())) if len(set(named.values())) == 1 else None
    for column, (words, unit) in found.items() if named else ():
        match = _AMOUNT.search(words[-1]) if words and unit is None else None
        if match is not None:
            found[column] = (words, only if match["any"] else named.get(match["of"]))
    return found


def _spanning(row: Sequence[Raw], column: int, layout: _Layout, *, last: bool) -> str:
    """In a two-row header drawn without merging, the heading to the left spans the blanks beside it."""
    if last or layout.headers < 2:
        return ""
    return next((raw.words for raw in reversed(row[:column]) if raw.words), "")


def _row_labels(
    row: Sequence[Raw], layout: _Layout, above: dict[int, str]
) -> tuple[tuple[str, ...], str | None]:
    labels: list[str] = []
    unit: str | None = None
    for order, column in enumerate(layout.labels):
        words = " ".join(row[column].words.split()) if column < len(row) else ""
        if words:
            for later in layout.labels[order + 1 :]:
                above.pop(later, None)
            above[column] = words
        elif order < len(layout.labels) - 1:
            words = above.get(column, "")
        if words and words not in labels:
            plain, own = split_unit(words)
            unit = own or unit
            labels.append(plain or words)
    for column in layout.units:
        if column < len(row) and row[column].words:
            unit = units.known(row[column].words) or row[column].words.strip()
    return tuple(labels), unit
