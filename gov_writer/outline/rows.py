"""The words of one row of a table: by its columns of years, by its columns of places, column by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gov_writer.outline.cells import (
    RATES,
    Role,
    TableCell,
    bare,
    column_heads,
    counted_noun,
    counting,
    growth_words,
    headings,
    is_growth,
    ranked,
    role_of,
    unit_of,
    value_words,
    year_of,
)
from gov_writer.outline.lines import office_of
from gov_writer.outline.own_time import OwnTime
from gov_writer.outline.words import Words, plain

_VERB_FIRST = re.compile(
    r"^(?:累计|共|已)?(?:排查|整改|完成|开展|发放|新增|处罚|处置|化解|调解|受理|办结|走访|慰问|救助|组织|举办|拆除|清理|签约|征收|引进|培训|发展|接待|检查|下达|改造|建成|安装|清运|巡查|接种|实现|落实|减免|兑现|查处|回访|投入|帮扶|服务(?!业))"
)
#: What there is, not what was done: 低保户318户, not 低保户完成318户.
_THINGS = re.compile(r"(?:户|人|员|者|对象|家庭|人口|人数|户数|队伍|组织|总数|存量|比例|率)$")
#: 通组路硬化3.2公里: a label that ends in a figure of its own.
_ENDS_IN_FIGURE = re.compile(r"[\u4e00-\u9fff]{3}\d[\d.]*[^\d月季年]{1,4}$")
_DUE = re.compile(r"(20\d\d)年")
_GOES_ON = re.compile(r"完成|已|正在|目前|累计|共|全部|，")
_STATE = re.compile(r"(?:目前|当前|工程|项目|形象|建设|工作)*(?:进度|进展|状态|阶段|现状)(?:情况)?")
#: Columns of words: what was to be done, what came of it. Their headings are not told.
TASK = re.compile(r"(?:主要|重点|具体)?(?:工作|活动|任务)?(?:内容|事项|任务|项目|举措|措施)")
RESULT = re.compile(
    r"(?:工作|主要|取得的?)?(?:成效|成果|进展|完成|落实|开展|推进)(?:情况)?|(?:主要)?做法|(?:工作|具体)?情况|备注|说明"
)
DEED_END = re.compile(r"(?:查|治|问|淤|传|训|动|理|修|防|导|护|练|调|评|控|设|造|助|扶|展|作)$")


def by_period(label: str, cells: list[TableCell], own: OwnTime, *, headless: bool = False) -> Words:
    """固定资产投资为12.5亿元，同比增长5.9%（上年为11.8亿元）; with years where the report's own is unknown.

    headless: the value that the growth is of is not told here; the earlier years' values follow the growth.
    """
    plain_cells = [entry for entry in cells if not is_growth(entry.cell)]
    growth = [entry for entry in cells if is_growth(entry.cell)]
    plain_cells.sort(key=lambda entry: -year_of(role_of(entry.cell).when))
    roles = [role_of(entry.cell) for entry in plain_cells]
    if label:
        roles = [replace(role, when=own.called(role.when)) for role in roles]
    if not any(role.kind in ("goal", "rate") for role in roles):
        things = _THINGS.search(label) is not None
        roles = [role if "完成" in role.word and not things else replace(role, kind="") for role in roles]
    if headless and growth:
        return _growth_first(label, growth, list(zip(plain_cells, roles, strict=True)))
    grows = next((i for i, role in enumerate(roles) if role.kind in ("", "done")), 0)
    words = plain("")
    before = ""
    for index, (entry, role) in enumerate(zip(plain_cells, roles, strict=True)):
        when = "" if role.when == before else role.when
        before = role.when
        aside = index > 0 and when in _LAST and role.kind == ""
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


def _growth_first(label: str, growth: list[TableCell], earlier: list[tuple[TableCell, Role]]) -> Words:
    """固定资产投资同比增长5.9%（上年11.8亿元): a growth is never told of the value of the year before."""
    words = plain("")
    for index, grown in enumerate(growth):
        words = words + plain("，" if index else "") + growth_words(grown, label="" if index else label)
    for entry, role in earlier:
        words = (
            words + plain(f"（{role.when}{role.word if role.kind else ''}") + value_words(entry) + plain("）")
        )
    return words


_LAST = ("上年", "上年同期", "去年", "去年同期")


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
        return counting(entry) if first and _VERB_FIRST.match(label) else "完成" + counting(entry)
    return counting(entry) or ("为" if _needs_copula(label if first else role.when) else "")


def by_place(label: str, cells: list[TableCell]) -> Words:
    """东兴社区调解纠纷102件，西苑社区调解纠纷98件，合计调解纠纷200件."""
    words = plain("")
    for index, entry in enumerate(cells):
        copula = counting(entry) or ("为" if _needs_copula(label) else "")
        words = (
            words
            + plain(f"{'，' if index else ''}{''.join(headings(entry.cell))}{label}{copula}")
            + value_words(entry)
        )
    return words


def by_column(label: str, cells: list[TableCell], own: OwnTime) -> Words:
    """东兴社区排查隐患32处，整改30处，整改率为93.8%."""
    words = plain(label)
    for index, (entry, head) in enumerate(zip(cells, column_heads(cells), strict=True)):
        mark = "，" if index or _ENDS_IN_FIGURE.search(label) else ""
        head = own.called(head) if label else head
        if entry.cell.number is None and (TASK.fullmatch(head) or RESULT.fullmatch(head)):
            told = Words(entry.text) if not entry.facts else value_words(entry)
            due = _DUE.match(entry.text)
            if due is not None and own.year and int(due[1]) > own.year:
                told = plain("计划") + told  # 2026年3月完工, in a report of 2025
            if index == 0 and TASK.fullmatch(head) and not entry.facts:
                told = plain(f"开展{entry.text}" if DEED_END.search(entry.text) else f"{entry.text}方面")
                label = "" if office_of(label) else label
                words = plain(label)
            if index == 0 and label and RESULT.fullmatch(head) and not _GOES_ON.match(told.text):
                mark = "方面，"  # 梅溪河综合治理 | 清淤2.6公里
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
        counts = head.endswith("数") and entry.facts and entry.cell.number is None
        if counts and re.fullmatch(r"\d+[\u4e00-\u9fff]{1,2}", value.text):
            head = ""  # 期数 | 4期
        unit = unit_of(entry)
        if unit and unit not in RATES:
            head, copula = counted_noun(head, unit), ""
        else:
            copula = (counting(entry) or ("为" if _is_said(entry, head) else "")) if head else ""
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


def _is_said(entry: TableCell, head: str) -> bool:
    """Whether a cell's words need 为 behind their heading: 开工日期为2025年5月, 进度为72%; but 满意率98.1%."""
    if entry.cell.number is None or _needs_copula(head):
        return not re.fullmatch(r"[约近超]?\d[^年月日]*", entry.text) or not entry.facts
    return unit_of(entry) in RATES and not head.endswith(("率", "比例", "比重", "占比"))


def _needs_copula(head: str) -> bool:
    """Whether the value can't stand right behind the words: PM2.5 and 35微克."""
    return bool(head) and head[-1].isascii() and head[-1].isalnum()


def labels_that_count(found: Sequence[TableCell]) -> list[TableCell]:
    """Labels of the row's other cells that hold a figure of their own (65岁以上老人体检)."""
    return [
        entry
        for entry in found
        if entry.cell.number is None
        and not RESULT.fullmatch("".join(headings(entry.cell)))
        and (entry.cell.is_header or not TASK.fullmatch("".join(headings(entry.cell))))
        and any(bare(entry.text) in map(bare, other.cell.labels) for other in found if other is not entry)
    ]


def with_counts(words: Words, names: Sequence[TableCell]) -> Words:
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


def with_remark(words: Words, entry: TableCell, label: str) -> Words:
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
