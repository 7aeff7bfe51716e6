"""What an endpoint that is not trusted may not see: which spans to conceal, and a last look at what goes out.

Names of persons by ``matching.names``, the rest (ID, phone and card numbers, plates, addresses to the door) by
``matching.personal``. A person named with a role once is concealed everywhere, with or without the role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from gov_writer import lexicon
from gov_writer.matching.naming import names, personal
from gov_writer.text.lazy import lazy

_MASK = "某某"
_NUMERALS = lazy(r"[0-9０-９一二三四五六七八九十百千万亿两〇零]+(?:[.．,，][0-9０-９]+)*[%％‰]?")
_MOST_NAMES = 2000
_BREAK = lazy("[^\u4e00-\u9fff]")
#: Characters that follow a name and end none: verbs and particles.
_FOLLOWS = frozenset("与和及等在将被把向对为是的了来到拒反已因说称认提带主牵参累获患住家报要未不")


class Concealer:
    """Knows the persons of ``texts`` (all sources and examples of a draft).

    off: the endpoint is trusted, nothing is concealed.
    """

    def __init__(self, texts: Iterable[str], *, off: bool = False) -> None:
        self.off = off
        known: set[str] = set()
        if not off:
            for text in texts:
                people = [(n.start, n.end) for n in names.people(text) if not n.masked]
                spans = [*people, *_likely(text, people)]
                known.update(text[start:end] for start, end in spans if 2 <= end - start <= 4)
        ordered = sorted(known, key=lambda name: (-len(name), name))[:_MOST_NAMES]
        self._known = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Half-open spans to conceal, in order and apart."""
        if self.off:
            return ()
        found = [(hit.start, hit.end) for hit in personal.find(text)]
        found += [(n.start, n.end) for n in names.people(text)]
        found += _likely(text, found)
        if self._known is not None:
            found += [match.span() for match in self._known.finditer(text)]
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if kept and start < kept[-1][1]:
                kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
            else:
                kept.append((start, end))
        return tuple(kept)

    def masked(self, text: str) -> str:
        """``text`` with what is to be concealed replaced for good (headings, titles)."""
        return _without(text, self.spans(text))

    def certain(self, text: str) -> str:
        """A whole question without what is surely personal, should anything have slipped through: the last look."""
        if self.off:
            return text
        if self._known is not None:
            text = self._known.sub(_MASK, text)
        return _without(text, [(hit.start, hit.end) for hit in personal.find(text)])


@cache
def _openers() -> re.Pattern[str]:
    words = sorted(lexicon.words("before_names"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")(?:为|是|叫|名叫)?[：:“”\"' \u3000]*|[”]")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[str]]:
    singles = frozenset("".join(row[0] for row in lexicon.rows("surnames") if row[1] != "compound"))
    common = frozenset(
        (row[0], second) for row in lexicon.rows("surname_words") for second in "".join(row[1:])
    )
    return singles, common, frozenset("".join(lexicon.words("given_characters")))


def _likely(text: str, known: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names that ``matching.names`` is too careful for: after a kinship or role word, and in a list after a name.

    Concealing a word too many costs little (it comes back in the answer), a name too few can't be taken back.
    """
    found: list[tuple[int, int]] = []
    starts = [match.end() for match in _openers().finditer(text)]
    starts += [end + 1 for _, end in known if text[end : end + 1] in tuple("与和、及")]
    for at in starts:
        end = _name_end(text, at)
        while end:
            found.append((at, end))
            at = (
                end
                + 1
                + len(text[end + 1 : end + 3])
                * bool(text[end + 1 : end + 3] in lexicon.words("before_names"))
            )
            end = _name_end(text, at) if text[end : end + 1] in tuple("与和、及") else 0
    return found


def _name_end(text: str, at: int) -> int:
    """The end of a name of one surname and one or two characters at ``at``, 0 if there is none."""
    surnames, common, given = _surnames()
    if text[at : at + 1] not in surnames or (text[at], text[at + 1 : at + 2]) in common:
        return 0
    first, second, after = text[at + 1 : at + 2], text[at + 2 : at + 3], text[at + 3 : at + 4]
    if not first or _BREAK.match(first) or first in _FOLLOWS:
        return 0
    if second and not _BREAK.match(second) and second not in _FOLLOWS:
        closed = not after or bool(_BREAK.match(after)) or after in _FOLLOWS
        if second in given or (first in given and closed):
            return at + 3
    closed = not second or bool(_BREAK.match(second)) or second in _FOLLOWS
    return at + 2 if first in given or closed else 0


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    at, parts = 0, []
    for start, end in spans:
        parts += [text[at:start], _MASK]
        at = end
    return "".join([*parts, text[at:]])


def masked_example(text: str) -> str:
    """A passage of an example with figures, names, places, titles and quoted terms masked: only its manner is left."""
    spans = sorted(
        {(n.start, n.end) for n in names.find(text)} | {(p.start, p.end) for p in personal.find(text)}
    )
    at, parts = 0, []
    for start, end in spans:
        if start >= at:
            parts += [text[at:start], "××"]
            at = end
    return _NUMERALS.sub("×", "".join([*parts, text[at:]]))
