"""``gov-writer format``: the standard's layout, and not a character changed."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from lxml import etree

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.rendering import relayout
from gov_writer.settings import CheckSettings
from tests.ingest.builders import W, docx, p, r
from tests.ooxml import quirks
from tests.rendering import messy as messy_documents
from tests.rendering.random_documents import Maker, parts_of
from tests.rendering.validity import complaints


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
    assert faults(out) == []
    document = python_docx.Document(str(out))
    assert (
        document.paragraphs[-1].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    )  # a unit without a date: it keeps its side
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
    assert faults(again) == []
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
    section = python_docx.Document(str(out)).sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert [p.text for p in footer.paragraphs] == ["联系人：办公室", "— 1 —"]
    assert section.footer.paragraphs[1].style.name == "公文单页码"
    assert section.even_page_footer.paragraphs[1].style.name == "公文双页码"
    assert faults(out) == []


@pytest.mark.parametrize("name", messy_documents.ALL)
def test_documents_as_offices_send_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(messy_documents.ALL[name]())
    assert len(faults(path)) >= 5
    out = laid_out(path)
    assert faults(out) == []
    assert set(complaints(out.read_bytes())) <= set(complaints(path.read_bytes())) | {
        c for c in complaints(out.read_bytes()) if "stylesWithEffects" in c
    }


def test_a_title_on_two_lines_the_signature_and_the_attachments(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(messy_documents.typed())
    document = python_docx.Document(str(laid_out(path)))
    looks = [(p.style.name, p.text.strip()[:6]) for p in document.paragraphs if p.text.strip()]
    assert looks[:3] == [("Title", "云溪区东岭街"), ("Title", "和2026年"), ("主送机关", "区委、区政府")]
    assert [name for name, _ in looks[-4:]] == ["附件说明首项", "附件说明列项", "发文机关署名", "成文日期"]
    first = document.paragraphs[0]._p.pPr.find(qn("w:spacing"))
    assert first.get(qn("w:after")) == "0"  # the second line follows at once
    indents = {
        p.text[:2]: p._p.pPr.find(qn("w:ind")) for p in document.paragraphs if p.style.name == "公文正文"
    }
    assert indents["　　"].get(qn("w:firstLineChars")) == "0"  # typed blanks count
    assert document.paragraphs[6]._p.pPr.find(qn("w:tabs")) is not None


def test_a_title_with_a_typed_line_break(tmp_path: Path) -> None:
    document = python_docx.Document()
    title = document.add_paragraph("云溪区东岭街道2025年工作总结")
    title.runs[0].add_break()
    title.add_run("和2026年工作计划")
    document.add_paragraph("区委、区政府：")
    document.add_paragraph("街道党工委坚持每月集中学习，组织党员干部下沉网格开展服务活动。")
    document.save(str(tmp_path / "稿.docx"))
    out = python_docx.Document(str(laid_out(tmp_path / "稿.docx")))
    assert [p.style.name for p in out.paragraphs] == ["公文标题（分行）", "主送机关", "公文正文"]
    assert faults(tmp_path / "排版.docx") == []


def test_a_number_in_a_box_on_the_outer_side_is_seen(tmp_path: Path) -> None:
    """As WPS sets it: a text box that stands outside, on odd pages right and on even ones left."""
    path = tmp_path / "稿.docx"
    path.write_bytes(messy_documents.boxed())
    layout = ingest.read(path, with_layout=True).layout
    assert layout is not None
    assert layout.number is not None
    assert not layout.number.outer
    parts = parts_of(path.read_bytes())
    name = next(n for n in parts if "footer" in n and b"txbxContent" in parts[n])
    parts[name] = parts[name].replace(b"horizontal:center", b"horizontal:outside")
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    layout = ingest.read(path, with_layout=True).layout
    assert layout is not None
    assert layout.number is not None
    assert layout.number.outer


def test_pictures_are_not_cut_off(tmp_path: Path) -> None:
    import base64

    dot = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    document = python_docx.Document()
    for words in (
        "东岭街道2025年工作总结",
        "走访情况见下面的照片，共计走访了十二户困难群众。",
        "",
        "走访结束后逐户登记了台账，并及时反馈了结果。",
    ):
        document.add_paragraph(words)
    for number in (1, 2):
        document.paragraphs[number].add_run().add_picture(io.BytesIO(dot), width=Mm(50))
    document.save(str(tmp_path / "稿.docx"))
    out = python_docx.Document(str(laid_out(tmp_path / "稿.docx")))
    assert out.paragraphs[1]._p.pPr.find(qn("w:spacing")).get(qn("w:lineRule")) == "auto"
    assert out.paragraphs[2]._p.pPr is None
    assert len(out.inline_shapes) == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("way", ["html", "odt", "doc"])
def test_documents_that_went_through_other_programs(tmp_path: Path, way: str) -> None:
    def convert(kind: str, source: Path, *more: str) -> Path:
        out = tmp_path / kind[:3]
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", *more, "--convert-to",
             kind, "--outdir", str(out), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return out / f"{source.stem}.{kind.partition(':')[0]}"

    word = "docx:MS Word 2007 XML"
    path = tmp_path / "稿.docx"
    if way == "html":
        (tmp_path / "稿.html").write_text(messy_documents.HTML, encoding="utf-8")
        made = [convert(word, tmp_path / "稿.html", "--infilter=HTML (StarWriter)")]
    else:
        made = []
        for name in ("typed", "pasted", "footers"):
            path = tmp_path / f"{name}.docx"
            path.write_bytes(messy_documents.ALL[name]())
            made.append(convert(word, convert(way, path)))
    for path in made:
        assert len(faults(path)) >= 5
        assert faults(laid_out(path)) == []


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


def words_of(data: bytes) -> dict[str, str]:
    """Every part's words, deleted ones and those of both kinds of text boxes included."""
    found = {}
    for name, xml in parts_of(data).items():
        if name.startswith("word/") and name.endswith(".xml") and "footer" not in name:
            texts = [n.text or "" for n in etree.fromstring(xml).iter(qn("w:t"), qn("w:delText"), qn("m:t"))]
            found[name] = "".join(texts)
    return found


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_not_a_character_of_any_document_changes(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 40):
        data = Maker(seed).document()
        path = tmp_path / "稿.docx"
        path.write_bytes(data)
        before = ingest.read(path)
        done = relayout(data, before)
        path.write_bytes(done)
        assert ingest.read(path).text == before.text, seed
        after = words_of(done)
        assert {name: after[name] for name in words_of(data)} == words_of(data), seed
        old, new = parts_of(data), parts_of(done)
        changed = {name for name in old if old[name] != new[name]}
        assert changed <= {
            "word/document.xml",
            "word/header1.xml",
            "[Content_Types].xml",
            "word/_rels/document.xml.rels",
        }


def test_a_number_among_words_is_told_and_a_later_first_page_has_it_outside(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_paragraph("东岭街道2025年工作总结")
    for words in ("一、工作回顾", "全年完成改造12处，走访企业30家。", "二、打算", "再改造8处。"):
        document.add_paragraph(words)
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("东岭街道 第")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    footer._p.append(field)
    footer.add_run("页")
    later = document.add_section()
    later.different_first_page_header_footer = True
    document.add_paragraph("三、附表")
    path = tmp_path / "a.docx"
    document.save(str(path))
    data, warnings = pipeline.laid_out(path)
    assert any("东岭街道 第页" in line or "东岭街道 第" in line for line in warnings)
    again = python_docx.Document(io.BytesIO(data))
    assert "东岭街道 第" in again.sections[0].footer.paragraphs[0].text
    first = again.sections[1].first_page_footer
    assert not first.is_linked_to_previous
    assert [p.style.style_id for p in first.paragraphs if "—" in p.text] == ["GwNumberOuter"]
    frame = again.styles["公文外侧页码"].element.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    assert frame is not None and frame.get(qn("w:xAlign")) == "outside"


def test_word_2010_shows_the_new_styles(tmp_path: Path) -> None:
    """stylesWithEffects.xml, where Word 2010 looks for styles before all others, goes."""
    path = tmp_path / "稿.docx"
    path.write_bytes(quirks.document("styles for Word 2010"))
    parts = parts_of(laid_out(path).read_bytes())
    assert "word/stylesWithEffects.xml" not in parts
    assert not any(b"stylesWithEffects" in xml for xml in parts.values())


@pytest.mark.parametrize(("wide", "lying"), [(12_000, False), (12_000, True), (8_000, False)])
def test_tables_fit_their_page(tmp_path: Path, *, wide: int, lying: bool) -> None:
    """One wider than the page shrinks, its columns in proportion; on a page that lies it has more room."""
    document = python_docx.Document()
    document.add_heading("东岭街道2025年工作总结", 0)
    if lying:
        section = document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    table = document.add_table(2, 4)
    for column, share in zip(table.columns, (1, 2, 2, 3), strict=True):
        column.width = Twips(wide * share // 8)
        for cell in column.cells:
            cell.width = column.width
    document.save(str(path := tmp_path / "稿.docx"))
    done = python_docx.Document(str(laid_out(path))).tables[0]
    widths = [column.width.twips for column in done.columns]
    assert sum(widths) == pytest.approx(min(wide, wide if lying else 8845), abs=8)
    assert widths[3] == pytest.approx(3 * widths[0], abs=4)
    assert [cell.width.twips for cell in done.rows[1].cells] == pytest.approx(widths, abs=1)


def test_small_print_is_not_pulled_apart(tmp_path: Path) -> None:
    """Tables, notes and headers keep their own pitch: the grid of 28 characters is the text's."""
    path = messy(tmp_path / "稿.docx")
    styles = etree.fromstring(parts_of(laid_out(laid_out(path)).read_bytes())["word/styles.xml"])
    found = styles.findall(f"{qn('w:docDefaults')}//{qn('w:snapToGrid')}")
    assert [one.get(qn("w:val")) for one in found] == ["0", "0"]
