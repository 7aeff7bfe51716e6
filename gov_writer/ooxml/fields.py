"""Page numbers in headers and footers: fields, their paragraphs, and the text boxes that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gov_writer.ooxml.names import M, w

_PAGE = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_ONLY_A_NUMBER = re.compile(r"[\s\-—–－─―·.第页共/\d]*$")
_P, _R, _T, _CODE, _SIMPLE, _BOX = (w(n) for n in ("p", "r", "t", "instrText", "fldSimple", "txbxContent"))
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
    w("object"),
    f"{{{M}}}oMath",
)
_POSITION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def page_numbers(root: etree._Element) -> Iterator[etree._Element]:
    """The field codes (w:instrText, w:fldSimple) or w:pgNum marks that show the page's number."""
    for node in root.iter(_CODE, _SIMPLE, w("pgNum")):
        code = node.text if node.tag == _CODE else node.get(w("instr"), "")
        if node.tag == w("pgNum") or _PAGE.search(code or ""):
            yield node


def paragraph_of(node: etree._Element) -> etree._Element | None:
    """The innermost paragraph around."""
    above = node.getparent()
    while above is not None and above.tag != _P:
        above = above.getparent()
    return above


def says_number_only(paragraph: etree._Element) -> bool:
    """Whether a paragraph, text boxes in it included, holds a page number and nothing else."""
    return numbers_only(paragraph) and any(True for _ in page_numbers(paragraph))


def numbers_only(root: etree._Element) -> bool:
    """Whether a footer or paragraph says nothing but a page number, or nothing at all."""
    words = "".join(node.text or "" for node in root.iter(_T))
    return bool(_ONLY_A_NUMBER.match(words)) and not any(True for _ in root.iter(*_PICTURES))


def side_of_box(node: etree._Element) -> str | None:
    """Where the text box around a node stands on the line: left, right, center, outside, inside; None if no box
    or no such place."""
    above = node.getparent()
    inside = False
    while above is not None:
        inside = inside or above.tag == _BOX
        if inside and above.tag == f"{_POSITION}anchor":
            place = above.find(f"{_POSITION}positionH/{_POSITION}align")
            return place.text if place is not None else None
        style = above.get("style", "") if inside else ""
        if "mso-position-horizontal:" in style:
            return style.split("mso-position-horizontal:")[1].split(";")[0].strip()
        above = above.getparent()
    return None
