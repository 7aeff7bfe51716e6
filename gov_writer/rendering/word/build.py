"""The parts of the .docx.  The same draft gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from gov_writer.domain import Draft, DraftBlock, DraftBlockKind, Figure, Ledger
from gov_writer.ooxml import standard
from gov_writer.ooxml.names import HEAD, MARK, R, W, digest
from gov_writer.rendering.word import parts, sources, styles
from gov_writer.rendering.word.title import lines, signature_indents
from gov_writer.text.todo import TODO

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Characters of a paragraph that may move to the next page as a whole: four lines.
_SHORT = 4 * standard.CHARACTERS
_PARTS = (
    ("styles", "styles", "styles"),
    ("settings", "settings", "settings"),
    ("fontTable", "fontTable", "fontTable"),
    ("footer1", "footer", "footer"),
    ("footer2", "footer", "footer"),
)


def docx(draft: Draft, ledger: Ledger | None = None, *, with_sources: bool = False) -> bytes:
    """The draft as a Word file.  with_sources: each figure in a content control that names its fact, and
    the table 数据溯源表 behind the text (needs the ledger)."""
    made, figures = [], 1
    for number, (block, look) in enumerate(zip(draft.blocks, _looks(draft), strict=True)):
        made.append(_paragraph(block, look, number, first=figures if with_sources else 0))
        figures += len(sources.marked(block)) if with_sources else 0
    body = "".join(made)
    if with_sources and ledger is not None:
        body += sources.table(draft, ledger)
    return package(
        {
            "word/document.xml": f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{section()}</w:body></w:document>',
            "word/styles.xml": styles.styles(
                signature_indents([b.text for b in draft.blocks if b.kind is DraftBlockKind.SIGNATURE])
            ),
            "word/settings.xml": styles.settings(),
            "word/fontTable.xml": styles.font_table(),
            "word/footer1.xml": parts.footer("Footer"),
            "word/footer2.xml": parts.footer("FooterEven"),
        },
        title=next((b.text for b in draft.blocks if b.kind is DraftBlockKind.TITLE), ""),
    )


def package(contents: dict[str, str], *, title: str) -> bytes:
    """A .docx of these word/ parts, with content types and relationships; times fixed, so bytes are too."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, _, kind in _PARTS
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for number, (name, kind, _) in enumerate(_PARTS, 1)
    )
    everything = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>'
        ),
        "docProps/core.xml": (
            f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(clean(title))}</dc:title>'
            "</cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **contents,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in everything.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, xml.encode())
    return made.getvalue()


def section() -> str:
    """Page, margins and grid (GB/T 9704-2012, 5.1–5.3), with page numbers on the outer side."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f"{parts.page()}</w:sectPr>"
    )


def clean(text: str) -> str:
    """Without the characters that XML can't hold."""
    return _ILLEGAL.sub("", text)


def _paragraph(block: DraftBlock, look: standard.Look, number: int, *, first: int) -> str:
    """first: the number of the block's first figure; 0 where figures are not marked."""
    properties = "" if look is standard.BODY else f'<w:pPr><w:pStyle w:val="{look.id}"/></w:pPr>'
    if look is standard.TITLE:
        runs = "<w:r><w:br/></w:r>".join(run(line) for line in lines(clean(block.text)))
    else:
        runs = "".join(_runs(block, first=first))
    if first:
        name = f"{MARK}{number}_{digest(clean(block.text))}"
        runs = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p>{properties}{runs}</w:p>"


def _looks(draft: Draft) -> list[standard.Look]:
    """The look of each block; what stands before the signature is kept on its page (7.3.5.5)."""
    looks: list[standard.Look] = []
    for block in draft.blocks:
        looks.append(_look(block, looks[-1] if looks else None))
    last = next((i for i, look in enumerate(looks) if look is standard.SIGNER), 0) - 1
    while last > 0 and looks[last] in standard.APPENDICES:
        last -= 1
    if last > 0 and looks[last] is standard.BODY:
        looks[last] = standard.CLOSING
        above = last - 1
        one_line = len(draft.blocks[last].text) <= standard.CHARACTERS  # 特此报告。 is little company
        if one_line and looks[above] is standard.BODY and len(draft.blocks[above].text) <= _SHORT:
            looks[above] = standard.CLOSING
    return looks


def _look(block: DraftBlock, before: standard.Look | None) -> standard.Look:
    match block.kind:
        case DraftBlockKind.TITLE:
            return standard.TITLE
        case DraftBlockKind.HEADING:
            return standard.HEADINGS[min(max(block.level, 1), 4) - 1]
        case DraftBlockKind.ADDRESSEE:
            return standard.ADDRESSEE
        case DraftBlockKind.SIGNATURE:
            return standard.ISSUED if before in (standard.SIGNER, standard.ISSUED) else standard.SIGNER
    return standard.appendix_look(block.text, before) or standard.BODY


def _runs(block: DraftBlock, *, first: int) -> Iterator[str]:
    """Runs of plain words, of 【待补】 and (first > 0) of figures in their controls, numbered from first."""
    cuts: list[tuple[int, int, Figure | None]] = [(*m.span(), None) for m in TODO.finditer(block.text)]
    if first:
        cuts += [(figure.start, figure.end, figure) for figure in sources.marked(block)]
    at = 0
    for start, end, figure in sorted(cuts, key=lambda cut: cut[:2]):
        if at < start:
            yield run(clean(block.text[at:start]))
        words = clean(block.text[start:end])
        if figure is None:
            yield run(words, style="Todo", highlight=True)
        else:
            yield sources.control(run(words), figure, first, words)
            first += 1
        at = end
    if at < len(block.text):
        yield run(clean(block.text[at:]))


def run(text: str, *, style: str = "", highlight: bool = False) -> str:
    """A run; tabs and line feeds become Word's own.  highlight: with the marker pen, which no style can hold
    (the style shades), so that the clerk can search for it and wipe it off."""
    properties = f"<w:rStyle w:val={quoteattr(style)}/>" if style else ""
    properties += '<w:highlight w:val="yellow"/>' if highlight else ""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = []
    for part in re.split(r"([\t\n])", text):
        if part == "\t":
            pieces.append("<w:tab/>")
        elif part == "\n":
            pieces.append("<w:br/>")
        elif part:
            pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"
