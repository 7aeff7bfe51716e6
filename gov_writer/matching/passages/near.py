"""Near-duplicate passages: candidates by MinHash and locality-sensitive hashing, then counted exactly.

The search costs about one look-up per passage, not one comparison per pair (Broder 1997). Signatures come from
rensa, in Rust. With 128 hashes in 32 bands of 4, a pair whose true likeness is 0.7 becomes a candidate with
probability 1 − (1 − 0.7⁴)³² = 0.9998, one of 0.5 with 0.87; the exact count then decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gov_writer.text.lazy import lazy

_NOT_WORDS = lazy(r"[\d.,%％，。；;：:、！？!?“”‘’\"'（）()《》\s]+")
_RUN = 5
_HASHES, _BANDS = 128, 32
_LOOKED_AT = 1000


def plain(text: str) -> str:
    """The words of a passage as they are compared: without digits, marks and white space."""
    return _NOT_WORDS.sub("", text)


def runs(words: str) -> frozenset[str]:
    """All runs of five characters; what is shorter stands for itself."""
    return frozenset(words[at : at + _RUN] for at in range(max(1, len(words) - _RUN + 1)))


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of common runs (Jaccard), 0 to 1."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


def longest_run(a: str, b: str) -> int:
    """How many characters in a row two passages share, of their first thousand."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, a[:_LOOKED_AT], b[:_LOOKED_AT], autojunk=False).find_longest_match().size


def pairs(old: Sequence[str], new: Sequence[str], *, alike: float) -> Iterator[tuple[int, int]]:
    """For each new passage the old one that it is most like, if it is at least so much alike: ``(old, new)``.

    old, new: passages as ``plain`` gives them.
    """
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=alike, num_perm=_HASHES, num_bands=_BANDS)
    known = [runs(words) for words in old]
    for number, one in enumerate(known):
        index.insert(number, _signature(RMinHash, one))
    for number, words in enumerate(new):
        mine = runs(words)
        found = [(likeness(mine, known[other]), -other) for other in index.query(_signature(RMinHash, mine))]
        best, other = max(found, default=(0.0, 0))
        if best >= alike:
            yield -other, number


def among(passages: Sequence[str], owners: Sequence[int], *, alike: float) -> Iterator[tuple[int, int]]:
    """Pairs of like passages of different owners, the earlier first."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=alike, num_perm=_HASHES, num_bands=_BANDS)
    known: list[frozenset[str]] = []
    for number, words in enumerate(passages):
        mine = runs(words)
        signature = _signature(RMinHash, mine)
        for other in sorted(index.query(signature)):
            if owners[other] != owners[number] and likeness(mine, known[other]) >= alike:
                yield other, number
        known.append(mine)
        index.insert(number, signature)


def _signature(kind: type, words: frozenset[str]) -> object:
    signature = kind(num_perm=_HASHES, seed=1)
    signature.update(sorted(words))
    return signature
