"""A list of names and a list of figures: 新建、改建3条、5条, 存贷款余额分别为8亿元、5亿元."""

from __future__ import annotations

import re

from gov_writer.domain import Kind, Mention
from gov_writer.facts.binding import wording
from gov_writer.facts.binding.clauses import AGES, Item, State
from gov_writer.facts.binding.leaning import leans
from gov_writer.text.lazy import lazy

_RESPECTIVELY = lazy(r"(?:分别|依次|各自)")
#: What things are counted by: 批次, 人次, 笔数, 金额.
_WAY_TO_COUNT = lazy("(?:批次|人次|件次|户次|家次|场次|批数|人数|户数|件数|笔数|家数|起数|金额|面积|数量)$")
_LIST = lazy(r"、|以及|[和与及]")
#: 刑事、治安案件与2012年相比分别下降…: what is compared with names nothing.
_COMPARED = frozenset({"比", "较"})
_THAN = lazy("(?:与|同|和|跟)[\\s\x00]*(?:同期)?相比[，,]?$|[比较][\\s\x00]+$")
_DIGITS = frozenset("一二三四")
#: 分别下降50%、20%和持平: the last of those told has not moved.
_LEVEL = lazy("[、和及与]?(?:持平|零增长)")
#: 一、二、三产业 and 第一、二季度: numbers that share the word behind them.
_ORDINALS = lazy(r"(第?)([一二三四](?:[、和与及]第?[一二三四])+)(?=(次?产|季度|[批期级轮类]|阶段|梯队))")


def paired(run: list[Item], state: State, before: list[str]) -> list[str]:
    """The subject of each figure of the run; empty if it is no such list.

    before: the subjects of the sentence's earlier figures, to which a mere 分别 points back.
    """
    if any(wording.noun(item.right) for item in run[:-1]):
        return []
    words = run[0].left
    if not wording.plain(words) and run[0].back and not before:
        words = run[0].back
    parted = _RESPECTIVELY.search(words)
    if (
        not parted
        and not wording.plain(words)
        and run[0].figure.kind is Kind.GROWTH
        and len(before) == len(run) > 2
    ):
        return [name + basis(run[0].figure) for name in before]  # 破案3起、查处5起、抓获9人，同比提升…、…和…
    grown = run[0].figure.kind is Kind.GROWTH and not wording.plain(run[0].left)
    grown = grown or (run[0].figure.unit == "倍" and wording.of_time(wording.plain(run[0].left)))
    if grown and not parted and len(state.names) == len(run) and run[0].before is not None:
        return [name + basis(run[0].figure) for name in state.names]  # 分别达…、…，增长4%、6%
    told = wording.pre(words[: parted.start()]) if parted else ""
    if parted and (not told or wording.leaning().fullmatch(told) or (told[0] in "较比" and leans(told))):
        level = 1 if _LEVEL.match(wording.plain(run[-1].rest)) else 0
        known = state.names if len(state.names) == len(run) else before[-len(run) - level :][: len(run)]
        if len(known) == len(run):
            state.names = known
            tail = wording.trail(wording.plain(words[parted.end() :])[:12])  # 分别占总人口的…
            tail = "" if tail in _COMPARED else tail
            ending = told + tail + wording.noun(run[-1].right) + basis(run[0].figure)  # 占比分别为…
            return [_without_basis(name) + ending for name in known]
    head = words[: parted.start()] if parted else words
    tail = wording.trail(wording.plain(words[parted.end() :])[:12]) if parted else ""
    tail = "" if tail in _COMPARED else tail
    ending = tail + wording.noun(run[-1].right) + basis(run[0].figure)
    head = _THAN.sub("", head)
    names = (_ages(run) or _counted_before(run, head)) if parted else []
    names = names or _names(head, len(run), ending, state, parted=parted is not None)
    if not names and parted and id(run[0].figure) in state.timed:
        return [wording.pre(head.lstrip("\x00、和与及")) + ending] * len(run)
    if not names:
        stem = wording.trail(wording.lead(head)) + ending
        return [f"{stem}第{n}项" for n in range(1, len(run) + 1)] if parted else []
    state.names = names
    return [name + ending for name in names]


def _ages(run: list[Item]) -> list[str]:
    """0-17岁、18岁以上人口分别为…: the classes that stand before are what is counted."""
    found: list[str] = []
    before = run[0].before
    while before is not None and before.figure.unit in AGES and len(found) <= len(run):
        found.append(before.figure.text)
        before = before.before if before.joined else None
    kind = wording.trail(wording.plain(run[0].left.split("分别")[0]))
    return [text + kind for text in reversed(found)] if len(found) == len(run) else []


def _counted_before(run: list[Item], kind: str) -> list[str]:
    """芦荡、渡口、新塘三个社区依次为…: the names stand before their count."""
    before = run[0].before
    kind = wording.plain(kind)
    if before is None or before.figure.value != len(run) or not _KINDS.fullmatch(kind):
        return []
    names = [name for name in _LIST.split(wording.trail(wording.plain(before.left))) if name]
    return [wording.lead(name) + kind for name in names] if len(names) == len(run) else []


def _names(head: str, count: int, ending: str, state: State, *, parted: bool) -> list[str]:
    """The names of the list, each with what it shares with the others; empty if they are not ``count``."""
    head = wording.plain(head).removeprefix("其中")
    if numbered := _numbered(wording.trail(head), count):
        return numbered
    names = [name for name in (wording.lead(part) for part in _LIST.split(wording.trail(head))) if name]
    if len(names) < count:
        names = _compound(wording.trail(wording.lead(head)), count, loose=not parted)
        if len(names) < count:
            return []
    if parted and len(names) > count:
        return []  # one figure is missing, nobody can tell whose
    names = _of_one_thing(names[-count:], state)
    shared = (
        _shared_ending(names)
        or _of_one_kind(names)
        or _measured_alike(names)
        or (_after_same_sign(names) if parted else "")
    )
    names = [name + (shared if n < count - 1 else "") for n, name in enumerate(names)]
    qualifiers = wording.qualifiers()
    if not ending and state.base and all(name in qualifiers for name in names):
        thing = wording.thing(state.topic or state.base)  # 志愿者599人，男女分别为…
        names = [name + thing for name in names]
    return names


def _of_one_thing(names: list[str], state: State) -> list[str]:
    """来访批次、人次 → 来访批次, 来访人次: what is measured in several ways, which stands before the first or was told."""
    measures = [_WAY_TO_COUNT.search(name) for name in names]
    if not all(measures) or any(match and match.start() for match in measures[1:]):
        return names
    first = measures[0]
    thing = names[0][: first.start()] if first and first.start() else state.base
    return [thing + match[0] for match in measures if match]


def common(names: list[str], state: State) -> str:
    """What a list leaves to lean on: the whole that it parts, what its names share, else its first name."""
    whole = state.topic
    if whole and len(wording.thing(whole)) >= 2 and all(n.endswith(wording.thing(whole)) for n in names):
        return whole
    first, size = min(names, key=len), 0
    while size < len(first) and all(name[-size - 1] == first[-size - 1] for name in names):
        size += 1
    qualifiers = wording.qualifiers()
    if size >= 2 and all(name[:-size] in qualifiers for name in names):
        return first[-size:]
    return names[0]


def _numbered(head: str, count: int) -> list[str]:
    """一、二、三产业 → 第一产业 …; 一、二、三产 → 一产 …"""
    match = _ORDINALS.search(head)
    if match is None:
        return []
    digits = [sign for sign in match[2] if sign in _DIGITS]
    if len(digits) != count:
        return []
    rest = head[match.end() :].removeprefix("次")
    ordinal = "第" if match[1] or rest.startswith("产业") else ""
    return [head[: match.start()] + ordinal + digit + rest for digit in digits]


def _shared_ending(names: list[str]) -> str:
    """男、女性 → 性; 新建、改建农村公路 → 农村公路: where the first names are bare qualifiers."""
    last = names[-1]
    qualifiers = wording.qualifiers()
    if not all(_WHOSE.sub("", name) in qualifiers for name in names[:-1]):
        return ""
    for size in range(min(len(last) - 1, 6), 0, -1):
        if last[:size] in qualifiers:
            return last[size:]
    return ""


#: 全市城镇、农村居民…
_WHOSE = lazy("^(?:全[国省市区县州镇乡街村]|我[省市区县镇乡])(?=..)")
_BASIS = lazy("(?<=..)(?:同比|环比)(?:增长|下降)?$")


def _without_basis(name: str) -> str:
    """What an earlier growth was told of, without what it was measured against."""
    return _BASIS.sub("", name)


_KINDS = lazy(r"案件|警情|纠纷|社区|村|街道|小区|片区|园区|项目|支部|学校|企业|产业")


def _of_one_kind(names: list[str]) -> str:
    """柳溪、石桥社区 → 社区: what the last name is, where the others leave it out."""
    match = re.search(rf"(?:{_KINDS.pattern})$", names[-1])
    if match is None or len(names[-1]) == len(match[0]) or any(_KINDS.search(name) for name in names[:-1]):
        return ""
    return match[0] if all(len(name) <= 5 for name in names[:-1]) else ""


#: What is measured: 增加值, 产量, 参保率.
_MEASURE = lazy(
    "(?:行业|产业)?(?:增加值|(?:保险)?(?:参保|覆盖|缴费|享受|在校|毕业|死亡|受伤)?人数|总?产值|产量|销售?量|销售额|零售额|交易额|成交额|营业额|投资额?|(?:人均(?:可支配|纯)?|财政|主营|营业|[总营])?收入?|利润|税收|进?出口额?|进口额?|存栏|出栏|余额|面积|价格|吞吐量|业务量|发电量|用电量|装机容量?|[\u4e00-\u9fff]{2}率)$"
)
_MEASURED = lazy("[量额值率数比价费积度次重长速幅]$|收入|投资|利润|税|进口|出口|余额|存栏|出栏|支出|装机")


def _measured_alike(names: list[str]) -> str:
    """电池、圆片产量 → 产量: what is measured of all, where only the last name says it."""
    match = _MEASURE.search(names[-1])
    if match is None or len(match[0]) == len(names[-1]) or any(_MEASURED.search(name) for name in names[:-1]):
        return ""
    return match[0] if all(2 <= len(name) <= 10 for name in names[:-1]) else ""


def _after_same_sign(names: list[str]) -> str:
    """工业、建筑业、服务业税收 → 税收: what stands behind the sign in which the first names end."""
    sign = names[0][-1]
    at = names[-1].find(sign, 1)
    if at < 0 or any(name[-1] != sign for name in names[:-1]):
        return ""
    return names[-1][at + 1 :]


def _compound(head: str, count: int, *, loose: bool) -> list[str]:
    """存贷款余额 → 存款余额, 贷款余额.  loose: without 分别 it must open the words."""
    for short, members in wording.compounds():
        if len(members) == count and (head.startswith(short) if loose else short in head):
            return [head.replace(short, member, 1) for member in members]
    return []


def basis(figure: Mention) -> str:
    """What a growth is measured against (同比), as part of its subject; "" for others."""
    return figure.basis if figure.kind is Kind.GROWTH else ""
