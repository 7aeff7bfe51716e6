"""Reading one number where it stands: quantity, percentage, growth, change of an amount, rank."""

from __future__ import annotations

import re
from decimal import Decimal

from gov_writer.domain import Approx, Kind
from gov_writer.facts.notation.directions import BASES
from gov_writer.facts.notation.numerals import RUN, Number
from gov_writer.facts.notation.numerals import read as read_number
from gov_writer.facts.notation.place import Place
from gov_writer.facts.notation.units import UNITS, unit_at
from gov_writer.facts.scanning import ranked
from gov_writer.facts.scanning.fractions import fraction, slashed, whole
from gov_writer.facts.scanning.labels import coined_row
from gov_writer.facts.scanning.measures import measure
from gov_writer.facts.scanning.piece import Piece
from gov_writer.facts.scanning.surroundings import settle
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import DIGITS

_NOT_TENTHS = "立功果为效员本熟长型品绩都交套片就分份人年语千百群林灾渝色因像天活家堆对倍"
_PERCENT = lazy(
    rf" ?(?:[%‰]|个?[百千]分点|(?P<over>个多)百分点|个点(?=[，。；、以左的]|$)|(?P<tenth>成)(?:(?P<more>[多半])(?![数年])|(?P<digit>[一二三四五六七八九])(?=[，。、；）)\n以左的]|$))?(?![{_NOT_TENTHS}]))"
)
_MOVED = lazy("[增升降减涨跌高低多少超]|回落|下滑|扩大|收窄")
_TO = lazy(r" ?(?:—{1,2}|-|~|至|到|－) ?(?=[0-9零一二两三四五六七八九十百千万])")
#: A quick look for what may join two numbers, as far as the longest unit between them reaches.
_TO_HINT = lazy("[—\\-~至到]")
_FURTHEST = 2 + max(map(len, UNITS))
_FROM = lazy("[由从](?:[^，。；\n]{0,6})$")


#: 三元街道, 四方台镇: names of places that begin as if with a numeral and a unit; no 三元镇级补贴, 五元村民自付.
_PLACE_NAME = lazy(
    r"(?<![0-9一二三四五六七八九十百千万亿每第])[一二三四五六七八九](?:元|方|台|亩|尺|石|斗|丈|寸)[台地坪桥湖山河庙店沟坡湾岗子竿]{0,2}"
    r"(?:街道(?!办?各)|镇(?![级域内财])|乡(?![镇级村])|社区(?![补居])|村(?![民级集内]))"
)


#: 一、二类: classes that share their word.
_CLASSES = lazy("[一二三四]、[一二三四][类级档](?!.{0,3}[0-9])")


def read(text: str, start: int, run_end: int, floor: int) -> Piece | None:
    """The figure whose numeral run is ``text[start:run_end]``; None if the numeral counts nothing."""
    if text[start - 1 : start] == "前" and start - 1 >= floor:
        piece = ranked.top(text, start - 1, floor)
        if piece is not None:
            return piece
    follows = text[run_end : run_end + 1]
    if follows == "强":
        piece = ranked.strong(text, start, floor)
        if piece is not None:
            return piece
    share = None
    if follows == "分" and text.startswith("分之", run_end):
        share = fraction(text, start, run_end)
    elif follows == "分" and text.startswith("百分百", start) and run_end == start + 1:
        share = whole(start)
    elif follows == "/":
        share = slashed(text, start, run_end)
    if share is not None and share.value is not None:
        length = Number(share.end, share.end, share.value, share.step or Decimal(1))
        settle(share, Place(text, start, length, floor), share.end, negative=False)
        return share
    if text[start] == "一" and run_end == start + 1 and _slogan(text, start):
        return None
    if follows == "、" and run_end == start + 1 and (classes := _CLASSES.match(text, start)) is not None:
        return Piece(start, classes.end(), Kind.LABEL, "word")
    if run_end == start + 1 and (place := _PLACE_NAME.match(text, start)) is not None:
        return Piece(start, place.end(), Kind.LABEL, "word")
    number = read_number(text, start, run_end)
    return _figure(Place(text, start, number, floor)) if number is not None else None


def _slogan(text: str, start: int) -> bool:
    """一件一件, 一处处, 一季一拉练: a row, unless both members count the same way (一次一万元)."""
    if text[start + 1 : start + 2] == text[start + 2 : start + 3] and text[start + 1 : start + 2] not in {
        "",
        "一",
    }:
        return True
    end = coined_row(text, start)
    again = text.find("一", start + 1, start + 5)
    if not end or again < 0:
        return False
    return text[start + 1 : again] == text[again + 1 : again + 1 + again - start - 1] or not unit_at(
        text, again + 1, False
    )


def _figure(place: Place) -> Piece | None:
    text, number = place.text, place.number
    piece = Piece(place.begin, number.end, Kind.QUANTITY, "count")
    piece.value, piece.step, piece.top = number.value, number.step, number.high
    piece.arabic, piece.scale, piece.bare = number.arabic, number.scale, number.bare
    if number.high is not None:
        piece.approx = Approx.RANGE
    end = _range(place, piece)
    if text[end : end + 1] == "+" and _plus(text, end) and piece.approx is Approx.EXACT:
        piece.approx, piece.word = Approx.AT_LEAST, "+"
        place.number = number = number._replace(more="+", core=end)
        end += 1
    match, start = _PERCENT.match(text, end), place.start
    negative = place.negative
    if (
        match
        and match.group().strip() == "个点"
        and not _MOVED.search(text, max(0, start - 8), start)
        and text[start - 1 : start] not in ("+", "-")
    ):
        match = None  # 开办24个点: places, not percentage points
    if match and (not match["tenth"] or _tenths(piece)):
        end = _percent(piece, match)
    else:
        stop = measure(place, piece, end)
        if stop is None:
            return None
        end = stop
        if piece.unit in {"位", "名"} and (
            placed := ranked.placed(piece, text, place.start, place.floor, end)
        ):
            return placed
        if (negative or place.positive) and not _own_sign(place, piece):
            negative = place.positive = False
            place.begin = place.start
    settle(piece, place, end, negative=negative)
    return piece


def _plus(text: str, at: int) -> bool:
    """Whether + behind a number says that there are more: 5000+户, 100+, but not 1+4+N."""
    follows = text[at + 1 : at + 2]
    return not follows or follows in "，。、；）)\n" or unit_at(text, at + 1, True) != ""


def _own_sign(place: Place, piece: Piece) -> bool:
    """Whether + or - before an amount is its sign (-3℃, 信访45件（-3件）, 较上年+12件) and not a dash."""
    if piece.top is not None:
        return False
    text, at = place.text, place.begin
    return (
        piece.unit in {"℃", "摄氏度"}
        or text[at - 1 : at] in {"（", "(", "、"}
        or text.endswith(BASES, at - 8 if at > 8 else 0, at)
    )


def _tenths(piece: Piece) -> bool:
    return piece.value is not None and piece.value <= 10 and piece.value == int(piece.value)


def _percent(piece: Piece, match: re.Match[str]) -> int:
    word = match.group().strip()
    piece.kind, piece.sub = Kind.PERCENT, ""
    if match["over"]:
        piece.approx, piece.word = Approx.MORE_THAN, "多"
    piece.unit = (
        word if word in {"%", "‰"} else "%" if match["tenth"] else "个千分点" if "千" in word else "个百分点"
    )
    if match["tenth"] and piece.value is not None and piece.step is not None:
        half = Decimal("0.5") if match["more"] == "半" else Decimal(0)
        if match["digit"]:
            half, piece.step = Decimal(DIGITS[match["digit"]]) / 10, Decimal("0.1")
        piece.value, piece.step = (piece.value + half) * 10, piece.step * 10
        piece.top = piece.top * 10 if piece.top is not None else None
        if match["more"] == "多":
            piece.approx, piece.word = Approx.MORE_THAN, "多"
    return match.end()


def _range(place: Place, piece: Piece) -> int:
    """Read ``—10`` after a number, which makes a range of it.  Returns where the number ends."""
    text, number = place.text, place.number
    end = at = number.end
    if piece.top is not None or number.more or not _TO_HINT.search(text, end, end + _FURTHEST):
        return end
    unit = ""
    if text[end : end + 1] in {"%", "‰"}:
        unit, at = text[end], end + 1
    elif text[end : end + 1] not in {"—", "-", "~", "至", "到", " "}:
        unit = unit_at(text, end, number.arabic)
        at = end + len(unit)
    to = _TO.match(text, at)
    if to is None:
        return end
    if to.group().strip() in {"到", "至"} and _FROM.search(
        text, max(place.floor, place.start - 8), place.start
    ):
        return end
    run = RUN.match(text, to.end())
    second = read_number(text, run.start(), run.end()) if run else None
    if second is None or second.high is not None or second.arabic is not number.arabic:
        return end
    if unit in {"%", "‰"}:
        if text[second.end : second.end + 1] != unit:
            return end
    elif unit and unit != unit_at(text, second.end, second.arabic):
        return end
    value = number.value
    if number.scale == 1 and second.scale > 1 and not unit and value <= second.bare:
        value *= second.scale
    dated = text[second.end : second.end + 1] in {"年", "月", "日"} and not unit and value > 1900
    if value >= second.value or dated:
        return end
    piece.value, piece.top, piece.approx = value, second.value, Approx.RANGE
    piece.scale, piece.step = second.scale, second.step
    return second.end
