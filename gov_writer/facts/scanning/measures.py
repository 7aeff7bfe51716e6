"""What a number counts: its measure word, a unit told only in part, or none."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from gov_writer.domain import Approx
from gov_writer.facts.notation import bare
from gov_writer.facts.notation.approximators import after_at
from gov_writer.facts.notation.numerals import RUN
from gov_writer.facts.notation.place import Place
from gov_writer.facts.notation.units import class_of, unit_at
from gov_writer.facts.scanning.names import SIZE, is_name
from gov_writer.facts.scanning.piece import Piece
from gov_writer.lexicon import rows
from gov_writer.matching.units import canonical
from gov_writer.text.lazy import lazy

_COMPOSITE = lazy("个?多(?=个?(?:月|小时|星期|世纪|工作日|季度))")
_POINTS = lazy("点(?=[，。：:、；]|意见|建议|要求|体会|希望|感受|做起|工作)")
_HALF = lazy("半(?=[月小]|[，。、以的内就]|$|多|时间|工作)")
_BIG = lazy("大(?=[\u4e00-\u9fff“‘])")
_HALF_UNITS = {"月": "个月", "小": "个小时"}
#: 慰问金, 保证金, 租金: what is paid for something.
_PAID = "[慰奖租保公佣赔]问?证?金"
_SPENT = lazy(
    "(?:投入|耗资|斥资|出资|[国省市区县]补|补助|补偿|补贴|赔付)(?:了|近|超|约|逾|共|达|将近|超过)?$"
)
#: How far behind an amount its people may stand: 1700万|农村人口.
_BETWEEN = "[\u4e00-\u9fff]{0,6}?"
_MARK = lazy("[，。；：\n]")
_PRICED = lazy("亿元[^。\n]*$")
_NUMBERED = lazy("(?:、[0-9]{1,3}){1,12}号")
_WORDS_AROUND = lazy("、[\u4e00-\u9fff]{2}")
_VISITS = lazy("人次(?:由|从|达到?|为|超过?|突破|增加到|增至|近|约)?$")
_TELLS = frozenset("达为到至约共计是有超于过逾近值的了均各仅增减升降降第")
#: What stands before the last of several digits without a unit, each behind its name.
_LISTED_BARE = lazy("[（(：:、，,][\u4e00-\u9fff]{1,8}[0-9]{1,6}、[\u4e00-\u9fff]{1,8}$")
#: After a year without 年 these name something after it: 平安2023行动.
_EDITION = lazy(
    '[”"]?(?:专项|系列)?(?:行动|攻坚|计划|专项|活动|整治|年会|大会|论坛|峰会|赛季|版|届|榜单|方案)'
)
_PER_SCALE = lazy("[0-9]{0,4}[十百千万亿]|10{0,3}(?![0-9])")
#: 6.8/10万: a rate that names no unit.
_BARE_RATE = lazy("/[0-9]{0,3}[百千万亿]人?")
#: 总量跨越300亿、400亿两大台阶: the currency that the text leaves out.
_STEP = lazy("(?:、[0-9]+(?:[千百]?亿|万亿)){0,3}[两三四]?[大个]?(?:台阶|大关|关口)")
_ECONOMY = lazy("生产总值|GDP|经济总量|产值|收入|营收|税|社零|消费品")
#: 风速达每秒42米 is 42米/秒.
_EACH_TIME = lazy("每(?P<per>秒|小时|分钟)(?:达|约|近|超|超过)?$")
#: Articles: 一个, 一条 seldom count.
ARTICLES = frozenset("个条张种份支座片股段项套块颗面")


def measure(place: Place, piece: Piece, end: int) -> int | None:
    """Read the unit at ``end`` into the piece.  Returns where it ends, None if the numeral counts nothing."""
    text, number = place.text, place.number
    composite = _COMPOSITE.match(text, end)
    if composite and not number.more:
        unit = unit_at(text, composite.end(), True)
        piece.approx, piece.word = Approx.MORE_THAN, "多"
        piece.unit = "个" + unit if text[end] == "个" else unit
        piece.sub = class_of(piece.unit)
        return composite.end() + len(unit)
    exact = piece.scale < 10**4 and not number.more
    gap = 1 if text[end : end + 1] == " " and unit_at(text, end + 1, number.arabic) else 0
    unit = unit_at(text, end + gap, number.arabic)
    if not unit and not exact and text[end : end + 1] in {"人", "名", "户"}:
        unit = text[end]
    if unit == "人" and not exact and text.startswith("民", end + gap + 1):
        unit = ""  # 4万人民
    if not unit and not number.arabic and _POINTS.match(text, end):
        unit = "点"
    if unit in {"", "大"}:
        unit = "大" if _BIG.match(text, end) and number.value < 100 else ""
    if not unit:
        return _without_unit(place, piece, end)
    stop = end + gap + len(unit)
    if number.arabic and text[place.start] == "0" and text[place.start + 1].isdigit():  # 01版, 03栋
        return None
    if is_name(place, unit, stop):
        return None
    piece.unit, piece.sub = _plain(unit), class_of(unit)
    stop = _half(piece, text, unit, stop)
    while text[stop : stop + 1] == "/" and (per := _per(text, stop + 1)):
        stop += 1 + len(per)
        piece.unit += f"/{_plain(per)}"
    if unit in {"米", "公里", "立方米"} and (each := _EACH_TIME.search(place.before(6))):
        piece.unit = f"{piece.unit}/{each['per']}"
    if not number.arabic and number.value == 1 and unit in ARTICLES:
        piece.sub = "article"
    return stop


def _per(text: str, at: int) -> str:
    """What a rate is told for, behind its stroke: 年, 万元, 百户; "" if no unit stands there."""
    scale = _PER_SCALE.match(text, at)
    many = scale.group() if scale else ""
    unit = unit_at(text, at + len(many), True)
    return many + unit if unit else ""


def _plain(unit: str) -> str:
    """The Chinese unit that a symbol stands for where the tables know one: km is 公里, ㎡ is 平方米."""
    return unit if "\u4e00" <= unit[0] <= "\u9fff" else canonical(unit)


def _half(piece: Piece, text: str, unit: str, stop: int) -> int:
    """两个半月, 三个半小时, 一年半, 两天半: half a unit more."""
    if piece.value is None or piece.top is not None or not text.startswith("半", stop):
        return stop
    if unit == "个":
        whole = _HALF_UNITS.get(text[stop + 1 : stop + 2])
        if whole is None or not text.startswith(whole[1:], stop + 1):
            return stop
        piece.value, piece.unit, piece.sub = piece.value + Decimal("0.5"), whole, "duration"
        return stop + len(whole)
    if piece.sub == "duration" and _HALF.match(text, stop):
        piece.value += Decimal("0.5")
        return stop + 1
    return stop


def _without_unit(place: Place, piece: Piece, end: int) -> int | None:
    text, number = place.text, place.number
    word = text[place.start : number.core]
    marked = (
        place.several
        or number.more
        or after_at(text, end)
        or place.before(1)[-1:] in {"超", "近", "过", "上", "逾", "约", "破"}
    )
    if piece.scale >= 10**4 or number.scale >= 10**4:
        return _implied(place, piece, end, marked=bool(marked), word=word)
    rate = _BARE_RATE.match(text, end) if number.arabic else None
    if rate:
        piece.unit = rate.group()
        return rate.end()
    if number.value == 0:
        piece.sub = "zero-claim"
        return end
    if number.arabic:
        noun = bare.noun(text, place.start, end)
        piece.unit = noun or None
        return end + len(noun) if noun or _counts(place, piece, end) else None
    follows = text[end : end + 1]
    if len(word) >= 3 and any(c in "十百千" for c in word) and not "\u4e00" <= follows <= "\u9fff":
        return end
    if follows in {"、", "和"} and _shared(text, end) and number.value != 2:
        return end
    return None


@cache
def _telling(unit: str, where: str) -> re.Pattern[str]:
    """What tells the unit that an amount leaves out.  where: near, behind or next, as ``implied_units.tsv`` has it."""
    found = [word for word, told, places in rows("implied_units") if told == unit and where in places.split()]
    if unit == "元":
        found.append(_PAID)
    return re.compile(f"{_BETWEEN if where == 'behind' else ''}(?:{'|'.join(found)})")


def _implied(place: Place, piece: Piece, end: int, *, marked: bool, word: str) -> int | None:
    """5000万以上的投资, 1700万农村人口: the currency or 人 that the text leaves out."""
    text = place.text
    after, before = (
        _MARK.split(text[end : end + 12], maxsplit=1)[0],
        text[max(0, place.floor - 4, place.start - 12) : place.start],
    )
    if not place.number.arabic and len(word) <= 2 and word[-1] in SIZE and word[0] in SIZE and not marked:
        piece.unit = "人"
        return end if _telling("人", "next").match(after) else None
    money, people = _telling("元", "near"), _telling("人", "near")
    if _VISITS.search(before):
        piece.unit = "人次"
    elif _telling("人", "behind").match(after):
        piece.unit = "人"
    elif (
        (_SPENT.search(before) and not people.match(after))
        or money.search(after[:8])
        or (money.search(before) and not people.search(before))
    ):
        piece.unit, piece.sub = "元", "money"
    elif people.search(before) or people.search(after):
        piece.unit = "人"
    elif text[end - 1] == "亿" and _PRICED.search(text, max(0, place.start - 40), place.start):
        piece.unit, piece.sub = "元", "money"  # 12.35亿元（去年同期13.21亿）
    elif text[end - 1] == "亿" and "." in text[place.start : end]:
        piece.unit, piece.sub = "元", "money"  # 园区4.5亿, 管网2.3亿: nobody is counted like that
    elif _STEP.match(text, end) and _ECONOMY.search(text, max(0, place.start - 40), place.start):
        piece.unit, piece.sub = "元", "money"
    return end if piece.unit or place.number.arabic or len(word) > 1 or marked else None


def _counts(place: Place, piece: Piece, end: int) -> bool:
    """Whether digits without a unit are a figure (数量达100) and not part of a name (智汇100等)."""
    text = place.text
    if end - place.start >= 10:  # a telephone, card or identity number
        return False
    if text[end : end + 1] == "型" or (
        text[place.start] == "0" and end - place.start > 1 and text[place.start + 1] != "."
    ):
        return False
    before, follows = place.before(1), text[end : end + 1]
    if follows == "、" and _NUMBERED.match(text, end):  # 1、2号机组
        return False
    if end - place.start == 3 and before == follows == "、" and _WORDS_AROUND.match(text, end):
        return place.start > 1 and not text[place.start - 2].isalnum()  # 甲科技、360、乙集团
    if end - place.start in {3, 4} and "\u4e00" <= follows <= "\u9fff" and before in "、，：；。（\n —–":
        return follows in "和至到与及或"  # 168海岸带, 360科创园 are names
    if bare.year_like(text, place.start, end) and _EDITION.match(text, end):
        return False
    if not before or not "\u4e00" <= before <= "\u9fff" or before in _TELLS:
        return True
    if (not follows or follows in "）)；;。\n") and _LISTED_BARE.search(
        text[max(0, place.start - 28) : place.start]
    ):
        return True  # （育婴142、护理126、面点99）
    unit = bare.told(text, place.start, end)
    if unit is not None:
        piece.unit = unit or None
        return True
    return bool(follows in {"、", "和", "至", "—", "-", "/"} or text.find(".", place.start, end) >= 0)


def _shared(text: str, end: int) -> bool:
    """Whether a bare Chinese numeral stands in a list with a unit behind it: 三、五个."""
    run = RUN.match(text, end + 1)
    return run is not None and unit_at(text, run.end(), run.group()[0] <= "9") not in {"", "级", "期", "届"}
