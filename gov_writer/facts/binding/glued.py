"""A figure that stands behind another with words between them but no mark: 3个小区5个院落, 投入2次共3万元."""

from __future__ import annotations

from gov_writer.domain import Kind
from gov_writer.facts.binding import clauses, wording
from gov_writer.facts.binding.clauses import BRACKETS, Item, State, modifies, of_times
from gov_writer.facts.binding.leaning import leans
from gov_writer.facts.binding.wording import noun, pre, trail
from gov_writer.text.lazy import lazy

#: 满意度在全国100个城市中排第15位
_AMONG = lazy("(?:[中里](?:的|排名?|排在|列|居|位[列居]|名列)?|^[县市区镇乡街道村社单位]{1,4}的)$")
_FIELD = lazy("(?:位列|位居|名列|跃居|[在居列位排])(?:全[国省市区县州镇]|同类)?$")
_PLACED = lazy("(?:位列|位居|名列|稳居|保持|居|列)(?:在)?全[国省市区县][一-鿿]{0,9}[省市区县镇强]")
_SPENT = lazy("(?:投入|耗资|斥资|出资|资金|经费|争取|拨付|筹集|募集|发放|安排|落实)[了共计]?$")
_DONE = frozenset({"累计完成", "累计", "完成", "共完成", "实现", "累计实现", "达成", "跨越", "累计发放"})


def glued(item: Item, state: State, behind: str, end: str) -> str:
    """A figure behind another with words but no mark between: 3个小区5个院落, 投入2次共3万元."""
    gap = wording.plain(item.left)
    if wording.to(gap.removesuffix("的")):
        return wording.moved(state.stem, gap.removesuffix("的"))
    before = item.before
    if before is not None and modifies(before.figure) and not _SPENT.search(before.left):
        sorted_ = _of_a_class(item, before, state, gap, behind, end)
        if sorted_ is not None:
            return sorted_
    if item.figure.kind is Kind.RANK and _PLACED.fullmatch(gap):
        return state.stem + end  # 连续七年位居全国百强区榜首
    if before is not None and item.figure.kind is Kind.RANK and _AMONG.search(gap):
        return state.stands(_FIELD.sub("", pre(before.left)) or state.stem, "") + end  # 在100个城市中排第15位
    return _going_on(item, state, gap, behind, end)


def _of_a_class(item: Item, before: Item, state: State, gap: str, behind: str, end: str) -> str | None:
    """The subject of a count behind the class that it counts: 60岁以上老人120名, 500万元以上的4家; None if they stand apart."""
    own = pre(before.left) + before.figure.text + gap
    if own.startswith("其中") or (before.opens in BRACKETS and state.base):
        state.inner = True
        own = trail(own)
        return state.base + ("" if own.startswith("其中") else "其中") + own + end
    if gap == "的" and before.opens not in BRACKETS:
        whole = state.whole if state.whole and item.figure.unit != before.figure.unit else ""
        kept = own.removeprefix("其中").removesuffix("的") + behind + end.removeprefix(behind)
        return f"{whole}其中{kept}" if whole else kept
    if not gap and before.figure.unit in clauses.AGES:
        state.lead, state.inner = state.base + before.figure.text, True
        return state.lead + end  # 0-17岁312人
    if gap:
        return state.stands(trail(own) + behind, trail(own)) + end.removeprefix(behind)
    return None


def _going_on(item: Item, state: State, gap: str, behind: str, end: str) -> str:
    """The subject from the words between two figures, which may lean on what the first one counted."""
    before = item.before
    own = pre(gap)
    if item.figure.kind is Kind.PERCENT and own and state.said.endswith(own) and leans("完成" + own):
        return state.said  # 完成58亿元任务的53.9%
    if not own and not behind and before is not None and before.glued and before.figure.kind is Kind.QUANTITY:
        return state.said + end  # 拆除十大典型违建86处1200平方米
    if not own or (behind and noun(item.left) == gap):
        return (state.lead if behind else state.lead or state.stem) + end
    if leans(own):
        return state.stem + ("" if end == own else own) + end
    if own in _DONE and before is not None and of_times(before.figure) and len(pre(before.left)) > 3:
        return state.stands(pre(before.left) + own + behind, own)  # 投资五年累计完成406亿元
    if state.topic.endswith(own):  # 覆盖39个小区225万平方米, 两个月排查225件
        stem = state.topic
        if before is not None and of_times(before.figure):
            stem = (
                pre(before.left).removesuffix("连续") + own
                if len(pre(before.left)) > 3
                else before.figure.text + own
            )
    else:
        stem = own if len(own) > 3 or behind else state.topic + own
    state.base = stem + behind
    state.lead = state.base if state.inner else state.lead  # 其中12个项目完成投资3亿元，占计划的75%
    return stem + end
