"""An existing .docx laid out by GB/T 9704-2012: styles, page and page numbers change, the text never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from lxml import etree

from gov_writer.domain import Block, BlockKind, Source
from gov_writer.ooxml import standard
from gov_writer.ooxml.cut import Atom, atoms
from gov_writer.ooxml.document import Document, Line, open_document
from gov_writer.ooxml.names import VAL, R, W, w
from gov_writer.ooxml.package import Package, parse, saved
from gov_writer.ooxml.standard import Look
from gov_writer.rendering.word import parts, styles

#: Body text has a style of its own here: tables and notes of the document go on living by its "Normal".
_BODY = replace(standard.BODY, id="GwBody", name="公文正文")
_PLAIN = replace(standard.BODY, id="GwPlain", name="公文居边", indent=0)
_LOOKS = (standard.TITLE, *standard.HEADINGS, _BODY, _PLAIN, standard.ADDRESSEE, standard.APPENDIX)
#: Direct formatting that goes; what marks words (underline, highlight, super- and subscript) stays.
_OF_RUNS = frozenset(w(n) for n in ("rFonts", "sz", "szCs", "b", "bCs", "i", "iCs", "color", "kern", "spacing", "w",
                                    "position", "fitText", "rStyle"))  # fmt: skip
_OF_PARAGRAPHS = frozenset(w(n) for n in ("pStyle", "spacing", "ind", "jc", "snapToGrid", "adjustRightInd", "autoSpaceDE",
                                          "autoSpaceDN", "outlineLvl", "contextualSpacing", "shd", "pBdr"))  # fmt: skip
_KEPT_STYLES = frozenset(("FootnoteReference", "EndnoteReference", "Hyperlink", "Todo"))


def relayout(data: bytes, source: Source) -> bytes:
    """The document in the standard's layout.  source: this file as read (its blocks say what is what)."""
    document = open_document(data, source.path)
    package = document.package
    changed = {document.main}
    ids = _styles(document, changed)
    plan = list(_plan(document, source))
    marked = atoms(document, [end for _, _, end in plan if end])
    for line, look, run_in in plan:
        _lay_out(document, line, look, ids, source)
        if run_in:
            _run_in(marked, line, run_in, look, ids)
    added = _pages(document, changed)
    return saved(package, changed, added)


def _plan(document: Document, source: Source) -> Iterator[tuple[Line, Look, int]]:
    """Each paragraph of the body, its look, and where a heading that runs into it ends (0 if none does)."""
    by_start: dict[int, Block] = {block.start: block for block in source.blocks}
    before: Look | None = None
    for line in document.lines:
        if line.where != "body" or line.paragraph is None:
            continue
        words = document.text[line.start : line.end]
        lead = line.start + len(words) - len(words.lstrip())
        block = by_start.get(lead)
        if block is None or block.kind is BlockKind.NOTE:
            continue
        look, run_in = _BODY, 0
        if block.kind is BlockKind.TITLE:
            look = standard.TITLE
        elif block.kind is BlockKind.HEADING:
            look = standard.HEADINGS[min(max(block.level, 1), 4) - 1]
            run_in = block.end if block.end < lead + len(words.strip()) else 0
        elif before is standard.TITLE and len(words) <= 40 and words.strip().endswith(("：", ":")):
            look = standard.ADDRESSEE
        elif words.strip().startswith(("附件：", "附件:")):
            look = standard.APPENDIX
        elif _aside(line) and len(words.strip()) <= 40:
            look = _PLAIN
        before = look
        yield line, look, run_in


def _aside(line: Line) -> bool:
    """A signature, a date or a line in the middle: it keeps its side."""
    assert line.paragraph is not None
    align = line.paragraph.element.find(f"{w('pPr')}/{w('jc')}")
    return align is not None and align.get(VAL) in ("right", "center", "end")


def _lay_out(document: Document, line: Line, look: Look, ids: dict[str, str], source: Source) -> None:
    paragraph = line.paragraph
    assert paragraph is not None
    typed = source.text[line.start : line.start + 1] in (" ", "\u3000", "\t")
    for element in (paragraph.element, *paragraph.more):
        properties = element.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            element.insert(0, properties)
        side = properties.find(w("jc")) if look is _PLAIN else None
        numbered = properties.find(w("numPr"))
        for child in list(properties):
            if child.tag in _OF_PARAGRAPHS and child is not side:
                properties.remove(child)
        inherited = _inherited_number(document, paragraph.style.id) if numbered is None else None
        named = etree.Element(w("pStyle"), {VAL: ids[look.id]})
        properties.insert(0, named)
        if inherited is not None:
            _insert(properties, inherited)
        if typed or numbered is not None or inherited is not None:  # blanks or the list indent it already
            first = 0 if typed else look.indent
            _insert(properties, parse(f'<w:ind xmlns:w="{W}" w:left="0" w:firstLineChars="{first * 100}" '
                                      f'w:firstLine="{first * look.size * 10}"/>'.encode(), "", ""))  # fmt: skip
        _bare(properties.find(w("rPr")))
        for run in _runs(element):
            _bare(run.find(w("rPr")))


def _inherited_number(document: Document, style: str) -> etree._Element | None:
    """The list that the old style gave: it is kept on the paragraph, since its numbers are text."""
    found = document.styles.get(style)
    if not found.number or found.number == "0":
        return None
    depth = found.depth or 0
    return parse(
        f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{depth}"/><w:numId w:val={quoteattr(found.number)}/></w:numPr>'.encode(),
        "",
        "",
    )


_ORDER = [w(n) for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
                         "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
                         "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
                         "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
                         "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
                         "sectPr", "pPrChange")]  # fmt: skip


def _insert(properties: etree._Element, new: etree._Element) -> None:
    """Put a property where the schema wants it."""
    rank = _ORDER.index(str(new.tag))
    at = 0
    for index, child in enumerate(properties):
        if child.tag in _ORDER and _ORDER.index(str(child.tag)) < rank:
            at = index + 1
    properties.insert(at, new)


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The paragraph's own runs, not those of text boxes in it."""
    for run in paragraph.iter(w("r")):
        above = run.getparent()
        while above is not None and above.tag != w("p"):
            above = above.getparent()
        if above is paragraph:
            yield run


def _bare(properties: etree._Element | None) -> None:
    if properties is None:
        return
    for child in list(properties):
        if child.tag in _OF_RUNS and child.get(VAL) not in _KEPT_STYLES:
            properties.remove(child)


def _run_in(marked: list[Atom], line: Line, end: int, look: Look, ids: dict[str, str]) -> None:
    """A heading that runs into its paragraph: the paragraph is body text, the heading's words look like one."""
    assert line.paragraph is not None
    named = line.paragraph.element.find(f"{w('pPr')}/{w('pStyle')}")
    assert named is not None
    named.set(VAL, ids[_BODY.id])
    for atom in marked:
        if line.start <= atom.start and atom.end <= end and atom.is_run:
            properties = atom.element.find(w("rPr"))
            if properties is None:
                properties = etree.Element(w("rPr"))
                atom.element.insert(0, properties)
            properties.insert(0, etree.Element(w("rStyle"), {VAL: f"Gw{look.id}"}))


def _styles(document: Document, changed: set[str]) -> dict[str, str]:
    """Set the looks up as styles; where the document has a style of that name, that one is remade.

    Returns the look's id -> the style's id in this document.
    """
    package = document.package
    part = next(
        (
            r.target
            for r in package.relations(document.main).values()
            if r.kind == "styles" and r.target in package.names
        ),
        None,
    )
    if part is None:
        part = parts.add(package, document.main, "styles", f'<w:styles xmlns:w="{W}"/>', changed)
    changed.add(part)
    root = package.root(part)
    by_name = {}
    for element in root.iter(w("style")):
        name = element.find(w("name"))
        if name is not None:
            by_name[(name.get(VAL) or "").lower()] = element
    ids = {}
    for look in _LOOKS:
        new = parse(f'<w:x xmlns:w="{W}">{styles.style(look, base=False)}</w:x>'.encode(), "", "")[0]
        old = by_name.get(look.name.lower())
        if old is not None:
            new.set(w("styleId"), old.get(w("styleId"), look.id))
            old.addprevious(new)
            root.remove(old)
        else:
            root.append(new)
        ids[look.id] = new.get(w("styleId"), look.id)
    for look in standard.HEADINGS:
        if document.styles.element(f"Gw{look.id}") is None:
            xml = (
                f'<w:x xmlns:w="{W}"><w:style w:type="character" w:customStyle="1" w:styleId="Gw{look.id}">'
                f'<w:name w:val="公文{look.name}"/>{styles.run_look(look)}</w:style></w:x>'
            )
            root.append(parse(xml.encode(), "", "")[0])
    return ids


def _pages(document: Document, changed: set[str]) -> dict[str, bytes]:
    """Paper, margins, grid, and page numbers where the document has none of its own."""
    package, main = document.package, document.main
    sections = list(package.root(main).iter(w("sectPr")))
    body = package.root(main).find(w("body"))
    if not sections and body is not None:
        sections = [etree.SubElement(body, w("sectPr"))]
    for section in sections:
        size = section.find(w("pgSz"))
        if size is not None and size.get(w("orient")) == "landscape":
            continue
        for name in ("pgSz", "pgMar", "docGrid"):
            for old in section.findall(w(name)):
                section.remove(old)
        xml = f'<w:x xmlns:w="{W}">{parts.page()}</w:x>'
        for new in list(parse(xml.encode(), "", "")):
            _insert_in_section(section, new)
    return _page_numbers(package, main, sections, changed)


_SECTION = [w(n) for n in ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
                           "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
                           "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings")]  # fmt: skip


def _insert_in_section(section: etree._Element, new: etree._Element) -> None:
    rank = _SECTION.index(str(new.tag))
    at = 0
    for index, child in enumerate(section):
        if child.tag in _SECTION and _SECTION.index(str(child.tag)) <= rank:
            at = index + 1
    section.insert(at, new)


def _page_numbers(
    package: Package, main: str, sections: list[etree._Element], changed: set[str]
) -> dict[str, bytes]:
    """Footers that hold words stay as they are, whatever is missing there; the rest become — 1 —."""
    relations = package.relations(main)
    for section in sections:
        for reference in section.findall(w("footerReference")):
            relation = relations.get(reference.get(f"{{{R}}}id", ""))
            if relation is None or relation.target not in package.names:
                continue
            if not parts.only_a_number(package.root(relation.target)):
                return {}
    odd = parts.add(package, main, "footer", parts.footer("Footer"), changed)
    even = parts.add(package, main, "footer", parts.footer("FooterEven"), changed)
    parts.footer_styles(package, main, changed)
    ids = {relation.target: key for key, relation in package.relations(main).items()}
    for number, section in enumerate(sections):
        for old in section.findall(w("footerReference")):
            section.remove(old)
        heads = {ref.get(w("type")): ref for ref in section.findall(w("headerReference"))}
        if "default" in heads and "even" not in heads:
            same = etree.Element(
                w("headerReference"),
                {w("type"): "even", f"{{{R}}}id": heads["default"].get(f"{{{R}}}id", "")},
            )
            section.insert(0, same)
        if number == 0:
            for kind, part in (("even", even), ("default", odd), ("first", odd)):
                reference = etree.Element(w("footerReference"), {w("type"): kind, f"{{{R}}}id": ids[part]})
                _insert_in_section(section, reference)
    parts.odd_and_even(package, main, changed)
    return {}
