"""The pictures of docs/pages.md: python eval/pictures.py  (needs the dev group and Debian's chromium)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from tests.service.browser import check, finding  # noqa: E402
from tests.service.conftest import CHROMIUM, FLAGS, serving  # noqa: E402

IMAGES = HERE / "docs" / "images"
DRAFT = """东岭街道2025年工作总结

一、安全稳定

全年累计排查安全隐患8573处，整改8640处。开展应急演练36场,覆盖3.2万人次。

二、民生服务

新建口袋公园X个，走访困难家庭1268户。
"""
NOTES = """# 东岭街道安全办
全年累计排查安全隐患8753处，整改8640处。
开展应急演练36场，覆盖3.2万人次。
走访困难家庭1268户。
"""
PARTS = {
    "东岭街道.md": "东岭街道2025年工作总结\n\n一、安全\n\n2025年排查燃气隐患1204处，整改1187处。开展演练36场。\n",
    "西岭街道.md": "西岭街道2025年工作总结\n\n一、安全\n\n2025年排查燃气隐患986处，整改986处。新建公园X个。开展演练19场。\n",
    "松山街道.md": "松山街道2025年工作总结\n\n一、安全\n\n2025年排查燃气隐患773处,整改760处。开展演练22场。\n",
}
TOTAL = "云溪区2025年工作总结\n\n一、安全\n\n2025年排查燃气隐患3063处，整改2933处。开展演练77场。\n"


def shot(page: Any, name: str, height: int = 768) -> None:
    page.wait_for_timeout(700)
    page.screenshot(path=str(IMAGES / f"{name}.png"), clip={"x": 0, "y": 0, "width": 1366, "height": height})


def take(page: Any, folder: Path) -> None:
    check(page, DRAFT, NOTES)
    finding(page, "FIG102")
    page.evaluate("document.getElementById('bar').scrollIntoView()")
    shot(page, "check", 560)
    example = folder / "东岭"
    subprocess.run(
        [sys.executable, "-m", "gov_writer", "init", str(example)], check=True, capture_output=True
    )
    page.goto("/write")
    page.set_input_files("#sources", [*sorted((example / "notes").iterdir()), example / "指标.xlsx"])
    page.fill("#period", "2025")
    page.get_by_role("button", name="读取材料").click()
    row = page.locator("#facts tbody tr", has_text="38场").first
    row.locator("summary").click()
    row.locator("input[name=text]").fill("39")
    row.get_by_role("button", name="改为").click()
    page.locator("#facts ins").wait_for()
    page.locator("#facts tbody tr", has_text="41名").first.locator("summary").click()
    shot(page, "facts", 640)
    page.get_by_role("button", name="起草", exact=True).click()
    page.wait_for_selector("#draft-text")
    page.evaluate("document.getElementById('bar').scrollIntoView()")
    mark = page.locator("#backdrop mark.figure", has_text="39场").first
    box = mark.bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 9)
    shot(page, "draft", 600)
    text = page.input_value("#draft-text")
    page.fill("#draft-text", text.replace("86个", "68个").replace("约2700人", "2700人"))
    page.get_by_role("button", name="保存这一版").click()
    page.get_by_role("link", name="与上一版比较").click()
    shot(page, "compare", 370)
    for name, words in {**PARTS, "全区.md": TOTAL}.items():
        (folder / name).write_text(words, encoding="utf-8")
    page.goto("/many")
    page.set_input_files("#drafts", [folder / name for name in PARTS])
    page.set_input_files("#total", folder / "全区.md")
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("#reports")
    page.evaluate("document.getElementById('result').scrollIntoView()")
    shot(page, "many")


def main() -> None:
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        folder = Path(place)
        with serving(folder) as address:
            browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            size = {"width": 1366, "height": 768}
            shown = {"viewport": size, "device_scale_factor": 0.7, "base_url": address, "locale": "zh-CN"}
            take(browser.new_page(**shown), folder)
            browser.close()


if __name__ == "__main__":
    main()
