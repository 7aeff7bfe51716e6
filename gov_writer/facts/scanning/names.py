"""Numbers that are part of a name and count nothing: 三年行动计划, 十家村, 央视13台, 十二届四次全会, 二期, 亿元项目."""

from __future__ import annotations

from gov_writer.facts.notation.approximators import after_at
from gov_writer.facts.notation.place import Place
from gov_writer.facts.notation.units import class_of
from gov_writer.text.lazy import lazy

#: （万元）, 单位：万元: what a table or list is told in.
_CAPTION = lazy("单位\\s?[：:]$|[（(]$")
_PROGRAMME = lazy(
    "(?:提升|整治|治理)?(?:行动|攻坚|计划|规划|大会战|禁渔|禁捕|倍增|翻番(?:行动|计划|工程)|上台阶|实施方案|滚动|专项|制义务|制学校|一贯制)"
)
#: 108路公交, M1路、108路等6条线路: numbers of routes.
_ROUTE = lazy("公交|线(?!索)|班车|专线|巴士|、[A-Z]?[0-9]{1,4}路|等[0-9]{1,2}条")
#: 8小时工作制: what a span of time names.
_SYSTEM = lazy("(?:工作制|制(?!定|作|止|造|约|度)|值班制|轮[班岗换]制|自助(?!查)|便利店|书[房屋店])")
_CHANNEL = lazy("(?:电视台|央视|卫视|频道|电台)(?:[0-9]{1,2}台、)*$")
_PLACE_UNITS = frozenset("家里道门口堡站场棵眼间座台树星")
_PLACE = lazy("[村庄店屯镇河桥坡铺沟湾营堡寨坪岗街巷乡]")
_SESSION = lazy("(?:、[一二三四五六七八九十]{1,3}次)*(?:全会|全体会议|会议|党代会|代表大会|年会)")
_HELD = lazy("(?:连续|历|举办|办|办了|举行|参加|承办|过|了|近|前)$")
_TRAINING = lazy("(?:办|班|培训|举行|连续|开展|了|刊|出刊|出版|编发|讲座|课堂)(?:共|计|累计)?$")
_SORTED = lazy("[一二三四五][类级等档线](?:、|和|及|与|至|到)$")
_SORTS = lazy("(?:、|和|及|与|至|到)[一二三四五六七八九]{1,2}[类级等档线]")
_GRADED = lazy(
    "(?:医院|甲等|公立|巡视|调研|主任|响应|站|达标|及?以上|综合|公路|保护|等级|物流|博物馆|馆|网格员|警长|高级|职员|护理|预警|防护|市场|资质|水质|地方|学会|教授)"
)
#: 3级、4级农村公路: digits that grade what they stand before.
_ROADS = lazy("(?:[、和及与][1-4]级)?(?:农村)?(?:公路|航道|医院)")
#: 县乡村三级物流体系: levels that are counted, no grade.
_LEVELS = lazy("[省市区县镇乡街].?[区县镇乡村社户]$")
_CONGRESS = lazy("全国人|人大|人民代表|政协|党代|[一二三四五六七八九]中全会|全国代表|中央|省委|市委|区委")
_AFTER_CONGRESS = lazy("精神|报告|以来|以后|召开|和十|、十|之后|闭幕|胜利|提出|确定|作出|代表")
_SIZED = lazy(
    "(?:地区|GDP|国内|工业|产值|生产|级|级以上|规模以上|县|村|强|俱乐部|工程|计划|企业|产业|集群|项目|园区|大镇|镇|街|楼宇|产业园|龙头|单品|骨干|平台|板块|赛道|大关|支柱|城市|俱乐部|家居|台阶|新赛道|投资|大县|大港|骨干企业|、[百千万十]?[亿万](?:元|级)?)"
)
#: 千人托位数, 万人发明专利拥有量: per so many.
_PER = lazy(
    "口?(?:投诉|评议|上网|死亡|火灾|事故|托位|床位|学位|拥有|高价值|有效发明|发明专利|警情|犯罪|刑事|发案|成讼|公交|图书|拥书|医生|执业|全科|护士|学位)"
)
_WEIGHED = frozenset({"money", "mass", "area"})
_COUNT_TWO = frozenset({"轮次", "人次", "场次", "家次", "批次", "户次", "车次"})
#: The characters of a scale, and the scales that may stand for a number of their own.
SIZE = frozenset("亿万千百十")
_SCALES = frozenset({"百", "千", "万", "亿", "十万", "十亿", "百亿", "千亿", "万亿", "百万", "千万"})
_GRADES = frozenset("类级等档线")


def is_name(place: Place, unit: str, stop: int) -> bool:
    """Whether number and unit (which ends at ``stop``) are part of a name."""
    if _named(place, unit, stop):
        return True
    if place.number.arabic:
        return False
    word = place.text[place.start : place.number.core]
    if len(word) <= 2 and unit in _PLACE_UNITS and _PLACE.match(place.text, stop):
        return True
    name = _in_a_series(place, unit, stop)
    if name is None:
        name = _graded(place, unit, word, stop)
    if name is not None:
        return name
    return (word == "二" and unit not in _COUNT_TWO) or unit == "季" or _is_size(place, unit, word, stop)


def _named(place: Place, unit: str, stop: int) -> bool:
    """Whether digits, too, name something here: 三年行动计划, 2025版, 8小时工作制, 央视13台, 21世纪, 108路公交."""
    text, number = place.text, place.number
    if unit in {"年", "天", "日"}:
        return _PROGRAMME.match(text, stop) is not None
    if unit in {"小时", "个小时", "分钟"}:
        return _SYSTEM.match(text, stop) is not None
    if unit == "版":
        return number.value > 99
    if unit == "台":
        return _CHANNEL.search(text, max(0, place.start - 14), place.start) is not None
    if unit == "世纪":
        return number.value > 9
    if unit == "线":
        return number.arabic and number.value >= 100
    if unit == "路":
        return number.arabic and _ROUTE.match(text, stop) is not None
    if unit != "级":
        return False
    return number.high is not None or (number.arabic and _ROADS.match(text, stop) is not None)  # 二三级企业


def _in_a_series(place: Place, unit: str, stop: int) -> bool | None:
    """Whether the number tells which of a series is meant: 十二届, 四次全会, 党的二十大, 二期; None where it can't."""
    text = place.text
    if unit == "届":
        return _HELD.search(place.before(2)) is None or _CONGRESS.match(text, stop) is not None
    if unit == "大" and 10 < place.number.value < 22:
        return place.before(2) in {"党的", "共十"} or _AFTER_CONGRESS.match(text, stop) is not None
    if unit == "次" and _SESSION.match(text, stop):
        return True
    if unit == "期":
        return _TRAINING.search(place.before(4)) is None
    return None


def _graded(place: Place, unit: str, word: str, stop: int) -> bool | None:
    """Whether the number tells a grade: 一、二类, 三级医院, 万吨级; None where the unit is none of a grade."""
    text = place.text
    if unit in _GRADES and (
        _SORTED.search(text, max(0, place.start - 3), place.start) or _SORTS.match(text, stop)
    ):
        return True
    if unit == "级":
        if word in {"一", "二"} or word[-1] in SIZE:
            return True
        return _GRADED.match(text, stop) is not None and _LEVELS.search(place.before(3)) is None
    return True if unit == "吨级" and word[-1] in SIZE else None


def _is_size(place: Place, unit: str, word: str, stop: int) -> bool:
    """亿元项目, 万元GDP能耗, 每千人口: a bare scale with a unit that sorts or relates, and counts nothing."""
    before = place.before(2)
    if word not in _SCALES:
        return False
    told = place.text[max(0, place.start - 1) : place.start]
    if told in {"（", "(", "：", ":"} and _CAPTION.search(place.text, max(0, place.start - 5), place.start):
        return told in "：:" or place.text[stop : stop + 1] in {"）", ")"}
    if told == "每" or (told == "个" and not after_at(place.text, stop)):  # 每万人, 13个万亩基地
        return True
    if unit in {"人", "户", "人口"} and _PER.match(place.text, stop):
        return True
    if before[-1:] in {"超", "近", "过", "破", "逾", "上", "达", "约", "成", "满", "数", "几"} or after_at(
        place.text, stop
    ):
        return False
    return class_of(unit) in _WEIGHED and _SIZED.match(place.text, stop) is not None
