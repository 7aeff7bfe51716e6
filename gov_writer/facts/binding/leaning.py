"""Whether the words before a figure stand for themselves or lean on what the clause before has told."""

from __future__ import annotations

from gov_writer.facts.binding import wording
from gov_writer.text.lazy import lazy

#: These lean however long the rest is; 人均 and 总投资 may also begin a noun of their own.
_ALWAYS = frozenset(
    (
        "其中",
        "占",
        "占比",
        "同比",
        "环比",
        "较",
        "比",
        "高于",
        "低于",
        "含",
        "包括",
        "均",
        "连续",
        "折合",
        "恢复至",
        "恢复到",
    )
)
#: A share of what was planned: 完成年度目标的101%.
_OF_PLAN = lazy(
    "(?:已|共)?(?:完成|实现|达到?|占|超|为|相当于)(?:了)?(?:(?:[省市区县][定级]?|[省市区县]委|[省市区县]政府|上级)(?:下达)?的?)?(?:年度|全年|年初|总(?=目标|任务|计划)|年(?=任务|计划|目标)|既定|序时|目标|计划|进度|任务|指标|预算|下达)"
)
_CONTRIBUTES = lazy("(?:对|拉动)[^，]{2,12}(?:贡献率|贡献|增长)$")
#: What these two begin with.
_FIRST = frozenset("已共完实达占超为相对拉")
#: A rate named alone: 参保率, 成功率; 整改 before it may stand in the words before, too.
RATE = lazy("(?!投诉|发案|失业|出生|死亡|就业|升学|入学|负债|绿化|优良|森林)[\u4e00-\u9fff]{2,3}率")
#: Who is reached, told with a noun of its own: 惠及老人, 受益群众.
_REACHES = lazy("惠及|受益")
#: 粮食播种面积12万亩，总产量5万吨: what is measured, and what the yield is of.
_YIELDS = frozenset({"总产量", "产量", "产值", "总产值", "总产"})
_GROWN = lazy("(.+?)(?:(?:种植|播种)?面积|总产量|年产量|产量)$")
_ATTRIBUTES = lazy("资金|金额|款|投资|面积|人数|户数")


def leans(left: str) -> bool:
    """Whether the words need what came before: 其中…, 占…, 增速, 较上年."""
    if not left:
        return False
    if left[-1] == "率" and len(left) < 5 and RATE.fullmatch(left):
        return True
    first = left[0]
    found = wording.leaning().match(left) if first in wording.leaning_first() else None
    if found is not None and (len(left) < 5 or found[0] in _ALWAYS):
        return not reaches(left)
    return first in _FIRST and (_OF_PLAN.match(left) is not None or _CONTRIBUTES.match(left) is not None)


def reaches(left: str) -> bool:
    """Whether the words tell who is reached, with a noun of their own: 惠及老人, but not 涉及金额."""
    match = _REACHES.match(left)
    return match is not None and len(left) > match.end() and _ATTRIBUTES.search(left) is None


def same_measure(base: str, left: str) -> str:
    """县域生产总值694亿元，人均生产总值3.6万元; 农业总产值69亿元，增加值37亿元: the measure with what it is of."""
    if left.startswith("人均") and len(left) > 4 and base.endswith(left[2:]):
        return base.removesuffix(left[2:]) + left
    if left.removeprefix("预计") in _YIELDS and len(base) > 3 and (grown := _GROWN.match(base)):
        return grown[1] + left
    if left == "增加值" and base.endswith("产值"):
        return base.removesuffix("产值").removesuffix("总") + left
    return ""
