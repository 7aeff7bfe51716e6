"""The pages of somebody who has logged in: the forms send the page's token back, the trace has the name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.service.browser import NOTES, serious
from tests.service.conftest import serving

pytestmark = pytest.mark.slow


def test_a_clerk_logs_in_corrects_writes_and_saves(browser: Any, tmp_path: Path) -> None:
    add = [
        "user",
        "add",
        "李明",
        "--role",
        "clerk",
        "--unit",
        "东岭街道",
        "--folder",
        str(tmp_path),
        "--password-stdin",
    ]
    words = "dongling-2025-secret\n"
    subprocess.run(
        [sys.executable, "-m", "gov_writer", *add],
        input=words,
        text=True,
        check=True,
        capture_output=True,
    )
    with serving(tmp_path) as address, browser.new_context(base_url=address, locale="zh-CN") as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto("/write")
        page.fill("#name", "李明")
        page.fill("#password", words.strip())
        page.get_by_role("button", name="登录").click()
        page.fill("#source-text", NOTES)
        page.get_by_role("button", name="读取材料").click()
        page.wait_for_selector("#facts")
        row = page.locator("#facts tbody tr", has_text="8753处").first
        row.locator("summary").click()
        row.locator("input[name=text]").fill("8573")
        row.get_by_role("button", name="改为").click()
        assert "李明" in page.locator("#facts tr", has=page.locator("ins")).inner_text()
        page.get_by_role("button", name="起草", exact=True).click()
        page.wait_for_selector("#draft-text", timeout=60_000)
        assert "8573处" in page.input_value("#draft-text")
        page.fill("#draft-text", page.input_value("#draft-text") + "\n另建停车位97个。")
        page.locator("#backdrop mark.error", has_text="97个").wait_for()
        page.get_by_role("button", name="保存这一版").click()
        page.locator("#saved", has_text="李明修改").wait_for()
        assert serious(page) == []
        page.goto("/rules#FIG102")
        assert page.locator("#FIG102").get_by_text("要改请找管理员").is_visible()
        assert said == []
