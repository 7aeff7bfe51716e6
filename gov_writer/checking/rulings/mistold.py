"""Facts that a wrong figure was most likely computed from, or meant: they are told with it, not as left out (FIG107).

缩短19天 of 由21天压到12天: the draft tells neither figure, but it would have, had it computed rightly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gov_writer.checking.rulings.ruling import Ruling
from gov_writer.domain import Fact, Kind
from gov_writer.matching import units
from gov_writer.matching.contexts import bigrams
from gov_writer.matching.pairing import Alignment
from gov_writer.matching.pairing.worth import CERTAIN

_WRONG = frozenset({"FIG101", "FIG102", "FIG103", "FIG104", "FIG105", "FIG106"})
#: Wrong figures that are looked at, and words that a fact and a draft's sentence must share.
_MOST, _SHARED = 60, 2
_RATES = frozenset({Kind.PERCENT, Kind.GROWTH})


class Mistold:
    """The wrong figures of a draft that no fact was found for."""

    def __init__(self, text: str, rulings: Sequence[Ruling], alignment: Alignment) -> None:
        self._wrong = [r.claim for r in rulings if r.rule in _WRONG and not _known(r)][:_MOST]
        self._words = [bigrams(text[c.sentence[0] : c.sentence[1]][:200]) for c in self._wrong]
        sentences = {c.sentence for c in self._wrong}
        self._lines: dict[tuple[int, int], set[tuple[str, tuple[int, int]]]] = defaultdict(set)
        for pair in alignment.pairs.values():
            if pair.claim.sentence in sentences:
                self._lines[pair.claim.sentence].add((pair.fact.source, pair.fact.sentence))

    def __contains__(self, fact: Fact) -> bool:
        return any(self._meant(fact, c, w) for c, w in zip(self._wrong, self._words, strict=True))

    def _meant(self, fact: Fact, claim: Fact, words: frozenset[str]) -> bool:
        """Whether a wrong figure's sentence tells of the fact's line, or has its words, in its measure."""
        rate = claim.kind in _RATES or claim.text[-1] in "成倍"
        if not rate and fact.unit is not None and not units.same(claim.unit, fact.unit):
            return False
        beside = (fact.source, fact.sentence) in self._lines[claim.sentence]
        shared = len(words & bigrams(fact.subject))
        return shared >= _SHARED or (beside and (shared > 0 or not rate))


def _known(ruling: Ruling) -> bool:
    """Whether the finding names the fact that was meant."""
    pair = ruling.pair
    return pair is not None and pair.likeness >= CERTAIN and pair.claim.kind is pair.fact.kind
