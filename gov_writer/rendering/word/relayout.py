"""An existing .docx laid out by GB/T 9704-2012: styles, page and page numbers change, the text never."""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import quoteattr

from lxml import etree

from gov_writer.domain import Source
from gov_writer.ooxml import standard
from gov_writer.ooxml.cut import Atom, atoms
from gov_writer.ooxml.document import Document, Line, collector_paused, open_document
from gov_writer.ooxml.names import VAL, W, w
from gov_writer.ooxml.package import parse, saved
from gov_writer.ooxml.standard import Look
from gov_writer.rendering.word import parts, properties, styles
from gov_writer.rendering.word.footers import number_pages
from gov_writer.rendering.word.plan import BODY, BROKEN_TITLE, PLAIN, Step, indents_of, plan, width_of_blanks
from gov_writer.rendering.word.sections import lay_out_pages
from gov_writer.rendering.word.tables import lay_out_tables

_LOOKS = (standard.TITLE, BROKEN_TITLE, *standard.HEADINGS, BODY, PLAIN, standard.ADDRESSEE, *standard.APPENDICES,
          standard.SIGNER, standard.ISSUED)  # fmt: skip
_OF_PARAGRAPHS = frozenset(w(n) for n in ("pStyle", "spacing", "ind", "jc", "snapToGrid", "adjustRightInd", "autoSpaceDE",
                                          "autoSpaceDN", "outlineLvl", "contextualSpacing", "shd", "pBdr"))  # fmt: skip
_SIDE, _NUMBER, _RUN_LOOK = w("jc"), w("numPr"), w("rPr")
#: A picture needs a line as high as itself.
_HIGH = '<w:spacing w:line="240" w:lineRule="auto"/>'


def relayout(data: bytes, source: Source) -> bytes:
    """The document in the standard's layout.  source: this file as read (its blocks say what is what)."""
    with collector_paused():
        return _relaid(data, source)


def _relaid(data: bytes, source: Source) -> bytes:
    document = open_document(data, source.path)
    changed = {document.main}
    steps = list(plan(document, source))
    ids = _styles(document, indents_of(document, steps), changed)
    # Word 2010 looks there first and would miss the new styles; Word writes it anew where it is needed
    parts.remove(document.package, document.main, "stylesWithEffects", changed)
    marked = atoms(document, [(step.line.start, step.run_in) for step in steps if step.run_in])
    lined = {id(e) for line in document.lines if line.paragraph for e in _elements(line)}
    for step in steps:
        _lay_out(document, step, ids)
        if step.run_in:
            _run_in(marked, step.line, step.run_in, step.look, ids)
    _empty_paragraphs(document, lined, ids[PLAIN.id])
    sections = lay_out_pages(document.package, document.main)
    lay_out_tables(document.package.root(document.main))
    number_pages(document.package, document.main, sections, changed)
    return saved(document.package, changed)


def _elements(line: Line) -> list[etree._Element]:
    return [line.paragraph.element, *line.paragraph.more] if line.paragraph is not None else []


def _lay_out(document: Document, step: Step, ids: dict[str, str]) -> None:
    line, look = step.line, step.look
    paragraph = line.paragraph
    assert paragraph is not None
    lead = document.text[line.start : line.end]
    lead = lead[: len(lead) - len(lead.lstrip())]
    for element in _elements(line):
        found = properties.of_paragraph(element)
        numbered: etree._Element | None = None
        for child in list(found):
            if child.tag in _OF_PARAGRAPHS and not (child.tag == _SIDE and look is PLAIN):
                found.remove(child)
            elif child.tag == _NUMBER:
                numbered = child
        inherited = _inherited_number(document, paragraph.style.id) if numbered is None else ""
        properties.insert(found, f"<w:pStyle w:val={quoteattr(ids[look.id])}/>")
        if inherited:
            properties.insert(found, inherited)
        if step.keep:
            properties.insert(found, "<w:keepNext/>")
        if properties.holds_picture(element):
            properties.insert(found, _HIGH)
        elif not step.gap and (look.before or look.after):
            properties.insert(
                found, f'<w:spacing w:before="0" w:after="0" w:line="{look.line}" w:lineRule="exact"/>'
            )
        if look.align == "both" and (lead or numbered is not None or inherited):
            _indent(found, look, lead, typed=numbered is None and not inherited)
        properties.strip_run(found.find(_RUN_LOOK), document.styles)
        for run in properties.runs(element):
            properties.strip_run(next(run.iterchildren(_RUN_LOOK), None), document.styles)


def _indent(found: etree._Element, look: Look, lead: str, *, typed: bool) -> None:
    """Two characters in, counting the blanks that somebody typed (they are text); a list's own indent goes."""
    first = look.indent + (look.left if look.indent < 0 else 0)
    if typed and "\t" in lead:
        properties.insert(found, f'<w:tabs><w:tab w:val="left" w:pos="{first * look.size * 10}"/></w:tabs>')
        first_chars = 0.0
    else:
        first_chars = first - width_of_blanks(lead)
    kind = "firstLine" if first_chars >= 0 else "hanging"
    chars, twips = round(abs(first_chars) * 100), round(abs(first_chars) * look.size * 10)
    properties.insert(
        found, f'<w:ind w:leftChars="0" w:left="0" w:{kind}Chars="{chars}" w:{kind}="{twips}"/>'
    )


def _inherited_number(document: Document, style: str) -> str:
    """The list that the old style gave: it is kept on the paragraph, since its numbers are text."""
    found = document.styles.get(style)
    if not found.number or found.number == "0":
        return ""
    return (
        f'<w:numPr><w:ilvl w:val="{found.depth or 0}"/><w:numId w:val={quoteattr(found.number)}/></w:numPr>'
    )


def _run_in(marked: list[Atom], line: Line, end: int, look: Look, ids: dict[str, str]) -> None:
    """A heading that runs into its paragraph: the paragraph is body text, the heading's words look like one."""
    assert line.paragraph is not None
    named = line.paragraph.element.find(f"{w('pPr')}/{w('pStyle')}")
    assert named is not None
    named.set(VAL, ids[BODY.id])
    for atom in marked:
        if line.start <= atom.start and atom.end <= end and atom.is_run:
            found = properties.of_run(atom.element)
            if found.find(w("rStyle")) is None:
                found.insert(0, etree.Element(w("rStyle"), {VAL: f"Gw{look.id}"}))


def _empty_paragraphs(document: Document, lined: set[int], style: str) -> None:
    """Empty paragraphs of the body are lines of the grid; those that hold a picture or a formula stay."""
    body = document.package.root(document.main).find(w("body"))
    for paragraph in body if body is not None else ():
        if paragraph.tag != w("p") or id(paragraph) in lined or properties.holds_picture(paragraph):
            continue
        if any(True for _ in paragraph.iter(w("t"), w("instrText"), w("commentReference"))):
            continue
        found = properties.of_paragraph(paragraph)
        for child in list(found):
            if child.tag in _OF_PARAGRAPHS and child.tag != w("pBdr"):
                found.remove(child)
        properties.insert(found, f"<w:pStyle w:val={quoteattr(style)}/>")
        properties.strip_run(found.find(w("rPr")), document.styles)


def _styles(document: Document, right: dict[str, float], changed: set[str]) -> dict[str, str]:
    """Set the looks up as styles; where the document has a style of that name, that one is remade.

    right: right indents of the signature's looks.  Returns the look's id -> the style's id in this document.
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
    properties.off_the_grid(root)
    taken = {element.get(w("styleId")) for element in root.iter(w("style"))}
    ids = {}
    for look in _LOOKS:
        xml = styles.style(replace(look, keep=look.keep), right.get(look.id, 0), base=False)
        new = parse(f'<w:x xmlns:w="{W}">{xml}</w:x>'.encode(), "", "")[0]
        old = by_name.get(look.name.lower())
        if old is not None:
            new.set(w("styleId"), old.get(w("styleId"), look.id))
            old.addprevious(new)
            root.remove(old)
        else:
            if look.id in taken:
                new.set(w("styleId"), f"Gw{look.id}P")
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
