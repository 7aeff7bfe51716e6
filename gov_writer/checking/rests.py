"""What a later paragraph says is left of a task that an earlier one told (抓好剩余3.34万平方米)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from gov_writer.domain import Fact, Kind
from gov_writer.matching import terms, units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.operations import Derivation
from gov_writer.text.lazy import lazy

_LEFT = lazy("剩|余下|其余|尚余|[仅只]余|尚有|还有|仍有|未|待|缺口")
_NOT_YET = lazy("[\u4e00-\u9fff]{0,4}?(?:尚未|仍未|还未|还没|没有|未能?|待)")
#: Terms of the draft that are looked at, and those of one sentence that are tried with one another.
_MOST, _TRIED = 400, 6
#: Characters behind a figure that name what is left.
_REACH = 16


def of_before(claim: Fact, told: Sequence[terms.Term], text: str) -> Iterator[Derivation]:
    """What is left of a whole when a part is taken off that the draft told beside it, in a sentence with its words.

    told: the figures so far, in text order.
    """
    start, end = max(claim.clause[0], claim.start - _REACH), min(claim.clause[1], claim.end + _REACH)
    if claim.kind is not Kind.QUANTITY:
        return
    if not _LEFT.search(text, start, claim.start) and not _NOT_YET.match(text, claim.end, end):
        return
    words = bigrams(text[start : claim.start]) | bigrams(text[claim.end : max(end, claim.end)])
    sentences: dict[tuple[int, int], list[terms.Term]] = defaultdict(list)
    for t in told[-_MOST:]:
        if t.claim.kind is Kind.QUANTITY and units.same(t.unit, claim.unit):
            sentences[t.claim.sentence].append(t)
    for (first, last), same in reversed(sentences.items()):
        if first != claim.sentence[0] and words & bigrams(text[first:last]):
            yield from _among(same[-_TRIED:])


def _among(same: Sequence[terms.Term]) -> Iterator[Derivation]:
    for t in same:
        if not t.given and "-" in t.formula:  # told as a rest before
            yield Derivation("difference", t.formula, t.inputs, t.value)
    for a, b in combinations(same, 2):
        low, high = sorted((a, b), key=lambda t: t.value)
        if low.value < high.value:
            yield terms.difference(high, low)
