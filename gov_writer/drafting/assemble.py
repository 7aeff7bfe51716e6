"""Accepted pieces and the builtin writer's sentences, put together as the paragraphs of a section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gov_writer.domain import Figure, Statement
from gov_writer.drafting.accept import Piece
from gov_writer.drafting.slots import Sheet

#: Text with its figures.
Words = tuple[str, tuple[Figure, ...]]
#: Characters below which a paragraph takes the next one in.
_SHORT_PARAGRAPH = 120


@dataclass(slots=True)
class Part:
    """Statements asked for in one question: ``size`` of them from number ``first`` of the section on.

    pieces: what stood, with the round in which it was said (0 is the first question).
    """

    first: int
    size: int
    sheet: Sheet
    turn: int = 0
    pieces: list[tuple[int, Piece]] = field(default_factory=list)

    def open(self) -> list[int]:
        """Units that are not said yet."""
        said = {unit for _, piece in self.pieces for unit in piece.units}
        return [index for index in range(len(self.sheet.units)) if index not in said]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A stretch of a section's prose.  paragraph: (part, paragraph of the answer)."""

    words: Words
    statements: tuple[int, ...]
    paragraph: tuple[int, int]
    model: bool


def said_plainly(statement: Statement) -> Words:
    """The statement's own words as a sentence."""
    text = statement.text.rstrip("。；;，,、 \n")
    figures = tuple(Figure(start=s, end=e, fact=fact) for s, e, fact in statement.slots if e <= len(text))
    return text + "。", figures


def joined(blocks: Sequence[Block]) -> tuple[Words, ...]:
    found: list[tuple[str, list[Figure]]] = []
    paragraph: tuple[int, int] | None = None
    for block in blocks:
        if not found or (block.paragraph != paragraph and len(found[-1][0]) > _SHORT_PARAGRAPH):
            found.append(("", []))
        paragraph = block.paragraph
        text, figures = found[-1]
        figures += [
            Figure(
                start=f.start + len(text),
                end=f.end + len(text),
                fact=f.fact,
                formula=f.formula,
                inputs=f.inputs,
            )
            for f in block.words[1]
        ]
        found[-1] = (text + block.words[0], figures)
    return tuple((text, tuple(figures)) for text, figures in found)


def blocks_of(
    part: Part, statements: Sequence[Statement], bad: set[int], plain: Callable[[Statement], Words]
) -> tuple[list[Block], bool]:
    """The part's blocks in order, and whether ``plain`` had to say something that was asked for.

    bad: first statements of pieces that may not stand after all.
    """
    said: dict[int, Block] = {}
    blocks: list[Block] = []
    for turn, piece in list(part.pieces):
        numbers = tuple(sorted(part.first + s for u in piece.units for s in part.sheet.units[u].statements))
        if numbers[0] in bad:
            continue
        before = said.get(numbers[0] - 1) if turn else None
        paragraph = (part.first, before.paragraph[1] if before else piece.paragraph)
        block = Block(part.sheet.filled(piece.text), numbers, paragraph, model=True)
        blocks.insert(blocks.index(before) + 1 if before else len(blocks), block)
        said.update(dict.fromkeys(numbers, block))
    held_back = {part.first + s for s in part.sheet.kept_back}
    missing = False
    for index in range(part.first, part.first + part.size):
        if index in said:
            continue
        missing = missing or index not in held_back
        before = said.get(index - 1)
        paragraph = before.paragraph if before else (part.first, 1)
        block = Block(plain(statements[index]), (index,), paragraph, model=False)
        blocks.insert(blocks.index(before) + 1 if before else 0, block)
        said[index] = block
    return blocks, missing
