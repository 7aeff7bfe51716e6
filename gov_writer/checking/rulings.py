"""What becomes of each figure of a draft: supported, or the one rule that speaks about it.

Computed once per case; each FIG rule shows its share. The order of the contract holds: a swap outranks a
slip of magnitude, that a wrong unit, direction, date, rank and approximation, then any other contradiction,
and last what no source has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from gov_writer.checking.places import Places
from gov_writer.checking.structural import gathered, miscounted, names_them, recalls, structural
from gov_writer.domain import (
    COUNTED,
    DATES,
    Approx,
    Coverage,
    Evidence,
    Fact,
    Kind,
    Ledger,
    Link,
    Period,
    Source,
)
from gov_writer.matching import following, units
from gov_writer.matching.derivations import Deriver
from gov_writer.matching.finding import number, slip
from gov_writer.matching.likely import CERTAIN
from gov_writer.matching.operations import Derivation
from gov_writer.matching.pairing import Alignment, Pair, align
from gov_writer.matching.units import Kinship
from gov_writer.matching.values import Why, rounded, rounds_to
from gov_writer.text.lazy import lazy

#: Unsupported claims that are looked up word for word; a hostile draft can't make it quadratic.
_MOST_LOOKUPS = 300
_COUNTS = lazy(r"[\d〇零一二两三四五六七八九十百千０-９]")
#: 两项合计: what was just told, not a count of its own.
_RECALLED = lazy(r"[两二三四五六](?:项|者)(?:合计|共计|共|相加|加起来)")
#: From this likeness on the surroundings are equal, word for word.
EQUAL_WORDS = 0.95
_NEXT_DAY = lazy("次日|翌日|第二天")
#: The figure is surely this fact's, however little the words share.
_SLIPS = frozenset({Why.MAGNITUDE, Why.SIGN, Why.UNIT})
#: Below this likeness an amount may be something else, which follows from the figures around it.
_UNLIKELY = 0.6
_SUMS_UP = lazy(r"合计|共计|总计|总共|两项|三项|相加")


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


class Rulings:
    """All rulings of a draft against its sources.  Without sources there are none."""

    def __init__(
        self, draft: Source, claims: Ledger, against: Ledger, known: tuple[Period, ...] = ()
    ) -> None:
        self._draft, self._claims, self._against = draft, claims, against
        self._known = {day for period in known for day in (period.start, period.end)}
        self._sources = {source.id: source for source in against.sources}

    @cached_property
    def alignment(self) -> Alignment:
        return align(self._claims, self._against)

    @cached_property
    def _deriver(self) -> Deriver:
        return Deriver(self.alignment)

    @cached_property
    def all(self) -> tuple[Ruling, ...]:
        """In text order, one for each claim that coverage counts, and for each period that changed."""
        lookups = _MOST_LOOKUPS
        found: list[Ruling] = []
        for claim in self._claims.facts:
            self._remember(found)
            pair = self.alignment.pairs.get(claim.id)
            if claim.kind not in COUNTED:
                if claim.kind is Kind.PERIOD and pair is not None and _period_changed(pair):
                    found.append(Ruling(claim, "FIG110", pair, supported=False))
                continue
            if _RECALLED.match(self._draft.text, claim.start):
                found.append(Ruling(claim))
                continue
            if pair is not None:
                found.append(self._paired(claim, pair))
                continue
            lookups -= 1
            found.append(self._unpaired(claim, lookups > 0))
        return tuple(self._with_swaps(found))

    def of(self, rule: str) -> Iterable[Ruling]:
        return (ruling for ruling in self.all if ruling.rule == rule)

    # --- what the draft's own sentence lets follow ------------------------------------------------------

    @cached_property
    def _terms(self) -> list[following.Term]:
        """The figures so far that go on to others, in text order."""
        return []

    def _remember(self, rulings: list[Ruling]) -> None:
        """The last ruling's figure may be what the next ones are computed from."""
        if not rulings or rulings[-1].rule == "FIG101":
            return
        ruling = rulings[-1]
        pair = (
            ruling.pair if ruling.pair is not None and (ruling.pair.agrees or ruling.pair.certain) else None
        )
        derivation = ruling.derivation if pair is None else None
        if derivation is not None or pair is not None:
            found = following.term(ruling.claim, pair.fact if pair else None, derivation)
            if found is not None:
                self._terms.append(found)

    def _cue(self, claim: Fact) -> str:
        """The words before a figure in its clause, with it."""
        start = max(claim.clause[0], claim.start - 16)
        return self._draft.text[start : claim.end]

    def _follows(self, claim: Fact) -> Derivation | None:
        """How a claim follows from the figures around it, None if it does not."""
        behind = []
        for other in self._claims.facts[self._at[claim.id] + 1 : self._at[claim.id] + 3]:
            pair = self.alignment.pairs.get(other.id)
            if other.sentence == claim.sentence and pair is not None and pair.agrees:
                found = following.term(other, pair.fact, None)
                behind += [found] if found is not None else []
        return following.explain(claim, self._near(claim), behind, self._cue(claim))

    def _expected(self, claim: Fact) -> Derivation | None:
        """What the words around a claim say it must be; a change may be told of a value whose other one the source has."""
        near = self._near(claim)
        found = following.expected(claim, near, self._cue(claim))
        here = [t for t in near if t.claim.sentence == claim.sentence and t.given]
        moves = claim.kind is Kind.GROWTH or claim.mention.sub == "delta"
        if found is not None or not here or not moves:
            return found
        last = here[-1]
        for other in self._other_times(last.inputs[0]):
            ghost = following.term(
                replace(last.claim, id=f"{last.claim.id}/{other.id}", subject=other.subject), other, None
            )
            if ghost is not None:
                return following.expected(claim, (*near, ghost), self._cue(claim))
        return None

    def _other_times(self, fact: Fact) -> Iterable[Fact]:
        """What its own sentence or row has for a fact at an earlier time."""
        at = self._place[fact.id]
        for other in self._against.facts[max(0, at - 4) : at + 5]:
            together = other.source == fact.source and other.sentence == fact.sentence and other is not fact
            one, two = fact.period, other.period
            earlier = bool(one and two and one.start and two.end and two.end < one.start)
            if together and earlier and other.kind is fact.kind and units.same(other.unit, fact.unit):
                yield other

    def _for_each(self, claim: Fact) -> Derivation | None:
        """在甲、乙、丙3个社区各新建1处, where a source has 3处: what each gets, times how many there are."""
        words = self._draft.text[claim.clause[0] : claim.start]
        if "各" not in words or not claim.value or claim.kind is not Kind.QUANTITY:
            return None
        at = self._at[claim.id]
        for many in reversed(self._claims.facts[max(0, at - 2) : at]):
            if many.sentence != claim.sentence or many.kind is not Kind.QUANTITY or not many.value:
                continue
            whole = self._deriver.like(claim, claim.value * many.value)
            if whole is not None:
                return Derivation("average", f"{whole.id} ÷ {many.value}", (whole,), claim.value)
        return None

    def _near(self, claim: Fact) -> list[following.Term]:
        """The terms of the claim's own sentence, and the last of the one before in its paragraph."""
        terms = self._terms[-8:]
        line = self._draft.text.rfind("\n", 0, claim.start) + 1
        return [t for t in terms if t.claim.start >= line and t.claim.id != claim.id]

    @cached_property
    def _at(self) -> dict[str, int]:
        return {claim.id: i for i, claim in enumerate(self._claims.facts)}

    # --- claims with a fact ------------------------------------------------------------------------

    def _paired(self, claim: Fact, pair: Pair) -> Ruling:
        rule = _rule_for(pair)
        if not rule and claim.id in self.alignment.foreign:
            return Ruling(claim, "FIG109", pair, supported=False)
        if not rule:
            return Ruling(claim, "", pair, rival=self._rivals.get(pair.fact.id))
        if pair.likeness < CERTAIN and names_them(claim, self._draft.text, self._sizes):
            return Ruling(claim)
        if rule == "FIG102" and self._lists(claim, sure=pair.likeness >= CERTAIN):
            return Ruling(claim)
        if rule == "FIG102" and (shared := self._for_each(claim)) is not None:
            return Ruling(claim, "", None, shared)
        inexact = rule != "FIG105" and pair.fact.mention.approx != Approx.EXACT
        beyond = rule == "FIG105" and claim.mention.approx in (Approx.MORE_THAN, Approx.LESS_THAN)
        inexact = (
            inexact
            or (pair.agrees and not beyond)
            or (rule != "FIG105" and claim.mention.approx is not Approx.EXACT)
        )
        derivation = None
        if rule != "FIG105" and not self._of_another(claim, pair):
            found = self._computed(claim, pair, rule)
            if isinstance(found, Ruling):
                return found if found.rule == "" else replace(found, uncertain=inexact)
            derivation = found
        sure = pair.certain or (rule == "FIG105" and claim.value == pair.fact.value)
        return Ruling(claim, rule, pair, derivation, uncertain=inexact or not sure, supported=False)

    def _of_another(self, claim: Fact, pair: Pair) -> bool:
        """Whether the claim has the value of another figure of its fact's own sentence or row: it was mistaken for it."""
        at = self._place[pair.fact.id]
        return any(
            other is not pair.fact
            and other.source == pair.fact.source
            and other.sentence == pair.fact.sentence
            and other.kind is claim.kind
            and other.value == claim.value
            and units.same(other.unit, pair.fact.unit)
            for other in self._against.facts[max(0, at - 6) : at + 7]
        )

    @cached_property
    def _place(self) -> dict[str, int]:
        return {fact.id: i for i, fact in enumerate(self._against.facts)}

    def _computed(self, claim: Fact, pair: Pair, rule: str) -> Ruling | Derivation | None:
        """What computing says of a claim that its fact contradicts: a ruling, or what would be right, or nothing."""
        retold = any(user is not claim for user in self._users.get(pair.fact.id, ()))
        sums = _SUMS_UP.search(self._cue(claim)) is not None
        if pair.likeness >= EQUAL_WORDS and not (retold or sums) and claim.kind is pair.fact.kind:
            return None
        near = pair.likeness >= CERTAIN or slip(number(claim), number(pair.fact))
        derivation = self._deriver.explain(claim, near=near)
        if derivation is None and (claim.kind is not Kind.QUANTITY or pair.likeness < _UNLIKELY or sums):
            derivation = self._follows(claim)
        if derivation is not None:
            return Ruling(claim, "", None, derivation)
        if rule != "FIG102":
            return None
        if pair.likeness < CERTAIN or claim.kind is not pair.fact.kind:
            meant = self._expected(claim)
            if meant is not None:
                return Ruling(claim, _rule_beside(claim, meant), None, meant, supported=False)
        if claim.kind is not Kind.QUANTITY:
            return None
        missed = None if slip(number(claim), number(pair.fact)) else self._deriver.nearly(claim)
        return missed or self._deriver.expected(claim)

    def _unpaired(self, claim: Fact, may_look: bool) -> Ruling:
        if structural(claim) or self._given(claim) or (may_look and self._verbatim(claim)):
            return Ruling(claim)
        if self._lists(claim):
            return Ruling(claim)
        derivation = self._deriver.explain(claim) or self._follows(claim) or self._for_each(claim)
        if derivation is not None:
            return Ruling(claim, "", None, derivation)
        uncertain = claim.mention.approx is not Approx.EXACT
        expected = self._expected(claim) or self._deriver.nearly(claim) or self._deriver.expected(claim)
        if expected is not None:
            rule = _rule_beside(claim, expected)
            return Ruling(claim, rule, None, expected, uncertain=uncertain, supported=False)
        rule = "FIG111" if claim.kind in DATES else "FIG101"
        return Ruling(claim, rule, uncertain=uncertain, supported=False)

    def _lists(self, claim: Fact, *, sure: bool = False) -> bool:
        """Whether a small count speaks of what the draft lists beside it, rightly or (then ARI204 tells) not.

        sure: a source surely has another count, so that a wrong one is told here.
        """
        before = self._claims.facts[max(0, self._at[claim.id] - 12) : self._at[claim.id]]
        if names_them(claim, self._draft.text, self._sizes) and not sure:
            return True
        return recalls(claim, self._draft.text, before) or (not sure and miscounted(claim, self._draft.text))

    def _given(self, claim: Fact) -> bool:
        """The report's own period and as-of day need no source."""
        if claim.kind not in DATES:
            return False
        days = {claim.mention.date_start, claim.mention.date_end}
        return None not in days and days <= self._known

    def _verbatim(self, claim: Fact) -> bool:
        """Whether a source has the figure in the same words, though nothing was bound there."""
        if _GROUP.search(claim.text) and claim.text in self._heads:
            return True
        start, end = (
            max(claim.sentence[0], claim.start - 5),
            min(max(claim.sentence[1], claim.end), claim.end + 5),
        )
        words = self._draft.text[start:end].strip()
        return len(words) >= claim.end - claim.start + 6 and any(
            words in s.text for s in self._against.sources
        )

    @cached_property
    def _sizes(self) -> dict[str, frozenset[int]]:
        return gathered(self._against)

    @cached_property
    def _heads(self) -> str:
        """What stands over the columns and before the rows of the sources' tables."""
        return "\n".join(
            source.text[cell.start : cell.end]
            for source in self._against.sources
            for table in source.tables
            for cell in table.cells
            if cell.is_header
        )

    # --- swaps -------------------------------------------------------------------------------------

    def _with_swaps(self, rulings: list[Ruling]) -> Iterable[Ruling]:
        """Contradicted claims that say each other's facts have changed places (in pairs or in a circle)."""
        wrong = [
            r for r in rulings if r.pair is not None and r.rule and number(r.claim) != number(r.pair.fact)
        ]
        facts: dict[str, list[Ruling]] = defaultdict(list)
        for ruling in wrong:
            assert ruling.pair is not None
            for key in _looks(ruling.pair.fact):
                facts[key].append(ruling)
        wanted = {key for ruling in wrong for key in _looks(ruling.claim)}
        partners: dict[str, Fact] = {}
        for ruling in wrong:
            assert ruling.pair is not None
            mine = ruling.claim
            if not wanted.intersection(_looks(ruling.pair.fact)):
                continue
            others = [o for key in _looks(mine) for o in facts.get(key, ()) if o.claim is not mine]
            near = min(others, key=lambda o: abs(o.claim.start - mine.start), default=None)
            if near is not None:
                partners[mine.id] = near.claim
        for ruling in rulings:
            partner = partners.get(ruling.claim.id)
            # the partner must have moved as well, else one figure was merely copied over
            if partner is not None and partner.id in partners:
                yield replace(ruling, rule="FIG109", partner=partner, supported=False)
            else:
                yield ruling

    @cached_property
    def _users(self) -> dict[str, list[Fact]]:
        """Fact id → the claims that agree with it."""
        users: dict[str, list[Fact]] = defaultdict(list)
        for pair in self.alignment.pairs.values():
            if pair.agrees:
                users[pair.fact.id].append(pair.claim)
        return users

    # --- facts -------------------------------------------------------------------------------------

    @cached_property
    def _rivals(self) -> dict[str, Fact]:
        """Used fact id → an unused fact that contradicts it."""
        by_id = {fact.id: fact for fact in self._against.facts}
        return {used: by_id[rival] for rival, used in self.alignment.rivals.items()}

    @cached_property
    def absent(self) -> tuple[Fact, ...]:
        """Counted facts that the draft does not hold."""
        next_days = self._next_days()
        told: set[tuple[str, tuple[int, int], Decimal | None]] = set()
        used = set(self.alignment.touched) | set(self.alignment.repeats)
        for ruling in self.all:
            if ruling.derivation is not None:
                used.update(fact.id for fact in ruling.derivation.inputs)
                told |= {(f.source, f.sentence, ruling.claim.value) for f in ruling.derivation.inputs}
        return tuple(
            f
            for f in self._against.facts
            if f.kind in COUNTED
            and f.id not in used
            and not structural(f)
            and not (f.kind is Kind.DATE and f.mention.date_start in next_days)
            and not (f.kind is Kind.QUANTITY and (f.source, f.sentence, f.value) in told)
        )

    def _next_days(self) -> frozenset[date]:
        """Days that the draft tells as the one after a date (次日14时)."""
        found = set()
        for claim in self._claims.facts:
            day = claim.mention.date_end if claim.kind is Kind.DATE else None
            if day is not None and _NEXT_DAY.search(self._draft.text, claim.end, claim.end + 60):
                found.add(day + timedelta(days=1))
        return frozenset(found)

    @cached_property
    def missing(self) -> tuple[tuple[Fact, int], ...]:
        """Absent facts that the draft should hold, with the offset where each belongs, in text order."""
        places = Places(self._draft, self._against, self.alignment.pairs)
        due = [f for f in self.absent if f.id not in self.alignment.rivals and not self._understood(f)]
        return tuple(sorted(((f, places.of(f)) for f in due), key=lambda item: item[1]))

    def _understood(self, fact: Fact) -> bool:
        """Whether a draft says a fact without its figure: the length of a list, or that nothing happened."""
        source = self._sources.get(fact.source)
        if fact.value == 0:
            return any(
                word[-2:] in self._draft.text[m.start() : m.end() + 12]
                for word in (fact.subject,)
                if len(word) > 1
                for m in _NOTHING.finditer(self._draft.text)
            )
        return source is not None and fact.cell is None and recalls(fact, source.text, ())

    def coverage(self, themes: int, themes_met: int) -> Coverage:
        counted = [r for r in self.all if r.claim.kind in COUNTED]
        facts = sum(f.kind in COUNTED for f in self._against.facts)
        return Coverage(
            figures=len(counted),
            figures_supported=sum(r.supported for r in counted),
            facts=facts,
            facts_used=facts - len(self.absent),
            unused=tuple(f.id for f in self.absent),
            themes=themes,
            themes_met=themes_met,
        )

    def links(self) -> tuple[Link, ...]:
        """The supported figures with their sources, in text order."""
        found = []
        for ruling in self.all:
            claim, derivation = ruling.claim, ruling.derivation
            if not ruling.supported or (ruling.pair is None and derivation is None):
                continue
            facts = derivation.inputs if derivation is not None else ()
            if ruling.pair is not None and derivation is None:
                facts = (ruling.pair.fact,)
            formula = derivation.formula if derivation is not None else ""
            found.append(
                Link(start=claim.start, end=claim.end, evidence=self.evidence(*facts), formula=formula)
            )
        return tuple(sorted(found, key=lambda link: link.start))

    def evidence(self, *facts: Fact) -> tuple[Evidence, ...]:
        """The source sentences of facts, shortened around the figure."""
        return tuple(self._quote(fact) for fact in facts)

    def _quote(self, fact: Fact, reach: int = 60) -> Evidence:
        source = self._sources[fact.source]
        start, end = fact.sentence if fact.sentence != (0, 0) else (fact.start, fact.end)
        start, end = max(start, fact.start - reach), min(max(end, fact.end), fact.end + reach)
        words = " ".join(source.text[start:end].split())
        return Evidence(source=source.path, locator=fact.locator, text=words)


#: That nothing happened: 未发生生产安全事故, 实现零事故.
_NOTHING = lazy("未发生|没有发生|未出现|无一起|无|零")
#: 60岁以上, 90平方米以下: whom a column counts.
_GROUP = lazy("以上|以下|以内|以外|岁")


def _rule_beside(claim: Fact, right: Derivation) -> str:
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
    if mine and (claim.kind is Kind.GROWTH or claim.mention.sub == "delta") and rounds_to(value, turned):
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


def _moved(ruling: Ruling, pair: Pair) -> bool:
    """Whether the figure may have changed places: another number than the fact's (3% may round 2.75%)."""
    return bool(ruling.rule or pair.likeness >= EQUAL_WORDS) and number(ruling.claim) != number(pair.fact)


def _period_changed(pair: Pair) -> bool:
    """Another year or month in otherwise equal words."""
    if pair.likeness < EQUAL_WORDS or pair.fact.kind is not Kind.PERIOD:
        return False
    return not pair.agrees and pair.comparison.why is not Why.UNKNOWN


def _rule_for(pair: Pair) -> str:
    """The rule that reports a pair, "" where the two agree."""
    why, claim, fact = pair.comparison.why, pair.claim, pair.fact
    if why is Why.SHARPENED and Approx.EXACT is claim.mention.approx is fact.mention.approx:
        return "FIG102" if claim.kind not in DATES else ""
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


def _looks(fact: Fact) -> tuple[str, ...]:
    """What a figure could be recognised by elsewhere: its words, and its digits."""
    if fact.kind in DATES:
        return ("".join(fact.text.split()),)
    if fact.value is None:
        return ()
    if fact.kind is Kind.RANK:  # 第一 and 1个 have nothing to exchange
        return (f"r{fact.value}",)
    return (f"n{number(fact)}", f"v{abs(fact.value).normalize()}")
