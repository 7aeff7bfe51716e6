"""What an endpoint that is not trusted may not see: which spans to conceal, and a last look at what goes out.

Names of persons by ``matching.names``, the rest (ID, phone and card numbers, plates, addresses to the door) by
``matching.personal``. A person named with a role once is concealed everywhere, with or without the role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gov_writer.matching import names, personal

_MASK = "某某"
_NUMERALS = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两〇零]+(?:[.．,，][0-9０-９]+)*[%％‰]?")
_MOST_NAMES = 2000


class Concealer:
    """Knows the persons of ``texts`` (all sources and examples of a draft).

    off: the endpoint is trusted, nothing is concealed.
    """

    def __init__(self, texts: Iterable[str], *, off: bool = False) -> None:
        self.off = off
        known: set[str] = set()
        if not off:
            for text in texts:
                known.update(n.text for n in names.people(text) if not n.masked and 2 <= len(n.text) <= 4)
        ordered = sorted(known, key=lambda name: (-len(name), name))[:_MOST_NAMES]
        self._known = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Half-open spans to conceal, in order and apart."""
        if self.off:
            return ()
        found = [(hit.start, hit.end) for hit in personal.find(text)]
        found += [(n.start, n.end) for n in names.people(text)]
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
