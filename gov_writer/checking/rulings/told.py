"""Which facts of its sources a draft tells, and where those that it leaves out belong (FIG107, coverage)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import islice

from gov_writer.checking.rulings.implied import earlier_reading, in_its_total, last_one
from gov_writer.checking.rulings.listed import Listed
from gov_writer.checking.rulings.mistold import Mistold
from gov_writer.checking.rulings.places import Places
from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.checking.rulings.summed_up import summarised
from gov_writer.checking.structural import structural
from gov_writer.domain import COUNTED, DATES, TIMES, Coverage, Fact, Kind, Ledger, Source
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.pairing import Alignment, Pair
from gov_writer.text.lazy import lazy

#: 一季度, 汛期 date something; 今年 does not.
_LOOSELY = 100
_ALL_OF_THEM = lazy(
    "全覆盖|全部|百分之百|全面覆盖|无一遗漏|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|(?:件件|事事|户户|人人)有"
)
#: Cells of which a report names those that matter: a row that a day opens (3月21日动员会), what is left (其他).
_LOGGED, _THE_REST = lazy(r"\d{1,2}月\d{1,2}日"), lazy("其[他它余]$")
_DAY = lazy(r"\d{1,2}日")
_EVENT = lazy(r"[“\"‘](\d{1,2})[·•.](\d{1,2})[”\"’]")
#: 均增长5.5%, told of two figures.
_OF_EACH = lazy("[均都各]$")
#: 完成3个, behind the 3个 that were to be done.
_DONE = lazy("(?:已|均已|全部|实际)?(?:完成|建成|投用|完工|办结|落实)(?:了)?$")
#: 5个小区中引进物业3个: of how many.
_AMONG = lazy("(?P<thing>[\u4e00-\u9fff]{2})[中里内]")
_BRACKETED = lazy("[（(](?P<name>[\u4e00-\u9fff]{3,12})[）)]")
_TASK = lazy("任务|目标|计划")
_BOTH, _EACH = lazy("[均都]"), lazy("各(?:[办开设建配]了?|举办了?)?$")
#: Characters by which the draft is asked for a fact's name.
_NAME, _SHORTEST = 6, 3
#: Digits from which on an amount is no accident.
_TELLING = 3
#: Times and wordings of a draft that are looked at.
_MOST = 400
_NEXT_DAY = lazy("次日|翌日|第二天")
#: That nothing happened: 未发生生产安全事故, 实现零事故.
_NOTHING = lazy("未发生|没有|未出现|无一起|无|零")
_RATES = frozenset({Kind.PERCENT, Kind.GROWTH})
_OFTEN = frozenset({"次", "场", "批", "轮", "类", "项", "场次", "批次"})
#: That something was done with all that were counted.
_ALL = lazy("[全均悉都][部数已]?|逐一|百分之百|100%")


class Told:
    """The facts seen from the rulings of all figures: used, absent, missing."""

    def __init__(
        self, draft: Source, claims: Ledger, against: Ledger, alignment: Alignment, rulings: Sequence[Ruling]
    ) -> None:
        self._draft, self._claims, self._against = draft, claims, against
        self._alignment, self._rulings = alignment, rulings
        self._told_of: frozenset[str] = frozenset()

    @cached_property
    def absent(self) -> tuple[Fact, ...]:
        """Counted facts that the draft does not hold."""
        next_days, edges = self._next_days(), self._edges()
        totals: set[tuple[str, int, Decimal]] = set()  # the totals of tables that the draft adds up itself
        told: set[tuple[str, str, Decimal | None]] = set()  # what follows from a line, and stands in it too
        often: set[tuple[str, tuple[int, int], Decimal | None]] = set()  # how many parts were added up
        used = set(self._alignment.touched) | set(self._alignment.repeats)
        for ruling in self._rulings:
            if ruling.derivation is not None:
                used.update(fact.id for fact in ruling.derivation.inputs)
                if ruling.derivation.operation == "sum":  # 慰问两次，分别为312户、285户, told as 597户
                    parts = Decimal(len(ruling.derivation.inputs))
                    often |= {(f.source, f.sentence, parts) for f in ruling.derivation.inputs}
                    cells = [f for f in ruling.derivation.inputs if f.cell is not None]
                    totals |= {(f.source, f.cell[0], ruling.derivation.value) for f in cells if f.cell}
                values = (ruling.claim.value, ruling.derivation.value)
                told |= {(f.source, f.locator, v) for f in ruling.derivation.inputs for v in values}
                if ruling.derivation.operation == "growth" and len(ruling.derivation.inputs) == 2:
                    now, then = ruling.derivation.inputs  # 少33件, told as 下降17.5%
                    step = abs((now.value or Decimal(0)) - (then.value or Decimal(0)))
                    told |= {(f.source, f.locator, sign * step) for f in (now, then) for sign in (1, -1)}
        one_by_one = frozenset(self._alignment.touched)
        used |= summarised(self._against, used, one_by_one) | self._as_often(used)
        self._told_of = frozenset(used)
        return tuple(
            f
            for f in self._against.facts
            if f.kind in COUNTED
            and f.id not in used
            and not structural(f)
            and not (f.id not in self._alignment.rivals and self._understood(f))
            and not (f.kind is Kind.DATE and f.mention.date_start in next_days)
            and not (f.kind is Kind.DATE and f.mention.date_start in edges)
            and not (f.kind is Kind.QUANTITY and (f.source, f.locator, f.value) in told)
            and not (f.unit in _OFTEN and (f.source, f.sentence, f.value) in often)
            and not (f.cell is not None and f.value is not None and (f.source, f.cell[0], f.value) in totals)
            and not self._what_is_left(f, used)
        )

    def _what_is_left(self, fact: Fact, used: Set[str]) -> bool:
        """受理5564、按期办结5521、超期43: who tells two of three cells of a row that add up has told the third."""
        value = fact.value
        if fact.cell is None or fact.kind is not Kind.QUANTITY or not value:
            return False
        if len(value.normalize().as_tuple().digits) < 2:
            return False
        near = [f for f in self._against.near(fact, 4) if f.value]
        near = [f for f in near if f.id in used or f.value in self._computed]
        here = [f for f in near if f.source == fact.source and f.sentence == fact.sentence]
        here = [
            f
            for f in here
            if f.kind is Kind.QUANTITY and (f.unit == fact.unit or None in (f.unit, fact.unit))
        ]
        rests = {abs(f.value - value) for f in here if f.value} - {Decimal(0)}
        return any(f.value in rests for f in here)

    @cached_property
    def _computed(self) -> frozenset[Decimal]:
        """The larger amounts that the draft computes, or ought to have."""
        found = (r.derivation.value for r in self._rulings if r.derivation is not None)
        return frozenset(
            v for v in found if v.is_finite() and len(v.normalize().as_tuple().digits) >= _TELLING
        )

    def _as_often(self, used: Set[str]) -> set[str]:
        """五星3个、三星3个, of which the draft tells both: ids of facts alike, where as many claims are about any of them."""
        alike: dict[tuple[str, tuple[int, int], Decimal | None, str | None], list[str]] = defaultdict(list)
        for fact in self._against.facts:
            if fact.kind is Kind.QUANTITY and fact.cell is None:
                alike[fact.source, fact.sentence, fact.value, fact.unit].append(fact.id)
        claims: Counter[str] = Counter()
        for pair in self._alignment.pairs.values():
            at = pair.claim.start
            each = self._draft.text.endswith("各", 0, at)  # 工业和住宿业各2家: one figure tells them all
            claims[pair.fact.id] += (_MOST if each else 1) * pair.agrees
        groups = [ids for ids in alike.values() if len(ids) > 1 and not set(ids) <= used]
        return {i for ids in groups if sum(claims[x] for x in ids) >= len(ids) for i in ids}

    def _edges(self) -> frozenset[date]:
        """Days up to which, or from which on, the draft tells (截至12月15日)."""
        mentions = [c.mention for c in self._claims.facts if c.kind is Kind.PERIOD and "日" in c.text]
        mentions += [r.pair.fact.mention for r in self._rulings if r.rule == "FIG110" and r.pair is not None]
        return frozenset(day for m in mentions for day in (m.date_start, m.date_end) if day is not None)

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
        places = Places(self._draft, self._against, self._alignment.pairs)
        mistold = Mistold(self._draft.text, self._rulings, self._alignment)
        due = [f for f in self.absent if f.id not in self._alignment.rivals and f not in mistold]
        return tuple(sorted(((f, places.of(f)) for f in due), key=lambda item: item[1]))

    def minor(self, fact: Fact) -> bool:
        """Whether little is lost with an absent fact: that there was none, or the aim beside a result that is told."""
        if fact.value == 0 or (fact.planned and fact.cell is not None):
            return True
        if fact.cell is not None and (fact.kind in DATES or _LOGGED.match(fact.subject)):
            return True
        if _THE_REST.search(fact.subject):
            return True
        if any(how(self._against, fact, self._told_of) for how in (last_one, in_its_total, earlier_reading)):
            return True
        return _TASK.search(fact.subject) is not None and (fact.source, fact.sentence) in self._touched_lines

    @cached_property
    def _touched_lines(self) -> frozenset[tuple[str, tuple[int, int]]]:
        """The sentences and table rows of the sources that some claim is about."""
        touched = self._alignment.touched
        return frozenset((f.source, f.sentence) for f in self._against.facts if f.id in touched)

    def _understood(self, fact: Fact) -> bool:
        """Whether a draft says a fact without its figure: the length of a list, or that nothing happened."""
        if fact.kind in DATES:
            return self._dated_loosely(fact)
        if fact.value == 0 and fact.cell is not None:
            return True
        if fact.kind in _RATES and (
            self._told_of_both(fact) or (fact.value == 100 and self._said_of_all(fact))
        ):
            return True
        if fact.kind is Kind.QUANTITY and (
            self._reached(fact) or self._one_each(fact) or self._the_one_named(fact) or self._in_a_name(fact)
        ):
            return True
        if fact.value == 0:
            text, thing = self._draft.text, fact.subject[-2:]
            found = _NOTHING.finditer(text) if len(thing) == 2 else ()
            return any(thing in text[m.start() : m.end() + 12] for m in found)
        return (
            self._with_another(fact)
            or self._all_of_it(fact)
            or self._told_of_them(fact)
            or (fact.cell is None and Listed(self._text(fact)).beside(fact))
        )

    def _dated_loosely(self, fact: Fact) -> bool:
        """Whether the draft dates what the fact's line tells less closely: 3月上旬, 一季度, the day without the hour."""
        start, end = fact.mention.date_start, fact.mention.date_end
        if fact.kind is Kind.DATE and start is not None and self._in_an_event(start):
            return True
        if fact.kind is Kind.DATE_RANGE and self._told_in_days(fact, fact.mention.as_period().days):
            return True
        words = self._line(fact)
        if start is None or end is None:  # 14日晚, in a note that names no month
            day = _DAY.match(fact.text)
            return day is not None and any(
                day[0] in claim.text and words & bigrams(self._sentence(claim)) for claim in self._times
            )
        for claim in self._times:
            first, last = claim.mention.date_start, claim.mention.date_end
            first = first or last  # 截至14日24时, 15日中午前
            if first is None or last is None or not first <= start <= end <= last:
                continue
            if (last - first).days < _LOOSELY and words & bigrams(self._sentence(claim)):
                return True
        return False

    def _in_an_event(self, day: date) -> bool:
        """Whether the draft calls something by a day of that month (“7·12”暴雨); of a wrong one ENT701 speaks."""
        return any(int(m[1]) == day.month for m in _EVENT.finditer(self._draft.text))

    def _told_in_days(self, fact: Fact, days: int | None) -> bool:
        """春节8天（1月28日—2月4日）: who tells the eight days of the holiday need not date them."""
        near = self._against.near(fact, 2)
        return any(
            f.unit == "天" and f.value == days and f.sentence == fact.sentence and f.id in self._used
            for f in near
        )

    @cached_property
    def _times(self) -> list[Fact]:
        return [claim for claim in self._claims.facts if claim.kind in TIMES][:_MOST]

    def _said_of_all(self, fact: Fact) -> bool:
        """覆盖率100% told as 实现全覆盖."""
        words = bigrams(fact.subject)
        return any(len(words & others) > 1 for others in self._wholly)

    @cached_property
    def _wholly(self) -> list[frozenset[str]]:
        """The words around what the draft says of all."""
        text = self._draft.text
        found = islice(_ALL_OF_THEM.finditer(text), _MOST)
        return [bigrams(text[max(0, m.start() - 40) : m.end() + 10]) for m in found]

    def _reached(self, fact: Fact) -> bool:
        """年度任务6000人, where the draft has the rate at which its sentence says it was completed."""
        if _TASK.search(self._near(fact)) is None:
            return False
        return any(
            other.kind is Kind.PERCENT and other.id in self._used and other.sentence == fact.sentence
            for other in self._against.near(fact, 2)
        )

    def _the_one_named(self, fact: Fact) -> bool:
        """新增1家（云溪湿地）, where the draft names it."""
        named = _BRACKETED.match(self._text(fact), fact.end) if fact.value == 1 else None
        return named is not None and named["name"] in self._draft.text

    def _in_a_name(self, fact: Fact) -> bool:
        """阅读量10万+的推文 told as “10万+”推文: the words are there, though they count nothing."""
        text, at = self._draft.text, 0
        words = bigrams(fact.subject)
        for _ in range(5 if len(fact.text) > 2 else 0):
            at = text.find(fact.text, at + 1)
            if at < 0:
                break
            if at not in self._starts and words & bigrams(text[max(0, at - 12) : at + 16]):
                return True
        return False

    @cached_property
    def _starts(self) -> frozenset[int]:
        """Where the draft's figures begin, their numbers too."""
        return frozenset(at for c in self._claims.facts for at in (c.start, c.mention.core_start))

    def _one_each(self, fact: Fact) -> bool:
        """（修鞋、配钥匙、缝补各1处） beside its total: nobody repeats it."""
        return fact.value == 1 and _EACH.search(self._near(fact).rstrip()) is not None

    def _text(self, fact: Fact) -> str:
        """The text that a source's fact stands in."""
        return self._against.source(fact.source).text

    def _near(self, fact: Fact) -> str:
        return self._text(fact)[max(0, fact.start - 8) : fact.start]

    def _line(self, fact: Fact) -> frozenset[str]:
        text = self._text(fact)
        start = max(text.rfind("\n", 0, fact.start) + 1, fact.start - 20)
        end = text.find("\n", fact.end)
        return bigrams(text[fact.end : min(len(text) if end < 0 else end, fact.end + 60)]) | bigrams(
            text[start : fact.start]
        )

    def _sentence(self, claim: Fact) -> str:
        """The words around a claim's place, not further than a long sentence reaches."""
        start, end = max(claim.sentence[0], claim.start - 100), min(claim.sentence[1], claim.end + 140)
        return self._draft.text[start:end]

    @cached_property
    def _used(self) -> frozenset[str]:
        return frozenset(self._alignment.touched)

    def _with_another(self, fact: Fact) -> bool:
        """及时受理率、按期答复率均为100%: whether the draft names it before a figure of its value, and that both are so."""
        name = fact.subject[-_NAME:]
        if fact.kind is not Kind.PERCENT or len(name) < _SHORTEST:
            return False
        claims = (c for c in self._claims.facts if c.kind is Kind.PERCENT and c.value == fact.value)
        for claim in islice(claims, _MOST):
            clause = self._draft.text[claim.clause[0] : claim.start]
            if name in clause and _BOTH.search(clause):
                return True
        return False

    def _all_of_it(self, fact: Fact) -> bool:
        """Whether a draft says it of all that were counted: 发现问题58个，交办58个, told as 发现问题58个，全部交办."""
        if fact.kind is not Kind.QUANTITY or fact.value is None or fact.cell is not None:
            return False
        for pair in self._by_sentence.get((fact.source, fact.sentence), ()):
            other = pair.fact
            same = other.value == fact.value and other.unit == fact.unit and other is not fact
            if same and _ALL.search(self._draft.text, pair.claim.end, pair.claim.end + 24):
                return True
            if same and other.end <= fact.start and _DONE.fullmatch(fact.subject.removeprefix(other.subject)):
                return True
        return False

    def _told_of_both(self, fact: Fact) -> bool:
        """零售额28.9亿元、收入2.48亿元，均增长5.5%: one rate of the draft that is told of the figures of several rows."""
        line = (fact.source, fact.sentence)
        return any(
            claim.value == fact.value and claim.kind is fact.kind and line in lines
            for claim, lines in self._both
        )

    @cached_property
    def _both(self) -> list[tuple[Fact, frozenset[tuple[str, tuple[int, int]]]]]:
        """The rates that the draft tells of several figures, with the source lines of its sentence."""
        lines: dict[tuple[int, int], set[tuple[str, tuple[int, int]]]] = defaultdict(set)
        for pair in self._alignment.pairs.values():
            lines[pair.claim.sentence].add((pair.fact.source, pair.fact.sentence))
        rates = (c for c in self._claims.facts if c.kind in _RATES)
        of_each = (c for c in rates if _OF_EACH.search(self._draft.text, max(0, c.start - 2), c.start))
        return [(claim, frozenset(lines[claim.sentence])) for claim in islice(of_each, _MOST)]

    def _told_of_them(self, fact: Fact) -> bool:
        """5个小区中引进物业3个: of how many, where the draft counts as many of them anywhere."""
        named = _AMONG.match(self._text(fact), fact.end) if fact.kind is Kind.QUANTITY else None
        return named is not None and f"{fact.text.strip()}{named['thing']}" in self._draft.text

    @cached_property
    def _by_sentence(self) -> dict[tuple[str, tuple[int, int]], list[Pair]]:
        """The pairs that agree, by the sentence of their fact."""
        found: dict[tuple[str, tuple[int, int]], list[Pair]] = defaultdict(list)
        for pair in self._alignment.pairs.values():
            if pair.agrees:
                found[pair.fact.source, pair.fact.sentence].append(pair)
        return found

    def coverage(self, themes: int, themes_met: int) -> Coverage:
        """The counts of both ways, with those of the themes."""
        counted = [r for r in self._rulings if r.claim.kind in COUNTED]
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
