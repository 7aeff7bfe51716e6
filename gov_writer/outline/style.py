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

_CONNECTOR = re.compile(r"(?:^|[。；\n])(同时|此外|另外)，")
_VERB_HEADING = re.compile(r"[，、：]|^[坚持聚焦守牢抓推进加强办好落实强化提升深化优化]{2}")
_ITEM = re.compile(r"^\s*\d{1,2}[.、．](?!\d)", re.MULTILINE)
_POINT = re.compile(r"[一二三四五]是")


@dataclass(frozen=True, slots=True)
class Style:
    """verbs: headings are sentences (坚持…，抓好…) rather than names.  order: the parts as the examples order them.

    problems, plans: what these parts are called, from our list, None if no example says.
    items: points are 1. 2. in paragraphs rather than 一是, 二是.  connectors: in order of use.
    """

    verbs: bool = True
    order: tuple[str, ...] = ()
    problems: str | None = None
    plans: str | None = None
    items: bool = False
    connectors: tuple[str, ...] = ("同时", "此外")


def style_of(examples: Sequence[Source]) -> Style:
    """The examples' form, the first example's where they differ."""
    if not examples:
        return Style()
    data = genres()
    order: list[str] = []
    verbs = names = items = points = 0
    problems = plans = None
    connectors: Counter[str] = Counter()
    for example in examples:
        for heading in read(example, ()).headings:
            text = heading.words.text
            problems = problems or (text if text in data["problems"] else None)
            plans = plans or (text if text in data["plans"] else None)
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
        connectors=used + tuple(word for word in ("同时", "此外") if word not in used),
    )
