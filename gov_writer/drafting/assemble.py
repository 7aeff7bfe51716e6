"""Accepted pieces and the notes' own sentences, put together as the statements of a section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gov_writer.domain import Opens, Statement
from gov_writer.drafting.accept import Piece
from gov_writer.drafting.slots import Sheet


@dataclass(slots=True)
class Part:
    """Statements asked for in one question: ``size`` of them from number ``first`` of the section on.

    pieces: what stood, with the round in which it was said (0 is the first question).
    order: the units in the order in which they are shown, [] as the notes have them.
    attempts: answers asked for.  rejected: what did not stand, and why.
    """

    first: int
    size: int
    sheet: Sheet
    turn: int = 0
    pieces: list[tuple[int, Piece]] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    attempts: int = 0
    rejected: list[str] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Characters that are asked for, about as many as the answer will have."""
        return sum(len(unit.text) for unit in self.sheet.units)

    def open(self) -> list[int]:
        """Units that are not said yet."""
        said = {unit for _, piece in list(self.pieces) for unit in piece.units}
        return [index for index in range(len(self.sheet.units)) if index not in said]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A stretch of a section's prose.  numbers: of the statements that it says; answer: (part, its paragraph)."""

    statement: Statement
    numbers: tuple[int, ...]
    answer: tuple[int, int]
    model: bool


def blocks_of(part: Part, statements: Sequence[Statement], bad: set[int]) -> tuple[list[Block], bool]:
    """The part's blocks in order, and whether something that was asked for is left to the notes' own words.

    bad: first statements of pieces that may not stand after all.
    """
    said: dict[int, Block] = {}
    blocks: list[Block] = []
    for turn, piece in list(part.pieces):
        numbers = tuple(sorted(part.first + s for u in piece.units for s in part.sheet.units[u].statements))
        if numbers[0] in bad:
            continue
        before = said.get(numbers[0] - 1) if turn else None
        answer = (part.first, before.answer[1] if before else piece.paragraph)
        block = Block(_statement(piece, part.sheet, statements[numbers[0]]), numbers, answer, model=True)
        blocks.insert(blocks.index(before) + 1 if before else len(blocks), block)
        said.update(dict.fromkeys(numbers, block))
    held_back = {part.first + s for s in part.sheet.kept_back}
    missing = False
    for index in range(part.first, part.first + part.size):
        if index in said:
            continue
        missing = missing or index not in held_back
        before = said.get(index - 1)
        block = Block(statements[index], (index,), before.answer if before else (part.first, 1), model=False)
        blocks.insert(blocks.index(before) + 1 if before else 0, block)
        said[index] = block
    return blocks, missing


def arranged(blocks: Iterable[Block], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The blocks as statements, under the points and items that the outline opened (一是, 1.) and in their order.

    Where the outline opens none, the answer's paragraphs are kept.
    """
    stretches = stretches_of(statements)
    held: dict[int, list[Block]] = {}
    for block in blocks:
        held.setdefault(stretches[block.numbers[0]], []).append(block)
    found: list[Statement] = []
    for stretch in sorted(held):
        opener = statements[stretches.index(stretch)]
        at: tuple[int, int] | None = None
        length = 0
        for place, block in enumerate(held[stretch]):
            opens, lead, apart = Opens.NOTHING, "", False
            if place == 0:
                opens, lead, apart = opener.opens, opener.lead, opener.apart
            elif block.answer != at and length > _SHORT_PARAGRAPH and block.model:
                opens, length = Opens.PARAGRAPH, 0
            at = block.answer
            length += len(block.statement.text)
            found.append(replace(block.statement, opens=opens, lead=lead, apart=apart))
    return tuple(found)


#: Characters below which a paragraph takes the next one in.
_SHORT_PARAGRAPH = 120


def stretches_of(statements: Sequence[Statement]) -> list[int]:
    """Per statement the number of the stretch it belongs to; what is in one stretch may be ordered anew."""
    found: list[int] = []
    for index, statement in enumerate(statements):
        opens = bool(index) and (statement.opens is not Opens.NOTHING or bool(statement.lead))
        found.append((found[-1] if found else 0) + opens)
    return found


def _statement(piece: Piece, sheet: Sheet, like: Statement) -> Statement:
    text, figures = sheet.filled(piece.text)
    slots = tuple((figure.start, figure.end, figure.fact or "") for figure in figures)
    return replace(like, text=text, slots=slots, opens=Opens.NOTHING, lead="", apart=False)
