"""Which facts say again, or say otherwise, what an earlier fact has said.

Conservative on purpose: a contradiction that is missed leaves both figures in the draft, where the
checker sees them; one that is imagined takes a true figure out of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gov_writer.domain import DATES, Approx, Fact, Kind, Period
from gov_writer.matching import units
from gov_writer.matching.subjects import features, similarity
from gov_writer.matching.values import Verdict, compare

#: How alike two subjects must be, across sources and inside one.
ACROSS, WITHIN = 0.88, 0.94
#: Enough where the two values hold the same digits in another order: 2140 and 2410 are a slip of the pen.
SLIP = 0.7
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,5}?(?:社区|村|小区|片区|园区|街区|网格|学校|小学|中学|市场|商场|公司|路段|大道|[^公铁道马]路|大厦|广场|公园|医院)"
)
_NOT_PLACE = re.compile(
    r"各社区|个社区|全社区|本社区|老旧小区|个小区|农贸市场|个市场|两个|所学校|条路|家公司|该|每|在社区|驻社区|到社区|进社区|村社区"
)
_PARTS = re.compile(
    r"其中|分别|另有|此外|包括|余下|其余|剩余|第[一二三四五六七八九十\d]+[批期次季]|[上下]半年|季度|\d+月|本[周月季]|当[日月周]|首[批次]|目标|预期|预计|计划|力争|任务数|上限|下限"
)
_TARGET = re.compile(r"目标|预期|预计|计划|力争|任务数|指标任务")


#: What happens once: a day for it in one source, another day in the other, contradict each other.
_ONCE = re.compile(
    r"大会|换届|启动|揭牌|成立|开工|竣工|落成|投入使用|投用|启用|开业|验收|挂牌|仪式|动员会|通车|封顶|部署会"
)


class Relation(StrEnum):
    REPEATS = "repeats"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a fact.

    sentence: an id of its sentence.  office: whose note it is.  words: headings and sentence.
    clause: the words between commas around it.
    """

    sentence: tuple[str, int]
    office: str
    words: str
    clause: str = ""


def relations(
    facts: Sequence[Fact],
    contexts: Mapping[str, Context],
    period: Period | None,
    *,
    reports: frozenset[str] = frozenset(),
) -> dict[str, tuple[Relation, str]]:
    """For each fact that repeats or contradicts an earlier one: how, and which.  Facts in source order.

    reports: sources that are whole reports. There a result and next year's target often share every word;
    inside them only transposed digits count as a contradiction.
    """
    found: dict[str, tuple[Relation, str]] = {}
    usable = [fact for fact in facts if fact.id in contexts and _comparable(fact)]
    index = _Index(usable)
    places: dict[str, frozenset[str]] = {}
    for fact in usable:
        places[fact.id] = _places(contexts[fact.id].words)
        best: tuple[float, Relation, str] | None = None
        for other in index.like(fact):
            relation = _relation(fact, other, contexts, places, period)
            if relation is not None and fact.source == other.source and fact.source in reports:
                relation = relation if relation[1] is Relation.REPEATS or _transposed(fact, other) else None
            if relation is not None and (best is None or relation[0] > best[0]):
                best = (*relation, other.id)
        if best is None:
            index.add(fact)
        else:
            found[fact.id] = (best[1], best[2])
    return found


class _Index:
    """The facts so far, found by the rarer half of their subjects' pairs of characters.

    Two subjects that are alike enough to matter share one of these; a pair that hundreds of facts share
    tells nothing, and only its first bearers are looked at, so that the time stays linear.
    """

    MOST = 20

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._frequency: Counter[str] = Counter()
        for fact in facts:
            self._frequency.update(features(fact.subject).pairs)
        self._postings: dict[tuple[str, str, str], list[Fact]] = {}

    def like(self, fact: Fact) -> list[Fact]:
        """The candidates in the order in which they were added, each once."""
        seen: dict[str, Fact] = {}
        for key in self._keys(fact):
            for other in self._postings.get(key, ()):
                seen.setdefault(other.id, other)
        return list(seen.values())

    def add(self, fact: Fact) -> None:
        for key in self._keys(fact):
            postings = self._postings.setdefault(key, [])
            if len(postings) < self.MOST:
                postings.append(fact)

    def _keys(self, fact: Fact) -> list[tuple[str, str, str]]:
        pairs = sorted(features(fact.subject).pairs, key=lambda pair: (self._frequency[pair], pair))
        group, unit = _group(fact), units.canonical(fact.unit)
        keys = [(group, unit, pair) for pair in pairs[: len(pairs) // 2 + 1]]
        digits = "".join(sorted(re.sub(r"\D", "", fact.text)))
        return [*keys, (group, unit, digits)] if len(digits) > 2 else keys


def _comparable(fact: Fact) -> bool:
    long = len(features(fact.subject).plain)
    if fact.kind is Kind.DATE:
        return long >= 4 and bool(_ONCE.search(fact.subject))
    return fact.kind not in DATES and fact.value is not None and long >= 3


def _group(fact: Fact) -> str:
    return "rate" if fact.kind in (Kind.PERCENT, Kind.GROWTH) else fact.kind.value


def _relation(
    fact: Fact,
    other: Fact,
    contexts: Mapping[str, Context],
    places: Mapping[str, frozenset[str]],
    period: Period | None,
) -> tuple[float, Relation] | None:
    mine, theirs = contexts[fact.id], contexts[other.id]
    if mine.sentence == theirs.sentence or fact.planned != other.planned or fact.kind != other.kind:
        return None
    if not _same_time(fact.period, other.period, period):
        return None
    if not _same_places(places[fact.id], places[other.id]):
        return None
    likeness = _likeness(fact, other, mine, theirs) if fact.mention.basis == other.mention.basis else None
    if likeness is None or not _same_side(mine, theirs):
        return None
    if fact.kind is Kind.DATE:
        return _of_days(fact, other, likeness)
    if mine.office != theirs.office and len(features(fact.subject).plain) < 4:
        return None
    relation = _of_values(fact, other)
    return (likeness, relation) if relation is not None else None


def _likeness(fact: Fact, other: Fact, mine: Context, theirs: Context) -> float | None:
    """How alike what two facts count is; None where that is not enough to hold one against the other."""
    likeness = similarity(*_as_said(fact, other))
    needed = WITHIN if fact.source == other.source else ACROSS
    slip = fact.source != other.source and _transposed(fact, other)
    if slip and likeness < SLIP and _tells_of(mine, theirs, fact, other):
        likeness = SLIP
    if fact.value == other.value and _labelled(fact, other):
        likeness = max(likeness, needed)
    return None if likeness < (min(needed, SLIP) if slip else needed) else likeness


def _same_side(mine: Context, theirs: Context) -> bool:
    """Whether both tell a target or neither does, and both the same parts."""
    targets = bool(_TARGET.search(mine.words)) == bool(_TARGET.search(theirs.words))
    return targets and _PARTS.findall(mine.clause) == _PARTS.findall(theirs.clause)


def _of_values(fact: Fact, other: Fact) -> Relation | None:
    """What the values make of two facts that count the same."""
    approx, others = fact.mention.approx, other.mention.approx
    verdict = compare(fact.mention, other.mention)
    if fact.value == other.value and verdict is Verdict.SAME and approx == others:
        return Relation.REPEATS
    if fact.value == other.value and (approx, others) == (Approx.ABOUT, Approx.EXACT):
        return Relation.REPEATS  # 约1.5万处 behind 1.5万处 says no more
    if approx != others:
        return None  # 1361万人 and 1100万人以上: a result and its target
    if verdict is Verdict.DIFFERENT and compare(other.mention, fact.mention) is Verdict.DIFFERENT:
        return Relation.CONTRADICTS
    return None


#: A value of one digit may well be the same by chance.
_TELLING = 10


def _labelled(fact: Fact, other: Fact) -> bool:
    """Whether one source only puts a label before what the other counts (秩序：拖移僵尸车93辆, 拖移僵尸车93辆)."""
    short, long = sorted((fact.subject, other.subject), key=len)
    labelled = long.endswith(short) and 2 <= len(long) - len(short) <= 4
    return labelled and len(short) >= 3 and fact.value is not None and abs(fact.value) >= _TELLING


#: Who counted, before what was counted: 水务组统计：转移群众1068人.
_COUNTED_BY = re.compile(
    r"^(?:据|经)?[\u4e00-\u9fff]{1,8}?(?:组|办|科|室|站|所|局|中心|部门|办公室)(?:初步|重新|再次)?(?:统计|测算|核算|报来)(?:数据)?(?:显示|为|是)?[，,：:]?(?=[\u4e00-\u9fff]{2})"
)
#: A count of one office that is that near to the whole's is no part of it.
_NEAR_WHOLE = Decimal("0.8")


def _as_said(fact: Fact, other: Fact) -> tuple[Fact, Fact]:
    """The two, without who counted where only one of them says that and the values are near each other."""
    bare = [_COUNTED_BY.sub("", one.subject) for one in (fact, other)]
    named = [bare[0] != fact.subject, bare[1] != other.subject]
    if named[0] == named[1] or not fact.value or not other.value:
        return fact, other
    ratio = abs(fact.value / other.value)
    if not min(ratio, 1 / ratio) >= _NEAR_WHOLE:
        return fact, other
    return replace(fact, subject=bare[0]), replace(other, subject=bare[1])


def _of_days(fact: Fact, other: Fact, likeness: float) -> tuple[float, Relation] | None:
    """Two sources on the day of one event: the same day, or a contradiction."""
    if fact.source == other.source:
        return None
    mine, theirs = fact.mention, other.mention
    if mine.date_start is not None and theirs.date_start is not None:
        same = (mine.date_start, mine.date_end) == (theirs.date_start, theirs.date_end)
    else:
        same = re.findall(r"\d+", fact.text)[-2:] == re.findall(r"\d+", other.text)[-2:]
    return likeness, Relation.REPEATS if same else Relation.CONTRADICTS


def _tells_of(mine: Context, theirs: Context, fact: Fact, other: Fact) -> bool:
    """Whether the one's subject stands in the other's sentence, nearly word for word."""
    if units.canonical(fact.unit) != units.canonical(other.unit):
        return False
    for subject, words in ((fact.subject, theirs.words), (other.subject, mine.words)):
        pairs = features(subject).pairs
        if len(pairs) >= 5 and len(pairs & features(words[-80:]).pairs) >= SLIP * len(pairs):
            return True
    return False


def _transposed(a: Fact, b: Fact) -> bool:
    one, two = (re.sub(r"\D", "", fact.text) for fact in (a, b))
    return len(one) >= 3 and one != two and sorted(one) == sorted(two)


def _same_time(a: Period | None, b: Period | None, whole: Period | None) -> bool:
    def span(period: Period | None) -> tuple[object, object] | None:
        # 全年 of a note that names no year is the report's own time
        chosen = whole if period is None or (period.start is None and period.end is None) else period
        return None if chosen is None else (chosen.start, chosen.end)

    return span(a) == span(b)


def _same_places(a: frozenset[str], b: frozenset[str]) -> bool:
    """The same places, named shorter or longer; a whole and one of its parts are not the same."""
    if not a or not b:
        return a == b
    return all(any(x in y or y in x for y in b) for x in a) and all(
        any(x in y or y in x for x in a) for y in b
    )


def _places(words: str) -> frozenset[str]:
    return frozenset(m.group() for m in _PLACE.finditer(words) if not _NOT_PLACE.search(m.group()))
