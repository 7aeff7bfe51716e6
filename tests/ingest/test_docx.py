"""Word documents: reading order, tracked changes, generated numbers, notes, hidden text."""

from __future__ import annotations

from pathlib import Path

import docx as python_docx
import pytest

from gov_writer import ingest
from gov_writer.domain import BlockKind, Source
from gov_writer.errors import GovWriterError
from tests.ingest.builders import W, document_xml, docx, p, r

_STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>
<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="h"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""
_NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def read(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> Source:
    path = tmp_path / "稿.docx"
    path.write_bytes(docx(body, parts))
    return ingest.read(path)


def shown(source: Source) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.locator, source.text[b.start : b.end]) for b in source.blocks]


def styled(style: str, words: str) -> str:
    return p(words, properties=f'<w:pStyle w:val="{style}"/>')


def test_generated_numbers_are_read(tmp_path: Path) -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    body = styled("1", "总体情况") + styled("2", "党建") + styled("2", "民生") + styled("1", "下步打算")
    body += styled("2", "项目") + p("按期报送", properties=listed) + p("不得迟报", properties=listed)
    source = read(tmp_path, body, {"styles": _STYLES, "numbering": _NUMBERING})
    assert source.text.split("\n") == [
        "一、总体情况",
        "（一）党建",
        "（二）民生",
        "二、下步打算",
        "（一）项目",
        "第九条 按期报送",
        "第十条 不得迟报",
    ]
    assert [b.level for b in source.blocks] == [1, 2, 2, 1, 2, 0, 0]
    assert [b.kind for b in source.blocks][-1] is BlockKind.ITEM


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    body = p(
        "整改隐患",
        '<w:del w:id="1"><w:r><w:delText>8573</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{r("8753")}</w:ins>',
        "处。",
    )
    body += p("第一段", properties='<w:rPr><w:del w:id="3"/></w:rPr>') + p("接着说。") + p("末段。")
    assert read(tmp_path, body).text == "整改隐患8753处。\n第一段接着说。\n末段。"


def test_controls_fields_and_boxes(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("12月20日")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('东岭街道')}</w:sdtContent></w:sdt>"
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('点此输入')}</w:sdtContent></w:sdt>"
    )
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('框内3项')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{p('框内3项')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read(tmp_path, p(control, prompt, "于", field, "完成", box, "验收。") + p("其后。"))
    assert source.text == "东岭街道于12月20日完成验收。\n框内3项\n其后。"
    assert shown(source)[1] == ("note", 0, "文本框1", "框内3项")


def test_notes_headers_and_hidden_text(tmp_path: Path) -> None:
    footnotes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="0" w:type="separator">{p("x")}</w:footnote>'
        f'<w:footnote w:id="1">{p("数据来自民政办")}</w:footnote></w:footnotes>'
    )
    header = f'<w:hdr xmlns:w="{W}">{p("东岭街道办事处")}</w:hdr>'
    footer = f'<w:ftr xmlns:w="{W}">{p("— 1 —")}</w:ftr>'
    body = p("救助128户", r("，另有隐藏", "<w:vanish/>"), "。")
    source = read(
        tmp_path, body, {"styles": _STYLES, "footnotes": footnotes, "header1": header, "footer1": footer}
    )
    assert source.text == "救助128户，另有隐藏。\n数据来自民政办\n东岭街道办事处"
    assert [b.locator for b in source.blocks] == ["第1段", "脚注1", "页眉"]
    assert "隐藏" in source.warnings[0]


def test_merged_and_nested_tables(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    document = python_docx.Document()
    document.add_paragraph("以下为各社区情况。")
    table = document.add_table(4, 4)
    rows = [
        ["社区", "排查（处）", "", "备注"],
        ["", "上半年", "下半年", ""],
        ["清泉社区", "12", "8", ""],
        ["合计", "12", "8", ""],
    ]
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            if word:
                table.cell(row, column).text = word
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 3).add_table(1, 2).cell(0, 0).text = "内表"
    document.add_paragraph("以上。")
    document.save(str(path))
    source = ingest.read(path)
    figures = {c.locator + source.text[c.start : c.end]: c for c in source.tables[0].cells if c.number}
    first = figures["表1第3行12"]
    assert (first.headers, first.labels, first.unit) == (("排查", "上半年"), ("清泉社区",), "处")
    assert figures["表1第4行8"].is_total
    assert source.text.index("内表") < source.text.index("以上")
    assert len(source.tables) == 2


def test_title_and_headings_by_their_looks(tmp_path: Path) -> None:
    body = (
        p("东岭街道2025年工作总结")
        + p("一、党建引领有力")
        + p("（一）抓学习。全年学习12次。")
        + p("1.建章立制。出台5项制度。")
    )
    assert shown(read(tmp_path, body)) == [
        ("title", 0, "第1段", "东岭街道2025年工作总结"),
        ("heading", 1, "第2段", "一、党建引领有力"),
        ("heading", 2, "第3段", "（一）抓学习。"),
        ("paragraph", 0, "第3段", "全年学习12次。"),
        ("heading", 3, "第4段", "1.建章立制。"),
        ("paragraph", 0, "第4段", "出台5项制度。"),
    ]


def test_strict_namespace_is_read(tmp_path: Path) -> None:
    xml = document_xml(p("严格格式的文件")).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    path = tmp_path / "严格.docx"
    path.write_bytes(docx("", document=xml))
    assert ingest.read(path).text == "严格格式的文件"


def test_macros_are_not_run_but_said(tmp_path: Path) -> None:
    path = tmp_path / "宏.docm"
    path.write_bytes(docx(p("有宏的文件")))
    assert "宏" in ingest.read(path).warnings[0]


@pytest.mark.parametrize("body", ["<w:p>", "", "<w:p><w:r><w:t>\x01</w:t></w:r></w:p>"])
def test_broken_or_empty_xml(tmp_path: Path, body: str) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(docx(body))
    with pytest.raises(GovWriterError, match="坏"):
        ingest.read(path)
