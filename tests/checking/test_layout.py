"""FMT on real files: our own drafts keep the standard, what python-docx makes by default does not."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest
from docx.shared import Mm, Pt

from gov_writer import ingest, pipeline
from gov_writer.checking import run
from gov_writer.rendering.word import docx
from gov_writer.settings import CheckSettings
from tests.rendering.drafts import long_draft


def codes(path: Path) -> list[str]:
    case = pipeline.case_of(
        ingest.read(path, id="D", with_layout=True), settings=CheckSettings(select=("FMT",))
    )
    return [finding.rule for finding in run(case).findings]


def test_our_own_drafts_keep_the_standard(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(docx(long_draft()))
    assert codes(path) == []


def test_a_default_document_does_not(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_heading("东岭街道2025年工作总结", 0)
    document.add_heading("一、主要做法", 1)
    for _ in range(4):
        document.add_paragraph("街道党工委坚持每月集中学习，组织党员干部下沉网格开展服务活动。")
    document.save(str(tmp_path / "稿.docx"))
    assert set(codes(tmp_path / "稿.docx")) == {"FMT901", "FMT902", "FMT903", "FMT904"}


@pytest.mark.parametrize("what", ["margin", "heading", "body", "number"])
def test_one_thing_changed_by_hand_is_found(tmp_path: Path, what: str) -> None:
    document = python_docx.Document(io.BytesIO(docx(long_draft())))
    match what:
        case "margin":
            document.sections[0].left_margin = Mm(31.8)
        case "heading":
            heading = next(p for p in document.paragraphs if p.style.name == "Heading 1")
            heading.runs[0].font.size = Pt(15)
        case "body":
            body = next(p for p in document.paragraphs if p.style.name == "Normal")
            body.paragraph_format.first_line_indent = Pt(0)
            body._p.pPr.ind.set(
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}firstLineChars", "0"
            )
        case "number":
            for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
                for paragraph in footer.paragraphs:
                    paragraph._p.getparent().remove(paragraph._p)
                footer.add_paragraph()
    document.save(str(tmp_path / "稿.docx"))
    expected = {"margin": "FMT901", "heading": "FMT902", "body": "FMT903", "number": "FMT904"}[what]
    found = codes(tmp_path / "稿.docx")
    assert found[:1] == [expected], found
    assert set(found) <= {expected, "FMT901"}
