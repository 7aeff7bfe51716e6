"""REC952: an indicator of the total that some parts report and others don't mention."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rule import UNDECIDED, Citation, Rule
from gov_writer.checking.rules.reconciling import sums
from gov_writer.checking.rules.reconciling.match import Indicator, Match, indicators
from gov_writer.checking.rules.reconciling.rec951_total_differs import evidence_of
from gov_writer.checking.rules.reconciling.silent import has_none, in_other_unit
from gov_writer.checking.rules.reconciling.units_told import part_name
from gov_writer.domain import Fact, Finding, Severity

#: One part in so many may be asked why it does not tell; where more don't, the words are in doubt.
FEW = 6


class PartMissing(Rule):
    code = "REC952"
    name = "part-missing"
    severity = Severity.WARNING
    title = "有单位未报该指标"
    why = "同一指标多数单位都报了，个别单位没有提到，汇总数就可能少了一块。"
    bad = "三个街道中两个写了“新增就业人数”，第三个没有。"
    good = "三个街道都写了“新增就业人数”，没有的写明“无”。"
    authority = Citation("本项目约定")

    def check(self, case: Case) -> Iterable[Finding]:
        for indicator in case.once(indicators):
            if not indicator.adds_up:
                continue
            told = {match.part for match in indicator.matches} | indicator.beside
            certain = indicator.certain
            if len(certain) < min(2, len(case.parts) - 1) or 2 * len(certain) < len(case.parts):
                continue  # what most parts don't tell in words is not expected of the others
            missing = [
                n for n in range(len(case.parts)) if n not in told and not has_none(case, indicator, n)
            ]
            anchor = indicator.total or next(iter(indicator.cells.values()), None)
            if anchor is None:
                continue
            other = {n: fact for n in missing if (fact := in_other_unit(case, indicator, n)) is not None}
            if _makes_it_up(indicator, other):
                continue
            told = told | {n for n, fact in other.items() if _is_cell(indicator, n, fact)}
            missing, other = (
                [n for n in missing if n not in told],
                {n: f for n, f in other.items() if n not in told},
            )
            missing = [n for n in missing if n in other or not _complete(indicator)]
            if not missing:
                continue
            silent = [part_name(case.parts[n]) for n in missing if n not in other]
            said = [f"{'、'.join(silent)}的材料中没有找到"] if silent else []
            said += [
                f"{part_name(case.parts[n])}写的是“{fact.text}”，计量单位不同，不能相加"
                for n, fact in other.items()
            ]
            message = f"“{indicator.name}”有{len(told - indicator.beside)}个单位报送，{'；'.join(said)}。{_left(indicator)}"
            evidence = tuple(evidence_of(case, match) for match in certain[:3])
            evidence += tuple(evidence_of(case, Match(n, fact, certain=True)) for n, fact in other.items())
            several = len(silent) > max(1, len(case.parts) // FEW)
            if several:  # more likely they say it in words that nobody knew
                message = f"{UNDECIDED}：{message}可能用了别的说法。"
            yield self.found(
                case,
                anchor.start,
                anchor.end,
                message,
                severity=Severity.INFO if several else None,
                evidence=evidence,
            )


def _makes_it_up(indicator: Indicator, other: dict[int, Fact]) -> bool:
    """Whether what is told in another unit makes up the total when it is added as it is."""
    if not other or indicator.total is None:
        return False
    mentions = [match.fact.mention for match in indicator.matches] + [fact.mention for fact in other.values()]
    summed = sums.total(mentions)
    return summed.exact and summed.meets(sums.of(indicator.total.mention))


def _is_cell(indicator: Indicator, part: int, fact: Fact) -> bool:
    cell = indicator.cells.get(part)
    return cell is not None and cell.value == fact.value


def _complete(indicator: Indicator) -> bool:
    """Whether what is told makes up the total: nobody has left anything out then."""
    total = indicator.total
    if total is None or not all(match.certain for match in indicator.matches):
        return False
    summed = sums.total(match.fact.mention for match in indicator.matches)
    return summed.exact and summed.low is not None and summed.meets(sums.of(total.mention))


def _left(indicator: Indicator) -> str:
    """By how much what is told falls short of the total, where both are plain figures."""
    total = indicator.total
    summed = sums.total(match.fact.mention for match in indicator.matches)
    if total is None or total.value is None or summed.shown is None or Decimal(summed.shown) >= total.value:
        return ""
    unit = total.unit or ""
    return f"已报的合计{summed.told}{unit}，比总数“{total.text}”少{sums.plain(total.value - Decimal(summed.shown))}{unit}。"
