"""ARI205: the same indicator of the same period and place has two values in one text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.arithmetic.grammar import is_operand
from gov_writer.checking.rules.dates.frame import PLAN_WORDS, frame
from gov_writer.domain import Approx, Evidence, Fact, Finding, Kind, Period, Severity
from gov_writer.matching import subjects, units, values
from gov_writer.text.lazy import lazy

_Key = tuple[str, str, Kind, str, bool]
_SHORTEST = 4
#: Words in a clause that make the value one of another time, place or kind than the subject shows.
_OTHERWISE = lazy(
    r"其中|去年|上年|同期|上半年|下半年|季度|同比|环比|目标|任务|计划|力争|确保|预计|拟|将|到20\d\d年|首|每|平均|人均|先后|分别|累计|新增|"
    r"各|又|再|还|另|此外|剩余|已有|第[一二三四五六七八九十]|[1-9]\d?(?:[—\-－至到]\d+)?月"
)
_MOST_OF_ONE = 12
#: 清溪社区……办结982件 and 东岭社区……办结1130件 are no contradiction.
_NAME = lazy(r"[\u4e00-\u9fff]{2}(?:社区|村|小区|街道|镇|乡|园区|大队|支部|学校|医院|公司|分局)")
_DIGITS = lazy("[0-9]+")
_NEAR = 240
#: The reporting unit's own name, when the text names no other of its kind.
_UNIT = lazy(r"[\u4e00-\u9fff]{2}(?:街道|镇(?!区|村)|乡(?![村镇亲]))")
_DONE = lazy(r"(?:全年|今年以来|一年来|年内|街道|全街道|我街道)*(?:共(?!同|建|享|治)|累计|已)")
#: Who reports: 街道共调解…, 我街道常住人口 and 常住人口 are the same unit's.
_SELF = lazy(r"(?:我|本|全|该)?(?:街道|镇|乡|办事处|辖区|区|县|市)?(?:党工委|办事处)?(?:辖区内)?(?:共有?)?")
_OWNERS = frozenset(
    {"街道", "我街道", "全街道", "本街道", "辖区", "全镇", "我镇", "街道办事处", "街道党工委"}
)
#: 街道下辖12个社区, and 13个社区全部…: more than there are.
_HAS = lazy(r"(?:下辖|管辖|辖有|共辖|辖)(?P<number>\d{1,3})个(?P<what>社区|行政村)")
_ALL_OF = lazy(
    r"(?<![\d.、])(?P<number>\d{1,3})个(?P<what>社区|行政村)(?:全部|均已|都已|全覆盖|实现全覆盖|无一)"
)


class SameFigureDiffers(Rule):
    code = "ARI205"
    name = "same-figure-differs"
    severity = Severity.WARNING
    title = "同一指标前后不一"
    why = "开头说8753处、后文说8735处，读者不知道该信哪个；多半是只改了一处。"
    bad = "今年累计排查燃气隐患356处。\n回顾全年，累计排查燃气隐患365处，全部整改。"
    good = "今年累计排查燃气隐患356处。\n回顾全年，累计排查燃气隐患356处，全部整改。"
    authority = citations.ACCURATE

    def check(self, case: Case) -> Iterator[Finding]:
        time = frame(case)
        groups: dict[tuple[_Key, str], list[Fact]] = defaultdict(list)
        found: list[Finding] = []
        units_named = {m[0] for m in _UNIT.finditer(case.text)}
        own = units_named.pop() if len(units_named) == 1 else None
        for fact in case.claims.of(case.draft.id):
            key = _key(fact)
            if key is None or fact.planned or time.looks_ahead(fact.start) or _is_planned(case.text, fact):
                continue
            near = _nearest_name(case.text, fact)
            same = groups[key, "" if near == own else near]
            for earlier in same:
                if _contradict(case.text, earlier, fact, time.period):
                    found.append(self._report(case, earlier, fact))
                    break
            if len(same) < _MOST_OF_ONE:
                same.append(fact)
        found += self._more_than_there_are(case)
        yield from sorted(found, key=lambda f: f.start)

    def _more_than_there_are(self, case: Case) -> Iterator[Finding]:
        has = _HAS.search(case.text)
        others = list(_HAS.finditer(case.text))[1:] if has is not None else []
        if has is None or any(m["what"] == has["what"] and m["number"] != has["number"] for m in others):
            return
        for match in _ALL_OF.finditer(case.text, has.end()):
            if match["what"] == has["what"] and int(match["number"]) > int(has["number"]):
                line, _ = case.lines.at(has.start())
                right = f"{has['number']}个{has['what']}"
                message = f"前后不一：第{line}行说辖{right}，这里写的是“{match['number']}个{match['what']}”。"
                yield self.found(case, match.start(), match.end("what"), message, expected=right)

    def _report(self, case: Case, earlier: Fact, fact: Fact) -> Finding:
        line, _ = case.lines.at(earlier.start)
        place = Evidence(
            source=case.draft.path,
            locator=f"第{line}行",
            text=case.text[earlier.sentence[0] : min(earlier.sentence[1], earlier.sentence[0] + 120)],
        )
        vague = Approx.EXACT not in (earlier.mention.approx, fact.mention.approx)
        return self.found(
            case,
            fact.start,
            fact.end,
            f"同一指标前后不一：“{fact.subject}”在第{line}行是“{earlier.text}”，这里是“{fact.text}”。",
            severity=self.severity.lowered() if vague else None,
            expected=earlier.text,
            evidence=(place,),
        )


def _key(fact: Fact) -> _Key | None:
    """What makes two facts claims about one thing; None for facts that nothing else can contradict."""
    if fact.kind not in (Kind.QUANTITY, Kind.PERCENT, Kind.GROWTH, Kind.RANK) or fact.value is None:
        return None
    if fact.kind is Kind.QUANTITY and not is_operand(fact):
        return None
    subject = _own_subject("".join(fact.subject.split()))
    if len(subject) < _SHORTEST or fact.cell is not None:
        return None
    actor, scope = ("" if one in _OWNERS else one for one in (fact.actor, fact.scope))
    return subject, units.canonical(fact.unit), fact.kind, scope + "|" + actor, fact.planned


def _own_subject(subject: str) -> str:
    """The subject without who reports, if enough of it remains."""
    match = _SELF.match(subject)
    rest = (subject[match.end() :] if match is not None else subject).removesuffix("内")
    return rest if len(rest) >= _SHORTEST else subject


def _contradict(text: str, earlier: Fact, fact: Fact, own: Period | None) -> bool:
    if not _same_period(earlier.period, fact.period, own) or earlier.mention.basis != fact.mention.basis:
        return False
    if not _looks_like_a_slip(earlier, fact):
        return False
    if _each_its_own(text, earlier, fact):
        return False
    between = text[earlier.end : fact.start]
    if not ("。" in between or "\n" in between) or not _said_alike(text, earlier, fact):
        return False
    if values.compare(fact.mention, earlier.mention) is not values.Verdict.DIFFERENT:
        return False
    return earlier.subject != fact.subject or subjects.similarity(earlier, fact) >= 0.9


_HEAD = lazy(r"[^\d，。；：、\n]{4,40}(?=\d)")
_NO_THING = lazy("年|月|累计|共|总计|街道|截至|目前|已|本|我")


def _each_its_own(text: str, earlier: Fact, fact: Fact) -> bool:
    """智造园总投资6亿元，已完成投资2亿元。 and 康养中心总投资3亿元，已完成投资1亿元。 tell of two things."""
    heads = [_HEAD.match(text, one.sentence[0], one.sentence[1]) for one in (earlier, fact)]
    one, other = heads
    if one is None or other is None or earlier.start < one.end() + 1 or fact.start < other.end() + 1:
        return False
    shared = 0
    while shared < min(len(one[0]), len(other[0])) and one[0][-1 - shared] == other[0][-1 - shared]:
        shared += 1
    things = [head[0][: len(head[0]) - shared] for head in (one, other)]
    return shared >= 2 and all(len(thing) >= 3 and not _NO_THING.search(thing) for thing in things)


def _nearest_name(text: str, fact: Fact) -> str:
    """The last place or body named before a figure in its paragraph, "" if none is near."""
    begin = max(text.rfind("\n", 0, fact.start) + 1, fact.start - _NEAR)
    names = _NAME.findall(text, begin, fact.start)
    return names[-1] if names else ""


def _is_planned(text: str, fact: Fact) -> bool:
    if _DONE.match(text, max(fact.clause[0], fact.start - 40), fact.start):
        return False  # 推动力量下沉，全年共调解628件
    start, end = max(fact.sentence[0], fact.start - 200), min(fact.sentence[1], fact.end + 200)
    return PLAN_WORDS.search(text, start, end) is not None


def _looks_like_a_slip(earlier: Fact, fact: Fact) -> bool:
    """Values near each other or alike in their digits; far apart they count different things.

    Only a long subject that sums something up (累计…, 共…) has one value whatever the digits.
    """
    a, b = earlier.mention, fact.mention
    one, two, said = a.value, b.value, (a.approx, b.approx)
    if one == two or Approx.AT_LEAST in said or Approx.AT_MOST in said:
        return False  # 240座 and 超240座; 94.9% and 95%以上, what was reached and what is asked
    if one is None or two is None or Approx.EXACT not in said:
        return False
    if abs(one - two) * 7 <= max(abs(one), abs(two)):
        return True
    left, right = _digits(a.text), _digits(b.text)
    if left and right and (left == right or (len(left) > 1 and sorted(left) == sorted(right))):
        return True
    if len(left) == len(right) > 2 and sum(a != b for a, b in zip(left, right, strict=True)) == 1:
        return True
    return len(fact.subject) >= 8 and "累计" in fact.subject


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text)).rstrip("0")


def _same_period(a: Period | None, b: Period | None, own: Period | None) -> bool:
    """今年以来, 全年, 截至年底 and nothing at all are the report's own time."""
    return _span(a, own) == _span(b, own)


def _span(period: Period | None, own: Period | None) -> tuple[object, object]:
    if period is None or (own is not None and (period.start, period.end) == (own.start, own.end)):
        return (None, None)
    return (period.start, period.end)


def _said_alike(text: str, earlier: Fact, fact: Fact) -> bool:
    """Both clauses hold the same qualifying words (其中, 上半年, 任务 …), or none."""
    left, right = (
        set(_OTHERWISE.findall(text, max(f.clause[0], f.start - 200), min(f.clause[1], f.end + 200)))
        for f in (earlier, fact)
    )
    return left == right
