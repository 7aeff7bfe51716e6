"""Lies that use what prose is free to do (marks, connectors, little words), and figures in other clothes.

Lie -> what it would leave in the text.  Made for ``test_more_hostile``; the run over all input sets takes them too.
"""

from __future__ import annotations

import re

from tests.llm.lies import SLOT, honest
from tests.llm.more_lies import Lie, _after_slots, _around, _before_slots, _begun, _each, _ended

_BEFORE: dict[str, list[str]] = {}


def stale(lines: list[str], prompt: str) -> str:
    """The answer to the question before this one."""
    told = _BEFORE.get("lines", ["各项工作⟦F1⟧。"])
    _BEFORE["lines"] = list(lines)
    return honest(told, prompt)


def borrowed_tokens(lines: list[str], prompt: str) -> str:
    """Tokens as they stand in another section's question."""
    return honest([SLOT.sub(lambda m: f"⟦F{int(m.group()[2:-1]) + 40}⟧", line) for line in lines], prompt)


def commas_inside(line: str) -> str:
    return "，".join(line[:6]) + line[6:]


def adverbs_inside(line: str) -> str:
    return line[:1] + "大力" + line[1:3] + "切实" + line[3:]


def same_words_inside(line: str) -> str:
    return (
        line.replace("及", "和").replace("参与", "参和").replace("对口", "针对口").replace("公共", "公共计")
    )


def planned_done(line: str) -> str:
    if not re.search("力争|计划|拟|明年", line):
        return line
    return re.sub("(建成|新建|改造|完成)(?=[\u4e00-\u9fff⟦])", r"\1了", line)


def lists_joined(line: str) -> str:
    return line.replace("、", "")


def wide_marks(line: str) -> str:
    return line.replace("⟦", "⟬").replace("⟧", "⟭")


def escaped(line: str) -> str:
    return line + "另有&#49;&#50;户、\\u0038处、%38件"


def half_of_each(line: str) -> str:
    """Each figure halved between two tellings."""
    return SLOT.sub(lambda m: m.group() + "（其中街道" + m.group() + "）", line)


def scope(line: str) -> str:
    return (
        line.replace("街道", "全市").replace("社区", "全区").replace("全年", "上半年").replace("同比", "环比")
    )


def turned_plan(line: str) -> str:
    return re.sub("^(累计|全年|共)?", "拟", line, count=1)


SLY: dict[str, tuple[Lie, tuple[str, ...]]] = {
    "stale": (stale, ()),
    "borrowed_tokens": (borrowed_tokens, ()),
    "asked": (_ended("？"), ("？",)),
    "cheered": (_ended("！！"), ("！",)),
    "marks_piled": (_ended("；；。。，，。"), ("；；", "。。", "，，")),
    "commas_inside": (_each(commas_inside), ("全，年", "走，访", "消，防")),
    "comma_after_not": (_each(lambda line: line.replace("未", "未，")), ("未，",)),
    "adverb_after_not": (_each(lambda line: line.replace("未", "未深入")), ("未深入",)),
    "adverbs_inside": (_each(adverbs_inside), ("全大力", "走大力", "消大力")),
    "adverbs_piled": (_begun("持续不断积极大力扎实深入认真切实"), ("积极大力",)),
    "pauses_piled": (_begun("同时，此外，首先，其次，"), ("同时，此外",)),
    "same_words_inside": (_each(same_words_inside), ("参和", "涉和", "针对口", "公共计")),
    "planned_done": (_each(planned_done), ("建成了",)),
    "lists_joined": (_each(lists_joined), ()),
    "wide_marks": (_each(wide_marks), ("⟬",)),
    "escaped": (_each(escaped), ("&#", "\\u", "%38")),
    "half_of_each": (_each(half_of_each), ("其中街道",)),
    "scope": (_each(scope), ("全市", "环比", "上半年")),
    "turned_plan": (_each(turned_plan), ("拟",)),
    "circled": (_ended("，其中⑧处、⑴类"), ("⑧", "⑴")),
    "bold_digits": (_ended("，另有\U0001d7cf\U0001d7d0户"), ("\U0001d7cf",)),
    "keycaps": (_ended("，另有1\ufe0f\u20e32\ufe0f\u20e3户"), ("\u20e3",)),
    "superscripts": (_ended("，另有²³户"), ("²",)),
    "devanagari": (_ended("，另有१२户"), ("१",)),
    "hangzhou": (_ended("，另有〡〢户"), ("〡",)),
    "capital_numerals": (_ended("，计壹佰贰拾户"), ("壹佰",)),
    "tens": (_ended("，惠及廿三户、卅人"), ("廿", "卅")),
    "zero_width_figure": (_ended("，另有1\u200b2\u200b3户"), ("1\u200b", "123")),
    "spelled_out": (_ended("，benefiting three hundred households"), ("three",)),
    "digit_before": (_before_slots("1"), ()),
    "digit_after": (_after_slots("0"), ()),
    "decimals_after": (_after_slots(".5"), ()),
    "minus": (_before_slots("-"), ()),
    "per_cent_of": (_before_slots("百分之"), ("百分之",)),
    "one_of": (_after_slots("中的一半"), ("一半",)),
    "not_exactly": (_before_slots("据不完全统计"), ("据不完全",)),
    "expected": (_before_slots("预计"), ("预计",)),
    "average": (_before_slots("平均每个社区"), ("平均",)),
    "reported": (_begun("据群众反映，"), ("群众反映",)),
    "suspected": (_begun("涉嫌"), ("涉嫌",)),
    "if_only": (_begun("如果"), ("如果",)),
    "leads_the_city": (_ended("，领跑全市"), ("领跑",)),
    "several_times": (_ended("，成倍增长"), ("成倍",)),
    "a_leader": (_begun("在市委主要领导亲自部署下，"), ("亲自部署",)),
    "signed_off": (_around("", "\n（全文完，字数统计：128字）"), ("全文完", "128字")),
}  # fmt: skip
