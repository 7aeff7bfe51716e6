"""The period that a source reports on.

It stands in the title (东岭街道2025年上半年工作总结), in a heading (一、2025年工作回顾), in the first
lines, in the file's name, or is the year that the text names most.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date

from gov_writer.domain import BlockKind, Period, Source
from gov_writer.matching.passages.plans import PLAN, REPORT, is_plan, looks_ahead
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import digit_by_digit

#: A year in Arabic or Chinese digits, and the latter.
YEAR_DIGITS = "〇○零一二三四五六七八九"
_LETTER_O = lazy("[OoＯ]")
YEAR = rf"(?<!\d)(?P<y>(?:19|20)\d\d|[一二][{YEAR_DIGITS}OoＯ0]{{3}})\s?年"
_FORM = lazy(
    rf"{YEAR}(?:度|的)?(?P<part>[上下]半年|第?[一二三四1-4]季度|前三季度"
    r"|(?P<m1>1[0-2]|[1-9])月?(?:份)?[-—－–~～至到]{1,2}(?P<m2>1[0-2]|[1-9])月(?:份)?"
    r"|(?P<m>1[0-2]|[1-9])月(?:份)?(?![\d初中下上末底]))?",
    needs="年",
)
#: What is given to a congress, and titles that tell of the year itself all the same.
_GIVEN = lazy("政府工作报告|工作报告|(?:代表大?会议?|社代会|人代会|党代会|人大会).{0,8}报告")
_SUMMED_UP = lazy("总结|情况|述职|汇报|回顾|小结")
_LAST_YEAR = lazy("(?:过去|去|上)(?:的?一)?年.{0,6}(?:回顾|工作|总结|情况)")
#: The day on which it was given, early in the year: ——2026年1月27日在某某会议上.
_HELD = lazy(rf"{YEAR}\s?(?:[1-4]|[一二三四])月[^，。]{{1,6}}日在", needs="年")
_PROSE = lazy(r"[。；;，,]")
_CLAUSE_END = lazy(r"[。；;，,|\t\n]")
_MONTHS = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9),
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "1季度": (1, 3), "2季度": (4, 6), "3季度": (7, 9), "4季度": (10, 12),
}  # fmt: skip
_HEAD, _LINES, _TITLE = 800, 6, 60
#: A title, not 二、2026年工作要点 in a report on another year.
_NOTES = lazy(r"[#\s]*(?![一二三四五六七八九十]{1,3}、|[（(])[^，。；：\n]{2,40}要点[ \t]*(?:\n|$)")
_SENTENCE_END = lazy("[。；\n]")
_HEADLINE = lazy(r"\s*(?:#|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
#: A cell that holds nothing but a number: the row is one of the register's (1月10日, 2024年度民主生活会, 9).
_HOLDS_FIGURES = lazy(r"\t[ ]?[0-9]+(?:[,.][0-9]+)?[ ]?(?:\t|$)")
_FIGURE = lazy(r"[0-9]\s?(?:[万亿个名户家处件起场次人项条张份支台辆座元米公平亩吨%％]|余|多)")


def reporting_period(source: Source, as_of: date | None = None) -> Period | None:
    """The period that a source reports on, None if it doesn't tell.

    as_of: the reference date; a source whose title names no year then reports on that date's year.
    """
    found = told_period(source, as_of)
    if found is not None:
        return found
    if as_of is not None:
        return year_of(as_of.year)
    named = _FORM.search(re.split(r"[\\/]", source.path)[-1])
    return (_period(named) if named else None) or _most_named(source.text)


def year_of(year: int) -> Period:
    """The calendar year as a period."""
    return Period(text=f"{year}年", start=date(year, 1, 1), end=date(year, 12, 31))


def told_period(source: Source, as_of: date | None = None) -> Period | None:
    """The period that the title, a heading or the first lines state, None if they state none."""
    found = _told(source)
    return found if found is not None and (as_of is None or _near(found, as_of)) else None


def _near(period: Period, day: date) -> bool:
    """Whether a report on this period may be looked at from that day: this year's or last year's."""
    return period.end is not None and 0 <= day.year - period.end.year <= 1


def _told(source: Source) -> Period | None:
    titles, headings, short = _telling(source)
    return (
        _in_titles((*titles, *headings), short)
        or _in_opening(source.text, short)
        or _before_the_plan(titles, headings)
    )


def _telling(source: Source) -> tuple[list[str], list[str], list[str]]:
    """The titles, the main headings, and the short lines that name a year."""
    titles, headings, short = [], [], []
    for number, block in enumerate(source.blocks):
        line = source.text[block.start : min(block.end, block.start + _TITLE + 1)]
        if "年" in line and _like_title(line):
            short.append(line)
        titled = block.kind is BlockKind.TITLE or (number < _LINES and _like_title(line))
        if titled and (block.kind is not BlockKind.ROW or _one_year(line)):
            titles.append(line)
        if block.kind is BlockKind.HEADING and block.level <= 1:
            headings.append(line)
    return titles, headings, short


def _in_titles(lines: Sequence[str], short: list[str]) -> Period | None:
    """The period that a title or heading reports on, else the first that one names without planning for it."""
    for told in (True, False):
        for line in lines:
            for match, after in _years(line):
                plan, report = PLAN.search(after), REPORT.search(after)
                reports = report is not None and (plan is None or report.start() < plan.start())
                if reports if told else plan is None:
                    return _year_before(line, match, after, short) or _period(match)
    return None


def _in_opening(text: str, short: list[str]) -> Period | None:
    """The period of the first lines: 现将2023年工作情况汇报如下."""
    for match in _FORM.finditer(text[:_HEAD]):
        if _in_a_row(text, match.start()):
            continue
        clause = _CLAUSE_END.split(text[match.end() : match.end() + 24], maxsplit=1)[0]
        if REPORT.search(clause):
            return _year_before(clause, match, clause, short) or _period(match)
    return None


def _before_the_plan(titles: list[str], headings: list[str]) -> Period | None:
    """The year before the one that is planned, in a text that names no other: 二、2026年工作计划."""
    for line in (*titles, *headings):
        named = _FORM.search(line)
        if named is None or not is_plan(line[named.start() :]):
            continue
        if line in titles and line not in headings and not REPORT.search(line, 0, named.start()):
            continue  # 2025年各科室报送要点 plans nothing; 工作总结及2026年工作思路 does
        if named[0].rstrip("度的").endswith("年") and _number(named["y"]):
            return year_of(_number(named["y"]) - 1)
    return None


def _years(line: str) -> list[tuple[re.Match[str], str]]:
    """The years that a line names, each with the words up to the next one."""
    found = list(_FORM.finditer(line))
    ends = [match.start() for match in found[1:]] + [len(line)]
    return [(match, line[match.end() : end]) for match, end in zip(found, ends, strict=False)]


def _year_before(line: str, match: re.Match[str], after: str, short: list[str]) -> Period | None:
    """A report to a congress bears the year in which it is given, and reports on the one before.

    2026年政府工作报告 over ——2026年1月27日在…会议上, 一、2025年工作回顾, 一、过去一年工作回顾 or 二、2026年工作安排.
    short: the lines of the text that may be headings and name a year.
    """
    year = _number(match["y"])
    whole = match[0].rstrip("度的").endswith("年")
    if not year or not whole or _GIVEN.search(line) is None or _SUMMED_UP.search(after):
        return None
    for heading in short:
        named = [(_number(found["y"]), found, tail) for found, tail in _years(heading)]
        before = any(at == year - 1 and not PLAN.search(tail) for at, _, tail in named)
        ahead = any(at == year and PLAN.search(tail) for at, _, tail in named)
        held = any(at == year and _HELD.match(heading, found.start()) for at, found, _ in named)
        if before or ahead or held or (not named and _LAST_YEAR.search(heading)):
            return year_of(year - 1)
    return None


def _one_year(line: str) -> bool:
    """Whether a table's row heads it and names one year: no row of figures, and no head over 2024年末 and 2025年末."""
    return len({match["y"] for match in _FORM.finditer(line)}) < 2 and not _HOLDS_FIGURES.search(line)


def _in_a_row(text: str, at: int) -> bool:
    """Whether a place is in a table's row of figures."""
    end = text.find("\n", at)
    start = max(text.rfind("\n", 0, at) + 1, at - _HEAD)
    return _HOLDS_FIGURES.search(text[start : at + _HEAD if end < 0 else min(end, at + _HEAD)]) is not None


def _like_title(line: str) -> bool:
    return len(line) <= _TITLE and not _PROSE.search(line)


def _most_named(text: str) -> Period | None:
    """The year named most; one that only plans name (下一步打算：2026年…) is the year after the report's."""
    told: Counter[int] = Counter()
    ahead: Counter[int] = Counter()
    for match in _FORM.finditer(text):
        if year := _number(match["y"]):
            (ahead if _is_ahead(text, match) else told)[year] += 1
    counts = told or ahead
    if not counts:
        return None
    most = max(counts.values())
    year = max(year for year, count in counts.items() if count == most)
    return year_of(year if told or not _done(text, ahead) else min(ahead) - 1)


def _is_ahead(text: str, match: re.Match[str]) -> bool:
    """Whether the year stands in a sentence or a line that tells what is planned."""
    begin = text.rfind("\n", max(0, match.start() - _HEAD), match.start()) + 1
    if _NOTES.match(text, begin):
        return False  # 东岭街道2025年要点, 2025年工作要点: what was done or what is planned, but in that year
    opener = text[begin : match.start()][:_TITLE]
    after = _SENTENCE_END.split(text[match.start() : match.start() + _TITLE], maxsplit=1)[0]
    before = _SENTENCE_END.split(text[begin : match.start()][-_TITLE:])[-1]
    return is_plan(opener) or looks_ahead(before + after) or is_plan(before + after[:16])


def _done(text: str, ahead: Counter[int]) -> bool:
    """Whether some line with figures tells of what was done; a plan alone has none."""
    years = tuple(f"{year}年" for year in ahead)
    planned = False
    for line in text.split("\n"):
        if _HEADLINE.match(line) or line.rstrip().endswith(("：", ":")):
            planned = is_plan(line)
        if planned:
            continue
        for part in _SENTENCE_END.split(line):
            named = not _FIGURE.search(part) or any(year in part for year in years)
            if not named and not looks_ahead(part) and not is_plan(part[:20]):
                return True
    return False


def _number(word: str) -> int:
    year = digit_by_digit(_LETTER_O.sub("0", word)) or 0
    return year if 1949 <= year <= 2199 else 0


def _period(match: re.Match[str]) -> Period | None:
    year = _number(match["y"])
    if not year:
        return None
    first, final = 1, 12
    if match["m1"]:
        first, final = int(match["m1"]), int(match["m2"])
    elif match["m"]:
        first = final = int(match["m"])
    elif match["part"]:
        first, final = _MONTHS.get(match["part"].removeprefix("第"), (1, 12))
    if first > final:
        first, final = 1, 12
    end = date(year, final, monthrange(year, final)[1])
    return Period(text=match[0].strip(), start=date(year, first, 1), end=end)
