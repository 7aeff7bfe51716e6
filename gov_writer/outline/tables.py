"""Table rows as sentences: row label, column heading, value, unit and year, by template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gov_writer.domain import Cell, Fact, Source, Table
from gov_writer.outline.reading import Piece
from gov_writer.outline.words import Words, plain, tidy

_PERIOD = re.compile(
    r"(?:\d{4}\s*年?|[本上去今当]\s*[年期月季]|同期|[一二三四]季度|[上下]半年|\d{1,2}\s*[-—–~～至到]\s*\d{1,2}\s*月|\d{1,2}月|累计|年初|年末|期末)"
)
_GROWTH = re.compile(r"同比|环比|增速|增幅|增长|增减|涨幅|降幅|较上年|比上年|变化|变动")
#: What a column of a year holds: its goal, its result, or how much of the goal was reached.
_ROLE_END = re.compile(
    r"(?:(?P<rate>(?:目标)?完成率|达成率|完成比例)|(?P<goal>(?:全年|年度)?(?:目标任务|目标|任务|计划))(?:数|值)?|(?P<done>(?:累计|实际)?完成|实绩|实际))(?:数|值|量|情况)?$"
)
_ROLE = re.compile(
    r"(?:年度?)?(?:目标任务|目标|任务|计划)(?:数|值|量)?|(?:累计|实际)?完成(?:数|值|量|情况|率)?|数值|数据|数量|实绩|实际|结果|值"
)
_UNIT_IN_HEADER = re.compile(r"[（(][^（）()]{1,10}[）)]\s*$")
_VERB_FIRST = re.compile(
    r"^(?:累计|共|已)?(?:排查|整改|完成|开展|发放|新增|处罚|处置|化解|调解|受理|办结|走访|慰问|救助|组织|举办|拆除|清理|签约|征收|引进|培训|发展|接待|检查|下达|改造|建成|安装|清运|巡查|接种|实现|落实|减免|兑现|查处|回访|投入|帮扶|服务(?!业))"
)
_INDEX = re.compile(r"序号|编号|No\.?|排序", re.IGNORECASE)
_PLACE = re.compile(r"(?:社区|村|街道|小区|片区|园区|镇|乡|办|科|站|所)$")
_PERSON = re.compile(
    r"姓名|信访人|上访人|来访人|投诉人|举报人|申请人|当事人|患者|病人|户主|家属|监护人|救助对象|帮扶对象|受助人|嫌疑人|居民$|联系人|负责人"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
#: Columns that say nothing to a reader of the report.
_SILENT = re.compile(r"序号|编号|备注|说明|电话|手机|身份证|证件|地址|住址|卡号|账号|单位$|来源|责任人|联系")
_SAYING = 24
_TOTAL = re.compile(r"合计|总计|小计|总数|共计")


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
            _Cell(cell, source, tuple(by_cell.get((number, i), ()))) for i, cell in enumerate(table.cells)
        ]
        for row, group in groupby(cells, key=lambda entry: entry.cell.row):
            whole = sorted(group, key=lambda entry: entry.cell.column)
            if any(entry.facts for entry in whole):
                piece = _row(source, table, whole, year)
                pieces.append(replace(piece, block=1_000_000 + number * 10_000 + row))
    return pieces


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with the facts in it."""

    cell: Cell
    source: Source
    facts: tuple[Fact, ...]

    @property
    def text(self) -> str:
        return self.source.text[self.cell.start : self.cell.end].strip()


def _row(source: Source, table: Table, whole: list[_Cell], year: int) -> Piece:
    found = [entry for entry in whole if entry.facts]
    first = found[0].cell
    label = _label(whole, first)
    periods = [e for e in found if _is_period(e.cell) or _is_growth(e.cell)]
    if len(periods) == len(found):
        words = _by_period(label, found, year)
    elif all(_is_place(e.cell) for e in found):
        words = _by_place(label, found)
    else:
        words = _by_column(label, [e for e in whole if e.facts or _tells(e, first)])
    names = {
        e.text
        for e in whole
        if _PERSON.search("".join(_heads(e.cell))) and _NAME.fullmatch(e.text) and not _TOTAL.search(e.text)
    }
    for name in sorted(names):
        words = words.edited((m.start() + 1, m.end(), "某") for m in re.finditer(re.escape(name), words.text))
    return Piece(
        words=tidy(words, markdown=False).stripped(),
        source=source,
        locator=first.locator,
        headings=(table.name,) if table.name else (),
        block=0,
        begins=True,
        row=True,
        hint=" ".join((table.name, *first.labels, *first.headers)),
    )


def _tells(entry: _Cell, first: Cell) -> bool:
    """A cell without a figure that still says something: 建设进度 已竣工."""
    heads = "".join(_heads(entry.cell))
    if entry.cell.is_header or entry.cell.column <= min(first.column, 0) or entry.cell.number is not None:
        return False
    if not heads or not 1 <= len(entry.text) <= _SAYING or _SILENT.search(heads) or _PERSON.search(heads):
        return False
    return entry.text not in first.labels and any("\u4e00" <= c <= "\u9fff" for c in entry.text)


def _label(whole: Sequence[_Cell], cell: Cell) -> str:
    """What the row counts: its innermost label; a total row says of what."""
    labels = [_bare(label) for label in cell.labels if _bare(label) and not _INDEX.search(label)]
    labels = [
        label for label in labels if not re.fullmatch(r"[\d.、]+|万?[元个户人家件处次%]|[亿万]元", label)
    ]
    if not labels:
        front = next((e for e in whole if e.text and e.cell.column < cell.column), None)
        usable = front is not None and front.cell.number is None and not front.facts
        labels = [_bare(front.text)] if usable and front is not None and len(front.text) <= _SAYING else []
    if not labels:
        return ""
    last = labels[-1]
    if _TOTAL.search(last) or last == "其他":
        return (labels[-2] if len(labels) > 1 else "以上") + last
    if len(labels) > 1 and (len(last) < 2 or last.startswith("其中") or last in ("男性", "女性")):
        return labels[-2] + last
    return last


def _bare(text: str) -> str:
    text = " ".join(text.split())
    text = re.sub(
        r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.、．](?!\d)\s?)", "", text
    )
    return _UNIT_IN_HEADER.sub("", text).strip(" ：:")


def _heads(cell: Cell) -> list[str]:
    """The column headings without units, innermost last; those that only number rows are left out."""
    return [bare for bare in (_bare(head) for head in cell.headers) if bare and not _INDEX.fullmatch(bare)]


def _is_period(cell: Cell) -> bool:
    heads = _heads(cell)
    return bool(heads) and all(_PERIOD.search(head) or _ROLE.fullmatch(head) for head in heads)


@dataclass(frozen=True, slots=True)
class _Role:
    """What a column of years says of its row.  when: 2025年; kind: goal, done, rate or "" for the bare value."""

    when: str
    kind: str
    word: str = ""


def _role(cell: Cell) -> _Role:
    """2025年 | 目标 and 2024年完成 taken apart."""
    whole = "".join(_heads(cell))
    match = _ROLE_END.search(whole)
    if match is None:
        return _Role("" if _ROLE.fullmatch(whole) else whole, "")
    kind = next(name for name in ("goal", "rate", "done") if match[name])
    return _Role(whole[: match.start()], kind, match[0])


def _is_growth(cell: Cell) -> bool:
    heads = _heads(cell)
    return bool(heads) and bool(_GROWTH.search(heads[-1]))


def _is_place(cell: Cell) -> bool:
    heads = _heads(cell)
    return bool(heads) and bool(_PLACE.search(heads[-1]) or _TOTAL.fullmatch(heads[-1]))


def _year(when: str) -> int:
    """The year that a column's heading names, 0 for none: the latest is told first, with its growth."""
    found = re.match(r"\s*((?:19|20)\d\d)", when)
    return int(found[1]) if found else 0


def _by_period(label: str, cells: list[_Cell], year: int) -> Words:
    """固定资产投资为12.5亿元，同比增长5.9%（上年为11.8亿元）; with years where the report's own is unknown."""
    plain_cells = [entry for entry in cells if not _is_growth(entry.cell)]
    growth = [entry for entry in cells if _is_growth(entry.cell)]
    plain_cells.sort(key=lambda entry: -_year(_role(entry.cell).when))
    roles = [_role(entry.cell) for entry in plain_cells]
    if year and label:
        roles = [replace(role, when=_called(role.when, year)) for role in roles]
    grows = next((i for i, role in enumerate(roles) if role.kind in ("", "done")), 0)
    words = plain("")
    before = ""
    for index, (entry, role) in enumerate(zip(plain_cells, roles, strict=True)):
        when = "" if role.when == before else role.when
        before = role.when
        aside = index > 0 and when == "上年" and role.kind == "" and index == len(roles) - 1
        lead = f"{when}{label}" if index == 0 else f"{'（' if aside else '，'}{when}"
        told = plain(lead + _copula(label, entry, replace(role, when=when), first=index == 0)) + _value(entry)
        words = words + told + plain("）" if aside else "")
        if index == grows:
            for grown in growth:
                words = words + plain("，") + _growth(grown, label="")
    if not plain_cells:
        for index, grown in enumerate(growth):
            words = words + plain("，" if index else "") + _growth(grown, label=label if not index else "")
    return words


def _called(when: str, year: int) -> str:
    """A column's year as the report of ``year`` calls it: its own goes without saying, the one before is 上年."""
    if re.fullmatch(rf"{year}\s*年?度?", when):
        return ""
    return "上年" if re.fullmatch(rf"{year - 1}\s*年?度?", when) else when


def _copula(label: str, entry: _Cell, role: _Role, *, first: bool) -> str:
    """The words between what is counted and its value: 目标为, 完成, 为, or none behind a verb."""
    if role.kind == "goal":
        return f"{role.word}为"
    if role.kind == "rate":
        return role.word
    if role.kind == "done":
        rate = entry.text.endswith(("%", "％")) or (entry.cell.unit or "") in ("%", "‰", "个百分点")
        if rate:
            return "为" if first or role.when else "实际为"
        return _counting(entry) if first and not _needs_copula(label) else "完成" + _counting(entry)
    return "为" if not first or _needs_copula(label) else _counting(entry)


def _by_place(label: str, cells: list[_Cell]) -> Words:
    """东兴社区调解纠纷102件，西苑社区调解纠纷98件，合计调解纠纷200件."""
    words = plain("")
    for index, entry in enumerate(cells):
        copula = "为" if _needs_copula(label) else _counting(entry)
        words = (
            words
            + plain(f"{'，' if index else ''}{''.join(_heads(entry.cell))}{label}{copula}")
            + _value(entry)
        )
    return words


def _by_column(label: str, cells: list[_Cell]) -> Words:
    """东兴社区排查隐患32处，整改30处，整改率为93.8%."""
    words = plain(label)
    for index, entry in enumerate(cells):
        head = "".join(_heads(entry.cell))
        mark = "，" if index else ""
        if entry.facts and _is_growth(entry.cell):
            words = words + plain(mark) + _growth(entry, label="")
            continue
        value = _value(entry) if entry.facts else plain(entry.text)
        if head and value.text.startswith(head):
            head = ""
        copula = ("为" if _needs_copula(head) else _counting(entry)) if head else ""
        words = words + plain(mark + head + copula) + value
    return words


def _counting(entry: _Cell) -> str:
    """数为 before a number without a unit (整改数为118), "" before one that says what it is (整改118处)."""
    bare = len(entry.facts) == 1 and not entry.cell.unit and entry.text[-1:].isdigit()
    return "数为" if bare and entry.cell.number is not None else ""


def _needs_copula(head: str) -> bool:
    return not _VERB_FIRST.match(head)


def _value(entry: _Cell) -> Words:
    """The cell's text with its unit; a bare number takes the unit of its header."""
    cell, facts = entry.cell, entry.facts
    if len(facts) == 1 and cell.number is not None:
        shown = _ungrouped(entry.text)
        unit = cell.unit or ""
        if unit and not shown.endswith(unit) and not shown.endswith(("%", "％")):
            shown += unit
        return Words(shown, ((0, len(shown), facts[0].id),))
    text = entry.source.text[cell.start : cell.end]
    inside = [f for f in facts if cell.start <= f.start <= f.end <= cell.end]
    return Words(text, tuple((f.start - cell.start, f.end - cell.start, f.id) for f in inside))


def _growth(entry: _Cell, *, label: str) -> Words:
    head = _heads(entry.cell)[-1]
    basis = next(
        (word for word in ("同比", "环比", "较上年", "比上年") if word in head),
        "同比" if "同" in head else "",
    )
    value = _value(entry)
    text = value.text.strip()
    if entry.cell.number is None or len(entry.facts) != 1:
        return plain(f"{label}{head}为") + value
    shown = text.lstrip("+-−－＋ ")
    verb = "下降" if text.startswith(("-", "−", "－")) or "降幅" in head else "增长"
    start = len(label) + len(basis)
    end = start + len(verb) + len(shown)
    return Words(f"{label}{basis}{verb}{shown}", ((start, end, entry.facts[0].id),))


def _ungrouped(text: str) -> str:
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)
