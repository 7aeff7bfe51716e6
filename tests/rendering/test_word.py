"""Drafts as .docx: what the file says, that it reads back word for word, and how it comes out in print."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from gov_writer import ingest, pipeline
from gov_writer.checking import run as run_checks
from gov_writer.domain import BlockKind, Draft, DraftBlockKind, Fact, Kind, Ledger, Mention, Source
from gov_writer.rendering.word import docx
from gov_writer.rendering.word.title import lines
from gov_writer.settings import CheckSettings
from tests.rendering.drafts import block, long_draft
from tests.rendering.validity import complaints


def read_back(tmp_path: Path, draft: Draft) -> str:
    path = tmp_path / "稿.docx"
    path.write_bytes(docx(draft))
    return ingest.read(path).text


def test_reads_back_word_for_word(tmp_path: Path) -> None:
    draft = long_draft()
    assert read_back(tmp_path, draft) == draft.text
    source = ingest.read(tmp_path / "稿.docx")
    assert source.blocks[0].kind is BlockKind.TITLE
    assert [b.level for b in source.blocks if b.kind is BlockKind.HEADING][:4] == [1, 2, 3, 4]


def test_the_xml_is_valid() -> None:
    assert complaints(docx(long_draft())) == []


def test_every_clause_that_can_be_read_from_the_file(tmp_path: Path) -> None:
    from eval import docx_peers

    path = tmp_path / "稿.docx"
    docx_peers.ours(path)
    measured = docx_peers.Measured(path.read_bytes())
    assert [what for _, what, test in docx_peers.CLAUSES if not test(measured, path)] == []


def test_our_own_drafts_keep_the_standard(tmp_path: Path) -> None:
    blocks = list(long_draft().blocks)
    blocks[3:3] = [block(K.PARAGRAPH, "【待补：法治建设】")]
    blocks[-2:-2] = [
        block(K.PARAGRAPH, "附件：1.东岭街道2025年主要指标完成情况表和说明"),
        block(K.PARAGRAPH, "2.东岭街道2026年重点项目清单"),
    ]
    path = tmp_path / "稿.docx"
    path.write_bytes(docx(Draft(blocks=tuple(blocks))))
    case = pipeline.case_of(ingest.read(path, with_layout=True), settings=CheckSettings(select=("FMT",)))
    assert run_checks(case).findings == ()


def test_odd_characters_read_back(tmp_path: Path) -> None:
    words = ["<w:t>&amp;]]>", "“引号”‘单’", "前 后　全角空格", "emoji🙂", "制表\t符", "a" * 3000, "0.5㎡"]
    draft = Draft(blocks=tuple(block(DraftBlockKind.PARAGRAPH, word) for word in words))
    assert read_back(tmp_path, draft) == draft.text
    assert (
        read_back(tmp_path, Draft(blocks=(block(DraftBlockKind.PARAGRAPH, "甲\x00\x0b\ud800乙"),))) == "甲乙"
    )


def test_same_draft_same_bytes() -> None:
    assert docx(long_draft()) == docx(long_draft())


def test_page_and_grid() -> None:
    document = python_docx.Document(io.BytesIO(docx(long_draft())))
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert 22 * int(grid.get(qn("w:linePitch"))) <= 297 / 25.4 * 1440 - (37 + 35) / 25.4 * 1440
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.style.name, even.style.name) == ("Footer", "双页码")
    assert " PAGE " in odd._p.xml


@pytest.mark.parametrize(
    ("style", "font", "size", "indent"),
    [
        ("Normal", "仿宋_GB2312", 16, 200),
        ("Title", "方正小标宋简体", 22, 0),
        ("Heading 1", "黑体", 16, 200),
        ("Heading 2", "楷体_GB2312", 16, 200),
        ("Heading 3", "仿宋_GB2312", 16, 200),
        ("Heading 4", "仿宋_GB2312", 16, 200),
    ],
)
def test_styles_carry_the_looks(style: str, font: str, size: int, indent: int) -> None:
    found = python_docx.Document(io.BytesIO(docx(long_draft()))).styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert not [name for name in fonts.attrib if "heme" in name]
    assert found.font.size.pt == size
    assert not found.font.bold
    assert found.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == str(indent)


def test_nothing_is_set_on_runs() -> None:
    document = python_docx.Document(io.BytesIO(docx(long_draft())))
    for paragraph in document.paragraphs:
        assert all(
            child.tag == qn("w:pStyle")
            for child in (paragraph._p.pPr if paragraph._p.pPr is not None else ())
        )
        for run in paragraph.runs:
            properties = run._r.rPr
            if run.style.name == "待补":  # the marker pen is the one thing that Word keeps out of styles
                assert [child.tag for child in properties] == [qn("w:rStyle"), qn("w:highlight")]
            else:
                assert properties is None
    marked = [run.text for p in document.paragraphs for run in p.runs if run.style.name == "待补"]
    assert set(marked) == {"【待补：法治建设】"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("东岭街道2025年工作总结", ["东岭街道2025年工作总结"]),
        ("东岭街道2025年工作总结和2026年工作计划", ["东岭街道2025年工作总结", "和2026年工作计划"]),
        (
            "云溪区东岭街道2025年工作总结和2026年工作计划",
            ["云溪区东岭街道2025年工作总结", "和2026年工作计划"],
        ),
        (
            "云溪区东岭街道关于2025年上半年安全生产工作情况的汇报",
            ["云溪区东岭街道关于", "2025年上半年安全生产工作情况的汇报"],
        ),
    ],
)
def test_titles_break_by_sense(title: str, expected: list[str]) -> None:
    assert lines(title) == expected


@pytest.mark.parametrize("title", ["", "甲", "甲" * 400, "2025" * 30, "、" * 60, "和2026年" * 20])
def test_any_title_stays_whole(title: str) -> None:
    assert "".join(lines(title)) == title


def ends(*blocks: tuple[DraftBlockKind, str]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """The styles of the last paragraphs, and the indents of those styles."""
    draft = Draft(blocks=(*long_draft().blocks[:-2], *(block(kind, text) for kind, text in blocks)))
    document = python_docx.Document(io.BytesIO(docx(draft)))
    names = [p.style.name for p in document.paragraphs[-len(blocks) :]]
    indents = {}
    for name in names:
        found = document.styles[name].element.pPr.find(qn("w:ind"))
        indents[name] = {key.rpartition("}")[2]: value for key, value in found.attrib.items()}
    return names, indents


K = DraftBlockKind


def test_the_signing_unit_is_centred_over_the_date() -> None:
    """7.3.5.1: the date four characters from the right, the unit centred on it, both kept with the text."""
    names, indents = ends(
        (K.PARAGRAPH, "特此报告。"), (K.SIGNATURE, "云溪区东岭街道办事处"), (K.SIGNATURE, "2025年12月20日")
    )
    assert names == ["公文结尾", "发文机关署名", "成文日期"]
    assert indents["成文日期"]["rightChars"] == "400"
    assert indents["发文机关署名"]["rightChars"] == "250"
    _, short = ends((K.SIGNATURE, "东岭街道"), (K.SIGNATURE, "2025年12月20日"))
    assert (short["发文机关署名"]["rightChars"], short["成文日期"]["rightChars"]) == ("550", "400")
    _, long = ends(
        (K.SIGNATURE, "云溪区东岭街道办事处应急管理和安全生产办公室"), (K.SIGNATURE, "2025年12月20日")
    )
    assert (long["发文机关署名"]["rightChars"], long["成文日期"]["rightChars"]) == ("0", "750")


def test_attachments_stand_below_the_text() -> None:
    """7.3.4: an empty line, two characters in, and names that run on stand below the name's first character."""
    names, indents = ends(
        (K.PARAGRAPH, "附件：1.东岭街道2025年主要指标完成情况表"),
        (K.PARAGRAPH, "2.东岭街道2026年重点项目清单"),
        (K.SIGNATURE, "东岭街道"),
    )
    assert names == ["附件说明首项", "附件说明列项", "发文机关署名"]
    assert (indents["附件说明首项"]["leftChars"], indents["附件说明首项"]["hangingChars"]) == ("600", "400")
    assert (indents["附件说明列项"]["leftChars"], indents["附件说明列项"]["hangingChars"]) == ("600", "100")
    assert ends(
        (K.PARAGRAPH, "附件：主要指标完成情况表"),
    )[0] == ["附件说明"]
    assert ends(
        (K.PARAGRAPH, "2.抓好项目建设"),
    )[0] == ["Normal"]


def test_python_docx_saves_it_without_loss(tmp_path: Path) -> None:
    made = io.BytesIO()
    python_docx.Document(io.BytesIO(docx(long_draft()))).save(made)
    (tmp_path / "稿.docx").write_bytes(made.getvalue())
    assert ingest.read(tmp_path / "稿.docx").text == long_draft().text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_it_without_loss(tmp_path: Path) -> None:
    """The text stays, and the layout is still the standard's."""
    (tmp_path / "稿.docx").write_bytes(docx(long_draft()))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "again"), str(tmp_path / "稿.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    again = ingest.read(tmp_path / "again" / "稿.docx", with_layout=True)
    assert again.text == long_draft().text
    case = pipeline.case_of(again, settings=CheckSettings(select=("FMT",)))
    assert run_checks(case).findings == ()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_no_page_holds_the_signature_alone(tmp_path: Path) -> None:
    """7.3.5.5, wherever the text ends on the page."""
    import pypdfium2  # type: ignore[import-untyped]

    names = []
    for count in range(12, 21):
        text = [block(K.PARAGRAPH, "街道组织网格人员入户走访了解群众。")] * count
        signed = [block(K.SIGNATURE, "云溪区东岭街道办事处"), block(K.SIGNATURE, "2025年12月20日")]
        names.append(tmp_path / f"{count}.docx")
        names[-1].write_bytes(docx(Draft(blocks=(*text, *signed))))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *map(str, names)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for name in names:
        pdf = pypdfium2.PdfDocument(name.with_suffix(".pdf"))
        last = pdf[len(pdf) - 1].get_textpage().get_text_range()
        assert "街道组织网格" in last
        assert "月" in last


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_in_print(tmp_path: Path) -> None:
    """Measured in the PDF: 22 lines of 28 characters between the margins, page numbers on the outer side."""
    import pdfplumber

    path = tmp_path / "稿.docx"
    path.write_bytes(docx(long_draft()))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    full = per_line = 0
    with pdfplumber.open(tmp_path / "稿.pdf") as pdf:
        for number, page in enumerate(pdf.pages, 1):
            rows: dict[int, list[dict[str, float]]] = defaultdict(list)
            for char in page.chars:
                if char["text"].strip():
                    rows[round(char["bottom"])].append(char)
            body = {y: row for y, row in rows.items() if row[0]["size"] > 15 and y < 262 / 25.4 * 72}
            assert min(c["x0"] for row in body.values() for c in row) >= 27.5 / 25.4 * 72
            han = [len(row) for row in body.values() if all(c["text"] >= "一" for c in row)]
            per_line = max(per_line, *han, 0)
            full = max(full, len(body))
            foot = min(c["x0"] for y, row in rows.items() if y > 262 / 25.4 * 72 for c in row)
            assert (foot > 105 / 25.4 * 72) is (number % 2 == 1)
        counts = Counter(len(page.chars) for page in pdf.pages)
        assert len(pdf.pages) >= 5, counts
    assert (full, per_line) == (22, 28)


def test_figures_keep_their_facts(tmp_path: Path) -> None:
    """--with-sources: a control around each figure, a table of sources behind, and the text the same."""
    fact = Fact(
        id="F1",
        source="S1",
        locator="第3行",
        mention=Mention(start=0, end=3, text="12次", kind=Kind.QUANTITY, core_start=0, core_end=3),
        subject="开展学习",
    )
    other = replace(fact, id="F2", locator="第4行")
    source = Source(id="S1", path="党建办.md", sha256="", text="12次")
    ledger = Ledger(sources=(source,), facts=(fact, other))
    data = docx(long_draft(), ledger, with_sources=True)
    document = python_docx.Document(io.BytesIO(data))
    body = document.element.body
    tags = [tag.get(qn("w:val")) for tag in body.iter(qn("w:tag"))]
    assert sum(tag.startswith("gov-writer:F1#") for tag in tags) == 6
    table = next(body.iter(qn("w:tbl")))
    rows = [
        "|".join("".join(t.text for t in c.iter(qn("w:t"))) for c in r.iter(qn("w:tc")))
        for r in table.iter(qn("w:tr"))
    ]
    assert rows[:2] == ["序号|数据|统计内容|来源|位置", "1|12次|开展学习|F1 党建办.md|第3行"]
    assert next(table.iter(qn("w:tblHeader"))) is not None
    path = tmp_path / "稿.docx"
    path.write_bytes(data)
    assert ingest.read(path).text == long_draft().text
    assert complaints(data) == []


def test_edits_after_drafting_are_told(tmp_path: Path) -> None:
    """What a person changes, adds or deletes in Word is found again from the file alone."""
    notes = tmp_path / "应急办.md"
    notes.write_text(
        "# 应急办\n- 全年排查隐患8753处。\n- 走访群众1200户。\n- 开展演练36次。\n", encoding="utf-8"
    )
    drafted = pipeline.draft(pipeline.request([str(notes)]))
    path = tmp_path / "稿.docx"
    path.write_bytes(pipeline.render(drafted, "docx", with_sources=True)[0])
    only = CheckSettings(select=("FIG",))
    assert pipeline.examine(pipeline.prepare(path, settings=only)).findings == ()
    document = python_docx.Document(str(path))
    body = document.element.body
    nodes = {node.text: node for node in body.iter(qn("w:t")) if not list(node.iterancestors(qn("w:tbl")))}
    nodes["8753处"].text = "8573处"
    gone = next(sdt for sdt in nodes["36次"].iterancestors(qn("w:sdt")))
    gone.getparent().remove(gone)
    document.paragraphs[-1].insert_paragraph_before("另外完成改造25处。")
    document.save(str(path))
    found = pipeline.examine(pipeline.prepare(path, settings=only)).findings
    assert {(f.rule, f.text) for f in found} == {("FIG112", "8573处"), ("FIG112", "25处"), ("FIG112", "")}
    assert any("36次" in f.message for f in found)
