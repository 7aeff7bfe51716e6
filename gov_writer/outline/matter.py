"""What a title says that the report is about: one matter (创建全国文明城市), or the work as a whole."""

from __future__ import annotations

import re

from gov_writer.domain import Brief

_KIND = r"的?(?:专题)?(?:汇报|报告|总结|通报)(?:材料)?"
#: 湖滨街道创建全国文明城市工作情况汇报 is about one matter, 湖滨街道2025年工作汇报 about all.
_WORK = re.compile(
    r"(?:20\d\d年?(?:度|全年|[上下]半年|第?[一二三四]季度)?|[今本]年)?(?:关于)?"
    r"(?P<matter>[\u4e00-\u9fff“”]{4,20}?)(?:的)?(?:工作(?:开展)?(?:情况)?|情况)" + _KIND
)
#: 关于新华苑小区加装电梯问题办理情况的报告
_ABOUT = re.compile(
    r"关于(?P<told>.{2,60}?)(?:的)?(?:情况)?的?(?:报告|汇报|通报)$|关于(?P<state>.{2,60}?情况)$"
)
_STREET = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡)(?:办事处)?")
_ALL = re.compile(r"年|季度|上半|下半|全面|主要|重点|各项|述职|计划|思路")


def one_matter(brief: Brief) -> str:
    """The matter that a title given by the brief names, "" where the report is about the work as a whole."""
    title = (brief.title or "").removeprefix(brief.unit or "")
    match = _WORK.fullmatch(_STREET.sub("", title))
    named = match["matter"] if match is not None else _ABOUT.search(title) and state_of(title)[: -len("情况")]
    return named if named and not _ALL.search(named) else ""


def state_of(title: str) -> str:
    """What a title announces a report on (“7·12”强降雨应对处置情况), "" if it doesn't."""
    match = _ABOUT.search(title)
    if match is None:
        return ""
    told = match["told"] or match["state"]
    return told if told.endswith(("情况", "工作")) else told + "情况"
