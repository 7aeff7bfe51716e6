"""What sections are built with, and how pieces become the paragraphs and points of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gov_writer.domain import Brief, Opens, Section, Statement
from gov_writer.outline.build import Frame, connected, gathered, statements
from gov_writer.outline.reading import Piece
from gov_writer.outline.style import Style

#: Beyond these, points get paragraphs of their own, and a paragraph is broken.
LONG_PART, LONG_PARAGRAPH = 420, 380


@dataclass(slots=True)
class Layout:
    """What the sections are built with.

    event: it is a report on an emergency.  ahead: the notes tell plans alone.
    """

    brief: Brief
    style: Style
    frame: Frame
    genre: dict[str, Any]
    when: str
    event: bool = False
    ahead: bool = False


def run(
    pieces: Sequence[Piece], layout: Layout, opens: Opens, lead: str, *, apart: bool, planned: bool = False
) -> list[Statement]:
    told: list[Statement] = []
    length = since = used = 0
    for index, piece in enumerate(pieces):
        first = index == 0
        begins = opens if first else Opens.NOTHING
        if not first and length > LONG_PARAGRAPH:
            begins, length = Opens.PARAGRAPH, 0
        if since >= 2 and index > 1 and begins is Opens.NOTHING:
            linked = connected(piece, layout.style.connectors[used % 2])
            if linked is not piece:
                piece, since, used = linked, 0, used + 1
        since += 1
        made = statements(
            piece,
            layout.frame,
            opens=begins,
            lead=lead if first else "",
            apart=apart and first,
            planned=planned,
        )
        length += sum(len(statement.text) for statement in made)
        told += made
    return told


def flat(
    heading: str, level: int, pieces: Sequence[Piece], layout: Layout, *, planned: bool = False
) -> Section:
    made = run(gathered(pieces, layout.frame), layout, Opens.PARAGRAPH, "", apart=True, planned=planned)
    return Section(heading=heading, level=level, statements=tuple(made))
