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


def ruled(
    *rows: float, columns: tuple[float, ...] = (80, 240, 380, 520)
) -> list[tuple[float, float, float, float]]:
    """The lines of a grid with these row and column edges."""
    lines = [(columns[0], y, columns[-1], y) for y in rows]
    return lines + [(x, rows[0], x, rows[-1]) for x in columns]


def test_ruled_tables_are_tables(tmp_path: Path) -> None:
    path = tmp_path / "稿.pdf"
    lines = [
        (80, 780, "全年各项指标完成情况见下表。"),
        (90, 712, "指标"), (250, 712, "单位"), (390, 712, "完成"),
        (90, 682, "排查安全隐患"), (250, 682, "处"), (390, 682, "8,753"),
        (90, 652, "新增就业人数"), (250, 652, "人"), (390, 652, "905"),
        (112, 600, "以上数据由各科室报送。"),
    ]  # fmt: skip
    more = [
        (90, 752, "指标"),
        (250, 752, "单位"),
        (390, 752, "完成"),
        (90, 722, "走访群众"),
        (250, 722, "户"),
        (390, 722, "120"),
    ]
    path.write_bytes(pdf([lines, more], rules=[ruled(730, 700, 670, 640), ruled(770, 740, 710)]))
    source = ingest.read(path)
    assert source.text.split("\n") == [
        "全年各项指标完成情况见下表。",
        "指标\t单位\t完成",
        "排查安全隐患\t处\t8,753",
        "新增就业人数\t人\t905",
        "以上数据由各科室报送。",
        "指标\t单位\t完成",
        "走访群众\t户\t120",
    ]
    assert [len(table.cells) for table in source.tables] == [9, 6]
    cell = next(c for c in source.tables[0].cells if source.text[c.start : c.end] == "8,753")
    assert (cell.locator, cell.unit) == ("第1页表1第2行", "处")


def test_a_table_goes_on_over_the_page(tmp_path: Path) -> None:
    path = tmp_path / "稿.pdf"
    first = [
        (90, 112, "指标"),
        (250, 112, "单位"),
        (390, 112, "完成"),
        (90, 82, "排查安全隐患"),
        (250, 82, "处"),
        (390, 82, "8753"),
    ]
    second = [
        (90, 752, "指标"),
        (250, 752, "单位"),
        (390, 752, "完成"),
        (90, 722, "走访困难群众"),
        (250, 722, "户"),
        (390, 722, "120"),
    ]
    path.write_bytes(pdf([first, second], rules=[ruled(130, 100, 70), ruled(770, 740, 710)]))
    (table,) = ingest.read(path).tables
    assert [(c.locator, c.unit) for c in table.cells if c.number is not None] == [
        ("第1页表1第2行", "处"),
        ("第2页表1第2行", "户"),
    ]


def test_frames_and_strips_are_no_tables(tmp_path: Path) -> None:
    """Rules without boxes around each cell, and words outside the boxes: the lines stay as they are."""
    path = tmp_path / "稿.pdf"
    lines = [(90, 712, "指标"), (390, 712, "完成"), (90, 682, "排查安全隐患"), (390, 682, "8753")]
    strips = [(80, y, 520, y) for y in (730, 728, 700, 698, 670, 668)]
    path.write_bytes(pdf([lines], rules=[strips]))
    assert ingest.read(path).tables == ()
    path.write_bytes(
        pdf(
            [[(60, 690, "一行字跨过了两行两列的边线到处都是")]],
            rules=[ruled(730, 700, 670, columns=(80, 240, 380))],
        )
    )
    assert "一行字跨过了两行两列的边线到处都是" in ingest.read(path).text
    assert ingest.read(path).tables == ()


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
