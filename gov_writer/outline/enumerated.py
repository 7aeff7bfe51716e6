"""Where a line is cut into what is told one by one: sentences, 一是 and 二是, 1. and 2. inside a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gov_writer.outline.words import Words
from gov_writer.text.numerals import BEFORE_TIME, small

_POINT = re.compile(
    r"(?:(?<=[。；;！？：:\s，,])|^)([一二三四五六七八九十]{1,3})(?:是要|是|要)(?![一二三四五六七八九十])"
)
#: 一是点位不足；二是收费偏高三是参与不多: the next point that no mark stands before.
_UNMARKED = re.compile(
    r"(?<=[\u4e00-\u9fff\d%％”）])(?<![第再其有每数])([二三四五六七八九])是(?=[\u4e00-\u9fff“])(?![否非])"
)
_STOP = re.compile(r"(?:[。！？]|[!?](?![A-Za-z\u00c0-\u024f)）?!]))+[”’」』）)\]】]*|\n+")
#: 1.项目偏慢；2.缺充电桩: numbers inside a line, in the order in which one counts.
_NUMBERED = re.compile(
    rf"(?:(?<=[。；;！？：:\s，,])|^)(?:(\d{{1,2}})(?:[.．](?!\d)|[.．](?={BEFORE_TIME})|、)|[（(](\d{{1,2}})[）)]|(\d{{1,2}})[）)])\s?(?=[\u4e00-\u9fff“《\d])|([①-⑨])\s?"
)


def sentences(words: Words, *, begun: int = 0) -> Iterator[tuple[Words, int]]:
    """Sentences, cut at 。！？ and before points; each with the ordinal of its point marker, 0 if none.

    begun: the number that stood before the words and is taken off already (1.学习不够 2.下沉不多), 0 if none.
    """
    text = words.text
    cuts = {0: 0, len(text): 0}
    for match in _STOP.finditer(text):
        if not inside_quotes(text, match.end()) and not words.holds(match.start(), match.end()):
            cuts.setdefault(match.end(), 0)
    markers: dict[int, tuple[int, int]] = {}
    for start, end, ordinal in (*_points(words), *_numbered(words, begun)):
        cuts.setdefault(start, 0)
        markers[start] = (end, ordinal)
    points = sorted(cuts)
    for start, end in pairwise(points):
        skip, ordinal = markers.get(start, (start, 0))
        yield words.part(skip, end), ordinal


def _points(words: Words) -> Iterator[tuple[int, int, int]]:
    """一是…，二是…; behind a comma only where the one before was told."""
    text, before = words.text, 0
    found = [*_POINT.finditer(text), *_UNMARKED.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        ordinal = small(match[1]) or 1
        loose = match.re is _UNMARKED or (match.start() > 0 and text[match.start() - 1] in "，,")
        if loose and (ordinal != before + 1 or not before or not match.group().endswith("是")):
            continue
        if words.holds(match.start(), match.end()) or inside_quotes(text, match.start()):
            continue
        before = ordinal
        yield match.start(), match.end(), ordinal


def _numbered(words: Words, begun: int) -> list[tuple[int, int, int]]:
    """1.…；2.…, from the one after ``begun`` on and at least two of them, that one counted; [] for anything else."""
    found: list[tuple[int, int, int]] = []
    for match in _NUMBERED.finditer(words.text):
        number = int(match[1] or match[2] or match[3] or "①②③④⑤⑥⑦⑧⑨".index(match[4]) + 1)
        if number != begun + len(found) + 1 or inside_quotes(words.text, match.start()):
            continue
        if words.holds(match.start(), match.end()):
            continue
        found.append((match.start(), match.end(), number))
    return found if len(found) + (begun > 0) > 1 else []


def inside_quotes(text: str, at: int) -> bool:
    """Whether an opening quotation mark or bracket before ``at`` is still open (looked for 120 characters back)."""
    before = text[max(0, at - 120) : at]
    return any(before.rfind(left) > before.rfind(right) for left, right in ("“”", "（）", "《》", "【】"))
