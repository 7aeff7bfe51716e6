"""The way of a draft in a browser: facts read, corrected and struck, written, edited, kept, compared."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.service.browser import serious, sideways
from tests.service.conftest import until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example, written by ``gov-writer init``."""
    folder = tmp_path_factory.mktemp("example") / "东岭"
    subprocess.run([sys.executable, "-m", "gov_writer", "init", str(folder)], check=True, capture_output=True)
    return folder


def _read(page: Any, example: Path) -> None:
    page.goto("/write")
    page.set_input_files("#sources", [*sorted((example / "notes").iterdir()), example / "指标.xlsx"])
    page.set_input_files("#examples", sorted((example / "reports").iterdir()))
    page.fill("#period", "2025")
    page.get_by_role("button", name="读取材料").click()
    page.wait_for_selector("#facts")


def _write(page: Any) -> None:
    page.get_by_role("button", name="起草", exact=False).last.click()
    page.wait_for_selector("#draft-text", timeout=60_000)


def _row(page: Any, words: str) -> Any:
    return page.locator("#facts tbody tr", has_text=words).first


def _correct(page: Any, words: str, typed: str | None) -> None:
    row = _row(page, words)
    row.locator("summary").click()
    if typed is None:
        row.get_by_role("button", name="划去").click()
    else:
        row.locator("input[name=text]").fill(typed)
        row.get_by_role("button", name="改为").click()


def _fold(page: Any, words: str) -> Any:
    """A fold of the panel beside the text, opened."""
    summary = page.locator(".panel > details > summary", has_text=words)
    summary.click()
    return summary.locator("..")


def test_facts_are_seen_corrected_struck_and_bound(page: Any, example: Path) -> None:
    _read(page, example)
    assert "第5行" in _row(page, "38场").inner_text()
    assert (
        "指标!" in page.locator("#facts").inner_text() or "经济指标!" in page.locator("#facts").inner_text()
    )
    page.fill("#find-fact", "夜话")
    assert page.locator("#facts tbody tr:visible").count() == 2
    page.fill("#find-fact", "")
    _correct(page, "38场", "39")
    page.locator("#facts ins", has_text="39场").wait_for()
    _correct(page, "16次", None)
    page.locator("tr.struck", has_text="16次").wait_for()
    _correct(page, "41名", "很多")
    page.locator("#facts .problem", has_text="读不成一个数据").wait_for()
    assert serious(page) == []
    _write(page)
    text = page.input_value("#draft-text")
    assert "宣讲39场" in text
    assert "38场" not in text
    assert "中心组学习16次" not in text
    page.reload()
    mark = page.locator("#backdrop mark.figure", has_text="39场")
    box = mark.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2)
    page.locator("#told", has_text="材料原为38场").wait_for()
    assert "16次" in _fold(page, "没有用上的数据").inner_text()
    page.locator("#reading > summary").click()
    page.get_by_role("button", name="恢复 F3").click()
    page.locator("#facts .problem", has_text="还没有重新起草").wait_for()


def test_each_figure_leads_to_its_source(page: Any, example: Path) -> None:
    _read(page, example)
    _write(page)
    mark = page.locator("#backdrop mark.figure", has_text="86个").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2)
    page.locator("#told", has_text="党建办.md 第8行").wait_for()
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
    source = page.locator(".source mark.on")
    source.wait_for()
    assert source.inner_text() == "86个"
    page.wait_for_timeout(600)
    spot, panel = source.bounding_box(), page.locator(".panel").bounding_box()
    assert panel["y"] <= spot["y"] <= panel["y"] + panel["height"]
    page.keyboard.press("ArrowRight")  # the caret moves on inside the text
    assert page.evaluate("document.activeElement.id") == "draft-text"
    assert serious(page) == []
    assert sideways(page) <= 0


def test_a_draft_is_edited_checked_kept_compared_and_downloaded(page: Any, example: Path) -> None:
    _read(page, example)
    page.fill("#themes", "低空经济")
    _write(page)
    before = page.input_value("#draft-text")
    todo = _fold(page, "待补")
    todo.locator("button", has_text="【待补：低空经济】").click()
    at = page.evaluate("document.getElementById('draft-text').selectionStart")
    assert before[at:].startswith("【待补：低空经济】")
    page.fill("#draft-text", before.replace("86个", "68个"))
    page.locator("#backdrop mark.error", has_text="68个").wait_for()
    found = _fold(page, "问题")
    assert "86个" in found.locator("li[data-rule^=FIG]").first.inner_text()
    assert page.locator("#saved").inner_text() == "有未保存的修改"
    page.get_by_role("button", name="保存这一版").click()
    page.locator("#saved", has_text="第 2 版").wait_for()
    page.get_by_role("link", name="与上一版比较").click()
    changed = page.locator("#steps tr.changed:visible")
    assert changed.count() == 1
    assert "86个" in changed.inner_text()
    assert "68个" in changed.inner_text()
    assert page.locator("#steps tr.same:visible").count() == 0
    page.get_by_label("未变").check()
    assert page.locator("#steps tr.same:visible").count() > 50
    assert serious(page) == []
    page.go_back()
    page.wait_for_selector("#draft-text")
    assert "68个" in page.input_value("#draft-text")
    for name, inside in (("下载 Word", False), ("带数据出处", True)):
        with page.expect_download() as started:
            page.get_by_role("button", name=name, exact=not inside).click()
        content = Path(started.value.path()).read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            document = package.read("word/document.xml").decode()
        assert "68个" in document
        assert ("数据溯源表" in document) == inside


def test_a_button_pressed_while_the_page_still_loads_is_not_lost(page: Any, example: Path) -> None:
    _read(page, example)
    late: list[Any] = []
    page.route("**/htmx-2*.js", lambda route: late.append(route))  # noqa: PLW0108  (the driver marks what it calls)
    page.reload(wait_until="commit")
    button = page.get_by_role("button", name="起草", exact=False).last
    button.click(no_wait_after=True)
    asked = page.url
    assert "?" not in asked
    until(lambda: late or page.wait_for_timeout(50))
    late[0].continue_()
    page.wait_for_selector("#draft-text", timeout=60_000)
    assert page.url == asked


def test_one_section_is_written_again_and_the_rest_stays(page: Any, example: Path) -> None:
    _read(page, example)
    _write(page)
    text = page.input_value("#draft-text")
    first, last = text.index("86个"), text.rindex("13亿元")
    edited = text[:first] + "八十六个" + text[first + 3 : last] + "十三亿元" + text[last + 4 :]
    page.fill("#draft-text", edited)
    _fold(page, "各节").locator("li", has_text="（一）").first.get_by_role("button", name="重写").click()
    page.locator("#told", has_text="已按材料重写").wait_for()
    again = page.input_value("#draft-text")
    assert "党组织86个" in again
    assert "十三亿元" in again
    assert again.rstrip().splitlines()[-1] == text.rstrip().splitlines()[-1]  # the signature stays


def test_history_keeps_versions(page: Any, example: Path) -> None:
    _read(page, example)
    _write(page)
    page.locator("#wishes > summary").click()
    page.get_by_role("button", name="重新起草").click()
    page.locator("#saved", has_text="第 2 版").wait_for(timeout=60_000)
    page.goto("/history")
    group = page.locator("details.document").first
    assert "2025年工作总结" in group.locator(":scope > summary").inner_text()
    group.get_by_role("button", name="逐个数据比较").click()
    page.get_by_text("两版的数据完全相同").wait_for()
    page.get_by_role("link", name="按上年报告对照").click()
    page.get_by_role("heading", name="上年的承诺").wait_for()
    assert serious(page) == []
    page.goto("/history")
    assert serious(page) == []


def test_charts_have_a_table(page: Any, example: Path) -> None:
    _read(page, example)
    page.get_by_text("同一指标各时期的数值（图）").click()
    drawing = page.get_by_role("img", name="同一指标各时期的数值", exact=False)
    assert drawing.is_visible()
    page.locator("summary", has_text="以表格查看").click()
    table = page.locator("figure table")
    assert "固定资产投资" in table.inner_text()
    assert "12.4亿元" in table.inner_text()
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_has_no_serious_fault(page: Any, example: Path, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    _read(page, example)
    _write(page)
    for words in ("问题", "没有用上", "待补", "各节"):
        _fold(page, words)
        assert serious(page) == []
