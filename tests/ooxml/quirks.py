"""Small Word files, each valid and each with something that makes reading hard, and the text that a reader sees."""

from __future__ import annotations

import io
import zipfile

from tests.ingest.builders import W, p, r

_OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}/officeDocument/2006/relationships" '
    f'xmlns:mc="{_OFFICE}/markup-compatibility/2006" xmlns:m="{_OFFICE}/officeDocument/2006/math" '
    f'xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_OFFICE}/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" mc:Ignorable="w14 w15"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "stylesWithEffects": "application/vnd.ms-word.stylesWithEffects+xml",
    "hdr": f"{_WORD}.header+xml",
    "ftr": f"{_WORD}.footer+xml",
}
_RELATIONS = {
    "stylesWithEffects": "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
}
_BY = 'w:author="李" w:date="2025-12-01T09:00:00Z"'
_STYLES = (
    '<w:docDefaults><w:rPrDefault/><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn '
    'w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="a5"><w:name '
    'w:val="footer"/><w:basedOn w:val="a"/></w:style><w:style w:type="character" w:customStyle="1" w:styleId="c9">'
    '<w:name w:val="隐去"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def kind_of(name: str) -> str:
    """header1 -> header."""
    return name.rstrip("0123456789")


def package(body: str, parts: dict[str, str] | None = None, section: str = "") -> bytes:
    """A whole .docx.  parts: the content of styles, numbering, footnotes, header1 …, without their root elements."""
    roots = {"header": "hdr", "footer": "ftr", "stylesWithEffects": "styles"}
    given = {"styles": _STYLES, "settings": '<w:zoom w:percent="100"/>', **(parts or {})}
    overrides = relations = ""
    contents = {}
    for number, (name, xml) in enumerate(given.items(), 1):
        kind = kind_of(name)
        prefix = "w15" if kind == "commentsExtended" else "w"
        root = f"{prefix}:{'commentsEx' if prefix == 'w15' else roots.get(kind, kind)}"
        contents[f"word/{name}.xml"] = f"<{root} {NAMESPACES}>{xml}</{root}>"
        overrides += (
            f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES.get(kind, f"{_WORD}.{kind}+xml")}"/>'
        )
        relation = _RELATIONS.get(kind, f"{_OFFICE}/officeDocument/2006/relationships/{kind}")
        relations += f'<Relationship Id="rId{number}" Type="{relation}" Target="{name}.xml"/>'
    for name in given:
        if kind_of(name) in ("header", "footer"):
            number = list(given).index(name) + 1
            section += f'<w:{kind_of(name)}Reference w:type="default" r:id="rId{number}"/>'
    head = f"{_OFFICE}/package/2006"
    contents |= {
        "[Content_Types].xml": f'<Types xmlns="{head}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{head}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument'
        '/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{head}/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr>{section}<w:pgSz w:w='11906' w:h='16838'/>"
        "<w:pgMar w:top='1440' w:right='1800' w:bottom='1440' w:left='1800' w:header='851' w:footer='992' w:gutter='0'/>"
        "</w:sectPr></w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in contents.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}')
    return made.getvalue()


def field(code: str, result: str) -> str:
    """A field of marks: begin, code, separate, result, end."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{mark('begin')}{instruction}{mark('separate')}{result}{mark('end')}"


def drawn(inner: str, number: int = 7) -> str:
    """A text box in DrawingML."""
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
        '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
        '</wp:positionV><wp:extent cx="1800000" cy="360000"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="框{number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.'
        'microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" '
        'y="0"/><a:ext cx="1800000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>'
        f"<w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing>"
    )


def vml(inner: str, number: int = 7) -> str:
    """The same in VML, as Word 97 to 2007 have it."""
    return (
        f'<w:pict><v:shape id="_x0000_s10{number}" style="position:absolute;width:141pt;height:28pt"><v:textbox>'
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


def box(inner: str, number: int = 7) -> str:
    """Both, as Word 2010 and later write a text box."""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn(inner, number)}</mc:Choice>'
        f"<mc:Fallback>{vml(inner, number)}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="4000"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def cell(*content: str, properties: str = "") -> str:
    inner = "".join(one if one.startswith("<w:") else p(one) for one in content)
    return f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def level(number: int, form: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def listed(words: str, depth: int = 0, number: int = 1) -> str:
    return p(words, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


_LEVELS = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%2.%3 ", "<w:isLgl/>")
)
_NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{_LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def _notes(kind: str) -> str:
    short = kind[:-1]
    return (
        f'<w:{short} w:type="separator" w:id="0">{p("<w:r><w:separator/></w:r>")}</w:{short}><w:{short} '
        f'w:type="continuationSeparator" w:id="1">{p("<w:r><w:continuationSeparator/></w:r>")}</w:{short}>'
        f'<w:{short} w:id="2">{p(f"<w:r><w:{short}Ref/></w:r>", " 口径含", "外来人口12人。")}</w:{short}>'
    )


def _tracked(tag: str, number: int, inner: str) -> str:
    return f'<w:{tag} w:id="{number}" {_BY}>{inner}</w:{tag}>'


_DELETED = "<w:r><w:delText>15</w:delText></w:r>"
#: Name -> body, other parts, and the text as read.
QUIRKS: dict[str, tuple[str, dict[str, str], str]] = {
    "alternate content": (p("全年走访", box(p("框内", "36户")), "企业12家。"), {}, "全年走访企业12家。\n框内36户"),
    "a box of Word 97": (p("全年走访", f"<w:r>{vml(p('框内36户'), 8)}</w:r>", "企业12家。"), {}, "全年走访企业12家。\n框内36户"),
    "content controls": (
        '<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent>'
        + p("走访", '<w:sdt><w:sdtPr><w:id w:val="78"/><w:text/></w:sdtPr><w:sdtContent>' + r("12") + "</w:sdtContent></w:sdt>", "家")
        + "</w:sdtContent></w:sdt>"
        + p("提示", '<w:sdt><w:sdtPr><w:id w:val="79"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>' + r("点击输入")
            + "</w:sdtContent></w:sdt>", "止"),
        {},
        "走访12家\n提示止",
    ),
    "smart tags and custom XML": (
        p("今年", '<w:smartTag w:uri="urn:x" w:element="date">' + r("走访") + "</w:smartTag>", "12家")
        + '<w:customXml w:element="x">' + p("整改8处") + "</w:customXml>",
        {},
        "今年走访12家\n整改8处",
    ),
    "simple and nested fields": (
        p("第", '<w:fldSimple w:instr=" SEQ 表 ">' + r("3") + "</w:fldSimple>", "表，", field("REF a", r("共") + field("= 5+7", r("12")) + r("户"))),
        {},
        "第3表，共12户",
    ),
    "nested and merged tables": (
        table(
            "<w:tr>" + cell("指标", properties='<w:vMerge w:val="restart"/>') + cell("就业820人") + "</w:tr>",
            "<w:tr>" + cell("<w:p/>", properties="<w:vMerge/>")
            + cell(table("<w:tr>" + cell("内表36户") + "</w:tr>", columns=1), "<w:p/>") + "</w:tr>",
            "<w:tr>" + cell("合计856", properties='<w:gridSpan w:val="2"/>') + "</w:tr>",
        ) + "<w:p/>",
        {},
        "指标\t就业820人\n内表36户\n合计856",
    ),
    "tracked changes": (
        p("排查隐患", _tracked("ins", 5, r("12")), _tracked("del", 6, _DELETED), "处，",
          f'<w:moveFromRangeStart w:id="8" {_BY} w:name="m1"/>', _tracked("moveFrom", 9, r("旧句。")), '<w:moveFromRangeEnd w:id="8"/>',
          "整改9处。", f'<w:moveToRangeStart w:id="12" {_BY} w:name="m1"/>', _tracked("moveTo", 13, r("旧句。")),
          '<w:moveToRangeEnd w:id="12"/>')
        + p("前半", properties=f'<w:rPr><w:del w:id="14" {_BY}/></w:rPr>')
        + p("后半", properties=f'<w:jc w:val="center"/><w:pPrChange w:id="15" {_BY}><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange>'),
        {},
        "排查隐患12处，整改9处。旧句。\n前半后半",
    ),
    "hidden text": (p("公开", r("隐藏12处", "<w:vanish/>"), r("又8处", '<w:rStyle w:val="c9"/>'), "结束"), {}, "公开隐藏12处又8处结束"),
    "hyphens, symbols, tabs and breaks": (
        p("甲")
        + p("<w:r><w:t>2025</w:t><w:noBreakHyphen/><w:t>12</w:t><w:softHyphen/><w:t>期</w:t></w:r>",
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "<w:r><w:tab/><w:t>右</w:t><w:cr/><w:t>下</w:t></w:r>",
            '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/><w:t>边</w:t></w:r>',
            "<w:r><w:lastRenderedPageBreak/><w:t>页</w:t><w:br/><w:t>行</w:t></w:r>",
            properties='<w:tabs><w:tab w:val="left" w:pos="900"/></w:tabs>'),
        {},
        "甲\n2025-12期□\t右\n下\t边页\n行",
    ),
    "footnotes and endnotes": (
        p("常住人口", '<w:r><w:footnoteReference w:id="2"/></w:r>', "8753人", '<w:r><w:endnoteReference w:id="2"/></w:r>', "。"),
        {"footnotes": _notes("footnotes"), "endnotes": _notes("endnotes")},
        "常住人口8753人。\n 口径含外来人口12人。\n 口径含外来人口12人。",
    ),
    "numbers that restart, go deep and are legal": (
        listed("党建") + listed("学习", 1) + listed("开展36次", 2) + listed("安全") + listed("排查", 1) + listed("整改12处", 2)
        + listed("附则", 0, 2),
        {"numbering": _NUMBERING},
        "一、党建\n（一）学习\n1.1.1 开展36次\n二、安全\n（一）排查\n2.1.1 整改12处\n一、附则",
    ),
    "pinyin above characters": (
        p("排", '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise w:val="18"/><w:hpsBaseText '
          'w:val="21"/><w:lid w:val="zh-CN"/></w:rubyPr><w:rt>' + r("chá") + "</w:rt><w:rubyBase>" + r("查") + "</w:rubyBase></w:ruby></w:r>",
          "隐患12处。"),
        {},
        "排查隐患12处。",
    ),
    "formulas": (
        p("其中", "<m:oMath><m:r><m:t>x+y=3</m:t></m:r></m:oMath>", "。")
        + p("<m:oMathPara><m:oMath><m:r><m:t>a=12</m:t></m:r></m:oMath></m:oMathPara>"),
        {},
        "其中x+y=3。\na=12",
    ),
    "headers and footers": (
        p("正文12处。"),
        {"header1": p("东岭街道36号"), "footer1": p("第 ", field("PAGE", r("1")), " 页", properties='<w:pStyle w:val="a5"/>')},
        "正文12处。\n东岭街道36号",
    ),
    "comments of others": (
        p('<w:commentRangeStart w:id="4"/>', "会议于2025年", '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>', "12月召开。"),
        {
            "comments": f'<w:comment w:id="4" {_BY} w:initials="李"><w:p w14:paraId="0000AAAA"><w:r><w:t>请核对</w:t></w:r></w:p></w:comment>',
            "commentsExtended": '<w15:commentEx w15:paraId="0000AAAA" w15:done="0"/>',
        },
        "会议于2025年12月召开。",
    ),
    "links, bookmarks and marks of spelling": (
        p('<w:bookmarkStart w:id="1" w:name="b1"/>', "会议", '<w:hyperlink w:anchor="b1">' + r("2月", '<w:u w:val="single"/>') + "</w:hyperlink>",
          '<w:bookmarkEnd w:id="1"/><w:proofErr w:type="spellStart"/>', r("30", "<w:b/>"), '<w:proofErr w:type="spellEnd"/>', "日"),
        {},
        "会议2月30日",
    ),
    "styles for Word 2010": (
        p("一、党建", properties='<w:pStyle w:val="1"/>') + p("全年走访企业12家，解决问题36个，整改到位。"),
        {"stylesWithEffects": _STYLES},
        "一、党建\n全年走访企业12家，解决问题36个，整改到位。",
    ),
}  # fmt: skip


def document(name: str) -> bytes:
    """The file of this quirk."""
    body, parts, _ = QUIRKS[name]
    return package(body, parts)


def everything() -> bytes:
    """All of them in one file."""
    parts = {name: xml for _, given, _ in QUIRKS.values() for name, xml in given.items()}
    return package("".join(body for body, _, _ in QUIRKS.values()), parts)
