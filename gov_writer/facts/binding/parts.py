"""Which part of a whole a figure tells: those of a list behind a colon, those of 其中, twins such as 男 and 女."""

from __future__ import annotations

from gov_writer.domain import Kind
from gov_writer.facts.binding import clauses, wording
from gov_writer.facts.binding.clauses import BRACKETS, COLONS, Item, State
from gov_writer.facts.binding.leaning import leans
from gov_writer.matching import units
from gov_writer.matching.units import Kinship

_LEAVES = frozenset({"退出", "清退", "调出", "调进", "调入", "纳入"})


def listed(item: Item, state: State, left: str) -> str:
    """A part of a list behind a colon: 事故分别为：建筑3起，清淤1起; "" if it is none."""
    if item.figure.kind is not Kind.QUANTITY:
        return ""
    if item.opens in COLONS and (told := clauses.LISTED.search(item.back)) and not left.startswith("其中"):
        whole = wording.pre(item.back[: told.start()].rstrip("，, "))
        if not whole:
            return ""
        state.parted, state.parts, state.between = whole, item.figure.unit, ""
    elif (
        not state.parted
        or not item.fresh
        or item.opens in BRACKETS
        or item.figure.unit != state.parts
        or leans(left)
    ):
        return ""
    elif item.opens != (state.between or item.opens) or item.opens in COLONS:
        state.parted = ""
        return ""
    else:
        state.between = item.opens
    state.base = state.whole = state.parted
    state.inner, state.lead = True, f"{state.parted}其中{left}"
    return state.lead


def first_alike(item: Item, state: State) -> str:
    """What the sentence, or the one before, counted first in the same unit: 学校8所，已治理7所，余下1所."""
    for unit, subject in (*state.counted, *state.before):
        if units.same(unit, item.figure.unit):
            return subject
    return ""


def alike(item: Item, state: State) -> str:
    """What 其中 goes back to where the last figure counts something else: 改造12户，投入30万元，其中低保户5户."""
    if item.figure.kind is not Kind.QUANTITY or item.figure.unit is None or not state.counted:
        return ""
    for unit, subject in reversed(state.counted):
        if units.kinship(unit, item.figure.unit) is not Kinship.OTHER:
            return subject if (unit, subject) != state.counted[-1] else ""
    return ""


def other_twin(left: str, state: State) -> str:
    """男2.35万人，女2.27万人: a bare twin takes the place of the one before it; "" if it is none."""
    group = wording.groups().get(left)
    if group is None or left in wording.short() or not state.lead:
        return ""
    for word in group[1]:
        at = state.lead.rfind(word)
        if at > 0 and word == "小学" and state.lead[at - 1] == "中":  # 中小学
            continue
        if at >= 0 and word != left:
            state.lead = state.lead[:at] + left + state.lead[at + len(word) :]
            if not state.inner:
                state.base = state.lead
            return state.lead
    return ""


def but_for_twin(topic: str, left: str) -> str:
    """低保新增 before 退出: the topic without the verb at its end that the new one excludes."""
    group = wording.groups().get(left) if left in _LEAVES else None
    for word in group[1] if group else ():
        if topic.endswith(word) and len(topic) > len(word) + 1:
            return topic.removesuffix(word)
    return topic
