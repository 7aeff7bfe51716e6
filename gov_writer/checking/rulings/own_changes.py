"""Changes told right behind their values: 178件，同比减少27件; 37笔、862万元，分别比上年增长27.6%和33.6%.

Among some hundred figures two nearly always differ by 27. What is told of a value against last year is the change of its own
row, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from gov_writer.checking.rulings.other_times import OtherTimes
from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units
from gov_writer.matching.deriving import terms
from gov_writer.matching.deriving.operations import Derivation, growth, minus
from gov_writer.matching.subjects import alike
from gov_writer.text.lazy import lazy

_THAN_LAST_YEAR = lazy("同比|[比较](?:上|去|前一|上一)年")
_OVER = lazy("超额|超(?:出|过)?(?:年度|全年|既定)?(?:任务|目标|计划)")
#: 其中劳资纠纷比上年增加7件, behind another kind.
_OF_OTHERS = lazy("分别|其中")
_JOIN = lazy("[、和与及]")
#: Characters between a value, or the last of several, and the change that is told of it; changes told in turn.
_RIGHT_BEHIND, _BEHIND_SEVERAL, _MOST = 12, 20, 6
#: How alike what two figures count must be for one to be the other's value of last year.
_ONE_SERIES = 0.6


class OwnChanges:
    """Looks for the value that a change is told of, and for last year's beside it."""

    def __init__(self, text: str, claims: Ledger, others: OtherTimes) -> None:
        self._text, self._claims, self._others = text, claims, others

    def of(self, claim: Fact, told: Sequence[terms.Term]) -> Derivation | None:
        """What a change has to be; None where it stands behind no value, or the sources have none of last year's.

        told: the figures of the claim's paragraph before it that rest on facts, in text order.
        """
        run = self._in_turn(claim)
        last = next(iter(self._claims.before(run[0])), None)
        at = next((i for i in range(len(told) - 1, -1, -1) if told[i].claim is last), None)
        if last is None or at is None or last.sentence != claim.sentence:
            return None
        between = self._text[last.end : run[0].end]
        if len(run) == 1:
            near = run[0].start - last.end <= _RIGHT_BEHIND and not _OF_OTHERS.search(between)
            if near and _OVER.search(between):
                return self._over_aim(claim, told[at])
            return self._change(claim, told[at]) if near and _THAN_LAST_YEAR.search(between) else None
        values = told[max(0, at - len(run) + 1) : at + 1]
        near = run[0].start - last.end <= _BEHIND_SEVERAL and "分别" in between
        if not near or _THAN_LAST_YEAR.search(between) is None or not self._side_by_side(values, len(run)):
            return None
        found = [self._change(growth_, t) for growth_, t in zip(run, values, strict=True)]
        return None if None in found else found[run.index(claim)]

    def _in_turn(self, claim: Fact) -> list[Fact]:
        """The growths of one list that the claim belongs to, in order."""
        around = [*self._claims.before(claim, _MOST), claim, *self._claims.after(claim, _MOST)]
        at = around.index(claim)
        first = last = at
        while first and self._joined(around[first - 1], around[first]):
            first -= 1
        while last + 1 < len(around) and self._joined(around[last], around[last + 1]):
            last += 1
        return around[first : last + 1]

    def _joined(self, one: Fact, other: Fact) -> bool:
        both = one.kind is other.kind is Kind.GROWTH
        return both and _JOIN.fullmatch(self._text, one.end, other.start) is not None

    def _side_by_side(self, values: Sequence[terms.Term], many: int) -> bool:
        """Whether as many amounts as there are changes stand together, no other figure between them."""
        if len(values) != many or len({t.claim.sentence for t in values}) > 1:
            return False
        places = [self._claims.index[t.claim.id] for t in values]
        return places == list(range(places[0], places[0] + many))

    def _change(self, claim: Fact, t: terms.Term) -> Derivation | None:
        """How an amount has moved against last year's value of its own row."""
        grows = claim.kind is Kind.GROWTH and units.canonical(claim.unit) in ("", "%")
        moves = grows or (claim.mention.sub == "delta" and units.same(claim.unit, t.unit))
        if not (moves and t.given and t.claim.kind is Kind.QUANTITY):
            return None
        now = t.inputs[0]
        then = next((f for f in self._others.of(now) if self._of_it(now, f)), None)
        if then is None:
            return None
        if grows:
            return next(growth(now, then), None)
        return Derivation("difference", f"{now.id} - {then.id}", (now, then), minus(now, then))

    def _over_aim(self, claim: Fact, t: terms.Term) -> Derivation | None:
        """389人，超额39人: by how much a result is over the aim that stands beside it."""
        if not (t.given and claim.kind is t.claim.kind is Kind.QUANTITY and units.same(claim.unit, t.unit)):
            return None
        now = t.inputs[0]
        aims = [f for f in self._others.planned_beside(now) if units.same(f.unit, now.unit)]
        if len(aims) != 1 or now.planned or aims[0].value == claim.value:
            return None  # 642户，超额完成600户的任务
        return Derivation("difference", f"{now.id} - {aims[0].id}", (now, aims[0]), minus(now, aims[0]))

    def _of_it(self, now: Fact, then: Fact) -> bool:
        """Whether a value is last year's of a fact, and of none that stands beside it."""
        one = now.period.start if now.period else None
        two = then.period.start if then.period else None
        if one is None or two is None or one.year != two.year + 1:
            return False
        own = alike(now.subject, then.subject)
        rivals = (f for f in self._others.beside(now) if units.same(f.unit, now.unit))
        return own >= _ONE_SERIES and all(alike(f.subject, then.subject) < own for f in rivals)
