"""How a Word document looks, as far as a standard for official papers speaks of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLook:
    """A section's page.  Lengths in twips (1/1440 inch).

    grid: "" (none), lines, linesAndChars or snapToChars.  pitch: twips between grid lines, None if not given.
    space: what the grid adds to a character, in 1/4096 point.
    """

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    grid: str = ""
    pitch: int | None = None
    space: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLook:
    """A paragraph of the body, ``text[start:end]``.

    align: both, left, center, right, distribute.  indent: of the first line, in hundredths of a character.
    line: line spacing: twips when exact (rule "exact" or "atLeast"), 240ths of a line when rule is "auto".
    style: the name of its style.  tab: its first tab stop in twips, 0 if it has none of its own.
    label: the number that Word generates at its head (part of the text), "" if none.
    """

    start: int
    end: int
    align: str
    indent: int
    line: int
    rule: str
    style: str = ""
    tab: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterLook:
    """Characters ``text[start:end]`` that look alike.

    font: of Chinese characters, "" if nothing says.  size: in half points.  spacing: twips added to each.
    """

    start: int
    end: int
    font: str
    size: int
    bold: bool = False
    spacing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumber:
    """The page number of a footer (or header).  font, size: as of ``CharacterLook``.

    dashes: it stands between dashes (— 1 —).  outer: odd pages have it at the right, even ones at the left.
    among: the other words of its paragraph (东岭街道 第1页), "" where it stands alone.
    """

    font: str
    size: int
    dashes: bool
    outer: bool
    among: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The looks of a .docx.  number: None if no page is numbered."""

    pages: tuple[PageLook, ...]
    paragraphs: tuple[ParagraphLook, ...]
    characters: tuple[CharacterLook, ...]
    number: PageNumber | None
