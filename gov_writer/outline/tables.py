"""Table rows as sentences: row label, column heading, value, unit and year, by template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from gov_writer.domain import Cell, Fact, Source, Table
from gov_writer.outline.cells import (
    INDEX,
    PLACE,
    RATES,
    ROLE_END,
    TOTAL,
    Role,
    TableCell,
    bare,
    column_heads,
    counted_noun,
    counting,
    growth_words,
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
from gov_writer.outline.lines import office_of
from gov_writer.outline.reading import Piece
from gov_writer.outline.words import Words, plain, tidy

_VERB_FIRST = re.compile(
    r"^(?:累计|共|已)?(?:排查|整改|完成|开展|发放|新增|处罚|处置|化解|调解|受理|办结|走访|慰问|救助|组织|举办|拆除|清理|签约|征收|引进|培训|发展|接待|检查|下达|改造|建成|安装|清运|巡查|接种|实现|落实|减免|兑现|查处|回访|投入|帮扶|服务(?!业))"
)
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
_STATE = re.compile(r"(?:目前|当前|工程|项目|形象|建设|工作)*(?:进度|进展|状态|阶段|现状)(?:情况)?")
_SAYING = 24
#: A heading over the names of places: the names alone may lack it.
_PLACE_HEAD = re.compile(r"(社区|村|街道|镇|乡|小区)(?:名称|名)?")
#: Columns of words: what was to be done, what came of it. Their headings are not told.
TASK = re.compile(r"(?:主要|重点|具体)?(?:工作|活动|任务)?(?:内容|事项|任务|项目|举措|措施)")
RESULT = re.compile(
    r"(?:工作|主要|取得的?)?(?:成效|成果|进展|完成|落实|开展|推进)(?:情况)?|(?:主要)?做法|(?:工作|具体)?情况|备注|说明"
)
DEED_END = re.compile(r"(?:查|治|问|淤|传|训|动|理|修|防|导|护|练|调|评|控|设|造|助|扶|展|作)$")
#: More parts than this are told row by row.
_MOST_PARTS = 10


def read_tables(
    source: Source, facts: Sequence[Fact], skip: Mapping[str, str], *, year: int = 0
) -> list[Piece]:
    """One piece per row that holds facts.  skip: facts that are left out, with the reason.

    year: the report's own, which its rows needn't name; 0 if it is about more or less than a year.
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
        told = [row for row in rows if any(entry.facts for entry in row)]
        noun = _place_noun(rows, told)
        base = 1_000_000 + number * 10_000
        found = _totals_first(source, table, told, noun)
        if found is None:
            found = [_row(source, table, row, noun, year) for row in told]
            if all(_is_entity(row) for row in told):  # projects, communities: they stay together
                names = " ".join(piece.hint for piece in found)
                pieces += [replace(piece, block=base, hint=names) for piece in found]
                continue
        pieces += [
            replace(piece, block=base + index) for index, piece in enumerate(found) if piece.words.text
        ]
        pieces += [
            replace(piece, block=base + 9000 + i)
            for i, piece in enumerate(_goals(source, table, told, noun, year))
        ]
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
        for label, row in parts:
            entry = next((e for e in row if e.cell.column == column and e.facts), None)
            if entry is not None:
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
    source: Source, table: Table, rows: Sequence[Sequence[TableCell]], noun: str, year: int
) -> list[Piece]:
    """2026年，一般公共预算收入目标为5.1亿元，…: what a table of results names for the year to come."""
    pieces: list[Piece] = []
    for row in rows:
        first = next(entry.cell for entry in row if entry.facts)
        for entry in row:
            if not entry.facts or not _ahead(entry, year):
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


def _row(source: Source, table: Table, whole: list[TableCell], noun: str, year: int) -> Piece:
    found = [entry for entry in whole if entry.facts]
    names = _labels_that_count(found)
    found = [entry for entry in found if entry not in names]
    first = found[0].cell
    label = _label(whole, first, noun)
    found = [entry for entry in found if not _ahead(entry, year)]
    if not found:
        return _piece(source, table, plain(""), first, "")
    periods = [e for e in found if is_period(e.cell) or is_growth(e.cell)]
    remarks = [e for e in found if e not in periods and _REMARK.search("".join(headings(e.cell)))]
    ranks = [e for e in found if e not in periods and ranked(e) is not None]
    if periods and len(periods) + len(remarks) + len(ranks) == len(found):
        words = _by_period(label, periods, year)
        for entry in (*ranks, *remarks):
            words = _with_remark(words, entry, label)
    elif all(is_place(e.cell) for e in found):
        words = _by_place(label, found)
    else:
        words = _by_column(label, [e for e in whole if e in found or _tells(e, first)])
    words = _with_counts(words, names)
    persons = {
        e.text
        for e in whole
        if _PERSON.search("".join(headings(e.cell))) and _NAME.fullmatch(e.text) and not TOTAL.search(e.text)
    }
    for name in sorted(persons):
        words = words.edited((m.start() + 1, m.end(), "某") for m in re.finditer(re.escape(name), words.text))
    return _piece(source, table, words, first, " ".join((table.name, *first.labels, *first.headers)))


def _labels_that_count(found: Sequence[TableCell]) -> list[TableCell]:
    """Labels of the row's other cells that hold a figure of their own (65岁以上老人体检)."""
    return [
        entry
        for entry in found
        if entry.cell.number is None
        and not any(kind.fullmatch("".join(headings(entry.cell))) for kind in (TASK, RESULT))
        and any(bare(entry.text) in map(bare, other.cell.labels) for other in found if other is not entry)
    ]


def _with_counts(words: Words, names: Sequence[TableCell]) -> Words:
    """The row's words with the facts of its labels; a label that they don't hold stands before them."""
    for entry in names:
        text = bare(entry.text)
        at = words.text.find(text)
        if at < 0 or words.holds(at, at + len(text)):
            words, at = plain(f"{text}，") + words, 0
        shift = at + entry.cell.start - entry.source.text.find(text, entry.cell.start)
        slots = [
            (f.start - entry.cell.start + shift, f.end - entry.cell.start + shift, f.id) for f in entry.facts
        ]
        words = Words(words.text, tuple(sorted((*words.slots, *slots))))
    return words


def _with_remark(words: Words, entry: TableCell, label: str) -> Words:
    """，居全区第5位; ，新增2家; 高龄津贴（80岁以上）4102人: what a row says beside its values."""
    place = ranked(entry)
    if place is not None:
        return words + plain("，") + place
    told = value_words(entry)
    alone = len(told.slots) == 1 and told.slots[0][:2] == (0, len(told.text))
    if alone and label and words.text.startswith(label):
        at = len(label)
        return words.part(0, at) + plain("（") + told + plain("）") + words.part(at, len(words.text))
    return words + plain("，") + told


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
        front = next((e for e in whole if e.text and e.cell.column < cell.column), None)
        usable = front is not None and front.cell.number is None and not front.facts
        labels = [bare(front.text)] if usable and front is not None and len(front.text) <= _SAYING else []
    if not labels:
        return ""
    last = labels[-1]
    if TOTAL.search(last) or last == "其他":
        return (labels[-2] if len(labels) > 1 else "以上") + last
    if len(labels) > 1 and (len(last) < 2 or last.startswith("其中") or last in ("男性", "女性")):
        return labels[-2] + last
    return last + noun if noun and _NAME.fullmatch(last) and not PLACE.search(last) else last


def _by_period(label: str, cells: list[TableCell], year: int) -> Words:
    """固定资产投资为12.5亿元，同比增长5.9%（上年为11.8亿元）; with years where the report's own is unknown."""
    plain_cells = [entry for entry in cells if not is_growth(entry.cell)]
    growth = [entry for entry in cells if is_growth(entry.cell)]
    plain_cells.sort(key=lambda entry: -year_of(role_of(entry.cell).when))
    roles = [role_of(entry.cell) for entry in plain_cells]
    if year and label:
        roles = [replace(role, when=_called(role.when, year)) for role in roles]
    if not any(role.kind in ("goal", "rate") for role in roles):
        roles = [role if "完成" in role.word else replace(role, kind="") for role in roles]
    grows = next((i for i, role in enumerate(roles) if role.kind in ("", "done")), 0)
    words = plain("")
    before = ""
    for index, (entry, role) in enumerate(zip(plain_cells, roles, strict=True)):
        when = "" if role.when == before else role.when
        before = role.when
        aside = index > 0 and when == "上年" and role.kind == "" and index == len(roles) - 1
        lead = f"{when}{label}" if index == 0 else f"{'（' if aside else '，'}{when}"
        told = plain(lead + _copula(label, entry, replace(role, when=when), first=index == 0)) + value_words(
            entry
        )
        words = words + told + plain("）" if aside else "")
        if index == grows:
            for grown in growth:
                words = words + plain("，") + growth_words(grown, label="")
    if not plain_cells:
        for index, grown in enumerate(growth):
            words = (
                words + plain("，" if index else "") + growth_words(grown, label=label if not index else "")
            )
    return words


def _called(when: str, year: int) -> str:
    """A column's year as the report of ``year`` calls it: its own goes without saying, the one before is 上年."""
    if re.fullmatch(rf"{year}\s*年?度?", when):
        return ""
    return "上年" if re.fullmatch(rf"{year - 1}\s*年?度?", when) else when


def _copula(label: str, entry: TableCell, role: Role, *, first: bool) -> str:
    """The words between what is counted and its value: 目标为, 完成, 为, or none behind a verb."""
    if role.kind == "goal":
        return f"{role.word}为"
    if role.kind == "rate":
        return role.word
    if role.kind == "done":
        rate = entry.text.endswith(("%", "％")) or (entry.cell.unit or "") in ("%", "‰", "个百分点")
        if rate:
            return "为" if first or role.when else "实际为"
        return counting(entry) if first and not _needs_copula(label) else "完成" + counting(entry)
    return "为" if not first or _needs_copula(label) else counting(entry)


def _by_place(label: str, cells: list[TableCell]) -> Words:
    """东兴社区调解纠纷102件，西苑社区调解纠纷98件，合计调解纠纷200件."""
    words = plain("")
    for index, entry in enumerate(cells):
        copula = "为" if _needs_copula(label) else counting(entry)
        words = (
            words
            + plain(f"{'，' if index else ''}{''.join(headings(entry.cell))}{label}{copula}")
            + value_words(entry)
        )
    return words


def _by_column(label: str, cells: list[TableCell]) -> Words:
    """东兴社区排查隐患32处，整改30处，整改率为93.8%."""
    words = plain(label)
    for index, (entry, head) in enumerate(zip(cells, column_heads(cells), strict=True)):
        mark = "，" if index else ""
        if entry.cell.number is None and (TASK.fullmatch(head) or RESULT.fullmatch(head)):
            told = Words(entry.text) if not entry.facts else value_words(entry)
            if index == 0 and TASK.fullmatch(head) and not entry.facts:
                told = plain(f"开展{entry.text}" if DEED_END.search(entry.text) else f"{entry.text}方面")
                label = "" if office_of(label) else label
                words = plain(label)
            words = words + plain(mark) + told
            continue
        if entry.facts and is_growth(entry.cell):
            words = words + plain(mark) + growth_words(entry, label="")
            continue
        place = ranked(entry)
        if place is not None:
            words = words + plain(mark) + place
            continue
        value = value_words(entry) if entry.facts else plain(entry.text)
        if entry.cell.number is None and _STATE.fullmatch(head):
            words = words + plain(mark) + _state(value)
            continue
        if head and (value.text.startswith(head) or (words.text[-1:] == head[:1] and head[0] in "村社")):
            head = "" if value.text.startswith(head) else head[1:]
        unit = unit_of(entry)
        if unit and unit not in RATES:
            head, copula = counted_noun(head, unit), ""
        else:
            copula = (counting(entry) or ("为" if _needs_copula(head) else "")) if head else ""
        words = words + plain(mark + head + copula) + value
    return words


#: 已完工, 正在招标, 征收签约率96.5% stand as they are; 主体封顶 is 目前主体封顶; 前期手续 is a stage.
_TOLD_ALONE = re.compile(
    r"已|正在?|目前|现|处于|尚未|未|待|计划|预计|完成|累计|基本|进入|全部|20\d\d年|\d{1,2}月"
)
_STAGE = re.compile(r"(?:手续|前期|准备|招标|招投标|设计|审批|报批|论证|评审|可研|勘察|施工)$")


def _state(value: Words) -> Words:
    if _TOLD_ALONE.match(value.text):
        return value
    if _STAGE.search(value.text):
        return plain("目前处于") + value + plain("阶段")
    return plain("目前") + value


def _needs_copula(head: str) -> bool:
    return not _VERB_FIRST.match(head)
