"""DAT305: something that lies after the reference date is told as done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.dates.frame import DONE_WORDS, PLAN_WORDS, Frame, frame, sentence_around
from gov_writer.domain import Fact, Finding, Kind, Period, Severity
from gov_writer.lexicon import words
from gov_writer.text.lazy import lazy

_SUBS = frozenset(
    {
        "month",
        "month-range",
        "quarter",
        "half-year",
        "as-of",
        "year",
        "day",
        "quarter-end",
        "since-month",
        "deadline",
    }
)
#: A year is named in so many sentences that only the plain perfect counts.
_PERFECT = lazy(r"已|了(?![解望])|共(?![同建享治商产])|累计|圆满|成功|顺利|先后|获评|荣获|被评")
_TARGETS = lazy(r"届时|到期|有效期|合同|工期|租期|期限|任期|竣工日期|申报了|列入|纳入|谋划|储备|部署|启动了")


#: A report that ends in November or December may well speak of the whole year.
_LATEST = 10
#: 明年，街道完成了…; 12月底前，完成了…: nothing between makes a plan of it.
_PLAINLY = lazy(
    r"(?:之?前|以前)?[，,]?(?:全?街道|我街道|各社区|我们|全镇)?(?:已经?|共|全面|顺利|圆满)*(?:完成|建成|开展|实现|举办|召开|组织|新增|新建|改造|整治|打造|成立|引进|化解|走访|排查)了"
)
#: 11月20日，街道召开推进会，部署…: the doing stands right behind its day.
_HELD = lazy(
    r"(?:[上下]午)?[，,]?(?:全?街道|我街道|街道党工委)?(?:组织)?(?:召开|举办|举行|开展|组织)(?:了)?[^，,。；]{2,20}[，,。]"
)
_DID = lazy(r"[，,]?(?:全?街道|我街道|各社区)?(?:共(?!同|有)|累计|已|先后|组织|开展|排查|化解|走访)")


class FutureAsDone(Rule):
    code = "DAT305"
    name = "future-as-done"
    severity = Severity.WARNING
    title = "未到的时间写成已完成"
    why = "稿子截至某一天，却说之后的事“已完成”，不是日期错了，就是把计划写成了成绩。"
    bad = "（截至2025年10月31日）11月20日，已完成全部老旧小区改造。"
    good = "（截至2025年10月31日）11月20日前将完成全部老旧小区改造。"
    authority = citations.HOUSE

    def check(self, case: Case) -> Iterator[Finding]:
        time = frame(case)
        if time.as_of is None:
            return
        for fact in case.claims.of(case.draft.id):
            whole = case.period is not None and _year_not_over(fact, case.period, case.text)
            late = whole or _comes_later(fact, time.as_of)
            if not late or not (whole or _told_as_done(case.text, fact, time)):
                continue
            if whole and (fact.planned or time.looks_ahead(fact.start)):
                continue
            day = time.as_of
            yield self.found(
                case,
                fact.start,
                fact.end,
                f"未到的时间写成已完成：“{fact.text}”晚于截止日{day.year}年{day.month}月{day.day}日。",
            )


def _year_not_over(fact: Fact, period: Period, text: str) -> bool:
    """Whether a report on part of a year (2025年上半年) tells of the whole one: 全年共排查…"""
    if fact.kind is not Kind.PERIOD or fact.text not in ("全年", "全年度") or period.end is None:
        return False
    left, right = sentence_around(text, fact.start, fact.end)
    sentence = text[left:right]
    if PLAN_WORDS.search(sentence) or _TARGETS.search(sentence):
        return False
    return period.end.month <= _LATEST and _DID.match(text, fact.end) is not None


def _comes_later(fact: Fact, as_of: date) -> bool:
    mention = fact.mention
    if fact.kind is Kind.DATE or fact.kind is Kind.DATE_RANGE:
        end = mention.date_end or mention.date_start
        return end is not None and end > as_of and mention.sub not in ("day-only", "time-of-day")
    if fact.kind is not Kind.PERIOD or mention.sub not in _SUBS:
        return False
    if mention.date_start is not None:
        return mention.date_start > as_of
    end = mention.date_end
    return end is not None and end > as_of and (end.year, end.month) != (as_of.year, as_of.month)


def _told_as_done(text: str, fact: Fact, time: Frame) -> bool:
    if _PLAINLY.match(text, fact.end):
        return True
    if fact.planned or time.looks_ahead(fact.start):
        return False
    left, right = sentence_around(text, fact.start, fact.end)
    sentence = text[left:right]
    held = fact.kind is Kind.DATE and _HELD.match(text, fact.end) is not None
    if PLAN_WORDS.search(sentence) or (_TARGETS.search(sentence) and not held):
        return False
    if re.match(r"(?:底|末)?(?:前|之前|以前)", text[fact.end : fact.end + 3]) or fact.text.endswith("前"):
        return False
    whole_year = fact.kind is Kind.PERIOD and fact.mention.sub == "year"
    if whole_year and not _tells_when(text, fact):
        return False
    begin = fact.mention.date_start
    goes_on = begin is not None and time.as_of is not None and begin <= time.as_of
    if whole_year or goes_on:
        return _PERFECT.search(sentence) is not None
    return DONE_WORDS.search(sentence) is not None or any(verb in sentence for verb in words("predicates"))


def _tells_when(text: str, fact: Fact) -> bool:
    """Whether a year says when something was done: 2027年，…; 于2027年建成; not of which year a thing is.

    申办2028年运动会, 征订2026年党报党刊, 2026年度医保缴费 and 2026年项目库 name things of a coming year.
    """
    before, after = text[fact.start - 1 : fact.start], text[fact.end : fact.end + 8]
    opens = not before or before in "。；，、：,;:\n 　（(于在到至"
    if re.match(r"\d{4}年$", fact.text) is None or not opens:
        return False
    verbs = words("predicates")
    return _SUBJECT.match(after) is not None or any(after.startswith(verb) for verb in verbs)


_SUBJECT = lazy(
    r"[，,]|全[市区县镇乡街]|我[市区县镇乡街们]|街道|共[^同]|累计|先后|已|新(?!年|春)|全面|正式|顺利|如期|提前|圆满|成功"
)
