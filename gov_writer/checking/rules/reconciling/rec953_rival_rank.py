"""REC953: two parts claim the same rank in the same field."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.reconciling.match import CERTAIN, Match
from gov_writer.checking.rules.reconciling.rec951_total_differs import evidence_of
from gov_writer.checking.rules.reconciling.units_told import of_one, part_name
from gov_writer.domain import Fact, Finding, Kind, Severity
from gov_writer.matching import subjects, units

_SHARED = ("并列",)


class RivalRank(Rule):
    code = "REC953"
    name = "rival-rank"
    severity = Severity.WARNING
    title = "两个单位自称同一名次"
    why = "同一项工作的“全区第一”只能有一个；两个单位都这样写，至少有一个不实。"
    bad = "甲街道“垃圾分类考核全区第一”，乙街道也写“垃圾分类考核位居全区第一”。"
    good = "甲街道“垃圾分类考核全区第一”，乙街道“垃圾分类考核全区第二”；或写明并列。"
    authority = Citation("本项目约定")

    def check(self, case: Case) -> Iterable[Finding]:
        claims = [
            Match(number, fact, certain=True)
            for number, part in enumerate(case.parts)
            for fact in part.facts
            if fact.kind is Kind.RANK and fact.value is not None and not fact.planned
        ]
        end = len(case.text)
        for one, two in combinations(claims, 2):
            reports = [case.parts[m.part] for m in (one, two)]
            if one.part == two.part or of_one(*reports) or not _rivals(case, one, two):
                continue
            names = [part_name(report) for report in reports]
            message = f"{names[0]}与{names[1]}都称“{one.fact.text}”（{one.fact.subject}）。"
            evidence = (evidence_of(case, one), evidence_of(case, two))
            yield self.found(case, end, end, message, evidence=evidence)


def _rivals(case: Case, one: Match, two: Match) -> bool:
    a, b = one.fact, two.fact
    if a.value != b.value or not units.same(a.unit or "", b.unit or "") or _scope(a) != _scope(b):
        return False
    if "top" in (a.mention.sub, b.mention.sub) or _apart(a, b):  # 前三 and 十强 have room for several
        return False
    if any(word in evidence_of(case, m).text for m in (one, two) for word in _SHARED):
        return False
    said = [evidence_of(case, m).text.replace(m.fact.text, "") for m in (one, two)]
    return max(subjects.alike(a.subject, b.subject), subjects.alike(*said)) >= CERTAIN


def _apart(a: Fact, b: Fact) -> bool:
    """Whether the ranks are of two stretches without a common day (一季度, 三季度); unknown ones may be one."""
    one, two = a.period, b.period
    return one is not None and two is not None and one.apart(two)


def _scope(fact: Fact) -> str:
    """全区, 全市, 全省 … as the words of the rank or its scope have it."""
    words = fact.text + fact.scope
    return next((word for word in ("全国", "全省", "全市", "全区", "全县", "全镇") if word in words), "")
