"""The cells of a table as words: what a column counts, what a value says, with which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gov_writer.domain import Cell, Fact, Source
from gov_writer.lexicon import words as words_of
from gov_writer.outline import captioned
from gov_writer.outline.words import Words, plain

_PERIOD = re.compile(
    r"(?:\d{4}\s*年?|[本上去今当]\s*[年期月季]|同期|[一二三四]季度|[上下]半年|\d{1,2}\s*[-—–~～至到]\s*\d{1,2}\s*月|\d{1,2}月|累计|年初|年末|期末)"
)
_GROWTH = re.compile(r"同比|环比|增速|增幅|增长|增减|涨幅|降幅|较上年|比上年|变化|变动")
#: What a column of a year holds: its goal, its result, or how much of the goal was reached.
ROLE_END = re.compile(
    r"(?:(?P<rate>(?:目标)?完成率|达成率|完成比例)|(?P<goal>(?:全年|年度)?(?:目标任务|目标|任务|计划))(?:数|值)?|(?P<done>(?:累计|实际)?完成|实绩|实际))(?:数|值|量|情况)?$"
)
_ROLE = re.compile(
    r"(?:全年|年度?)?(?:目标任务|目标|任务|计划)(?:数|值|量)?|(?:累计|实际)?完成(?:数|值|量|情况|率)?|数值|数据|数量|实绩|实际|结果|值"
)
_UNIT_IN_HEADER = re.compile(r"[（(][^（）()]{1,10}[）)]\s*$")
INDEX = re.compile(r"序号|编号|No\.?|排序", re.IGNORECASE)
PLACE = re.compile(r"(?:社区|村|街道|小区|片区|园区|镇|乡|办|科|站|所)$")
RATES = frozenset({"%", "‰", "个百分点"})
TOTAL = re.compile(r"合计|总计|小计|总数|共计")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with the facts in it."""

    cell: Cell
    source: Source
    facts: tuple[Fact, ...]

    @property
    def text(self) -> str:
        return self.source.text[self.cell.start : self.cell.end].strip()


def bare(text: str) -> str:
    text = " ".join(text.split())
    text = re.sub(
        r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.、．](?!\d)\s?)", "", text
    )
    return _UNIT_IN_HEADER.sub("", text).strip(" ：:")


def headings(cell: Cell) -> list[str]:
    """The column headings without units, innermost last; those that only number rows are left out."""
    return [words for words in map(bare, cell.headers) if words and not INDEX.fullmatch(words)]


def is_period(cell: Cell) -> bool:
    heads = headings(cell)
    return bool(heads) and all(_PERIOD.search(head) or _ROLE.fullmatch(head) for head in heads)


@dataclass(frozen=True, slots=True)
class Role:
    """What a column of years says of its row.  when: 2025年; kind: goal, done, rate or "" for the bare value."""

    when: str
    kind: str
    word: str = ""


def role_of(cell: Cell) -> Role:
    """2025年 | 目标 and 2024年完成 taken apart."""
    whole = "".join(headings(cell))
    match = ROLE_END.search(whole)
    if match is None:
        return Role("" if _ROLE.fullmatch(whole) else whole, "")
    kind = next(name for name in ("goal", "rate", "done") if match[name])
    return Role(whole[: match.start()], kind, match[0])


def is_growth(cell: Cell) -> bool:
    heads = headings(cell)
    return bool(heads) and bool(_GROWTH.search(heads[-1]))


def is_place(cell: Cell) -> bool:
    heads = headings(cell)
    return bool(heads) and bool(PLACE.search(heads[-1]) or TOTAL.fullmatch(heads[-1]))


def year_of(when: str) -> int:
    """The year that a column's heading names, 0 for none: the latest is told first, with its growth."""
    found = re.match(r"\s*((?:19|20)\d\d)", when)
    return int(found[1]) if found else 0


def column_heads(cells: Sequence[TableCell]) -> list[str]:
    """What each column counts: its innermost heading where that tells the columns apart, else all its headings."""
    whole = [headings(entry.cell) for entry in cells]
    inner = [heads[-1] if heads else "" for heads in whole]
    plain_enough = len(set(inner)) == len(inner) and not any(
        len(head) < 2 or _ROLE.fullmatch(head) or head in words_of("table_heads") for head in inner
    )
    if not plain_enough:
        told: list[str] = []
        before = ""
        for heads in whole:  # what stands over several columns is said with the first: 新增就业 | 目标, 完成
            outer = heads[0] if len(heads) > 1 else ""
            silent = outer and (outer == before or outer.endswith("情况"))
            told.append("".join(heads[1:] if silent else heads))
            before = outer
        return told
    return [_whole_head(entry, heads) for entry, heads in zip(cells, whole, strict=True)]


def _whole_head(entry: TableCell, heads: Sequence[str]) -> str:
    """房屋 | 倒塌 is 房屋倒塌: two characters alone don't say of what, unless the unit does (人口 | 转移: 87人)."""
    if len(heads) < 2 or len(heads[-1]) > 2 or len(heads[-2]) > 6:
        return heads[-1] if heads else ""
    outer, unit = heads[-2], unit_of(entry)
    if not unit or unit in outer or unit in RATES or _PERIOD.search(outer) or PLACE.search(outer):
        return heads[-1]
    return outer + heads[-1]


def unit_of(entry: TableCell) -> str:
    """The unit of a cell's figure, written or implied by its heading; "" for none and for what is no number."""
    if len(entry.facts) != 1 or (entry.cell.number is None and not _BARE_AMOUNT.fullmatch(entry.text)):
        return ""
    return entry.cell.unit or captioned.unit(entry.facts[0])


def counted_noun(head: str, unit: str) -> str:
    """党员数 before 312人 is 党员; 检查次数 before 12次 is 检查; 户数 before 3215户 nothing."""
    if not unit or unit in RATES:
        return head
    if head.endswith(unit) and len(unit) > 1:  # 参与人次 before 7200人次 is 参与, 脱贫户 is what it is
        return head[: -len(unit)]
    if not head.endswith("数"):
        return head
    if head.endswith(f"{unit}数"):
        return head[: -len(unit) - 1]
    return head[:-1] if len(head) > 2 else head


def counting(entry: TableCell) -> str:
    """数为 before a number without a unit (整改数为118), "" before one that says what it is (整改118处)."""
    bare = len(entry.facts) == 1 and not unit_of(entry) and entry.text[-1:].isdigit()
    if not bare or entry.cell.number is None:
        return ""
    return "为" if "".join(headings(entry.cell)).endswith("数") else "数为"


def value_words(entry: TableCell) -> Words:
    """The cell's text with its unit; a bare number takes the unit of its header, 4.2万 too."""
    cell, facts = entry.cell, entry.facts
    if len(facts) == 1 and cell.number is not None:
        shown = ungrouped(entry.text)
        unit = cell.unit or (captioned.unit(facts[0]) if shown[-1:].isdigit() else "")
        if unit and not shown.endswith(unit) and not shown.endswith(("%", "％")):
            shown += unit
        return Words(shown, ((0, len(shown), facts[0].id),))
    text = entry.source.text[cell.start : cell.end]
    inside = [f for f in facts if cell.start <= f.start <= f.end <= cell.end]
    unit = cell.unit or (inside[0].unit if len(inside) == 1 else "") or ""
    if _BARE_AMOUNT.fullmatch(text) and unit and not text.endswith(unit):
        text += unit
    return Words(text, tuple((f.start - cell.start, f.end - cell.start, f.id) for f in inside))


_BARE_AMOUNT = re.compile(r"[约近超]?\d[\d.,，]*[余多]?[万亿]?[余多]?")


#: 24户 and 15.3万元 become fewer or more; 5.9% and 2个百分点 fall or grow.
_COUNT = re.compile(r"[\u4e00-\u9fff](?<!百分点)$")
_MOVED = re.compile("增加|增长|增|减少|减|下降|降|上升|升|提高|回落|扩大|缩小|多|少")


def growth_words(entry: TableCell, *, label: str) -> Words:
    head = headings(entry.cell)[-1]
    basis = next(
        (
            word
            for word in ("同比", "环比", "较上年同期", "比上年同期", "较上年", "比上年", "较去年", "比去年")
            if word in head
        ),
        "同比" if "同" in head else "",
    )
    value = value_words(entry)
    text = value.text.strip()
    if entry.cell.number is None and _MOVED.match(text):  # 较上年 | 增加2300平方米
        return plain(f"{label}{basis}") + value
    points = re.fullmatch(r"[+\-−－＋]?\d[\d.]*个?百分点", text) is not None
    if len(entry.facts) != 1 or (entry.cell.number is None and not points):
        return plain(f"{label}{head}为") + value
    shown = text.lstrip("+-−－＋ ")
    falls = text.startswith(("-", "−", "－")) or "降幅" in head
    if _COUNT.search(shown):
        verb = "减少" if falls else "增加"
    else:
        verb = "下降" if falls else ("提高" if text.endswith("百分点") else "增长")
    start = len(label) + len(basis)
    end = start + len(verb) + len(shown)
    return Words(f"{label}{basis}{verb}{shown}", ((start, end, entry.facts[0].id),))


_RANKED = re.compile(r"(?P<among>.*?)(?:排名|名次|位次|排位)(?:情况)?")


def ranked(entry: TableCell) -> Words | None:
    """居全区第5位 of a cell 5 below 全区位次; None for any other cell."""
    match = _RANKED.fullmatch("".join(headings(entry.cell)[-1:]))
    shown = re.fullmatch(r"第?(\d{1,3})[位名]?", entry.text)
    if match is None or shown is None or len(entry.facts) != 1:
        return None
    told = f"第{shown[1]}位"
    return plain(f"居{match['among']}") + Words(told, ((0, len(told), entry.facts[0].id),))


def ungrouped(text: str) -> str:
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)
