"""What stands before a number, read backwards: approximator, direction, what it is compared with.

``left(text, start, floor)`` takes word after word from a short window, each found by its last character, so it
costs the same at any place of any text. Tables: ``approximators.tsv``, ``directions.tsv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from gov_writer.domain import Approx
from gov_writer.facts.notation.approximators import BEFORE, NOT_AFTER
from gov_writer.lexicon import rows
from gov_writer.text.lazy import lazy

_ROWS = rows("directions")
VERBS: dict[str, int] = {r[1]: 1 if r[2] == "+" else -1 for r in _ROWS if r[0] == "verb"}
NOUNS: dict[str, int] = {r[1]: 1 if r[2] == "+" else -1 for r in _ROWS if r[0] == "noun"}
LEVELS: dict[str, int] = {r[1]: 1 if r[2] == "+" else -1 for r in _ROWS if r[0] == "level"}
BASES: tuple[str, ...] = tuple(r[1] for r in _ROWS if r[0] == "basis")
#: Verbs of one character mean something else too often before a count (新增, 减免): percentages only.
SHORT = frozenset(word for word in VERBS if len(word) == 1)


_WINDOW = 24
_Words = dict[str, tuple[tuple[str, str], ...]]


def _by_last(words: Iterable[str], guards: dict[str, str] | None = None) -> _Words:
    """last character -> ``(word, characters that may not stand before it)``, longest word first."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for word in sorted(words, key=lambda w: (-len(w), w)):
        found[word[-1]].append((word, (guards or {}).get(word, "")))
    return {last: tuple(group) for last, group in found.items()}


_APPROX = _by_last(BEFORE, NOT_AFTER)
_NOUN = _by_last(NOUNS, {"增长率": "然"})  # 自然增长率 is a rate of its own
_VERB = _by_last(VERBS, {"增": "新猛剧累", "减": "加", "升": "提上跃攀回毫公", "降": "升", "跌": "涨"})
_BASIS = _by_last(BASES)
#: Between a direction and its number: 增长了, 增幅为, 分别增长.  to: 增至, 提高到 tell a level.
_FILL = _by_last(("了", "到达", "达", "为", "是"))
_TO, _EVEN = frozenset("至到成"), frozenset("均都已将也")
#: Before a direction: 已增长, 年均实际下降.
_ALREADY = _by_last(("已", "仅", "均", "又", "再", "将", "要", "共", "名义", "净"), {"均": "年月日"})
_LAST = frozenset({*_APPROX, *_NOUN, *_VERB, *_BASIS, *_FILL, *_TO, *_EVEN, *_ALREADY, "别"})
_FAR = lazy(
    rf"(?:(?P<word>{'|'.join(sorted((re.escape(w) for w in LEVELS if len(w) > 1), key=len, reverse=True))})"
    r"|(?P<over>超)(?=[^，。；：\n0-9]{0,6}(?:目标|任务|计划|预期|序时|进度)|年度|额)"
    r")(?P<who>[^，。；：\n0-9]{0,18})$|(?:比|较)(?P<whom>[^，。；：\n0-9高低快慢多少]{1,12})(?P<how>[高低快慢])$"
)
_CLAUSE_BASIS = lazy("同比|环比|年均|较上年|比上年|较去年|比去年|比年初|较年初|累计")


class Left(NamedTuple):
    """What was found before a number.

    approx, word: the approximator; approx_start: where it begins (the number's start if none).
    sign: +1, -1, 0 where there is no direction.  verb: its word.  start: where the direction (with its
    basis) begins; verb_start: without it.  basis: as written, "" if none.  shared: 分别 stands between direction and number.
    noun: the direction is a noun (增速为…).  to: 至 or 到 between verb and number: a level, no change.
    """

    approx: Approx
    word: str
    approx_start: int
    sign: int
    verb: str
    start: int
    basis: str
    verb_start: int
    shared: bool
    noun: bool
    to: bool


def _word(table: _Words, text: str, at: int, floor: int) -> str:
    """The longest word of the table that ends at ``at``, none of it before ``floor``; "" if none does."""
    for word, guard in table.get(text[at - 1], ()) if at > floor else ():
        begin = at - len(word)
        if text.endswith(word, floor, at) and not (guard and begin > floor and text[begin - 1] in guard):
            return word
    return ""


def _blank(text: str, at: int, floor: int, most: int) -> int:
    while most and at > floor and text[at - 1].isspace():
        at, most = at - 1, most - 1
    return at


def left(text: str, start: int, floor: int) -> Left:
    """The words right before ``start``, none of them before ``floor``."""
    floor = max(floor, start - _WINDOW)
    if start <= floor or (text[start - 1] not in _LAST and not text[start - 1].isspace()):
        return Left(Approx.EXACT, "", start, 0, "", start, "", start, False, False, False)
    at = _blank(text, start, floor, 2)
    word = _word(_APPROX, text, at, floor)
    at -= len(word)
    approx_start = at if word else start
    at = _blank(text, at, floor, 1)
    to, shared, fill = at > floor and text[at - 1] in _TO, False, ""
    if to:
        at -= 1
    else:
        fill = _word(_FILL, text, at, floor)
        at -= len(fill)
        shared = text.endswith("分别", floor, at)
        at -= 2 * shared
        at -= at > floor and text[at - 1] in _EVEN
    noun = _word(_NOUN, text, at, floor)
    verb = "" if noun else _word(_VERB, text, at, floor)
    at -= len(noun or verb)
    verb_start = at
    already = _word(_ALREADY, text, at, floor)
    at -= len(already)
    end = at
    while more := _word(_BASIS, text, at, floor):
        at -= len(more)
    basis = text[at:end]
    if fill in {"为", "是"} and not shared:
        verb = ""
    sign = 0 if to else VERBS.get(verb) or NOUNS.get(noun) or 0
    if not sign:
        begin, verb_start = approx_start, start
    elif already and not basis:
        begin = verb_start
    else:
        begin = at
    return Left(
        BEFORE[word] if word else Approx.EXACT,
        word,
        approx_start,
        sign,
        noun or verb,
        begin,
        basis,
        verb_start,
        shared,
        bool(noun),
        to,
    )


def comparison(text: str, start: int, floor: int) -> tuple[int, int, str] | None:
    """``(sign, where it begins, its words)`` for 高于全区平均水平 … before a number of percentage points."""
    base = max(floor, start - _WINDOW)
    match = _FAR.search(text[base:start])
    if match is None:
        return None
    if match["over"]:
        return 1, base + match.start(), match.group()
    if match["word"]:
        return LEVELS[match["word"]], base + match.start(), match.group()
    return LEVELS[match["how"]], base + match.start(), match.group()


def basis_in(text: str, start: int, floor: int) -> str:
    """The last basis word between floor and start, for a direction that stands apart from it."""
    found = _CLAUSE_BASIS.findall(text, max(floor, start - 30), start)
    return found[-1] if found else ""
