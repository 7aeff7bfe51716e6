"""What supports a figure for which no fact stands: the day of an event, that all was done, what a sum adds up.

``rulings`` asks here before it calls a figure unsourced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import DATES, Approx, Fact, Kind, Ledger, Source
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving.operations import Derivation, durations
from gov_writer.matching.intervals import rounds_to
from gov_writer.matching.pairing import Alignment
from gov_writer.matching.pairing.worth import CERTAIN
from gov_writer.text.lazy import lazy

_ALL = lazy("全部|全都|全数|悉数|全面完成|全覆盖|均|都|逐一|一个不|无一|百分之百")
_MOST = lazy("最[高多大强好低少快长早优]|居首|第一")
#: How many of these there are, notes tell anywhere: 38个村, 17个社区.
_STANDING = lazy("社区|小区|网格|街道|部门|科室|单位|村|镇|乡|学校|中小学|园区|片区|楼宇")
#: 楼宇书记、楼长各26名: what is listed before 各.
_EACH = lazy(r"(?P<list>[\u4e00-\u9fff、和与及“”]{2,30})各(?:有|配|派|设|为)?$")
_ITEMS = lazy("[、和与及]")
_EVERY = lazy("平均每$")
_ONCE = lazy("[^，。；]{0,6}[一1][次场期轮]")
_COUNTED = lazy(
    r"[\d二两三四五六七八九十]{1,3}(?:个|家|类|项|者|大|种|天|日|级|所|座|条|支|村|镇|方|幢)(?:月|季度)?"
)
_DAYS = lazy(r"(?P<days>(?:\d{1,2}[日月][、和与及])+\d{1,2}[日月])[^、；。]{0,8}$")
_IN_A_HUNDRED = lazy(r"每(?:100|1000|10|百|千|十)[人户名个件][^，。]{0,4}有?")
_ALTOGETHER = lazy("共|累计|合计|总计|先后")
#: Ranges of days that are tried for a duration, dates that are looked at, characters around a figure.
_MOST_RANGES, _MOST_DATES, _REACH = 12, 200, 200
#: Ⅲ级, A级: what tells two lines apart.
_GRADES = lazy("[Ⅰ-ⅫA-ZIVX0-9]+级")


class Support:
    """Looks beyond the pairs of figures for what bears a claim out."""

    def __init__(self, draft: Source, claims: Ledger, against: Ledger, alignment: Alignment) -> None:
        self._draft, self._claims, self._against, self._alignment = draft, claims, against, alignment

    def of(self, claim: Fact) -> Derivation | None:
        """What bears out a claim that no fact states and that does not follow from figures; None if nothing does."""
        if claim.kind in DATES:
            return self._day(claim)
        if claim.kind is Kind.PERCENT:
            return self.all_done(claim)
        if claim.kind is Kind.RANK:
            return self._superlative(claim)
        if claim.kind is Kind.QUANTITY:
            return self.surely(claim) or self._lasting(claim) or self._other_side(claim)
        return None

    def surely(self, claim: Fact) -> Derivation | None:
        """What bears out a quantity even where another fact seems to be meant."""
        return self.standing(claim) or self.each(claim) or self._dated_items(claim)

    def regular(self, claim: Fact) -> bool:
        """平均每两个月开展一次, 每100人中有44人: how often, in round words; the figures are told beside it."""
        text = self._draft.text
        if _IN_A_HUNDRED.search(text, max(0, claim.start - 14), claim.start):
            said = [c for c in self._here(claim) if c.kind is Kind.PERCENT and c.value == claim.value]
            return bool(said)
        if claim.value in (10, 100, 1000) and _IN_A_HUNDRED.search(
            text, max(0, claim.start - 1), claim.end + 8
        ):
            return True
        return (
            claim.kind is Kind.QUANTITY
            and _EVERY.search(text, max(0, claim.start - 4), claim.start) is not None
            and _ONCE.match(text, claim.end) is not None
        )

    def _day(self, claim: Fact) -> Derivation | None:
        """A day on which a line of the sources tells what the claim's clause tells, and no other day's line tells more."""
        days = {claim.mention.date_start, claim.mention.date_end} - {None}
        start, end = max(claim.clause[0], claim.start - _REACH), min(claim.clause[1], claim.end + _REACH)
        words = _words(self._draft.text[start : claim.start]) | _words(
            self._draft.text[claim.end : max(end, claim.end)]
        )
        best = max((len(words & line) for line in self._lines.values()), default=0)
        inputs = []
        for day in sorted(d for d in days if d):
            known = [f for f in self._dated.get(day, ())[:20] if 0 < best == len(words & self._lines[f.id])]
            if not known and len(days) < 2:
                return None
            inputs += known
        if not inputs or any(day not in self._dated for day in days):
            return None
        return Derivation("day", inputs[0].id, tuple(dict.fromkeys(inputs)), Decimal(0))

    @cached_property
    def _lines(self) -> dict[str, frozenset[str]]:
        """The words of the lines that hold a date, by the date's id."""
        dated = [f for f in self._against.facts if f.kind in DATES][:_MOST_DATES]
        return {f.id: self._line(f) for f in dated}

    @cached_property
    def _dated(self) -> dict[date, list[Fact]]:
        found: dict[date, list[Fact]] = defaultdict(list)
        for fact in self._against.facts:
            if fact.id in self._lines:
                for day in {fact.mention.date_start, fact.mention.date_end}:
                    if day is not None:
                        found[day].append(fact)
        return found

    def _line(self, fact: Fact) -> frozenset[str]:
        text = self._against.source(fact.source).text
        start = max(text.rfind("\n", 0, fact.start) + 1, fact.start - _REACH)
        end = text.find("\n", fact.end)
        return _words(text[start : min(len(text) if end < 0 else end, fact.end + _REACH)])

    def _other_side(self, claim: Fact) -> Derivation | None:
        """不足50万元 where a source sorts by 50万元以上: the border, not an amount."""
        approx = claim.mention.approx
        under, over = {Approx.LESS_THAN, Approx.AT_MOST}, {Approx.MORE_THAN, Approx.AT_LEAST}
        other = over if approx in under else under if approx in over else set()
        for fact in self._counted.get(claim.value or Decimal(0), ()) if other else ():
            if fact.mention.approx in other and units.same(fact.unit, claim.unit):
                return Derivation("border", fact.id, (fact,), claim.value or Decimal(0))
        return None

    def _dated_items(self, claim: Fact) -> Derivation | None:
        """共开展活动6场 where a section of the sources, by the same word, dates six of them."""
        if claim.unit not in ("场", "次", "项", "个") or claim.mention.approx is not Approx.EXACT:
            return None
        clause = self._draft.text[max(claim.clause[0], claim.start - 24) : claim.start]
        if not _ALTOGETHER.search(clause):
            return None
        words = bigrams(clause)
        for (_, heading), facts in self._sections.items():
            if len(facts) == claim.value and words & bigrams(heading):
                return Derivation(
                    "count", f"{facts[0].id} … {facts[-1].id}", tuple(facts), Decimal(len(facts))
                )
        return None

    @cached_property
    def _sections(self) -> dict[tuple[str, str], list[Fact]]:
        """The dates of each section of the sources."""
        found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self._against.facts:
            if fact.kind is Kind.DATE and fact.heading:
                found[fact.source, fact.heading[-1]].append(fact)
        return found

    def all_done(self, claim: Fact) -> Derivation | None:
        """整改率100% where a source says of what the sentence tells that all of it was done (45条，全部整改)."""
        if claim.value != 100 or claim.kind is not Kind.PERCENT:
            return None
        for fact in self._stated(claim):
            text = self._against.source(fact.source).text
            if _ALL.search(text, fact.start, min(max(fact.sentence[1], fact.end), fact.end + 24)):
                return Derivation("share", f"{fact.id}（全部）", (fact,), Decimal(100))
        return None

    def _superlative(self, claim: Fact) -> Derivation | None:
        """位居全镇第一 of what a source calls the most (最高的是坪上村，860万元)."""
        for fact in self._stated(claim) if claim.value == 1 else ():
            text = self._against.source(fact.source).text
            if _MOST.search(
                text, max(fact.sentence[0], fact.start - 24), min(fact.sentence[1], fact.end + 12)
            ):
                return Derivation("rank", fact.id, (fact,), Decimal(1))
        return None

    def standing(self, claim: Fact) -> Derivation | None:
        """38个村, 17个社区: how many there are, wherever a source says so."""
        thing = _STANDING.match(self._draft.text, claim.end)
        if thing is None or claim.mention.approx is not Approx.EXACT or claim.kind is not Kind.QUANTITY:
            return None
        for fact in self._counted.get(claim.value or Decimal(0), ()):
            text = self._against.source(fact.source).text
            if units.same(fact.unit, claim.unit) and text.startswith(thing[0], fact.end):
                return Derivation("count", fact.id, (fact,), claim.value or Decimal(0))
        return None

    @cached_property
    def _counted(self) -> dict[Decimal, list[Fact]]:
        found: dict[Decimal, list[Fact]] = defaultdict(list)
        for fact in self._against.facts:
            if fact.kind is Kind.QUANTITY and fact.value is not None and len(found[fact.value]) < 20:
                found[fact.value].append(fact)
        return found

    def each(self, claim: Fact) -> Derivation | None:
        """52名 where a source has 楼宇书记、楼长各26名."""
        text = self._draft.text
        end = min(max(claim.clause[1], claim.end), claim.end + 20)
        words = bigrams(text[max(claim.sentence[0], claim.start - 30) : end])
        for fact in () if "各" in text[max(0, claim.start - 3) : claim.start] else self._in_each:
            if not units.same(fact.unit, claim.unit) or not fact.value:
                continue
            note = self._against.source(fact.source).text
            listed = _EACH.search(note, max(fact.sentence[0], fact.start - 40), fact.start)
            items = (
                [bigrams(item) for item in _ITEMS.split(listed["list"]) if len(item) > 1] if listed else []
            )
            named = all(len(words & item) >= min(2, len(item)) for item in items)
            if items and named and fact.value * max(len(items), 2) == claim.value:
                return Derivation("sum", f"{fact.id} × {max(len(items), 2)}", (fact,), claim.value)
        return None

    @cached_property
    def _in_each(self) -> list[Fact]:
        return [
            f
            for f in self._against.facts
            if f.kind is Kind.QUANTITY
            and f.cell is None
            and "各" in self._against.source(f.source).text[max(0, f.start - 3) : f.start]
        ][:50]

    def _here(self, claim: Fact) -> list[Fact]:
        """The claims of the same sentence, those near it."""
        return [c for c in self._claims.near(claim, 6) if c.sentence == claim.sentence]

    def _lasting(self, claim: Fact) -> Derivation | None:
        """集中三个月 where a source has the days from which to which."""
        if units.dimension(claim.unit) not in ("钟点", "月份"):
            return None
        if (since := self._to_a_month(claim)) is not None:
            return since
        for fact in (*(c for c in self._here(claim) if c.kind is Kind.DATE_RANGE), *self._ranges):
            for found in durations(claim, [fact]):
                if rounds_to(found.value, claim.mention):
                    return (
                        found if fact.source != claim.source else replace(found, formula=fact.text, inputs=())
                    )
        return None

    def _to_a_month(self, claim: Fact) -> Derivation | None:
        """3月18日签约、6月开工，不到四个月: from a day that the sentence names to a month that it names."""
        here = self._here(claim)
        days = [c.mention.date_start for c in here if c.kind is Kind.DATE and c.mention.date_start]
        months = [
            c.mention for c in here if c.kind is Kind.PERIOD and c.mention.date_start and c.mention.date_end
        ]
        for day in days:
            for month in [m for m in months if m.date_start and m.date_start > day]:
                for last in (month.date_end, month.date_start):
                    length = Decimal((last - day).days) if last else Decimal(0)
                    found = units.convert(length / 30, "个月", claim.unit or "")
                    if found is not None and rounds_to(found, claim.mention):
                        return Derivation("duration", f"{day} … {month.text}", (), found)
        return None

    @cached_property
    def _ranges(self) -> list[Fact]:
        return [f for f in self._against.facts if f.kind is Kind.DATE_RANGE][:_MOST_RANGES]

    def _stated(self, claim: Fact) -> Iterator[Fact]:
        """The facts that the claim's sentence states, the nearest before it first."""
        for other in reversed(self._claims.before(claim, 6)):
            pair = self._alignment.pairs.get(other.id)
            if other.sentence == claim.sentence and pair is not None and pair.agrees:
                yield pair.fact

    # --- what a sum adds up -----------------------------------------------------------------------------

    def with_counts(self, rulings: Sequence[Ruling]) -> list[Ruling]:
        """三家医院诊疗125.3万人次, 4个项目总投资41.2亿元: a count of what a total in its sentence adds up needs no source."""
        found = list(rulings)
        for at, ruling in enumerate(rulings):
            claim, pair = ruling.claim, ruling.pair
            doubtful = pair is None or pair.likeness < CERTAIN
            if ruling.rule not in ("FIG101", "FIG102") or not doubtful or not _COUNTED.fullmatch(claim.text):
                continue
            near = (r for r in rulings[max(0, at - 4) : at + 5] if r.claim.sentence == claim.sentence)
            whole = next((r for r in near if self._adds_up(r) == claim.value), None)
            if whole is not None or self._days_listed(claim):
                found[at] = replace(ruling, rule="", pair=None, uncertain=False, supported=True)
        return found

    def _days_listed(self, claim: Fact) -> bool:
        """12日、13日两天; 7月、8月是高峰，两个月: as many as are named."""
        if units.dimension(claim.unit) not in ("钟点", "月份"):
            return False
        listed = _DAYS.search(self._draft.text, max(claim.sentence[0], claim.start - 30), claim.start)
        return listed is not None and 1 + len(_ITEMS.findall(listed["days"])) == claim.value

    def _adds_up(self, ruling: Ruling) -> int:
        """How many figures a ruling's claim is the total of, 0 if it is no total."""
        if ruling.derivation is not None:
            return len(ruling.derivation.inputs) if ruling.derivation.operation == "sum" else 0
        fact = ruling.pair.fact if ruling.pair is not None and ruling.pair.agrees else None
        return self._rows_of_total.get(fact.id, 0) if fact is not None and fact.cell is not None else 0

    @cached_property
    def _rows_of_total(self) -> dict[str, int]:
        """Id of a total's cell → the rows that it totals."""
        found = {}
        sizes: dict[tuple[str, int], set[tuple[str, ...]]] = defaultdict(set)
        totals: dict[tuple[str, int], set[int]] = defaultdict(set)
        for source in self._against.sources:
            for number, table in enumerate(source.tables):
                for index, cell in enumerate(table.cells):
                    if cell.is_total:
                        totals[source.id, number].add(index)
                    elif cell.number is not None and cell.labels:
                        sizes[source.id, number].add(cell.labels)
        for fact in self._against.facts:
            if fact.cell is not None and fact.cell[1] in totals[fact.source, fact.cell[0]]:
                found[fact.id] = len(sizes[fact.source, fact.cell[0]])
        return found


def _words(text: str) -> frozenset[str]:
    """The words of a clause or line by which it is known again."""
    return bigrams(text) | frozenset(_GRADES.findall(text))
