"""Figures that no source states but that follow from what sources state.

A bounded search: only facts that stand together (one sentence, one table column), that the claim's own
sentence states, or that share words with the claim are tried, and only the operations that its words ask
for (共 a sum, 占 a share, 人均 an average …). So a figure rarely follows by chance. A result is right when it
rounds half up to the digits printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.deriving import across_row, earlier, totals_told
from gov_writer.matching.deriving.announced import (
    announced,
    in_its_list,
    of_another_aim,
    other_way,
)
from gov_writer.matching.deriving.around import MOST_RELATED, Around
from gov_writer.matching.deriving.changes import (
    differences,
    grown_to,
    growths,
    growths_of,
    of_other_measure,
    one_series,
    unfinished,
)
from gov_writer.matching.deriving.growth_lists import partner
from gov_writer.matching.deriving.named_parts import NamedParts
from gov_writer.matching.deriving.named_rows import NamedRows
from gov_writer.matching.deriving.operations import Derivation, durations, ratio, signed, total_of
from gov_writer.matching.deriving.shares import averages, completion, products, shares
from gov_writer.matching.deriving.totals import expected_sum, months_of, sums
from gov_writer.matching.finding import sense, slip
from gov_writer.matching.intervals import rounded, rounds_to
from gov_writer.matching.pairing import Alignment
from gov_writer.text.lazy import lazy

_DIFFERENCE = lazy(
    r"增|减|多|少|剩|尚|还|未|差额|下降|上升|提高|提升|降低|结余|其余|另外|压降|余下|缺口|回落|收窄|扩大|超|[仅只还]余|新建|新设|新开|新装|其他|其它|压缩|缩短|延长|节约|节省|相差|仍有|正在|年轻|[只仅]有|没有|没能|余额|空编|缺[编员岗]|空岗|[降减压]至"
)
#: 剩余2个, of 任务8个，已开工6个
_LEFT = lazy(
    "还[需差要欠]|尚[需差]|再(?:完成|新增|新建|改造)|剩|[仅只还]余|尚未|未化解|未办结|未整改|另有|其余|余下|尚余|还有|尚有|仍有|未完成|未开工|[只仅]有|没有|没能"
)
_SHARE = lazy(
    r"占|比重|比例|率|份额|完成|达|覆盖|进度|任务|目标|计划|均为|超额|办结|整改|化解|解决|成功|销号|兑现|预算|概算|相当于|其中"
)
_PARTED = lazy("成|(?<![百千])分之|半")
#: 已签约未开工的3个
_NOT_YET = lazy(r"已?(?P<done>[\u4e00-\u9fff]{2})(?:但|却)?尚?未(?P<due>[\u4e00-\u9fff]{2})的?$")
_AVERAGE = lazy(r"平均|均(?:为|约|达|每)?|每(?:户|人|个|家|月|天|日|次|年|场|村|社区|季度)")


class Deriver:
    """Tries to derive claims of one draft: ``totals``, ``changes``, ``shares``, whichever the words ask for."""

    def __init__(self, alignment: Alignment, spans: Sequence[int] = ()) -> None:
        """spans: days over which a figure of the draft may be averaged (月均): its period, or what has passed of it."""
        self._around = Around(alignment)
        self._rows, self._parts = NamedRows(self._around), NamedParts(self._around)
        self.spans = tuple(Decimal(days) for days in spans)

    def explain(
        self, claim: Fact, *, near: bool = False, unless: Callable[[Derivation], bool] | None = None
    ) -> Derivation | None:
        """The first derivation whose result rounds to the claim, the plainest first; None if there is none.

        unless: what tells of a result that it is one by chance.
        near: only from facts that stand in one sentence or column, or that the claim's own sentence states.
        """
        if claim.value is None or claim.mention.approx is Approx.RANGE:
            return None
        cue = self._around.words_before(claim) + claim.text
        for found in self._tries(claim, cue):
            if (
                rounds_to(signed(found, claim), claim.mention)
                and not of_other_measure(claim, found.inputs)
                and not (near and self._around.far(claim, found))
                and announced(self._around, claim, found)
                and not (unless is not None and unless(found))
                and not (found.operation == "sum" and self._parts.denies(claim, found))
            ):
                return found
        return None

    def expected(self, claim: Fact) -> Derivation | None:
        """What a growth or share must be, where the same sentence or the likest facts leave one reading."""
        cue = self._around.words_before(claim) + claim.text
        if claim.kind is Kind.GROWTH and units.canonical(claim.unit) in ("", "%"):
            tried = growths(self._around, claim, least=0.75)
            fit = (g for g in tried if not of_other_measure(claim, g.inputs) and not _over_its_change(g))
            fit = (g for g in fit if in_its_list(self._around, claim, g))
            found = list({g.formula: g for g in fit}.values())
            if len(found) != 1:
                found = [
                    g for g in growths_of(self._around.beside(claim), least=0.3) if one_series(*g.inputs)
                ]
            return found[0] if len(found) == 1 else None
        if claim.kind is Kind.QUANTITY:
            return expected_sum(self._around, claim, cue)
        if claim.kind is Kind.PERCENT and re.search(r"占|完成", cue):
            stated = [f for f in self._around.stated(claim) if f.kind is Kind.QUANTITY]
            if len(stated) == 2 and units.same(stated[0].unit, stated[1].unit):
                low, high = sorted(stated, key=lambda f: f.value or Decimal(0))
                if low.value and high.value and "占" in cue:
                    return ratio(low, high, "share")
            return completion(self._around, claim) if "完成" in cue else None
        return None

    def of_named(self, claim: Fact) -> Derivation | None:
        """The total of what the words right before a claim list by name; None if the claim is no such total."""
        return next((d for d in self._parts.sums(claim) if rounds_to(d.value, claim.mention)), None)

    def expected_of_named(self, claim: Fact) -> Derivation | None:
        """What that total must be, where the claim is near it."""
        rows = [d for d in self._rows.sums(claim) if claim.value and abs(d.value - claim.value) * 3 < d.value]
        return self._parts.expected(claim) or (rows[0] if len(rows) == 1 else None)

    def of_its_months(self, claim: Fact) -> Derivation | None:
        """What the months of a column that the claim may speak of add up to in its own part of the year."""
        return months_of(self._around, claim)

    def in_its_list(self, claim: Fact, found: Derivation) -> bool:
        """Whether a growth that is one of a list is told of the figure in its place, and a net change goes its way."""
        around = self._around
        wrong = other_way(around, claim, found) or of_another_aim(around, claim, found)
        return in_its_list(around, claim, found) and not wrong

    def turned(self, claim: Fact, found: Derivation) -> bool:
        """Whether a net change would follow, but for its direction."""
        return found.operation == "difference" and other_way(self._around, claim, found)

    def listed_with(self, claim: Fact) -> Fact | None:
        """The fact whose change a growth in a list tells, None where it stands in none."""
        own = partner(self._around, claim) if claim.kind is Kind.GROWTH else None
        pair = self._around.pairs.get(own.id) if own is not None else None
        return pair.fact if pair is not None and pair.agrees else None

    def nearly(self, claim: Fact) -> Derivation | None:
        """A result that the claim misses by a slip of the pen (2831 for 2381); None if there is none."""
        if claim.value is None or claim.mention.approx is not Approx.EXACT or not claim.mention.step:
            return None
        cue = self._around.words_before(claim) + claim.text
        step = claim.mention.step
        mine = _digits(claim.value, step)
        for found in self._tries(claim, cue) if len(mine) > 2 else ():
            if (
                found.value.is_finite()
                and found.value != claim.value
                and slip(mine, _digits(found.value, step))
                and not self._around.far(claim, found)
            ):
                return found
        near = [
            groups[0]
            for (dimension, total), groups in self._around.groups.totals.items()
            if dimension == units.dimension(claim.unit)
            and total != claim.value
            and slip(mine, _digits(total, step))
        ]
        return total_of(near[0]) if len(near) == 1 else None

    def like(self, claim: Fact, value: Decimal) -> Fact | None:
        """A source fact about the same thing that has this value; None if there is none."""
        for fact in self._around.related(claim):
            if fact.value == value and units.same(fact.unit, claim.unit):
                return fact
        return None

    def whole(self, fact: Fact) -> Derivation | None:
        """The total of the table column or the sentence in which a fact is a part; None if it stands alone."""
        return self._around.groups.whole(fact)

    def _tries(self, claim: Fact, cue: str) -> Iterator[Derivation]:
        """All results worth a look, in the order in which they are believed; cue: the words before the figure, with it."""
        around, before = self._around, self._around.words_before(claim)
        if claim.kind is Kind.QUANTITY:
            yield from self._amounts(claim, cue, before)
        elif claim.kind is Kind.RANK:
            yield from around.places(claim)
        elif claim.kind is Kind.GROWTH:
            if units.canonical(claim.unit) in ("", "%"):
                yield from growths(around, claim, least=0.45)
            else:
                yield from differences(around, claim, [*around.related(claim), *around.rates_beside(claim)])
        elif claim.kind is Kind.PERCENT:
            yield from self._shares(claim, cue)
        if claim.kind is Kind.GROWTH or earlier.ASKED.search(before):
            yield from earlier.values(claim, around.stated(claim)[:MOST_RELATED])

    def _amounts(self, claim: Fact, cue: str, before: str) -> Iterator[Derivation]:
        """What an amount may be: totals first, then what its words ask for."""
        around = self._around
        yield from self._rows.sums(claim)
        yield from self._parts.sums(claim)
        yield from sums(around, claim, cue)
        if claim.unit == "倍":
            yield from self._rows.times(claim)
        if units.dimension(claim.unit) in ("钟点", "月份"):
            yield from durations(claim, around.stated(claim))
        yield from grown_to(around, claim)
        yield from products(around, claim)
        if _DIFFERENCE.search(cue):
            yield from differences(around, claim, around.related(claim))
            for row in around.rows_stated(claim):
                yield from differences(around, claim, row)
        if (not_yet := _NOT_YET.search(before)) is not None:
            yield from unfinished(around, claim, not_yet["done"], not_yet["due"])
        if _LEFT.search(cue):
            yield from differences(around, claim, around.groups.with_sentences(around.related(claim)))
            for row in around.total_rows:
                yield from differences(around, claim, row)
        yield from across_row.left_empty(around, claim, cue)
        if _AVERAGE.search(cue):
            yield from averages(around, claim, cue, self.spans)
            yield from totals_told.averages_over_all(around, claim, cue)

    def _shares(self, claim: Fact, cue: str) -> Iterator[Derivation]:
        """What a percentage may be: of what the sentence or the row states, of a total; without a word for it the row's."""
        around = self._around
        if not (_SHARE.search(cue) or _PARTED.search(claim.text)):
            yield from across_row.of_named_row(around, claim)
            return
        yield from shares(around, claim)
        yield from totals_told.shares_in_row(around, claim)
        yield from totals_told.shares_of_all(around, claim)
        yield from across_row.rates(around, claim, cue)
        yield from across_row.of_named_row(around, claim)
        yield from totals_told.shares_of_told(around, claim, cue)


def _over_its_change(growth: Derivation) -> bool:
    """Whether a growth would lead from a value's change to the value: of 2人，比去年少1人 only the change is one."""
    return any(sense(f) and not growth.formula.startswith(f"{f.id} ÷") for f in growth.inputs)


def _digits(value: Decimal, step: Decimal) -> str:
    """A value's digits when it is printed to a step."""
    return f"{abs(rounded(value, step) / step):.0f}"
