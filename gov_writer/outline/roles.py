"""What a section that the brief names is for: how it is, what was done, what is wrong, what comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from gov_writer.matching.passages.plans import is_mixed
from gov_writer.outline import topics


class Role(StrEnum):
    OVERVIEW = "overview"
    WORK = "work"
    PROBLEMS = "problems"
    PLANS = "plans"
    MIXED = "problems and plans"


#: 基本情况, 事件经过, 信访事项: how it is or how it came. What a heading of the notes or a section of the brief is called.
_OVERVIEW = re.compile(
    r"(?:基本|总体|有关|整体|个人|任职|受灾|灾害|事故|事件|案件|信访|反映)?(?:情况|概况|概述|经过|背景|由来|缘由|事项|诉求|案情)(?:概述|简介)?|(?:总体|整体)进展(?:情况)?"
    r"|(?:基本)?底数(?:情况)?|家底|底子|现状|反映(?:内容|问题|人)|(?:群众)?诉求"
)
#: 履职情况, 主要做法, 工作开展情况, 应急处置措施: what was done, whatever field it belongs to.
_WORK = re.compile(
    r"(?:本人|主要|重点|年度|具体|各项|采取|取得|已做|前期|目前|应急|应对|相关|履行|岗位|\d{4}年)*(?:的)?"
    r"(?:履职(?:尽责)?|履行(?:岗位)?职责|职责|工作(?:开展|完成|推进|进展|落实)?|做法|处置|处理|办理|化解|救援|抢险|措施|成效|成果|效果|进展|推进|开展|完成|实绩|业绩)"
    r"(?:工作|情况|成效|成绩|成果|效果|措施|做法|进展|过程|经过|和|及|与|、|主要|取得的?)*"
)


def role_of(name: str) -> Role | None:
    """What a section of this name is for; None where it names a field of work (党建引领, 民生服务)."""
    if is_mixed(name):
        return Role.MIXED
    if topics.is_plan_heading(name):
        return Role.PLANS
    if topics.is_problem_heading(name):
        return Role.PROBLEMS
    if _OVERVIEW.fullmatch(name):
        return Role.OVERVIEW
    return Role.WORK if _WORK.fullmatch(name) else None


def roles(names: Sequence[str]) -> dict[str, Role | None]:
    """The role of each section that the brief names; empty where all are fields of work.

    The one section that is none of the others is what was done (化解过程 between 基本情况 and 下一步措施); of several
    that are, only the first takes what belongs to no field.
    """
    found = {name: role_of(name) for name in names}
    if not any(found.values()):
        return {}
    fields = [name for name, role in found.items() if role is None]
    if len(fields) == 1 and Role.WORK not in found.values():
        found[fields[0]] = Role.WORK
    return found


#: What a line is about that belongs below 损失情况, 原因分析, whatever stands above it.
_TOLD = (
    ("损失", re.compile("伤亡|死亡|受伤|损失|受灾|受损|倒塌")),
    ("原因", re.compile("原因|所致|导致|引发|未办理|未按|违规")),
)


def told_by(names: Sequence[str], text: str) -> str | None:
    """The section on losses or causes, if one is named and the words tell of them."""
    for word, tells in _TOLD:
        for name in names:
            if word in name and tells.search(text):
                return name
    return None


def is_of_event(name: str) -> bool:
    """Whether a section tells of an emergency: for a role, or of losses or causes."""
    return role_of(name) is not None or any(word in name for word, _ in _TOLD)


#: What a line of the notes about one matter is labelled with where it tells how far it has come.
_SO_FAR = re.compile(r"(?:年初|年度|总体|工作|项目)?(?:目标|任务|进度|进展)(?:任务|情况)?")


def is_overview_heading(heading: str) -> bool:
    return bool(_OVERVIEW.fullmatch(heading) or _SO_FAR.fullmatch(heading))


#: Words that say the same in the heading of a part.
_SAME = (("做法", "举措", "措施"), ("成效", "效果", "成果", "成绩", "亮点"))


def named_in(names: Sequence[str], headings: Sequence[str]) -> str | None:
    """The section whose name stands in one of the headings above a line of the notes, the nearest heading first;
    else the one that says the same in other words (取得成效 over 效果)."""
    for heading in reversed(headings):
        for name in names:
            core = re.sub(r"(?:工作|情况|方面|的)+$", "", name)
            if len(core) >= 2 and (core in heading or (len(heading) >= 2 and heading in name)):
                return name
    for heading in reversed(headings):
        kind = next((words for words in _SAME if len(heading) <= 6 and heading.endswith(words)), None)
        for name in names:
            if kind is not None and any(word in name for word in kind):
                return name
    return None
