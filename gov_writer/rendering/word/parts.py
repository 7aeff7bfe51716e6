"""Pieces of a .docx that new drafts and documents laid out anew share: page, footers, added parts."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from gov_writer.ooxml import standard
from gov_writer.ooxml.names import HEAD, R, W, w
from gov_writer.ooxml.package import Package, parse
from gov_writer.rendering.word import styles

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def page() -> str:
    """Size, margins and grid of a page (GB/T 9704-2012, 5.1 and 5.2)."""
    return (
        f'<w:pgSz w:w="{standard.PAGE_WIDTH}" w:h="{standard.PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{standard.TOP}" w:right="{standard.RIGHT}" w:bottom="{standard.BOTTOM}" '
        f'w:left="{standard.LEFT}" w:header="{standard.HEADER_DISTANCE}" w:footer="{standard.FOOTER_DISTANCE}" '
        'w:gutter="0"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{standard.LINE_PITCH}" '
        f'w:charSpace="{standard.CHARACTER_SPACE}"/>'
    )


def footer(style: str) -> str:
    """— 1 —, the number being a field."""
    return f'{HEAD}<w:ftr xmlns:w="{W}">{_number(style)}</w:ftr>'


def number_paragraph(style: str) -> etree._Element:
    """The paragraph — 1 — in this style."""
    return parse(f'<w:x xmlns:w="{W}">{_number(style)}</w:x>'.encode(), "", "")[0]


def _number(style: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">— '
        '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )


def add_copy(package: Package, main: str, kind: str, part: str, changed: set[str]) -> str:
    """Add a part that is a copy of another, with its relationships.  Returns its name."""
    made = add(package, main, kind, etree.tostring(package.root(part), encoding="unicode"), changed)
    folder, _, base = part.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels"
    if rels in package.names:
        new = f"{folder}/_rels/{made.rpartition('/')[2]}.rels"
        package.roots[new] = deepcopy(package.root(rels))
        package.added.add(new)
    return made


def add(package: Package, main: str, kind: str, xml: str, changed: set[str]) -> str:
    """Add a part beside the main one, with content type and relationship.  kind: styles, settings, footer."""
    folder, _, base = main.rpartition("/")
    taken = package.names | set(package.roots)
    names = (f"{folder}/{kind}{n}.xml" for n in ("", *range(1, 1000)))
    part = next(name for name in names if name not in taken)
    package.roots[part] = parse(xml.encode(), package.name, part)
    package.added.add(part)
    types = package.root("[Content_Types].xml")
    etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{part}", ContentType=f"{TYPE}.{kind}+xml")
    rels = f"{folder}/_rels/{base}.rels"
    if rels not in package.names and rels not in package.roots:
        package.roots[rels] = etree.Element(f"{_RELS}Relationships")
        package.added.add(rels)
    relations = package.root(rels)
    ids = {relation.get("Id") for relation in relations}
    identity = next(f"rIdGw{n}" for n in range(1, 10_000) if f"rIdGw{n}" not in ids)
    etree.SubElement(
        relations, f"{_RELS}Relationship", Id=identity, Type=f"{R}/{kind}", Target=part.rpartition("/")[2]
    )
    changed |= {"[Content_Types].xml", rels, part}
    return part


def remove(package: Package, main: str, kind: str, changed: set[str]) -> None:
    """Take out the part of this kind, with its content type and relationship, if there is one."""
    folder, _, base = main.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels"
    for identity, relation in package.relations(main).items():
        if relation.kind != kind or relation.external or relation.target not in package.names:
            continue
        for part, name, value in (
            (rels, "Id", identity),
            ("[Content_Types].xml", "PartName", f"/{relation.target}"),
        ):
            root = package.root(part)
            for element in [element for element in root if element.get(name) == value]:
                root.remove(element)
            changed.add(part)
        package.removed.add(relation.target)


def footer_styles(package: Package, main: str, changed: set[str]) -> None:
    """Styles of page numbers, replacing those that an earlier run has left."""
    part = _part(package, main, "styles")
    if part is None:
        return
    root = package.root(part)
    changed.add(part)
    for new in parse(f'<w:x xmlns:w="{W}">{styles.page_number_styles(base=False)}</w:x>'.encode(), "", ""):
        for old in list(root.iter(w("style"))):
            if old.get(w("styleId")) == new.get(w("styleId")):
                root.remove(old)
        root.append(new)


def odd_and_even(package: Package, main: str, changed: set[str]) -> None:
    """Let odd and even pages have footers of their own."""
    part = _part(package, main, "settings")
    if part is None:
        add(package, main, "settings", styles.settings(), changed)
        return
    root = package.root(part)
    changed.add(part)
    if root.find(w("evenAndOddHeaders")) is None:
        first = ("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
                 "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
                 "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts",
                 "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges",
                 "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
                 "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate",
                 "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
                 "revisionView", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting", "documentProtection",
                 "autoFormatOverride", "styleLockTheme", "styleLockQFSet", "defaultTabStop", "autoHyphenation",
                 "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "showEnvelope", "summaryLength",
                 "clickAndTypeStyle", "defaultTableStyle")  # fmt: skip
        before = {w(name) for name in first}
        at = max((i + 1 for i, child in enumerate(root) if child.tag in before), default=0)
        root.insert(at, etree.Element(w("evenAndOddHeaders")))


def _part(package: Package, main: str, kind: str) -> str | None:
    return next(
        (
            relation.target
            for relation in package.relations(main).values()
            if relation.kind == kind
            and (relation.target in package.names or relation.target in package.roots)
        ),
        None,
    )
