"""Where a text names a place or an organisation: a stem that ends in 社区, 公司, 路 …

Where a Chinese name begins cannot be seen without a segmenter. Two facts do without one: the one or two
characters before the last word tell 翠湖社区 from 老旧小区, and a function word or a stop shows where
a stem starts at the latest. So a name may hold a character too many at its front, never at its end;
whoever compares names compares their ends (``same``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gov_writer import lexicon
from gov_writer.text.lazy import lazy

_HAN = lazy("[\u3400-\u4dbf\u4e00-\u9fff]")
_LONGEST_STEM = 10
_VAGUE = frozenset("类型级式化性种些样家个各全多该本新旧老")
#: Where a stem cannot reach over: function words and the verbs that work reports put before a name.
_STOPS = frozenset(
    "在到对于从由至与和及的了为将被把向沿是有以并等或各该本每全我其某这那个座条家所名处项批次位第"
)
#: What makes another word of a last word: 市场, 村民, 区域, 路径, 社区工作者.
_GOES_ON = {
    "区": "域级间块位分划内外县委乡调政直人", "市": "场域级委民容政区县辖属人相的直两纪妇总城", "省": "级委内外市属道心力部直人政时电钱", "县": "域级委城区市乡内",
    "村": "民庄居两委支镇落级干寨集务社里工貌容", "乡": "村镇贤土风级亲愁情", "路": "径线网段面灯口程由长况", "河": "道流长湖段岸畔",
    "湖": "泊长面区", "街": "道区巷头面长办镇貌", "镇": "街村区域级政长乡貌容", "巷": "道", "大学": "生习", "中学": "生习", "小学": "生",
    "学院": "派", "公园": "城", "市场": "化", "医院": "感", "法院": "系", "集团": "军化", "花园": "式", "广场": "舞", "新城": "区",
    "银行": "卡业", "家园": "行", "学校": "家", "公司": "化制", "公寓": "式", "新村": "落",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entity:
    """A name.  core: how many characters at its end identify it: its last word and the two telling ones before."""

    start: int
    end: int
    kind: str
    suffix: str
    core: int


@cache
def _suffixes() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    table = {row[0]: (row[1], row[2] == "open") for row in lexicon.rows("entity_suffixes")}
    ordered = sorted(table, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered))), table


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(
        "|".join(sorted(map(re.escape, lexicon.words("entity_openers")), key=lambda w: (-len(w), w)))
    )


@cache
def _common_ends() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, lexicon.words('entity_common_ends')))})$")


@cache
def _generic() -> frozenset[str]:
    return frozenset(lexicon.words("generic_heads"))


def find(text: str) -> tuple[Entity, ...]:
    """Names of places and organisations in text order, without overlap; the longer last word wins."""
    pattern, table = _suffixes()
    found: list[Entity] = []
    for match in pattern.finditer(text):
        if text[match.end() : match.end() + 1] in _GOES_ON.get(match.group(), "") and match.end() < len(text):
            continue
        kind, is_open = table[match.group()]
        start = _stem_start(text, match.start())
        stem = text[start : match.start()]
        if len(stem) < (2 if is_open or len(match.group()) > 1 else 1) or stem[-1] in _VAGUE:
            continue
        telling = _specific(stem)
        if telling < (2 if telling < len(stem) else 1) or (telling < len(stem) and not is_open):
            continue
        if _common_ends().search(text, start, match.end()):
            continue
        if not is_open and not _bound(text, start, stem, match.group()):
            continue
        if found and start < found[-1].end:
            start = found[-1].end
            if match.start() - start < 2:
                continue
        tail = match.end() - (start + telling) if telling < len(stem) else len(match.group())
        found.append(Entity(start, match.end(), kind, match.group(), min(match.end() - start, tail + 2)))
    return tuple(found)


def _stem_start(text: str, end: int) -> int:
    start = end
    floor = max(0, end - _LONGEST_STEM)
    while start > floor and _HAN.match(text[start - 1]) and text[start - 1] not in _STOPS:
        start -= 1
    for opener in _openers().finditer(text, max(floor, start - 1), end):  # 其 stops a stem, 其中 opens one
        start = max(start, opener.end())
    return start


def _bound(text: str, start: int, stem: str, suffix: str) -> bool:
    """A stem of two to four characters that starts at a boundary, as 翠湖路 in 打通翠湖路."""
    if len(suffix) == 1 and not 2 <= len(stem) <= 3:
        return False
    if len(stem) > 6:
        return False
    if start == 0:
        return True
    before = text[start - 1]
    return (
        not _HAN.match(before)
        or before in "在到对于从由至与和及了为将把向沿"
        or bool(_openers().search(text, max(0, start - 3), start))
    )


def _specific(stem: str) -> int:
    """How many characters of the stem are left without the common words at its end: 云岭智造|科技, |老旧."""
    generic = _generic()
    left = len(stem)
    while left:
        if left == 1 and stem[:left] in generic:
            return 0
        size = next((n for n in (5, 4, 3, 2) if n <= left and stem[left - n : left] in generic), 0)
        if not size:
            return 0 if left < len(stem) and left < 2 else left
        left -= size
    return 0
