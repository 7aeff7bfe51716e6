"""What the ARI rules share: sentences with their figures, and how official prose joins totals and parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gov_writer.checking.case import Case
from gov_writer.domain import Fact, Kind
from gov_writer.lexicon import words
from gov_writer.matching import units
from gov_writer.text.lazy import lazy

_SENTENCE_END = lazy(r"[。！？!?\n]")
_SECTION_END = lazy(r"[；;]")
_OPENING, _CLOSING = "（(〔[【", "）)〕]】"
#: Rises, ages, multiples and "not a single one" are no members of a sum.
_NO_OPERANDS = frozenset({"delta", "age", "ratio", "negated", "zero-claim", "duration", "article"})
_NOUN = lazy(r"[^，,、；;。：:（）()\n]{0,12}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence up to its full stop, ``text[start:end]``, with the figures and dates in it."""

    start: int
    end: int
    facts: tuple[Fact, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, start: int, end: int, facts: Sequence[Fact]) -> Stretch:
        return cls(start, end, tuple(facts), tuple(f.start for f in facts))

    def index(self, at: int) -> int:
        """How many of the facts begin before the offset."""
        return bisect_left(self.starts, at)

    def between(self, start: int, end: int) -> tuple[Fact, ...]:
        """The facts that begin in ``[start, end)``."""
        return self.facts[self.index(start) : self.index(end)]

    def before(self, at: int) -> tuple[Fact, ...]:
        """The last facts (a dozen at most) that begin before the offset."""
        index = self.index(at)
        return self.facts[max(0, index - 12) : index]


def stretches(case: Case) -> Iterator[Stretch]:
    """The sentences that hold a fact, in text order.  Cells of tables are left to the table rules."""
    text = case.text
    facts = sorted((f for f in case.claims.of(case.draft.id) if f.cell is None), key=lambda f: f.start)
    starts = [f.start for f in facts]
    at = begin = 0
    for end in (*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)):
        after = bisect_left(starts, end, at)
        if after > at:
            yield Stretch.of(begin, end, facts[at:after])
            at = after
        begin = end + 1


def sections(text: str, stretch: Stretch) -> Iterator[Stretch]:
    """The members of a sentence between semicolons, those that hold a fact."""
    begin = stretch.start
    marks = [m.end() for m in _SECTION_END.finditer(text, stretch.start, stretch.end)]
    at = 0
    for end in (*marks, stretch.end):
        held = []
        while at < len(stretch.facts) and stretch.facts[at].start < end:
            held.append(stretch.facts[at])
            at += 1
        if held:
            yield Stretch.of(begin, end, held)
        begin = end


def is_operand(fact: Fact) -> bool:
    """A plain quantity: something was counted or measured."""
    mention = fact.mention
    return mention.kind is Kind.QUANTITY and mention.value is not None and mention.sub not in _NO_OPERANDS


def same_unit(a: Fact, b: Fact) -> bool:
    return units.same(a.unit, b.unit)


def depth_before(text: str, start: int, at: int) -> int:
    """How many brackets that were opened in the last 400 characters of ``text[start:at]`` are open at its end."""
    piece = text[max(start, at - 400) : at]
    opened = sum(piece.count(mark) for mark in _OPENING)
    return opened - sum(piece.count(mark) for mark in _CLOSING)


def closing(text: str, opening: int, end: int) -> int | None:
    """The offset of the bracket that closes the one at ``opening``; None if it is not within 400 characters."""
    depth = 0
    for at in range(opening, min(end, opening + 400)):
        if text[at] in _OPENING:
            depth += 1
        elif text[at] in _CLOSING:
            depth -= 1
            if depth <= 0:
                return at
    return None


def tidy(label: str) -> str:
    """A label without the punctuation and white space around it."""
    return label.strip(" \t　，,、：:；;。（）()“”\"'‘’和及与")


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile("(?:已|共|全年|累计|先后|再|并|还|又|新)*(?:" + "|".join(words("predicates")) + ")")


def begins_with_verb(label: str) -> bool:
    """Whether a clause goes on with something done (走访、整改…) and not with the name of a part."""
    return _predicate().match(tidy(label)) is not None


def gap(text: str, left: Fact, right: Fact) -> str:
    """The words between two facts."""
    return text[left.end : right.start]


def trailing_noun(text: str, end: int, limit: int) -> str:
    """What directly follows a figure up to the next mark of punctuation, at most 12 characters."""
    match = _NOUN.match(text, end, min(limit, end + 12))
    return match[0] if match else ""
