"""Sections of an existing document: paper, margins and grid."""

from __future__ import annotations

from lxml import etree

from gov_writer.ooxml.names import W, w
from gov_writer.ooxml.package import Package, parse
from gov_writer.rendering.word import parts

_ORDER = [w(n) for n in ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
                         "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
                         "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings")]  # fmt: skip


def lay_out_pages(package: Package, main: str) -> list[etree._Element]:
    """Give every upright section the standard's page; all sections, in order."""
    root = package.root(main)
    sections = list(root.iter(w("sectPr")))
    body = root.find(w("body"))
    if not sections and body is not None:
        sections = [etree.SubElement(body, w("sectPr"))]
    for section in sections:
        size = section.find(w("pgSz"))
        if size is not None and size.get(w("orient")) == "landscape":
            continue
        for name in ("pgSz", "pgMar", "docGrid"):
            for old in section.findall(w(name)):
                section.remove(old)
        for new in list(parse(f'<w:x xmlns:w="{W}">{parts.page()}</w:x>'.encode(), "", "")):
            insert_in_section(section, new)
    return sections


def insert_in_section(section: etree._Element, new: etree._Element) -> None:
    """Put a property where the schema wants it, behind others of its name."""
    rank = _ORDER.index(str(new.tag))
    at = 0
    for index, child in enumerate(section):
        if child.tag in _ORDER and _ORDER.index(str(child.tag)) <= rank:
            at = index + 1
    section.insert(at, new)
