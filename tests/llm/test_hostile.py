"""Against a real HTTP server that breaks the protocol or lies: the guarantees hold, in time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gov_writer.domain import EngineChoice, Genre, SectionProse
from gov_writer.drafting.phrase import Manner, Phraser
from gov_writer.llm import Desk, open_engine
from gov_writer.settings import EngineSettings
from tests.llm.hostile_server import PROTOCOL, HostileServer, serving
from tests.llm.lies import TALK
from tests.llm.material import BOUND, LIVELIHOOD, SAFETY, assert_kept

SECTIONS = ((SAFETY, "（一）安全稳定"), (LIVELIHOOD, "（二）民生服务"))
WELL = {
    "honest",
    "fluent",
    "other_brackets",
    "slow",
    "rate_limited",
    "flaky",
    "no_stream",
    "wrong_type",
    "invented_slots",
    "example_copied",
    "ten_times",
}
HOPELESS = {"wrong_model", "expired_key", "redirect"}


def write(
    server: HostileServer, cache: Path, *, seconds: float = 20.0, **more: object
) -> tuple[tuple[SectionProse, ...], float]:
    given = {"api_key": "k", "retries": 1, "cache_dir": str(cache), "request_seconds": 3.0, **more}
    settings = EngineSettings(**given)  # type: ignore[arg-type]
    engine = open_engine(EngineChoice(name="openai", model="m", base_url=server.url), settings=settings)
    began = time.monotonic()
    desk = Desk(engine, settings=settings, deadline=began + seconds)
    try:
        found = Phraser(desk, Manner(report="东岭街道工作总结", genre=Genre.ANNUAL_SUMMARY)).run(SECTIONS)
    finally:
        desk.close()
    return found, time.monotonic() - began


def text_of(found: tuple[SectionProse, ...]) -> str:
    return "\n".join(block.text for prose in found for block in prose.paragraphs)


@pytest.mark.parametrize("mode", sorted(TALK))
def test_a_model_that_lies(mode: str, tmp_path: Path) -> None:
    with serving(mode) as server:
        found, _ = write(server, tmp_path)
    assert_kept(text_of(found))
    for phrased in found:
        assert phrased.trace.attempts <= 2
        assert not any("程序出错" in why for why in phrased.trace.rejected)
        if mode in WELL:
            assert phrased.trace.engine == "openai", phrased.trace
            assert not phrased.trace.fell_back, phrased.trace
        for block in phrased.paragraphs:
            assert all(block.text[f.start : f.end] in BOUND or f.end - f.start > 2 for f in block.figures)


@pytest.mark.parametrize("mode", PROTOCOL)
def test_an_endpoint_that_misbehaves(mode: str, tmp_path: Path) -> None:
    with serving(mode) as server:
        found, seconds = write(server, tmp_path, seconds=12.0 if mode in WELL else 4.0)
    assert_kept(text_of(found))
    assert seconds < (12.0 if mode in WELL else 6.5)
    assert len(server.requests) <= (2 if mode in HOPELESS else 8)
    for phrased in found:
        assert (phrased.trace.engine == "openai") == (mode in WELL), phrased.trace
        assert phrased.trace.fell_back == (mode not in WELL)
        assert phrased.trace.attempts <= 2


def test_a_server_that_drips_does_not_hold_us(tmp_path: Path) -> None:
    with serving("drip") as server:
        _, seconds = write(server, tmp_path, seconds=1.5, request_seconds=60.0)
    assert seconds < 3.5


def test_a_rerun_asks_nothing_and_a_changed_section_asks_once(tmp_path: Path) -> None:
    with serving("fluent") as server:
        first, _ = write(server, tmp_path)
        asked = len(server.requests)
        again, _ = write(server, tmp_path)
        assert len(server.requests) == asked
        assert [p.paragraphs for p in first] == [p.paragraphs for p in again]
    kept = list(tmp_path.rglob("*.json"))
    assert kept and all(f.stat().st_mode & 0o077 == 0 for f in kept)


def test_cached_answers_are_judged_like_fresh_ones(tmp_path: Path) -> None:
    with serving("fluent") as server:
        write(server, tmp_path)
        for file in tmp_path.rglob("*.json"):
            file.write_text(
                file.read_text("utf-8").replace("\\u53d1\\u653e", "发放").replace("发放", "骗取"),
                encoding="utf-8",
            )
        found, _ = write(server, tmp_path)
    assert_kept(text_of(found))
    assert "骗取" not in text_of(found)


def test_nothing_else_than_the_question_is_sent(tmp_path: Path) -> None:
    with serving("fluent") as server:
        write(server, tmp_path)
    assert all(h.get("Authorization", h.get("authorization")) == "Bearer k" for h in server.headers)
    systems = {r["messages"][0]["content"] for r in server.requests}
    assert len(systems) == 1, "the beginning is shared, so that an endpoint's prefix cache works"
    assert not any("8753" in body or "F12" in body for body in server.bodies)
