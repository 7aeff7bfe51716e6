"""The likeliest words of a short stretch of Chinese, by how often each word is written (unigram model).

Used where two characters meet and a rule must know whether a word ends there. The counts are a data file
(``word_frequencies``); words of work reports and reduplicated words that it lacks count as rare words. Loaded
when first asked (some 60 milliseconds), linear in the stretch.
"""

from __future__ import annotations

from functools import cache
from math import log

from gov_writer import lexicon

#: How often a word of our own lists is taken to occur at least.
_RARE = 300
_LONGEST = 4


@cache
def _costs() -> tuple[dict[str, float], float]:
    """``-log p`` of each word, and of a character that no word has."""
    counts = lexicon.counts("word_frequencies")
    for word in (*lexicon.words("report_words"), *lexicon.words("reduplications")):
        counts[word] = max(counts.get(word, 0), _RARE)
    total = log(sum(counts.values()))
    return {word: total - log(count) for word, count in counts.items()}, total + 1


def known(word: str) -> bool:
    """Whether the lists have the word."""
    return word in _costs()[0]


def cost(character: str) -> float:
    """What one character costs as a word by itself: about 4 for 的, 8 for 作, 13 for 鹏."""
    costs, unknown = _costs()
    return costs.get(character, unknown)


def segmented(text: str) -> tuple[float, tuple[tuple[int, int], ...]]:
    """The least cost of any division of the text into words, and the words as half-open spans."""
    costs, unknown = _costs()
    best = [0.0] + [float("inf")] * len(text)
    back = [0] * (len(text) + 1)
    for start in range(len(text)):
        for length in range(1, min(_LONGEST, len(text) - start) + 1):
            price = costs.get(text[start : start + length], unknown if length == 1 else None)
            if price is not None and best[start] + price < best[start + length] - 1e-9:
                best[start + length] = best[start] + price
                back[start + length] = start
    spans = []
    end = len(text)
    while end:
        spans.append((back[end], end))
        end = back[end]
    return best[-1], tuple(reversed(spans))
