"""ARI206: percent where percentage points are meant, or points said of something that is no rate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.arithmetic import grammar
from gov_writer.checking.rules.arithmetic.changes import FOLLOWS, POINTS, percent_pairs
from gov_writer.checking.rules.arithmetic.grammar import Stretch, is_operand
from gov_writer.checking.rules.arithmetic.interval import growth, reading, shown
from gov_writer.domain import Fact, Finding, Kind, Severity
from gov_writer.text.lazy import lazy

_RATE_NOUN = lazy(r"率|比重|占比|比例|增速|增幅|涨幅|降幅|速度|幅度|程度|指数|份额|水平|覆盖面|度")
_SHARE_NOUN = lazy(r"率|比重|占比|比例")
_AMOUNT_SHARE = lazy(r"(?:产值|收入|投资|营收|销售额|零售额|税收|增加值|面积|出口额?|用电量|支出)占比[，,]?$")
_NO_RATE = lazy(r"效率|频率|功率|汇率|利率|税率|生产率|速率|概率|心率|容积率|产出率|分辨率")
_AMOUNT_NOUN = lazy(
    r"(?:(?<!指)数|量|额|产值|收入|投资|营收|人次|批次|件次|次数|余额|人数|起数|件数|总数|总值|税收|支出)(?:同比|环比|比去年|比上年|较去年|较上年|同期|分别|均|也|已|再|共|、|，|相比)*$"
)
#: 增速较上年提高1.2%: the change of a growth or share is never a percentage of it.
_OF_GROWTH = lazy(
    r"(?:增速|增幅|涨幅|降幅|增长率|比重|占比)(?:同比|分别|也|均)?(?:(?:较|比|与)(?:去年|上年|前年|上半年|上季度?|上月|一季度|年初|全[国省市区县]|20\d\d年)(?:同期|平均|相比)?(?:水平)?)?$"
)
#: 超目标任务26.2个百分点: the completion rate, beside its hundred per cent.
_OVER_TARGET = lazy(
    r"[超高快]于?(?:额|出|过)?(?:全年|年度|年初|序时|时序|既定|区定|市定)*(?:目标|任务|计划|进度)"
)
_TURN = lazy(r"提高|增加|提升|上升|下降|降低|回落|上涨")


class PercentAndPoints(Rule):
    code = "ARI206"
    name = "percent-and-points"
    severity = Severity.WARNING
    title = "百分比与百分点混用"
    why = (
        "两个百分比相减得到的是百分点；写成“提高3%”意思是原值的百分之三，差出许多。数量的增减则不能用百分点。"
    )
    bad = "垃圾分类参与率由12%提高到15%，提高3%。"
    good = "垃圾分类参与率由12%提高到15%，提高3个百分点。"
    authority = citations.HOUSE

    def check(self, case: Case) -> Iterator[Finding]:
        for stretch in grammar.stretches(case):
            for section in grammar.sections(case.text, stretch):
                judged: set[int] = set()
                yield from self._of_pairs(case, section, judged)
                for at, fact in enumerate(section.facts):
                    if fact.kind is Kind.GROWTH and fact.start not in judged:
                        yield from self._alone(case, section, at)

    def _of_pairs(self, case: Case, section: Stretch, judged: set[int]) -> Iterator[Finding]:
        """由12%提高到15%，提高3%"""
        for before, after, change in percent_pairs(case.text, section):
            if change.start in judged:
                continue
            judged.add(change.start)
            low, high, stated = reading(before.mention), reading(after.mention), reading(change.mention)
            if low is None or high is None or stated is None or before.value is None or after.value is None:
                continue
            difference, relative = high - low, growth(low, high)
            is_relative = relative is not None and relative.meets(stated)
            right = _points(abs(after.value - before.value), after.value < before.value)
            if change.unit == POINTS:
                if difference.meets(stated) or not is_relative:
                    continue
                message = (
                    f"百分点算成了百分比：“{before.text}”到“{after.text}”相差{right}，不是“{change.text}”。"
                )
            elif not difference.meets(stated) and is_relative:
                continue
            else:
                message = f"两个百分比之差应说百分点：“{before.text}”到“{after.text}”为{right}，不是“{change.text}”。"
            yield self.found(case, change.start, change.end, message, expected=right)

    def _alone(self, case: Case, section: Stretch, at: int) -> Iterator[Finding]:
        fact = section.facts[at]
        previous = section.facts[at - 1] if at else None
        near = previous is not None and previous.kind is not Kind.PERIOD and fact.start - previous.end <= 8
        way = case.text[previous.end : fact.start] if previous is not None else ""
        subject = _subject(case.text, section, fact, previous)
        if fact.unit == POINTS:
            if _RATE_NOUN.search(fact.text) or _OVER_TARGET.search(
                case.text, max(section.start, fact.start - 12), fact.end
            ):
                return
            amount = near and previous is not None and is_operand(previous) and previous.unit != POINTS
            if (amount and not _RATE_NOUN.search(way + subject)) or (
                not near and _AMOUNT_NOUN.search(subject) and not _RATE_NOUN.search(subject)
            ):
                message = f"数量的增减不用百分点：“{fact.text}”应写成百分之几（%），或者写明是哪项比率。"
                yield self.found(case, fact.start, fact.end, message)
            return
        if fact.unit != "%" or fact.value is None or not _TURN.search(fact.text):
            return
        if fact.text[-1] in "%％" and _OF_GROWTH.search(
            case.text, max(section.start, fact.start - 24), fact.start
        ):
            right = _points(abs(fact.value), fact.value < 0)
            message = f"增速、占比的变动要用百分点：“{fact.text}”应写{right}。"
            yield self.found(case, fact.start, fact.end, message, expected=right)
            return
        rate = (
            near and previous is not None and previous.kind is Kind.PERCENT and not _NO_RATE.search(subject)
        )
        if fact.mention.basis and _AMOUNT_SHARE.search(subject):
            return  # 轻工业产值占比23.9%，同比增长0.8%: the output grew
        if rate and FOLLOWS.fullmatch(way) and _SHARE_NOUN.search(subject):
            right = _points(abs(fact.value), fact.value < 0)
            message = f"比率的变动一般用百分点：“{fact.text}”如指两个百分比之差，应写{right}。"
            yield self.found(case, fact.start, fact.end, message, expected=right)


def _points(value: object, falls: bool) -> str:
    from decimal import Decimal

    assert isinstance(value, Decimal)
    return f"{'下降' if falls else '提高'}{shown(value)}{POINTS}"


def _subject(text: str, section: Stretch, fact: Fact, previous: Fact | None) -> str:
    """The words that name the indicator: of the clause, or of the one before where the clause has no noun."""
    start = max(section.start, fact.start - 40)
    if previous is not None and previous.start > start:
        before = re.split(r"[，,；;。]", text[start : previous.start])[-1]
        return before + text[previous.end : fact.start]
    return re.split(r"[，,；;。]", text[start : fact.start])[-1]
