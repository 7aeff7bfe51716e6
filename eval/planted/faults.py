"""Faults of the kinds that reviewers meet, planted where a reader could tell.

Each planter lists edits of a text: ``Edit(start, end, words)`` puts words in the place of ``text[start:end]``.
A reader could tell means, with the unchanged text beside it: another value, unit, direction or day. Left out are
figures whose change says the same (a transposition of 88), approximations moved by one (300余次, 301余次), articles
(一个), zero claims, and measure words that mean the same. Without a source only what the text itself contradicts
counts: figures in braces in ``own/*.md`` are tied to others by arithmetic, by a list or by a weekday.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gov_writer.checking import Case
from gov_writer.domain import Approx, Fact, Kind

_SKIPPED = {"article", "negated", "zero-claim", "age", "time-of-day", "day-only", "duration"}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNITS = {
    "人次": "人", "人": "户", "户": "人", "名": "户", "家": "人", "万元": "元", "亿元": "万元", "公里": "米",
    "平方米": "平方公里", "平方公里": "平方米", "件": "人", "次": "人", "场次": "人次", "亩": "平方米", "万人": "人",
    "万份": "份", "万户": "户", "处": "户", "起": "人", "份": "人", "个百分点": "%",
}  # fmt: skip
_TURNS = [
    ("增长", "下降"), ("上升", "下降"), ("提高", "降低"), ("增加", "减少"), ("提升", "下降"), ("上涨", "下跌"), ("扩大", "收窄"),
]  # fmt: skip
_DAY = re.compile(r"(?<=月)\d{1,2}(?=日)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_DIGITS = "零一二三四五六七八九十"
_ITEM = re.compile(
    r"[、，](?:[^、，。；（）\n“”]{1,14}?)\d[\d.]*(?:余|多)?[万亿]?[\u4e00-\u9fff]{1,3}(?=[、，。；])"
)
_COUNT = re.compile(
    r"(?:以下|做好|抓好|从|在|实现|坚持|突出|聚焦)[^，。；\d]{0,4}?([二三四五六七八九])(?=个方面|项工作|个重点|个环节|大工程|大行动|大产业)"
)


@dataclass(frozen=True)
class Edit:
    """Put ``words`` in the place of ``text[start:end]``.  also: the second place of a swap."""

    start: int
    end: int
    words: str
    also: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Document:
    """A text to plant in.  tied: the spans of figures that the text itself ties to others."""

    name: str
    text: str
    period: str | None = None
    tied: tuple[tuple[int, int], ...] = ()
    loosely: tuple[tuple[int, int], ...] = ()  # tied by a rounded growth or share


Planter = Callable[[Document, Case, random.Random], Iterator[Edit]]


def _figures(case: Case, *kinds: Kind) -> Iterator[tuple[Fact, re.Match[str]]]:
    """Facts of these kinds with Arabic digits, and where the digits stand."""
    for fact in case.claims.of(case.draft.id):
        if fact.kind not in kinds or fact.mention.sub in _SKIPPED or fact.value is None:
            continue
        match = _NUMBER.search(case.text, fact.mention.core_start, fact.mention.core_end)
        if match:
            yield fact, match


_ALL = (Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH, Kind.RANK)


def transpose(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """8753 → 8573"""
    for _fact, match in _figures(case, *_ALL):
        digits = match[0]
        places = [
            i for i in range(len(digits) - 1)
            if digits[i : i + 2].isdigit() and digits[i] != digits[i + 1] and not (i == 0 and digits[1] == "0")
        ]  # fmt: skip
        if places:
            at = rng.choice(places)
            words = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            if _worth(words) != _worth(digits):
                yield Edit(match.start(), match.end(), words)


def times_ten(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """120 → 1200, 3.2 → 32"""
    for fact, match in _figures(case, Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH):
        digits = match[0]
        if "." in digits:
            whole, rest = digits.split(".", 1)
            moved = (whole + rest[0]).lstrip("0") + ("." + rest[1:] if rest[1:] else "")
        else:
            moved = digits + "0"
        if fact.value:
            yield Edit(match.start(), match.end(), moved)


def plus_minus_one(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """58 → 57: the last printed digit, exact figures only"""
    for fact, match in _figures(case, *_ALL):
        digits = match[0].replace(",", "")
        if fact.mention.approx is not Approx.EXACT or "," in match[0]:
            continue
        last = int(digits[-1])
        step = 1 if last < 9 and (last == 0 or rng.random() < 0.5) else -1
        if len(digits) == 1 and last + step <= 0:
            step = 1
        if 0 <= last + step <= 9:
            yield Edit(match.start(), match.end(), match[0][:-1] + str(last + step))


def change_unit(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """3.2万元 → 3.2元, 2139人次 → 2139人"""
    for _fact, match in _figures(case, Kind.QUANTITY, Kind.GROWTH):
        for unit in sorted(_UNITS, key=len, reverse=True):
            at = re.compile("(?:余|多)?" + unit).match(case.text, match.end())
            if at:
                start = at.end() - len(unit)
                if not (unit == "人" and case.text[at.end() : at.end() + 1] == "次"):
                    yield Edit(start, at.end(), _UNITS[unit])
                break


def swap(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """Two figures with the same unit within one sentence or two change places."""
    pairs = list(_figures(case, Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH))
    for (one, left), (two, right) in itertools.pairwise(pairs):
        same = one.unit == two.unit and one.kind is two.kind and one.text != two.text
        if same and left[0] != right[0] and right.start() - left.end() < 120:
            yield Edit(left.start(), left.end(), right[0], (right.start(), right.end(), left[0]))


def direction(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """增长 → 下降"""
    for fact in case.claims.of(case.draft.id):
        if fact.kind is not Kind.GROWTH and fact.mention.sub != "delta":
            continue
        for up, down in _TURNS:
            for word, other in ((up, down), (down, up)):
                at = case.text.find(word, fact.start, fact.end)
                if at >= 0:
                    yield Edit(at, at + len(word), other)
                    break
            else:
                continue
            break


def date(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """3月18日 → 3月16日: a day of the same month"""
    for fact in case.claims.of(case.draft.id):
        match = (
            _DAY.search(case.text, fact.start, fact.end)
            if fact.kind in (Kind.DATE, Kind.DATE_RANGE)
            else None
        )
        if match:
            day = int(match[0])
            yield Edit(match.start(), match.end(), str(day - 2 if day > 2 else day + 2))


def year(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """2022年 → 2021年 in a date, or as a heading's or sentence's own year"""
    for match in _YEAR.finditer(case.text):
        around = case.text[max(0, match.start() - 14) : match.end() + 14]
        if not re.search(r"《|〔|—|－|-|至|规划|行动|计划（", around):
            yield Edit(match.start(), match.end(), str(int(match[0]) - 1))


def delete_part(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """A member of an enumeration with its figure: 、物业纠纷18件"""
    counted = [f.start for f in case.claims.of(case.draft.id) if f.counted]
    for match in _ITEM.finditer(case.text):
        if any(match.start() <= start < match.end() for start in counted):
            yield Edit(match.start(), match.end(), "")


def delete_item(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """（二）…: a whole line, not the last of its level; or 二是…; of three and more"""
    lines = list(
        re.finditer(r"^[ 　]*(（[一二三四五六七八九]）|[一二三四五六七八九]、)[^\n]*\n?", case.text, re.M)
    )
    for one, two in itertools.pairwise(lines):
        follows = _DIGITS.find(two[1].strip("（）、")) == _DIGITS.find(one[1].strip("（）、")) + 1
        if follows and two[1][-1] == one[1][-1]:
            yield Edit(one.start(), one.end(), "")
    for match in re.finditer(r"二是[^。；\n]*[。；](?=[^\n]{0,400}三是)", case.text):
        yield Edit(match.start(), match.end(), "")


def promised_count(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """以下三个方面 → 以下四个方面"""
    for match in _COUNT.finditer(case.text):
        at = match.start(1)
        more = _DIGITS[(_DIGITS.index(match[1]) + 1) % 10] if match[1] != "九" else "八"
        yield Edit(at, at + 1, more)


def misspell(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """A quoted term that stands three times or more: one character of one of them by another of its sound"""
    terms = Counter(m[1] for m in re.finditer(r"“([\u4e00-\u9fff]{4,8})”", case.text))
    for term in terms:
        if case.text.count(term) < 3:
            continue
        last = case.text.rfind(term)
        for at, sign in enumerate(term):
            other = _SOUNDS.get(sign)
            if other:
                yield Edit(last + at, last + at + 1, other)
                break


_SOUNDS = dict(zip("百攻坚平安书记在线标准化民生大盆示范邻里枫桥治理专精特新党建红色网格", "白功间评按叔计再现镖准话名声打盆是犯林礼丰乔制礼砖惊忒心挡件洪涩往葛", strict=False))  # fmt: skip


def to_x(_: Document, case: Case, rng: random.Random) -> Iterator[Edit]:
    """8753处 → X处"""
    for _fact, match in _figures(case, Kind.QUANTITY, Kind.PERCENT):
        yield Edit(match.start(), match.end(), "X")


KINDS: dict[str, Planter] = {
    "digits transposed": transpose,
    "times ten": times_ten,
    "plus or minus one": plus_minus_one,
    "unit changed": change_unit,
    "two figures swapped": swap,
    "direction turned": direction,
    "date changed": date,
    "year changed": year,
    "part deleted": delete_part,
    "numbered item deleted": delete_item,
    "promised count changed": promised_count,
    "term misspelt once": misspell,
    "figure turned into X": to_x,
}
#: Kinds for which the text alone is enough, wherever they are planted.
NEED_NO_SOURCE = {
    "numbered item deleted",
    "promised count changed",
    "term misspelt once",
    "figure turned into X",
}


#: Kinds that are judged anywhere in the text: one fault at a time, in several rounds.
_ONE_AT_A_TIME = {
    "numbered item deleted",
    "promised count changed",
    "term misspelt once",
    "figure turned into X",
}


def tied(document: Document, kind: str, edits: list[Edit]) -> list[Edit]:
    """The edits that the text itself contradicts.  A swap or a lost part may leave a true sum: not judged."""
    if kind in ("two figures swapped", "part deleted"):
        return []
    places = document.tied + (() if kind == "plus or minus one" else document.loosely)
    return [e for e in edits if any(a <= e.start < b or a < e.end <= b for a, b in places)]


def rounds(kind: str, edits: list[Edit], text: str, rng: random.Random, each: int) -> Iterator[list[Edit]]:
    """Lists of edits to make together."""
    picked = chosen(edits, text, rng, each)
    if kind in _ONE_AT_A_TIME:
        yield from ([edit] for edit in picked[:2])
    elif picked:
        yield picked


def _worth(digits: str) -> str:
    return digits.replace(",", "").rstrip("0").rstrip(".") if "." in digits else digits.replace(",", "")


def chosen(edits: list[Edit], text: str, rng: random.Random, most: int) -> list[Edit]:
    """At most ``most`` edits in different sentences, at random."""
    rng.shuffle(edits)
    kept: list[Edit] = []
    taken: set[int] = set()
    for edit in edits:
        places = {_sentence(text, edit.start)} | ({_sentence(text, edit.also[0])} if edit.also else set())
        if len(kept) < most and not places & taken:
            kept.append(edit)
            taken |= places
    return sorted(kept, key=lambda e: e.start)


def _sentence(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。；\n")


def applied(text: str, edits: list[Edit]) -> tuple[str, list[list[tuple[int, int]]]]:
    """The text with all edits made, and for each edit the spans where its words stand now."""
    changes = []
    for index, edit in enumerate(edits):
        changes.append((edit.start, edit.end, edit.words, index))
        if edit.also:
            changes.append((*edit.also, index))
    changes.sort()
    pieces, spans, at, length = [], [[] for _ in edits], 0, 0
    for start, end, words, index in changes:
        pieces += [text[at:start], words]
        length += start - at
        spans[index].append((length, length + len(words)))
        length += len(words)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), spans
