"""Names and terms in a text: persons, organisations, places, 《titles》 and “quoted” terms.

Drafting keeps names of examples out with it, privacy replaces persons with it, ENT and PRV rules report
with it. Linear in the text; built for recall on persons and for precision on the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gov_writer.matching.naming import entities, persons
from gov_writer.text.lazy import lazy

Kind = Literal["person", "org", "place", "title", "quoted"]

_TITLE = lazy(r"《[^《》\n]{1,60}》")
_QUOTED = lazy(r"“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|『[^『』\n]{1,40}』")


@dataclass(frozen=True, slots=True)
class Name:
    """A name, ``text`` = the text's ``[start, end)``, quotation or title marks included.

    role: of a person official, private (petitioner, patient, recipient …), plain, or "".
    masked: the person's name is already hidden (陈**, 李某某).
    core: how many characters at the end identify a place or organisation (its front may be uncertain);
    for the other kinds the whole length.  suffix_length: of its last word (社区 is 2), 0 for other kinds.
    """

    start: int
    end: int
    text: str
    kind: Kind
    role: str = ""
    masked: bool = False
    core: int = 0
    suffix_length: int = 0

    @property
    def bare(self) -> str:
        """Without quotation or title marks."""
        return self.text[1:-1] if self.kind in ("title", "quoted") else self.text


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Name, ...]:
    """All names in text order.  A person inside a quotation or title is listed too; nothing else overlaps."""
    marked = [
        Name(m.start(), m.end(), m.group(), "title", core=m.end() - m.start()) for m in _TITLE.finditer(text)
    ]
    marked += [
        Name(m.start(), m.end(), m.group(), "quoted", core=m.end() - m.start())
        for m in _QUOTED.finditer(text)
    ]
    marked = _outermost(marked)
    persons_ = people(text)
    taken = _Cover([*marked, *persons_])
    places = [
        Name(
            e.start,
            e.end,
            text[e.start : e.end],
            "org" if e.kind == "org" else "place",
            core=e.core,
            suffix_length=len(e.suffix),
        )
        for e in entities.find(text)
        if not taken.touches(e.start, e.end)
    ]
    return tuple(sorted([*marked, *persons_, *places], key=lambda name: (name.start, -name.end)))


@lru_cache(maxsize=4)
def people(text: str) -> tuple[Name, ...]:
    """The persons alone."""
    return tuple(
        Name(p.start, p.end, text[p.start : p.end], "person", p.role, p.masked, p.end - p.start)
        for p in persons.find(text)
    )


def _outermost(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


class _Cover:
    """Which characters are taken, by merged spans."""

    def __init__(self, names: list[Name]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for name in sorted(names, key=lambda n: n.start):
            if self._ends and name.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], name.end)
            else:
                self._starts.append(name.start)
                self._ends.append(name.end)

    def touches(self, start: int, end: int) -> bool:
        from bisect import bisect_left

        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start
