"""A model's sections as they come: told one by one, as unchecked, before the draft is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gov_writer.service import follow, jobs
from gov_writer.service.bodies import Upload
from gov_writer.service.forms import rendered
from gov_writer.settings import CheckSettings
from tests.llm.hostile_server import serving

NOTES = """# 东岭街道2025年要点

## 安全生产
- 排查安全隐患8753处，整改8640处，隐患清单逐条交到责任人手里。
- 组织沿街商户开展消防演练36场，参加的有1200余人。

## 民生服务
- 城镇新增就业412人，走访困难群众903户，送去米面粮油和棉被。
- 为高龄老人上门体检218人次，建立健康档案。
"""


def test_sections_come_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    with serving("fluent") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "k")
        monkeypatch.setenv("GOV_WRITER_CACHE_DIR", str(tmp_path))
        fields = {
            "brief": {"period": 2025, "engine": {"name": "openai", "model": "m"}},
            "themes": [],
            "engine": "openai",
        }
        uploads = {"sources": [Upload("要点.md", NOTES.encode())]}
        result, _ = jobs.do("draft", fields, uploads, CheckSettings(), tell=told.append)
    assert result["trace"]["engine"]["name"] == "openai"
    names = [data.get("state") for name, data in told if name == "section"]
    early = [data for name, data in told if name == "section" and data["state"] == "写好"]
    assert early
    assert all(data["text"] for data in early)
    assert names.index("写好") < len(names) - 1 - names[::-1].index("完成")
    until = next(n for n, (name, data) in enumerate(told) if data.get("state") == "写好")
    so_far = follow.sections([("status", {"status": "running"}), *told[: until + 1]])
    page = rendered("draft_steps.html", **so_far)
    assert "待全文核对" in page
    assert 'class="unchecked"' in page
    assert "<mark" not in page  # nothing looks as if it had been checked


def test_a_growing_section_is_shown_as_unchecked_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(jobs, "_HEARD", 5)
    with serving("completion", tokens_per_second=90.0, step=3) as server:  # it claims what no note says
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "k")
        monkeypatch.setenv("GOV_WRITER_CACHE_DIR", str(tmp_path))
        fields = {
            "brief": {"period": 2025, "engine": {"name": "openai", "model": "m"}},
            "themes": [],
            "engine": "openai",
        }
        jobs.do(
            "draft",
            fields,
            {"sources": [Upload("要点.md", NOTES.encode())]},
            CheckSettings(),
            tell=told.append,
        )
    seen = [data["unverified"] for name, data in told if name == "section" and data.get("unverified")]
    assert any("8753处" in text for text in seen) and any("全面完成" in text for text in seen)
    assert not any("⟦" in text for text in seen)
    last = next(n for n in reversed(range(len(told))) if told[n][1].get("unverified"))
    grown = rendered(
        "draft_steps.html", **follow.sections([("status", {"status": "running"}), *told[: last + 1]])
    )
    assert "<strong>未核对</strong>" in grown
    page = rendered("draft_steps.html", **follow.sections([("status", {"status": "running"}), *told]))
    assert "未核对" not in page and "全面完成" not in page and "8753处" in page


def test_a_section_keeps_its_text_while_it_is_worked_on() -> None:
    news = [
        ("status", {"status": "running"}),
        ("outline", {"headings": ["甲", "乙"]}),
        ("section", {"heading": "甲", "state": "写好", "text": "排查8753处。", "heard": 0}),
        ("section", {"heading": "乙", "state": "写作", "heard": 240}),
        ("section", {"heading": "甲", "state": "完成", "heard": 0}),
    ]
    found = follow.sections(news)
    assert [one["text"] for one in found["sections"]] == ["排查8753处。", ""]
    assert found["written"] == 1
    assert "已收到 240 字" in rendered("draft_steps.html", **found)
