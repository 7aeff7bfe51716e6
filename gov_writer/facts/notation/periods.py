"""Dates and periods: the grammar of time expressions. What they resolve to is ``timeline``'s business.

``at(text, start)`` reads the longest expression that begins at start. A point is made of parts (year,
half, quarter, month, third of a month, day, part of the day); two points make a range; a suffix
(以来, 前, 底前 …) or a prefix (截至, 自) opens one end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from gov_writer.facts.notation.numerals import parse_chinese
from gov_writer.facts.notation.time_words import DAY_PARTS, HALVES, RELATIVE_YEARS
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import digit_by_digit

_CN_YEAR = "[一二][〇零一二三四五六七八九]{3}"
_MONTH = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元]"
_DAY = (
    "3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
)
_REL = "|".join(
    sorted((w for w in RELATIVE_YEARS if w not in {"全年", "年内", "年度"}), key=len, reverse=True)
)
_TO = r"(?:—+|-|~|至|到|－)"
_QUARTER = "(?:第[一二三四1-4]个?|[一二三四1-4])季度"
_PARTS = "|".join(DAY_PARTS)

POINT = (
    rf"(?:(?P<y>(?:1[89]|20|21)[0-9][0-9]|{_CN_YEAR})\s?年(?!代|级|龄|期)(?P<du>度)?|(?P<rel>{_REL}))?的?(?:[^\S\n](?=\S))?(?:全年)?"
    rf"(?:(?P<half>上半年|下半年|前[三两二]个?季度)|(?P<qr>第?[一二三1-3](?:季度)?(?:{_TO}|、)第?[二三四2-4]季度)"
    rf"|(?P<q>{_QUARTER})(?P<qe>末)?"
    rf"|(?P<m>{_MONTH})\s?月(?:份)?(?:\s?(?P<d>[0-9]{{1,2}}|{_DAY})\s?[日号](?!楼|线|文|令|院|店|门)"
    rf"|(?P<xun>上旬|中旬|下旬|中下旬|上中旬|[初底末]|中(?=[，、旬以前]))|(?![0-9]{{1,2}}\s?[日号]))"
    rf"|(?P<edge>年?[初底末]|年中|年终|岁末)(?![级期])|(?P<d0>(?:3[01]|[12][0-9]|0?[1-9]) ?日)(?!内|游|均|产|处))?"
    rf"(?P<part>{_PARTS})?"
)
_POINT = lazy(POINT)
_YEARS = lazy(
    rf"(?P<y1>(?:19|20|21)[0-9][0-9]|{_CN_YEAR})年?(?:{_TO}|、)(?P<y2>(?:19|20|21)[0-9][0-9]|{_CN_YEAR})\s?(?:(?:年|学年)(?!代|级|[初底末中]|[0-9])(?P<du>度)?|(?=[两三四五六]年))"
)
_MONTHS = lazy(
    rf"(?:(?P<y>(?:19|20|21)[0-9][0-9]|{_CN_YEAR})年|(?P<rel>{_REL}))?的?(?P<m1>{_MONTH})月?(?:份)?(?:{_TO}|(?P<next>、))(?P<m2>{_MONTH})\s?月(?:份)?(?!(?:[0-9]{{1,2}}|[一二三四五六七八九十]+)\s?[日号])"
)
_FIRST_MONTHS = lazy(
    rf"(?:(?P<y>(?:19|20|21)[0-9][0-9]|{_CN_YEAR})年|(?P<rel>{_REL}))?的?前(?P<n>[0-9]{{1,2}}|[一二两三四五六七八九十]+)个?月(?:份)?"
)
_MILLENNIA = frozenset("12一二")
_DOTS = frozenset("./-")
_DOTTED = lazy(
    r"(?P<y>(?:19|20|21)[0-9][0-9])(?P<s>[./-])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9.])"
)
#: 2025.6.10—7.20: the second day may leave out the year.
_DOTTED_TO = lazy(
    r"\s?(?:—+|-|~|至|到)\s?(?:(?P<y>(?:19|20|21)[0-9][0-9])(?P<s>[./-]))?(?P<m>1[0-2]|0?[1-9])(?(s)(?P=s)|[./])(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9./]|[%万亿元])"
)
#: 上世纪70年代, 20世纪90年代末, 80年代.
_DECADE = lazy(
    r"(?:(?P<c>[12][0-9]|十九|二十一?)世纪)?(?P<n>(?:19|20)?[0-9]0|[二三四五六七八九]十)年代(?P<edge>初期?|中后?期|[末后]期?)?"
)
#: 10月3—8日, 6月3、4日: days that share their 日.
_DAYS = lazy(
    rf"(?:(?P<y>(?:19|20|21)[0-9][0-9]|{_CN_YEAR})\s?年|(?P<rel>{_REL}))?的?\s?(?P<m>{_MONTH})\s?月\s?(?P<d1>[0-9]{{1,2}}|{_DAY})(?:{_TO}|(?P<list>[、和]))(?P<d2>[0-9]{{1,2}}|{_DAY})\s?[日号](?!楼|线|文|令|院|店|门)"
)
#: 7月1—3日、5—8日: more days of the month that was told.
_MORE_DAYS = lazy(rf"(?P<d1>3[01]|[12][0-9]|0?[1-9]){_TO}(?P<d2>3[01]|[12][0-9]|0?[1-9])日(?!内|游|均|产|处)")
_TO_MARK = lazy(rf"\s?起?(?:一直)?(?:持续|延续)?{_TO}\s?")
_SUFFIX = lazy(
    "(?P<since>以来|来(?=[，,、。；;：:）)]|$)|至今|起|开始)|(?P<before>之前|以前|前(?!列|沿|期|端|景|后|提|进|三|五|十|半|往|[0-9]))"
    "|(?P<during>期间)|(?P<after>之后|以后|后(?!期|续|勤|台|备|半|端|进|劲|方|来))"
)
_PREFIX = lazy(r"(?:至截|到至截|到截|止截|到止截)(?P<until>)|(?P<since>自|从|自从)")
#: 至11月份，查处… at the beginning of a clause.
_UP_TO = lazy("(?:^|[\n。；，,;])至$")
_LAST_YEARS = lazy(
    "(?P<lead>近|最近|过去|这|前|未来|今后|往后|接下来|此后|下一个)(?P<n>[一二两三四五六七八九十]{1,2}|\\d{1,2})个?(?P<u>年多?|个?月|周|天|季度)(?P<tail>以来|来|间|里|内|时间)?"
    "|(?P<n2>[一二两三四五六七八九十]{1,2}|\\d{1,2})(?P<u2>年|个?月)(?:多)?(?P<tail2>以来|来(?=年均)|来(?![自源访信电到往临年者]))"
)


class Point(NamedTuple):
    """The parts that a point in time names; None or "" for what it leaves open.

    rel: a word of RELATIVE_YEARS or RELATIVE_MONTHS.  months: (1, 6) for 上半年, a quarter, 1—10月.
    edge: 年初, 年底 ….  third: 上旬, 底 … of the month.  day_part: 上午 ….
    """

    year: int | None = None
    rel: str = ""
    months: tuple[int, int] | None = None
    edge: str = ""
    third: str = ""
    day: int | None = None
    day_part: str = ""
    year_to: int | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression ``text[start:end]``.  core_*: without prefix, suffix and part of the day.

    until, since, before, after: which end is open and how.  sub: year, month, quarter, day, …
    count, lead: of 近三年, 未来五年.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    first: Point
    second: Point | None
    sub: str
    opening: str = ""  # until, since, before, after, during
    count: int = 0
    lead: str = ""
    unit: str = ""


def number(word: str) -> int:
    """The integer of an Arabic or Chinese numeral; 0 for what is none."""
    if word.isdecimal():
        return int(word)
    if word == "元":  # 元月, 元至10月
        return 1
    parsed = parse_chinese(word)
    return int(parsed[0]) if parsed else 0


def year(word: str) -> int:
    """The year of 2021 or 二〇二一."""
    return digit_by_digit(word) or 0


def at(text: str, start: int, floor: int = 0) -> Time | None:
    """The time expression that begins at start, with a prefix not before floor; None if none does."""
    found = _range_of_parts(text, start) or _points(text, start) or _last(text, start) or _decade(text, start)
    if found is None:
        return None
    begin, opening = found.start, ""
    if text.startswith(("上世纪", "本世纪"), max(floor, start - 3)) and found.sub == "decade":
        begin = max(floor, start - 3)
    prefix = _PREFIX.match(text[max(floor, start - 3) : start][::-1])
    if (
        prefix is None
        and found.sub in {"month", "year"}
        and _UP_TO.search(text[max(floor, start - 2) : start])
    ):
        begin, opening = start - 1, "until"
    suffix = _SUFFIX.match(text, found.end)
    if prefix and prefix["since"] is None:
        begin, opening = start - prefix.end(), "until"
    end = found.end
    if suffix and not opening and not found.lead:
        opening = next(name for name, value in suffix.groupdict().items() if value)
        if opening == "during":
            opening = ""
        elif opening == "after" and found.sub not in {"day"}:
            opening = "after"
        end = suffix.end() if opening or not suffix["during"] else found.end
    if opening == found.opening == "" and begin == found.start:
        return found
    return Time(
        begin,
        end,
        found.core_start,
        found.core_end,
        found.first,
        found.second,
        found.sub,
        opening,
        found.count,
        found.lead,
        found.unit,
    )


def _range_of_parts(text: str, start: int) -> Time | None:
    match = _YEARS.match(text, start) if text[start] in _MILLENNIA else None
    if match:
        point = Point(year=year(match["y1"]), year_to=year(match["y2"]))
        return Time(start, match.end(), start, match.end() - bool(match["du"]), point, None, "year-range")
    match = _MONTHS.match(text, start)
    if match and match["next"] and number(match["m2"]) != number(match["m1"]) + 1:  # 3、4月份, but not 3、9月
        match = None
    if match:
        months = number(match["m1"]), number(match["m2"])
        point = Point(year=year(match["y"]) if match["y"] else None, rel=match["rel"] or "", months=months)
        return Time(start, match.end(), match.start("m1"), match.end(), point, None, "month-range")
    match = _FIRST_MONTHS.match(text, start) if text[start - 1 : start] != "提" else None
    if match and 1 <= number(match["n"]) <= 12:
        point = Point(
            year=year(match["y"]) if match["y"] else None,
            rel=match["rel"] or "",
            months=(1, number(match["n"])),
        )
        return Time(start, match.end(), start, match.end(), point, None, "month-range")
    match = _DOTTED.match(text, start) if text[start + 4 : start + 5] in _DOTS else None
    if match:
        point = Point(year=int(match["y"]), months=(int(match["m"]),) * 2, day=int(match["d"]))
        to = _DOTTED_TO.match(text, match.end())
        if to is None:
            return Time(start, match.end(), start, match.end(), point, None, "day")
        second = Point(int(to["y"]) if to["y"] else None, months=(int(to["m"]),) * 2, day=int(to["d"]))
        return Time(start, to.end(), start, to.end(), point, second, "range")
    match = _DAYS.match(text, start)
    if match:
        return _days(match)
    match = (
        _MORE_DAYS.match(text, start) if text[max(0, start - 2) : start] in {"日、", "日和", "日及"} else None
    )
    if match is None:
        return None
    first, final = Point(day=int(match["d1"])), Point(day=int(match["d2"]))
    return Time(start, match.end(), start, match.end(), first, final, "range")


def _decade(text: str, start: int) -> Time | None:
    """上世纪70年代, 20世纪90年代; without a century that of the last one but for 10年代 and 20年代."""
    match = _DECADE.match(text, start)
    if match is None:
        return None
    century, decade = number(match["c"] or ""), number(match["n"])
    last = text[max(0, start - 3) : start] == "上世纪"
    told = text[max(0, start - 3) : start] == "本世纪"
    if decade > 100:
        decade, century = decade % 100, decade // 100 + 1
    first = (century - 1) * 100 if century else 1900 if last or (decade > 20 and not told) else 2000
    point = Point(year=first + decade, year_to=first + decade + 9)
    end = match.end("n") + 2
    return Time(start, match.end(), start, end, point, None, "decade")


def _days(match: re.Match[str]) -> Time | None:
    """10月3—8日 and 6月3、4日 are ranges; of 6月3、8日 the first day, for the other one is read on its own."""
    start, months = match.start(), (number(match["m"]),) * 2
    first, last = number(match["d1"]), number(match["d2"])
    if not (1 <= first <= 31 and 1 <= last <= 31):
        return None
    point = Point(year(match["y"]) if match["y"] else None, match["rel"] or "", months, day=first)
    if match["list"] and last != first + 1:
        return Time(start, match.end("d1"), start, match.end("d1"), point, None, "day")
    return Time(start, match.end(), start, match.end(), point, Point(months=months, day=last), "range")


def _points(text: str, start: int) -> Time | None:
    one = _point(text, start)
    if one is None:
        return None
    end, core_end, first, sub = one
    dash = _TO_MARK.match(text, end)
    if dash and sub in {"day", "day-only", "month", "year", "quarter"}:
        two = _point(text, dash.end())
        if two and (two[3] == sub or {two[3], sub} <= {"day", "day-only"}):
            second = two[2]
            kind = "range" if sub in {"day", "day-only"} else f"{sub}-range"
            return Time(start, two[0], start, two[0], first, second, kind)
    return Time(start, end, start, core_end, first, None, sub)


def _point(text: str, start: int) -> tuple[int, int, Point, str] | None:
    """``(end, core end, point, sub)``; None where nothing but a part of the day is there."""
    match = _POINT.match(text, start)
    if match is None or match.end() == start:
        return None
    get = match.groupdict()
    months, sub = None, "year" if get["y"] or get["rel"] else ""
    if get["half"]:
        months, sub = (
            HALVES[get["half"].replace("个", "")],
            "half-year" if "半" in get["half"] else "quarters",
        )
    elif get["qr"]:
        word = get["qr"].replace("第", "")
        months, sub = (3 * number(word[0]) - 2, 3 * number(word[-3])), "quarters"
    elif get["q"]:
        index = number(get["q"].replace("第", "")[0])
        months, sub = (3 * index - 2, 3 * index), "quarter-end" if get["qe"] else "quarter"
    elif get["m"]:
        months, sub = (number(get["m"]),) * 2, "day" if get["d"] else "month"
    elif get["d0"]:
        sub = "day-only"
    elif get["edge"]:
        sub = "year-edge"
    if not sub or (get["edge"] and len(get["edge"]) == 1 and not (get["y"] or get["rel"])):
        return None
    day = number(get["d"]) if get["d"] else int(get["d0"][:-1]) if get["d0"] else None
    point = Point(
        year(get["y"]) if get["y"] else None,
        get["rel"] or "",
        months,
        get["edge"] or "",
        get["xun"] or "",
        day,
        get["part"] or "",
    )
    end = match.end()
    while end > start and text[end - 1] in "的 ":
        end -= 1
    if get["part"] and day is None:
        end = match.start("part")
    core_end = match.start("part") if get["part"] else end
    if get["du"] and core_end == match.end("du"):
        core_end -= 1
    return end, min(core_end, end), point, sub


def _last(text: str, start: int) -> Time | None:
    match = _LAST_YEARS.match(text, start)
    if match is None:
        return None
    lead = match["lead"] or "近"
    if match["lead"] == "前" and (text[start - 1 : start] == "提" or "年" not in match["u"]):
        return None
    if match["lead"] == "前" and match["u"] and "年" not in match["u"]:
        return None
    count = number(match["n"] or match["n2"])
    return Time(
        start,
        match.end(),
        match.start("n") if match["n"] else start,
        match.end("u") if match["n"] else match.end("u2"),
        Point(),
        None,
        "last-n",
        "",
        count,
        lead,
        match["u"] or match["u2"],
    )
