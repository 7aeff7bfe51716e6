"""Documents as they come from offices: made by many hands, none of which knew the standard."""

from __future__ import annotations

import io

import docx as python_docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from tests.ingest.builders import W

_PARAGRAPHS = (
    "今年以来，东岭街道围绕中心工作，扎实推进各项任务落地见效，全年排查隐患126处。",
    "组织网格人员逐户走访了解情况，对发现的隐患逐条建立台账限期整改，整改率为98.4%。",
    "完善矛盾纠纷多元化解机制，受理信访事项57件，按期办结55件，群众满意度稳步提高。",
)
HTML = f"""<html><head><meta charset="utf-8"><style>p {{font-family: 宋体; font-size: 12pt}} h1 {{text-align: center}}
</style></head><body><h1>东岭街道2025年工作总结</h1><p>区委、区政府：</p><h2>一、主要做法</h2><p>{_PARAGRAPHS[0]}</p>
<h3>（一）抓实安全生产</h3><p>{_PARAGRAPHS[1]}<b>重点场所</b>检查<font face="Arial" color="red">36次</font>。</p>
<table border="1"><tr><th>指标</th><th>完成</th></tr><tr><td>新增就业</td><td>820人</td></tr></table>
<ol><li>{_PARAGRAPHS[2]}</li><li>{_PARAGRAPHS[0]}</li></ol><p align="right">东岭街道办事处</p>
<p align="right">2025年12月20日</p></body></html>"""


def _saved(document: python_docx.document.Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _font(run: python_docx.text.run.Run, name: str, size: float) -> None:
    run.font.name, run.font.size = name, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _field(paragraph: python_docx.text.paragraph.Paragraph, before: str = "", behind: str = "") -> None:
    paragraph.add_run(before)
    for xml in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE \\* MERGEFORMAT </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f'<w:r xmlns:w="{W}">{xml}</w:r>'))
    paragraph.add_run(behind)


def pasted() -> bytes:
    """Word's own headings, letter paper, pasted fonts in the middle of sentences, a coloured table."""
    document = python_docx.Document()
    document.add_heading("东岭街道2025年工作总结", 0)
    document.add_paragraph("区委、区政府：")
    document.add_heading("一、主要做法", 1)
    for number, words in enumerate(_PARAGRAPHS * 2):
        paragraph = document.add_paragraph()
        _font(paragraph.add_run(words[:9]), "宋体", 9 + number)
        run = paragraph.add_run(words[9:20])
        _font(run, "微软雅黑", 14)
        run.font.color.rgb, run.bold = RGBColor(255, 0, 0), True
        paragraph.add_run(words[20:]).italic = True
    document.add_heading("（一）抓实安全生产", 2)
    document.add_paragraph("1.开展拉网式排查。" + _PARAGRAPHS[1])
    table = document.add_table(2, 2, style="Light Grid Accent 1")
    _font(table.cell(0, 0).paragraphs[0].add_run("新增就业人数统计指标"), "微软雅黑", 12)
    table.cell(1, 1).text = "820人"
    document.add_paragraph(_PARAGRAPHS[2])
    return _saved(document)


def typed() -> bytes:
    """Everything by hand: a title on two lines, empty paragraphs, blanks for indents and for the signature."""
    document = python_docx.Document()
    for words in ("云溪区东岭街道关于2025年工作总结", "和2026年工作计划的报告"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(paragraph.add_run(words), "宋体", 18)
    document.add_paragraph()
    document.add_paragraph("区委、区政府：")
    for blanks, words in zip(("　　", "    ", "\t"), _PARAGRAPHS, strict=True):
        document.add_paragraph(blanks + words)
    for words in ("一、主要做法", "（一）抓实安全生产"):
        document.add_paragraph("　　" + words).runs[0].bold = True
        document.add_paragraph()
        document.add_paragraph("　　" + _PARAGRAPHS[2])
    document.add_paragraph("　　特此报告。")
    document.add_paragraph("　　附件：1.东岭街道2025年主要指标完成情况表")
    document.add_paragraph("　　　　　2.东岭街道2026年重点项目清单")
    document.add_paragraph("　　　　　　　　　　　　　　　东岭街道办事处")
    document.add_paragraph("　　　　　　　　　　　　　　　2025年12月20日")
    _field(document.sections[0].footer.paragraphs[0], "第 ", " 页")
    return _saved(document)


def footers() -> bytes:
    """Three sections, one of them lying: other first pages, footers with words, a number in the header."""
    document = python_docx.Document()
    document.add_heading("东岭街道2025年工作总结", 0)
    for words in _PARAGRAPHS:
        document.add_paragraph(words)
    first = document.sections[0]
    first.different_first_page_header_footer = True
    first.footer.paragraphs[0].text = "联系人：办公室　电话：见通讯录"
    _field(first.footer.add_paragraph(), "- ", " -")
    _field(first.header.paragraphs[0])
    first.header.add_paragraph("东岭街道办公室")
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.orientation, second.page_width, second.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    table = document.add_table(2, 3)
    table.cell(1, 2).text = "12户"
    third = document.add_section(WD_SECTION.NEW_PAGE)
    third.orientation, third.page_width, third.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    third.footer.is_linked_to_previous = False
    _field(third.footer.paragraphs[0])
    for words in _PARAGRAPHS:
        document.add_paragraph(words)
    return _saved(document)


def boxed() -> bytes:
    """The page number in a text box at the outer edge, as WPS sets it; a picture of a line in the footer."""
    document = python_docx.Document()
    document.add_heading("东岭街道2025年工作总结", 0)
    for words in _PARAGRAPHS:
        document.add_paragraph(words)
    box = document.sections[0].footer.paragraphs[0]
    box._p.append(
        parse_xml(
            f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="a" type="#_x0000_t202" '
            'style="position:absolute;mso-position-horizontal:center"><v:textbox><w:txbxContent><w:p><w:r>'
            '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r>'
            '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>'
            "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    return _saved(document)


ALL = {"pasted": pasted, "typed": typed, "footers": footers, "boxed": boxed}
