"""The parts of the .docx.  The same draft gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from gov_writer.domain import Draft, DraftBlock, DraftBlockKind, Figure, Ledger
from gov_writer.ooxml import standard
from gov_writer.ooxml.names import MARK, R, W, digest
from gov_writer.rendering.word import parts, sources, styles
from gov_writer.rendering.word.title import lines, width

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
    for number, block in enumerate(draft.blocks):
        made.append(_paragraph(block, draft, number, first=figures if with_sources else 0))
        figures += len(sources.marked(block)) if with_sources else 0
    body = "".join(made)
    if with_sources and ledger is not None:
        body += sources.table(draft, ledger)
    return package(
        {
            "word/document.xml": f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{section()}</w:body></w:document>',
            "word/styles.xml": styles.styles(_signature_indents(draft)),
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
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>'
        ),
        "docProps/core.xml": (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(clean(title))}</dc:title>'
            "</cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
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


def _paragraph(block: DraftBlock, draft: Draft, number: int, *, first: int) -> str:
    """first: the number of the block's first figure; 0 where figures are not marked."""
    look = _look(block, draft)
    properties = "" if look is standard.BODY else f'<w:pPr><w:pStyle w:val="{look.id}"/></w:pPr>'
    if look is standard.TITLE:
        runs = "<w:r><w:br/></w:r>".join(run(line) for line in lines(clean(block.text)))
    else:
        runs = "".join(_runs(block, first=first))
    if first:
        name = f"{MARK}{number}_{digest(clean(block.text))}"
        runs = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p>{properties}{runs}</w:p>"


def _look(block: DraftBlock, draft: Draft) -> standard.Look:
    match block.kind:
        case DraftBlockKind.TITLE:
            return standard.TITLE
        case DraftBlockKind.HEADING:
            return standard.HEADINGS[min(max(block.level, 1), 4) - 1]
        case DraftBlockKind.ADDRESSEE:
            return standard.ADDRESSEE
        case DraftBlockKind.SIGNATURE:
            signatures = [b for b in draft.blocks if b.kind is DraftBlockKind.SIGNATURE]
            return standard.SIGNER if block is signatures[0] else standard.ISSUED
    return standard.APPENDIX if block.text.startswith(("附件：", "附件:")) else standard.BODY


def _runs(block: DraftBlock, *, first: int) -> Iterator[str]:
    """Runs of plain words, of 【待补】 and (first > 0) of figures in their controls, numbered from first."""
    cuts: list[tuple[int, int, Figure | None]] = [
        (*m.span(), None) for m in sources.TODO.finditer(block.text)
    ]
    if first:
        cuts += [(figure.start, figure.end, figure) for figure in sources.marked(block)]
    at = 0
    for start, end, figure in sorted(cuts, key=lambda cut: cut[:2]):
        if at < start:
            yield run(clean(block.text[at:start]))
        words = clean(block.text[start:end])
        if figure is None:
            yield run(words, style="Todo")
        else:
            yield sources.control(run(words), figure, first, words)
            first += 1
        at = end
    if at < len(block.text):
        yield run(clean(block.text[at:]))


def run(text: str, *, style: str = "") -> str:
    """A run; tabs and line feeds become Word's own."""
    properties = f"<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>" if style else ""
    pieces = []
    for part in re.split(r"([\t\n])", text):
        if part == "\t":
            pieces.append("<w:tab/>")
        elif part == "\n":
            pieces.append("<w:br/>")
        elif part:
            pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def _signature_indents(draft: Draft) -> dict[str, int]:
    """7.3.5.2: the signer two characters from the right, the date beginning two characters to its right;
    a date that is longer stands two characters from the right itself, and the signer moves left."""
    signatures = [b.text for b in draft.blocks if b.kind is DraftBlockKind.SIGNATURE]
    if not signatures:
        return {}
    if len(signatures) == 1:
        return {standard.SIGNER.id: 2}
    signer, date = round(width(signatures[0])), round(width(signatures[1]))
    if signer - date >= 2:
        return {standard.SIGNER.id: 2, standard.ISSUED.id: signer - date}
    return {standard.SIGNER.id: min(date + 4 - signer, 14), standard.ISSUED.id: 2}
