"""Which pieces are about the note rather than of it: who filled it in, whom to ring up, what is for insiders."""

from __future__ import annotations

from gov_writer.outline.chat import REQUEST
from gov_writer.outline.furniture import CONTACT, CONTACTS, DAY, META, PRIVATE, PROSE, opens_or_closes
from gov_writer.outline.reading import Piece


def is_meta(piece: Piece) -> bool:
    """填报单位：…, 联系电话：…, a day alone: about the note, not for the report."""
    return bool(META.match(piece.words.text) or DAY.fullmatch(piece.words.text))


def is_contact(piece: Piece) -> bool:
    """联系人：赵主任 0571-88886666: whom to ring up about the note."""
    text = piece.words.text
    if piece.headings and CONTACTS.fullmatch(piece.headings[-1]):
        return True
    request = len(text) <= 60 and REQUEST.search(text) is not None
    return request or (bool(CONTACT.match(text)) and not PROSE.search(text))


def is_formula(piece: Piece) -> bool:
    """An old closing or handing-over formula (现将…如下, 以上是我的汇报): the draft has its own."""
    text = piece.words.text
    return not piece.words.slots and len(text) <= 120 and opens_or_closes(text)


def is_private(piece: Piece) -> bool:
    """（内部掌握：重点人员3人）, …（不对外）: what whoever wrote the note wants kept out of reports."""
    return any(PRIVATE.match(text) for text in (piece.words.text, piece.label, *piece.headings[-1:]) if text)
