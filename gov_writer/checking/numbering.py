"""How a text is numbered: 一、 （一） 1. （1） ① at the start of a line, 一是…二是… and 第一，第二， in a paragraph.

Linear in the text. Every item belongs to one series; a series stands under the item that was open when it
began. What is wrong with the numbers is noted in ``Slip`` s, for STR501 to report.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gov_writer.checking import forgiven
from gov_writer.checking.series import LEVELS, Item, Line, Numbering, Series, Slip
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import small

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
#: A part of its own, whose numbering has nothing to do with the report's.
_ANNEX = lazy("(?:附件|附录|附表|附)[0-9一二三四五六七八九十]{0,2}[：:\\s]?|名词解释|名词注释|注释|备注")
_SENTENCE_END = lazy("[。！？!?；;：:]")


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
                (n for n, s in enumerate(open_series) if LEVELS[s.style] > LEVELS[item.style]), None
            )
            if deeper is not None and (item.number != 1 or LEVELS[item.style] <= 2):
                _close(open_series, deeper, item.start)
            _open(result, open_series, item)
            if item.number != 1:
                result.slips.append(Slip(item, "start", 1))
        seen_titles.add(title)
        break_before = False
    _close(open_series, 0, len(text))
    forgiven.decimals(text, result)
    forgiven.continuous(result)
    forgiven.restarts(result)
    forgiven.other_style(result)


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
    forgiven.first_of_all(text, result)


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
