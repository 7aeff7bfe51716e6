"""Table rows as sentences: row label, column heading, value, unit and year, by template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from gov_writer.domain import Cell, Fact, Source, Table
from gov_writer.outline import chronicle, topics
from gov_writer.outline.cells import (
    INDEX,
    PLACE,
    RATES,
    ROLE_END,
    TOTAL,
    TableCell,
    bare,
    column_heads,
    counted_noun,
    counting,
    headings,
    is_growth,
    is_period,
    is_place,
    ranked,
    role_of,
    unit_of,
    value_words,
    year_of,
)
from gov_writer.outline.own_time import OwnTime
from gov_writer.outline.reading import Piece
from gov_writer.outline.rows import (
    TASK,
    by_column,
    by_period,
    by_place,
    labels_that_count,
    with_counts,
    with_remark,
)
from gov_writer.outline.words import Words, plain, tidy

_PERSON = re.compile(
    r"姓名|信访人|上访人|来访人|投诉人|举报人|申请人|当事人|患者|病人|户主|家属|监护人|救助对象|帮扶对象|受助人|嫌疑人|居民$|联系人|负责人"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
#: Columns that say nothing to a reader of the report.
_SILENT = re.compile(
    r"序号|编号|备注|说明|电话|手机|身份证|证件|地址|住址|卡号|账号|单位$|来源|责任(?:人|科室|部门|领导)|(?:牵头|配合|包保|包联|主管|分管)(?:科室|部门|领导|人)|填报|联系"
)
#: Columns of what else there is to say, and of how far a thing is.
_REMARK = re.compile(r"备注|说明|其他情况")
_SAYING = 24
#: A heading over the names of places: the names alone may lack it.
_PLACE_HEAD = re.compile(r"(社区|村|街道|镇|乡|小区)(?:名称|名)?")
#: More parts than this are told row by row.
_MOST_PARTS = 10


def read_tables(
    source: Source, facts: Sequence[Fact], skip: Mapping[str, str], *, own: OwnTime
) -> list[Piece]:
    """One piece per row that holds facts.  skip: facts that are left out, with the reason.

    own: the report's own time, which its rows needn't name.
    """
    by_cell: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        if fact.cell is not None and fact.counted and fact.id not in skip:
            by_cell.setdefault(fact.cell, []).append(fact)
    pieces: list[Piece] = []
    for number, table in enumerate(source.tables):
        cells = [
            TableCell(cell, source, tuple(by_cell.get((number, i), ()))) for i, cell in enumerate(table.cells)
        ]
        rows = [
            sorted(group, key=lambda entry: entry.cell.column)
            for _, group in groupby(cells, key=lambda entry: entry.cell.row)
        ]
        if chronicle.is_chronicle(rows):
            hours = (chronicle.told(row) for row in rows)
            made = [
                _piece(source, table, words, cell.cell, table.name) for words, cell in filter(None, hours)
            ]
            pieces += [
                replace(piece, block=1_000_000 + number * 10_000 + i, row=False, listed=True)
                for i, piece in enumerate(made)
            ]
            continue
        told = [row for row in rows if any(entry.facts for entry in row)]
        noun = _place_noun(rows, told)
        owned = [piece for row in told for piece in _owned(source, table, row, noun)]
        told = [[entry for entry in row if not _is_owned(entry, row)] for row in told]
        base = 1_000_000 + number * 10_000
        pieces += [replace(piece, block=base + 8000 + i) for i, piece in enumerate(owned)]
        found = _totals_first(source, table, told, noun)
        whole = found is not None
        if found is None:
            found = [_row(source, table, row, noun, own) for row in told]
            whole = all(_is_entity(row) for row in told)
        if whole:  # projects, communities: they stay together
            names = " ".join(piece.hint for piece in found)
            pieces += [replace(piece, block=base, hint=names) for piece in found]
            continue
        pieces += [
            replace(piece, block=base + index) for index, piece in enumerate(found) if piece.words.text
        ]
        pieces += [
            replace(piece, block=base + 9000 + i)
            for i, piece in enumerate(_goals(source, table, told, noun, own))
        ]
    return pieces


#: What stands in a column of problems where there are none.
_NONE = re.compile(r"(?:暂?无|没有|[/\\\-—－–\s]*)[。.]?")


def _is_owned(entry: TableCell, row: Sequence[TableCell]) -> bool:
    """Whether a cell stands in a column of problems or of next steps, beside what was done."""
    heads = "".join(headings(entry.cell))
    if entry.cell.is_header or entry.cell.number is not None or not _is_ahead_or_lacking(heads):
        return False
    return any(e.facts and not _is_ahead_or_lacking("".join(headings(e.cell))) for e in row)


def _is_ahead_or_lacking(heads: str) -> bool:
    if ROLE_END.search(heads) or re.search(r"\d", heads):
        return False
    return topics.is_problem_heading(heads) or topics.is_plan_heading(heads)


def _owned(source: Source, table: Table, row: Sequence[TableCell], noun: str) -> list[Piece]:
    """A row's problems and next steps, each under its column's heading."""
    pieces = []
    for entry in row:
        if not _is_owned(entry, row) or _NONE.fullmatch(entry.text):
            continue
        label = _label(row, next(e for e in row if e.facts).cell, noun)
        said = plain(f"{label}方面，" if label and label not in entry.text else "") + value_words(entry)
        made = _piece(source, table, said, entry.cell, " ".join((table.name, label)))
        above = (*made.headings, *headings(entry.cell)[-1:])
        pieces.append(replace(made, headings=above, row=False, listed=True))
    return pieces


def _is_entity(row: Sequence[TableCell]) -> bool:
    """Whether the columns say what is counted and the row's label of whom; else the label is an indicator."""
    told = [e.cell for e in row if e.facts]
    return len(told) > 1 and not any(
        is_period(cell) or is_growth(cell) or ROLE_END.search("".join(headings(cell))) for cell in told
    )


def _place_noun(rows: Sequence[Sequence[TableCell]], told: Sequence[Sequence[TableCell]]) -> str:
    """What the column of row labels is headed, where it heads places (社区: 桂园, 望江), else ""."""
    if not told:
        return ""
    top, left = told[0][0].cell.row, min(e.cell.column for e in told[0] if e.facts)
    heads = [e.text for row in rows for e in row if e.cell.row < top and e.cell.column < left]
    return next((match[1] for head in heads if (match := _PLACE_HEAD.fullmatch(head))), "")


def _totals_first(
    source: Source, table: Table, rows: Sequence[Sequence[TableCell]], noun: str
) -> list[Piece] | None:
    """党员共794人，其中桂园社区312人、望江社区287人…: a sentence per column of a table of places with a total row.

    None for any other table.
    """
    labelled = [(_label(row, next(e for e in row if e.facts).cell, noun), row) for row in rows]
    totals = [row for label, row in labelled if TOTAL.search(label)]
    parts = [(label, row) for label, row in labelled if not TOTAL.search(label)]
    if len(totals) != 1 or not 2 <= len(parts) <= _MOST_PARTS or not all(PLACE.search(p) for p, _ in parts):
        return None
    columns = {entry.cell.column: entry for entry in totals[0] if entry.facts}
    figures = [entry for row in rows for entry in row if entry.facts]
    if any(e.cell.number is None or len(e.facts) != 1 or e.cell.column not in columns for e in figures):
        return None
    if any(is_period(e.cell) or is_growth(e.cell) for e in columns.values()):
        return None
    heads = dict(zip(columns, column_heads(list(columns.values())), strict=True))
    pieces = []
    for column, total in columns.items():
        shown, unit = value_words(total), unit_of(total)
        head = counted_noun(heads[column], unit)
        words = plain(head + (counting(total) or ("共" if unit not in RATES else "为"))) + shown
        mark = "，其中"
        told = [(label, e) for label, row in parts for e in row if e.cell.column == column and e.facts]
        for label, entry in sorted(told, key=lambda part: not part[1].cell.number):  # places without any last
            words = words + plain(mark + label + ("" if unit else "为")) + value_words(entry)
            mark = "、" if unit else "，"
        pieces.append(_piece(source, table, words, total.cell, " ".join((table.name, *total.cell.headers))))
    return pieces


#: Goals are told together, up to so many characters in a sentence.
_TOGETHER = 120


def _ahead(entry: TableCell, year: int) -> bool:
    """Whether a cell holds the goal of a later year than the report's."""
    role = role_of(entry.cell)
    return bool(year) and role.kind == "goal" and year_of(role.when) > year


def _goals(
    source: Source, table: Table, rows: Sequence[Sequence[TableCell]], noun: str, own: OwnTime
) -> list[Piece]:
    """2026年，一般公共预算收入目标为5.1亿元，…: what a table of results names for the year to come."""
    pieces: list[Piece] = []
    for row in rows:
        first = next(entry.cell for entry in row if entry.facts)
        for entry in row:
            if not entry.facts or not _ahead(entry, own.year):
                continue
            role = role_of(entry.cell)
            told = plain(f"{_label(row, first, noun)}{role.word}为") + value_words(entry)
            last = pieces[-1] if pieces else None
            if last is not None and last.hint == role.when and len(last.words.text) < _TOGETHER:
                pieces[-1] = replace(last, words=last.words + plain("，") + told)
                continue
            made = _piece(source, table, plain(f"{role.when}，") + told, entry.cell, role.when)
            pieces.append(replace(made, ahead=True))
    return [replace(piece, hint="经济") for piece in pieces]


def _row(source: Source, table: Table, whole: list[TableCell], noun: str, own: OwnTime) -> Piece:
    found = [entry for entry in whole if entry.facts]
    names = labels_that_count(found)
    found = [entry for entry in found if entry not in names]
    first = found[0].cell
    label = _label(whole, first, noun)
    found = [entry for entry in found if not _ahead(entry, own.year)]
    if not found:
        return _piece(source, table, plain(""), first, "")
    periods = [e for e in found if is_period(e.cell) or is_growth(e.cell)]
    remarks = [e for e in found if e not in periods and _REMARK.search("".join(headings(e.cell)))]
    ranks = [e for e in found if e not in periods and ranked(e) is not None]
    if periods and len(periods) + len(remarks) + len(ranks) == len(found):
        words = by_period(label, periods, own, headless=_headless(whole, periods))
        for entry in (*ranks, *remarks):
            words = with_remark(words, entry, label)
    elif all(is_place(e.cell) for e in found):
        words = by_place(label, found)
    else:
        words = by_column(label, [e for e in whole if e in found or _tells(e, first)], own)
    words = with_counts(words, names)
    persons = {
        e.text
        for e in whole
        if _PERSON.search("".join(headings(e.cell))) and _NAME.fullmatch(e.text) and not TOTAL.search(e.text)
    }
    for name in sorted(persons):
        words = words.edited((m.start() + 1, m.end(), "某") for m in re.finditer(re.escape(name), words.text))
    return _piece(source, table, words, first, " ".join((table.name, *first.labels, *first.headers)))


def _headless(whole: Sequence[TableCell], periods: Sequence[TableCell]) -> bool:
    """Whether the value of the row's latest period is not told (another source says otherwise)."""

    def place(entry: TableCell) -> tuple[int, int]:
        return -year_of(role_of(entry.cell).when), entry.cell.column

    valued = [e for e in whole if e.cell.number is not None and is_period(e.cell) and not is_growth(e.cell)]
    results = [e for e in valued if role_of(e.cell).kind in ("", "done")]
    return bool(results) and min(results, key=place) not in periods


def _piece(source: Source, table: Table, words: Words, cell: Cell, hint: str) -> Piece:
    return Piece(
        words=tidy(words, markdown=False).stripped(),
        source=source,
        locator=cell.locator,
        headings=(table.name,) if table.name else (),
        block=0,
        begins=True,
        row=True,
        hint=hint,
    )


def _tells(entry: TableCell, first: Cell) -> bool:
    """A cell without a figure that still says something: 建设进度 已竣工."""
    heads = "".join(headings(entry.cell))
    task = (
        bool(entry.cell.headers) and TASK.fullmatch(heads) is not None
    )  # a label of the row, and what was done
    if (entry.cell.is_header and not task) or entry.cell.number is not None:
        return False
    if entry.cell.column <= min(first.column, 0):
        return False
    if not heads or not 1 <= len(entry.text) <= _SAYING or _SILENT.search(heads) or _PERSON.search(heads):
        return False
    return (task or entry.text not in first.labels) and any("\u4e00" <= c <= "\u9fff" for c in entry.text)


def _label(whole: Sequence[TableCell], cell: Cell, noun: str = "") -> str:
    """What the row counts: its innermost label; a total row says of what.

    noun: what a bare name of a place lacks (社区).
    """
    labels = [bare(label) for label in cell.labels if bare(label) and not INDEX.search(label)]
    labels = [
        label for label in labels if not re.fullmatch(r"[\d.、]+|万?[元个户人家件处次%]|[亿万]元", label)
    ]
    if not labels:
        before = [e for e in whole if e.text and e.cell.column < cell.column]
        front = next((e for e in before if not INDEX.fullmatch("".join(e.cell.headers))), None)
        usable = front is not None and front.cell.number is None and not front.facts
        labels = [bare(front.text)] if usable and front is not None and len(front.text) <= _SAYING else []
    if not labels:
        return ""
    last = labels[-1]
    if noun and len(labels) > 1 and PLACE.search(labels[0]) and not TOTAL.search(last):
        return last if labels[0] in last else labels[0] + last  # 石塘村 | 文化广场
    if TOTAL.search(last) or last == "其他":
        return (labels[-2] if len(labels) > 1 else "以上") + last
    if len(labels) > 1 and (len(last) < 2 or last.startswith("其中") or last in ("男性", "女性")):
        return labels[-2] + last
    return last + noun if noun and _NAME.fullmatch(last) and not PLACE.search(last) else last
