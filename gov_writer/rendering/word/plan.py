"""What each paragraph of an existing document is, and so how it is to look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from gov_writer.domain import Block, BlockKind, Source
from gov_writer.ooxml import standard
from gov_writer.ooxml.document import Document, Line
from gov_writer.ooxml.looks import BlockLook, Looks, RunLook, looks_of
from gov_writer.ooxml.names import w
from gov_writer.ooxml.standard import Look
from gov_writer.rendering.word import properties
from gov_writer.rendering.word.title import signature_indents

#: Body text has a style of its own here: tables and notes of the document go on living by its "Normal".
BODY = replace(standard.BODY, id="GwBody", name="公文正文")
#: A title with a line break that was typed: under "Title" the break would be for the looks only, and no text.
BROKEN_TITLE = replace(standard.TITLE, id="GwTitle", name="公文标题（分行）")
PLAIN = replace(standard.BODY, id="GwPlain", name="公文居边", indent=0)
_DATE = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日$"
)
_SHORT = 40


@dataclass(slots=True)
class Step:
    """A paragraph and its look.  run_in: where a heading that runs into it ends, 0 if none does.

    keep: on the page of the next one.  gap: with the look's empty lines, which nobody has typed yet.
    """

    line: Line
    look: Look
    run_in: int = 0
    keep: bool = False
    gap: bool = True


def plan(document: Document, source: Source) -> Iterator[Step]:
    """Each paragraph of the body that holds words, in order."""
    blocks: dict[int, Block] = {block.start: block for block in source.blocks}
    lines = [line for line in document.lines if line.where == "body" and line.paragraph is not None]
    looks = looks_of(document.package, document.main, document.styles)
    signed = _signature(document, lines)
    steps: list[Step] = []
    for number, line in enumerate(lines):
        words = document.text[line.start : line.end]
        block = blocks.get(line.start + len(words) - len(words.lstrip()))
        if block is None or block.kind is BlockKind.NOTE:
            continue
        if number in signed:
            step = Step(line, standard.SIGNER if number == signed[0] else standard.ISSUED)
        else:
            step = _step(document, line, block, steps[-1] if steps else None, looks)
        step.gap = not _beside_empty(line, step.look)
        steps.append(step)
    _keep_with_signature(steps)
    yield from steps


def _step(document: Document, line: Line, block: Block, before: Step | None, looks: Looks) -> Step:
    words = document.text[line.start : line.end].strip()
    above = before.look if before is not None else None
    appendix = standard.appendix_look(words, above)
    if block.kind is BlockKind.TITLE:
        return Step(line, BROKEN_TITLE if "\n" in words else standard.TITLE)
    if appendix is not None:
        return Step(line, appendix)
    if block.kind is BlockKind.HEADING:
        run_in = block.end if block.end < line.end - _trailing(document, line) else 0
        return Step(line, standard.HEADINGS[min(max(block.level, 1), 4) - 1], run_in)
    run, own = _look(line, looks)
    if above in (standard.TITLE, BROKEN_TITLE) and before is not None:
        if len(words) <= _SHORT and words.endswith(("：", ":")):
            return Step(line, standard.ADDRESSEE)
        title_run, _ = _look(before.line, looks)
        goes_on = own.align == "center" and run.size == title_run.size and run.font == title_run.font
        if goes_on and len(words) <= _SHORT and words[0] not in "（(" and not _DATE.match(words):
            before.gap = False
            return Step(line, standard.TITLE)
    if own.align in ("right", "center", "end") and len(words) <= _SHORT:
        return Step(line, PLAIN)
    return Step(line, BODY)


def _look(line: Line, looks: Looks) -> tuple[RunLook, BlockLook]:
    assert line.paragraph is not None
    base, block = looks.block(line.paragraph.element)
    first = next(line.paragraph.element.iter(w("r")), None)
    return (looks.run(first, base) if first is not None else base), block


def _trailing(document: Document, line: Line) -> int:
    words = document.text[line.start : line.end]
    return len(words) - len(words.rstrip())


def _signature(document: Document, lines: list[Line]) -> tuple[int, ...]:
    """The numbers of the lines that hold the signing unit and, below it, the date; the last such pair."""
    for number in range(len(lines) - 1, 1, -1):
        words = [document.text[line.start : line.end].strip() for line in lines[number - 1 : number + 1]]
        unit = (
            2 <= len(words[0]) <= 30
            and words[0][-1] not in "。；：，、！？:;,."
            and not _DATE.match(words[0])
        )
        if _DATE.match(words[1]) and unit and words[0][0] not in "（(":
            return number - 1, number
    return ()


def indents_of(document: Document, steps: list[Step]) -> dict[str, float]:
    """Right indents of the signing unit and the date, in characters."""
    words = [
        document.text[step.line.start : step.line.end].strip()
        for step in steps
        if step.look in (standard.SIGNER, standard.ISSUED)
    ]
    return signature_indents(words)


def _keep_with_signature(steps: list[Step]) -> None:
    at = next((n for n, step in enumerate(steps) if step.look is standard.SIGNER), 0) - 1
    while at > 0 and steps[at].look in standard.APPENDICES:
        at -= 1
    if at > 0 and steps[at].look is BODY:
        steps[at].keep = True


def _beside_empty(line: Line, look: Look) -> bool:
    """Whether the empty line that the look asks for has been typed."""
    assert line.paragraph is not None
    if look.after:
        return _is_empty(line.paragraph.element.getnext())
    return bool(look.before) and _is_empty(line.paragraph.element.getprevious())


def _is_empty(element: etree._Element | None) -> bool:
    if element is None or element.tag != w("p") or properties.holds_picture(element):
        return False
    return not any((node.text or "").strip() for node in element.iter(w("t")))


def width_of_blanks(words: str) -> float:
    """In characters: an ideographic space is one, others are half of one."""
    return sum(1.0 if c == "\u3000" else 0.5 for c in words)
