"""A total of what a draft names before it (低保金、供养金和救助金共265万元): one figure of the sources for each name.

The names are what a list right before the figure holds; each must share words with what a source counts, in a
measure that may be added. So the parts may stand on as many lines as there are names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import product

from gov_writer.domain import Approx, Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving.around import Around
from gov_writer.matching.deriving.operations import Derivation, total_of
from gov_writer.matching.finding import disjoint
from gov_writer.matching.intervals import rounds_to
from gov_writer.matching.units import Kinship
from gov_writer.text.lazy import lazy

#: What stands between the names and the figure, and the list itself.
_CUE = lazy("(?:等)?(?:(?:共计|合计|总计|共有|共|累计|总共)(?:[\u4e00-\u9fff]{0,4}?))?(?:达到?|为|有)?$")
_LIST = lazy("[\u4e00-\u9fff“”、]+$")
_LIST_BEHIND = lazy("[\u4e00-\u9fff“”、]+")
_JOIN = lazy("以及|[、和与及]")
#: Characters before a figure in which the list is looked for; names, and figures tried for each of them.
_REACH, _MOST, _TRIED = 48, 5, 4
#: Figures looked up for one pair of characters.
_POSTINGS = 60
#: From a slip of one power of ten to one of 亿 for 万.
_POWERS = 4
#: How much of a name's words a figure must share.
_SHARED = 0.5


class NamedParts:
    """The amounts of the sources by the words of what they count."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def denies(self, claim: Fact, found: Derivation) -> bool:
        """Whether a sum has no part for one of the names listed before the claim, though the sources have figures for each."""
        wanted = self._listed(claim)
        ids = {fact.id for fact in found.inputs}
        return bool(wanted) and all(wanted) and not all(ids & {f.id for f in some} for some in wanted)

    def expected(self, claim: Fact) -> Derivation | None:
        """What the total of the names listed before a claim must be, where it is near; None if they have no figures."""
        wanted = self._listed(claim)
        value = claim.value
        if not wanted or not all(wanted) or not value:
            return None
        totals = [t for t in self.sums(claim) if t.value <= 2 * value <= 4 * t.value]
        totals = totals or [t for t in self.sums(claim) if _tenfold(t.value, claim)]
        mine = sorted(_digits(value))
        likeliest = sorted(totals, key=lambda t: (sorted(_digits(t.value)) != mine, abs(t.value - value)))
        return next(iter(likeliest), None)

    def sums(self, claim: Fact) -> Iterator[Derivation]:
        """The totals of one figure for each name in the list before a claim."""
        wanted = self._listed(claim)
        for chosen in product(*wanted) if wanted else ():
            if len({f.id for f in chosen}) == len(chosen) and not any(
                disjoint(chosen[0], f) for f in chosen[1:]
            ):
                yield total_of(chosen)

    def _listed(self, claim: Fact) -> list[list[Fact]]:
        """For each name in the list before a claim the figures that may be meant; [] where there is no list."""
        if claim.kind is not Kind.QUANTITY or (claim.value or 0) < 2:
            return []
        names = self._names(claim)
        return [self._of(claim, name) for name in names] if 1 < len(names) <= _MOST else []

    def _names(self, claim: Fact) -> list[str]:
        """The names in a list right before a claim, right behind it (37名社区矫正和安置帮教对象), or of which it is told."""
        mine = self._around.finder.mine
        before = mine.between(claim, max(claim.clause[0], claim.start - _REACH), claim.start)
        behind = mine.between(claim, claim.end, min(claim.clause[1], claim.end + _REACH // 2))
        lists = (_LIST.search(_CUE.sub("", before, count=1)), _LIST_BEHIND.match(behind))
        counted = "" if "其中" in claim.subject else claim.subject
        for found in (*lists, _LIST_BEHIND.fullmatch(counted)):
            names = [name for name in _JOIN.split(found[0]) if len(name) > 1] if found else []
            if len(names) > 1:
                return names
        return []

    def _of(self, claim: Fact, name: str) -> list[Fact]:
        """The figures that share most of a name's words, in a measure that the claim's may add up."""
        words = bigrams(name)
        scores: dict[int, int] = defaultdict(int)
        for word in words:
            for at in self._subjects.get(word, ()):
                scores[at] += 1
        facts = self._around.finder.theirs.facts
        best = sorted(((-score, at) for at, score in scores.items()))
        enough = _SHARED * min(len(words), 3)
        fit = [
            facts[at]
            for score, at in best
            if -score >= enough or (len(facts[at].subject) > 1 and facts[at].subject in name)
        ]
        return [f for f in fit if _may_add(f, claim)][:_TRIED]

    def _before(self, fact: Fact, start: int) -> str:
        """The words before a figure in its sentence, those nearest: 特困供养31人，发放49.6万元."""
        if fact.cell is not None:
            return ""
        return self._around.finder.theirs.between(fact, max(start, fact.start - _REACH // 2), fact.start)

    @cached_property
    def _subjects(self) -> dict[str, list[int]]:
        """Words to the first amounts that count what they name."""
        found: dict[str, list[int]] = defaultdict(list)
        last: dict[tuple[object, ...], int] = {}  # where the figure before in this measure ends
        for at, fact in enumerate(self._around.finder.theirs.facts):
            if fact.kind is Kind.QUANTITY:
                measure = (fact.source, fact.sentence, units.canonical(fact.unit))
                start, last[measure] = last.get(measure, fact.sentence[0]), fact.end
            if (
                fact.cell is None
                and fact.kind is Kind.QUANTITY
                and fact.value
                and fact.mention.approx is Approx.EXACT
            ):
                for word in bigrams(fact.subject) | bigrams(self._before(fact, start)):
                    if len(found[word]) < _POSTINGS:
                        found[word].append(at)
        return found


def _tenfold(value: Decimal, claim: Fact) -> bool:
    """Whether a claim is the value but for its decimal point."""
    if not claim.value or not value or len(_digits(claim.value)) < 2:
        return False
    power = claim.value.adjusted() - value.adjusted()
    return 0 < abs(power) <= _POWERS and rounds_to(value.scaleb(power), claim.mention)


def _digits(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", "").strip("0")


def _may_add(fact: Fact, claim: Fact) -> bool:
    if fact.planned != claim.planned:
        return False
    if units.same(fact.unit, claim.unit) or claim.unit == f"{fact.unit}次":
        return True
    both = bool(fact.unit) and bool(claim.unit)
    return both and units.kinship(fact.unit, claim.unit) is Kinship.KIN
