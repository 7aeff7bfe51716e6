"""DAT306: a duration that the dates beside it do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.dates.calendar import DAY, Day, Span, as_date, exists, number, spans
from gov_writer.checking.rules.dates.frame import Frame, frame
from gov_writer.domain import Finding, Severity
from gov_writer.text.lazy import lazy

_SAID = lazy(
    r"(?P<verb>(?:利用|集中)(?=[^，。；]{1,6}时间)|历时|为期|为时|用时|耗时|历经|长达|前后|持续|连续|一共|共计|共|计)(?:开展|用时|了|约|近|有|共|达)?(?P<about>约|近)?"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)(?P<more>余|多)?(?:个)?(?P<unit>工作日|天|日|周|星期|月|年)(?!度|级|[一二三四五六日])"
)
#: 2018年5月开业，到2025年5月已运营七年
_SINCE = lazy(
    r"(?P<y1>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:正式)?(?:成立|开业|建成|投用|投入使用|启动|开工|挂牌|运行|创办|组建|启用)[^。；，,\n\d]{0,10}[，,]?"
    r"(?:到|至|截至)(?P<y2>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:底|末)?[，,]?(?:已经?)?[^。；，,\n\d一二三四五六七八九十]{0,8}"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<more>余|多)?(?:个)?年(?!级|度)"
)
#: 2023年3月开工，2025年3月建成，历时两年
_BUILT = lazy(
    r"(?P<y1>(?:19|20)\d\d)年(?P<m1>\d{1,2})月(?:\d{1,2}日)?(?:正式)?(?:启动|开始|开工|动工|进场|立项)(?:[^。；\n\d]{0,10}[，,、]|(?=[到至]))"
    r"(?:于|到|至)?(?P<y2>(?:19|20)\d\d)年(?P<m2>\d{1,2})月(?:\d{1,2}日)?[^。；，,\n\d]{1,12}[，,](?:前后|工程|项目|整个工程)?(?:历时|历经|耗时|用时)(?:近|约)?"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<more>余|多)?(?P<unit>年|个月)(?!半)"
)
_APART = lazy(r"^[^。！？；\n]{0,16}$")
_SUBSET = frozenset({"连续", "持续"})


class DurationMismatch(Rule):
    code = "DAT306"
    name = "duration-mismatch"
    severity = Severity.WARNING
    title = "时长与起止时间不符"
    why = "起止日期写明了，时长一算就知道；对不上，说明日期或天数有一个没改。"
    bad = "3月1日至3月10日开展集中整治，历时20天。"
    good = "3月1日至3月10日开展集中整治，历时10天。"
    authority = citations.HOUSE

    def check(self, case: Case) -> Iterator[Finding]:
        time = frame(case)
        for start, end, message in _since(case.text):
            yield self.found(case, start, end, message)
        done = -1
        for span in sorted([*spans(case.text), *_two_days(case.text)], key=lambda s: (s.start, -s.end)):
            said = _SAID.search(case.text, span.end, min(len(case.text), span.end + 34))
            if said is None or said.start() <= done or not (exists(span.first) and exists(span.last)):
                continue
            between = case.text[span.end : said.start()]
            if _APART.match(between) is None:
                continue
            done = said.start()
            problem = _problem(span, said, time, between)
            if problem:
                yield self.found(case, span.start, said.end(), problem)


def _since(text: str) -> Iterator[tuple[int, int, str]]:
    """A thing that began in one year and has lasted to another: its age told wrongly."""
    for match in _BUILT.finditer(text):
        amount = _amount(match["number"])
        months = 12 * (int(match["y2"]) - int(match["y1"])) + int(match["m2"]) - int(match["m1"])
        told = None if amount is None else amount * (12 if match["unit"] == "年" else 1)
        slack = 8 if match["unit"] == "年" else 1
        if (
            told is not None
            and months > 0
            and not told - slack <= months <= told + slack + (8 if match["more"] else 0)
        ):
            yield match.start(), match.end(), f"时长与起止时间不符：这段时间是{months}个月。"
    for match in _SINCE.finditer(text):
        amount, years = _amount(match["number"]), int(match["y2"]) - int(match["y1"])
        least = years - (2 if match["more"] else 1)
        if amount is not None and years > 0 and not least <= amount <= years + 1:
            yield (
                match.start(),
                match.end(),
                f"时长与起止时间不符：{match['y1']}年到{match['y2']}年是{years}年。",
            )


def _two_days(text: str) -> Iterator[Span]:
    """3月1日启动、3月10日结束: two dates in one sentence with something done at each."""
    previous: re.Match[str] | None = None
    for match in DAY.finditer(text):
        if previous is not None:
            way = text[previous.end() : match.start()]
            if (
                2 <= len(way) <= 24
                and re.search(r"启动|开始|开工|起|进场|开[班营幕训]|报到|集中|入驻", way)
                and not re.search(r"[。！？；\n]", way)
            ):
                first = Day(number(previous["year"]), number(previous["month"]), number(previous["day"]))
                year = number(match["year"])
                last = Day(
                    year if year is not None else first.year, number(match["month"]), number(match["day"])
                )
                yield Span(previous.start(), match.end(), first, last)
        previous = match


def _problem(span: Span, said: re.Match[str], time: Frame, between: str) -> str:
    """What to tell; "" where the duration may be right, counted with or without the last day."""
    amount = _amount(said["number"])
    if amount is None:
        return ""
    fits = _fits(span, said["unit"], time)
    if fits is None:
        return ""
    least, most, unit = fits
    slack = 1 if said["about"] or said["more"] else 0
    if said["verb"] in {"共", "计", "一共", "共计"} and not re.fullmatch(r"[，,（(\s]*", between):
        return ""
    if said["verb"] in _SUBSET or said["unit"] == "工作日":
        wrong = amount > most + slack
    else:
        wrong = not least - slack - (amount // 10 if slack else 0) <= amount <= most + slack
    if not wrong:
        return ""
    if unit == "天" and said["unit"] not in {"天", "日", "工作日"}:
        begin, end = _dates(span, time)
        length = f"{(end - begin).days + 1}" if begin and end else "另一个数"
    else:
        length = f"{least:g}或{most:g}"
    return f"时长与起止时间不符：这段时间是{length}{unit}，文中写的是“{said[0]}”。"


def _amount(text: str) -> float | None:
    if text == "半":
        return 0.5
    value = number(text.replace("两", "二"))
    return None if value is None else float(value)


def _fits(span: Span, unit: str, time: Frame) -> tuple[float, float, str] | None:
    """``(least, most, unit)``: how long the span is, the last day counted or not; None where units don't meet."""
    first, last = span.first, span.last
    if first.month is None or last.month is None:
        if unit != "年" or first.year is None or last.year is None:
            return None
        return float(last.year - first.year), float(last.year - first.year + 1), "年"
    if first.day is None or last.day is None:
        if unit != "月":
            return None
        years = (last.year or 0) - (first.year or 0) if first.year and last.year else int(span.wraps)
        months = last.month - first.month + 12 * years
        return (float(months), float(months + 1), "个月") if months >= 0 else None
    begin, end = _dates(span, time)
    return None if begin is None or end is None else _in_units(begin, end, unit)


def _dates(span: Span, time: Frame) -> tuple[date | None, date | None]:
    """First and last day, the second in the next year where the range runs over New Year; None if unclear."""
    first, last = span.first, span.last
    begin = as_date(first, time.year or 2023)
    if begin is None or last.month is None or last.day is None:
        return None, None
    end = as_date(last, begin.year)
    if end is not None and end < begin:
        written = first.year is not None and last.year is not None and not span.wraps
        if first.month == last.month or written:
            return None, None
        end = as_date(Day(begin.year + 1, last.month, last.day))
    return begin, end


def _in_units(begin: date, end: date, unit: str) -> tuple[float, float, str] | None:
    """Weeks and months are told loosely: five days are a week, four weeks a month."""
    days = (end - begin).days
    if unit in {"天", "日", "工作日"}:
        return float(days), float(days + 1), "天"
    length = {"周": 7.0, "星期": 7.0, "月": 30.4}.get(unit)
    if length is None:
        return None
    return days / length - 0.4, (days + 1) / length + 0.4, "天"
