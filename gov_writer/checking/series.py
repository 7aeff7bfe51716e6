"""The items of a numbered text, the series that they belong to, and the slips in their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from gov_writer.text.numerals import chinese

#: Styles of headings with their level; 0 stands above all.
LEVELS = {"第一部分": 0, "一、": 1, "（一）": 2, "1.": 3, "（1）": 4, "①": 5}


@dataclass(slots=True)
class Item:
    """One numbered item.  start, end: of its mark; inline: it stands inside a paragraph.

    title_end: where the words after the mark end: the end of the line or of the first sentence.
    """

    start: int
    end: int
    style: str
    number: int
    inline: bool
    title_end: int = 0
    series: int = -1


@dataclass(slots=True)
class Series:
    """Items of one style under one parent.  scope_end: where the stretch that it may reach ends."""

    style: str
    items: list[Item]
    parent: Item | None = None
    scope_end: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that is not the next one.  kind: gap, repeat, start, restart, lone; wanted: the number expected."""

    item: Item
    kind: str
    wanted: int
    previous: Item | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line, white space stripped.  item: its mark, None for plain lines.  heading: it is a heading."""

    start: int
    end: int
    item: Item | None
    heading: bool


@dataclass(slots=True)
class Numbering:
    lines: tuple[Line, ...]
    series: list[Series] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return sorted((item for series in self.series for item in series.items), key=lambda item: item.start)


def mark(style: str, number: int) -> str:
    """The mark as it should be written: mark("（一）", 3) is （三）."""
    if style == "①":
        return chr(ord("①") + number - 1) if number <= 20 else str(number)
    if style in ("1.", "（1）"):
        return style.replace("1", str(number))
    return style.replace("一", chinese(number))
