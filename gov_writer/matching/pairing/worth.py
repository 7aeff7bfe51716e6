"""What it is worth that two figures agree or differ: how alike their surroundings must be for either to count."""

from __future__ import annotations

from gov_writer.domain import DATES, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.finding import FROM, on_edge, sense
from gov_writer.matching.values import Comparison, Verdict, Why
from gov_writer.text.lazy import lazy

#: From this likeness on two figures are about the same thing; from the second on nobody would doubt it.
LIKELY, CERTAIN = 0.5, 0.72
#: Days beyond which a period is longer than a month: no day rests on it.
_WIDE = 32
_AVERAGE = lazy("[人户件村月日场次]均|平均|每[人户件村月日天]")


def needed(claim: Fact, comparison: Comparison) -> float:
    """How alike the surroundings must be before an agreeing value counts as support.

    8753 hardly agrees by chance, 3个 does all the time.
    """
    digits = distinct_digits(claim)
    least = {1: 0.34, 2: 0.26, 3: 0.16}.get(digits, 0.08)
    return least if comparison.verdict is Verdict.SAME else least + 0.08


def distinct_digits(claim: Fact) -> int:
    """How many digits tell a figure from others; zeros at the ends don't."""
    if claim.kind in DATES:
        return 3
    if claim.kind is Kind.RANK and claim.text[0] in "全第" and len(claim.text) >= 4:
        return 4  # 全市第2名 is told with its field
    if claim.value is None:
        return 1
    return len(str(abs(claim.value)).replace(".", "").strip("0")) or 1


def bonus(claim: Fact, comparison: Comparison) -> float:
    """What an agreeing value adds to a likeness, the more the more digits it has."""
    base = 0.3 if comparison.verdict is Verdict.SAME else 0.2
    return base + 0.02 * min(distinct_digits(claim), 5)


def too_wide(claim: Fact, fact: Fact) -> bool:
    """Whether a day would rest on a quarter or a year."""
    if claim.kind not in DATES or fact.kind is not Kind.PERIOD:
        return False
    start, end = fact.mention.date_start, fact.mention.date_end
    if on_edge(claim, fact) or (start is not None and end is None and "日" in fact.text):
        return False  # 3月17日起
    days = fact.mention.as_period().days
    return days is None or days > _WIDE


def rivalrous(claim: Fact, fact: Fact, comparison: Comparison) -> bool:
    """Whether a claim that does not agree can be said to contradict the fact."""
    if claim.value == 1 and claim.text[0] == "一" and claim.kind is Kind.QUANTITY:
        return False  # 无一人重新犯罪, an article
    if comparison.verdict is Verdict.DIFFERENT:
        if comparison.why is Why.MAGNITUDE and claim.unit != fact.unit and mean(claim, fact):
            return False  # 平均每家50个, of 5家
        if comparison.why is not Why.VALUE:
            return True
        moved = claim.mention.sub == "delta" or sense(claim) != 0
        change = moved and sense(fact) == 0  # 增加385件 does not contradict 1240件
        average = mean(claim, fact)
        start = fact.mention.sub == "delta" and FROM.search(claim.subject) is not None  # 由51天, of 缩短9天
        return not (change or average or start)
    return comparison.why is Why.UNIT and claim.value is not None and claim.value == fact.value


def mean(claim: Fact, fact: Fact) -> bool:
    """Whether only the claim is an average."""
    return bool(_AVERAGE.search(claim.subject)) and not _AVERAGE.search(fact.subject + fact.text)


def same_measure(claim: Fact, fact: Fact, comparison: Comparison) -> bool:
    """Whether two figures that differ measure the same way, so that one can only be meant for the other."""
    if claim.kind is Kind.DATE and fact.kind is Kind.PERIOD and "日" in fact.text:
        return fact.mention.date_end is None  # 3月27日, of 3月17日起
    if claim.kind is not fact.kind or not rivalrous(claim, fact, comparison):
        return False
    return claim.kind is not Kind.QUANTITY or units.same(claim.unit, fact.unit)
