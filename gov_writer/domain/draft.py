"""The way from a plan to a text: outline, draft and trace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gov_writer.domain.brief import Brief, Theme


class Opens(StrEnum):
    """What begins with a statement inside its section."""

    NOTHING = ""  # it goes on in the same paragraph
    PARAGRAPH = "paragraph"
    POINT = "point"  # 二是…, in the same paragraph
    FIRST_POINT = "first-point"  # 一是…, in the same paragraph
    ITEM = "item"  # 1.… in a paragraph of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A source sentence (or table row) that the draft must say, with the facts it carries.

    text: the words to say, with the figures as the source has them.
    slots: ``(start, end, fact id)`` into ``text``, in order, for every counted fact in it.
    source, locator: where it stands.  planned: it belongs to the plan for what comes next.
    themes: names of the themes that it supports.  local_only: it must not leave the machine.
    opens: what begins with it.  lead: the run-in heading of the point or item, without 。, never with a
    fact.  apart: the point begins a paragraph of its own.
    """

    text: str
    slots: tuple[tuple[int, int, str], ...] = ()
    source: str = ""
    locator: str = ""
    planned: bool = False
    themes: tuple[str, ...] = ()
    local_only: bool = False
    opens: Opens = Opens.NOTHING
    lead: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A node of the outline.  heading: without its number.  level: 1 is 一、, 2 is （一）.

    lead: an opening sentence of the section, free of figures.  local_only: written on this machine.
    slots: the facts in the heading itself, as in ``Statement.slots``.
    """

    heading: str
    level: int
    statements: tuple[Statement, ...] = ()
    children: tuple[Section, ...] = ()
    lead: str = ""
    todo: tuple[str, ...] = ()  # themes without support: a ``todo`` for each
    local_only: bool = False
    slots: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A fact that the draft leaves out.  reason begins with a form of the contract's list."""

    fact: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What to write, in order.

    opening: the statements of the opening paragraph; those without a source are the genre's formula.
    closing: the closing formula.  signature: the signing unit and, where the brief gives it, the date.
    """

    brief: Brief
    title: str
    sections: tuple[Section, ...]
    opening: tuple[Statement, ...] = ()
    closing: tuple[Statement, ...] = ()
    unused: tuple[Unused, ...] = ()
    unmet_themes: tuple[Theme, ...] = ()
    warnings: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    attachments: tuple[Statement, ...] = ()


class DraftBlockKind(StrEnum):
    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"  # signing unit and issue date, right-aligned


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure in a draft block, ``text[start:end]`` of that block, and where it came from.

    fact: the ledger's fact id, or None when it was computed; then formula and inputs say how.
    """

    start: int
    end: int
    fact: str | None = None
    formula: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBlock:
    """A paragraph of the draft.  text: with its heading number (一、…); level: 1–4 for headings."""

    kind: DraftBlockKind
    text: str
    level: int = 0
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTrace:
    """How a section was written.  rejected: why answers were refused, one line each."""

    heading: str
    engine: str
    attempts: int = 0
    fell_back: bool = False
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionProse:
    """A section as its writer, a model or the builtin one, has put it.

    paragraphs: the text below the heading; each block carries its figures.
    """

    paragraphs: tuple[DraftBlock, ...]
    trace: SectionTrace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finished draft.  ``text`` is its blocks joined by line feeds."""

    blocks: tuple[DraftBlock, ...]
    unused: tuple[Unused, ...] = ()
    sections: tuple[SectionTrace, ...] = ()
    engine: str = "builtin"
    model: str | None = None
    prompts: tuple[tuple[str, str], ...] = ()  # (prompt name, sha256)
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)
