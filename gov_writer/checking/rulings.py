"""What becomes of each figure of a draft: supported, or the one rule that speaks about it.

Computed once per case; each FIG rule shows its share. The order of the contract holds: a swap outranks a
slip of magnitude, that a wrong unit, direction, date, rank and approximation, then any other contradiction,
and last what no source has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from gov_writer.checking.attribution import Attribution
from gov_writer.checking.listed import Listed
from gov_writer.checking.reckoning import Reckoning
from gov_writer.checking.ruling import EQUAL_WORDS, Ruling, by_chance, period_changed, rule_beside, rule_for
from gov_writer.checking.structural import structural
from gov_writer.checking.support import Support
from gov_writer.checking.swaps import with_swaps
from gov_writer.checking.told import Told
from gov_writer.domain import (
    COUNTED,
    DATES,
    Approx,
    Evidence,
    Fact,
    Kind,
    Ledger,
    Link,
    Period,
    Source,
)
from gov_writer.matching import units
from gov_writer.matching.derivations import Deriver
from gov_writer.matching.finding import judge, number, slip
from gov_writer.matching.intervals import rounds_to
from gov_writer.matching.operations import Derivation
from gov_writer.matching.pairing import Alignment, Pair, align
from gov_writer.matching.redating import redated
from gov_writer.matching.times import CHANGED, as_period
from gov_writer.matching.values import Verdict, compare
from gov_writer.matching.worth import CERTAIN
from gov_writer.text.lazy import lazy

#: Unsupported claims that are looked up word for word; a hostile draft can't make it quadratic.
_MOST_LOOKUPS = 300
#: 两项合计: what was just told, not a count of its own.
_RECALLED = lazy(r"[两二三四五六](?:项|者)(?:合计|共计|共|相加|加起来)")
#: 历时100天。100天里: a figure that goes on from itself.
_STOPS = frozenset("，。；、")
#: A rank that is told of what comes after the first.
_NEXT = lazy(r"[\s，,、]{0,2}(?:次之|其次|紧随其后|位居其后|列第二|居次席)")
_THING = lazy(r"[\u4e00-\u9fff]{2}")
#: 两种形式：, 三大“工程”：: how many of what follows.
_LEADS_TO = lazy(r"[两二三四五六七八九十](?:个|大|种|类|家|方|级)[^，。；：:\d]{1,6}[：:]")
_ANNOUNCED = lazy(r"[两二三四五六七八九十](?:个|大|种|类|项)[“‘][^”’\n]{1,8}[”’][^。；\n]{0,12}[：:]")
#: What a report on that many days may call its own period.
_SPANS = {"半年": 182, "一年": 365}
#: Below this likeness an amount may be something else, which follows from the figures around it.
_UNLIKELY = 0.6
_SUMS_UP = lazy(r"合计|共计|总计|总共|两项|三项|相加")
#: 60岁以上, 90平方米以下: whom a column counts.
_GROUP = lazy("以上|以下|以内|以外|岁")


class Rulings:
    """All rulings of a draft against its sources.  Without sources there are none.

    ``ruling`` says which rule reports what, ``listed`` and ``structural`` which counts need no fact, ``reckoning``
    what follows from the figures around one, ``support`` what bears a figure out for which no fact stands,
    ``attribution`` whose figure it is, ``swaps`` which changed places, ``told`` which facts are left out.
    """

    def __init__(
        self, draft: Source, claims: Ledger, against: Ledger, known: tuple[Period, ...] = ()
    ) -> None:
        self._redated = redated(claims, against)
        self._draft, self._claims, self._against = draft, self._redated.claims, against
        self._known = {day for period in known for day in (period.start, period.end)}
        self._attribution = Attribution(against)
        self._misattributed: set[tuple[tuple[int, int], str]] = set()
        self._listed = Listed(draft.text, against)
        self._sources = {source.id: source for source in against.sources}

    @cached_property
    def alignment(self) -> Alignment:
        return align(self._claims, self._against)

    @cached_property
    def _deriver(self) -> Deriver:
        return Deriver(self.alignment, self._spans)

    @cached_property
    def _spans(self) -> tuple[int, ...]:
        """The days that have passed of the report's period, and all of it."""
        days = sorted(day for day in self._known if day)
        return tuple((day - days[0]).days + 1 for day in days[1:])

    @cached_property
    def _reckoning(self) -> Reckoning:
        return Reckoning(
            self._draft.text, self._claims, self._against, self.alignment, self._deriver, self._listed.sizes
        )

    @cached_property
    def _support(self) -> Support:
        return Support(self._draft, self._claims, self._against, self.alignment)

    @cached_property
    def all(self) -> tuple[Ruling, ...]:
        """In text order, one for each claim that coverage counts, and for each period that changed."""
        lookups = _MOST_LOOKUPS
        found: list[Ruling] = []
        for claim in self._claims.facts:
            if found:
                self._reckoning.remember(found[-1])
            pair = self.alignment.pairs.get(claim.id)
            if (right := self._redated.wrong.get(claim.id)) is not None:
                shown = as_period(right)
                found.append(
                    Ruling(claim, "FIG110", Pair(claim, shown, judge(claim, shown), CHANGED), supported=False)
                )
                continue
            if claim.kind not in COUNTED:
                own = claim.mention.date_start is None and claim.mention.date_end in self._known
                if claim.kind is Kind.PERIOD and pair is not None and period_changed(pair) and not own:
                    found.append(Ruling(claim, "FIG110", pair, supported=False))
                continue
            if self._needs_none(claim):
                found.append(Ruling(claim))
                continue
            if pair is not None:
                found.append(self._paired(claim, pair))
                continue
            lookups -= 1
            found.append(self._unpaired(claim, lookups > 0))
        return tuple(self._support.with_counts(tuple(with_swaps(found))))

    @cached_property
    def misdated(self) -> tuple[tuple[int, int], ...]:
        """The spans of periods that a wrong year above them, told as such, put into another year."""
        return tuple((f.start, f.end) for f in self._claims.facts if f.id in self._redated.moved)

    def of(self, rule: str) -> Iterable[Ruling]:
        return (ruling for ruling in self.all if ruling.rule == rule)

    # --- claims with a fact ------------------------------------------------------------------------

    def _paired(self, claim: Fact, pair: Pair) -> Ruling:
        rule = rule_for(pair)
        if not rule and (claim.id in self.alignment.foreign or self._by_another(claim, pair)):
            return Ruling(claim, "FIG109", pair, supported=False)
        if not rule:
            return Ruling(claim, "", pair, rival=self._rivals.get(pair.fact.id))
        if pair.likeness < CERTAIN and self._listed.in_sources(claim):
            return Ruling(claim)
        if rule in ("FIG102", "FIG103"):
            doubtful = pair.likeness < CERTAIN or not units.same(claim.unit, pair.fact.unit)
            borne = self._support.of(claim) if doubtful else self._support.each(claim)
            if borne is not None:
                return Ruling(claim, "", None, borne)
        loose = rule == "FIG102" and pair.likeness < EQUAL_WORDS
        if loose and self._listed.counts(claim, self._before(claim), sure=pair.likeness >= CERTAIN):
            return Ruling(claim)
        if loose and (shared := self._reckoning.for_each(claim)) is not None:
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

    def _by_another(self, claim: Fact, pair: Pair) -> bool:
        """Whether the draft gives an office's figure to another one; told once in a sentence."""
        if (
            not self._attribution.another(claim, pair.fact)
            or (claim.sentence, claim.actor) in self._misattributed
        ):
            return False
        self._misattributed.add((claim.sentence, claim.actor))
        return True

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
    def _at(self) -> dict[str, int]:
        return {claim.id: i for i, claim in enumerate(self._claims.facts)}

    @cached_property
    def _place(self) -> dict[str, int]:
        return {fact.id: i for i, fact in enumerate(self._against.facts)}

    def _computed(self, claim: Fact, pair: Pair, rule: str) -> Ruling | Derivation | None:
        """What computing says of a claim that its fact contradicts: a ruling, or what would be right, or nothing."""
        retold = any(user is not claim for user in self._users.get(pair.fact.id, ()))
        sums = _SUMS_UP.search(self._reckoning.cue(claim)) is not None
        if pair.likeness >= EQUAL_WORDS and not (retold or sums) and claim.kind is pair.fact.kind:
            return None
        near = pair.likeness >= CERTAIN or slip(number(claim), number(pair.fact))
        derivation = self._deriver.explain(claim, near=near)
        if derivation is None and (claim.kind is not Kind.QUANTITY or pair.likeness < _UNLIKELY or sums):
            derivation = self._reckoning.follows(claim)
        if derivation is not None and not by_chance(claim, pair, derivation, self._reckoning.cue(claim)):
            return Ruling(claim, "", None, derivation)
        if rule != "FIG102":
            return None
        if pair.likeness < CERTAIN or claim.kind is not pair.fact.kind:
            meant = self._reckoning.expected(claim)
            if meant is not None:
                return Ruling(claim, rule_beside(claim, meant), None, meant, supported=False)
        if claim.kind is not Kind.QUANTITY:
            return None
        missed = None if slip(number(claim), number(pair.fact)) else self._deriver.nearly(claim)
        return missed or self._deriver.expected(claim)

    # --- claims without one --------------------------------------------------------------------------

    def _unpaired(self, claim: Fact, may_look: bool) -> Ruling:
        if structural(claim) or self._given(claim) or (may_look and self._verbatim(claim)):
            return Ruling(claim)
        if self._second(claim):
            return Ruling(claim)
        if (told := self._told_before(claim)) is not None:
            return Ruling(claim, "", told)
        if self._listed.counts(claim, self._before(claim)) or _LEADS_TO.match(self._draft.text, claim.start):
            return Ruling(claim)
        derivation = (
            self._support.all_done(claim)
            or self._deriver.explain(claim)
            or self._reckoning.follows(claim)
            or self._reckoning.for_each(claim)
            or self._support.of(claim)
        )
        if derivation is not None:
            return Ruling(claim, "", None, derivation)
        uncertain = claim.mention.approx is not Approx.EXACT
        if uncertain and (rounded := self._unapproximated(claim)) is not None:
            return Ruling(claim, "FIG105", None, rounded, supported=False)
        expected = (
            self._reckoning.expected(claim) or self._deriver.nearly(claim) or self._deriver.expected(claim)
        )
        if expected is not None:
            if rounds_to(expected.value, claim.mention):
                return Ruling(claim, "", None, expected)
            rule = rule_beside(claim, expected)
            return Ruling(claim, rule, None, expected, uncertain=uncertain, supported=False)
        rule = "FIG111" if claim.kind in DATES else "FIG101"
        return Ruling(claim, rule, uncertain=uncertain, supported=False)

    def _needs_none(self, claim: Fact) -> bool:
        """两项合计, 在三个“再”上下功夫：…, 半年, 每100人中有: no count of its own."""
        text = self._draft.text
        announced = _RECALLED.match(text, claim.start) or _ANNOUNCED.match(text, claim.start)
        return bool(announced) or self._whole_period(claim) or self._support.regular(claim)

    def _unapproximated(self, claim: Fact) -> Derivation | None:
        """How the number of an approximation follows, where only 超 for 近 is wrong."""
        if claim.mention.approx not in (Approx.MORE_THAN, Approx.LESS_THAN, Approx.ABOUT):
            return None
        plain = replace(claim, mention=replace(claim.mention, approx=Approx.EXACT))
        return self._deriver.explain(plain, near=True) or self._reckoning.follows(plain)

    def _before(self, claim: Fact) -> tuple[Fact, ...]:
        """The last claims before one."""
        return self._claims.facts[max(0, self._at[claim.id] - 12) : self._at[claim.id]]

    def _second(self, claim: Fact) -> bool:
        """排名第二, where the note says 次之 of what stands beside it."""
        at = self._at[claim.id]
        pair = self.alignment.pairs.get(self._claims.facts[at - 1].id) if at else None
        if claim.kind is not Kind.RANK or claim.value != 2 or pair is None or not pair.agrees:
            return False
        text = self._sources[pair.fact.source].text
        return _NEXT.match(text, pair.fact.end) is not None

    def _told_before(self, claim: Fact) -> Pair | None:
        """The pair of a figure that the draft tells a second time: 社区党委9个……给9个社区党委; 历时100天。100天里."""
        text = self._draft.text
        thing = text[claim.end : claim.end + 2]
        at = self._at[claim.id]
        for other in reversed(self._claims.facts[max(0, at - 30) : at]):
            pair = self.alignment.pairs.get(other.id)
            if pair is None or compare(claim.mention, pair.fact.mention) is not Verdict.SAME:
                continue
            opens = claim.start - other.end <= 8 and text[claim.start - 1 : claim.start] in _STOPS
            named = _THING.fullmatch(thing) and (thing in other.subject or text.startswith(thing, other.end))
            if opens or named:
                return pair
        return None

    def _whole_period(self, claim: Fact) -> bool:
        """半年 in a report on half a year."""
        if claim.text not in _SPANS or len(self._known) < 2:
            return False
        days = [day for day in self._known if day]
        return abs((max(days) - min(days)).days + 1 - _SPANS[claim.text]) < 5

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
    def _heads(self) -> str:
        """What stands over the columns and before the rows of the sources' tables."""
        return "\n".join(
            source.text[cell.start : cell.end]
            for source in self._against.sources
            for table in source.tables
            for cell in table.cells
            if cell.is_header
        )

    @cached_property
    def _users(self) -> dict[str, list[Fact]]:
        """Fact id → the claims that agree with it."""
        users: dict[str, list[Fact]] = defaultdict(list)
        for pair in self.alignment.pairs.values():
            if pair.agrees:
                users[pair.fact.id].append(pair.claim)
        return users

    @cached_property
    def _rivals(self) -> dict[str, Fact]:
        """Used fact id → an unused fact that contradicts it."""
        by_id = {fact.id: fact for fact in self._against.facts}
        return {used: by_id[rival] for rival, used in self.alignment.rivals.items()}

    # --- what is shown ------------------------------------------------------------------------------

    @cached_property
    def told(self) -> Told:
        """What the draft tells of the sources' facts."""
        return Told(self._draft, self._claims, self._against, self.alignment, self.all)

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
