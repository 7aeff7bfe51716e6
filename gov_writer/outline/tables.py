"""Table rows as sentences: row label, column heading, value, unit and year, by template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from gov_writer.domain import Cell, Fact, Source, Table
from gov_writer.outline.reading import Piece
from gov_writer.outline.words import Words, plain, tidy

_PERIOD = re.compile(
    r"(?:\d{4}\s*年?|[本上去今当]\s*[年期月季]|同期|[一二三四]季度|[上下]半年|\d{1,2}\s*[-—–~～至到]\s*\d{1,2}\s*月|\d{1,2}月|累计|年初|年末|期末)"
)
_GROWTH = re.compile(r"同比|环比|增速|增幅|增长|增减|涨幅|降幅|较上年|比上年|变化|变动")
_UNIT_IN_HEADER = re.compile(r"[（(][^（）()]{1,10}[）)]\s*$")
_VERB_FIRST = re.compile(
    r"^(?:累计|共|已)?(?:排查|整改|完成|开展|发放|新增|处罚|处置|化解|调解|受理|办结|走访|慰问|救助|组织|举办|拆除|清理|签约|征收|引进|培训|发展|接待|检查|下达|改造|建成|安装|清运|巡查|接种|实现|落实|减免|兑现|查处|回访|投入|帮扶|服务)"
)
_INDEX = re.compile(r"序号|编号|No\.?|排序", re.IGNORECASE)
_TOTAL = re.compile(r"合计|总计|小计|总数|共计")


def read_tables(source: Source, facts: Sequence[Fact], skip: Mapping[str, str]) -> list[Piece]:
    """One piece per row that holds facts.  skip: facts that are left out, with the reason."""
    by_cell: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        if fact.cell is not None and fact.counted and fact.id not in skip:
            by_cell.setdefault(fact.cell, []).append(fact)
    pieces: list[Piece] = []
    for number, table in enumerate(source.tables):
        cells = [(index, cell) for index, cell in enumerate(table.cells) if (number, index) in by_cell]
        for row, group in groupby(cells, key=lambda entry: entry[1].row):
            found = [(cell, by_cell[(number, index)]) for index, cell in group]
            piece = _row(source, table, found)
            pieces.append(replace(piece, block=1_000_000 + number * 10_000 + row))
    return pieces


def _row(source: Source, table: Table, cells: list[tuple[Cell, list[Fact]]]) -> Piece:
    first = cells[0][0]
    label = _label(first)
    periods = [cell for cell, _ in cells if _is_period(cell) or _is_growth(cell)]
    words = (
        _by_period(label, cells, source) if len(periods) == len(cells) else _by_column(label, cells, source)
    )
    hint = " ".join((table.name, *first.labels, *first.headers))
    return Piece(
        words=tidy(words, markdown=False).stripped(),
        source=source,
        locator=first.locator,
        headings=(table.name,) if table.name else (),
        block=0,
        begins=True,
        row=True,
        hint=hint,
    )


def _label(cell: Cell) -> str:
    """What the row counts: its innermost label; a total row says of what."""
    labels = [_bare(label) for label in cell.labels if _bare(label) and not _INDEX.search(label)]
    labels = [
        label for label in labels if not re.fullmatch(r"[\d.、]+|万?[元个户人家件处次%]|[亿万]元", label)
    ]
    if not labels:
        return ""
    last = labels[-1]
    if _TOTAL.search(last) or last == "其他":
        return (labels[-2] if len(labels) > 1 else "以上") + last
    if len(labels) > 1 and (len(last) <= 3 or last.startswith(("其中", "其中："))):
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
    return bool(heads) and all(
        _PERIOD.search(head) or head in ("完成", "完成数", "数值", "实绩") for head in heads
    )


def _is_growth(cell: Cell) -> bool:
    heads = _heads(cell)
    return bool(heads) and bool(_GROWTH.search(heads[-1]))


def _by_period(label: str, cells: list[tuple[Cell, list[Fact]]], source: Source) -> Words:
    """指标 2025年 12.5亿元，上年为11.8亿元，同比增长5.9%."""
    plain_cells = [entry for entry in cells if not _is_growth(entry[0])]
    growth = [entry for entry in cells if _is_growth(entry[0])]
    words = plain("")
    for index, (cell, facts) in enumerate(plain_cells):
        when = "".join(_heads(cell))
        lead = f"{when}{label}" if index == 0 else f"，{when}{'' if when.endswith('为') else '为'}"
        words = (
            words
            + plain(lead)
            + (plain("为") if index == 0 and _needs_copula(label) else plain(""))
            + _value(cell, facts, source)
        )
        if index == 0:
            for grown, found in growth:
                words = words + plain("，") + _growth(grown, found, source, label="")
    if not plain_cells:
        for index, (grown, found) in enumerate(growth):
            words = (
                words
                + plain("，" if index else "")
                + _growth(grown, found, source, label=label if not index else "")
            )
    return words


def _by_column(label: str, cells: list[tuple[Cell, list[Fact]]], source: Source) -> Words:
    """东兴社区排查隐患32处，整改30处，整改率为93.8%."""
    words = plain(label)
    for index, (cell, facts) in enumerate(cells):
        head = "".join(_heads(cell))
        if _is_growth(cell):
            words = words + plain("，" if index else "") + _growth(cell, facts, source, label="")
            continue
        value = _value(cell, facts, source)
        if head and value.text.startswith(head):
            head = ""
        copula = "为" if head and _needs_copula(head) and not _VERB_FIRST.match(head) else ""
        words = words + plain(("，" if index else "") + head + copula) + value
    return words


def _needs_copula(head: str) -> bool:
    return not _VERB_FIRST.match(head)


def _value(cell: Cell, facts: list[Fact], source: Source) -> Words:
    """The cell's text with its unit; a bare number takes the unit of its header."""
    text = source.text[cell.start : cell.end]
    if len(facts) == 1 and cell.number is not None:
        shown = _ungrouped(text.strip())
        unit = cell.unit or ""
        if unit and not shown.endswith(unit) and not shown.endswith(("%", "％")):
            shown += unit
        return Words(shown, ((0, len(shown), facts[0].id),))
    slots = tuple(
        (f.start - cell.start, f.end - cell.start, f.id)
        for f in facts
        if cell.start <= f.start <= f.end <= cell.end
    )
    return Words(text, slots)


def _growth(cell: Cell, facts: list[Fact], source: Source, *, label: str) -> Words:
    head = _heads(cell)[-1]
    basis = next(
        (word for word in ("同比", "环比", "较上年", "比上年") if word in head),
        "同比" if "同" in head else "",
    )
    value = _value(cell, facts, source)
    text = value.text.strip()
    if cell.number is None or len(facts) != 1:
        return plain(f"{label}{head}为") + value
    falls = text.startswith(("-", "−", "－"))
    shown = text.lstrip("+-−－＋ ")
    verb = "下降" if falls or "降幅" in head else "增长"
    whole = f"{verb}{shown}"
    return Words(
        f"{label}{basis}{whole}",
        ((len(label) + len(basis), len(label) + len(basis) + len(whole), facts[0].id),),
    )


def _ungrouped(text: str) -> str:
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)
