"""What stands before a number, read backwards: approximator, direction, what it is compared with.

``left(text, start, floor)`` reverses a short window and matches one anchored pattern, so it costs the
same at any place of any text. Tables: ``approximators.tsv``, ``directions.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gov_writer.domain import Approx
from gov_writer.facts.approximators import BEFORE, NOT_AFTER
from gov_writer.lexicon import rows

_ROWS = rows("directions")
VERBS: dict[str, int] = {r[1]: 1 if r[2] == "+" else -1 for r in _ROWS if r[0] == "verb"}
NOUNS: dict[str, int] = {r[1]: 1 if r[2] == "+" else -1 for r in _ROWS if r[0] == "noun"}
LEVELS: dict[str, int] = {r[1]: 1 if r[2] == "+" else -1 for r in _ROWS if r[0] == "level"}
BASES: tuple[str, ...] = tuple(r[1] for r in _ROWS if r[0] == "basis")
#: Verbs of one character mean something else too often before a count (新增, 减免): percentages only.
SHORT = frozenset(word for word in VERBS if len(word) == 1)


def _reversed(words: Iterable[str], guards: dict[str, str] | None = None) -> str:
    parts = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        guard = (guards or {}).get(word)
        parts.append(re.escape(word[::-1]) + (f"(?![{guard}])" if guard else ""))
    return "|".join(parts)


_WINDOW = 24
_LEFT = re.compile(
    rf"(?P<gap>\s{{0,2}})(?P<approx>{_reversed(BEFORE, NOT_AFTER)})?\s?"
    rf"(?:(?P<level>[至到成])|(?P<fill>了|达到|达|到达|为|是|了约)?(?P<shared>别分)?[均都已将也]?)"
    rf"(?:(?P<noun>{_reversed(NOUNS)})|(?P<verb>{_reversed(VERBS, {'增': '新猛剧累', '减': '加', '升': '提上跃攀回毫公', '降': '升', '跌': '涨'})}))?"
    rf"(?P<already>已|仅|均(?![年月日])|又|再|将|要|共|实际|义名|净)?(?P<basis>(?:{_reversed(BASES)})+)?"
)
_FAR = re.compile(
    rf"(?:(?P<word>{'|'.join(sorted((re.escape(w) for w in LEVELS if len(w) > 1), key=len, reverse=True))})"
    r"|(?P<over>超)(?=[^，。；：\n0-9]{0,6}(?:目标|任务|计划|预期|序时|进度)|年度|额)"
    r")(?P<who>[^，。；：\n0-9]{0,18})$|(?:比|较)(?P<whom>[^，。；：\n0-9高低快慢多少]{1,12})(?P<how>[高低快慢])$"
)
_CLAUSE_BASIS = re.compile("同比|环比|年均|较上年|比上年|较去年|比去年|比年初|较年初|累计")


@dataclass(frozen=True, slots=True)
class Left:
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


def left(text: str, start: int, floor: int) -> Left:
    """The words right before ``start``, none of them before ``floor``."""
    window = text[max(floor, start - _WINDOW) : start][::-1]
    match = _LEFT.match(window)
    if match is None:  # cannot be: every part is optional
        return Left(Approx.EXACT, "", start, 0, "", start, "", start, False, False, False)
    word = (match["approx"] or "")[::-1]
    verb, noun = (match["verb"] or "")[::-1], (match["noun"] or "")[::-1]
    to = match["level"] is not None
    if verb and (match["fill"] or "") in {"为", "是"} and not match["shared"]:
        verb = ""
    sign = 0 if to else VERBS.get(verb) or NOUNS.get(noun) or 0
    basis = (match["basis"] or "")[::-1]
    begin = start - match.end() if sign else start - (match.end("approx") if word else 0)
    if sign and match["already"] and not basis:
        begin = start - match.start("already")
    return Left(
        BEFORE[word] if word else Approx.EXACT,
        word,
        start - match.end("approx") if word else start,
        sign,
        noun or verb,
        begin,
        basis,
        start - max(match.end("verb"), match.end("noun")) if sign else start,
        match["shared"] is not None,
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
