"""Many reports at once in a browser: files, a folder, an archive, the district's total."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.service.browser import DRAFT, NOTES, finding, serious, sideways, word

pytestmark = pytest.mark.slow

EAST = "东岭街道2025年工作总结\n\n一、安全\n\n2025年排查燃气隐患120处，整改118处。开展演练16场。\n"
WEST = "西岭街道2025年工作总结\n\n一、安全\n\n2025年排查燃气隐患98处，整改98处。新建公园X个。开展演练9场。\n"
TOTAL = "云溪区2025年工作总结\n\n一、安全\n\n2025年排查燃气隐患228处，整改216处。开展演练25场。\n"


def test_many_are_checked_and_kept_in_history(page: Any, tmp_path: Path) -> None:
    report = word(tmp_path / "工作总结.docx", DRAFT)
    notes, good = tmp_path / "材料.md", tmp_path / "无误.md"
    notes.write_text(NOTES, encoding="utf-8")
    good.write_text("一、安全稳定\n\n今年累计排查安全隐患8753处，整改8640处。\n", encoding="utf-8")
    page.goto("/many")
    page.set_input_files("#drafts", [good, report])
    page.set_input_files("#against", notes)
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("#reports", timeout=60_000)
    rows = page.locator("#reports tbody tr")
    assert rows.count() == 2
    assert "工作总结.docx" in rows.first.inner_text()  # what needs attention comes first
    assert "FIG102" in rows.first.inner_text()
    assert page.get_by_role("img", name="各规则的问题数", exact=False).is_visible()
    assert serious(page) == []
    with page.expect_download() as started:
        page.get_by_role("link", name="汇总表").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()))
    assert book.sheetnames == ["汇总", "问题", "规则"]
    assert "FIG102" in {row[1].value for row in book["问题"].rows}
    page.get_by_role("link", name="历史").click()
    page.get_by_role("link", name="查看").first.click()
    page.get_by_role("link", name="工作总结.docx").click()
    assert "8753处" in finding(page, "FIG102").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_archive_is_held_against_the_total(page: Any, tmp_path: Path, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    packed, total = tmp_path / "报告.zip", tmp_path / "全区.md"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("各街道/东岭.md", EAST)
        archive.writestr("各街道/西岭.md", WEST)
        archive.writestr("各街道/照片.jpg", "no report")
    total.write_text(TOTAL, encoding="utf-8")
    page.goto("/many")
    page.set_input_files("#drafts", packed)
    page.set_input_files("#total", total)
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("#reports", timeout=60_000)
    assert "西岭.md" in page.locator("#reports tbody tr").first.inner_text()
    assert page.get_by_text("没有读的 1 个文件").is_visible()
    matrix = page.get_by_role("table", name="指标对照", exact=False)
    first = matrix.locator("tbody tr").first.inner_text()
    assert "不符" in first
    assert "228处" in first
    assert "218" in first
    assert page.get_by_text("REC951").first.is_visible()
    assert serious(page) == []
    assert sideways(page) <= 0
    with page.expect_download() as started:
        page.get_by_role("link", name="指标对照表").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()))
    assert book.sheetnames == ["对照表", "原文"]


def test_a_folder_is_taken_whole(page: Any, tmp_path: Path) -> None:
    folder = tmp_path / "各街道报告"
    (folder / "东片").mkdir(parents=True)
    (folder / "东片" / "东岭.md").write_text(EAST, encoding="utf-8")
    (folder / "西岭.md").write_text(WEST, encoding="utf-8")
    (folder / "说明.url").write_text("x", encoding="utf-8")
    page.goto("/many")
    page.set_input_files("#folder", folder)
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("#reports", timeout=60_000)
    assert page.locator("#reports tbody tr").count() == 2


def test_a_bomb_and_an_empty_choice_are_told(page: Any, tmp_path: Path) -> None:
    bomb = tmp_path / "大.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", b"0" * 50_000_000)
    page.goto("/many")
    page.get_by_role("button", name="开始核对").click()
    page.locator("#trouble .problem", has_text="没有要核对的报告").wait_for()
    page.set_input_files("#drafts", bomb)
    page.get_by_role("button", name="开始核对").click()
    page.locator("#trouble .problem", has_text="大得不正常").wait_for()


def test_a_report_that_cannot_be_read_stands_first_and_names_stay_in_place(page: Any, tmp_path: Path) -> None:
    bad = tmp_path / f"{'很长的文件名' * 12}.docx"
    bad.write_bytes(b"nothing")
    good = tmp_path / "东岭.md"
    good.write_text(EAST, encoding="utf-8")
    page.goto("/many")
    page.set_input_files("#drafts", [good, bad])
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("#reports", timeout=60_000)
    assert "读不出" in page.locator("#reports tbody tr").first.inner_text()
    assert sideways(page) <= 0
