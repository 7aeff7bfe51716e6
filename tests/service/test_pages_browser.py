"""The pages as a clerk uses them: a real server process, a real browser, real files."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

pytestmark = pytest.mark.slow

NOTES = "# 东岭街道安全办\n\n今年累计排查安全隐患8753处，整改8640处。\n"
DRAFT = "东岭街道工作总结\n\n一、安全稳定\n\n今年累计排查安全隐患8573处，整改8640处。\n\n二、民生服务\n\n新建口袋公园X个。\n"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example, written by ``gov-writer init``."""
    folder = tmp_path_factory.mktemp("example") / "东岭"
    subprocess.run([sys.executable, "-m", "gov_writer", "init", str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft above as a Word file."""
    import docx

    document = docx.Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    path = tmp_path_factory.mktemp("word") / "工作总结.docx"
    document.save(str(path))
    return path


def _check(page: Any, draft: str = DRAFT) -> None:
    page.goto("/")
    page.fill("#against-text", NOTES)
    page.fill("#draft-text", draft)
    page.get_by_role("button", name="核对", exact=True).click()
    page.wait_for_selector("#result .files")  # what the button checked is kept


def test_a_pasted_draft_is_checked(page: Any) -> None:
    _check(page)
    finding = page.locator(".findings li", has_text="FIG102")
    assert "8753处" in finding.inner_text()
    mark = page.locator("mark", has_text="8573处")
    mark.click()
    assert re.search(r"\bon\b", finding.get_attribute("class"))
    page.locator(".findings li", has_text="TXT601").locator("p").first.click()
    assert page.locator("mark.on").inner_text() == "X"
    assert page.locator("mark.on").count() == 1


def test_a_word_file_is_checked(page: Any, word: Path) -> None:
    page.goto("/")
    page.fill("#against-text", NOTES)
    page.set_input_files("#draft-file", word)
    page.wait_for_selector(".findings li:has-text('FIG102')")
    with page.expect_download() as started:
        page.get_by_role("link", name="批注稿").click()
    with zipfile.ZipFile(started.value.path()) as package:
        assert "FIG102" in package.read("word/comments.xml").decode()


def test_findings_are_filtered_and_put_right(page: Any) -> None:
    _check(page)
    finding = page.locator(".findings li", has_text="FIG102")
    page.get_by_label("错误").uncheck()
    assert not finding.is_visible()
    page.get_by_label("错误").check()
    finding.get_by_role("button", name="改为").click()
    finding.wait_for(state="detached")  # checked again by itself
    assert page.input_value("#draft-text") == DRAFT.replace("8573处", "8753处")


def test_a_dismissed_finding_stays_dismissed(page: Any) -> None:
    draft = DRAFT.replace("东岭", "西岭")
    _check(page, draft)
    finding = page.locator(".findings li.error", has_text="FIG102")
    finding.get_by_text("不是问题").click()
    finding.get_by_role("textbox").fill("材料尚未更新")
    finding.get_by_role("button", name="忽略").click()
    page.locator("li.dismissed", has_text="材料尚未更新").wait_for()
    _check(page, draft + "\n三、结语\n")  # the next version
    assert page.locator("li.error", has_text="FIG102").count() == 0
    page.get_by_text("已忽略 1 条").click()
    page.get_by_role("button", name="恢复").click()
    page.get_by_text("已恢复").wait_for()
    _check(page, draft)
    assert page.locator("li.error", has_text="FIG102").count() == 1


def test_a_draft_is_written_and_downloaded(page: Any, example: Path) -> None:
    page.goto("/write")
    page.set_input_files("#sources", [*sorted((example / "notes").iterdir()), example / "指标.xlsx"])
    page.set_input_files("#examples", sorted((example / "reports").iterdir()))
    page.fill("#period", "2025")
    page.get_by_role("button", name="起草", exact=True).click()
    page.wait_for_selector("article.paper", timeout=60_000)
    mark = page.locator("mark.figure").first
    mark.click()
    source = page.locator(".findings li.on")
    assert mark.inner_text() in source.inner_text()
    assert "行：" in source.locator(".evidence").first.inner_text()  # the place, then the sentence itself
    page.locator("mark.figure").nth(2).hover()
    assert page.locator("mark.figure").nth(2).inner_text() in source.inner_text()
    assert _serious(page) == []
    with page.expect_download() as started:
        page.get_by_role("link", name="docx").click()
    assert Path(started.value.path()).read_bytes()[:2] == b"PK"


def test_many_are_checked_and_kept_in_history(page: Any, word: Path, tmp_path: Path) -> None:
    notes, good = tmp_path / "材料.md", tmp_path / "无误.md"
    notes.write_text(NOTES, encoding="utf-8")
    good.write_text("一、安全稳定\n\n今年累计排查安全隐患8753处，整改8640处。\n", encoding="utf-8")
    page.goto("/many")
    page.set_input_files("#drafts", [good, word])
    page.set_input_files("#against", notes)
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("#result tbody tr", timeout=60_000)
    rows = page.locator("#result tbody tr")
    assert rows.count() == 2
    assert "工作总结.docx" in rows.first.inner_text()  # what needs attention comes first
    assert _serious(page) == []
    with page.expect_download() as started:
        page.get_by_role("link", name="xlsx").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()))
    assert book.sheetnames == ["汇总", "问题", "规则"]
    assert "FIG102" in {row[1].value for row in book["问题"].rows}
    page.get_by_role("link", name="历史").click()
    page.get_by_role("link", name="查看").first.click()
    page.wait_for_selector("#result tbody tr")
    page.get_by_role("link", name="工作总结.docx").click()
    page.wait_for_selector(".findings li:has-text('FIG102')")


def test_rules_open_by_their_code(page: Any) -> None:
    page.goto("/rules#FIG102")
    assert page.locator("#FIG102").get_attribute("open") is not None
    assert page.locator("#FIG102").get_by_text("正例").is_visible()


AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"


def _serious(page: Any) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    page.evaluate(
        AXE.read_text(encoding="utf-8")
    )  # evaluated by the driver: the strict content policy stays on
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/write", "/many", "/history", "/rules"])
def test_no_serious_accessibility_fault(page: Any, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    if path == "/":
        _check(page)
    assert _serious(page) == []
