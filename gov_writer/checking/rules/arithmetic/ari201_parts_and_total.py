"""ARI201: the parts do not add up to the total, or one part is larger than the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Rule
from gov_writer.checking.rules import citations
from gov_writer.checking.rules.arithmetic import grammar, tables
from gov_writer.checking.rules.arithmetic.grammar import Stretch, same_unit, tidy
from gov_writer.checking.rules.arithmetic.interval import Interval, reading, shown, total
from gov_writer.checking.rules.arithmetic.splits import Split, splits
from gov_writer.domain import Approx, Fact, Finding, Kind, Severity
from gov_writer.lexicon import rows
from gov_writer.text.lazy import lazy

#: 满意、基本满意、不满意的分别占81.4%、15.2%和3.4%: shares of one whole, when they come near a hundred.
_SHARES = lazy(r"(?:分别占|占比分别[为是达]?|比重分别[为是达]?|比例分别[为是达]?)[^，,。；;、\d]{0,12}$")
_MOST_OVER = Decimal(10)


class PartsAndTotal(Rule):
    code = "ARI201"
    name = "parts-and-total"
    severity = Severity.ERROR
    title = "分项与总数不符"
    why = "“其中”“分别为”“合计”的各项与总数对不上，是审稿时最先被问到的硬伤，多半是改了一处忘了另一处。"
    bad = "全年调解纠纷58件，其中邻里纠纷28件、物业纠纷18件、劳资纠纷10件。"
    good = "全年调解纠纷58件，其中邻里纠纷28件、物业纠纷18件、劳资纠纷12件。"
    authority = citations.ACCURATE

    def check(self, case: Case) -> Iterator[Finding]:
        before: Stretch | None = None
        for stretch in grammar.stretches(case):
            for split in splits(case.text, stretch, before):
                finding = self._judge(case, split)
                if finding is not None:
                    yield finding
            yield from self._shares(case, stretch)
            before = stretch
        for cell, summed, place in tables.wrong_totals(case):
            message = f"合计与分项不符：{place}各行相加为{summed}，表中合计为{cell[2]}。"
            yield self.found(case, cell[0], cell[1], message, expected=summed)

    def _shares(self, case: Case, stretch: Stretch) -> Iterator[Finding]:
        """Three shares or more of one whole that come to a little more than a hundred."""
        facts = [f for f in stretch.facts if f.kind is Kind.PERCENT and f.value is not None]
        for at, first in enumerate(facts):
            if _SHARES.search(case.text, max(stretch.start, first.start - 24), first.start) is None:
                continue
            run = [first]
            for fact in facts[at + 1 :]:
                if case.text[run[-1].end : fact.start].strip() not in ("、", "和", "及", "与", "，"):
                    break
                run.append(fact)
            readings = [known for fact in run if (known := reading(fact.mention)) is not None]
            if not 3 <= len(readings) == len(run) or any(f.mention.approx is not Approx.EXACT for f in run):
                continue
            low, told = total(readings).low, sum((f.value or Decimal(0) for f in run), Decimal(0))
            if low is not None and low > 100 and told <= 100 + _MOST_OVER:
                message = f"各项占比之和应为100%，这里相加为{shown(told)}%。"
                severity = self.severity.lowered()
                yield self.found(case, run[0].start, run[-1].end, message, severity=severity)

    def _judge(self, case: Case, split: Split) -> Finding | None:
        parts = [reading(part.mention) for part in split.parts]
        wholes = [reading(fact.mention) for fact in split.candidates]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or not known or any(whole is None for whole in wholes):
            return None
        reach = [whole for whole in wholes if whole is not None]
        alike = same_unit(split.candidates[0], split.parts[0])  # 5个项目, 年产能5000台套
        too_large = _larger_than_whole(known, reach) if alike else None
        if too_large is not None:
            return self._report(case, split, split.parts[too_large], None)
        if len(known) < 2:
            return None
        summed = total(known)
        if any(summed.meets(whole) for whole in (*reach, total(reach))):
            return None
        if not _comparable(split, summed, reach[0]):
            return None
        short = summed.high is not None and reach[0].low is not None and summed.high < reach[0].low
        if short and not split.whole and _all_sourced(case, split):
            return None
        return self._report(case, split, None, summed)

    def _report(self, case: Case, split: Split, larger: Fact | None, summed: Interval | None) -> Finding:
        whole = split.candidates[0]
        involved = (whole, *split.parts)
        start, end = min(f.start for f in involved), max(f.end for f in involved)
        vague = any(f.mention.approx is not Approx.EXACT for f in involved)
        loose = not split.whole and larger is None and not _parallel(split)
        kin = any(not same_unit(whole, part) for part in split.parts)
        severity = self.severity.lowered() if vague or loose or kin else self.severity
        if larger is not None:
            message = f"分项大于总数：“{larger.text}”是“{whole.text}”的一部分，却比它大。"
            return self.found(case, start, end, message, severity=severity)
        assert summed is not None
        amounts = [part.value for part in split.parts if part.value is not None]
        added = _in_unit_of(sum(amounts, Decimal(0)), whole)
        formula = " + ".join(part.text for part in split.parts)
        message = f"分项与总数不符：{formula} = {added}，总数写的是“{whole.text}”。"
        return self.found(case, start, end, message, severity=severity, expected=added)


#: Sorts that lie within one another: 亿元以上, 10亿元以上; 低保户, 残疾人家庭.
_WITHIN = frozenset({"规模", "名次", "身份"})


#: Teams and bodies are not sorted by what their members are: 党员先锋队9支、青年突击队7支.
_TEAMS = frozenset({"支", "所", "座", "处", "场", "场次"})
_OF_PERSONS = frozenset({"政治面貌", "性别", "民族", "学历", "年龄"})


def _all_sourced(case: Case, split: Split) -> bool:
    """Whether the sources state the total and each part, so that 其中 only leaves some out."""
    if case.rulings is None:
        return False
    known = [case.rulings.by_place.get((f.start, f.end)) for f in (split.candidates[0], *split.parts)]
    return all(r is not None and r.supported and r.pair is not None and r.pair.agrees for r in known)


def _larger_than_whole(parts: Sequence[Interval], wholes: Sequence[Interval]) -> int | None:
    """The index of a part that is larger than anything it could be a part of."""
    for at, part in enumerate(parts):
        if all(whole.below(part) for whole in wholes) and total(wholes).below(part):
            return at
    return None


def _in_unit_of(amount: Decimal, whole: Fact) -> str:
    """The amount written with the scale word and unit of the total."""
    core = whole.text
    for word, scale in (("亿", 10**8), ("万", 10**4)):
        if word in core and amount >= scale:
            return f"{shown(amount / scale)}{word}{whole.unit or ''}"
    return f"{shown(amount)}{whole.unit or ''}"


def _comparable(split: Split, summed: Interval, whole: Interval) -> bool:
    """Whether a difference is a contradiction and not just a list that leaves something out."""
    if summed.high is None or whole.low is None or summed.low is None or whole.high is None:
        return False
    if whole.below(summed):
        return not _overlap(split.labels, split.parts[0].unit) and summed.low <= whole.high * (
            10 if split.whole else 2
        )
    if split.partial or _overlap(split.labels):
        return False
    if split.whole or _complementary(split.labels) or _slipped(split):
        return True
    missing = whole.low - summed.high
    return missing * 5 <= whole.low or (missing <= 2 and whole.low <= 20)


def _complementary(labels: Sequence[str]) -> bool:
    """Whether the parts are the two halves of everything (新建、改建; 男、女)."""
    for first, second in rows("complements"):
        if any(first in label for label in labels) and any(second in label for label in labels):
            return True
    return False


def _slipped(split: Split) -> bool:
    """The sum has the digits of the total with a nought too few, or in another order: a slip, not an open list."""
    amounts = [part.value for part in split.parts if part.value is not None]
    whole = split.candidates[0].value
    if whole is None or len(amounts) < len(split.parts):
        return False
    told, added = _digits(whole), _digits(sum(amounts, Decimal(0)))
    if len(told) < 2 or len(added) < 2:
        return False
    return told.rstrip("0") == added.rstrip("0") or sorted(told) == sorted(added)


def _digits(value: Decimal) -> str:
    return format(value, "f").replace(".", "").lstrip("0")


def _overlap(labels: Sequence[str], unit: str | None = None) -> bool:
    """Whether the parts are sorted by different criteria (党员…、女性…), so that they may overlap."""
    found: list[frozenset[str]] = []
    for label in labels:
        sorts = frozenset(axis for word, axis in rows("part_axes") if word in label)
        found.append(sorts - _OF_PERSONS if unit in _TEAMS else sorts)
    if not any(found):
        return False
    shared = frozenset.intersection(*found)
    return not shared or shared <= _WITHIN


def _parallel(split: Split) -> bool:
    """Whether the labels look like members of one classification (邻里纠纷、物业纠纷)."""
    labels = [tidy(label) for label in split.labels]
    if any(not label for label in labels):
        return False
    return len({label[-1] for label in labels}) == 1 or len({len(label) for label in labels}) == 1
