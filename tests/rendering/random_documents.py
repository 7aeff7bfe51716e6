"""Random Word documents with everything that offices' files hold, and a way to compare two of them."""

from __future__ import annotations

import io
import random
import zipfile

from lxml import etree

from gov_writer.ooxml.comments import AUTHOR
from gov_writer.ooxml.names import w
from tests.ingest.builders import W, docx, p, r

_LETTERS = "东岭街道排查隐患处户12.，。； "
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_LOOKS = (
    "", "", "<w:b/>", '<w:color w:val="FF0000"/>', "<w:vanish/>", '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="44"/>',
    '<w:eastAsianLayout w:id="7" w:vert="1"/>', '<w:eastAsianLayout w:id="8" w:combine="1"/>', "<w:u w:val='single'/>",
    '<w:highlight w:val="yellow"/>', '<w:vertAlign w:val="superscript"/>',
)  # fmt: skip


class Maker:
    """Makes one document from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.number = 100

    def words(self, most: int = 7) -> str:
        return "".join(self.random.choices(_LETTERS, k=self.random.randint(1, most)))

    def next(self) -> int:
        self.number += 1
        return self.number

    def run(self) -> str:
        look = self.random.choice(_LOOKS)
        marks = ("<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:softHyphen/>", '<w:sym w:font="Wingdings" w:char="F0FC"/>',
                 "<w:cr/>", "<w:lastRenderedPageBreak/>", '<w:footnoteReference w:id="1"/>', "<w:t>甲乙丙</w:t>",
                 '<w:br w:type="page"/>', "<w:drawing><wp:inline><a:blip r:embed='x'/></wp:inline></w:drawing>")  # fmt: skip
        if self.random.random() < 0.3:
            inner = f'<w:t xml:space="preserve">{self.words()}</w:t>{self.random.choice(marks)}<w:t>{self.words()}</w:t>'
            return f"<w:r w:rsidR='00AA{self.next():04}'><w:rPr>{look}</w:rPr>{inner}</w:r>"
        return r(self.words(), look)

    def runs(self, depth: int = 0) -> str:
        return "".join(self.inline(depth) for _ in range(self.random.randint(1, 4)))

    def inline(self, depth: int) -> str:
        kind = self.random.randrange(22) if depth < 3 else 0
        deeper = depth + 1
        match kind:
            case 1:
                return f'<w:ins w:id="{self.next()}" w:author="李">{self.runs(deeper)}</w:ins>'
            case 2:
                return f'<w:del w:id="{self.next()}" w:author="李"><w:r><w:delText>{self.words()}</w:delText></w:r></w:del>'
            case 3:
                return f'<w:hyperlink w:anchor="a">{self.runs(deeper)}</w:hyperlink>'
            case 4:
                return f'<w:smartTag w:uri="u" w:element="d"><w:smartTagPr/>{self.runs(deeper)}</w:smartTag>'
            case 5:
                return f"<w:sdt><w:sdtPr><w:id w:val='5'/></w:sdtPr><w:sdtContent>{self.runs(deeper)}</w:sdtContent></w:sdt>"
            case 6:
                return f'<w:fldSimple w:instr=" REF a ">{self.runs(deeper)}</w:fldSimple>'
            case 7:
                return (
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r><w:r>'
                    f'<w:fldChar w:fldCharType="separate"/></w:r>{self.run()}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
                )
            case 8:
                return (
                    f"<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase>{r(self.words(2))}"
                    "</w:rubyBase></w:ruby></w:r>"
                )
            case 9:
                return f'<w:bookmarkStart w:id="{self.next()}" w:name="b"/>{self.run()}<w:bookmarkEnd w:id="{self.number}"/>'
            case 10:
                return f"<m:oMath><m:r><m:t>{self.words(3)}</m:t></m:r></m:oMath>"
            case 11:
                return (
                    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:txbx><w:txbxContent>"
                    f"{self.paragraph(deeper)}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
                    f"<v:textbox><w:txbxContent>{p(self.words())}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
                    "</mc:AlternateContent></w:r>"
                )
            case 12:
                return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(self.words())}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            case 13:
                return f'<w:moveTo w:id="{self.next()}" w:author="李">{self.run()}</w:moveTo>'
            case 14:
                return f'<w:moveFrom w:id="{self.next()}" w:author="李">{self.run()}</w:moveFrom>'
            case 15:
                return (
                    '<w:commentRangeStart w:id="7"/>' + self.run() + '<w:commentRangeEnd w:id="7"/>'
                    '<w:r><w:commentReference w:id="7"/></w:r>'
                )
            case 16:
                return (
                    '<w:proofErr w:type="spellStart"/>'
                    + self.run()
                    + '<w:proofErr w:type="spellEnd"/><!-- c --><?pi x?>'
                )
            case _:
                return self.run()

    def paragraph(self, depth: int = 0) -> str:
        properties = self.random.choice(
            ("", "", '<w:jc w:val="center"/>', '<w:rPr><w:del w:id="9" w:author="李"/></w:rPr>', "<w:ind w:left='480'/>",
             '<w:tabs><w:tab w:val="left" w:pos="900"/></w:tabs>', '<w:textDirection w:val="tbRlV"/>')
        )  # fmt: skip
        return p(self.runs(depth), properties=properties)

    def table(self, depth: int = 0) -> str:
        rows = ""
        for _ in range(self.random.randint(1, 3)):
            cells = ""
            for _ in range(self.random.randint(1, 3)):
                properties = self.random.choice(
                    ("", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>")
                )
                inner = self.paragraph(2)
                if depth < 2 and self.random.random() < 0.15:
                    inner += self.table(depth + 1) + self.paragraph(2)
                cells += f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"
            rows += f"<w:tr>{cells}</w:tr>"
        return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"

    def body(self) -> str:
        blocks = []
        for _ in range(self.random.randint(2, 7)):
            kind = self.random.randrange(8)
            if kind == 0:
                blocks.append(self.table())
            elif kind == 1:
                blocks.append(f"<w:sdt><w:sdtPr/><w:sdtContent>{self.paragraph()}</w:sdtContent></w:sdt>")
            elif kind == 2:
                blocks.append(f'<w:customXml w:element="x">{self.paragraph()}</w:customXml>')
            else:
                blocks.append(self.paragraph())
        return "".join(blocks) + "<w:p/>"

    def document(self) -> bytes:
        parts = {
            "footnotes": f'<w:footnotes {_NAMESPACES}><w:footnote w:id="1">{self.paragraph(2)}</w:footnote></w:footnotes>',
            "endnotes": f'<w:endnotes {_NAMESPACES}><w:endnote w:id="1">{self.paragraph(2)}</w:endnote></w:endnotes>',
            "header1": f"<w:hdr {_NAMESPACES}>{self.paragraph(2)}{self.table(2)}</w:hdr>",
            "theme": "<a/>",
        }
        if self.random.random() < 0.7:
            parts["comments"] = (
                f'<w:comments {_NAMESPACES}><w:comment w:id="7" w:author="李主任"><w:p w14:paraId="0000AAAA"><w:r><w:t>'
                "这里再核一下</w:t></w:r></w:p></w:comment></w:comments>"
            )
            parts["people"] = (
                '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
                '<w15:person w15:author="李主任"/></w15:people>'
            )
            parts["commentsExtended"] = (
                '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
                '<w15:commentEx w15:paraId="0000AAAA" w15:done="0"/></w15:commentsEx>'
            )
        return docx(
            "", parts, document=f"<w:document {_NAMESPACES}><w:body>{self.body()}</w:body></w:document>"
        )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def without_review(xml: bytes, mine: set[str]) -> str:
    """A part as it was before its review: marks of the comments ``mine`` out, this program's changes rejected,
    and runs that look alike joined, since cutting them is no loss."""
    root = etree.fromstring(xml)
    for element in list(root.iter(w("commentRangeStart"), w("commentRangeEnd"))):
        if element.get(w("id")) in mine:
            _out(element)
    for element in list(root.iter(w("commentReference"))):
        if element.get(w("id")) in mine:
            _out(element.getparent())
    for element in list(root.iter(w("ins"))):
        if element.get(w("author")) == AUTHOR:
            _out(element)
    for element in list(root.iter(w("del"))):
        if element.get(w("author")) == AUTHOR:
            for node in element.iter(w("delText")):
                node.tag = w("t")
            for run in list(element):
                element.addprevious(run)
            _out(element)
    for run in list(root.iter(w("r"))):
        _join(run)
    for text in list(root.iter(w("t"))):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        after = text.getnext()
        while after is not None and after.tag == w("t"):
            text.text = (text.text or "") + (after.text or "")
            _out(after)
            after = text.getnext()
    return etree.tostring(root, method="c14n").decode()


def _join(run: etree._Element) -> None:
    if run.getparent() is None:
        return
    after = run.getnext()
    while after is not None and after.tag == w("r") and _properties(after) == _properties(run):
        for child in list(after):
            if child.tag != w("rPr"):
                run.append(child)
        _out(after)
        after = run.getnext()


def _properties(run: etree._Element) -> tuple[str, str]:
    found = run.find(w("rPr"))
    own = "" if found is None or not len(found) else etree.tostring(found, method="c14n").decode()
    return own, str(sorted(run.items()))


def _out(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    assert not (element.tail or "").strip()
    parent.remove(element)
