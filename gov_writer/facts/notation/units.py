"""Units and measure words: the longest known one at a place (``lexicon/data/units.tsv``)."""

from __future__ import annotations

from gov_writer.lexicon import rows

#: unit -> (class, whether it counts only after Arabic digits)
UNITS: dict[str, tuple[str, bool]] = {row[0]: (row[1], row[2:3] == ("digits",)) for row in rows("units")}


def _lengths() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for unit in UNITS:
        found.setdefault(unit[0], set()).add(len(unit))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


#: first character -> how long units that begin with it may be, longest first
_LENGTHS = _lengths()

#: What follows a unit's character when it is the beginning of another word: 5家庭, 3人民, 2条件.
_NOT_BEFORE: dict[str, tuple[str, ...]] = {row[0]: tuple(row[1].split()) for row in rows("unit_exceptions")}


def unit_at(text: str, at: int, arabic: bool = True) -> str:
    """The longest unit that begins at ``at``, "" if none does.

    arabic: the numeral before it is in digits.  A unit that begins another word is none (3人民 …).
    """
    for length in _LENGTHS.get(text[at : at + 1], ()):
        unit = text[at : at + length]
        entry = UNITS.get(unit)
        if entry is None or (entry[1] and not arabic):
            continue
        if unit[-1] < "\u0080" and _goes_on(text, at + length):
            continue
        words = _NOT_BEFORE.get(unit)
        if words and text.startswith(words, at + length):
            continue
        return unit
    return ""


def _goes_on(text: str, at: int) -> bool:
    """Whether a letter or digit follows, so that what seemed a symbol (5m) is part of a word (5max)."""
    return at < len(text) and text[at] < "\u0080" and text[at].isalnum()


def class_of(unit: str) -> str:
    """count, money, length, area, mass, energy, duration, age, ratio …; count for what is not known."""
    entry = UNITS.get(unit)
    return entry[0] if entry else "count"
