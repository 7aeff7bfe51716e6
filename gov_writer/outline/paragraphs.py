"""How pieces become the paragraphs and points of a section, and what guides the making of all sections."""

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
class Guide:
    """What is known before the first section is made, and what turns up on the way.

    style: what the examples show.  genre: its entry in ``genres.yaml``.  when: the period in words, "" if unknown.
    event: it is a report on an emergency.  ahead: the notes tell plans alone.
    matter: it is about one matter, told by how it is and what was done rather than by fields of work.
    """

    brief: Brief
    style: Style
    frame: Frame
    genre: dict[str, Any]
    when: str
    event: bool = False
    ahead: bool = False
    matter: bool = False


def run(
    pieces: Sequence[Piece], guide: Guide, opens: Opens, lead: str, *, apart: bool, planned: bool = False
) -> list[Statement]:
    """The statements of pieces that are told one after the other; a long run is broken into paragraphs.

    opens: what begins with the first.  lead, apart, planned: as in ``Statement``; lead and apart go to the first.
    """
    told: list[Statement] = []
    length = since = used = 0
    for index, piece in enumerate(pieces):
        first = index == 0
        begins = opens if first else Opens.NOTHING
        if not first and length > LONG_PARAGRAPH:
            begins, length = Opens.PARAGRAPH, 0
        if since >= 2 and index > 1 and begins is Opens.NOTHING:
            linked = connected(piece, guide.style.connectors[used % 2])
            if linked is not piece:
                piece, since, used = linked, 0, used + 1
        since += 1
        made = statements(
            piece,
            guide.frame,
            opens=begins,
            lead=lead if first else "",
            apart=apart and first,
            planned=planned,
        )
        length += sum(len(statement.text) for statement in made)
        told += made
    return told


def flat(
    heading: str, level: int, pieces: Sequence[Piece], guide: Guide, *, planned: bool = False
) -> Section:
    """A section without sub-sections: one run of paragraphs."""
    made = run(gathered(pieces, guide.frame), guide, Opens.PARAGRAPH, "", apart=True, planned=planned)
    return Section(heading=heading, level=level, statements=tuple(made))
