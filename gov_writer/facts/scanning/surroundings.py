"""What stands around a number and its unit: approximators, direction, what it is compared with."""

from __future__ import annotations

from decimal import Decimal

from gov_writer.domain import Approx, Kind
from gov_writer.facts.notation.approximators import AFTER, BEFORE, after_at, before_share
from gov_writer.facts.notation.directions import SHORT, Left, basis_in, comparison, left
from gov_writer.facts.notation.place import Place
from gov_writer.facts.scanning.piece import Piece
from gov_writer.text.lazy import lazy

_INSIDE = lazy("内(?!部|容|涵|外|陆|生|需|蒙|科|地|控|销|循|在|置|阁|设|环)")
_LONGER = lazy("多(?![个次样元种方项点层数名家户万亿起])")
_GROWTH_AFTER = lazy(
    "(?:以上|左右|以内)?的?(?:同比)?(?P<w>增长|增速|增幅|涨幅|降幅|跌幅|下降|下滑)"
    "(?![，。]?[0-9一二三四五六七八九十约近超]|了|到|至)"
)
#: Before an amount these tell how work goes on and not how the amount moved: 加快260公里公路改造.
_MANNERS = frozenset({"加快", "改善", "提速", "放缓"})
_EXTENT = frozenset({"duration", "length", "area"})
_HUNDRED = Decimal(100)
_MORE_LESS = {"多": 1, "高": 1, "少": -1, "低": -1}
_THAN = lazy("[比较][^，。；：\n0-9]{1,14}$")
#: What 提升 raises as an amount; 提升12公里道路 is work done.
_RAISED = frozenset({"位", "名", "分", "元", "岁", "个位次", "位次", "℃", "天", "倍", None})
_PASSED = lazy("(?<![通经])(?P<word>过了?)$")
_CLAUSE = "，。；\n！？"
#: What tells a difference of two shares.
POINTS = frozenset({"个百分点", "个千分点"})
_RATES = frozenset({"%", "‰"}) | POINTS
#: Before percentage points these compare and don't approximate: 高于全市1.2个百分点.
_COMPARE = frozenset({"高于", "低于", "超过", "超", "多于", "少于", "超出"})
_OTHER_WORDS = frozenset(
    {"通过", "经过", "网上", "线上", "以上", "超过", "之上", "马上", "加上", "早上", "晚上", "街上"}
)


def settle(piece: Piece, place: Place, end: int, *, negative: bool) -> None:
    """Widen the piece from number and unit (which end at ``end``) to its span, and say what it means."""
    text, number = place.text, place.number
    found = left(text, place.begin, place.floor)
    piece.core_start, piece.core_end = place.begin, end
    start = _before(piece, place, found)
    if number.more:
        piece.core_start, piece.core_end = place.start, number.core
        if piece.approx in {Approx.EXACT, Approx.AT_MOST}:  # 最高达600余人次
            piece.approx, piece.word = Approx.MORE_THAN, number.more
    if place.several:
        piece.approx, piece.word = Approx.SEVERAL, text[place.begin]
    end = _after(piece, text, end)
    if piece.unit in _RATES:
        start = _growth(piece, place, found, start, end, negative=negative)
    else:
        start = _change(piece, place, found, start, negative=negative)
    piece.start, piece.end = min(start, piece.core_start), end
    if piece.kind is Kind.PERCENT and piece.approx is Approx.EXACT:
        shared(piece, text, place.floor)


def shared(piece: Piece, text: str, floor: int) -> None:
    """约占三分之一, 接近全年任务的一半: an approximator that has words between it and its share."""
    word = before_share(text, piece.start, floor)
    if word:
        piece.approx, piece.word = BEFORE[word], word


def _before(piece: Piece, place: Place, found: Left) -> int:
    """Apply the approximator before the number.  Returns where the span begins."""
    text, at = place.text, place.begin
    if found.word and not (found.word in _COMPARE and piece.unit in POINTS):
        if piece.approx in {Approx.EXACT, Approx.MORE_THAN}:
            piece.approx, piece.word = found.approx, found.word
        return found.approx_start
    if (
        at > place.floor
        and text[place.start] in "百千万亿"
        and not place.several
        and text[at - 1] in "上过破"
    ):
        if text[at - 2 : at] in _OTHER_WORDS:
            return at
        piece.approx, piece.word = Approx.MORE_THAN, text[at - 1]
        return at - 1
    if (
        piece.sub == "money"
        and piece.approx is Approx.EXACT
        and at > place.floor
        and (passed := _PASSED.search(text, max(place.floor, at - 3), at))
        and text[at - 2 : at] not in _OTHER_WORDS
    ):  # 产值过10亿元, 都过了200万元
        piece.approx, piece.word = Approx.MORE_THAN, "过"
        return passed.start("word")
    return at


def _after(piece: Piece, text: str, end: int) -> int:
    match = after_at(text, end)
    if match:
        word = match.group().strip()
        if piece.approx in {Approx.EXACT, Approx.MORE_THAN}:
            piece.approx, piece.word = AFTER[word], word
        return match.end()
    if piece.unit == "倍" and text[end : end + 1] == "多" and piece.approx is Approx.EXACT:
        piece.approx, piece.word = Approx.MORE_THAN, "多"
        return end + 1
    if piece.sub in _EXTENT and piece.approx is Approx.EXACT:
        if _INSIDE.match(text, end):
            piece.approx, piece.word = Approx.AT_MOST, "内"
            return end + 1
        if _LONGER.match(text, end):
            piece.approx, piece.word = Approx.MORE_THAN, "多"
            return end + 1
    elif piece.sub in _EXTENT and _INSIDE.match(text, end):
        return end + 1
    return end


def _growth(piece: Piece, place: Place, found: Left, start: int, end: int, *, negative: bool) -> int:
    text = place.text
    sign, begin = found.sign, found.start
    if piece.unit in POINTS and not found.to and (not sign or found.noun):
        compared = comparison(text, found.approx_start, place.floor)
        if compared:
            sign, begin = compared[0], compared[1]
            if "、" in compared[2] or "分别" in compared[2] or len(compared[2]) > 14:
                begin = start
    if not sign and not found.to:
        after = _GROWTH_AFTER.match(text, end)
        if after:
            sign, begin = -1 if after["w"][0] in "降跌下" else 1, start
    if found.to:
        piece.sub = "level"
    piece.basis = found.basis
    if not sign and (place.positive or negative):  # 税收+15%, 环比-2.1%
        sign, negative = -1 if negative else 1, False
        piece.printed = True
        at = place.begin - len(found.basis)
        begin = at if found.basis and text.startswith(found.basis, at) and at >= place.floor else start
    if not sign:
        return start
    piece.kind, piece.own = Kind.GROWTH, True
    piece.sign = -sign if negative and sign > 0 else sign
    piece.basis = found.basis or basis_in(
        text, place.start, max(place.floor, _clause_start(text, place.start))
    )
    return start if found.shared else min(begin, start)


def _change(piece: Piece, place: Place, found: Left, start: int, *, negative: bool) -> int:
    sign = found.sign
    if (place.positive or negative) and piece.value is not None and not sign:  # 较上年+12件, -3℃
        piece.sign, piece.own, piece.basis = -1 if negative else 1, True, found.basis
        piece.printed = True
        if piece.unit not in {"℃", "摄氏度"}:
            piece.sub = "delta"
        return start
    if piece.value is None or found.to or found.noun or piece.unit == "大":
        return start
    if not sign:
        return _compared(piece, place, found, start)
    if found.verb == "提升" and not found.basis and piece.unit not in _RAISED and piece.sub != "money":
        return start  # 提升656公里公交专用道
    if (found.verb in SHORT or found.verb in _MANNERS) and not found.basis:
        return start
    if piece.unit == "倍":
        piece.kind, piece.unit, piece.sub = Kind.GROWTH, "%", ""
        piece.value, piece.step = piece.value * _HUNDRED, (piece.step or Decimal(1)) * _HUNDRED
        piece.top = piece.top * _HUNDRED if piece.top is not None else None
        piece.sign, piece.own, piece.basis = sign, True, found.basis
        return start if found.shared else found.start
    if piece.unit is None and piece.sub != "money":
        piece.hint = sign, start if found.shared else found.start
        return start
    piece.sub, piece.sign, piece.own, piece.basis = "delta", sign, True, found.basis
    return start if found.shared else found.verb_start


def _compared(piece: Piece, place: Place, found: Left, start: int) -> int:
    """比去年少3起, 较上年多5件, 比全市高1200元: a difference."""
    word = place.text[found.approx_start - 1 : found.approx_start]
    if word not in _MORE_LESS or piece.unit is None or piece.unit in {"倍", "年", "月", "日"}:
        return start
    compared = _THAN.search(place.text, max(place.floor, found.approx_start - 20), found.approx_start - 1)
    if compared is None:
        return start
    piece.sub, piece.sign, piece.own = "delta", _MORE_LESS[word], True
    piece.basis = basis_in(place.text, place.start, max(place.floor, compared.start()))
    return found.approx_start - 1


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, max(0, at - 40), at) for mark in _CLAUSE) + 1
