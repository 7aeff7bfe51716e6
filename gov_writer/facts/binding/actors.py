"""Who did it: an office or a group that opens a clause and is followed by what it does.

东岭街道累计走访…, 应急办检查企业…，派出所破获…: the words of ``lexicon/data/actors.tsv`` at the beginning of a
clause, before a verb of ``action_verbs``. An actor holds to the end of its sentence or to the next one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from gov_writer.lexicon import rows, words
from gov_writer.text.lazy import lazy

_START = lazy(r"[\s×\x00“”*，,、·•—\-]*")
#: Characters that end or begin other words than an office's name.
_WIDEST = 10  # characters before its last word
_INSIDE = r"[\u4e00-\u9fffX*×](?<![到在对从由向把被将了的是有])"
#: 民政办：发放…, 平安办（…
_LABEL = lazy(r"([\u4e00-\u9fff、]{2,16})\**[：:]")


def label(line: str, start: int, end: int) -> str:
    """The office that opens a line before a colon (应急办：检查企业86家), "" if none does."""
    match = _LABEL.match(line, start, min(end, start + 24))
    if match is None or not match[1].endswith(_ends()) or _never().match(match[1]):
        return ""
    return "" if match[1].endswith(("社区", "街道")) else match[1]  # a place: see binding


def acting(line: str, lead: int, ends: Sequence[int]) -> Acting:
    """The actors of a sentence.

    line: the sentence, holes in the place of periods.  lead: where its words begin.  ends: where its clauses
    end, in the line.
    """
    starts: list[int] = []
    names: list[str] = []
    named, longest = _named(), _longest()
    if _hint().search(line) and named.search(line):
        for at in (lead, *ends):
            begin = _START.match(line, at).end()  # type: ignore[union-attr]
            if not named.search(line, begin, begin + longest):
                continue
            match = _pattern().match(line, begin)
            if match is None or _never().match(match["actor"]):
                continue
            if at != lead and match["open"] is not None:
                continue  # a comma behind it tells no deed: …，东岭街道，…
            starts.append(begin)
            names.append(match["actor"].strip("*\x00"))
    return Acting(starts, names)


class Acting:
    """Actors with the places from which they act."""

    def __init__(self, starts: list[int], names: list[str]) -> None:
        self.starts, self.names = starts, names

    def at(self, place: int) -> str:
        """Who acts at ``place``; "" if the sentence has told nobody yet."""
        index = bisect_right(self.starts, place) - 1
        return self.names[index] if index >= 0 else ""


#: Nobody acts in a sentence.
NOBODY = Acting([], [])


# --- the table as patterns -------------------------------------------------------------------------


def _listed(role: str) -> list[str]:
    found = [row[1] for row in rows("actors") if row[0] == role]
    return sorted(found, key=lambda word: (-len(word), word))


@cache
def _ends() -> tuple[str, ...]:
    return tuple(_listed("end"))


@cache
def _hint() -> re.Pattern[str]:
    """A quick look for the last characters of any actor."""
    last = sorted({word[-1] for word in (*_listed("end"), *_listed("whole"))})
    return re.compile("[" + "".join(last) + "]")


@cache
def _named() -> re.Pattern[str]:
    """The last words of any actor, in full."""
    return re.compile("|".join((*_listed("end"), *_listed("whole"))))


@cache
def _longest() -> int:
    """How far from its beginning the first name of an actor may end."""
    return max(_WIDEST + len(_listed("end")[0]), len(_listed("whole")[0]))


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(_listed("never")))


@cache
def _pattern() -> re.Pattern[str]:
    office = rf"(?:{_INSIDE}){{0,{_WIDEST}}}?(?:{'|'.join(_listed('end'))})"
    deeds = sorted({*_listed("follow"), *words("action_verbs")}, key=lambda word: (-len(word), word))
    return re.compile(
        rf"(?P<actor>(?:{'|'.join(_listed('whole'))}|{office}(?:[、和与]{office}){{0,4}}))"
        rf"\x00*(?:(?={'|'.join(deeds)})|(?=[，,])(?P<open>)|(?<=\x00))"
    )
