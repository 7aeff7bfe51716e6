"""Whether a claim's own words announce what it is computed from, so that it does not follow by chance.

Among some hundred figures two nearly always give a rough third one (超过两成, 近3亿元). So what is computed must be told
of: a rest or a change is announced by its words, a rough share or sum by the facts being those that the sentence
states, or that have a word in common with what the claim counts; and values of two years make no total.
"""

from __future__ import annotations

from decimal import Decimal

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import subjects
from gov_writer.matching.contexts import TOTAL_HEAD
from gov_writer.matching.deriving.around import Around
from gov_writer.matching.deriving.growth_lists import of_another, partner
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.finding import disjoint, sense
from gov_writer.text.lazy import lazy

_REST = lazy(
    r"剩|尚|再(?:完成|新增|新建|改造)|[仅只还]余|还[需差要欠]|余下|结余|其余|另外|另有|其他|其它|未|待|差|缺口|仍有|还有|只有|仅有|正在|压降|节约|节省|相当于|没有|没能|空[置余缺闲编岗]|缺[编员岗]|闲置"
)
_CHANGE = lazy(
    r"增|减|多|少|升|降|提高|压缩|缩短|延长|回落|收窄|扩大|扩容|扩建|[新改扩]建|新[设开装培引认]|节约|节省|年轻|超(?:出|收|支|产|额|年度|计划|预算|目标|任务|进度)|高出|相差|差额"
)
_IS_LEFT = lazy("还有|尚有|仍有|剩余|尚余|余下|仅余|还剩")
_THEN = lazy("去年|上年|上一年|同期")
_NET = lazy("净(?P<way>[增减])[加少]?")
_LEFT_IT = lazy("退出|退休|注销|迁出|死亡|流出|离职|拆除|销号|关停|减少")
_BEYOND = lazy(
    "超(?:额|出|过)?(?:完成)?(?:全年|年度|年初|预期)?(?:目标|任务|计划|预算)|高[于出](?:全年|年度|年初|预期)?(?:目标|任务|计划)"
)
_AIM = lazy("目标|任务|计划")
#: Figures of a line to either side that are looked at.
_NEAR = 6
#: Sums below this are everywhere.
_SMALL = 10


def announced(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether ``found`` is what the claim's words ask for, as far as words can tell."""
    if not in_its_list(around, claim, found):
        return False
    if found.operation == "sum" and _of_two_years(claim, found):
        return False
    if found.operation == "sum" and (
        _of_another_time(around, claim, found) or _all_before(around, claim, found)
    ):
        return False
    if found.operation == "sum" and (
        _with_its_total(found) or _of_a_rest(around, claim, found) or _unnamed(around, claim, found)
    ):
        return False
    if found.operation == "difference" and other_way(around, claim, found):
        return False
    if of_another_aim(around, claim, found):
        return False
    if found.operation == "difference" and claim.kind is Kind.QUANTITY and len(found.inputs) > 1:
        cue = around.words_before(claim) + claim.text
        moved = claim.mention.sub == "delta" or sense(claim) != 0 or _CHANGE.search(cue)
        if not (moved or _REST.search(cue)):
            return False
        if not moved and disjoint(*found.inputs[:2]):
            return False  # 其余8家 is no rest of last year's
    small = found.operation == "sum" and abs(claim.value or Decimal(0)) < _SMALL
    if claim.kind is Kind.GROWTH or (claim.mention.approx is Approx.EXACT and not small):
        return True
    stated = {fact.id for fact in around.stated(claim)}
    own = subjects.features(claim.subject).pairs
    return found.operation == "average" or any(
        f.id in stated or own & subjects.features(f.subject).pairs for f in found.inputs
    )


def in_its_list(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether a growth in a list is that of the figure that has its place in the list before (38起、214起，下降24%、11.2%)."""
    moved = found.operation == "growth" or (found.operation == "difference" and claim.kind is Kind.GROWTH)
    if moved and of_another(around, claim, found.inputs):
        return False
    own = partner(around, claim) if moved else None
    pair = around.pairs.get(own.id) if own is not None else None
    return pair is None or not pair.agrees or pair.fact in found.inputs


def of_another_aim(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether what lies beyond an aim (超目标3部) would follow without the aim of its line, or from one not reached."""
    asked = _BEYOND.search(around.words_before(claim) + claim.text)
    if asked is None or found.operation != "difference" or len(found.inputs) != 2:
        return False
    aims = [f for f in found.inputs if _aimed(f)]
    if len(aims) == 1:
        other = next(f for f in found.inputs if f is not aims[0])
        return (aims[0].value or Decimal(0)) > (other.value or Decimal(0))
    at, facts = around.fact_index[found.inputs[0].id], around.finder.theirs.facts
    line = (found.inputs[0].source, found.inputs[0].sentence)
    near = [f for f in facts[max(0, at - _NEAR) : at + _NEAR] if (f.source, f.sentence) == line]
    return not aims and any(_aimed(f) and f.kind is found.inputs[0].kind for f in near)


def _aimed(fact: Fact) -> bool:
    return fact.planned or _AIM.search(fact.subject) is not None


def _of_another_time(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether a total of a part of the year (上半年) would add up what other parts of it have."""
    own = claim.period
    if own is None or own.days is None or own.year_so_far:
        return False
    if own.text not in around.finder.mine.between(claim, claim.clause[0], claim.start):
        return False
    return any(f.period.apart(own) for f in found.inputs if f.period and f.cell is not None)


def _with_its_total(found: Derivation) -> bool:
    """Whether the last row of a table would be added to one of the rows that it adds up."""
    cells = [f for f in found.inputs if f.cell is not None]
    tables = {(f.source, f.cell[0]) for f in cells if f.cell}
    totals = sum(TOTAL_HEAD.match(f.subject) is not None for f in cells)
    return len(tables) == 1 and 0 < totals < len(cells)


def _unnamed(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether a total only rounds to the claim and adds up a few rows of a table, none of which its sentence names."""
    if found.value == claim.value or not all(f.cell is not None for f in found.inputs):
        return False
    at = [around.fact_index[f.id] for f in found.inputs]
    column = around.groups.columns.get(at[0], ())
    rows = [around.finder.theirs.row(i) for i in at]
    if len(set(rows)) < 2 or 2 * len(at) > len(column):
        return False
    said = around.finder.mine.between(claim, max(claim.sentence[0], claim.start - 60), claim.start)
    return not any(row and row[:4] in said for row in rows)


def _of_a_rest(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether some rows of a table would make up what the words tell as left (还有16个没有开工)."""
    cue = around.words_before(claim)
    return _IS_LEFT.search(cue) is not None and any(f.cell is not None for f in found.inputs)


def _all_before(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether a total would add up last year's column, of which the words say nothing."""
    own = claim.period
    if own is None or own.start is None or _THEN.search(around.words_before(claim)):
        return False
    ends = [f.period.end for f in found.inputs if f.cell is not None and f.period and f.period.end]
    return len(ends) == len(found.inputs) and all(end < own.start for end in ends)


def other_way(around: Around, claim: Fact, found: Derivation) -> bool:
    """Whether 净增加9人 would follow from 26 that came and 35 that left."""
    net = _NET.search(around.words_before(claim) + claim.text)
    if net is None or len(found.inputs) != 2:
        return False
    sides = [bool(_LEFT_IT.search(f.subject)) for f in found.inputs]
    if sides[0] is sides[1]:
        return False
    gone, came = (f.value or Decimal(0) for f in (found.inputs if sides[0] else found.inputs[::-1]))
    return (came > gone) is not (net["way"] in "增加")


def _of_two_years(claim: Fact, found: Derivation) -> bool:
    """Whether a total would add up what two times have of one thing, one of them before the claim's own."""
    own = claim.period
    if own is None or own.start is None or not any(disjoint(found.inputs[0], f) for f in found.inputs[1:]):
        return False
    return any(f.period and f.period.end and f.period.end.year < own.start.year for f in found.inputs)
