"""Which field of work a piece belongs to, by word list; and what is a problem or a plan."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from gov_writer import lexicon
from gov_writer.outline.composition import all_parts, genres

_PLAN_HEADING = re.compile(
    r"下一?步|下阶段|下一阶段|打算|工作计划|年度?(?:重点|任务)?计划|^计划$|下个?季度|工作思路|工作安排|明年|努力方向|改进措施|整改措施|工作建议|意见建议|打算和建议|今后|来年|展望|思路"
)
#: 建议, 需要区里支持: what is asked of those who read the report.
_REQUEST_HEADING = re.compile(
    r"(?:几点|有关|相关|意见|工作)?(?:建议|请求)(?:事项)?|(?:需要?|请求|恳请|提请)[^，。]{0,8}(?:支持|协调|解决|帮助)(?:事项|的?问题)?"
)
_WHEN = r"(?:20\d\d年|明年|来年|年底前|年内|[一二三四]季度|下半年|下一?步|接下来|\d{1,2}月份?)"
_PLAN_START = re.compile(
    r"^(?:还要(?!求)|还将|还需|还拟|仍要|"
    rf"{_WHEN}，?[^，。；]{{0,4}}(?:计划(?!生育)|打算|准备|拟|力争|将)|"
    r"(?:我|我们|本人|街道)(?:计划(?!生育)|打算|准备|拟(?!建成)|力争|将(?!\d|军|士|相|上述|原|其))|下一?步|下阶段|下一阶段|明年|来年|今后|接下来|计划(?!生育|内|外)|拟(?!建成)|力争|争取在|预计明年|打算|将(?!\d|军|士|相|上述|原|其))"
)
_PLAN_WORDS = re.compile(
    r"^[^，。；]{0,24}(?:强调|指出|要求|提出|部署)[：:，]?(?:明年|来年|下半年|下一?步)|^[^，。；]{0,12}(?:计划于|拟于|将于|将继续|将进一步|拟新增|计划新增|将启动|将开展|将推进)"
)
_PROBLEM_HEADING = re.compile(r"问题|困难|不足|短板|薄弱环节|差距|堵点|难点|没做好|做得不够|没完成")
_NOT_PROBLEM_HEADING = re.compile(r"解决|化解|整改|破解|攻坚|聚焦|把握|紧盯|突破|排查|处置|矛盾问题")
_PROBLEM = re.compile(
    r"^(?:目前|当前|现阶段)?[^，。]{0,4}(?:主要|最大|突出)(?:的)?(?:困难|问题|短板|不足)[是在有]|缺(?:口)?(?:约|近)?\d+(?:余|多)?[人名万]|[^，。]{2,8}缺(?:约|近)?\d+[人名个]|"
    r"(?:存在|面临)[^，。]{0,20}(?:问题|困难|不足|短板|差距|现象)|(?:人手|人员|力量|经费|资金|编制|场地|设施|设备|能力|车位|专业人才)[^，。]{0,8}(?:不足|短缺|紧张|缺口|缺编|老化|偏弱|不够)"
    r"|问题(?:仍然|依然|仍|较为|比较|还|尚|相对)?(?:突出|存在|较多|明显)|缺口较?大|有待(?:加强|提高|提升|完善)|还不够|不够(?:高|强|好|实|细|到位|健全|完善|深入|及时|均衡|平衡|有力)?[，。；]?$|仍需(?:加强|提升|完善)|进展缓慢|相对滞后|较为薄弱"
)
_SOLVED = re.compile(r"解决了|已解决|化解|针对|整改|攻克|破解|缓解了|消除|得到解决|予以|排查")


@cache
def _table() -> tuple[dict[str, str], dict[str, list[tuple[str, int]]]]:
    """(topic → part, word → [(topic, weight)])."""
    part_of: dict[str, str] = {}
    words: dict[str, list[tuple[str, int]]] = {}
    for part, topic, listed in lexicon.rows("topics"):
        part_of[topic] = part
        for word in listed.split():
            weight = 3 if word.endswith("!") else 1
            words.setdefault(word.rstrip("!"), []).append((topic, weight))
    return part_of, words


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_table()[1], key=lambda w: (-len(w), w))
    return re.compile("|".join(re.escape(w) for w in words))


@cache
def _offices() -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in lexicon.rows("departments"))


def parts() -> tuple[str, ...]:
    """The parts in their usual order."""
    return tuple(dict.fromkeys(_table()[0].values()))


def topics() -> tuple[str, ...]:
    """The topics in their usual order."""
    return tuple(_table()[0])


def part_of(topic: str) -> str:
    return _table()[0].get(topic, "其他")


def score(text: str, weight: int = 1) -> Counter[str]:
    """How often each topic's words stand in a text, weighted; only the first 600 characters count."""
    found: Counter[str] = Counter()
    for match in _pattern().finditer(text[:600]):
        for topic, points in _table()[1][match.group()]:
            found[topic] += points * weight
    return found


def of_office(name: str) -> str | None:
    """The topic that a department's notes are mostly about, None if the name says nothing."""
    return next((topic for office, topic in _offices() if office in name), None)


def best(scores: Counter[str]) -> str | None:
    """The topic with most points; of equals the one that comes first in the usual order."""
    if not scores:
        return None
    order = {topic: place for place, topic in enumerate(topics())}
    top = max(scores.values())
    return min((t for t, points in scores.items() if points == top), key=lambda t: order.get(t, 999))


def is_plan(text: str, headings: tuple[str, ...]) -> bool:
    """Whether a sentence tells what will be done."""
    if any(is_request_heading(h) or (_PLAN_HEADING.search(h) and not _both(h)) for h in headings):
        return True
    return bool(_PLAN_START.search(text) or _PLAN_WORDS.search(text))


def is_problem(text: str, headings: tuple[str, ...]) -> bool:
    """Whether a sentence owns up to a difficulty of the street itself."""
    if any(is_problem_heading(heading) for heading in headings):
        return True
    return bool(_PROBLEM.search(text)) and not _SOLVED.search(text)


def is_problem_heading(heading: str) -> bool:
    return (
        len(heading) <= 24
        and not is_request_heading(heading)
        and bool(_PROBLEM_HEADING.search(heading))
        and not _NOT_PROBLEM_HEADING.search(heading)
    )


def is_plan_heading(heading: str) -> bool:
    named = _PLAN_HEADING.search(heading) or is_request_heading(heading)
    return len(heading) <= 40 and bool(named) and not _both(heading)


def is_request_heading(heading: str) -> bool:
    """Whether a heading announces what is asked of those above (需要区里支持); it is told last, behind the plans."""
    return bool(_REQUEST_HEADING.fullmatch(heading))


@cache
def _fields() -> frozenset[str]:
    data = genres()
    listed = [word for words in data["aliases"].values() for word in words]
    named = [str(part[key]) for part in all_parts() for key in ("noun", "plain")]
    return frozenset((*listed, *named, *topics(), *parts(), *(office for office, _ in _offices())))


#: 狠抓党建, 民生方面: what a field's name is dressed in.
_DRESSED = re.compile(
    r"^(?:狠抓|抓好|抓实|抓|促|保|强化|强|稳|惠|优|优化|加强|做好|推进|聚焦|在|关于)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:工作|方面|情况|部分)*$"
)


def field(label: str) -> str:
    """The field's name in a label (抓民生方面: 民生)."""
    match = _DRESSED.match(label)
    return match["name"] if match is not None else label


def is_field(label: str) -> bool:
    """Whether a label is the name of a field of work (党建, 信访), which its section's heading says already."""
    return _is_field(label) or _is_field(field(label))


def _is_field(label: str) -> bool:
    return label in _fields() or (
        len(label) <= 4 and all(label[i : i + 2] in _fields() for i in range(0, len(label), 2))
    )


def _both(heading: str) -> bool:
    """工作总结和下一步计划: the title of the whole, not of its last part."""
    return bool(re.search(r"总结|完成情况|工作情况", heading))
