"""REC951: the parts don't add up to the total, or a part says another value than the total's table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED, Citation, Rule
from gov_writer.checking.rules.reconciling import sums
from gov_writer.checking.rules.reconciling.match import Indicator, Match, indicators
from gov_writer.checking.rules.reconciling.silent import has_none
from gov_writer.checking.rules.reconciling.units_told import file_name, part_name
from gov_writer.domain import Evidence, Fact, Finding, Severity
from gov_writer.matching import values
from gov_writer.matching.values import Verdict

#: As many parts are named in a message; all are in the evidence.
NAMED = 12


class TotalDiffers(Rule):
    code = "REC951"
    name = "total-differs"
    severity = Severity.WARNING
    title = "分项之和与总数不符"
    why = "汇总表的总数应当等于各单位报送数之和；不等，说明有单位漏报、重报，或汇总时抄错。"
    bad = "总表“排查隐患1200处”，各街道报告分别为412处、388处、380处（合计1180处）。"
    good = "总表“排查隐患1180处”，各街道报告分别为412处、388处、380处。"
    authority = Citation("统计法", "第七条", "真实、准确、完整、及时地提供统计调查所需的资料")

    def check(self, case: Case) -> Iterable[Finding]:
        for indicator in case.once(indicators):
            yield from self._cells(case, indicator)
            yield from self._twice(case, indicator)
            if indicator.total is not None and indicator.adds_up:
                yield from self._sum(case, indicator, indicator.total)

    def _cells(self, case: Case, indicator: Indicator) -> Iterable[Finding]:
        """A part's own column or row in the total against what the part says itself."""
        for match in indicator.matches:
            cell = indicator.cells.get(match.part)
            if cell is None or values.compare(cell.mention, match.fact.mention) is not Verdict.DIFFERENT:
                continue
            name = part_name(case.parts[match.part])
            said = f"总表中{name}“{indicator.name}”为“{cell.text}”，该单位材料为“{match.fact.text}”。"
            yield self._report(case, cell, said, [match], certain=match.certain)

    def _twice(self, case: Case, indicator: Indicator) -> Iterable[Finding]:
        """Two files of one unit that tell different values."""
        for other, counts in indicator.told_twice:
            if values.compare(other.fact.mention, counts.fact.mention) is not Verdict.DIFFERENT:
                continue
            unit = part_name(case.parts[counts.part])
            files = "”和“".join(file_name(case.parts[match.part]) for match in (other, counts))
            said = f"{unit}交来“{files}”，“{indicator.name}”分别为“{other.fact.text}”“{counts.fact.text}”，这里按后者计算。"
            anchor = (
                indicator.cells.get(counts.part) or indicator.total or next(iter(indicator.cells.values()))
            )
            certain = other.certain and counts.certain
            yield self._report(case, anchor, said, [other, counts], certain=certain)

    def _sum(self, case: Case, indicator: Indicator, total: Fact) -> Iterable[Finding]:
        matches = indicator.matches
        if len(matches) < 2:
            return
        summed = sums.total(match.fact.mention for match in matches)
        claimed = sums.of(total.mention)
        if summed.meets(claimed):
            return
        told = {match.part for match in matches}
        silent = set(range(len(case.parts))) - told - indicator.beside
        missing = any(not has_none(case, indicator, n) for n in silent)
        too_small = summed.high is None or (claimed.low is not None and summed.high < claimed.low)
        if missing and too_small:
            return  # what the missing parts did not report may make up the difference: REC952 tells
        certain = all(match.certain for match in matches)
        shown = "＋".join(f"{part_name(case.parts[m.part])}{_told(m.fact)}" for m in matches[:NAMED]) + (
            "＋…" if len(matches) > NAMED else ""
        )
        result = f"{summed.told}{total.unit or ''}" if summed.told else "另一数值"
        said = f"“{indicator.name}”总数为“{total.text}”，各部分合计为{result}（{shown}）。"
        yield self._report(case, total, said, matches, certain=certain, exact=summed.exact and claimed.exact)

    def _report(
        self,
        case: Case,
        fact: Fact,
        said: str,
        matches: Sequence[Match],
        *,
        certain: bool,
        exact: bool = True,
    ) -> Finding:
        message = f"与分项不符：{said}" if certain else f"{UNDECIDED}：{said}指标是否相同，请核对。"
        severity = Severity.WARNING if certain and exact else Severity.INFO
        evidence = tuple(evidence_of(case, match) for match in matches)
        return self.found(case, fact.start, fact.end, message, severity=severity, evidence=evidence)


def _told(fact: Fact) -> str:
    """A figure in its own words, those of halves and quarters in brackets."""
    return f"（{fact.text}）" if "＋" in fact.text else fact.text


def evidence_of(case: Case, match: Match) -> Evidence:
    """The part's own sentence."""
    source = case.parts[match.part].sources[0]
    start, end = match.fact.sentence
    text = source.text[start:end] or match.fact.text
    return Evidence(source=source.path, locator=match.fact.locator, text=text.strip())
