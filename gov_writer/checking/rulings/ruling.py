"""What is said about one figure of a draft, and by which rule.

The order of the contract holds: a wrong unit, direction, date, rank and approximation have a rule each, and so
has a slip of magnitude; any other contradiction is FIG102.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from gov_writer.domain import DATES, Approx, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.finding import number, sense
from gov_writer.matching.intervals import rounded, rounds_to
from gov_writer.matching.pairing import Pair
from gov_writer.matching.units import Kinship
from gov_writer.matching.values import Why
from gov_writer.text.lazy import lazy

#: From this likeness on the surroundings are equal, word for word.
EQUAL_WORDS = 0.95
#: 2月下旬 does not stand for 2024年度: periods so unlike are of two things.
_OTHER_SIZE = 20
#: A result is told to be beyond its aim.
_BEYOND, _AIM = lazy("高于|低于|超过|超出|超|多于|优于|好于"), lazy("目标|任务|计划|标准|平均|要求")
#: From this likeness on a fact is what the claim is about, unless words ask for something computed.
_ITS_OWN = 0.8
_TOTAL = lazy("共|合计|总|全|累计|各[类级]|所有|整体|[两二三四五六][个项类家大天]|等|[上下]半年|季度")
_COUNTS = lazy(r"[\d〇零一二两三四五六七八九十百千０-９]")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is said about one claim.

    rule: the code of the rule that reports it; "" where it is supported or left alone.
    pair: the fact that it is about.  derivation: how it follows (or what would follow).
    partner: the claim that it changed places with.  uncertain: severity is one step lower.
    rival: a fact that contradicts the supporting one.
    """

    claim: Fact
    rule: str = ""
    pair: Pair | None = None
    derivation: Derivation | None = None
    partner: Fact | None = None
    uncertain: bool = False
    rival: Fact | None = None
    supported: bool = True


def rule_for(pair: Pair) -> str:
    """The rule that reports a pair, "" where the two agree."""
    why, claim, fact = pair.comparison.why, pair.claim, pair.fact
    if why is Why.SHARPENED and Approx.EXACT is claim.mention.approx is fact.mention.approx:
        return "FIG102" if claim.kind not in DATES else ""
    if why is Why.APPROX and _BEYOND.match(claim.text) and (fact.planned or _AIM.search(fact.subject)):
        return ""  # 96.8%，高于95%的目标
    if why in (Why.APPROX, Why.SHARPENED):
        bare = claim.kind is Kind.QUANTITY and not _COUNTS.search(fact.text)  # 过亿元 of 亿元楼宇
        return "FIG105" if claim.kind not in DATES and not bare else ""
    if pair.agrees:
        return "FIG103" if _other_measure(pair) else ""
    if Kind.PLACEHOLDER in (claim.kind, fact.kind):
        return ""
    if claim.value is not None and claim.value == fact.value and not units.same(claim.unit, fact.unit):
        return "FIG103"
    if why is Why.MAGNITUDE:
        return "FIG104"
    if Kind.RANK in (claim.kind, fact.kind) and claim.kind is fact.kind:
        return "FIG108"
    if claim.kind in DATES:
        return "FIG110"
    if why is Why.SIGN:
        return "FIG106"
    if why in (Why.UNIT, Why.KIND) and number(claim) == number(fact):
        return "FIG103"
    return "FIG102"


def _other_measure(pair: Pair) -> bool:
    """Another measure word (家 for 个) in otherwise equal words: rather a slip than a paraphrase."""
    mine, theirs = pair.claim.unit, pair.fact.unit
    both = pair.claim.kind is pair.fact.kind is Kind.QUANTITY and bool(mine) and bool(theirs)
    return both and pair.likeness >= EQUAL_WORDS and units.kinship(mine, theirs) is Kinship.KIN


def period_changed(pair: Pair) -> bool:
    """Another year or month in otherwise equal words."""
    if pair.likeness < EQUAL_WORDS or pair.fact.kind is not Kind.PERIOD:
        return False
    if pair.agrees or pair.comparison.why is Why.UNKNOWN:
        return False
    mine, theirs = (f.mention.as_period().days for f in (pair.claim, pair.fact))
    return mine is None or theirs is None or max(mine, theirs) < _OTHER_SIZE * min(mine, theirs)


def rule_beside(claim: Fact, right: Derivation) -> str:
    """The rule that reports a claim which ought to be what follows from other figures."""
    mine, value = claim.value or Decimal(0), right.value
    points = claim.kind is Kind.GROWTH and right.operation == "difference"
    if (
        points
        and units.canonical(claim.unit) in ("", "%")
        and rounds_to(abs(value), replace(claim.mention, value=abs(mine)))
    ):
        return "FIG103"
    turned = replace(claim.mention, value=-mine)
    moves = claim.kind is Kind.GROWTH or claim.mention.sub == "delta" or sense(claim) != 0
    if mine and moves and rounds_to(value, turned):
        return "FIG106"
    if mine and value and right.operation != "share":
        for times in (10, 100, 1000, 10000):
            step = claim.mention.step or Decimal(1)
            if (
                rounded(abs(value), step / times) * times == abs(mine)
                or rounded(abs(value), step * times) == abs(mine) * times
            ):
                return "FIG104"
    return "FIG102"


def _of_other_column(claim: Fact, fact: Fact, found: Derivation) -> bool:
    """Whether a column adds up to the claim whose head has none of the claim's words, where its fact's has some."""
    if fact.cell is None or any(f.cell is None for f in found.inputs):
        return False
    words = bigrams(claim.subject)
    return bool(words & bigrams(fact.subject)) and not any(words & bigrams(f.subject) for f in found.inputs)


def by_chance(claim: Fact, pair: Pair, found: Derivation, cue: str) -> bool:
    """Whether a figure that its own fact contradicts follows from others only because so many can be combined.

    A sum of which the contradicted fact is a part counts where the words ask for one (共65名); a growth where its
    values share a word with what is said to grow.
    """
    if found.operation == "sum" and _of_other_column(claim, pair.fact, found):
        return True
    if pair.likeness < _ITS_OWN or claim.kind is not pair.fact.kind:
        return False
    if found.operation == "growth":
        words = bigrams(claim.subject)
        return bool(words) and not any(words & bigrams(fact.subject) for fact in found.inputs)
    if found.operation == "sum" and all(f.subject[-2:] in claim.subject for f in found.inputs if f.subject):
        return False  # 博士、硕士47人
    return found.operation == "sum" and pair.fact in found.inputs and _TOTAL.search(cue) is None
