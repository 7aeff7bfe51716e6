"""Which wordings of the parts mean an indicator of the total: by their words, and by what their values show.

Words alone don't tell that 新装高清监控探头 is 安装监控. Twelve reports do: where the total's own cell for a part has the
value that the part's report gives under that wording, or where one wording stands in exactly those reports that
lack the other and together they make up the total.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gov_writer.domain import Approx, Fact, Ledger, Period
from gov_writer.matching import subjects, units
from gov_writer.text.lazy import lazy

#: Likeness from which a figure is looked at at all, and that of a wording that parts have shown to be the indicator's.
POSSIBLE, LEARNED = 0.02, 0.92
#: Parts that must show it; values below DISTINCT agree by chance.
AGREEING, DISTINCT = 2, 100
#: Likeness from which a wording is an indicator's own, and from which two wordings may be one without a sum to show it.
OWN, SEED, KIN = 0.5, 0.22, 0.08
#: How much less like a part of something is to the whole.
PART = 0.8
#: Likeness from which a part of something is surely what is wanted itself.
SURE = 0.72
#: A total that a whole chain of wordings misses by this share or by digits that changed places is a slip.
SLIP = Decimal("0.15")
#: Characters from which the words behind 其中 name what is counted without those before.
_NAMES_IT = 3
OF_WHICH = lazy(r"其中|(?<!\S)#")
_SAYS_LITTLE = lazy(r"(?:共|累计|全年|已|总计|合计|共计)*(?:完成|达到?|实现|有|为|开展|办理|受理)?")

Synonyms = tuple[tuple[str, tuple[str, ...]], ...]


class Likeness:
    """Likeness of two names with an office's synonyms brought to one word; each pair is compared once."""

    def __init__(self, synonyms: Synonyms = ()) -> None:
        table = {other: name for name, others in synonyms for other in others if other}
        self._table = table
        self._pattern = (
            re.compile("|".join(sorted(map(re.escape, table), key=lambda w: (-len(w), w)))) if table else None
        )
        self._known: dict[tuple[str, str], float] = {}

    def __call__(self, subject: str, name: str) -> float:
        key = (subject, name)
        if key not in self._known:
            wanted, said = _part(self._one(name)), _part(self._one(subject))
            score = subjects.alike(said, wanted)
            if OF_WHICH.search(subject) and not OF_WHICH.search(name):
                whole = subjects.alike(OF_WHICH.split(self._one(subject))[0], wanted)
                score *= PART  # 新建改建农村公路其中新建 is a part of what is wanted
                score = min(score, PART * whole) if score < PART * SURE and whole >= POSSIBLE else score
            if "，" in said:  # 对辖区开展拉网式检查，查出各类隐患: the last clause counts
                score = max(score, subjects.alike(said.rpartition("，")[2], wanted))
            self._known[key] = score
        return self._known[key]

    def of(self, fact: Fact, text: str, name: str) -> float:
        """Likeness of a figure of that text: where its clause says no more than 共完成, the words before it count."""
        score = self(fact.subject, name)
        if fact.cell is None and _SAYS_LITTLE.fullmatch(fact.subject):
            before = text[fact.sentence[0] : fact.start].rstrip()
            clause = before.removesuffix(fact.subject).rstrip("，、：: 共").rpartition("，")[2]
            score = max(score, self(clause[-40:], name)) if clause else score
        return score

    def plain(self, subject: str) -> str:
        """A wording as it is counted: without words that tell little."""
        words = (subjects.features(part).plain for part in OF_WHICH.split(self._one(subject)))
        return "其中".join(words)

    def agree(self, wanted: Wanted, fact: Fact) -> bool:
        """Whether some cell of the total has this very value, and it is no small number."""
        value = fact.value
        return (
            value is not None and value >= DISTINCT and any(c.value == value for c in wanted.cells.values())
        )

    def _one(self, words: str) -> str:
        return words if self._pattern is None else self._pattern.sub(lambda m: self._table[m[0]], words)


def _part(words: str) -> str:
    """What is counted of a whole: 新增就业其中失业人员再就业 is about 失业人员再就业, in a table's row as in a sentence."""
    part = OF_WHICH.split(words)[-1].strip("：:，、 ")
    return part if len(part) >= _NAMES_IT else words


@dataclass(frozen=True, slots=True)
class Wanted:
    """An indicator before it has matches.  model: a figure of the total that stands for it."""

    name: str
    model: Fact
    total: Fact | None
    cells: dict[int, Fact]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part with the figures that may be indicators."""

    ledger: Ledger
    facts: Sequence[Fact]


def wordings(wanted: Sequence[Wanted], sheets: Sequence[Sheet], alike: Likeness) -> dict[str, list[int]]:
    """By wording, the numbers of the indicators that the values show it to stand for."""
    if not wanted:
        return {}
    found = _by_cells(wanted, sheets, alike)
    for wording, numbers in _by_coverage(wanted, sheets, alike).items():
        if wording not in found:
            found[wording] = numbers
    return found


def _by_cells(wanted: Sequence[Wanted], sheets: Sequence[Sheet], alike: Likeness) -> dict[str, list[int]]:
    """Where the total's own cells have the parts' values.

    Two parts whose reports say 新装高清监控探头 164个 and 98个, which the total has under 安装监控, tell that these are
    one indicator: so they are for a third part whose value differs.
    """
    votes: Counter[tuple[int, str]] = Counter()
    for part, sheet in enumerate(sheets):
        for number, one in enumerate(wanted):
            cell = one.cells.get(part)
            if cell is None or cell.value is None:
                continue
            same = [
                f
                for f in sheet.facts
                if f.value == cell.value
                and comparable(f, one, sheet)
                and (cell.value >= DISTINCT or alike(f.subject, one.name) >= POSSIBLE)
            ]
            for wording in {alike.plain(fact.subject) for fact in same}:
                votes[number, wording] += 1
    best: dict[str, int] = {}
    for (_, wording), count in votes.items():
        best[wording] = max(best.get(wording, 0), count)
    found: dict[str, list[int]] = defaultdict(list)
    for (number, wording), count in votes.items():
        if count >= AGREEING and count == best[wording]:
            found[wording].append(number)
    return found


def _by_coverage(wanted: Sequence[Wanted], sheets: Sequence[Sheet], alike: Likeness) -> dict[str, list[int]]:
    """Where wordings stand in different parts and together in all: then they are one indicator if their sum is the
    total, or if their words are kin and no other wording fits as well."""
    told: dict[str, dict[int, Fact]] = defaultdict(dict)
    twice: set[str] = set()
    for part, sheet in enumerate(sheets):
        for fact in sheet.facts:
            if fact.mention.sub == "delta" or not _own_year(fact, sheet.ledger):
                continue
            wording = alike.plain(fact.subject)
            if part in told[wording] and told[wording][part].value != fact.value:
                twice.add(wording)
            told[wording].setdefault(part, fact)
    owner = {w: _owner(w, next(iter(there.values())), wanted, alike) for w, there in told.items()}
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(wanted):
        own = {
            w: owner[w][0]
            for w, there in told.items()
            if -owner[w][1] == number
            and w not in twice
            and owner[w][0] >= KIN
            and all(comparable(fact, one, sheets[part]) for part, fact in there.items())
        }
        if max(own.values(), default=0.0) < SEED:
            continue
        chain, covered = _chain(own, told)
        if len(sheets) - len(covered) >= AGREEING:
            more = _completing(one, covered, told, sheets, owner, twice)
            chain = [*chain, more] if more is not None else []
        for wording in chain:
            found[wording].append(number)
    return found


def _owner(wording: str, fact: Fact, wanted: Sequence[Wanted], alike: Likeness) -> tuple[float, int]:
    """The indicator of the same unit that a wording is most like: its likeness, and its number with a minus."""
    fitting = (n for n, one in enumerate(wanted) if units.same(fact.unit, one.model.unit))
    return max(((alike(wording, wanted[n].name), -n) for n in fitting), default=(0.0, 1))


def _chain(own: dict[str, float], told: dict[str, dict[int, Fact]]) -> tuple[list[str], dict[int, Fact]]:
    """The likest wording and those that stand in none of the same parts, with the figures that they cover."""
    chain: list[str] = []
    covered: dict[int, Fact] = {}
    for wording in sorted(own, key=lambda w: (-own[w], -len(told[w]), w)):
        if covered.keys().isdisjoint(told[wording]):
            chain.append(wording)
            covered.update(told[wording])
    return chain, covered


def _completing(
    one: Wanted,
    covered: dict[int, Fact],
    told: dict[str, dict[int, Fact]],
    sheets: Sequence[Sheet],
    owner: dict[str, tuple[float, int]],
    twice: set[str],
) -> str | None:
    """The one wording, like in words or not, that stands in all other parts and makes up the total with them, but for
    a slip."""
    missing = set(range(len(sheets))) - set(covered)
    fits = [
        w
        for w, there in told.items()
        if w not in twice
        and set(there) == missing
        and owner[w][0] < OWN
        and all(comparable(fact, one, sheets[part]) for part, fact in there.items())
        and _adds_up(one, covered, there)
    ]
    return fits[0] if len(fits) == 1 else None


def _adds_up(one: Wanted, covered: dict[int, Fact], more: dict[int, Fact]) -> bool:
    facts = [*covered.values(), *more.values()]
    if (
        one.total is None
        or one.total.value is None
        or any(f.mention.approx is not Approx.EXACT for f in facts)
    ):
        return False
    found, wanted = sum((f.value or Decimal(0) for f in facts), Decimal(0)), one.total.value
    slipped = sorted(str(found)) == sorted(str(wanted)) or abs(found - wanted) <= SLIP * abs(wanted)
    return found == wanted or (len(more) >= AGREEING and slipped)


def comparable(fact: Fact, one: Wanted, sheet: Sheet) -> bool:
    """Whether a part's figure has the indicator's unit and year."""
    return units.same(fact.unit, one.model.unit) and same_year(fact, one.model, sheet.ledger)


def _own_year(fact: Fact, ledger: Ledger) -> bool:
    """Whether a part's figure is of the year that the part reports on."""
    its, own = _year(fact.period), _year(ledger.period)
    return its is None or own is None or its == own


def same_year(fact: Fact, model: Fact, ledger: Ledger) -> bool:
    """Whether a part's figure is of the total's year (the part's own, where the total does not say)."""
    ours = _year(fact.period) or _year(ledger.period)
    theirs = _year(model.period) or _year(ledger.period)
    return ours is None or theirs is None or ours == theirs


def _year(period: Period | None) -> int | None:
    """The year that a period ends in; of 2021年以来 the one that it begins in."""
    if period is None:
        return None
    day = period.end or period.start
    return day.year if day is not None else None
