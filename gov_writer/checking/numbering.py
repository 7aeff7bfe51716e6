"""How a text is numbered: 一、 （一） 1. （1） ① at the start of a line, 一是…二是… and 第一，第二， in a paragraph.

Linear in the text. Every item belongs to one series; a series stands under the item that was open when it
began. What is wrong with the numbers is noted in ``Slip`` s, for STR501 to report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import chinese, small

_CN = "〇零一二三四五六七八九十百"
_MARKS: tuple[tuple[str, str], ...] = (
    ("一、", rf"(?P<a>[{_CN}]{{1,4}})(?:、|[,，.．]、?)(?![一二三四五六七八九十]{{1,2}}[、产])"),
    ("（一）", rf"[（(](?P<b>[{_CN}]{{1,4}})[)）][、,，.．]{{0,2}}"),
    ("（1）", r"[（(](?P<c>[0-9０-９]{1,2})[)）]"),
    ("1.", r"(?P<d>[0-9０-９]{1,2})(?:[.．](?![0-9０-９])|[.．](?=(?:19|20)[0-9]{2}年)|、(?![0-9０-９]))"),
    ("①", "(?P<e>[①-⑳])"),
    ("第一部分", rf"第(?P<f>[{_CN}]{{1,4}})(?:部分|章|节|篇)"),
)
_LINE = lazy(
    r"[\s>]*(?:#{1,6}[ \t]+)?(?:[-+•·][ \t]+)?(?:\*\*)?\s*(?:附件\s?[:：]\s*(?=[0-9]))?(?:"
    + "|".join(p for _, p in _MARKS)
    + ")"
)
_STYLES = dict(zip("abcdef", (style for style, _ in _MARKS), strict=True))
_INLINE = lazy(
    rf"(?:^[^\S\n]{{0,12}}|(?<=[。；;：:，,、！？!?])|(?<=[。；;：:，,、！？!?][ \u3000]))"
    rf"(?:(?P<g>[一二三四五六七八九十]{{1,3}})(?P<verb>是(?!指)|要|抓|靠|看)(?![一二三四五六七八九十][，,、。；;])"
    rf"|第(?P<h>[一二三四五六七八九十]{{1,3}})(?P<comma>[，,：:]|是|，是)"
    rf"|[（(](?P<i>[{_CN}]{{1,3}})[)）]|[（(](?P<j>[0-9]{{1,2}})[)）](?![年月日号]))|(?P<k>[①-⑳])",
    re.MULTILINE,
)
_ORDINALS = lazy("首先|其次|再次|第一|一是|一要")
#: A part of its own, whose numbering has nothing to do with the report's.
_ANNEX = lazy("(?:附件|附录|附表|附)[0-9一二三四五六七八九十]{0,2}[：:\\s]?|名词解释|名词注释|注释|备注")
_RANKS = {"第一部分": 0, "一、": 1, "（一）": 2, "1.": 3, "（1）": 4, "①": 5}
_SENTENCE_END = lazy("[。！？!?；;：:]")


@dataclass(slots=True)
class Item:
    """One numbered item.  start, end: of its mark; inline: it stands inside a paragraph.

    title_end: where the words after the mark end: the end of the line or of the first sentence.
    """

    start: int
    end: int
    style: str
    number: int
    inline: bool
    title_end: int = 0
    series: int = -1


@dataclass(slots=True)
class Series:
    """Items of one style under one parent.  scope_end: where the stretch that it may reach ends."""

    style: str
    items: list[Item]
    parent: Item | None = None
    scope_end: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that is not the next one.  kind: gap, repeat, start, restart, lone; wanted: the number expected."""

    item: Item
    kind: str
    wanted: int
    previous: Item | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line, white space stripped.  item: its mark, None for plain lines.  heading: it is a heading."""

    start: int
    end: int
    item: Item | None
    heading: bool


@dataclass(slots=True)
class Numbering:
    lines: tuple[Line, ...]
    series: list[Series] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return sorted((item for series in self.series for item in series.items), key=lambda item: item.start)


def mark(style: str, number: int) -> str:
    """The mark as it should be written: mark("（一）", 3) is （三）."""
    if style == "①":
        return chr(ord("①") + number - 1) if number <= 20 else str(number)
    if style in ("1.", "（1）"):
        return style.replace("1", str(number))
    return style.replace("一", chinese(number))


@lru_cache(maxsize=8)
def read(text: str, headings: frozenset[int] = frozenset()) -> Numbering:
    """The numbering of a text.  headings: line starts that the file itself marks as headings."""
    lines = tuple(_lines(text, headings))
    result = Numbering(lines)
    _headings(text, result)
    _inline(text, result)
    result.slips.sort(key=lambda slip: slip.item.start)
    return result


def _lines(text: str, headings: frozenset[int]) -> list[Line]:
    lines = []
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        piece = text[start:stop]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            lines.append(_line(text, start, left, right, start in headings or left in headings))
        start = stop + 1
    return lines


def _line(text: str, begin: int, left: int, right: int, marked: bool) -> Line:
    match = _LINE.match(text, begin, right)
    item = None
    if match and match.lastgroup:
        number = small(match.group(match.lastgroup)) or 0
        if number:
            sentence = _SENTENCE_END.search(text, match.end(), right)
            title_end = sentence.end() if sentence else right
            item = Item(
                match.start(match.lastgroup), match.end(), _STYLES[match.lastgroup], number, False, title_end
            )
            if text[item.start - 1 : item.start] in ("（", "(", "第"):
                item.start -= 1
    short = right - left <= 45 and text[right - 1] not in "。；;，,：:、"
    return Line(left, right, item, marked or text[left] == "#" or (item is not None and short))


def _headings(text: str, result: Numbering) -> None:
    """The series of line starts.  An open style goes on; number one opens a series under what is open."""
    open_series: list[Series] = []
    seen_titles: set[str] = set()
    break_before = False
    for line in result.lines:
        if line.item is None:
            if line.end - line.start <= 40 and _ANNEX.match(text, line.start, line.end):
                _close(open_series, 0, line.start)
            plain_heading = line.heading or (
                line.end - line.start <= 60
                and text[line.end - 1] not in "。；;，,！？!?.…、"
                and not text[line.start].isdigit()
            )
            break_before = break_before or plain_heading or text[line.end - 1] in "：:"
            continue
        item = line.item
        title = text[item.end : line.end].strip()
        at = next((n for n, series in enumerate(open_series) if series.style == item.style), None)
        if at is not None:
            last = open_series[at].items[-1]
            restart = item.number == 1 and last.number != 0
            if not (restart and (break_before or title in seen_titles)):
                _close(open_series, at + 1, item.start)
                _continue(result, open_series[at], item)
                if restart:
                    result.slips.append(Slip(item, "restart", last.number + 1, last))
            else:
                _close(open_series, at, item.start)
                _open(result, open_series, item)
        else:
            deeper = next(
                (n for n, s in enumerate(open_series) if _RANKS[s.style] > _RANKS[item.style]), None
            )
            if deeper is not None and (item.number != 1 or _RANKS[item.style] <= 2):
                _close(open_series, deeper, item.start)
            _open(result, open_series, item)
            if item.number != 1:
                result.slips.append(Slip(item, "start", 1))
        seen_titles.add(title)
        break_before = False
    _close(open_series, 0, len(text))
    _forgive_decimals(text, result)
    _forgive_continuous(result)
    _forgive_restarts(result)
    _forgive_other_style(result)


def _open(result: Numbering, open_series: list[Series], item: Item) -> None:
    parent = open_series[-1].items[-1] if open_series else None
    series = Series(item.style, [item], parent)
    item.series = len(result.series)
    result.series.append(series)
    open_series.append(series)


def _continue(result: Numbering, series: Series, item: Item) -> None:
    last = series.items[-1]
    item.series = last.series
    series.items.append(item)
    if item.number > last.number + 1:
        result.slips.append(Slip(item, "gap", last.number + 1, last))
    elif item.number <= last.number and item.number != 1:
        gap = result.slips[-1] if result.slips else None
        if gap is not None and gap.kind == "gap" and gap.item is last and item.number == gap.wanted + 1:
            result.slips[-1] = Slip(
                last, "repeat", gap.wanted, gap.previous
            )  # 三、五、五: the first should be 四
        else:
            result.slips.append(Slip(item, "repeat", last.number + 1, last))


def _close(open_series: list[Series], at: int, end: int) -> None:
    for series in open_series[at:]:
        series.scope_end = end
    del open_series[at:]


def _forgive_decimals(text: str, result: Numbering) -> None:
    """14.2025年民生实事 at a line start may be a number with its dot; the gap that it would leave is none."""

    def there(slip: Slip) -> bool:
        if slip.kind not in ("gap", "start") or slip.item.style != "1." or slip.item.number - slip.wanted > 3:
            return False
        begin = slip.previous.end if slip.previous is not None else max(0, slip.item.start - 2000)
        wanted = range(slip.wanted, slip.item.number)
        return all(re.search(rf"^\s*{n}[.．]", text[begin : slip.item.start], re.M) for n in wanted)

    result.slips = [slip for slip in result.slips if not there(slip)]


def _forgive_continuous(result: Numbering) -> None:
    """（一）…（八） that run on through 一、二、三、 are a style of their own, if all series do it."""
    for style in _RANKS:
        groups = [series for series in result.series if series.style == style]
        if len(groups) < 2 or groups[0].items[0].number != 1:
            continue
        pairs = pairwise(groups)
        if all(after.items[0].number == before.items[-1].number + 1 for before, after in pairs):
            starts = {series.items[0].start for series in groups}
            result.slips = [s for s in result.slips if not (s.kind == "start" and s.item.start in starts)]


def _forgive_other_style(result: Numbering) -> None:
    """（一）, 2., （三）: one number in another style shows twice, as a start without 1. and as a gap. Keep the start."""
    starts = [slip.item for slip in result.slips if slip.kind == "start"]
    result.slips = [
        slip
        for slip in result.slips
        if not (
            slip.kind == "gap"
            and slip.previous is not None
            and slip.item.number == slip.wanted + 1
            and any(
                i.number == slip.wanted and slip.previous.start < i.start < slip.item.start for i in starts
            )
        )
    ]


def _forgive_restarts(result: Numbering) -> None:
    """A heading that is missing shows twice: its children start anew and its own number is skipped. Keep one."""
    gaps = [slip for slip in result.slips if slip.kind == "gap" and slip.previous is not None]
    if not gaps:
        return
    kept = []
    for slip in result.slips:
        covered = slip.kind == "restart" and any(
            gap.previous is not None
            and gap.previous.start < slip.item.start < gap.item.start
            and _RANKS[gap.item.style] < _RANKS[slip.item.style]
            for gap in gaps[:50]
        )
        if not covered:
            kept.append(slip)
    result.slips = kept


def _inline(text: str, result: Numbering) -> None:
    """一是…二是… between two headings; an inner series may stand inside an outer one."""
    walls = [line.item.start for line in result.lines if line.item is not None]
    walls += [line.start for line in result.lines if line.item is None and line.heading]
    walls = sorted(set(walls))
    heads = {line.item.start: line.item for line in result.lines if line.item is not None}
    open_series: list[Series] = []
    wall = 0
    parent: Item | None = None
    for match in _INLINE.finditer(text):
        item = _inline_item(text, match)
        if item is None or item.start in heads or item.start + 1 in heads or item.start - 1 in heads:
            continue
        while wall < len(walls) and walls[wall] <= item.start:
            parent = heads.get(walls[wall])
            _end_inline(result, open_series, walls[wall])
            wall += 1
        _place_inline(result, open_series, item, parent)
    _end_inline(result, open_series, walls[wall] if wall < len(walls) else len(text))
    _forgive_first_of_all(text, result)


def _forgive_first_of_all(text: str, result: Numbering) -> None:
    """首先要…二是…; 首先…其次…第三，…: the first points are numbered in words."""

    def told(slip: Slip) -> bool:
        item = slip.item
        if slip.kind != "start" or not item.inline or item.number > 4:
            return False
        words = set(_ORDINALS.findall(text, max(0, item.start - 1500), item.start))
        return len(words) >= min(item.number - 1, 2)

    result.slips = [slip for slip in result.slips if not told(slip)]


def _inline_item(text: str, match: re.Match[str]) -> Item | None:
    group = match.lastgroup or ""
    if group == "verb":
        group, style = "g", "一" + match.group("verb")
    elif group == "comma":
        group, style = "h", "第一"
    else:
        style = {"i": "（一）", "j": "（1）", "k": "①"}.get(group, "")
    if not style or _is_rank_or_quoted(text, match.start(), style):
        return None
    if style == "①" and not (match.start() == 0 or text[match.start() - 1] in "。；;：:，,、 \u3000\n"):
        return None
    number = small(match.group(group)) or 0
    sentence = _SENTENCE_END.search(text, match.end(), min(len(text), match.end() + 200))
    start = match.end() - len(match.group().lstrip())
    end = sentence.end() if sentence else match.end()
    return Item(start, match.end(), style, number, True, end) if number else None


def _is_rank_or_quoted(text: str, at: int, style: str) -> bool:
    """居全市第五、第三，…: ranks; “一要吃饭、二要建设”: a saying, whose items are no points of the text."""
    before = text[max(0, at - 40) : at]
    ranked = style == "第一" and before.endswith("、")
    return ranked or before.rfind("“") > max(before.rfind("”"), before.rfind("\n"), before.rfind("。"))


def _place_inline(result: Numbering, open_series: list[Series], item: Item, parent: Item | None) -> None:
    same = [n for n, series in enumerate(open_series) if series.style == item.style]
    if item.number == 1 or not same:
        series = Series(item.style, [item], parent)
        item.series = len(result.series)
        result.series.append(series)
        open_series.append(series)
        if item.number != 1:
            result.slips.append(Slip(item, "start", 1))
        del open_series[:-12]
        return
    at = next((n for n in reversed(same) if open_series[n].items[-1].number == item.number - 1), same[-1])
    series = open_series[at]
    for inner in open_series[at + 1 :]:
        _end_one(result, inner, item.start)
    del open_series[at + 1 :]
    _continue(result, series, item)


def _end_inline(result: Numbering, open_series: list[Series], end: int) -> None:
    for series in open_series:
        _end_one(result, series, end)
    open_series.clear()


def _end_one(result: Numbering, series: Series, end: int) -> None:
    series.scope_end = end
    if len(series.items) == 1 and series.items[0].number == 1 and series.style == "一是":
        result.slips.append(Slip(series.items[0], "lone", 2))
