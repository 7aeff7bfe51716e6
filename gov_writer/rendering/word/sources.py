"""Provenance in the file: a content control around each figure and the table 数据溯源表 behind the text."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from xml.sax.saxutils import escape, quoteattr

from gov_writer.domain import Draft, DraftBlock, Figure, Ledger
from gov_writer.ooxml import standard
from gov_writer.ooxml.names import CONTROL, SOURCES
from gov_writer.text.todo import TODO

TITLE = "数据溯源表"
_HEADER = ("序号", "数据", "统计内容", "来源", "位置")
_WIDTHS = (680, 1530, 2780, 2505, 1350)


def marked(block: DraftBlock) -> list[Figure]:
    """The figures of a block that get a control: those that stand apart from each other and from 【待补】."""
    holes = [m.span() for m in TODO.finditer(block.text)]
    found: list[Figure] = []
    for figure in sorted(block.figures, key=lambda f: (f.start, -f.end)):
        apart = not found or figure.start >= found[-1].end
        if apart and not any(a < figure.end and figure.start < b for a, b in holes):
            found.append(figure)
    return found


def control(run: str, figure: Figure, number: int, words: str) -> str:
    """A content control: its tag names the fact and the row in the table of sources."""
    tag = f"{CONTROL}{figure.fact or '='}#{number}"
    identity = int.from_bytes(hashlib.sha256(f"{tag}{words}".encode()).digest()[:3], "big") + 1
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(words[:60])}/><w:tag w:val={quoteattr(tag)}/>"
        f'<w:id w:val="{identity}"/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>'
    )


def table(draft: Draft, ledger: Ledger) -> str:
    """The appendix: heading and a three-line table with a repeated header row, on a page of its own.

    It stands in a content control by which reading tells it from the text.
    """
    rows = [_row(_HEADER, header=True)]
    number = 0
    for block in draft.blocks:
        for figure in marked(block):
            number += 1
            words = block.text[figure.start : figure.end]
            rows.append(_row((str(number), words, *_origin(figure, ledger))))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    made = (
        f'<w:p><w:pPr><w:pStyle w:val="{standard.HEADINGS[0].id}"/><w:pageBreakBefore/></w:pPr><w:r><w:t>{TITLE}'
        '</w:t></w:r></w:p><w:tbl><w:tblPr><w:tblStyle w:val="ThreeLines"/><w:tblW w:w="0" w:type="auto"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        "<w:p/>"
    )
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{TITLE}"/><w:tag w:val="{SOURCES}"/><w:id w:val="99999"/></w:sdtPr>'
        f"<w:sdtContent>{made}</w:sdtContent></w:sdt>"
    )


def _origin(figure: Figure, ledger: Ledger) -> tuple[str, str, str]:
    """What a figure counts, the fact's number with its file, and the place in it."""
    if figure.fact is None:
        return "计算得出", f"={figure.formula}", ""
    fact = ledger.fact(figure.fact)
    place = fact.locator
    if fact.amended:
        place += f"（{fact.amended.by or '经办人'}更正，材料原为{fact.amended.was}）"
    return fact.subject, f"{fact.id} {PurePath(ledger.source(fact.source).path).name}", place


def _row(cells: tuple[str, ...], *, header: bool = False) -> str:
    properties = (
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else "<w:trPr><w:cantSplit/></w:trPr>"
    )
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p></w:tc>'
        for words, width in zip(cells, _WIDTHS, strict=True)
    )
    return f"<w:tr>{properties}{made}</w:tr>"
