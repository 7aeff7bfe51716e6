"""What two amounts in different measures of one row, or one line, give: 床位120张、入住87人 an occupancy of 72.5%, 33张 empty.

The words must ask for it: a rate whose name one of the two bears (入住率), or what is empty of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving.around import Around
from gov_writer.matching.deriving.operations import WIDEST, Derivation, minus, ratio
from gov_writer.text.lazy import lazy

_RATE = lazy(r"(?P<name>[\u4e00-\u9fff]{2})率[^，。；]{0,4}$")
_EMPTY = lazy("空置|空余|空缺|闲置|空闲|空位")
_A_RATE = lazy(r"(?P<name>[\u4e00-\u9fff]{2})率")
#: Characters before a figure in which a rate may be named.
_FAR = 60
#: Characters before a figure that may name the row; rows that are tried.
_REACH, _ROWS = 24, 6


def rates(around: Around, claim: Fact, cue: str) -> Iterator[Derivation]:
    """The rate that the words name, of two amounts of one row or line which the sentence states, whatever their measures."""
    named = _RATE.search(cue[: -len(claim.text)])
    stated = [f for f in around.before(claim) if f.kind is Kind.QUANTITY and f.value][-4:]
    if named is None or len(stated) < 2:
        return
    for i, a in enumerate(stated):
        for b in stated[i + 1 :]:
            bears = named["name"] in a.subject + b.subject
            if bears and _together(a, b) and not units.same(a.unit, b.unit):
                low, high = sorted((a, b), key=lambda f: f.value or 0)
                yield ratio(low, high, "share")


def of_named_row(around: Around, claim: Fact) -> Iterator[Derivation]:
    """河口镇最低，仅80.6%: the rate that the paragraph named last, of two cells of the row named right before the claim."""
    words = around.finder.mine.between(claim, max(0, claim.start - _FAR), claim.start)
    names = _A_RATE.findall(words)
    if not names or claim.mention.step is None or claim.mention.step >= 1:
        return
    for row in _rows(around, claim)[:2]:
        amounts = [f for f in row[:WIDEST] if f.kind is Kind.QUANTITY and f.value]
        for part in [f for f in amounts if names[-1] in f.subject]:
            for whole in amounts:
                larger = whole is not part and (whole.value or 0) >= (part.value or 0)
                if larger and units.same(whole.unit, part.unit):
                    yield ratio(part, whole, "share")


def left_empty(around: Around, claim: Fact, cue: str) -> Iterator[Derivation]:
    """What is left of one amount of a row that the words name, less what fills it."""
    if not _EMPTY.search(cue):
        return
    stated = [around.groups.rows.get(around.fact_index[f.id], ()) for f in around.before(claim)[-2:]]
    for row in (*stated, *_rows(around, claim)):
        amounts = [f for f in row[:WIDEST] if f.kind is Kind.QUANTITY and f.value is not None]
        for whole in [f for f in amounts if units.same(f.unit, claim.unit)]:
            for part in amounts:
                if part is not whole and minus(whole, part) > 0 and not units.same(part.unit, whole.unit):
                    yield Derivation(
                        "difference", f"{whole.id} - {part.id}", (whole, part), minus(whole, part)
                    )


def _rows(around: Around, claim: Fact) -> list[Sequence[Fact]]:
    """The rows of tables that are named right before a claim, the nearest name first."""
    words = around.finder.mine.between(claim, max(claim.sentence[0], claim.start - _REACH), claim.start)
    said = bigrams(words)
    found: dict[int, tuple[int, Sequence[Fact]]] = {}
    for at, row in around.groups.rows.items():
        label = around.finder.theirs.row(at)
        own = bigrams(label)
        if len(label) > 1 and id(row) not in found and own & said:
            found[id(row)] = (len(own & said), row)
    best = sorted(found.values(), key=lambda item: -item[0])
    return [row for _, row in best[:_ROWS]]


def _together(a: Fact, b: Fact) -> bool:
    return a.source == b.source and a.sentence == b.sentence
