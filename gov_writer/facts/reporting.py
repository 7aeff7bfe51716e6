"""What a source says about itself: the period it reports on, and what in it is no content.

The period stands in the title (东岭街道2025年上半年工作总结), in a heading (一、2025年工作回顾), in the first
lines, in the file's name, or is the year that the text names most. Content is not: the source in
parentheses at a line's end （应急办，12月15日）, 报送时间 and the like, a signature date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

from gov_writer.domain import BlockKind, Period, Source
from gov_writer.lexicon import words
from gov_writer.matching.passages.plans import PLAN, REPORT, is_plan, looks_ahead
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import digit_by_digit

_CN = "〇○零一二三四五六七八九"
_LETTER_O = lazy("[OoＯ]")
_YEAR = rf"(?<!\d)(?P<y>(?:19|20)\d\d|[一二][{_CN}OoＯ0]{{3}})\s?年"
_FORM = lazy(
    rf"{_YEAR}(?:度|的)?(?P<part>[上下]半年|第?[一二三四1-4]季度|前三季度"
    r"|(?P<m1>1[0-2]|[1-9])月?(?:份)?[-—－–~～至到]{1,2}(?P<m2>1[0-2]|[1-9])月(?:份)?"
    r"|(?P<m>1[0-2]|[1-9])月(?:份)?(?![\d初中下上末底]))?",
    needs="年",
)
#: What is given to a congress, and titles that tell of the year itself all the same.
_GIVEN = lazy("政府工作报告|工作报告|(?:代表大?会议?|社代会|人代会|党代会|人大会).{0,8}报告")
_SUMMED_UP = lazy("总结|情况|述职|汇报|回顾|小结")
_LAST_YEAR = lazy("(?:过去|去|上)(?:的?一)?年.{0,6}(?:回顾|工作|总结|情况)")
#: The day on which it was given, early in the year: ——2026年1月27日在某某会议上.
_HELD = lazy(rf"{_YEAR}\s?(?:[1-4]|[一二三四])月[^，。]{{1,6}}日在", needs="年")
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
    lines = (*titles, *headings)
    for told in (True, False):
        for line in lines:
            for match, after in _years(line):
                plan, report = PLAN.search(after), REPORT.search(after)
                reports = report is not None and (plan is None or report.start() < plan.start())
                if reports if told else plan is None:
                    return _year_before(line, match, after, short) or _period(match)
    for match in _FORM.finditer(source.text[:_HEAD]):
        if _in_a_row(source.text, match.start()):
            continue
        clause = _CLAUSE_END.split(source.text[match.end() : match.end() + 24], maxsplit=1)[0]
        if REPORT.search(clause):
            return _year_before(clause, match, clause, short) or _period(match)
    for line in lines:  # 二、2026年工作计划 in a text that names no other year: it reports on the year before
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


# --- what is no content ----------------------------------------------------------------------------

_DAY = r"(?:(?:19|20)\d\d\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?[日号]?(?:\s?\d{1,2}[:：时]\d{0,2}分?)?"
#: （应急办，12月15日） at the end of a line: a name, then a day; or a name alone that ends like an office.
_TAG = lazy(
    r"[（(【\[](?:(?<=[（(])(?:"  # one set first: the engine looks for it at full speed
    rf"[^（）()\d\n]{{1,40}}?[，,、:：;；\s]{_DAY}\s*(?:报送?|更新|提供|供稿|统计)?\s*[）)]"
    rf"|\s*{_DAY}\s*(?:报送?|上报|更新|提供|供稿)\s*[）)]"
    r"|\s*[\u4e00-\u9fff]{1,12}(?:办|科|局|站|所|队|组|室|股|厅|中心|社区|专班|工委|纪工委|办公室|支部|服务队)"
    rf"(?:\s*{_DAY})?\s*(?:提供|供稿|报送?)?\s*[）)])"
    r"|\s*(?:来源|供稿|资料来源|数据来源|报送|填报|提供|摘自)[^（）()\n]{0,40}[）)】\]])[。；;]?[ \t]*$",
    re.MULTILINE,
    needs="）)】]",
)
#: 街道综合执法队报送（10月27日）: the office and the day, on a line of their own.
_HANDED = lazy(
    rf"^[\s#*>\-]*[\u4e00-\u9fff]{{2,20}}(?:报送|上报|提供|供稿|整理|汇总)\s*(?P<day>[（(]\s*{_DAY}\s*[）)])[：:]?[ \t]*$",
    re.MULTILINE,
)
#: 平安办 阿芳 2025-12-15 10:03:10, above what was said in a chat
_SAID = lazy(
    r"^[ \t]*[^\n，。；：:\d]{1,20}[ \t]*(?P<day>(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d{2}(?::\d{2})?)[ \t]*$",
    re.MULTILINE,
    needs=":",
)
#: 12-15 09:21 李雪：信访件112件, a message on one line
_SPOKEN = lazy(
    r"^[ \t\[【]*(?P<day>(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d{2}(?::\d{2})?)[\]】]?[ \t]*(?=[^\n，。；：:\d]{1,16}[：:])",
    re.MULTILINE,
    needs=":",
)
#: 12月24日 派出所老郑：, a message of a chat that tells days without hours; @平安办小李 calls somebody.
_SPOKEN_ON = lazy(
    r"^[ \t\[【]*(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?[\]】]?[ \t]+(?P<who>[\u4e00-\u9fff]{2,10})[：:]",
    re.MULTILINE,
    needs="：:",
)
_CALLED = lazy(r"@[\u4e00-\u9fffA-Za-z]{1,12}(?=[\s，,：:])")
#: 填报：应急办 7月20日
_FILLED_BY = lazy(
    rf"^[\s*>\-]*(?:填报|报送|供稿|整理|撰稿|[\u4e00-\u9fff]{{0,8}}(?:签字|签名|审核|复核))\s*[:：][^\n，。；\d]{{0,16}}(?P<day>{_DAY}|(?:19|20)\d\d\.\d{{1,2}}\.\d{{1,2}})[ \t]*$",
    re.MULTILINE,
    needs="填报供整撰签审复",
)
#: 党建工作办公室（12月8日）, a line that names the office and the day alone
_OFFICE_DAY = lazy(
    rf"^[\s#*>\-【]*(?![走参视]|慰问|检查|召开|举办|调研|迎接|邀请|组织)[\u4e00-\u9fff、]{{2,16}}(?:办|科|所|站|队|中心|局|室|委|部|支部)[】*]*\s?(?P<day>[（(]\s*(?:截[至止])?\s*{_DAY}\s*[）)])[：:]?[ \t]*$",
    re.MULTILINE,
    needs="）)",
)
#: 【招商工作群 12月18日 接龙】 over a roll-call of messages.
_CHAT = lazy(
    rf"^[\s#*]{{0,8}}【(?=[^】\n]{{0,40}}(?:群|接龙|汇总|报送))[^】\d\n]{{0,16}}(?P<day>{_DAY})[^】\d\n]{{0,12}}】",
    re.MULTILINE,
    needs="【",
)
#: 云门乡产业（12月10日汇总）: the day in the first line, which is no sentence.
_TOP = lazy(
    rf"[\s#*\ufeff]{{0,8}}[^，。；：\n（(]{{2,40}}(?P<day>[（(]\s*(?:截[至止])?\s*(?:{_DAY}|\d{{1,2}}\.\d{{1,2}})\s?(?:汇总|报|报送|整理|更新|统计|口径)\s*[）)])[ \t*]*(?:\n|$)"
)
#: 〔2025〕第11期, 时间：2025年12月24日上午: what heads minutes and bulletins.
_ISSUE = lazy(r"[〔\[［【]\s?(?:19|20)\d\d\s?[〕\]］】]\s?第?\s?\d{1,4}\s?[期号次]", needs="〔[［【")
_HELD_ON = lazy(
    rf"^[\s*>\-]*(?:会议)?时\s{{0,4}}间\**[：:]\**\s*(?:\d{{4}}\s?年)?\s?{_DAY}[^，。；\n]{{0,16}}$",
    re.MULTILINE,
)
_MINUTES = lazy("纪要|会议记录|办公会|出席|主持|列席|记录人|参加人")
#: 项目征迁上半年情况（6月28日）, 经发办汇总 2025.12.18: the day on which a paper was made, at the end of its title.
_DATED = lazy(
    rf"^(?=.{{4,60}}$)(?=[^\d\n]*\d).*?(?:情况|总结|汇报|报告|材料|素材|台账|小结|工作|要点|进展|简报|汇总)\s*(?P<day>[（(]\s*(?:截[至止])?\s*{_DAY}\s*[）)]|(?<=[ \t\u3000])(?:19|20)\d\d\s?[年./-]\s?\d{{1,2}}\s?[月./-]\s?\d{{1,2}}日?)[ \t]*$",
    re.MULTILINE,
    needs="）)年./-",
)
_SIGNED = lazy(
    rf"(?:[\u4e00-\u9fff]{{2,20}}[ \t\u3000]+)?(?:{_YEAR}\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|[一二][{_CN}]{{3}}年.{{1,3}}月.{{1,3}}日)",
    needs="日",
)


#: 机密★1年: how long a paper is kept secret (GB/T 9704-2012, 7.2.2)
_KEPT_SECRET = lazy(
    r"(?:绝密|机密|秘密)\s?[★☆]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:年|个?月)", needs="★☆"
)


def asides(source_text: str) -> list[tuple[int, int]]:
    """Spans, in order, that tell where a note comes from and when it was handed in; they hold no facts."""
    spans = [match.span() for match in _TAG.finditer(source_text) if _is_tag(match[0])]
    for match in _handed_in().finditer(source_text):
        spans.append(match.span())
    spans += [match.span("day") for match in _DATED.finditer(source_text)]
    spans += [match.span("day") for match in _CHAT.finditer(source_text)]
    spans += [match.span("day") for match in _HANDED.finditer(source_text)]
    for line in (_OFFICE_DAY, _SAID, _SPOKEN, _FILLED_BY):
        spans += [match.span("day") for match in line.finditer(source_text)]
    if (top := _TOP.match(source_text)) is not None:
        spans.append(top.span("day"))
    for line in (_ISSUE, _KEPT_SECRET):
        spans += [match.span() for match in line.finditer(source_text)]
    if _MINUTES.search(source_text, 0, 1000):
        spans += [match.span() for match in _HELD_ON.finditer(source_text)]
    spans += _messages(source_text)
    spans += _comments(source_text)
    spans += _signature(source_text)
    return _merged(spans)


def _messages(text: str) -> list[tuple[int, int]]:
    """The day and the speaker over each message of a chat in which somebody speaks twice, and who is called by name."""
    messages = list(_SPOKEN_ON.finditer(text))
    said = Counter(message["who"] for message in messages)
    spans = [message.span() for message in messages] if said and max(said.values()) > 1 else []
    return spans + ([call.span() for call in _CALLED.finditer(text)] if "@" in text else [])


def _comments(text: str) -> list[tuple[int, int]]:
    """HTML comments, which Markdown does not show."""
    spans, at = [], text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        end = len(text) if end < 0 else end + 3
        spans.append((at, end))
        at = text.find("<!--", end)
    return spans


def _is_tag(words_: str) -> bool:
    """（其中党员12名，占12.5） is no tag."""
    return "其中" not in words_ and "含" not in words_


@cache
def _handed_in() -> re.Pattern[str]:
    """报送时间：12月15日 and the like, to the end of the date."""
    listed = "|".join(sorted(words("handed_in"), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:{listed})[\s*]{{0,4}}(?:为|是|至|到|截至|截止)?\s?[:：|]?[\s*|]{{0,4}}(?:{_DAY}|{_YEAR}(?:\s?\d{{1,2}}月)?底?)"
    )


def _signature(text: str) -> list[tuple[int, int]]:
    """A full date alone, or behind an office and white space, on one of the last three lines that hold anything."""
    spans = []
    end = _back(text, len(text))
    for _ in range(3):
        begin = text.rfind("\n", 0, end) + 1
        if end - begin <= 40 and _SIGNED.fullmatch(text[begin:end].strip(" \t\u3000*（）()")):
            spans.append((begin, end))
        if begin == 0:
            break
        end = _back(text, begin)
    return spans


def _back(text: str, at: int) -> int:
    """The end of the last line before ``at`` that isn't blank, without copying the text."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
