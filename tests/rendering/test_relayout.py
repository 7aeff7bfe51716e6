"""``gov-writer format``: the standard's layout, and not a character changed."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.settings import CheckSettings
from tests.ingest.builders import W, docx, p, r

#: What can't be mended without changing characters.
TYPED = "FMT903 段首用空格代替首行缩进，标准是首行缩进二字。"


def laid_out(path: Path) -> Path:
    data, _ = pipeline.laid_out(path)
    out = path.with_name("排版.docx")
    out.write_bytes(data)
    assert ingest.read(out).text == ingest.read(path).text
    return out


def faults(path: Path) -> list[str]:
    case = pipeline.case_of(
        ingest.read(path, id="D", with_layout=True), settings=CheckSettings(select=("FMT",))
    )
    return [f"{f.rule} {f.message}" for f in run(case).findings]


def messy(path: Path) -> Path:
    """What a clerk sends: letter paper, Word's own headings, pasted fonts, a table, a signature."""
    document = python_docx.Document()
    document.add_heading("东岭街道2025年工作总结", 0)
    document.add_paragraph("区委、区政府：")
    document.add_heading("一、主要做法", 1)
    for number in range(5):
        paragraph = document.add_paragraph()
        run_ = paragraph.add_run("街道党工委坚持每月集中学习，")
        run_.font.name, run_.font.size, run_.bold = "Arial", Pt(9 + number), True
        paragraph.add_run("组织党员干部下沉网格开展服务活动12次。").italic = True
    document.add_paragraph("（一）抓实安全生产。组织网格人员逐户走访了解情况，逐条建立台账限期整改。")
    document.add_paragraph("　　空格缩进的一段，从别处粘贴而来，文字也不能有任何改动。")
    document.add_paragraph("列表里的一项工作已经按期完成并报送了有关情况。", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "指标", "12户"
    signer = document.add_paragraph("东岭街道办事处")
    signer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.sections[0].header.paragraphs[0].text = "东岭街道"
    document.sections[0].left_margin = Mm(20)
    document.save(str(path))
    return path


def test_a_messy_document_keeps_the_standard_afterwards(tmp_path: Path) -> None:
    path = messy(tmp_path / "稿.docx")
    assert len(faults(path)) >= 5
    out = laid_out(path)
    assert faults(out) == [TYPED]
    document = python_docx.Document(str(out))
    assert document.paragraphs[-1].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert document.sections[0].header.paragraphs[0].text == "东岭街道"
    assert document.sections[0].even_page_header.paragraphs[0].text == "东岭街道"
    assert document.tables[0].cell(1, 1).text == "12户"


def test_twice_is_once(tmp_path: Path) -> None:
    once = laid_out(messy(tmp_path / "稿.docx"))
    first = once.read_bytes()
    second = pipeline.laid_out(once)[0]
    again = tmp_path / "再.docx"
    again.write_bytes(second)
    assert ingest.read(again).text == ingest.read(once).text
    assert faults(again) == [TYPED]
    assert (
        len(zipfile.ZipFile(io.BytesIO(second)).namelist())
        <= len(zipfile.ZipFile(io.BytesIO(first)).namelist()) + 2
    )


def test_a_document_without_styles_footers_or_section(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(
        docx(
            p("东岭街道工作总结")
            + p(r("一、做法", "<w:b/>"))
            + p("街道党工委坚持每月集中学习并抓好落实。") * 3
        )
    )
    assert faults(laid_out(path)) == []


def test_generated_numbers_stay(tmp_path: Path) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    heading = p("做法", properties='<w:pStyle w:val="1"/>')
    path = tmp_path / "稿.docx"
    path.write_bytes(
        docx(heading + p("街道党工委坚持学习。") + heading, {"styles": styles, "numbering": numbering})
    )
    assert ingest.read(laid_out(path)).text == "一、做法\n街道党工委坚持学习。\n二、做法"


def test_a_footer_with_words_stays(tmp_path: Path) -> None:
    path = messy(tmp_path / "稿.docx")
    document = python_docx.Document(str(path))
    document.sections[0].footer.paragraphs[0].text = "联系人：办公室"
    document.save(str(path))
    out = laid_out(path)
    assert python_docx.Document(str(out)).sections[0].footer.paragraphs[0].text == "联系人：办公室"


@pytest.mark.parametrize("name", ["稿.md", "没有.docx"])
def test_bad_calls(tmp_path: Path, name: str) -> None:
    (tmp_path / "稿.md").write_text("一行字", encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        "from gov_writer.cli import main; main()",
        "format",
        str(tmp_path / name),
    ]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "出.docx")], capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "出.docx").exists()
