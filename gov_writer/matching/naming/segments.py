"""The likeliest words of a short stretch of Chinese, by how often each word is written (unigram model).

Used where two characters meet and a rule must know whether a word ends there. The counts are a data file
(``word_frequencies``); words of work reports and reduplicated words that it lacks count as rare words. Loaded
when first asked (some 60 milliseconds), linear in the stretch.
"""

from __future__ import annotations

from functools import cache
from math import log

from gov_writer import lexicon
from gov_writer.text.lazy import lazy

#: How often a word of our own lists is taken to occur at least.
_RARE = 300
_LONGEST = 4
_HAN = lazy("[\u3400-\u4dbf\u4e00-\u9fff]")


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


def around(text: str, start: int, end: int, reach: int = 4) -> tuple[str, str]:
    """The Han characters just before and just behind a span, at most ``reach`` of each."""
    left, right = start, end
    while left > max(0, start - reach) and _HAN.match(text[left - 1]):
        left -= 1
    while right < min(len(text), end + reach) and _HAN.match(text[right]):
        right += 1
    return text[left:start], text[end:right]


def crossed(text: str, start: int, end: int) -> bool:
    """Whether the span is the end of one word and the beginning of the next: 串通|涨价 holds no 通涨."""
    left, right = around(text, start, end)
    _, words = segmented(left + text[start:end] + right)
    begin, stop = len(left), len(left) + end - start
    over_left = any(a < begin < b < stop for a, b in words)
    over_right = any(begin < a < stop < b for a, b in words)
    return over_left and over_right


def likelier(text: str, at: int, character: str, margin: float) -> bool:
    """Whether the words around ``at`` are likelier by ``margin`` (natural logarithms) with another character there."""
    left, right = around(text, at, at + 1)
    as_is, _ = segmented(left + text[at] + right)
    other, _ = segmented(left + character + right)
    return other + margin < as_is
