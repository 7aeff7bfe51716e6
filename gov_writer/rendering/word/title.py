"""A long title over several lines, broken where the sense allows it, the lines of similar length.

GB/T 9704-2012, 7.3.1: 回行时要做到词意完整, 排列对称, 长短适宜, 间距恰当; 使用梯形或菱形.
"""

from __future__ import annotations

import re
from itertools import combinations

from gov_writer.ooxml import standard

#: Characters of 2号 that a line of 156 mm holds, with some air.
WIDTH = 19.0
#: A line may end behind these and begin with those.
_BEHIND = re.compile(
    r"街道办事处|街道党工委|工作委员会|街道(?!办|党|纪|工委|工作委|综)|人民政府|委员会|党工委|办事处|[）》，、]|情况(?=和|及|的)|总结(?=和|及|暨)"
)
_BEFORE = re.compile(
    r"关于|(?<!\d)(?:19|20)\d{2}(?=年)|二〇[〇一二三四五六七八九]{2}年|[（《]|工作(?:总结|计划|报告|汇报|要点|方案|情况)|述职|情况(?:报告|汇报)"
)
#: What a title is about: a line may begin with it, too.
_TOPIC = re.compile(
    r"(?<!与)(?<!和)(?:全面从严治党|主体责任|抓?基层党建|党建引领|党风廉政|意识形态|法治政府|政府信息公开|政务公开|安全生产|应急管理|"
    r"生态环境|乡村振兴|平安建设|信访|网格化|民生实事|经济社会|国民经济|营商环境|城市管理|基层治理|重点工作|主要工作)"
)
_MEETING = re.compile(r"(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])")
_JOINED = re.compile(r"和|及|暨|与")
_AND = re.compile(r"(?<![参涉普以温中])(?:和(?![谐平睦气])|与(?!时|会|群)|及(?!时|格)|暨|以及)")


def width(text: str) -> float:
    """In characters; ASCII counts half."""
    return sum(0.5 if c < "\x7f" else 1.0 for c in text)


def signature_indents(signature: list[str]) -> dict[str, float]:
    """Right indents in characters of the styles of the signing unit and, if there is one, the date.

    7.3.5.1: the date four characters from the right, the signing unit centred above it; a unit too long for
    that reaches the right edge, and the date is centred below it.  A unit alone: two characters (7.3.5.2).
    """
    if len(signature) < 2:
        return {standard.SIGNER.id: 2}
    beside = (width(signature[0]) - width(signature[1])) / 2
    return {standard.SIGNER.id: max(4 - beside, 0), standard.ISSUED.id: max(4, beside)}


def room(text: str) -> float:
    """The width that a line needs at most: some programs set air between numerals and Chinese characters."""
    return width(text) + 0.25 * len(_MEETING.findall(text))


def lines(title: str) -> list[str]:
    """The title's lines; joined they are the title again."""
    title_width = room(title)
    if title_width <= WIDTH:
        return [title]
    places = _places(title)
    best: tuple[float, list[str]] | None = None
    for count in range(max(1, int(title_width // WIDTH)), 5):
        for cuts in combinations(sorted(places), count):
            parts = [title[a:b] for a, b in zip((0, *cuts), (*cuts, len(title)), strict=True)]
            widths = [room(part) for part in parts]
            if max(widths) > WIDTH or min(widths) < 4:
                continue
            cost = (max(widths) - min(widths)) + sum(places[cut] for cut in cuts) + 6 * count
            if best is None or cost < best[0]:
                best = (cost, parts)
        if best:
            return best[1]
    return _evenly(title, title_width)


def _places(title: str) -> dict[int, float]:
    """Offsets where a line may begin -> how little it is liked."""
    places: dict[int, float] = {}
    for match in _BEHIND.finditer(title):
        places[match.end()] = 0.0
    for match in _AND.finditer(title):
        places[match.start()] = 2.0
    for match in _BEFORE.finditer(title):
        at = match.start()
        joined = at > 0 and _JOINED.match(title[at - 1])
        if joined:
            places[at - 1] = 0.0
        else:
            places[at] = 1.0 if "0" <= title[at] <= "9" or title[at] in "关二" else 8.0
    for match in _TOPIC.finditer(title):
        places.setdefault(match.start(), 6.0)
    joined_at = {at for at in places if _JOINED.match(title, at)}
    for at in joined_at:
        places.pop(at + 1, None)
    return {at: cost for at, cost in places.items() if 0 < at < len(title)}


def _evenly(title: str, title_width: float) -> list[str]:
    """No place in sight: lines of equal length, never inside a number."""
    count = int(title_width // WIDTH) + 1
    parts, at = [], 0
    for number in range(1, count):
        cut = max(at + 1, round(len(title) * number / count))
        while cut < len(title) - 1 and (title[cut] in "0123456789年月度、，）》" or title[cut - 1] in "（《"):
            cut += 1
        parts.append(title[at:cut])
        at = cut
    return [*parts, title[at:]]
