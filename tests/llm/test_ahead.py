"""Questions go out before the vendor's library is loaded, once each, and are answered as if it had sent them."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from gov_writer import pipeline
from gov_writer.facts import extract
from gov_writer.ingest import from_text
from gov_writer.llm import openai_engine
from gov_writer.llm.ask import Answer, Fault, Request, unheard, unlogged
from gov_writer.llm.openai_engine import OpenAIEngine
from gov_writer.settings import EngineSettings
from tests.llm.hostile_server import HostileServer, serving

ASKED = Request(system="你是文字秘书。", user="- 新建口袋公园⟦F1⟧。\n", label="一、建设", max_tokens=300)


def engine(server: HostileServer, **more: Any) -> OpenAIEngine:
    given = {"base_url": server.url, "model": "qwen", "api_key": "k", "sent": unlogged, **more}
    return OpenAIEngine(settings=EngineSettings(request_seconds=5.0), **given)


def asked(one: OpenAIEngine, *, times: int = 1) -> list[Answer]:
    async def ask() -> list[Answer]:
        try:
            return [await one.complete(ASKED, seconds=5.0, heard=unheard) for _ in range(times)]
        finally:
            await one.close()

    return asyncio.run(ask())


def test_the_question_is_there_before_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = openai_engine.vendor
    with serving("fluent") as server:

        def slow() -> Any:
            until = time.monotonic() + 5.0
            while not server.requests and time.monotonic() < until:
                time.sleep(0.01)
            assert server.requests
            return loaded()

        monkeypatch.setattr(openai_engine, "vendor", slow)
        assert asked(engine(server))[0].text and len(server.requests) == 1


@pytest.mark.parametrize("original", [False, True])
@pytest.mark.parametrize(
    "model", ["qwen", "gpt-4o-mini", "gpt-5-mini", "gpt-5.5-pro", "gpt-6", "o3-mini", "codex"]
)
def test_what_goes_ahead_is_what_the_library_asks(model: str, original: bool) -> None:
    with serving("fluent") as server:
        early, later = engine(server, model=model), engine(server, model=model)
        early._original = later._original = original
        later._goes_ahead = False
        answers = asked(early, times=2) + asked(later)
    assert len(server.requests) == 3 and len({answer.text for answer in answers}) == 1
    assert server.requests[0] == server.requests[1] == server.requests[2]
    named = ("Authorization", "Accept", "Accept-Encoding", "Content-Type", "User-Agent")
    for name in named:
        told = {v for headers in server.headers for k, v in headers.items() if k.lower() == name.lower()}
        assert len(told) == 1, name


def test_each_is_written_into_the_log_once() -> None:
    told: list[str] = []
    with serving("fluent") as server:
        asked(engine(server, sent=lambda url, body, label: told.append(f"{url} {label}")), times=2)
        assert told == [f"{server.url}/chat/completions 一、建设"] * 2


def test_where_the_library_asks_otherwise_its_own_question_counts() -> None:
    with serving("fluent") as server:
        one = engine(server)
        body = one._body
        one._body = lambda request: {**body(request), "seed": 7}  # type: ignore[method-assign]
        assert asked(one)[0].text
    assert ["seed" in data for data in server.requests] == [True, False]
    assert not one._goes_ahead


@pytest.mark.parametrize(
    "mode", ["expired_key", "server_error", "web_page", "retry_forever", "cut", "redirect"]
)
def test_what_goes_wrong_is_told_as_ever(mode: str) -> None:
    faults = []
    with serving(mode) as server:
        for goes_ahead in (True, False):
            one = engine(server)
            one._goes_ahead = goes_ahead
            with pytest.raises(Fault) as caught:
                asked(one)
            faults.append((caught.value.message, caught.value.again, caught.value.fatal, caught.value.after))
    assert faults[0] == faults[1] and len(server.requests) == 2


def test_who_cannot_be_reached_is_told_as_ever() -> None:
    with serving("fluent") as server:
        one = engine(server)
    with pytest.raises(Fault, match="连不上") as caught:
        asked(one)
    assert caught.value.again


def test_nothing_stays_open_where_the_library_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise ImportError("langchain_openai")

    monkeypatch.setattr(openai_engine, "vendor", broken)
    with serving("slow") as server, pytest.raises(Fault, match="无法启用"):
        asked(engine(server))


@pytest.mark.parametrize("name", ["OPENAI_ORG_ID", "OPENAI_PROXY"])
def test_where_the_environment_adds_to_a_question_it_waits(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "x")
    one = OpenAIEngine(
        base_url="http://127.0.0.1:9/v1", model="qwen", api_key="k", settings=EngineSettings(), sent=unlogged
    )
    assert not one._goes_ahead


def test_asked_about_nothing_the_second_opinion_loads_its_rules() -> None:

    opinion = pipeline.second_opinion(extract((from_text("a.md", "新建口袋公园3个。"),)))
    assert opinion(()) == set()
    assert opinion([("新建口袋公园5个。", "新建口袋公园3个。")]) == {0}
