"""What follows for a figure from the figures that the draft tells around it.

``matching.derivations`` looks among the sources' facts; here the draft's own words say what is counted with
what (其中, 比上年增加, 各新建1处), and each figure goes on to the next with the fact it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from gov_writer.checking.rulings import aims, brought_to, rests
from gov_writer.checking.rulings.moved_rates import MovedRates
from gov_writer.checking.rulings.other_times import OtherTimes
from gov_writer.checking.rulings.own_changes import OwnChanges
from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import Fact, Kind, Ledger
from gov_writer.matching import units
from gov_writer.matching.deriving import following, terms
from gov_writer.matching.deriving.changes import of_other_measure
from gov_writer.matching.deriving.derivations import Deriver
from gov_writer.matching.deriving.operations import Derivation, growth, of_parts, ratio
from gov_writer.matching.deriving.shares import span_of, spans_in
from gov_writer.matching.intervals import rounds_to
from gov_writer.matching.pairing import Alignment
from gov_writer.text.lazy import lazy

_THAN = frozenset("比较")
_THEN = lazy("去年|上年|同期|年初|[由从比较]")
_FROM = lazy(r"(?:由|从|原来的?|此前的?)$")
#: Parts of a total, and terms of a paragraph, that are looked at.
_PARTS, _WIDEST = 12, 40
_SCHEDULE = lazy("序时进度|时序进度|时间进度|序时")
#: 平均每个村社30名: over how many places, the sources tell.
_VILLAGES = ("行政村", "村", "社区")
_PER_PLACE = lazy("每个?(?:村|社区|镇|乡|街道|单位|网格)|[村社]均")


class Reckoning:
    """Reads a draft's figures in text order; ``remember`` is told each ruling before the next claim is asked for."""

    def __init__(
        self,
        text: str,
        claims: Ledger,
        against: Ledger,
        alignment: Alignment,
        deriver: Deriver,
        sizes: Mapping[str, Iterable[int]],
    ) -> None:
        self._text, self._claims, self._against = text, claims, against
        self._alignment, self._deriver, self._sizes = alignment, deriver, sizes
        self._others = OtherTimes(claims, against)
        self._moved_rates = MovedRates(self._others)
        self._own_changes = OwnChanges(text, claims, self._others)
        self._terms: list[terms.Term] = []  # the figures so far that go on to others
        self._growths: list[terms.Term] = []

    def remember(self, ruling: Ruling) -> None:
        """A figure may be what the next ones are computed from, unless nothing is known of it."""
        if ruling.rule == "FIG101":
            return
        pair = (
            ruling.pair
            if ruling.pair is not None
            and (ruling.pair.agrees or ruling.pair.certain or ruling.rule in ("FIG102", "FIG103", "FIG104"))
            else None
        )
        if ruling.rule in ("FIG102", "FIG104") and ruling.derivation is not None:
            pair = None  # the total that it should have been goes on
        derivation = ruling.derivation if pair is None else None
        if derivation is not None or pair is not None:
            found = terms.term(ruling.claim, pair.fact if pair else None, derivation)
            if found is not None:
                self._terms.append(found)
            grown = terms.grown(ruling.claim, pair.fact if pair else None, derivation)
            self._growths += [grown] if grown is not None else []

    def own_change(self, claim: Fact) -> Derivation | None:
        """What a change told behind its value, or in turn behind several, has to be by what the sources have beside it."""
        return self._own_changes.of(claim, self._told_before(claim))

    def cue(self, claim: Fact) -> str:
        """The words before a figure in its clause, with it."""
        start = max(claim.clause[0], claim.start - 16)
        return self._text[start : claim.end]

    def follows(self, claim: Fact) -> Derivation | None:
        """How a claim follows from the figures around it, None if it does not."""
        behind = self._behind(claim, 2)
        cue, near = self.cue(claim), self._near(claim)
        found = following.explain(claim, near, behind, cue) or self.of_parts(claim)
        if found is not None and self._deriver.in_its_list(claim, found):
            return found
        right = (
            d for d in self._otherwise(claim, near) if d is not None and rounds_to(d.value, claim.mention)
        )
        return next((d for d in right if self._deriver.in_its_list(claim, d)), None)

    def _otherwise(self, claim: Fact, near: Sequence[terms.Term]) -> Iterator[Derivation | None]:
        """What else a claim may follow from, the plainest first: each is computed only when those before it don't fit."""
        yield from self._than_another_time(claim, near)
        yield self._before_change(claim)
        yield self._times(claim)
        yield self._against_schedule(claim)
        yield from brought_to.part_of_share(claim, self._last(claim), self._terms)
        yield from brought_to.with_added(claim, self._terms, self._text, self._against)
        yield from brought_to.together(claim, self._told_before(claim), self._text)
        yield from self._of_whole(claim)
        yield from self._of_whole_then(claim, near)
        yield from self._others.share_of_year(claim, near, self.cue(claim))
        yield self._by_number(claim)
        yield from brought_to.over_told(claim, near, self._terms, self.cue(claim))
        yield from self._by_time(claim, near)
        yield self.left(claim)
        yield from rests.of_before(claim, self._terms, self._text)
        yield self._than_period(claim, near)
        yield from self._moved_rates.of(claim, self._told_before(claim), self._grown_before(claim))
        yield brought_to.changes_together(claim, self._grown_before(claim), self.cue(claim))
        yield from aims.beyond_now(claim, self._terms, self._behind(claim, 2))

    def _than_another_time(self, claim: Fact, near: Sequence[terms.Term]) -> Iterator[Derivation | None]:
        """A change, or a share, against what the sources have of an earlier time for a figure around the claim."""
        given = [t for t in near if t.given]
        if claim.kind is Kind.PERCENT:  # a share of last year's is told in one sentence with it
            given = [t for t in given if t.claim.sentence == claim.sentence]
        cue = self.cue(claim)
        for t in given:
            for other in self._others.of(t.inputs[0]):
                if (ghost := terms.beside(t, other)) is not None:
                    yield following.explain(claim, (ghost, t), (), cue)
        yield from (following.explain(claim, (g, t), (), cue) for t, g in self._others.of_sums(claim, near))

    def left(self, claim: Fact) -> Derivation | None:
        """What the parts told before leave of a whole of the claim's sentence, where the words behind say so."""
        found = rests.of_its_sentence(claim, self._terms, self._text, self._behind(claim, 2))
        return found if found is not None and rounds_to(found.value, claim.mention) else None

    def _told_before(self, claim: Fact) -> list[terms.Term]:
        """The last terms of the claim's paragraph."""
        line = self._text.rfind("\n", 0, claim.start) + 1
        return [t for t in self._terms[-_WIDEST:] if t.claim.start >= line and t.claim.id != claim.id]

    def _last(self, claim: Fact) -> Fact | None:
        """The figure or period before the claim."""
        return next(iter(self._claims.before(claim)), None)

    def _grown_before(self, claim: Fact) -> list[terms.Term]:
        """The growths that the claim's paragraph told before it."""
        line = self._text.rfind("\n", 0, claim.start) + 1
        return [t for t in self._growths[-_PARTS:] if t.claim.start >= line]

    def of_parts(self, claim: Fact) -> Derivation | None:
        """A total whose parts follow it in its sentence: 道路11条，其中新建4条，改造7条."""
        for part in self._claims.after(claim):
            between = self._text[claim.end : part.start]
            return following.of_its_parts(claim, between, self._behind(claim, _PARTS))
        return None

    def _behind(self, claim: Fact, most: int) -> list[terms.Term]:
        """The terms behind a claim in its sentence, as far as they are known yet."""
        behind = []
        for other in self._claims.after(claim, most):
            pair = self._alignment.pairs.get(other.id)
            if other.sentence == claim.sentence and pair is not None and pair.agrees:
                found = terms.term(other, pair.fact, None)
                behind += [found] if found is not None else []
        return behind

    def _before_change(self, claim: Fact) -> Derivation | None:
        """由51天缩短到42天, where a source has 42天，缩短9天: what there was before."""
        words = self._text[max(0, claim.start - 6) : claim.start]
        if claim.kind not in (Kind.QUANTITY, Kind.PERCENT) or not _FROM.search(words):
            return None
        for other in self._behind(claim, 2):
            now = other.inputs[0]
            if not units.same(now.unit, claim.unit) or now.value is None:
                continue
            for change in self._against.after(now, 3):
                moves = change.mention.sub == "delta" or (
                    change.kind is Kind.GROWTH and change.unit == "个百分点"
                )
                if change.sentence != now.sentence or not moves or change.value is None:
                    continue
                if change.kind is Kind.GROWTH or units.same(change.unit, now.unit):
                    formula = f"{now.id} - ({change.id})"
                    return Derivation("difference", formula, (now, change), now.value - change.value)
        return None

    def _times(self, claim: Fact) -> Derivation | None:
        """285张，是上年的2.4倍, where a source has last year's value too."""
        here = [t for t in self._near(claim) if t.claim.sentence == claim.sentence and t.given]
        if claim.unit != "倍" or claim.kind is not Kind.QUANTITY or not here:
            return None
        now = here[-1].inputs[0]
        then = next(iter(self._others.of(now)), None)
        return ratio(now, then, "share", Decimal(1)) if then is not None and then.value else None

    def _against_schedule(self, claim: Fact) -> Derivation | None:
        """完成全年目标的53.3%，超序时进度3.3个百分点: against the share of the year that has passed."""
        if claim.kind is not Kind.GROWTH or not _SCHEDULE.search(self.cue(claim)):
            return None
        ends = [p.end for p in (self._claims.period, claim.period) if p is not None and p.end is not None]
        passed = next((Decimal(end.month * 100) / 12 for end in ends if end.month < 12), None)
        rates = [
            t
            for t in self._near(claim)
            if t.claim.sentence == claim.sentence and t.claim.kind is Kind.PERCENT
        ]
        if not rates or passed is None:
            return None
        rate = rates[-1]
        return Derivation("difference", f"{rate.formula} - {passed:.1f}%", rate.inputs, rate.value - passed)

    def _of_whole(self, claim: Fact) -> Iterator[Derivation]:
        """A part that the claim's own sentence states, as a share of the largest figure of the paragraph."""
        if claim.kind is not Kind.PERCENT or claim.mention.step is None:
            return
        rough = claim.mention.step >= 1
        line = self._text.rfind("\n", 0, claim.start) + 1
        amounts = [
            t for t in self._terms[-_WIDEST:] if t.claim.start >= line and t.claim.kind is Kind.QUANTITY
        ]
        for part in [t for t in amounts if t.claim.sentence == claim.sentence]:
            like = [t for t in amounts if units.same(t.unit, part.unit)]
            whole = max(like, key=lambda t: t.value)
            if following.of_other_part(claim, part, self.cue(claim)):
                continue
            if whole is not part and whole.value > 0:
                if not rough:
                    yield terms.ratio(part, whole, "share")
                at = like.index(part)
                if at and like[at - 1] is not whole and brought_to.TOGETHER.search(self.cue(claim)):
                    both = terms.total((like[at - 1], part))
                    value = both.value / whole.value * 100
                    formula = f"({both.formula}) ÷ {whole.formula} × 100%"
                    yield Derivation("share", formula, (*both.inputs, *whole.inputs), value)

    def _of_whole_then(self, claim: Fact, near: Sequence[terms.Term]) -> Iterator[Derivation]:
        """由上年的56.8%升至62%: last year's share, of what a source has for last year beside both of its values."""
        words = self._text[max(claim.clause[0], claim.start - 8) : claim.start]
        if claim.kind is not Kind.PERCENT or not _THEN.search(words):
            return
        here = [t for t in near if t.claim.kind is Kind.QUANTITY and t.given][-4:]
        then = [g for t in here for o in self._others.of(t.inputs[0]) if (g := terms.beside(t, o))]
        for a, b in combinations(then, 2):
            low, high = sorted((a, b), key=lambda t: t.value)
            if units.same(low.unit, high.unit) and low.value > 0:
                yield terms.ratio(low, high, "share")

    def _than_period(self, claim: Fact, near: Sequence[terms.Term]) -> Derivation | None:
        """下半年完成22350万元，比上半年多3800万元: against what the row of a source has for the period named."""
        told = next(iter(self._claims.before(claim)), None)
        same = [
            t
            for t in near
            if units.same(t.unit, claim.unit) and t.claim.sentence == claim.sentence and t.inputs
        ]
        if told is None or told.kind is not Kind.PERIOD or told.clause != claim.clause or not same:
            return None
        if self._text[max(0, told.start - 1) : told.start] not in _THAN:
            return None
        last = same[-1]
        now = last.inputs[0]
        row = [f for f in self._against.together(now, 8) if units.same(f.unit, last.unit)]
        for then in of_parts(replace(claim, period=told.mention.as_period()), row):
            formula = f"({last.formula}) - ({then.formula})"
            return Derivation(
                "difference", formula, (*last.inputs, *then.inputs), abs(last.value - then.value)
            )
        return None

    def _villages(self) -> set[int]:
        """How many villages or communities the draft told of: 13个行政村."""
        found = [t for t in self._terms[-_WIDEST * 4 :] if t.claim.unit == "个" and t.value > 1]
        return {int(t.value) for t in found if self._text.startswith(_VILLAGES, t.claim.end)}

    def _by_number(self, claim: Fact) -> Derivation | None:
        """平均每个村社30名: a figure of the sentence over how many villages the sources tell of."""
        if claim.kind is not Kind.QUANTITY or not _PER_PLACE.search(self.cue(claim)):
            return None
        sizes = sorted({*(n for many in self._sizes.values() for n in many), *self._villages()})
        for t in reversed(self._near(claim)):
            for n in sizes:
                if units.same(t.unit, claim.unit) and rounds_to(t.value / n, claim.mention):
                    return Derivation("average", f"{t.formula} ÷ {n}", t.inputs, t.value / n)
        return None

    def _by_time(self, claim: Fact, near: Sequence[terms.Term]) -> Iterator[Derivation]:
        """共清运5.53万吨，日均超过300吨: a total of the sentence over the days or months of the report's period."""
        per = span_of(self.cue(claim)) if claim.kind is Kind.QUANTITY else None
        if per is None:
            return
        for t in near:
            if t.claim.sentence == claim.sentence and units.same(t.unit, claim.unit):
                for times in spans_in(per, self._deriver.spans):
                    yield Derivation("average", f"{t.formula} ÷ {times}", t.inputs, t.value / times)

    def expected(self, claim: Fact) -> Derivation | None:
        """What the words around a claim say it must be; a change may be told of a value whose other one the source has."""
        near = self._near(claim)
        found = (
            self._deriver.of_its_months(claim)
            or self._of_its_list(claim)
            or rests.of_its_sentence(claim, self._terms, self._text, self._behind(claim, 2))
            or following.expected(claim, near, self.cue(claim))
            or self._before_change(claim)
            or self._times(claim)
            or self._against_schedule(claim)
            or brought_to.new_total(claim, near, self._others, self._text)
            or self._points_moved(claim, near)
        )
        found = found or following.expected_total(claim, near, self.cue(claim))
        if found is None:
            sums = (
                following.expected(claim, (g, t), self.cue(claim))
                for t, g in self._others.of_sums(claim, near)
            )
            found = next((d for d in sums if d is not None), None)
        here = [t for t in near if t.claim.sentence == claim.sentence and t.given]
        moves = (
            claim.kind is Kind.GROWTH
            or claim.mention.sub == "delta"
            or following.by_places(claim, self.cue(claim))
        )
        if found is not None or not here or not moves:
            return found
        fit = [t for t in here if not of_other_measure(claim, t.inputs)]
        last = (fit or here)[-1]
        for other in self._others.of(last.inputs[0]):
            ghost = terms.beside(last, other)
            if ghost is not None:
                return following.expected(claim, (*near, ghost), self.cue(claim))
        return None

    def _points_moved(self, claim: Fact, near: Sequence[terms.Term]) -> Derivation | None:
        """What a share moved by, also where its points were told as percent; or the growth of what is left."""
        if claim.kind is not Kind.GROWTH:
            return None
        last = near[-1].claim if near else None
        points = units.canonical(claim.unit) == "个百分点"
        if points or (last is not None and last is self._last(claim) and last.kind is Kind.PERCENT):
            return self._moved_rates.share_moved(claim, near)
        return next(self._moved_rates.of_a_rest(claim, self._told_before(claim)), None)

    def _of_its_list(self, claim: Fact) -> Derivation | None:
        """The growth of the figure that has the claim's place in the list before it."""
        now = self._deriver.listed_with(claim)
        then = next(iter(self._others.of(now)), None) if now is not None else None
        return next(growth(now, then), None) if now is not None and then is not None else None

    def for_each(self, claim: Fact) -> Derivation | None:
        """在甲、乙、丙3个社区各新建1处, where a source has 3处: what each gets, times how many there are."""
        words = self._text[claim.clause[0] : claim.start]
        if "各" not in words or not claim.value or claim.kind is not Kind.QUANTITY:
            return None
        for many in reversed(self._claims.before(claim, 2)):
            if many.sentence != claim.sentence or many.kind is not Kind.QUANTITY or not many.value:
                continue
            whole = self._deriver.like(claim, claim.value * many.value)
            if whole is not None:
                return Derivation("average", f"{whole.id} ÷ {many.value}", (whole,), claim.value)
        return None

    def _near(self, claim: Fact) -> list[terms.Term]:
        """The last terms of the claim's paragraph; for a share, the largest of each unit that stand further off too."""
        here = self._told_before(claim)
        wholes: dict[str, terms.Term] = {}
        if claim.kind is Kind.PERCENT:
            for t in here[:-8]:
                unit = units.canonical(t.unit)
                if unit not in wholes or t.value > wholes[unit].value:
                    wholes[unit] = t
            for t in [t for t in here[-3:] if t.claim.kind is Kind.QUANTITY]:
                sum_ = self._deriver.whole(t.inputs[-1]) if t.inputs else None
                if sum_ is not None and t.claim.sentence == claim.sentence:
                    ghost = replace(t, value=sum_.value, inputs=sum_.inputs, formula=f"({sum_.formula})")
                    wholes[t.claim.id] = ghost
        ranks = [t for t in here if t.claim.kind is Kind.RANK]
        figures = [t for t in here if t.claim.kind is not Kind.RANK]
        return sorted(
            (*wholes.values(), *figures[-8:], *ranks[-2:]), key=lambda term: (term.claim.start, term.claim.id)
        )
