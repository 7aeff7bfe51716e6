"""Figures that no source states but that follow from what sources state.

A bounded search: only facts that stand together (one sentence, one table column), that the claim's own
sentence states, or that share words with the claim are tried, and only the operations that its words ask
for (共 a sum, 占 a share, 人均 an average …). So a figure rarely follows by chance. A result is right when it
rounds half up to the digits printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import earlier, subjects, units
from gov_writer.matching.finding import Finder, disjoint, slip
from gov_writer.matching.operations import (
    WIDEST,
    Derivation,
    addable,
    durations,
    growth,
    later,
    minus,
    of_parts,
    ratio,
    runs,
    signed,
    total_of,
)
from gov_writer.matching.pairing import Alignment
from gov_writer.matching.values import rounded, rounds_to
from gov_writer.text.lazy import lazy

_SUM = lazy(
    r"共|合计|总|全年|各类|各级|整体|两项|三项|四项|等|计|全部|全街道|全街|全区|辖区|累计|全年度|所有|[上下]半年|前[两二三]个?季度"
)
_TOTAL = lazy(r"共|合计|总计|总数|总额|累计|全年")
_DIFFERENCE = lazy(
    r"增|减|多|少|剩|尚|还|未|差额|下降|上升|提高|提升|降低|结余|其余|另外|压降|余下|缺口|回落|收窄|扩大|超|新建|新设|新开|新装|其他|其它|压缩|缩短|延长|节约|节省|相差|仍有|正在"
)
#: 剩余2个, of 任务8个，已开工6个
_LEFT = lazy("剩|其余|余下|尚余|还有|尚有|仍有|未完成|未开工")
_GROWTH = lazy(r"增|减|升|降|提高|下滑|回落|翻|涨|跌|缩")
_SHARE = lazy(r"占|比重|比例|率|份额|完成|达|覆盖|进度|任务|目标|计划|均为|超额")
_AVERAGE = lazy(r"平均|均(?:为|约|达|每)?|每(?:户|人|个|家|月|天|日|次|年|场|村|社区|季度)")
#: A column's own total, and the units that a table without units may leave out.
_WHOLE = lazy(r"合\s?计|总\s?计|小计|总数")
_COUNTS = (None, "件", "个", "人", "户", "家", "次", "起", "处", "场", "名", "台", "人次")
_LIST_MARK = lazy(r"[、]")
#: Facts of one sentence or column that are tried together; the widest group that is searched in part.
_MOST_RELATED = 7
#: Figures of one sentence that are looked at; no honest sentence has more.
_WIDEST_SENTENCE = 60


class Deriver:
    """Tries to derive claims of one draft; the index is shared by all claims."""

    def __init__(self, alignment: Alignment) -> None:
        self._finder: Finder = alignment.finder
        self._pairs = alignment.pairs
        self._touched = frozenset(p.fact.id for p in alignment.pairs.values() if p.agrees)
        mine, theirs = self._finder.mine.facts, self._finder.theirs.facts
        self._claim_index = {fact.id: i for i, fact in enumerate(mine)}
        self._fact_index = {fact.id: i for i, fact in enumerate(theirs)}
        self._said: dict[tuple[str, int, int], list[Fact]] = {}
        for fact in mine:
            self._said.setdefault((fact.source, *fact.sentence), []).append(fact)
        self._columns, self._sentences, self._rows = _groups(theirs)

    @cached_property
    def _totals(self) -> dict[tuple[str, Decimal], list[list[Fact]]]:
        """Table columns and rows of three figures and more, by the dimension of their units and their sum."""
        found: dict[tuple[str, Decimal], list[list[Fact]]] = {}
        seen: set[int] = set()
        for group in (*self._columns.values(), *self._rows.values()):
            if id(group) in seen or not 2 < len(group) <= 400:
                continue
            seen.add(id(group))
            counted = [f for f in group if f.kind is Kind.QUANTITY and f.value is not None]
            counted = [f for f in counted if not _WHOLE.match(f.subject)]
            alike = (
                len({units.canonical(f.unit) for f in counted}) == 1
                and len({f.planned for f in counted}) == 1
            )
            if len(counted) > 2 and alike:
                total = total_of(counted).value
                for unit in (counted[0].unit, None) if counted[0].unit else _COUNTS:
                    found.setdefault((units.dimension(unit), total), []).append(counted)
        return found

    def explain(self, claim: Fact, *, near: bool = False) -> Derivation | None:
        """The first derivation whose result rounds to the claim, the plainest first; None if there is none.

        near: only from facts that stand in one sentence or column, or that the claim's own sentence states.
        """
        if claim.value is None or claim.mention.approx is Approx.RANGE:
            return None
        index = self._claim_index[claim.id]
        cue = self._finder.mine.before(index, 16) + claim.text
        for found in self._tries(claim, index, cue):
            if rounds_to(signed(found, claim), claim.mention) and not (near and self._far(claim, found)):
                return found
        return None

    def _far(self, claim: Fact, found: Derivation) -> bool:
        """Whether a result comes from facts that nothing but some words brings together."""
        stated = {fact.id for fact in self._stated(claim)}
        if stated.issuperset(fact.id for fact in found.inputs):
            return False
        first, *others = found.inputs
        home = self._home(first)
        row = self._rows.get(self._fact_index[first.id])
        if row is not None and all(self._rows.get(self._fact_index[f.id]) is row for f in others):
            return False
        return any(
            self._home(f) is not home and subjects.alike(f.subject, first.subject) < 0.8 for f in others
        )

    def _home(self, fact: Fact) -> list[Fact] | None:
        """The table column or sentence in which a fact stands."""
        at = self._fact_index[fact.id]
        return self._columns.get(at, self._sentences.get(at))

    def expected(self, claim: Fact) -> Derivation | None:
        """What a growth or share must be, where the same sentence or the likest facts leave one reading."""
        index = self._claim_index[claim.id]
        cue = self._finder.mine.before(index, 16) + claim.text
        if claim.kind is Kind.GROWTH and units.canonical(claim.unit) in ("", "%"):
            found = list(self._growths(index, least=0.75))
            if len(found) != 1:
                found = [
                    g for g in self._growths_of(self._beside(claim), least=0.3) if _one_series(*g.inputs)
                ]
            return found[0] if len(found) == 1 else None
        if claim.kind is Kind.QUANTITY:
            return self._expected_sum(claim, index, cue)
        if claim.kind is Kind.PERCENT and re.search(r"占|完成", cue):
            stated = [f for f in self._stated(claim) if f.kind is Kind.QUANTITY]
            if len(stated) == 2 and units.same(stated[0].unit, stated[1].unit):
                low, high = sorted(stated, key=lambda f: f.value or Decimal(0))
                if low.value and high.value and "占" in cue:
                    return ratio(low, high, "share")
        return None

    def _expected_sum(self, claim: Fact, index: int, cue: str) -> Derivation | None:
        """What a total must be of which the draft names no part: the periods, or a whole list, of a source."""
        for group in self._groups_near(claim, index):
            for total in of_parts(claim, group):
                return total
            if len({f.period and (f.period.start, f.period.end) for f in group}) > 1:
                continue  # this year's value and last year's make no total
            if _TOTAL.search(cue) and not self._touched.intersection(f.id for f in group):
                total = total_of(group)
                if total.value and claim.value and abs(total.value - claim.value) * 2 < abs(total.value):
                    return total
        return None

    def nearly(self, claim: Fact) -> Derivation | None:
        """A result that the claim misses by a slip of the pen (2831 for 2381); None if there is none."""
        if claim.value is None or claim.mention.approx is not Approx.EXACT or not claim.mention.step:
            return None
        index = self._claim_index[claim.id]
        cue = self._finder.mine.before(index, 16) + claim.text
        step = claim.mention.step
        mine = _digits(claim.value, step)
        for found in self._tries(claim, index, cue) if len(mine) > 2 else ():
            if (
                found.value.is_finite()
                and slip(mine, _digits(found.value, step))
                and not self._far(claim, found)
            ):
                return found
        near = [
            groups[0]
            for (dimension, total), groups in self._totals.items()
            if dimension == units.dimension(claim.unit) and slip(mine, _digits(total, step))
        ]
        return total_of(near[0]) if len(near) == 1 else None

    def like(self, claim: Fact, value: Decimal) -> Fact | None:
        """A source fact about the same thing that has this value; None if there is none."""
        index = self._claim_index[claim.id]
        for fact in self._related(index):
            if fact.value == value and units.same(fact.unit, claim.unit):
                return fact
        return None

    # --- what to try -------------------------------------------------------------------------------

    def _tries(self, claim: Fact, index: int, cue: str) -> Iterator[Derivation]:
        if claim.kind is Kind.QUANTITY:
            yield from self._sums(claim, index, cue)
            if units.dimension(claim.unit) in ("钟点", "月份"):
                yield from durations(claim, self._stated(claim))
            if _DIFFERENCE.search(cue):
                yield from self._differences(claim, self._related(index))
            if _LEFT.search(cue):
                yield from self._differences(claim, self._with_sentences(self._related(index)))
            if _AVERAGE.search(cue):
                yield from self._averages(claim, index, cue)
        elif claim.kind is Kind.GROWTH:
            if units.canonical(claim.unit) in ("", "%"):
                yield from self._growths(index, least=0.45)
            else:
                yield from self._differences(claim, self._related(index))
        elif claim.kind is Kind.PERCENT and _SHARE.search(cue):
            yield from self._shares(claim, index)
        if claim.kind is Kind.GROWTH or earlier.ASKED.search(self._finder.mine.before(index, 16)):
            yield from earlier.values(claim, self._stated(claim)[:_MOST_RELATED])

    def _stated(self, claim: Fact) -> list[Fact]:
        """Source facts that the claim's own sentence states."""
        here = self._said[(claim.source, *claim.sentence)]
        found = []
        for other in here[:_WIDEST_SENTENCE]:
            pair = self._pairs.get(other.id)
            if other is not claim and pair is not None and (pair.agrees or pair.certain):
                found.append(pair.fact)
        return found

    def _beside(self, claim: Fact) -> list[Fact]:
        """Quantities that the claim's clause states (比上年的51.3万元增长…), else those of the clause before too."""
        here = [o for o in self._said[(claim.source, *claim.sentence)] if o.kind is Kind.QUANTITY]
        pairs = [(o, self._pairs.get(o.id)) for o in here if o.start < claim.start][-2:]
        return [p.fact for _, p in pairs if p is not None and p.agrees and p.fact.value]

    def _related(self, index: int) -> list[Fact]:
        """The facts that share most words with the claim, and those it states in the same sentence."""
        claim = self._finder.mine.facts[index]
        near = [self._finder.theirs.facts[i] for i in self._finder.by_words(index)[:_MOST_RELATED]]
        return list({fact.id: fact for fact in (*self._stated(claim), *near)}.values())[: _MOST_RELATED + 3]

    def _sums(self, claim: Fact, index: int, cue: str) -> Iterator[Derivation]:
        stated = addable(claim, self._stated(claim))
        asked = bool(_SUM.search(cue))
        many = abs(claim.value or Decimal(0)) >= 10
        if len(stated) > 1:
            yield total_of(stated)
            if asked:
                yield from (total_of(run) for run in runs(stated))
        for group in self._totals.get((units.dimension(claim.unit), abs(claim.value or Decimal(0))), ()):
            if many:
                yield total_of(group)
        for group in self._groups_near(claim, index):
            yield total_of(group)
            yield from of_parts(claim, group)
            if asked and many and len(group) <= WIDEST:
                yield from (total_of(run) for run in runs(group))
        if not asked:
            return
        related = addable(claim, self._related(index))
        for size in (len(related), 2, 3):
            if size in range(2, len(related) + 1) and (many or size == len(related)):
                for chosen in combinations(related, size):
                    if self._alike(chosen):
                        yield total_of(chosen)

    def _groups_near(self, claim: Fact, index: int) -> Iterator[list[Fact]]:
        """Sentences and table columns in which a related fact stands, as far as they add up."""
        seen: set[int] = set()
        for fact in self._related(index):
            at = self._fact_index[fact.id]
            groups = (self._rows.get(at), self._columns.get(at), self._sentences.get(at))
            for group in groups:
                if group is not None and id(group) not in seen and len(group) <= 400:
                    seen.add(id(group))
                    chosen = addable(claim, group)
                    if len(chosen) > 1:
                        yield chosen

    def _alike(self, facts: Sequence[Fact]) -> bool:
        """Whether facts from different places count the same kind of thing."""
        first = facts[0]
        return all(
            f.sentence == first.sentence or subjects.alike(first.subject, f.subject) >= 0.35
            for f in facts[1:]
        )

    def _with_sentences(self, related: Sequence[Fact]) -> list[Fact]:
        """The likest facts and what stands in one sentence with them: 老旧小区改造：任务8个，已开工6个."""
        rooms = self._rooms
        whole = [f for fact in related[:3] for f in rooms.get((fact.source, *fact.sentence), ())]
        return list({fact.id: fact for fact in (*related, *whole)}.values())[:_WIDEST_SENTENCE]

    @cached_property
    def _rooms(self) -> dict[tuple[str, int, int], list[Fact]]:
        rooms: dict[tuple[str, int, int], list[Fact]] = defaultdict(list)
        for fact in self._finder.theirs.facts:
            if fact.cell is None and fact.kind is Kind.QUANTITY:
                rooms[(fact.source, *fact.sentence)].append(fact)
        return rooms

    def _differences(self, claim: Fact, related: Sequence[Fact]) -> Iterator[Derivation]:
        related = [f for f in related if f.value is not None]
        stated = {fact.id for fact in self._stated(claim)}
        for a, b in combinations(related, 2):
            together = a.id in stated and b.id in stated and units.same(a.unit, b.unit)
            if not together and not self._comparable(a, b):
                continue
            if claim.kind is Kind.GROWTH:
                if a.kind is Kind.PERCENT and b.kind is Kind.PERCENT:
                    now, then = later(a, b)
                    yield Derivation("difference", f"{now.id} - {then.id}", (now, then), minus(now, then))
            elif a.kind is b.kind is Kind.QUANTITY and units.same(a.unit, claim.unit):
                high, low = (a, b) if (a.value or 0) >= (b.value or 0) else (b, a)
                if disjoint(a, b):
                    high, low = later(a, b)
                yield Derivation("difference", f"{high.id} - {low.id}", (high, low), minus(high, low))

    def _comparable(self, a: Fact, b: Fact) -> bool:
        return units.same(a.unit, b.unit) and (
            (a.source == b.source and a.sentence == b.sentence) or subjects.alike(a.subject, b.subject) >= 0.4
        )

    def _growths(self, index: int, *, least: float) -> Iterator[Derivation]:
        related = [f for f in self._related(index) if f.kind is Kind.QUANTITY and f.value]
        yield from self._growths_of(related, least=least)
        beside = self._beside(self._finder.mine.facts[index])
        if len(beside) == 2 and units.same(beside[0].unit, beside[1].unit):
            yield from _grown(*beside)

    def _growths_of(self, related: Sequence[Fact], *, least: float) -> Iterator[Derivation]:
        for a, b in combinations(related, 2):
            if not units.same(a.unit, b.unit) or subjects.alike(a.subject, b.subject) < least:
                continue
            if a.sentence != b.sentence and not disjoint(a, b):
                continue
            now, then = later(a, b)
            yield from growth(now, then)
            if least < 0.6 and not disjoint(a, b):
                yield from growth(then, now)

    def _shares(self, claim: Fact, index: int) -> Iterator[Derivation]:
        related = [f for f in self._related(index) if f.kind is Kind.QUANTITY and f.value]
        for a, b in combinations(related, 2):
            if self._comparable(a, b):
                low, high = sorted((a, b), key=lambda f: f.value or Decimal(0))
                yield ratio(low, high, "share")
                yield ratio(high, low, "completion")
        yield from self._parts(claim, index)

    def _parts(self, claim: Fact, index: int) -> Iterator[Derivation]:
        """What stands right before a share, as a part of its list, or of a total that was just stated."""
        part = next(iter(self._beside(claim)[-1:]), None)
        if part is None or claim.mention.step is None or claim.mention.step >= 1:
            return
        at = self._fact_index[part.id]
        group = [f for f in self._sentences.get(at, ())[:WIDEST] if f.kind is part.kind]
        like = [f for f in group if f.value and units.same(f.unit, part.unit)]
        if len(like) > 1:
            total = total_of(like)
            ids = " + ".join(f.id for f in like)
            if total.value:
                value = (part.value or Decimal(0)) / total.value * 100
                yield Derivation("share", f"{part.id} ÷ ({ids}) × 100%", tuple(like), value)
        for other in self._finder.mine.facts[max(0, index - 8) : index]:
            pair = self._pairs.get(other.id)
            if pair is None or not pair.agrees or pair.fact is part or other.kind is not Kind.QUANTITY:
                continue
            if other.heading == claim.heading and units.same(pair.fact.unit, part.unit) and pair.fact.value:
                yield ratio(part, pair.fact, "share")

    def _averages(self, claim: Fact, index: int, cue: str) -> Iterator[Derivation]:
        related = [f for f in self._related(index) if f.kind is Kind.QUANTITY and f.value]
        months = Decimal(12) if "月均" in cue or "每月" in cue else None
        for a in related:
            if not units.same(a.unit, claim.unit):
                continue
            if months is not None and a.value is not None:
                yield Derivation("average", f"{a.id} ÷ 12", (a,), a.value / months)
            for b in related:
                if b is not a and not units.same(a.unit, b.unit) and _per(cue, b):
                    yield ratio(a, b, "average", Decimal(1))
        for group in self._groups_near(claim, index):
            total = total_of(group)
            n = len(group)
            ids = " + ".join(f.id for f in group)
            yield Derivation("average", f"({ids}) ÷ {n}", tuple(group), total.value / n)


def _one_series(now: Fact, then: Fact) -> bool:
    """Whether two facts are values of one indicator: 排查326起 and 化解319起 are not, though they stand together."""
    return disjoint(now, then) or subjects.alike(now.subject, then.subject) >= 0.6


def explain(claim: Fact, alignment: Alignment) -> Derivation | None:
    """How one claim follows from the sources' facts, None if it does not.  For many claims: ``Deriver``."""
    return Deriver(alignment).explain(claim)


def listed(text: str, start: int, end: int) -> int:
    """How many items a sentence lists after or before a count at ``[start, end)``; 0 if it lists none.

    A list is what stands between 、 in one run without other punctuation: in the parentheses or after the
    colon that follow, else in the run that leads up to the count (A、B、C等3个).
    """
    after = text[end : end + 400]
    opened = re.match(r"[^，。；：（(:]{0,12}[（(：:]", after)
    if opened:
        body = re.split(r"[）)。；;]", after[opened.end() :], maxsplit=1)[0]
        marks = len(_LIST_MARK.findall(body))
        if marks:
            return marks + 1
        parts = [p for p in re.split(r"[，,]", body) if p.strip()]
        return len(parts) if len(parts) > 1 else 0
    before = re.split(r"[，。；：（）()\n]", text[max(0, start - 300) : start])[-1]
    marks = len(_LIST_MARK.findall(before))
    return marks + 1 if marks else 0


_Groups = dict[int, list[Fact]]


def _groups(facts: Sequence[Fact]) -> tuple[_Groups, _Groups, _Groups]:
    """By fact index: the table column, the sentence, the table row in which it stands."""
    columns: dict[tuple[str, int, str], list[Fact]] = {}
    sentences: dict[tuple[str, int, int], list[Fact]] = {}
    by_column: dict[int, list[Fact]] = {}
    by_sentence: dict[int, list[Fact]] = {}
    by_row: dict[int, list[Fact]] = {}
    first: dict[tuple[str, int, int], int] = {}
    for fact in facts:
        if fact.cell is not None:
            row = (fact.source, *fact.sentence)
            first[row] = min(first.get(row, fact.cell[1]), fact.cell[1])
    for i, fact in enumerate(facts):
        if fact.cell is not None:
            match = re.search(r"([A-Z]+)\d+$", fact.locator)
            nth = fact.cell[1] - first[fact.source, *fact.sentence]
            key = (fact.source, fact.cell[0], match[1] if match else str(nth))
            by_column[i] = columns.setdefault(key, [])
            by_column[i].append(fact)
            by_row[i] = sentences.setdefault((fact.source, *fact.sentence), [])
            by_row[i].append(fact)
        else:
            by_sentence[i] = sentences.setdefault((fact.source, *fact.sentence), [])
            by_sentence[i].append(fact)
    return by_column, by_sentence, by_row


def _digits(value: Decimal, step: Decimal) -> str:
    """A value's digits when it is printed to a step."""
    return f"{abs(rounded(value, step) / step):.0f}"


def _grown(now: Fact, more: Fact) -> Iterator[Derivation]:
    """The growth that a value and its increase give (3680万元，增加290万元)."""
    if now.value is None or more.value is None or not _GROWTH.search(more.subject + more.text):
        return
    then = now.value - more.value
    if then > 0:
        value = more.value / then * 100
        yield Derivation("growth", f"{more.id} ÷ ({now.id} - {more.id}) × 100%", (now, more), value)


def _per(cue: str, by: Fact) -> bool:
    """Whether the words ask for an average over what ``by`` counts (人均 over 人, 每户 over 户)."""
    unit = by.unit or ""
    names = {"人": "人名", "户": "户", "家": "家企户", "场": "场次", "次": "次场", "个": "个村社每"}
    wanted = names.get(unit, names.get(units.canonical(unit), unit))
    return any(f"{c}均" in cue or f"每{c}" in cue for c in wanted) or "平均" in cue
