"""Numerals: Arabic, Chinese and mixed, as they are written in reports.

``RUN`` finds where a numeral begins; ``read`` reads one whole, with the 余, 多, 来, 几 inside it and its
scales (十余万, 3千, 1.2万亿, 两千三, 三五, 二三十). All characters are those of ``forms.unify``d text:
full-width digits, 萬, 億, 兩 and 〇's look-alikes have become 0-9, 万, 亿, 两, 〇.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import DIGITS

PLACES = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10**4, "亿": 10**8}
CHINESE = "零〇一二两三四五六七八九十百千万亿"

#: An Arabic number: 1,286,400 or 12.5; without sign.
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,8}(?![0-9,])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
RUN = lazy(rf"{ARABIC}|[{CHINESE}]+(?:点[零〇一二三四五六七八九]+)?")
_SCALE = lazy("[十百千]?万?亿|[十百千]?万亿?|[百千]")
#: 50w+, 播放3k次: 万 and 千 as typed in a hurry; 300W and 5km are units.
_TYPED = lazy(
    "w(?=[元人次户家件份+余多，。、；）)]|以上|粉丝|播放|阅读|浏览|$)|W(?=[元人次户件份+])|[kK](?=[元人次户件份+余])"
)
_TYPED_SCALES = {"w": 10**4, "k": 10**3}
#: People type a space around Arabic digits: 3.86 万平方米.
_SPACED = lazy(" (?:[十百千]?(?:万亿?|亿)|千)")
_SMALLER = lazy(
    r"(?P<digits>[0-9]{1,4})(?:(?P<scale>[百千万])(?![瓦伏克兆])(?P<more>[多余])?(?P<scale2>万)?|(?=[人元户个名亩吨]))"
)
_INSIDE = lazy(
    " ?余| [多来](?=[人户名家件起处次场份套辆台间栋亩吨元])|多(?!数|元化|样|方面|层次|功能|媒体?|跨)|来(?!自|源|访|信|电|到|往)|几(?!乎)"
)
#: A longer run of Chinese numerals is no number (and Decimal arithmetic must stay exact).
_LONGEST = 24
#: What a number may go on with behind its digits.
_GOES_ON = frozenset("余多来几十百千万亿wWkK ")
_ONE = Decimal(1)
_WATT = frozenset("瓦伏帕焦卡赫")


class Number(NamedTuple):
    """What a numeral says.

    end: where it ends, 余 and scale included.  core: where its digits end (in 10余万 after 10).
    high: the upper end of 三五, 二三十, else None.  step: what its last printed digit counts.
    more: 余, 多, 来 or 几 if one is inside, else "".  scale: 1 or what 万, 亿 … multiply by.
    arabic: it begins with a digit 0-9.  bare: the digits without their scale, for lists that share one.
    """

    end: int
    core: int
    value: Decimal
    step: Decimal
    high: Decimal | None = None
    more: str = ""
    scale: int = 1
    arabic: bool = True
    bare: Decimal = Decimal(0)


def read(text: str, start: int, run_end: int) -> Number | None:
    """The numeral at start, whose run (as ``RUN`` found it) ends at run_end; None if it is no number (千千万万)."""
    if run_end - start > _LONGEST:
        return None
    return _arabic(text, start, run_end) if text[start] <= "9" else _chinese(text, start, run_end)


def number_of(word: str) -> Decimal | None:
    """The number that a whole word writes, None for a range and for what is no number."""
    if not 0 < len(word) <= _LONGEST:
        return None
    if word[0] in "0123456789":
        return Decimal(word)
    parsed = parse_chinese(word)
    return parsed[0] if parsed and parsed[2] is None else None


def _arabic(text: str, start: int, at: int) -> Number:
    digits = text[start:at].replace(",", "")
    value = Decimal(digits)
    point = digits.find(".")
    step = _ONE.scaleb(point + 1 - len(digits)) if point >= 0 else _ONE
    if text[at : at + 1] not in _GOES_ON:
        return Number(at, at, value, step, bare=value)
    core, more, bare = at, "", value
    inside = _INSIDE.match(text, at)
    if inside:
        more, at = inside.group().strip(), inside.end()
    end, scale = _scale(text, at + 1 if _SPACED.match(text, at) else at)
    if scale > 1:
        if not more:
            core = end
        value, step, at = value * scale, step * scale, end
        rest = _rest(text, at) if point < 0 and not more else None
        if rest and rest[1] < scale:
            at, value, step, more = rest[0], value + rest[1], rest[2], rest[3]
            core = rest[4]
        if not more:
            inside = _INSIDE.match(text, at)
            if inside:
                more, at = inside.group().strip(), inside.end()
                end, again = _scale(text, at)
                if again > 1:
                    value, step, scale, at = value * again, step * again, scale * again, end
    return Number(at, core, value, step, None, more, scale, True, bare)


def _rest(text: str, at: int) -> tuple[int, Decimal, Decimal, str, int] | None:
    """The smaller part of a number in two parts, 6千多 in 1万6千多户: end, value, step, 多 or "", end of its digits."""
    match = _SMALLER.match(text, at)
    if match is None:
        return None
    scale = 1
    for char in (match["scale"] or "") + (match["scale2"] or ""):
        scale *= PLACES.get(char) or SCALES[char]
    return (
        match.end(),
        Decimal(match["digits"]) * scale,
        Decimal(scale),
        match["more"] or "",
        match.end("digits"),
    )


def _scale(text: str, at: int) -> tuple[int, int]:
    """Where the scale word at ``at`` ends and what it multiplies by; ``(at, 1)`` if there is none."""
    found = _SCALE.match(text, at)
    if not found:
        typed = _TYPED.match(text, at)
        return (typed.end(), _TYPED_SCALES[typed.group().lower()]) if typed else (at, 1)
    word, end = found.group(), found.end()
    if word[-1] == "千" or (end < len(text) and text[end] == "千" and text[end + 1 : end + 2] in _WATT):
        after = text[end : end + 1] if word[-1] == "千" else ""
        if after and (after in _WATT or after in "米克兆字分焦安"):
            end, word = end - 1, word[:-1]
    scale = 1
    for char in word:
        scale *= PLACES.get(char) or SCALES[char]
    return (end, scale) if word else (at, 1)


def _chinese(text: str, start: int, at: int) -> Number | None:
    run = text[start:at]
    while (
        len(run) > 1
        and run[-1] in "千百"
        and text[at : at + 1]
        and ((run[-1] == "千" and text[at] in "瓦伏帕焦卡赫兆") or (run[-1] == "百" and text[at] in "姓货强"))
    ):
        run, at = run[:-1], at - 1
    parsed = parse_chinese(run)
    if parsed is None:
        return None
    value, step, high = parsed
    core, more, bare, scale = at, "", value, 1
    inside = _INSIDE.match(text, at)
    if inside and (run[-1] in "十百千万亿"):
        more, at = inside.group().strip(), inside.end()
        end, scale = _scale(text, at)
        if scale > 1:
            value, step, at = value * scale, step * scale, end
            high = high * scale if high is not None else None
    elif run[-1] not in "十百千万亿":
        scale = 1
    if run[-1] in "万亿" and not more:
        scale = SCALES[run[-1]]
        bare = value / scale
    return Number(at, core, value, step, high, more, scale, False, bare)


@lru_cache(maxsize=4096)
def parse_chinese(run: str) -> tuple[Decimal, Decimal, Decimal | None] | None:
    """``(value, step, high)`` of a run of Chinese numeral characters, None if it is no number.

    high is set for two digits side by side that mean "from … to" (三五, 二三十, 十七八).
    """
    whole, point, fraction = run.partition("点")
    if not whole or "点" in fraction or len(run) > _LONGEST:
        return None
    if point:
        head = parse_chinese(whole)
        if head is None or head[2] is not None:
            return None
        digits = "".join(str(DIGITS[c]) for c in fraction)
        return head[0] + Decimal("0." + digits), Decimal(1).scaleb(-len(digits)), None
    if not any(c in PLACES or c in SCALES for c in whole):
        return _digit_string(whole)
    pair = re.search("[一二两三四五六七八九]{2,}", whole)
    if pair:
        low, high = pair.group()[0], pair.group()[1]
        if len(pair.group()) > 2 or not 0 < DIGITS[high] - DIGITS[low] <= 2:
            return None
        lower = _placed(whole[: pair.start() + 1] + whole[pair.end() :])
        upper = _placed(whole[: pair.start()] + whole[pair.start() + 1 :])
        return (lower[0], lower[1], upper[0]) if lower and upper else None
    placed = _placed(whole)
    return (placed[0], placed[1], None) if placed else None


def _digit_string(run: str) -> tuple[Decimal, Decimal, Decimal | None] | None:
    digits = [DIGITS[c] for c in run]
    if len(digits) == 2 and digits[0] and (digits[1] == digits[0] + 1 or digits == [3, 5]):
        return Decimal(digits[0]), Decimal(1), Decimal(digits[1])
    if len(digits) == 2:
        return None
    return Decimal("".join(map(str, digits))), Decimal(1), None


def _placed(run: str) -> tuple[Decimal, Decimal] | None:
    """Value and step of a run with place words; None where the places are out of order (百千万)."""
    total = section = 0
    digit: int | None = None
    place = 10**5  # the last place word within the section
    unit, zero = 1, False  # what a digit at the very end counts; a 零 before it
    for index, char in enumerate(run):
        if char in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[char]
            zero = zero or digit == 0
            continue
        if char in PLACES:
            if PLACES[char] >= place or (digit == 0 and char != "十"):
                return None
            place = PLACES[char]
            section += (1 if digit is None or digit == 0 else digit) * place
            unit, digit, zero = place // 10, None, False
            continue
        scale = SCALES[char]
        section += digit or 0
        if section == 0 and (total == 0 or digit == 0 or run[index - 1] != "万"):
            if index:
                return None
            section = 1
        if char == "亿":
            total = (total + section) * scale
        elif 0 < total < 10**8:
            return None
        else:
            total += section * scale
        section, digit, place, unit, zero = 0, None, 10**5, scale // 10, False
    if digit is None:
        return Decimal(total + section), Decimal(unit * 10 if unit >= 1000 else 1)
    unit = 1 if zero else max(unit, 1)
    return Decimal(total + section + digit * unit), Decimal(unit)
