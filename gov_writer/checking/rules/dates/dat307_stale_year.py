"""DAT307: last year's text was left in, and still says last year's number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.dates.calendar import YEAR, number
from gov_writer.checking.rules.dates.frame import DONE_WORDS, Frame, frame, line_around, sentence_around
from gov_writer.domain import Finding, Severity
from gov_writer.lexicon import words
from gov_writer.text.lazy import lazy

_RELATIVE = lazy(
    r"(?P<word>明年|下一年|来年|今年|本年|去年|上年|上一年)\s*[（(，,]?(?:即|也就是)?\s*(?P<year>20\d{2}|二[〇零○][一二三四五六七八九〇零]{2})年[）)，,]?"
    r"|(?P<year2>20\d{2})年?[（(](?:即)?(?P<word2>明年|今年|本年|去年|上年)[）)]"
)
_OFFSETS = {
    "明年": (1, 2),
    "下一年": (1, 2),
    "来年": (1, 2),
    "今年": (0, 1),
    "本年": (0, 1),
    "去年": (-1, 0),
    "上年": (-1, 0),
    "上一年": (-1, 0),
}
_BEHIND = lazy(r"总结|回顾|完成情况|开展情况|工作情况|述职|汇报|小结")
_AHEAD = lazy(r"计划|打算|安排|思路|展望|目标任务|重点工作|工作要点")
_HEADING = lazy(r"^[ \t　#]*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．])?[^。！？；\n]{0,60}$")
_FUTURE = lazy(
    r"将(?!军|近|领|士|帅|才)|拟|计划|力争|争取|确保|打算|努力|我们要|要(?!求|素|点|害|件|闻|领|塞)|继续|进一步"
)
_DEADLINE = lazy(r"(?:\d{1,2}月)?(?:年)?(?:底|末|内)?(?:之前|以前|前)")
_DUE = lazy(r"(?:于|在|到|至|确保|力争|争取|计划|预计|[，,。；\n])$")
_REFERENCE = lazy(
    r"以来|至今|以后|之后|起|同比|环比|相比|较(?![好大快高强为多])|比|与|基期|基数|去年|上年|前年|往年|当年|历史|此前|曾|原|基础上|成果|经验|遗留|结转|延续|跨年|"
    r"印发|发布|公布|出台|修订|颁布|施行|版|号|〔|成立|建于|始建|建成|入党|参加工作|任职|规划|行动方案|三年|五年|度|全国|省委|市委"
)
_RANGE = lazy(r"规划|20\d\d年?\s*[—\-－至到]\s*20\d\d|〔|号|《")
_OPENS = lazy(
    r"(?:^|[\n。！？；])\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|——)?\s*$"
)

#: The day up to which a year's figures are told.
_YEAR_END = lazy(
    r"(?:(?:12|十二)月(?:31日|底|末)?|年?[底末])[，,](?:全?街道|我|全镇|辖区|[\u4e00-\u9fff]{2,4}(?:街道|镇|乡))?(?:共|累计|已)"
)
_COMPARED = lazy(r"同比|比上年|较上年|上年|去年|以来|普查|历年|此前|当时|基数|五年|三年")
#: 2025年，街道将新建…, under a heading that looks ahead.
_WILL = lazy(
    r"[，,]?(?:全?街道|我街道|我们|全镇|[\u4e00-\u9fff]{2,4}(?:街道|镇|乡))?(?:党工委)?(?:将|拟|计划|要|力争|争取)(?!军|近)"
)
#: Whose work a sentence tells after its year: 全街道, 我们, 东岭街道.
_OWN = lazy(r"(?:以来)?[，,]?(?:全|街道|我|共|累计|区|镇|办|[\u4e00-\u9fff]{2,5}(?:街道|镇|乡|社区|办事处))")
#: What a report opens with after its year: 在区委的坚强领导下, 面对繁重任务, 是……之年.
_PREAMBLE = lazy(
    r"[，,]?(?:在[^，。；\n]{2,40}(?:领导|指导|支持|关心|帮助|配合|部署)下|面对|(?:紧紧)?围绕|紧扣|坚持以|聚焦|按照)"
)
#: 现将东岭街道2024年1至11月工作情况报告如下
_ANNOUNCES = lazy(r"(?:现将|现就|下面将)[^。；\n]{0,20}$")
_ANNOUNCED = lazy(r"[^。；\n]{0,40}(?:报告|汇报|总结|述职|通报)如下")


class StaleYear(Rule):
    code = "DAT307"
    name = "stale-year"
    severity = Severity.WARNING
    title = "旧年份未改"
    why = "在去年的稿子上改，最容易漏掉标题、小标题和“2023年，我们将……”里的旧年份。"
    bad = "（报告期2024年）二、2024年工作计划\n2024年，我们将新建口袋公园3个。（应为2025年）"
    good = "（报告期2024年）二、2025年工作计划\n2025年，我们将新建口袋公园3个。"
    authority = citations.HOUSE

    def check(self, case: Case) -> Iterator[Finding]:
        time = frame(case)
        text = case.text
        if time.as_of is None:
            return
        covered: set[int] = set()
        for match in _RELATIVE.finditer(text):
            finding = self._relative(case, time, match)
            if finding is not None:
                covered.add(match.start("year") if match["year"] else match.start("year2"))
                yield finding
        for match in YEAR.finditer(text):
            year = number(match["year"])
            if year is None or not 1990 <= year <= 2100 or match.start() in covered:
                continue
            message, expected = self._judge(text, time, match.start(), match.end() + 1, year)
            if message:
                yield self.found(case, match.start(), match.end() + 1, message, expected=expected)

    def _relative(self, case: Case, time: Frame, match: re.Match[str]) -> Finding | None:
        """明年（2024年） in a report on 2024"""
        word = match["word"] or match["word2"]
        year = number(match["year"] or match["year2"])
        if year is None or time.year is None:
            return None
        low, high = _OFFSETS[word]
        if time.year + low <= year <= time.year + high:
            return None
        right = time.year + low
        message = f"旧年份未改：报告期是{time.year}年，“{word}”应是{right}年，文中写的是{year}年。"
        return self.found(case, match.start(), match.end(), message, expected=f"{right}年")

    def _judge(self, text: str, time: Frame, start: int, end: int, year: int) -> tuple[str, str | None]:
        report = time.year
        left, right = line_around(text, start)
        line = text[left:right]
        if _is_heading(line, text, left):
            message, expected = _in_heading(line, end - left, year, report)
            if (
                not message
                and year == report
                and _names_plan(line)
                and _follows_report(line, left, time, year)
            ):
                message, expected = f"旧年份未改：总结和计划写了同一年（{year}年）。", f"{year + 1}年"
            return message, expected
        if report is None:
            return "", None
        begin, stop = sentence_around(text, start, end)
        sentence = text[begin:stop]
        planned = time.looks_ahead(start)
        due = _DUE.search(text, max(0, start - 4), start) and report - 3 <= year < report
        if due and _DEADLINE.match(text, end) and _FUTURE.search(sentence):
            return f"旧年份未改：报告期是{report}年，{year}年的期限已经过去。", None
        if (
            year == report - 1
            and _ANNOUNCES.search(text, max(begin, start - 24), start)
            and _ANNOUNCED.match(text, end)
        ):
            return f"旧年份未改：报告期是{report}年，这里写的是{year}年。", f"{report}年"
        if year == report - 1 and not planned and _as_of_last_year(text, start, end, line, report):
            return f"旧年份未改：报告期是{report}年，这里的数字却说是截至{year}年底的。", f"{report}年"
        if _OPENS.search(text, max(0, start - 12), start) is None:
            return "", None
        wanted = time.heading_year(start)
        if planned and year == report and wanted is None and _year_is_over(time) and _WILL.match(text, end):
            return (
                f"旧年份未改：{report}年已经结束，这里说的是今后的打算，写的却是{year}年。",
                f"{report + 1}年",
            )
        if (
            _FUTURE.search(sentence)
            and not DONE_WORDS.search(sentence)
            and not _REFERENCE.search(sentence[5:])
        ):
            if report - 3 <= year < report or (
                planned and wanted is not None and report < wanted and year < wanted
            ):
                right_year = wanted if wanted is not None and planned else report + 1
                return f"旧年份未改：这里说的是今后的打算，写的却是{year}年。", f"{right_year}年"
        elif (
            year == report - 1 and not planned and _is_own_work(sentence, text[end : end + 48], line, report)
        ):
            return f"旧年份未改：报告期是{report}年，这里把{year}年写成了本期的工作。", f"{report}年"
        return "", None


def _as_of_last_year(text: str, start: int, end: int, line: str, report: int) -> bool:
    """截至2024年12月底，街道共有网格员136名, in a line that says nothing of 2025 and compares nothing."""
    before = text[max(0, start - 3) : start]
    if not before.endswith(("截至", "截止")) or _OPENS.search(text, max(0, start - 14), start - 2) is None:
        return False
    if _YEAR_END.match(text, end) is None or str(report) in line or "今年" in line:
        return False
    return _COMPARED.search(line) is None


def _year_is_over(time: Frame) -> bool:
    """Whether the report is on a whole year and was written at its end."""
    period = time.period
    if period is None or period.end is None or time.as_of is None:
        return False
    return period.whole_year and time.as_of >= period.end


def _is_own_work(sentence: str, after: str, line: str, report: int) -> bool:
    """Whether a sentence that opens with a year tells that year's work as if it were this report's."""
    if str(report) in line or "今年" in line:
        return False
    if _PREAMBLE.match(after) and not _COMPARED.search(sentence):
        return True
    if _REFERENCE.search(sentence[5:]):
        return False
    if DONE_WORDS.search(sentence) is None:
        return False
    own = _OWN.match(after)
    return own is not None or any(after.startswith(verb) for verb in words("predicates"))


def _is_heading(line: str, text: str, left: int) -> bool:
    """A title, or a numbered line that is no sentence."""
    if len(line) > 60 or not line.strip() or _HEADING.match(line) is None:
        return False
    numbered = re.match(r"[ \t　]*(?:#{1,6}\s|[（(]?[一二三四五六七八九十]{1,3}[）)、.．])", line) is not None
    return (
        numbered
        or not text[:left].strip()
        or re.search(r"(?:总结|计划|打算|汇报|报告|回顾|安排|思路)$", line.strip()) is not None
    )


def _follows_report(line: str, left: int, time: Frame, year: int) -> bool:
    """Whether the plan stands behind the year's report: its heading says so, or much text is above a bare heading."""
    if time.summed_up(year):
        return True
    period = time.period
    if period is None or not period.whole_year:
        return False
    return (
        left > 400
        and re.match(
            r"[ \t　#]*(?:[一二三四五六七八九]、)?\d{4}年(?:的)?(?:工作)?(?:安排|计划|打算|思路|目标任务|总体要求)",
            line,
        )
        is not None
    )


def _names_plan(line: str) -> bool:
    return (
        _AHEAD.search(line) is not None
        and _BEHIND.search(line) is None
        and re.search(r"下半年|季度|下一步|下步|下阶段|完成", line) is None
    )


def _in_heading(line: str, at: int, year: int, report: int | None) -> tuple[str, str | None]:
    """2023年工作总结 over a report on 2024; 2024年工作总结和2024年工作计划"""
    if report is None or _RANGE.search(line):
        return "", None
    years = [(match.end() + 1, number(match["year"])) for match in YEAR.finditer(line)]
    stop = next((end - 5 for end, _ in years if end > at), len(line))
    ahead, behind = _AHEAD.search(line, at, stop), _BEHIND.search(line, at, stop)
    if behind and year < report and (ahead is None or behind.start() < ahead.start()):
        return f"旧年份未改：报告期是{report}年，标题却写着{year}年。", f"{report}年"
    if ahead and behind is None and year < report:
        return f"旧年份未改：报告期是{report}年，计划却写着{year}年。", f"{report + 1}年"
    reported = any(found == report and end < at - 4 and _BEHIND.search(line, end, at) for end, found in years)
    if ahead and reported and year == report and not re.search(r"下半年|季度|下一步|下步|下阶段", line):
        return f"旧年份未改：总结和计划写了同一年（{year}年）。", f"{report + 1}年"
    return "", None
