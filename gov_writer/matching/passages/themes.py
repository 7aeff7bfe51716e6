"""What counts as covering a required theme: a deed or a figure, where a slogan is not enough.

Used on sentences: by whoever plans a draft (does this note support the theme?) and by whoever checks one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from gov_writer.domain import Needs, Theme
from gov_writer.lexicon import rows
from gov_writer.text.lazy import lazy

_NOISE = lazy(r"[\s“”\"'‘’「」『』《》]+")
#: Guidance, not deeds: 以……为指导, 在……指引下.
_FRAME = (
    lazy(r"(?:以|用|在|按照|遵循|围绕学习)[^，。；]{0,40}$"),
    lazy(
        r"^[^，。；]{0,16}(?:为指导|为指引|为统领|为遵循|为引领|为根本|为纲领|指引下|引领下|指导下|正确领导下|坚强领导下|要求，?$)"
    ),
)
_HOLD = lazy(r"(?:坚持|高举|牢记|坚定|始终|树牢|践行|弘扬|恪守)[^，。；]{0,12}$")


def plain(text: str) -> str:
    """The text as wordings are compared: without white space and quotation marks."""
    return _NOISE.sub("", text)


def places(text: str, theme: Theme) -> list[tuple[int, int]]:
    """Where any of the theme's wordings stands in a text, in order; quotation marks don't matter."""
    return sorted({spot for wording in theme.wordings for spot in _standing(plain(wording), text)})


def _standing(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, with one white space or quotation mark at most between two characters.

    Found by plain search in the bared text: a pattern for each of thousands of wordings takes long to compile.
    """
    bare, at = _bared(text)
    start = bare.find(words) if words else -1
    while start >= 0:
        last = start + len(words) - 1
        tight = all(at[i + 1] - at[i] <= 2 for i in range(start, last))
        if tight:
            yield at[start], at[last] + 1
        start = bare.find(words, last + 1 if tight else start + 1)


@lru_cache(maxsize=16)
def _bared(text: str) -> tuple[str, Sequence[int]]:
    """The text as ``plain`` has it, and where each of its characters stands in the text."""
    bare = plain(text)
    if len(bare) == len(text):
        return bare, range(len(text))
    noise = (m.span() for m in _NOISE.finditer(text))
    at: list[int] = []
    end = 0
    for start, stop in noise:
        at += range(end, start)
        end = stop
    return bare, [*at, *range(end, len(text))]


def framed(sentence: str, start: int, end: int) -> bool:
    """Whether the words at ``[start, end)`` of a sentence are named as guidance only."""
    before, after = sentence[:start], sentence[end:]
    opening, closing = _FRAME
    return bool(opening.search(before) and closing.search(after))


def held_up(sentence: str, start: int) -> bool:
    """Whether the words at ``start`` follow 坚持, 高举 and the like."""
    return bool(_HOLD.search(sentence[:start]))


@cache
def _verbs(kind: str) -> re.Pattern[str]:
    words = sorted((word for word, what in rows("action_verbs") if what == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def tells_deed(text: str, *, figures: int) -> bool:
    """Whether a sentence tells something done or planned.  figures: how many counted figures it holds."""
    return bool(_verbs("deed").search(text)) or (figures > 0 and bool(_verbs("counted").search(text)))


def supports(theme: Theme, sentence: str, *, figures: int) -> bool:
    """Whether a sentence that names the theme also meets what the theme needs."""
    spots = places(sentence, theme)
    if not spots:
        return False
    if theme.needs is Needs.MENTION:
        return True
    if theme.needs is Needs.FIGURE:
        return figures > 0
    for start, end in spots:
        if framed(sentence, start, end):
            continue
        # the theme's own words (安全生产检查, 排查整治) may well be the deed
        rest = sentence if len(plain(sentence)) > (end - start) + 4 else ""
        if not rest:
            continue
        if held_up(sentence, start) and not figures:
            tail = sentence[end:].partition("，")[2]
            if not _verbs("deed").search(tail):
                continue
        if figures > 0 or tells_deed(rest, figures=figures):
            return True
    return False
