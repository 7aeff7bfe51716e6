"""From the words of a note to a sentence of a report: whole, ended, and no longer than a reader bears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gov_writer.outline.words import Edit, Words, plain

#: The contract allows 180 characters; 一是, 同时， and a carried heading need room.
LONGEST = 165
_COLON = re.compile(r"[:：]\s*")
_ENDED = re.compile(r"[。！？]+[”’」』）)\]】]*$")
#: A clause that begins so leans on the one before it: never cut there.
_LEANS = re.compile(
    r"(?:其中|分别|同比|环比|较|比上|比去|比年|占|达|均|并|且|而|但|又|也|还|为|是|涉及|包括|包含|含|即|率|比例|平均|合计|共计|总[量计额]|增长|下降|上升|提高|减少|增加|降低|回落|位居|位列|排名|排在|居|全部|其余|余下|剩余|该|此|上述|前者|后者|至|到|从|由|每|约|超|近|数|[0-9０-９一二三四五六七八九十百千万两])"
)
_SPLIT = re.compile(r"[；;，,、]")
_NUMBERISH = re.compile(r"[0-9０-９]")


def finished(words: Words) -> list[Words]:
    """The sentence or sentences that say ``words``, each ended and at most ``LONGEST`` + 1 characters."""
    ended = words.text[-1:] in "！？" or bool(re.search(r"[！？][”’」』）)]*$", words.text))
    words = _signed(_marked(_uncoloned(words.stripped())))
    pieces = list(_short(words)) if len(words.text) > LONGEST else [words]
    result = []
    for index, piece in enumerate(pieces):
        piece = _closed(piece.stripped())
        if not any(c.isalnum() for c in piece.text):
            continue
        keeps_mark = ended and index == len(pieces) - 1 and piece.text[-1] in "！？”’」』）)"
        result.append(piece if keeps_mark or _ENDED.search(piece.text) else piece + plain("。"))
    return result


def _uncoloned(words: Words) -> Words:
    """辖区面积：5.31平方公里 → 辖区面积5.31平方公里; a colon that opens an enumeration stays."""
    edits: list[Edit] = []
    for match in _COLON.finditer(words.text):
        if any(start == match.end() for start, _, _ in words.slots) and match.start() > 0:
            before = words.text[match.start() - 1]
            if before not in "0123456789” 》）":
                edits.append((match.start(), match.end(), ""))
    return words.edited(edits)


#: 案件73起↓12%
_ARROW = re.compile(r"(?P<gap>\s*)(?P<arrow>[↑↓])\s*(?=[\d.]+\s*(?:[%％]|个百分点))")
_SIGN = re.compile(
    r"(?P<gap>[ \t\u3000]*)(?P<basis>同比|环比|较?上年|比上年|增速|增幅)?\s*(?P<sign>[+＋\-−－])\s*(?=\d[\d.]*\s*(?:[%％]|个百分点))"
)


#: 同比+3名
_MORE = re.compile(
    r"(?:同比|环比|较?上年|比上年|较去年|比去年)\s*(?P<sign>[+＋\-−－])\s*(?=\d[\d.]*\s*[\u4e00-\u9fff])(?!\d[\d.]*\s*个百分点)"
)
#: 志愿服务35场 → 820人次, 覆盖率85%→93%
_TO = re.compile(r"\s*(?:→|->|=>)\s*")
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
#: 查处违建23宗/2850平方米, 发展党员15名/转接组织关系208人次
_SLASH = re.compile(r"\s*/\s*(?=\d|[\u4e00-\u9fff]{3,}\d)")


#: 7月18日20:00县气象台发布预警: behind the hour somebody does something; 9:00前 and 20:00起 go on.
_CLOCK = re.compile(
    r"(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日)?\d{1,2}[:：]\d{2}"
    r"(?=(?P<gap> ?)(?![前后起许至到左以的为]|之[前后])[\u4e00-\u9fffA-Z][\u4e00-\u9fff\dA-Z])"
)


def _marked(words: Words) -> Words:
    """Arrows and strokes between figures as a sentence says them; commas behind the hour and before 其中."""
    edits: list[Edit] = []
    ends = {end: start for start, end, _ in words.slots}
    begins = {start: end for start, end, _ in words.slots}
    for match in _TO.finditer(words.text):
        if match.start() not in ends:
            continue
        before = words.text[ends[match.start()] : match.start()]
        after = words.text[match.end() : begins.get(match.end(), match.end())]
        one, other = _NUMERAL.search(before), _NUMERAL.search(after)
        same = one and other and _NUMERAL.sub("", before) == _NUMERAL.sub("", after)
        if one and other and same:
            rises = Decimal(other[0].replace(",", "")) > Decimal(one[0].replace(",", ""))
            edits.append((match.start(), match.end(), "升至" if rises else "降至"))
        else:
            edits.append((match.start(), match.end(), "，"))
    for match in _SLASH.finditer(words.text):
        if match.start() in ends and (match.end() in begins or not words.text[match.end()].isdigit()):
            edits.append((match.start(), match.end(), "、" if match.end() in begins else "，"))
    for _, end, _ in words.slots:
        if words.text.startswith("其中", end):
            edits.append((end, end, "，"))
    if (clock := _CLOCK.match(words.text)) is not None:
        edits.append((clock.end(), clock.end() + len(clock["gap"]), "，"))
    return words.edited(edit for edit in edits if not words.holds(edit[0], edit[1]))


def _signed(words: Words) -> Words:
    """同比+7.2% → 同比增长7.2%, 固投12亿元 +9% → 固投12亿元，增长9%, 同比-3% → 同比下降3%; a minus without 同比 or the like may be a dash and stays."""
    edits: list[Edit] = []
    for arrow in _ARROW.finditer(words.text):
        before = words.text[arrow.start() - 1 : arrow.start()]
        mark = (
            "，"
            if before and before not in "，、（；" and words.holds(arrow.start() - 1, arrow.start())
            else ""
        )
        at = arrow.start("arrow")
        edits.append((arrow.start(), at, mark))
        edits.append((at, arrow.end(), "上升" if arrow["arrow"] == "↑" else "下降"))
    for start, end, _ in words.slots:
        more = _MORE.search(words.text, max(0, start - 4), min(len(words.text), end + 2))
        if more is not None and more.end() <= end:
            said = "增加" if more["sign"] in "+＋" else "减少"
            edits.append((more.start("sign"), more.end(), said))
        match = _SIGN.search(words.text, max(0, start - 3), min(end, start + 8))
        if match is None or match.end() > end:
            continue
        rises = match["sign"] in "+＋"
        alone = words.text[max(0, match.start() - 1) : match.start()] in ("，", "（") and (
            words.text[end : end + 1] in ("，", "。", "；", "）", "")
        )
        if rises or match["basis"] or alone:
            if not match["basis"] and words.holds(match.start() - 1, match.start()):
                edits.append((match.start(), match.start("sign"), "，"))
            edits.append((match.start("sign"), match.end(), "增长" if rises else "下降"))
    return words.edited(edits)


def _closed(words: Words) -> Words:
    """Without a bracket or quotation mark that a cut left open or closed alone."""
    text = words.text
    edits: list[Edit] = []
    for left, right in ("（）", "“”", "《》", "【】", "‘’"):
        depth: list[int] = []
        for at, character in enumerate(text):
            if character == left:
                depth.append(at)
            elif character == right:
                if depth:
                    depth.pop()
                elif not words.holds(at, at + 1):
                    edits.append((at, at + 1, ""))
        edits += [(at, at + 1, "") for at in depth if not words.holds(at, at + 1)]
    return words.edited(edits)


def _short(words: Words) -> Iterator[Words]:
    """Cut at the best border before the limit, again and again; facts stay with what they count."""
    start = 0
    text = words.text
    while len(text) - start > LONGEST:
        cut = _border(words, start)
        yield words.part(start, cut)
        start = cut
    yield words.part(start, len(text))


def _border(words: Words, start: int) -> int:
    text = words.text
    limit = start + LONGEST
    best, rank = 0, -1
    depth = _depths(text, start, limit + 1)
    for match in _SPLIT.finditer(text, start + 20, limit):
        at = match.end()
        if words.holds(match.start(), at) or depth[match.start() - start] > 0:
            continue
        if _NUMBERISH.match(text, at - 2) and _NUMBERISH.match(text, at):
            continue
        value = _worth(match.group(), text, at)
        if value > rank or (value == rank and at > best):
            best, rank = at, value
    if best:
        return best
    for match in re.finditer(r"[，,、；;：:）\s]", text[start + 20 : limit]):
        at = start + 20 + match.end()
        if not words.holds(at - 1, at + 1):
            best = at
    if best:
        return best
    near = words.part(start, limit).slots
    if near and near[-1][1] > 20:
        return start + near[-1][1]
    crossing = words.part(start, limit + 200).slots
    inside = next((start + a for a, b, _ in crossing if start + a < limit < start + b and a > 0), limit)
    return max(inside, start + 1)


def _worth(mark: str, text: str, at: int) -> int:
    if mark in "；;":
        return 5
    if mark == "、":
        return 0
    return 1 if _LEANS.match(text, at) else 3


def _depths(text: str, start: int, end: int) -> list[int]:
    """How many brackets and quotation marks are open at each character."""
    depth, found = 0, []
    for character in text[start:end]:
        if character in "（(“《【‘":
            depth += 1
        found.append(depth)
        if character in "）)”》】’":
            depth = max(0, depth - 1)
    return found
