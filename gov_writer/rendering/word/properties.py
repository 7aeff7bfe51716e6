"""Properties of paragraphs and runs in an existing document: what direct formatting goes and what comes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import lru_cache

from lxml import etree

from gov_writer.ooxml.names import VAL, W, w
from gov_writer.ooxml.package import parse
from gov_writer.ooxml.styles import Styles

#: Direct formatting that goes; what marks words (underline, highlight, super- and subscript) stays.
_OF_RUNS = frozenset(w(n) for n in ("rFonts", "sz", "szCs", "b", "bCs", "i", "iCs", "color", "kern", "spacing", "w",
                                    "position", "fitText", "rStyle"))  # fmt: skip
_KEPT_STYLES = frozenset(("FootnoteReference", "EndnoteReference", "Hyperlink", "Todo"))
_ORDER = [w(n) for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
                         "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
                         "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
                         "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
                         "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
                         "sectPr", "pPrChange")]  # fmt: skip
#: Properties of runs that stand before w:snapToGrid.
_BEFORE_GRID = frozenset(w(n) for n in ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
                                        "outline", "shadow", "emboss", "imprint", "noProof"))  # fmt: skip
_RANKS = {name: rank for rank, name in enumerate(_ORDER)}


def of_paragraph(paragraph: etree._Element) -> etree._Element:
    """The paragraph's w:pPr, made where it has none."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    return properties


def of_run(run: etree._Element) -> etree._Element:
    """The run's w:rPr, made where it has none."""
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    return properties


def insert(properties: etree._Element, xml: str) -> None:
    """Put a paragraph property where the schema wants it, in the place of one of its name."""
    new = copy(_fragment(xml))
    rank = _RANKS[str(new.tag)]
    for old in properties.findall(str(new.tag)):
        properties.remove(old)
    at = 0
    for index, child in enumerate(properties, 1):
        if _RANKS.get(child.tag, rank) < rank:
            at = index
    properties.insert(at, new)


@lru_cache(maxsize=256)
def _fragment(xml: str) -> etree._Element:
    return parse(f'<w:x xmlns:w="{W}">{xml}</w:x>'.encode(), "", "")[0]


def runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The paragraph's own runs, not those of text boxes in it."""
    for run in paragraph.iter(w("r")):
        above = run.getparent()
        while above is not None and above.tag != w("p"):
            above = above.getparent()
        if above is paragraph:
            yield run


def strip_run(properties: etree._Element | None, known: Styles) -> None:
    """Take the looks off a run's properties (or a paragraph mark's); a style that hides its words stays."""
    if properties is None:
        return
    for child in list(properties):
        style = child.get(VAL) if child.tag == w("rStyle") else None
        kept = style is not None and (style in _KEPT_STYLES or known.get(style).hidden)
        if child.tag in _OF_RUNS and not kept:
            properties.remove(child)


def holds_picture(paragraph: etree._Element) -> bool:
    """Whether something in the paragraph may be higher than a line."""
    return any(True for _ in paragraph.iter(w("drawing"), w("pict"), w("object")))


def off_the_grid(root: etree._Element) -> None:
    """Let the words of a document's tables, notes, boxes and headers, whose looks stay, keep their own pitch: they are
    smaller than the text, and its grid of 28 characters would pull them apart.

    root: of styles.xml; its defaults say so for whatever has no say of its own.
    """
    defaults = _first(root, "docDefaults", 0)
    for kind, before in (("rPr", _BEFORE_GRID), ("pPr", frozenset(_ORDER[: _ORDER.index(w("snapToGrid"))]))):
        found = _first(_first(defaults, f"{kind}Default", 0 if kind == "rPr" else len(defaults)), kind, 0)
        for old in found.findall(w("snapToGrid")):
            found.remove(old)
        at = max((index for index, child in enumerate(found, 1) if child.tag in before), default=0)
        found.insert(at, etree.Element(w("snapToGrid"), {VAL: "0"}))


def _first(above: etree._Element, name: str, at: int) -> etree._Element:
    """The child of this name, made at this place where there is none."""
    found = above.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        above.insert(at, found)
    return found
