"""PDF with a text layer: paragraphs joined over line and page breaks, page numbers left out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gov_writer import ingest
from gov_writer.domain import BlockKind
from tests.ingest.builders import docx, p, pdf


def test_paragraphs_are_joined(tmp_path: Path) -> None:
    full = "全年共排查各类安全隐患八百余处并逐一建立台账明确专人"
    path = tmp_path / "稿.pdf"
    path.write_bytes(
        pdf(
            [
                [
                    (200, 780, "东岭街道工作总结"),
                    (112, 740, "今年以来街道认真落实各项部署扎实推进各项工作共"),
                    (80, 712, full),
                    (80, 684, "限期整改8753处。"),
                    (112, 656, "一、党建引领"),
                    (112, 628, "街道党工委坚持每月开展集中学习全年共计十二次并"),
                    (290, 40, "— 1 —"),
                ],
                [(80, 780, "组织党员参加。"), (112, 752, "另起一段。"), (290, 40, "— 2 —")],
            ]
        )
    )
    source = ingest.read(path)
    assert source.text.split("\n") == [
        "东岭街道工作总结",
        f"今年以来街道认真落实各项部署扎实推进各项工作共{full}限期整改8753处。",
        "一、党建引领",
        "街道党工委坚持每月开展集中学习全年共计十二次并组织党员参加。",
        "另起一段。",
    ]
    assert [b.locator for b in source.blocks] == ["第1页", "第1页", "第1页", "第1页", "第2页"]
    assert [b.kind for b in source.blocks][:3] == [BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.HEADING]


def test_scanned_pages_are_told(tmp_path: Path) -> None:
    path = tmp_path / "稿.pdf"
    path.write_bytes(pdf([[(80, 700, "全年共排查各类安全隐患八百余处并逐一建立台账")], []]))
    assert "第2页" in ingest.read(path).warnings[0]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_old_word_files_through_libreoffice(tmp_path: Path) -> None:
    made = tmp_path / "旧稿.docx"
    made.write_bytes(docx(p("东岭街道工作总结") + p("全年排查隐患8753处。")))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "doc",
         "--outdir", str(tmp_path), str(made)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    source = ingest.read(tmp_path / "旧稿.doc")
    assert source.text == "东岭街道工作总结\n全年排查隐患8753处。"
    (tmp_path / "旧稿.wps").write_bytes((tmp_path / "旧稿.doc").read_bytes())
    assert ingest.read(tmp_path / "旧稿.wps").text == source.text
