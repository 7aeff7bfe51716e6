"""What an example shows about form: never a name, a figure or a phrase that is not on our own lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gov_writer.domain import Source
from gov_writer.outline import topics
from gov_writer.outline.composition import genres
from gov_writer.outline.reading import read
from gov_writer.outline.roles import Role, role_of

#: 面临的困难和问题, 下一步打算及建议: headings in words that any report may use.
_PROBLEMS = re.compile(
    r"(?:当前|目前)?(?:存在|面临|遇到)?的?(?:主要|突出)?的?(?:困难|问题|不足|短板|难点)(?:[和与及、](?:困难|问题|不足|短板|难点))*"
)
_PLANS = re.compile(
    r"(?:下一?步|今后|下阶段|下一阶段)的?(?:工作|重点|努力)*(?:打算|计划|安排|措施|思路|举措|方向)(?:[和与及、](?:建议|请求|打算|措施))?"
)
_DIGIT = re.compile(r"\d")
_CONNECTOR = re.compile(r"(?:^|[。；\n])(同时|此外|另外)，")
_VERB_HEADING = re.compile(r"[，、：]|^[坚持聚焦守牢抓推进加强办好落实强化提升深化优化]{2}")
_ITEM = re.compile(r"^\s*\d{1,2}[.、．](?!\d)", re.MULTILINE)
_POINT = re.compile(r"[一二三四五]是")


@dataclass(frozen=True, slots=True)
class Style:
    """verbs: headings are sentences (坚持…，抓好…) rather than names.  order: the parts as the examples order them.

    problems, plans: what these parts are called, from our list or in common words alone, None if no example says.
    overview, work: the same of the parts that tell how it is and what was done.
    items: points are 1. 2. in paragraphs rather than 一是, 二是.  connectors: in order of use.
    """

    verbs: bool = True
    order: tuple[str, ...] = ()
    problems: str | None = None
    plans: str | None = None
    items: bool = False
    connectors: tuple[str, ...] = ("同时", "此外")
    overview: str | None = None
    work: str | None = None


def style_of(examples: Sequence[Source]) -> Style:
    """The examples' form, the first example's where they differ."""
    if not examples:
        return Style()
    data = genres()
    order: list[str] = []
    verbs = names = items = points = 0
    problems = plans = overview = work = None
    connectors: Counter[str] = Counter()
    for example in examples:
        for heading in read(example, ()).headings:
            text = heading.words.text
            problems = problems or (text if text in data["problems"] or _PROBLEMS.fullmatch(text) else None)
            plans = plans or (text if text in data["plans"] or _PLANS.fullmatch(text) else None)
            overview = overview or (text if role_of(text) is Role.OVERVIEW else None)
            work = work or (text if role_of(text) is Role.WORK and not _DIGIT.search(text) else None)
            if topics.is_problem_heading(text) or topics.is_plan_heading(text):
                continue
            topic = topics.best(topics.score(text))
            if topic is not None and topics.part_of(topic) not in order:
                order.append(topics.part_of(topic))
            if _VERB_HEADING.search(text):
                verbs += 1
            else:
                names += 1
        head = example.text[:60_000]
        items += len(_ITEM.findall(head))
        points += len(_POINT.findall(head))
        connectors.update(match[1] for match in _CONNECTOR.finditer(head))
    used = tuple(word for word, _ in connectors.most_common())
    return Style(
        verbs=verbs >= names,
        order=tuple(order),
        problems=problems,
        plans=plans,
        items=items > points,
        overview=overview,
        work=work,
        connectors=used + tuple(word for word in ("同时", "此外") if word not in used),
    )
