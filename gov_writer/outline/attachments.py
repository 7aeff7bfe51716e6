"""What notes name as attachments: it goes into the list below the report, not into its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gov_writer.domain import Statement
from gov_writer.outline.build import Frame
from gov_writer.outline.reading import Heading, Piece, Reading
from gov_writer.outline.words import Words

ATTACHED = "附件"
_LINE = re.compile(
    r"附(?:件|表|录)\s*(?:[一二三四五六七八九十\d]{0,2}\s*[:：]|[一二三四五六七八九十\d]{1,2}\s*[.．、]?\s*(?=[《\u4e00-\u9fff]))\s*"
)
_SEE = re.compile(r"^[^，。；\d]{0,14}(?:详?见|附后|附上)附(?:件|表)[\s\d一二三四五、]*[:：]?\s*")
_NUMBER = re.compile(r"(?:^|(?<=[。；;，,、\s》）)]))\s*\d{1,2}\s*[.．、](?!\d)\s*")
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_LONG = 120
_VERB = re.compile(r"[。！？]|[，,].*[，,]")


def taken(reading: Reading) -> list[Piece]:
    """Take the pieces that name attachments out of the reading."""
    found = [piece for piece in reading.pieces if piece.headings[-1:] == (ATTACHED,)]
    reading.nodes = [node for node in reading.nodes if node not in found]
    return found


def moved(reading: Reading) -> None:
    """Put lines that name attachments, and the numbered lines that go on with them, below a heading 附件."""
    if "附" not in reading.source.text:
        return
    nodes: list[Heading | Piece] = []
    last: int | None = None
    for node in reading.nodes:
        if isinstance(node, Heading):
            last = None
            nodes.append(node)
            continue
        goes_on = last is not None and node.block == last + 1 and node.item
        if _begins(node) or (goes_on and not _VERB.search(node.words.text)):
            last = node.block
            nodes.append(replace(node, headings=(ATTACHED,)))
        else:
            last = None
            nodes.append(node)
    reading.nodes = nodes


def _begins(piece: Piece) -> bool:
    text = piece.words.text
    label = piece.label or (piece.headings[-1] if piece.headings and piece.item else "")
    if re.fullmatch(r"附(?:件|表|录)", label) and len(text) <= _LONG:
        return True
    return bool(_LINE.match(text) or (_SEE.match(text) and len(text) <= _LONG))


def names(pieces: Sequence[Piece], frame: Frame) -> tuple[Statement, ...]:
    """The attachments' names in order, each once, without number, brackets and 附件；with the facts in them."""
    found: dict[str, Statement] = {}
    for piece in pieces:
        for words in _names(piece.words):
            made = Statement(
                text=words.text,
                slots=words.slots,
                source=piece.source.id,
                locator=piece.locator,
                local_only=piece.source.id in frame.local,
            )
            if words.text and (words.slots or words.text not in found):
                found[words.text] = made
    return tuple(found.values())


def _names(words: Words) -> Iterator[Words]:
    lead = _LINE.match(words.text) or _SEE.match(words.text)
    if lead is not None and not words.holds(0, lead.end()):
        words = words.part(lead.end(), len(words.text))
    titles = list(_TITLE.finditer(words.text))
    if titles and len(words.part(titles[0].start(), titles[-1].end()).slots) == len(words.slots):
        for match in titles:  # a number inside 《》 counts nothing; without them it would
            named = words.part(*match.span(1))
            bare = named.slots or not re.search(r"\d|[一二三四五六七八九十][个项份张家]", named.text)
            yield named if bare else words.part(*match.span())
        return
    cuts = [m for m in _NUMBER.finditer(words.text) if not words.holds(m.start(), m.end())]
    starts = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(words.text)]
    yield from filter(
        lambda part: part.text, (words.part(a, b).stripped() for a, b in zip(starts, ends, strict=True))
    )
