"""Finding source facts for a claim without comparing it with all of them: by value, and by shared words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from math import log

from gov_writer.domain import COUNTED, DATES, TIMES, Fact, Kind, Mention, Period
from gov_writer.matching import subjects, units
from gov_writer.matching.contexts import Contexts, contained, dice
from gov_writer.matching.owners import Owners
from gov_writer.matching.values import Comparison, Verdict, Why, examine
from gov_writer.text.lazy import lazy

#: Candidates per claim: by value, by shared words; and how many index entries may be read for the latter.
BY_VALUE, BY_WORDS, _POSTINGS = 24, 8, 240
#: What is left of the likeness of two figures that belong to two communities.
OTHER_OWNER = 0.6


class Finder:
    """A draft's facts (mine) and the sources' (theirs), with indices into the latter.  All by index."""

    def __init__(self, mine: Contexts, theirs: Contexts) -> None:
        self.mine, self.theirs = mine, theirs
        self._postings: dict[str, list[int]] | None = None
        self._values: dict[tuple[str, Decimal | str], list[int]] | None = None
        self._bags: tuple[dict[int, frozenset[str]], ...] = ({}, {}, {}, {}, {}, {})
        self._sorted: dict[str, tuple[list[Decimal], list[int]]] | None = None
        self._near: dict[int, list[int]] = {}
        # by claim, then by fact
        self._alike: dict[int, dict[int, float]] = defaultdict(dict)
        self._round: dict[int, dict[int, tuple[float, float, float, float]]] = defaultdict(dict)
        self._judged: dict[int, dict[int, Comparison]] = defaultdict(dict)
        self.owners = Owners(mine, theirs)

    def alike(self, claim: int, fact: int) -> float:
        """0–1: how alike the words around two figures are, whatever their kinds and units."""
        known = self._alike[claim]
        if fact not in known:
            a, b = self.mine.facts[claim], self.theirs.facts[fact]
            known[fact] = self._blend(claim, fact, subjects.alike(a.subject, b.subject))
        return known[fact]

    def likeness(self, claim: int, fact: int) -> float:
        """0–1: how surely two figures are about the same thing, whatever they say."""
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        return self._blend(claim, fact, subjects.similarity(a, b))

    def close(self, claim: int, fact: int) -> float:
        """0–1: how alike the few words right beside two figures are, within their clauses."""
        return dice(self.bag(4, claim), self.bag(5, fact))

    def _blend(self, claim: int, fact: int, subject: float) -> float:
        """The subject's likeness with that of clause and sentence."""
        a, b = self.mine.facts[claim], self.theirs.facts[fact]
        clause, wide, owned, lost = self._surroundings(claim, fact)
        if b.cell is not None or a.cell is not None:
            found = 0.75 * subject + 0.25 * wide
        else:
            found = max(0.5 * subject + 0.3 * clause + 0.2 * wide, 0.8 * subject + 0.2 * wide)
        if a.kind is b.kind is Kind.RANK:  # in which field, the sentence tells: 在平安建设考核中，街道排第2名
            found = max(found, 0.6 * wide)
        return max(0.0, min(1.0, found * owned - lost))

    def _surroundings(self, claim: int, fact: int) -> tuple[float, float, float, float]:
        """The likeness of clause and of sentence, what another owner leaves of it, and what another time takes off."""
        known = self._round[claim]
        if fact not in known:
            known[fact] = (
                dice(self.bag(0, claim), self.bag(1, fact)),
                contained(self.bag(2, claim), self.bag(3, fact)),
                OTHER_OWNER if self.owners.apart(claim, fact) else 1.0,
                apart_in_time(self.mine.facts[claim], self.theirs.facts[fact]),
            )
        return known[fact]

    def judged(self, claim: int, fact: int) -> Comparison:
        """``judge`` of two figures by index."""
        known = self._judged[claim]
        if fact not in known:
            known[fact] = judge(self.mine.facts[claim], self.theirs.facts[fact])
        return known[fact]

    def bag(self, which: int, index: int) -> frozenset[str]:
        found = self._bags[which].get(index)
        if found is None:
            side = self.mine if which % 2 == 0 else self.theirs
            found = self._bags[which][index] = (side.words, side.wide, side.beside)[which // 2](index)
        return found

    def candidates(self, claim: int) -> list[int]:
        found = dict.fromkeys(self.by_value(claim))
        found.update(dict.fromkeys(self.by_words(claim)))
        return list(found)

    def by_value(self, claim: int) -> list[int]:
        if self._values is None:
            self._values = defaultdict(list)
            for i, fact in enumerate(self.theirs.facts):
                for key in value_keys(fact):
                    self._values[key].append(i)
        found = [i for key in value_keys(self.mine.facts[claim]) for i in self._values.get(key, ())]
        if not found:
            return self._rounded_to(self.mine.facts[claim])
        if len(found) <= BY_VALUE:
            return found
        bag = self.bag(0, claim)
        return sorted(found[:400], key=lambda i: (-len(bag & self.bag(1, i)), i))[:BY_VALUE]

    def _rounded_to(self, claim: Fact) -> list[int]:
        """The amounts that round to the claim's (45,380万 for 4.54亿元), the first few."""
        value, step = claim.value, claim.mention.step
        if claim.kind is not Kind.QUANTITY or not value or not step or step <= 1 or not value.is_finite():
            return []
        if self._sorted is None:
            self._sorted = _in_order(self.theirs.facts)
        values, where = self._sorted.get(units.dimension(claim.unit), ([], []))
        low, high = bisect_left(values, value - step / 2), bisect_right(values, value + step / 2)
        return where[low:high][:BY_WORDS]

    def by_words(self, claim: int) -> list[int]:
        """The facts that share the rarest words with a claim, the best first."""
        if claim not in self._near:
            ranked = self.mine.facts[claim].kind is Kind.RANK  # its field may stand anywhere in the sentence
            self._near[claim] = self._sharing(
                self.bag(0, claim) | self.bag(2, claim) if ranked else self.bag(0, claim)
            )
        return self._near[claim]

    def kindred(self, fact: int) -> list[int]:
        """The source facts that share the rarest words with a source fact, without itself."""
        return [other for other in self._sharing(self.bag(1, fact)) if other != fact]

    def _sharing(self, words: frozenset[str]) -> list[int]:
        if self._postings is None:
            self._postings = defaultdict(list)
            for i, fact in enumerate(self.theirs.facts):
                if fact.kind in COUNTED:
                    for pair in self.bag(1, i):
                        self._postings[pair].append(i)
        lists = [(len(p), w) for w in words if (p := self._postings.get(w))]
        lists.sort()
        total, left = len(self.theirs.facts), _POSTINGS
        scores: dict[int, float] = defaultdict(float)
        for size, word in lists:
            left -= size
            if left < 0 and scores:
                break
            weight = log(1 + total / size)
            for i in self._postings[word][:_POSTINGS]:
                scores[i] += weight
        least = sorted(scores.values(), reverse=True)[:BY_WORDS][-1] if scores else 0.0
        best = [i for _, i in sorted([(-score, i) for i, score in scores.items() if score > least])]
        equals = sorted([i for i, score in scores.items() if score == least])
        return [*best, *equals[: BY_WORDS - len(best)]]


def _in_order(facts: Sequence[Fact]) -> dict[str, tuple[list[Decimal], list[int]]]:
    """By dimension: the amounts in order, and the index of each."""
    found: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if fact.kind is Kind.QUANTITY and fact.value is not None and fact.value.is_finite():
            found[units.dimension(fact.unit)].append((fact.value, i))
    ordered = {key: sorted(pairs) for key, pairs in found.items()}
    return {key: ([v for v, _ in pairs], [i for _, i in pairs]) for key, pairs in ordered.items()}


#: Where a change starts (由30件), and what is added by it.
FROM, _ADDED = lazy("[由从自]$"), lazy("(?:新增|净增|增加)了?$")
_SO_FAR = lazy("截[至止]|目前|现在?|至今|迄今")
_PRIOR = lazy("去年|上年|上一年|前一年")
_YEAR = lazy(r"\d{2,4}年|[〇零一二三四五六七八九]{4}年|[今明去来次本]年")
_WIDTHS = str.maketrans("０１２３４５６７８９", "0123456789")
_MOVES = lazy(r"增|升|提高|上涨|加|涨|扩|减|降|少|缩|压|跌|回落|下滑")


def judge(claim: Fact, fact: Fact) -> Comparison:
    """``values.examine``, but an amount without a direction (少41批次) agrees with one that has it (减少41批次)."""
    found = examine(claim.mention, fact.mention)
    if found.why is Why.SIGN and claim.kind is fact.kind is Kind.QUANTITY:
        positive = claim if (claim.value or 0) > 0 else fact
        if not _turned(claim, fact) and not _MOVES.search(positive.text):
            return Comparison(Verdict.COMPATIBLE, Why.EQUAL)
    if found.agrees and claim.kind is fact.kind is Kind.QUANTITY:
        if _turned(claim, fact):
            return Comparison(Verdict.DIFFERENT, Why.SIGN)
        if FROM.search(fact.subject) and _ADDED.search(claim.subject):
            return Comparison(Verdict.DIFFERENT, Why.VALUE)  # 新增3万吨 is not 由3万吨
    if found.agrees or not {claim.kind, fact.kind} <= TIMES:
        return found
    if on_edge(claim, fact) or (found.verdict is Verdict.DIFFERENT and _same_day(claim, fact)):
        return Comparison(Verdict.COMPATIBLE, Why.EQUAL)
    return found


#: 比上年少了385件: the direction stands before the figure, whose span does not hold it.
_MORE_OR_LESS = lazy(
    r"(?:[比较].{0,12}(?:少[收花用支产缴发]?|低|短|降|减)|缩短|压缩|压减|减少|提前|下降|后移|后退|下滑)(?P<less>)$"
    r"|^少+(?P<fewer>)$|^多+$|(?:[比较].{0,12}(?:多[收花用支产缴发出]?|高|长|增|升)|延长|增加|推迟|推后|延后|上升|提高|前移|前进|上升)(?P<more>)$"
)


def _turned(claim: Fact, fact: Fact) -> bool:
    """Whether of two equal amounts one is said to be more, the other less."""
    one, two = sense(claim), sense(fact)
    return one * two < 0


def sense(fact: Fact) -> int:
    """1 for an amount by which something rose or is more, -1 for the contrary, 0 where it is neither."""
    if fact.mention.sub == "delta" and fact.value:
        return 1 if fact.value > 0 else -1
    match = _MORE_OR_LESS.search(fact.subject)
    return 0 if match is None else -1 if match["less"] is not None or match["fewer"] is not None else 1


def _same_day(claim: Fact, fact: Fact) -> bool:
    """Whether two times differ only in a year that one of them leaves to its surroundings."""
    mine, theirs = ("".join(f.text.split()).translate(_WIDTHS) for f in (claim, fact))
    if mine == theirs:
        return True
    if claim.kind is fact.kind is Kind.DATE_RANGE and not _YEAR.search(mine) and not _YEAR.search(theirs):
        return _calendar(claim.mention) == _calendar(fact.mention)
    one, two = _YEAR.search(mine), _YEAR.search(theirs)
    return (one is None or two is None) and _YEAR.sub("", mine) == _YEAR.sub("", theirs)


def _calendar(mention: Mention) -> tuple[tuple[int, int] | None, ...]:
    """The days of a date or range without their years."""
    return tuple((d.month, d.day) if d else None for d in (mention.date_start, mention.date_end))


def on_edge(claim: Fact, fact: Fact) -> bool:
    """Whether a date is the day from which, or up to which, an open period of the source goes (3月17日起)."""
    if claim.kind is not Kind.DATE or fact.kind is not Kind.PERIOD or "日" not in fact.text:
        return False
    start, end = fact.mention.date_start, fact.mention.date_end
    return (start is None or end is None) and claim.mention.date_start in {start, end} - {None}


def apart_in_time(a: Fact, b: Fact) -> float:
    """What two figures lose in likeness when they belong to different periods, or one to a plan."""
    lost = 0.1 if a.planned != b.planned else 0.0
    return lost + 0.12 if a.period is not b.period and disjoint(a, b) else lost


def disjoint(a: Fact, b: Fact) -> bool:
    """Whether both belong to known periods that have no day in common, or only one to 去年, whenever that was."""
    one, two = a.period, b.period
    if _before_this(one) != _before_this(two) or _at_start(one) != _at_start(two):
        return True
    return one is not None and two is not None and (one.apart(two) or _up_to_other_year(one, two))


def _up_to_other_year(one: Period, two: Period) -> bool:
    """Whether one is told up to now (目前), and the other is over since another year."""
    now, then = (one, two) if one.start is None else (two, one)
    if now.start or now.end is None or then.start is None or then.end is None or not _SO_FAR.match(now.text):
        return False
    return then.end.year < now.end.year


def _at_start(period: Period | None) -> bool:
    """年初: the state at the start of a year, not what happened in January."""
    return period is not None and period.text.endswith("年初")


def _before_this(period: Period | None) -> bool:
    """Whether a period without days is the year before the report's."""
    return (
        period is not None and period.start is None and period.end is None and bool(_PRIOR.match(period.text))
    )


def value_keys(fact: Fact) -> list[tuple[str, Decimal | str]]:
    """Where a fact is filed by value; a date by its days, an unresolved one by its words."""
    if fact.kind in DATES or (fact.kind is Kind.PERIOD and "日" in fact.text):
        mention = fact.mention
        keys: list[tuple[str, Decimal | str]] = [
            ("day", day.isoformat()) for day in (mention.date_start, mention.date_end) if day is not None
        ]
        return keys or [("day", "".join(fact.text.split()))]
    if fact.value is None:
        return [("range", f"{fact.mention.low}-{fact.mention.high}")]
    if fact.kind is Kind.RANK:
        return [("rank", fact.value)]
    if fact.kind in (Kind.PERCENT, Kind.GROWTH):
        return [("%", abs(fact.value))]
    return [(units.dimension(fact.unit), abs(fact.value))]


_DIGITS = lazy(r"[\d.,，％%〇零一二三四五六七八九十百千两]+")


#: Numerals in words (四千八百) are compared in digits from a hundred on, up to this many.
_MOST_DIGITS = 18


def number(fact: Fact) -> str:
    """The digits as written, without unit, scale and separators; of a date, the whole."""
    if fact.kind in DATES:
        return "".join(fact.text.split())
    core = fact.text[fact.mention.core_start - fact.start : fact.mention.core_end - fact.start]
    match = _DIGITS.match(core)
    if match is None:
        return core
    if len(match[0]) > 1 and match[0][0] > "9" and fact.kind is Kind.QUANTITY and fact.value is not None:
        written = fact.value.is_finite() and 2 <= fact.value.adjusted() < _MOST_DIGITS
        return f"{fact.value.normalize():f}" if written else match[0]
    return match[0].strip("%％").replace(",", "").replace("，", "")


def in_full(fact: Fact) -> str:
    """The number of an amount with its scale (1.8万 and 一万八千 are 18000); of other figures, as written."""
    value = fact.value
    if fact.kind is not Kind.QUANTITY or value is None or not value.is_finite():
        return number(fact)
    return f"{abs(value).normalize():f}" if -6 < value.adjusted() < _MOST_DIGITS else number(fact)


def slip(mine: str, theirs: str) -> bool:
    """Whether two numbers differ as a slip of the pen makes them: digits exchanged, or one digit another."""
    if len(mine) != len(theirs) or len(mine) < 3:
        return False
    return sorted(mine) == sorted(theirs) or sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1
