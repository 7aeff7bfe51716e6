"""Whole drafts from messy notes, with an endpoint that lies or breaks down: every guarantee holds."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from gov_writer import pipeline
from gov_writer.domain import EngineChoice
from gov_writer.drafting.model_writer import ModelWriter
from gov_writer.settings import EngineSettings
from tests.llm.guarantees import broken
from tests.llm.hostile_server import serving
from tests.llm.lies import TALK

INPUTS = Path(__file__).resolve().parents[2] / "eval" / "models" / "inputs"
SETS = sorted(path.name for path in INPUTS.iterdir() if path.is_dir())
DOWN = ("server_error", "expired_key", "hang", "cut", "endless", "web_page", "tool_call")


def drafted(
    name: str, url: str, cache: Path, *, seconds: float = 20.0, **more: Any
) -> tuple[pipeline.Drafted, list[str]]:
    """The draft of input set ``name``, and what of the contract it breaks."""
    settings = EngineSettings(
        **{"api_key": "k", "retries": 1, "cache_dir": str(cache), "request_seconds": 3.0, **more}
    )
    wanted = pipeline.request([str(INPUTS / name / "brief.yaml")])
    writer = ModelWriter(
        EngineChoice(name="openai", model="m", base_url=url),
        settings=settings,
        deadline=time.monotonic() + seconds,
    )
    result = pipeline.draft(wanted, writer=writer)
    assert not any("程序出错" in why for section in result.draft.sections for why in section.rejected)
    data, trace = pipeline.render(result, "txt")
    own = str(wanted.brief.title) + str(wanted.brief.period) + str(wanted.brief.as_of) + result.outline.title
    own += "".join(result.outline.signature)
    faults = broken(
        data.decode(), trace, result.ledger, examples=wanted.examples, themes=wanted.brief.themes, own=own
    )
    return result, faults


@pytest.mark.parametrize("mode", sorted(TALK))
def test_messy_notes_and_a_model_that_lies(mode: str, tmp_path: Path) -> None:
    with serving(mode) as server:
        _, faults = drafted("messy_yunmen", server.url, tmp_path)
        sent = "\n".join(server.bodies)
    assert faults == []
    for secret in (
        "13712345678",
        "88886666",
        "吴国强",
        "周大勇",
        "稳控",
        "夜间巡控",
        "HACKED",
        "柳溪",
        "赵德明",
        "1290",
    ):
        assert secret not in sent


@pytest.mark.parametrize("mode", DOWN)
def test_an_endpoint_that_is_down(mode: str, tmp_path: Path) -> None:
    began = time.monotonic()
    with serving(mode) as server:
        result, faults = drafted("annual_dongling", server.url, tmp_path, seconds=3.0)
    assert faults == []
    assert result.fell_back
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("name", SETS)
def test_every_input_set_with_an_honest_model(name: str, tmp_path: Path) -> None:
    with serving("fluent") as server:
        result, faults = drafted(name, server.url, tmp_path)
        assert faults == []
        assert not result.fell_back, [s for s in result.draft.sections if s.fell_back]
        sent = len(server.requests)
        drafted(name, server.url, tmp_path)
        assert len(server.requests) == sent, "a rerun is answered from the cache"


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("mode", ["swapped_words", "reversed_direction", "invented_name", "half"])
def test_every_input_set_with_a_lying_model(name: str, mode: str, tmp_path: Path) -> None:
    with serving(mode) as server:
        _, faults = drafted(name, server.url, tmp_path)
    assert faults == []


@pytest.mark.parametrize("mode", ["fluent", "swapped_words", "ten_times"])
def test_arranging_and_polishing_keep_everything(mode: str, tmp_path: Path) -> None:
    with serving(mode) as server:
        result, faults = drafted("quarter_baihe", server.url, tmp_path, arrange=True, polish=True)
    assert faults == []
    assert not any("程序出错" in why for section in result.draft.sections for why in section.rejected)


def test_an_opening_from_the_notes_is_asked_for_too(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    lines = (
        "# 白鹤街道2025年工作材料", "## 基本情况", "- 街道辖6个社区，常住人口5.23万人，党员2876名。",
        "- 辖区面积11.6平方公里，有企业1043家。", "## 民生服务", "- 新增就业岗位512个，建成食堂3家。",
        "## 安全生产", "- 排查隐患8753处，整改8700处。",
    )  # fmt: skip
    notes.write_text("\n".join(lines), encoding="utf-8")
    for mode, moved in (("fluent", True), ("reversed_direction", False)):
        with serving(mode) as server:
            settings = EngineSettings(api_key="k", cache=False, retries=0)
            choice = EngineChoice(name="openai", model="m", base_url=server.url)
            writer = ModelWriter(choice, settings=settings, deadline=time.monotonic() + 20)
            wanted = pipeline.request([str(notes)])
            result = pipeline.draft(wanted, writer=writer)
            data, trace = pipeline.render(result, "txt")
            assert any("这是报告的开头" in str(r["messages"]) for r in server.requests)
        assert broken(data.decode(), trace, result.ledger, own=result.outline.title) == []
        assert (result.outline.opening[0].source == "opening") == moved
