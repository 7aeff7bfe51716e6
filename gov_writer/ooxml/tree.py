"""What of a document's tree is its text: through content controls and insertions, past prompts and deleted ends."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gov_writer.ooxml.names import ALTERNATE, CHOICE, SOURCES, VAL, on, w

_P, _T, _TBL = w("p"), w("t"), w("tbl")
_PPR, _RPR = w("pPr"), w("rPr")


def block_elements(container: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """w:p and w:tbl, through content controls, custom XML and insertions."""
    for child in container:
        if child.tag in (_P, _TBL):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag")):
            if depth < 100 and not (child.tag == w("sdt") and is_prompt(child)):
                yield from block_elements(child, depth + 1)
        elif child.tag == ALTERNATE:
            choice = child.find(CHOICE)
            if choice is not None and depth < 100:
                yield from block_elements(choice, depth + 1)


def children(element: etree._Element, tag: str, depth: int = 0) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through the same."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins")) and depth < 50:
            yield from children(child, tag, depth + 1)


def mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's end was deleted (tracked), so that the next one runs on in it."""
    outer = paragraph.find(_PPR)
    properties = outer.find(_RPR) if outer is not None else None
    return properties is not None and (
        properties.find(w("del")) is not None or properties.find(w("moveFrom")) is not None
    )


def is_prompt(control: etree._Element) -> bool:
    """Whether a control holds no text of the author's: a prompt, or the appendix that this program adds."""
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    if tag is not None and tag.get(VAL) == SOURCES:
        return True
    shown = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
    return shown is not None and on(shown.get(VAL))


def says_something(paragraph: etree._Element) -> bool:
    """Whether a paragraph's number is read: not that of one that was deleted with all its text."""
    return any(True for _ in paragraph.iter(_T)) or not mark_deleted(paragraph)
