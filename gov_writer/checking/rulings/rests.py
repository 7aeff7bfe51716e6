"""What a later paragraph says is left of a task that an earlier one told (抓好剩余3.34万平方米)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from gov_writer.checking.rulings import aims
from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.deriving import terms
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.text.lazy import lazy

_LEFT = lazy("还[需差要欠]|尚[需差]|剩|余下|其余|尚余|[仅只]余|尚有|还有|仍有|未|待|缺口|空[置余缺闲]|闲置")
_NOT_YET = lazy("[\u4e00-\u9fff]{0,4}?(?:尚未|仍未|还未|还没|没有|未能?|待)")
_UNDER_WAY = lazy("[\u4e00-\u9fff]{0,4}?(?:正在|正|尚未|仍未|还未|未|待|在建|仍在|加[紧快])")
_VACANT, _IN = lazy("空[置余缺闲]|闲置"), lazy("入住|在住|使用|出租|入驻|停放|占用")
#: 除1个正在收尾外，其余11个已完工: the part stands behind it.
_BUT_FOR = lazy("除(?:了)?$")
#: Terms of the draft that are looked at, and those of one sentence that are tried with one another.
_MOST, _TRIED = 400, 6
#: Characters behind a figure that name what is left.
_REACH = 16
#: Characters of a clause that name nothing but that something is left.
_SHORT = 5


def of_before(claim: Fact, told: Sequence[terms.Term], text: str) -> Iterator[Derivation]:
    """What is left of a whole when a part is taken off that the draft told beside it, in a sentence with its words.

    told: the figures so far, in text order.
    """
    start, end = max(claim.clause[0], claim.start - _REACH), min(claim.clause[1], claim.end + _REACH)
    if claim.kind is not Kind.QUANTITY:
        return
    asked = _LEFT.search(text, start, claim.start) or _NOT_YET.match(text, claim.end, end)
    if not asked and not aims.YET.search(text, claim.clause[0], claim.end):
        return
    words = bigrams(text[start : claim.start]) | bigrams(text[claim.end : max(end, claim.end)])
    if claim.start - claim.clause[0] < _SHORT:  # 中心床位利用不足，空置44张
        words |= bigrams(text[max(claim.sentence[0], claim.start - 2 * _REACH) : claim.start])
    yield from aims.still_to_do(claim, told, text)
    if not asked:
        return
    sentences: dict[tuple[int, int], list[terms.Term]] = defaultdict(list)
    for t in told[-_MOST:]:
        if t.claim.kind is Kind.QUANTITY and units.same(t.unit, claim.unit):
            sentences[t.claim.sentence].append(t)
    if _VACANT.search(text, claim.clause[0], claim.start):
        yield from _vacant(claim, told, words, text)
    for (first, last), same in reversed(sentences.items()):
        if first != claim.sentence[0] and words & bigrams(text[first:last]):
            yield from _among(same[-_TRIED:])


def of_its_sentence(
    claim: Fact, told: Sequence[terms.Term], text: str, after: Sequence[terms.Term] = ()
) -> Derivation | None:
    """4个小区，3个已完工，1个正在推进: what the parts told since leave of a whole, where the words behind say so."""
    end = min(claim.clause[1], claim.end + _REACH)
    if claim.kind is not Kind.QUANTITY or not _UNDER_WAY.match(text, claim.end, max(end, claim.end)):
        return None
    same = [
        t for t in told[-_TRIED:] if t.claim.sentence == claim.sentence and units.same(t.unit, claim.unit)
    ]
    behind = [t for t in after if units.same(t.unit, claim.unit) and t.claim.sentence == claim.sentence]
    if len(same) == 1 and behind and _BUT_FOR.search(text, claim.clause[0], claim.start):
        same = [*same, behind[0]]
    if len(same) < 2:
        return None
    whole, *parts = same
    left = terms.difference(whole, parts[0])
    for part in parts[1:]:
        formula = f"{left.formula} - {part.formula}"
        left = Derivation("difference", formula, (*left.inputs, *part.inputs), left.value - part.value)
    return left if left.value > 0 else None


def _vacant(
    claim: Fact, told: Sequence[terms.Term], words: frozenset[str], text: str
) -> Iterator[Derivation]:
    """床位120张，入住76人 … 空置44张: who is in takes a place each."""
    for whole in [
        t for t in told[-_MOST:] if t.claim.kind is Kind.QUANTITY and units.same(t.unit, claim.unit)
    ]:
        first, last = whole.claim.sentence
        if not words & bigrams(text[first:last]):
            continue
        for t in told[-_MOST:]:
            taken = t.claim.sentence == whole.claim.sentence and _IN.search(t.claim.subject) is not None
            if taken and t.claim.kind is Kind.QUANTITY and t.value < whole.value:
                yield terms.difference(whole, t)


def _among(same: Sequence[terms.Term]) -> Iterator[Derivation]:
    for t in same:
        if not t.given and "-" in t.formula:  # told as a rest before
            yield Derivation("difference", t.formula, t.inputs, t.value)
    for a, b in combinations(same, 2):
        low, high = sorted((a, b), key=lambda t: t.value)
        if low.value < high.value:
            yield terms.difference(high, low)
