"""The builtin writer of one section: statements to paragraphs, every figure with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gov_writer.domain import (
    DraftBlock,
    DraftBlockKind,
    Figure,
    Opens,
    Section,
    SectionProse,
    SectionTrace,
    Statement,
)
from gov_writer.text.numerals import chinese


class Paragraphs:
    """Collects sentences into paragraphs and keeps the figures' spans."""

    def __init__(self) -> None:
        self.blocks: list[DraftBlock] = []
        self._text = ""
        self._figures: list[Figure] = []

    def say(self, text: str, slots: Iterable[tuple[int, int, str]] = ()) -> None:
        shift = len(self._text)
        self._figures += [Figure(start=a + shift, end=b + shift, fact=fact) for a, b, fact in slots]
        self._text += text

    def end(self) -> None:
        if self._text:
            self.blocks.append(
                DraftBlock(kind=DraftBlockKind.PARAGRAPH, text=self._text, figures=tuple(self._figures))
            )
        self._text, self._figures = "", []


def builtin(
    section: Section, heading: str, *, engine: str = "builtin", fell_back: bool = False
) -> SectionProse:
    """The section as the builtin writer puts it.  heading: with its number, for the trace.

    Its children are not part of it: each is a section of its own.
    """
    return SectionProse(
        paragraphs=told(section.statements, lead=section.lead),
        trace=SectionTrace(heading=heading, engine=engine, fell_back=fell_back),
    )


def told(statements: Sequence[Statement], *, lead: str = "") -> tuple[DraftBlock, ...]:
    """The statements in order, in paragraphs, with 一是, 二是 and 1. 2. where they open points and items.

    A run of one point or one item gets no number.  lead: opens the first paragraph.
    """
    out = Paragraphs()
    if lead:
        out.say(lead)
    numbers = _numbers(statements)
    for index, (statement, number) in enumerate(zip(statements, numbers, strict=True)):
        item = statement.opens is Opens.ITEM
        led = index == 0 and bool(lead)
        if item or ((statement.opens is Opens.PARAGRAPH or statement.apart) and not led):
            out.end()
        head = statement.lead.rstrip("。") + "。" if statement.lead else ""
        mark = ""
        if number:
            mark = f"{number}." if item else f"{chinese(number)}是"
        out.say(mark + head)
        out.say(statement.text, statement.slots)
    out.end()
    return tuple(out.blocks)


def _numbers(statements: Sequence[Statement]) -> list[int]:
    """The number that each statement's point or item carries, 0 for none."""
    points = (Opens.FIRST_POINT, Opens.POINT)
    items = [i for i, s in enumerate(statements) if s.opens is Opens.ITEM]
    found = [0] * len(statements)
    if len(items) > 1:
        for number, index in enumerate(items, 1):
            found[index] = number
    run: list[int] = []
    for index, statement in enumerate(statements):
        if statement.opens is Opens.FIRST_POINT or statement.opens is Opens.ITEM:
            _count(run, found)
            run = []
        if statement.opens in points:
            run.append(index)
    _count(run, found)
    return found


def _count(run: Sequence[int], found: list[int]) -> None:
    if len(run) > 1:
        for number, index in enumerate(run, 1):
            found[index] = number
