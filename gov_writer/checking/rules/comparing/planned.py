"""What a report says will be done: the sentences of its plans, and what in them can be seen to be there or not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from gov_writer.domain import Block, BlockKind, Source
from gov_writer.lexicon import rows
from gov_writer.matching.naming import names
from gov_writer.matching.passages import plans
from gov_writer.text import clauses, sentences
from gov_writer.text.lazy import lazy

_SHORTEST, _LONGEST = 6, 60
#: Characters of a line that only opens a list.
_LINE = 30
_NUMBERED = lazy(r"[-*·•\s]*(?:（?[一二三四五六七八九十]{1,3}[）、是]|[（(]?\d{1,2}[）).、．])")
#: Resolutions about how to work begin so.
_VAGUE = lazy(
    "(?:持续|不断|进一步|深入|大力|积极|全面|着力|切实|扎实|始终|要|将|更加|努力)*(?:坚持|加强|提升|提高|完善|深化|增强|倡导|优化"
    "|健全|强化|巩固|拓展|扩大|促进|支持|鼓励|引导|严守|抓好|做好|做优|做强|落实|统筹|围绕|聚焦|发挥|以|把|让|形成|营造|规范|管好)"
)
#: What brings something about.
BRINGS = lazy(
    "建成|新建|建设|建立|改造|打造|完成|启动|推进|推动|开工|竣工|实施|启用|投用|设立|成立|引进|加装|开通|修建|扩建|改建|创建|征收"
    "|拆除|落地|挂牌|开放|交付|建好|新增|增设|修缮|整治|推出|上线|争创|创成"
    "|更换|安装|配备|开办|培育"
)
#: What ends with a thing that can be seen; 推进 and 加快建设 never come to an end.
_ENDS = lazy(
    "建成|新建|打造|开工|竣工|完工|完成|启用|投用|投入|设立|成立|开通|修建|扩建|改建|改造|建好|新增|增设|加装|落成|开放|交付|挂牌|引进|征收|拆除|修缮|更换|安装|开办"
    "|(?<!加快)(?<!推进)(?<!推动)(?<!加强)建设(?!$)|建立|上线|启动(?=[^，。]{2,20}申报$)"
)
#: What is won or not; what a proper name stands before.
_HONOUR = lazy(
    "(?:争创|创成|创建|获评|建成)[^，。]{0,10}(?:典范|示范|文明|卫生|先进|园林)[^，。]{0,4}(?:街道|[乡镇村]|村镇|社区|单位)"
    "|(?:争创|创成|创建)[^，。]{2,14}(?:次?中心|基地)|启动[^，。]{2,20}(?:基地|示范区|试点)申报"
    "|(?:上线|开通|推出)[^，。]{3,14}(?:服务|功能|小程序)"
)
#: What is written and then lies there.
_WRITTEN = lazy(
    "(?:出台|编制|编纂|编印|编撰|制定|制订|印发|建立)[^，。；]{2,18}(?:办法|指引|指南|规范|手册|志|图册|名录|目录|条例|细则|导则|规划)(?:[（《]|$)"
)
_BUILDING = lazy("[\u4e00-\u9fff]{2}(?:站|馆|院|楼|厂|所|室|堂)")
#: Nothing in particular.
_GENERAL = lazy(
    "一批|若干|各类|多种|更多|一系列|等重[大点]|逐步|探索|鼓励|引导|(?:体系|机制|格局|氛围|水平|能力|质效)(?:建设)?$"
)


def worded(source: Source, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences of a plan without figures that name something which can be seen to be there."""
    starts = sorted(start for start, _ in taken)
    for start, end in planned_sentences(source):
        for left, right in clauses(source.text, start, end):
            at = bisect_left(starts, left)
            words_ = source.text[left:right].strip("，。；：、 ")
            if at < len(starts) and starts[at] < right:
                continue  # its figure is the promise
            if _SHORTEST <= len(words_) <= _LONGEST and _verifiable(words_):
                yield left, left + len(source.text[left:right].rstrip("，。；; "))


def _verifiable(clause: str) -> bool:
    """Whether a clause says that something nameable will be brought about."""
    if (
        _VAGUE.match(clause)
        or _GENERAL.search(clause)
        or not (BRINGS.search(clause) or _WRITTEN.search(clause))
    ):
        return False
    if _HONOUR.search(clause) or _WRITTEN.search(clause):
        return True
    always = bool(_deliverable("always").search(clause))
    if always and _ENDS.search(clause):
        return True
    named = always or bool(_deliverable("named").search(clause) or _BUILDING.search(clause))
    return named and any(name.kind != "person" for name in names.find(clause))


def planned_sentences(source: Source) -> Iterator[tuple[int, int]]:
    """The sentences under a plan's heading, and those that look ahead elsewhere."""
    headings: list[tuple[int, str]] = []
    kinds = {block.start: block for block in source.blocks}
    starts = sorted(kinds)
    planned: dict[int, bool] = {}
    opened = False
    for start in starts:
        block = kinds[start]
        said = source.text[block.start : block.end].strip()
        if _is_heading(block, said):
            level = block.level if block.kind is BlockKind.HEADING else 0
            headings = [h for h in headings if h[0] < level]
            headings.append((level, said))
        elif said:
            opened = (opened and _NUMBERED.match(said) is not None) or _opens_plan(said)
        planned[start] = opened or any(plans.is_plan(words_) for level, words_ in headings if level)
    listed = False
    for start, end in sentences(source.text):
        said = source.text[start:end]
        goes_on = listed and source.text[start - 1] in "；;"
        looks = plans.looks_ahead(said) or goes_on
        listed = looks and ("：" in said or goes_on)
        at = bisect_right(starts, start) - 1
        own: Block | None = kinds[starts[at]] if at >= 0 else None
        if own is None or _is_heading(own, source.text[own.start : own.end].strip()):
            continue
        if planned[own.start] or looks:
            yield start, end


def _is_heading(block: Block, said: str) -> bool:
    """Whether a block is a heading and not a numbered sentence: （六）编制新一轮方案，启动申报。"""
    return block.kind in (BlockKind.HEADING, BlockKind.TITLE) and not said.endswith("。")


def _opens_plan(said: str) -> bool:
    """2026年打算： on a line of its own, with numbered lines below it."""
    return len(said) <= _LINE and said.endswith(("：", ":")) and plans.is_plan(said)


@cache
def _deliverable(when: str) -> re.Pattern[str]:
    listed = [noun for noun, told in rows("deliverables") if told == when]
    return re.compile("|".join(sorted(map(re.escape, listed), key=lambda w: (-len(w), w))))
