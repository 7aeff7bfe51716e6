"""Words that carry facts: text that can be edited while every fact keeps its span."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

Slot = tuple[int, int, str]
Edit = tuple[int, int, str]

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_FULL = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
_HALF_MARK = re.compile(r"[,;:()!?]")
_SPACE = re.compile(r"[\s\u3000\u200b\ufeff]+")
_BOLD = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_\n]{1,200}?)(?<=[^\s*_])\1")
_RUN_IN = re.compile(r"\s*(?P<mark>\*\*|__)[^\s*_：:，。]{2,10}(?P=mark)(?=[ \t\u3000]+[\u4e00-\u9fff“])")
_CODE = re.compile(r"`([^`\n]{1,200})`")
_LINK = re.compile(r"!?\[([^\]\n]{0,120})\]\([^()\n]{0,300}\)")
_HASHES = re.compile(r"^\s*#+\s*|`{2,}|~{3,}")
_TAG = re.compile(
    r"</?(?:br|p|b|i|u|em|strong|span|font|div|sup|sub|mark|del|td|tr|th|table)\b[^<>\n]{0,80}>", re.I
)


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the facts in it: ``(start, end, fact id)``, in order."""

    text: str
    slots: tuple[Slot, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> Words:
        """Replace each ``[start, end)``.  Edits must not overlap; a slot that is replaced whole is dropped."""
        pieces: list[str] = []
        at = shift = 0
        changes: list[tuple[int, int, int]] = []  # (start, end, shift after)
        for start, end, new in sorted(edits):
            if start < at:
                continue
            pieces += (self.text[at:start], new)
            shift += len(new) - (end - start)
            changes.append((start, end, shift))
            at = end
        if not changes:
            return self
        pieces.append(self.text[at:])
        slots = []
        moved = _Moves(changes)
        for start, end, fact in self.slots:
            left, right = moved.opening(start), moved.closing(end)
            if left < right:
                slots.append((left, right, fact))
        return Words("".join(pieces), tuple(slots))

    def part(self, start: int, end: int) -> Words:
        """``text[start:end]`` with the facts that lie in it."""
        kept = []
        for index in range(bisect_left(self.slots, start, key=_start), len(self.slots)):
            a, b, fact = self.slots[index]
            if a >= end:
                break
            if b <= end:
                kept.append((a - start, b - start, fact))
        return Words(self.text[start:end], tuple(kept))

    def holds(self, start: int, end: int) -> bool:
        """Whether a fact touches ``[start, end)``."""
        index = bisect_left(self.slots, end, key=_start)
        return any(b > start for _, b, _ in self.slots[max(0, index - 3) : index])

    def stripped(self) -> Words:
        """Without white space and loose punctuation around it (a closing quotation mark stays)."""
        text = self.text
        left = len(text) - len(text.lstrip(" \t\u3000，,；;。.、：:"))
        right = len(text.rstrip(" \t\u3000，,；;。.、：:"))
        for a, b, _ in self.slots:
            left, right = min(left, a), max(right, b)
        return self.part(left, max(left, right))

    def __add__(self, other: Words) -> Words:
        shift = len(self.text)
        return Words(
            self.text + other.text, self.slots + tuple((a + shift, b + shift, f) for a, b, f in other.slots)
        )

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(fact for _, _, fact in self.slots)


def plain(text: str) -> Words:
    return Words(text)


def _start(slot: Slot) -> int:
    return slot[0]


class _Moves:
    """Where offsets go when stretches are replaced.  What is inserted at either end of a slot stays outside it.

    changes: ``(start, end, shift of all that follows)`` in order, without overlap.
    """

    def __init__(self, changes: list[tuple[int, int, int]]) -> None:
        self._changes = changes
        self._starts = [start for start, _, _ in changes]

    def opening(self, offset: int) -> int:
        index = bisect_right(self._starts, offset)
        if index == 0:
            return offset
        start, end, after = self._changes[index - 1]
        inside = start < end and offset < end
        return (end if inside else offset) + after

    def closing(self, offset: int) -> int:
        index = bisect_left(self._starts, offset)
        if index == 0:
            return offset
        start, end, after = self._changes[index - 1]
        if end <= offset:
            return offset + after
        return start + (self._changes[index - 2][2] if index > 1 else 0)


def tidy(words: Words, *, markdown: bool) -> Words:
    """The words as official prose prints them: no markup, no stray spaces, full-width marks beside Han, 6842 for 6,842 and 38% for ３８％.

    Nothing else that counts is touched: decimal points, signs and what stands in quotation marks.
    """
    if markdown:
        run_in = _RUN_IN.match(words.text)  # **建筑垃圾** 清运412车
        words = words.edited([(run_in.end(), run_in.end(), "：")]) if run_in is not None else words
        words = _unmarked(words)
    words = words.edited((m.start(), m.end(), "") for m in _TAG.finditer(words.text))
    words = words.edited((m.start(), m.end(), "") for m in _HASHES.finditer(words.text))
    words = words.edited(_spaces(words.text))
    words = words.edited(_marks(words.text))
    words = words.edited(_groups(words))
    return words.edited(
        (m.start(), m.end(), chr(ord(m[0]) - 0xFEE0)) for m in _WIDE_DIGIT.finditer(words.text)
    )


#: ３８．６％, as a scanned page has it
_WIDE_DIGIT = re.compile("[０-９％Ａ-Ｚａ-ｚ]|(?<=[０-９])．(?=[０-９])")
#: 6,842件: official prose groups no digits.
_GROUP = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
#: "读书班": straight marks around Han.
_STRAIGHT = re.compile(r'"([^"\n]{1,40})"')


def _groups(words: Words) -> list[Edit]:
    """The commas inside figures taken out, straight quotation marks around Han made round."""
    edits: list[Edit] = []
    for start, end, _ in words.slots:
        edits += [(m.start(), m.end(), "") for m in _GROUP.finditer(words.text, start, end)]
    for match in _STRAIGHT.finditer(words.text):
        if any(map(_is_wide, match[1])):
            edits += ((match.start(), match.start() + 1, "“"), (match.end() - 1, match.end(), "”"))
    return edits


def _unmarked(words: Words) -> Words:
    for pattern in (_LINK, _BOLD, _CODE):
        edits: list[Edit] = []
        for match in pattern.finditer(words.text):
            group = match.lastindex or 0
            edits += ((match.start(), match.start(group), ""), (match.end(group), match.end(), ""))
        words = words.edited(edits)
    return words


def _spaces(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for match in _SPACE.finditer(text):
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        latin = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        edits.append((match.start(), match.end(), " " if latin else ""))
    return edits


def _marks(text: str) -> list[Edit]:
    """Half-width marks that stand beside a Han character become full-width, brackets in pairs."""
    edits: list[Edit] = []
    open_at: list[tuple[int, bool]] = []
    for match in _HALF_MARK.finditer(text):
        at, mark = match.start(), match.group()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        beside = _is_wide(before) or _is_wide(after) or not after
        if mark in "!?" and after.isalpha() and not _is_wide(after):
            continue
        if mark == "(":
            open_at.append((at, beside))
        elif mark == ")":
            if open_at:
                start, wide = open_at.pop()
                if wide or beside:
                    edits += ((start, start + 1, "（"), (at, at + 1, "）"))
        elif beside and not (before.isdigit() and after.isdigit()):
            edits.append((at, at + 1, _FULL[mark]))
    return edits


def _is_wide(character: str) -> bool:
    return bool(character) and (character > "\u2e7f" or character in "“”‘’%％℃㎡")
