"""ARI203: a share or rate that the text's own part and whole do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.arithmetic import grammar
from gov_writer.checking.rules.arithmetic.grammar import Stretch, is_operand, same_unit
from gov_writer.checking.rules.arithmetic.interval import Interval, reading, share, shown
from gov_writer.domain import Approx, Fact, Finding, Kind, Severity
from gov_writer.text.lazy import lazy

_SHARE = lazy(r"占(?P<of>[^，,、；;。\d]{0,14})$")
_BARE_SHARE = lazy(r"[\u4e00-\u9fff]{0,8}?[，,（(]?(?:约|仅|已|均|分别|共)?占")
_NO_BASE = lazy(
    r"^(?:比重?|比例|总数|总量|总额|总人数|总户数|总件数|总面积|全部|整个|其中|其|的|达到?|为|到|约|近|了|超过?|高达|仅|只|比)*$"
)
_TASK = lazy(
    r"(?:完成|达到?|占)(?:了)?[^，,、；;。\d]{0,8}(?:任务|目标|计划|指标)(?:数|量|总数)?的?(?:约|近)?$"
)
#: 超额完成4.1亿元的年度任务: the target stands before its name.
_IS_TARGET = lazy("的?(?:全年|年度|年初|既定|预定|区里?|市里?|上级|下达的?){0,3}(?:任务|目标|计划|指标)")
_TASK_LABEL = lazy(r"任务|目标|计划|指标|应")
#: 应整改568处，年度任务420套: what was to be done.
_DUE = lazy(
    r"应(?!急|用|对|聘|届|付|援|邀)|(?:任务|目标|计划|指标)(?:数|量)?为?$|计划(?=建|新|改|完|实|整|拆|引|发)"
)
_RATE = lazy(r"(?P<verb>[\u4e00-\u9fff]{2})[率面](?:已|均|分别)?(?:达到|达|为|约|约为|是|超过|提高到|高达)?$")
#: Rates of a whole population or workforce: 城镇登记失业率3.6% is no share of what stands beside it.
_OF_PEOPLE = frozenset({"失业", "出生", "死亡", "增长", "发病", "患病", "离婚", "抚养", "镇化", "市化"})
_QUALIFIED = lazy(r"按时|按期|及时|一次|首次|初次|当场|当日|满意|综合|平均|均|全[国省市区县]")
#: 超年度计划1.3亿元: what lies between, not the plan.
_BEYOND = lazy(r"超|[多少差]出?(?:了|收|投)?$")
#: What a rate is called: 集中供养率达
_NAMED = lazy("(?P<name>[\u4e00-\u9fff]{2,8})率[^率]{0,3}$")
_OWN_WHOLE = lazy(r"的(?:约|近)?$")
#: 121件，占比35.1%: a part itself, no whole of what follows.
_IS_PART = lazy(r"[^，；。\d]{0,4}[，,（(]?(?:约|仅|共|分别)?占")
_SECTION = lazy("[；;]")
_LONGEST_WAY = 30
_MOST_WHOLES = 6


@dataclass(frozen=True, slots=True)
class _Candidate:
    part: Fact
    whole: Fact


class ShareRecomputed(Rule):
    code = "ARI203"
    name = "share-recomputed"
    severity = Severity.ERROR
    title = "占比或比率与数值不符"
    why = "部分与整体都写出来了，占比、办结率、完成率就能当场复算；算错会让整段数据失去可信度。"
    bad = "收集诉求120件，办结114件，办结率98%。"
    good = "收集诉求120件，办结114件，办结率95%。"
    authority = citations.ACCURATE

    def check(self, case: Case) -> Iterator[Finding]:
        for stretch in grammar.stretches(case):
            for at, fact in enumerate(stretch.facts):
                if fact.kind is Kind.PERCENT and fact.value is not None and fact.unit != "‰":
                    finding = self._judge(case, fact, list(_candidates(case.text, stretch, at)))
                    if finding is not None:
                        yield finding

    @staticmethod
    def _share(candidate: _Candidate, text: str) -> Interval | None:
        part, whole = reading(candidate.part.mention), reading(candidate.whole.mention)
        if part is None or whole is None:
            return None
        lead = text[max(0, candidate.whole.start - 12) : candidate.whole.start]
        exact = candidate.whole.mention.approx is Approx.EXACT and candidate.whole.value is not None
        if exact and re.search(r"任务|目标|计划|指标", lead):  # a target is what was written, not rounded
            whole = Interval(candidate.whole.value, candidate.whole.value)
        return share(part, whole)

    def _judge(self, case: Case, percent: Fact, candidates: Sequence[_Candidate]) -> Finding | None:
        stated = reading(percent.mention)
        if stated is None or not candidates:
            return None
        nearest: tuple[_Candidate, Decimal] | None = None
        for candidate in candidates:
            computed = self._share(candidate, case.text)
            if computed is None or computed.meets(stated):
                return None
            if nearest is None and computed.low is not None and computed.high is not None:
                nearest = candidate, (computed.low + computed.high) / 2
        if nearest is None:
            return None
        (candidate, value) = nearest
        right = f"{shown(value, percent.mention.step)}%"
        involved = (candidate.part, candidate.whole, percent)
        vague = any(f.mention.approx is not Approx.EXACT for f in involved)
        return self.found(
            case,
            min(f.start for f in involved),
            max(f.end for f in involved),
            f"比率与数值不符：{candidate.part.text} ÷ {candidate.whole.text} = {right}，文中写的是“{percent.text}”。",
            severity=self.severity.lowered() if vague else None,
            expected=right,
        )


def _candidates(text: str, stretch: Stretch, at: int) -> Iterator[_Candidate]:
    """What the percentage may be a share of; every one of them has to fail before anything is said."""
    percent = stretch.facts[at]
    earlier = [f for f in stretch.facts[max(0, at - 12) : at] if is_operand(f)]
    if not earlier:
        return
    previous = stretch.facts[at - 1]
    begin = earlier[-1].end if previous.kind is Kind.PERIOD else previous.end  # 完成全年目标的80%
    lead = text[max(begin, percent.start - 30) : percent.start]
    if previous is earlier[-1] and _OWN_WHOLE.fullmatch(lead):
        yield from _of_named_whole(text, stretch, earlier)
    elif task := _TASK.search(lead):
        yield from _of_task(text, stretch, earlier, task.end())
    elif match := _SHARE.search(lead):
        told = _first_of_list(text, stretch, at, earlier) if "分别" in lead else earlier
        yield from _of_share(text, stretch, told or earlier, percent, match["of"])
    elif _SECTION.search(text, earlier[-1].end, percent.start):
        return
    elif (
        (match := _RATE.search(lead))
        and match["verb"] not in _OF_PEOPLE
        and not _other_rate(text, stretch, earlier, lead)
    ):
        yield from _of_rate(text, stretch, earlier, match["verb"], percent.start)


def _first_of_list(text: str, stretch: Stretch, at: int, earlier: Sequence[Fact]) -> Sequence[Fact]:
    """男职工120人，女职工80人，分别占60%和40%: up to the figure that the first of the shares belongs to."""
    count = 1
    for one, other in zip(stretch.facts[at:], stretch.facts[at + 1 :], strict=False):
        if other.kind is not Kind.PERCENT or text[one.end : other.start].strip() not in {
            "、",
            "和",
            "，",
            "及",
            "与",
        }:
            break
        count += 1
    return earlier[: len(earlier) - count + 1]


def _other_rate(text: str, stretch: Stretch, earlier: Sequence[Fact], lead: str) -> bool:
    """Whether the rate is qualified (按期办结率) and no figure is told with the same word."""
    word = _QUALIFIED.search(lead)
    return word is not None and not any(word[0] in _label(text, stretch, fact) for fact in earlier)


def _of_named_whole(text: str, stretch: Stretch, earlier: Sequence[Fact]) -> Iterator[_Candidate]:
    """完成29.8亿元，占全年任务42亿元的71%"""
    whole = earlier[-1]
    lead = text[max(stretch.start, whole.start - 16) : whole.start]
    if not re.search(r"占|完成|达到?|为", lead):
        return
    for part in reversed(earlier[:-1]):
        if same_unit(part, whole):
            yield _Candidate(part, whole)
            return


def _of_task(text: str, stretch: Stretch, earlier: Sequence[Fact], _: int) -> Iterator[_Candidate]:
    """年度任务150户，已改造120户，完成任务的80%"""
    labels = [(f, _label(text, stretch, f)) for f in earlier]
    wholes = [f for f, label in labels if _TASK_LABEL.search(label) and not _BEYOND.search(label)]
    for whole in reversed(wholes):
        for part in reversed(earlier):
            if part not in wholes and same_unit(part, whole):
                if not _done_with(text, stretch, whole, part):
                    yield _Candidate(part, whole)
                return


def _of_share(
    text: str, stretch: Stretch, earlier: Sequence[Fact], percent: Fact, base: str
) -> Iterator[_Candidate]:
    """企业120家，其中规上企业30家，占25%"""
    part = earlier[-1]
    way = text[part.end : percent.start]
    if "分别" not in way and (len(way) > _LONGEST_WAY or _BARE_SHARE.match(way) is None):
        return
    wholes = [
        f
        for f in reversed(earlier[:-1])
        if same_unit(f, part) and not _IS_PART.match(text, f.end, f.end + 12)
    ][:_MOST_WHOLES]
    if not _NO_BASE.match(base):
        noun = re.sub(r"的|总数|总量|总|全部|比重|比例|比|达到?|为|数|约", "", base)
        wholes = [f for f in wholes if noun and noun in _label(text, stretch, f) + _tail(text, stretch, f)]
    for whole in wholes:
        if whole.value is not None and part.value is not None and whole.value >= part.value:
            yield _Candidate(part, whole)


def _of_rate(
    text: str, stretch: Stretch, earlier: Sequence[Fact], verb: str, end: int
) -> Iterator[_Candidate]:
    """收集诉求120件，办结114件，办结率95%"""
    labels = [(f, _label(text, stretch, f)) for f in earlier]
    targets = [f for f in earlier if _IS_TARGET.match(text, f.end)]
    for target in targets if verb == "完成" else ():
        yield from (
            _Candidate(f, target) for f in reversed(earlier) if f not in targets and same_unit(f, target)
        )
    if targets:
        return
    due = [f for f, label in labels if _DUE.search(label)]
    done = [f for f, label in labels if "实" in label] if due else []
    done = done or [
        f
        for f, label in labels
        if (verb in label or verb[::-1] in label or f"已{verb[0]}" in label) and f not in due
    ]  # 收回465份，回收率93%
    if not done:
        return
    lead = _NAMED.search(text, max(stretch.start, end - 12), end)
    name = lead["name"] if lead else ""
    part = max(done, key=lambda f: (_shared_end(name, _label(text, stretch, f)), f.start))
    if _SECTION.search(text, part.end, end):
        return  # 化解66件；白塔村54件全部化解，化解率100%
    wholes = [
        f
        for f in reversed(earlier)
        if (f.start < part.start or f in due)
        and f not in done
        and same_unit(f, part)
        and not _done_with(text, stretch, f, part)
    ]
    for whole in wholes[:_MOST_WHOLES]:
        if _one_of_several(text, stretch, whole):
            return  # 班子和个人分别查摆问题8个、28个，已整改34个
        yield _Candidate(part, whole)


def _one_of_several(text: str, stretch: Stretch, fact: Fact) -> bool:
    """Whether a figure is the last of a list told 分别, so that the whole is what they add up to."""
    at = stretch.index(fact.start)
    before = stretch.facts[at - 1] if at else None
    if (
        before is None
        or not same_unit(before, fact)
        or text[before.end : fact.start] not in ("、", "和", "及", "与")
    ):
        return False
    return "分别" in text[max(stretch.start, before.start - _LONGEST_WAY) : before.start]


def _done_with(text: str, stretch: Stretch, whole: Fact, part: Fact) -> bool:
    """Whether the whole has its own share before the part's section begins: 目标6.2亿元，完成率52.3%；投资完成11.6亿元."""
    between = stretch.facts[stretch.index(whole.start) + 1 : stretch.index(part.start)]
    shared = any(f.kind is Kind.PERCENT for f in between)
    return shared and _SECTION.search(text, whole.end, part.start) is not None


def _shared_end(name: str, label: str) -> int:
    """How much of a rate's name a label holds, from the end: 集中供养 of 集中供养率 in 集中供养26人."""
    return max((size for size in range(1, len(name) + 1) if name[-size:] in label), default=0)


def _label(text: str, stretch: Stretch, fact: Fact) -> str:
    """The words of its clause before a figure."""
    at = stretch.index(fact.start)
    left = stretch.facts[at - 1].end if at else stretch.start
    words = text[max(left, fact.start - 24) : fact.start]
    return re.split(r"[，,、；;：:]", words)[-1]


def _tail(text: str, stretch: Stretch, fact: Fact) -> str:
    return grammar.trailing_noun(text, fact.end, stretch.end)
