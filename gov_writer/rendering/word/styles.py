"""styles.xml, fontTable.xml and settings.xml: everything about the looks is in the styles."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from gov_writer.ooxml import standard
from gov_writer.ooxml.names import HEAD, W
from gov_writer.ooxml.standard import Look


def fonts(name: str) -> str:
    """All four scripts in one font: numerals stand in the body's font, quotation marks are Chinese ones."""
    font = quoteattr(name)
    return f'<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font} w:hint="eastAsia"/>'


def run_look(look: Look) -> str:
    spacing = "" if look.size != standard.SIZE_3 else f'<w:spacing w:val="{standard.CHARACTER_SPACING}"/>'
    return (
        f'<w:rPr>{fonts(look.font)}<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:snapToGrid w:val="0"/><w:color w:val="000000"/>'
        f'{spacing}<w:kern w:val="0"/><w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/></w:rPr>'
    )


def indent(look: Look, right: float = 0) -> str:
    """Indents in characters, with the twips beside them for who knows no characters.  right: of the right side."""
    size = look.size * 10  # a character's width in twips
    kind = "firstLine" if look.indent >= 0 else "hanging"
    first = f'w:{kind}Chars="{abs(look.indent) * 100}" w:{kind}="{abs(look.indent) * size}"'
    return (
        f'<w:ind w:leftChars="{look.left * 100}" w:left="{look.left * size}" '
        f'w:rightChars="{round(right * 100)}" w:right="{round(right * size)}" {first}/>'
    )


def paragraph_look(look: Look, right: float) -> str:
    before, after = look.before * standard.LINE_PITCH, look.after * standard.LINE_PITCH
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    keep = "<w:keepNext/>" if look.keep else ""
    return (
        f'<w:pPr>{keep}<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{before}" w:beforeAutospacing="0" w:after="{after}" w:afterAutospacing="0" '
        f'w:line="{look.line}" w:lineRule="exact"/>'
        f'{indent(look, right)}<w:jc w:val="{look.align}"/>{outline}</w:pPr>'
    )


def style(look: Look, right: float = 0, *, base: bool = True) -> str:
    """A paragraph style.  base: resting on Normal; without, on the document's defaults alone."""
    default = ' w:default="1"' if look is standard.BODY else ""
    rests_on = "" if look is standard.BODY or not base else '<w:basedOn w:val="Normal"/>'
    following = "Normal" if look.outline is not None or look is standard.TITLE else look.id
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{look.id}"><w:name w:val="{look.name}"/>{rests_on}'
        f'<w:next w:val="{following}"/><w:qFormat/>{paragraph_look(look, right)}{run_look(look)}</w:style>'
    )


def page_number_styles(*, base: bool = True) -> str:
    """The styles of the footers of odd and even pages.  base: "footer" and 双页码 of a new document; without,
    styles of their own, since other footers may live by the document's "footer"."""
    rests_on = '<w:basedOn w:val="Normal"/>' if base else ""
    (odd_id, odd_name), (even_id, even_name) = (
        (("Footer", "footer"), ("FooterEven", "双页码"))
        if base
        else (("GwNumberOdd", "公文单页码"), ("GwNumberEven", "公文双页码"))
    )
    number_font = fonts(standard.PAGE_NUMBER_FONT)
    size = standard.SIZE_4
    footer = (
        '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{rests_on}<w:pPr>'
        '<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>'
        '<w:ind w:leftChars="{left}" w:left="{left_twips}" w:rightChars="{right}" w:right="{right_twips}" '
        'w:firstLineChars="0" w:firstLine="0"/>'
        '<w:jc w:val="{side}"/></w:pPr>'
        f'<w:rPr>{number_font}<w:spacing w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
    one = size * 10
    odd = footer.format(
        rests_on=rests_on,
        id=odd_id,
        name=odd_name,
        left=0,
        left_twips=0,
        right=100,
        right_twips=one,
        side="right",
    )
    even = footer.format(
        rests_on=rests_on,
        id=even_id,
        name=even_name,
        left=100,
        left_twips=one,
        right=0,
        right_twips=0,
        side="left",
    )
    if base:
        return odd + even
    # a frame at the outer edge, as Word's own page numbers have it: for pages that may be odd or even
    outer = odd.replace(f'"{odd_id}"', '"GwNumberOuter"').replace(f'"{odd_name}"', '"公文外侧页码"')
    frame = '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside" w:y="1"/>'
    return odd + even + outer.replace("<w:pPr>", f"<w:pPr>{frame}", 1)


def styles(right: dict[str, float]) -> str:
    """styles.xml.  right: the right indent in characters of the styles that have one (signature)."""
    body = "".join(style(look, right.get(look.id, 0)) for look in standard.LOOKS)
    plain = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    todo = (
        '<w:style w:type="character" w:customStyle="1" w:styleId="Todo"><w:name w:val="待补"/><w:qFormat/><w:rPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/></w:rPr></w:style>'
    )
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(standard.BODY_FONT)}'
        f'<w:sz w:val="{standard.SIZE_3}"/><w:szCs w:val="{standard.SIZE_3}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{body}{plain}{page_number_styles()}{todo}{_TABLE}</w:styles>"
    )


#: A three-line table (三线表): rules above, below and under the header row.
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="ThreeLines"><w:name w:val="三线表"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" '
    'w:color="000000"/><w:bottom w:val="single" w:sz="12" w:space="0" w:color="000000"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" '
    'w:color="000000"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)


def font_table() -> str:
    """fontTable.xml: what to take where a font is missing."""
    entries = ""
    used = dict.fromkeys([look.font for look in standard.LOOKS] + [standard.PAGE_NUMBER_FONT])
    for font in used:
        names = next(names for names in standard.FAMILIES.values() if names[0] == font)
        others = ",".join(names[1:3])
        entries += (
            f'<w:font w:name={quoteattr(font)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="86"/>'
            '<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        )
    return f'{HEAD}<w:fonts xmlns:w="{W}">{entries}</w:fonts>'


def settings() -> str:
    """settings.xml: odd and even pages differ, punctuation keeps its full width, Word's present layout rules."""
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        f'<w:drawingGridVerticalSpacing w:val="{standard.LINE_PITCH // 2}"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
