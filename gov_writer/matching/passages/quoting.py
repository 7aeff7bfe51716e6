"""Near misses of fixed expressions: one or two characters missing, wrong, added or exchanged.

An expression with at most k slips still holds one of k + 1 pieces of it unharmed, so a text is searched for
pieces and looked at closely only around those that it holds: linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from gov_writer.text.lazy import lazy

#: What does not count in a comparison: white space, quotation marks and the marks between members.
_NOISE = lazy(r"[ \t\u3000“”\"'‘’「」『』、，,·]")


@dataclass(frozen=True, slots=True)
class Expression:
    """A wording that is quoted word for word.

    text: as usual.  source: its authority.  also: wordings that are right too.  wrong: known misquotations.
    """

    text: str
    source: str = ""
    also: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misquote:
    """``text[start:end]`` stands where the expression was meant."""

    start: int
    end: int
    expression: Expression


@dataclass(frozen=True)
class Quotable:
    """A text without the characters that don't count, which knows its offsets."""

    text: str

    @cached_property
    def kept(self) -> list[int]:
        return (
            [i for i, c in enumerate(self.text) if not _NOISE.match(c)]
            if _NOISE.search(self.text)
            else list(range(len(self.text)))
        )

    @cached_property
    def plain(self) -> str:
        return _NOISE.sub("", self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text for ``plain[start:end]``, which is not empty."""
        return self.kept[start], self.kept[end - 1] + 1


@dataclass(frozen=True)
class Quoting:
    """A list of expressions to compare texts with."""

    expressions: Sequence[Expression]
    right: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        words = {bare(w) for e in self.expressions for w in (e.text, *e.also)}
        object.__setattr__(self, "right", frozenset(words))

    def misquotes(self, text: str) -> list[Misquote]:
        """All near misses in text order; where two expressions claim the same words, the longer one."""
        quotable = Quotable(text)
        found: list[Misquote] = []
        for expression in self.expressions:
            found.extend(self._of(expression, quotable))
        found.sort(key=lambda m: (-(m.end - m.start), m.start))
        taken: list[Misquote] = []
        for miss in found:
            if not any(miss.start < t.end and t.start < miss.end for t in taken):
                taken.append(miss)
        return sorted(taken, key=lambda m: m.start)

    def _of(self, expression: Expression, quotable: Quotable) -> Iterator[Misquote]:
        plain, words = quotable.plain, bare(expression.text)
        for wrong in expression.wrong:
            misquoted = bare(wrong)
            for at in _all(plain, misquoted):
                yield Misquote(*quotable.span(at, at + len(misquoted)), expression)
        slips = allowed_slips(words)
        if slips == 0:
            return
        seen: set[tuple[int, int]] = set()
        for offset, piece in _pieces(words, slips + 1):
            for at in _all(plain, piece):
                hit = _around(plain, words, (at, offset, len(piece)), slips)
                if hit is not None and hit not in seen:
                    seen.add(hit)
                    if not self._right(plain, *hit, words):
                        yield Misquote(*quotable.span(*hit), expression)

    def _right(self, plain: str, start: int, end: int, words: str) -> bool:
        """Whether the words, or a right expression over them, stand there."""
        found = plain[start:end]
        if found in self.right or (len(found) == len(words) + 1 and _with_particle(found, words)):
            return True
        reach = len(words) + 4
        near = plain[max(0, start - 4) : end + 4]
        return any(
            len(r) <= reach and r in near and r != words for r in self.right if len(r) >= end - start - 2
        ) or (words in near)


def _with_particle(found: str, words: str) -> bool:
    """中华民族的伟大复兴 is the expression in a sentence of one's own."""
    return any(c == "的" and found[:i] + found[i + 1 :] == words for i, c in enumerate(found))


def bare(words: str) -> str:
    return _NOISE.sub("", words)


def allowed_slips(words: str) -> int:
    """Short wordings have too many honest neighbours (中国现代化, 中国式现代化) to allow for slips."""
    return 0 if len(words) < 7 else 1 if len(words) < 14 else 2


def _all(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _pieces(words: str, count: int) -> list[tuple[int, str]]:
    size = len(words) / count
    cuts = [round(size * n) for n in range(count + 1)]
    return [(a, words[a:b]) for a, b in pairwise(cuts)]


def _around(plain: str, words: str, piece: tuple[int, int, int], slips: int) -> tuple[int, int] | None:
    """The span around a piece that reads as the words with 1 to ``slips`` slips, None if there is none.

    piece: where it stands in the text, where in the words, and its length.
    """
    at, offset, size = piece
    left_words, right_words = words[:offset][::-1], words[offset + size :]
    left_text = plain[max(0, at - offset - slips) : at][::-1]
    right_text = plain[at + size : at + size + len(right_words) + slips]
    left, left_cost = _fit(left_words, left_text, slips)
    right, right_cost = _fit(right_words, right_text, slips)
    if not 1 <= left_cost + right_cost <= slips:
        return None
    start, end = at - left, at + size + right
    if "\n" in plain[start:end] or "。" in plain[start:end]:
        return None
    # a slip at either end is no slip but another phrase, unless the wording is long
    same_ends = plain[start] == words[0] and plain[end - 1] == words[-1]
    return (start, end) if same_ends or len(words) >= 10 else None


def _fit(words: str, text: str, most: int) -> tuple[int, int]:
    """How many characters of ``text`` from its beginning read as ``words``, and with how many slips.

    Slips are counted as optimal string alignment: missing, wrong, added and exchanged characters.
    """
    if text.startswith(words):
        return len(words), 0
    before: list[int] = []
    row = list(range(len(text) + 1))
    for i, w in enumerate(words, 1):
        new = [i]
        for j, t in enumerate(text, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (w != t))
            if i > 1 and j > 1 and w == text[j - 2] and words[i - 2] == t:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > most:
            return 0, most + 1
        before, row = row, new
    least = min(row)
    ends = [j for j, cost in enumerate(row) if cost == least]
    best = min(ends, key=lambda j: (abs(j - len(words)), j))
    return best, least
