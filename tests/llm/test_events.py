"""Text of many events becomes few, and nothing else changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from gov_writer.llm import events, wire
from gov_writer.llm.ask import Fault, Request, unheard, unlogged
from gov_writer.llm.events import gathered, unhurried
from gov_writer.llm.openai_engine import OpenAIEngine
from gov_writer.settings import EngineSettings
from tests.llm.broken_server import DONE, event


def run(*pieces: bytes, wait_s: float = 9.0, clock: list[float] | None = None) -> tuple[list[bytes], int]:
    """The events that come out, and the characters thought aloud."""
    heard: list[int] = []
    times = iter(clock or [])

    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    async def collect() -> list[bytes]:
        told = gathered(stream(), thought=heard.append, wait_s=wait_s, clock=lambda: next(times, 0.0))
        return [piece async for piece in told]

    out = b"".join(asyncio.run(collect())).split(b"\n\n")
    return [one for one in out if one], sum(heard)


def words(events: list[bytes]) -> list[str]:
    return [json.loads(e[5:])["choices"][0]["delta"].get("content") for e in events if b"[DONE]" not in e]


def test_tokens_become_few_events() -> None:
    found, _ = run(*[event(char) for char in "开展工作"], event("", "stop"), DONE)
    assert words(found) == ["开展工作", ""] and found[-1] == b"data: [DONE]"


def test_the_reader_need_not_wait() -> None:
    found, _ = run(event("开"), event("展"), event("工"), event("作"), wait_s=1.0, clock=[0.0, 0.5, 1.5, 1.6])
    assert words(found) == ["开展", "工", "作"]  # 开 alone could be told again


def test_a_piece_may_end_anywhere() -> None:
    whole = event("开展") + event("工作") + event("", "stop") + DONE
    assert run(*(whole[at : at + 3] for at in range(0, len(whole), 3)))[0] == run(whole)[0]


def told(*texts: str, last: str = "") -> str:
    """What is understood of an answer that comes in ``texts``, the last of them with the reason why it ended."""
    return "".join(one or "" for one in words(run(*map(event, texts), event(last, "stop"), DONE)[0]))


SAID = "今年以来，新建口袋公园⟦F1⟧，惠及居民⟦F2⟧。"


@pytest.mark.parametrize("step", [1, 2, 3, 7, 12])
def test_what_each_event_repeats_is_said_once(step: int) -> None:
    so_far = [SAID[:end] for end in range(1, len(SAID), step)]
    twice = [text for text in so_far for _ in range(2)]
    for texts in (so_far, [*so_far, SAID], twice, so_far[1:] or so_far):
        assert told(*texts, last=SAID) == told(*texts, SAID) == SAID
    assert told(SAID[:9], SAID[9:], last=SAID) == SAID  # all once more at the end


@pytest.mark.parametrize("step", [1, 2, 3, 7, 12, 40])
def test_what_an_answer_repeats_stays(step: int) -> None:
    for text in (
        SAID,
        "家家户户喜洋洋",
        "哈哈哈哈哈哈哈哈哈哈哈哈",
        "1.1.1.1.1.",
        "好好的",
        f"{SAID}\n{SAID}",
        "一一落实，一是一",
    ):
        assert told(*(text[at : at + step] for at in range(0, len(text), step))) == text
    assert told("家", "家户户", "喜洋洋") == "家家户户喜洋洋"
    assert told("家", last="家户户") == "家家户户" and told(last="好") == "好"


def test_what_comes_a_little_at_a_time_is_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PAUSE_S", 0.05)

    async def read() -> list[bytes]:
        reader = asyncio.StreamReader()

        async def say() -> None:
            for number in range(20):
                await asyncio.sleep(0.01)
                reader.feed_data(b"%d " % number)
            reader.feed_data(DONE)
            reader.feed_eof()

        async def pieces() -> AsyncIterator[bytes]:
            while piece := await reader.read(1000):
                yield piece

        saying = asyncio.create_task(say())
        found = [piece async for piece in unhurried(pieces())]
        await saying
        return found

    found = asyncio.run(read())
    assert b"".join(found) == b"".join(b"%d " % number for number in range(20)) + DONE
    assert len(found) < 15


def test_other_events_pass_as_they_came_and_in_their_place() -> None:
    odd = [
        b'data: {"error": {"message": "x"}}\n\n',
        b"data: oops\n\n",
        b'data: {"choices": [3]}\n\n',
        b": ping\n\n",
    ]
    found, _ = run(event("开"), odd[0], event("展"), odd[1], odd[2], odd[3], event("工", tool_calls=[{}]))
    assert [found[n] + b"\n\n" for n in (1, 3, 4, 5)] == odd
    assert words([found[0], found[2]]) == ["开", "展"] and b"tool_calls" in found[6]


def test_thoughts_are_counted_and_left_out() -> None:
    found, thought = run(
        event(None, reasoning_content="想一想"), event("", reasoning="再想"), event("开展"), DONE
    )
    assert thought == 5 and words(found)[0] == "开展" and b"reasoning" not in b"".join(found)


def test_an_answer_that_ends_properly_gets_its_reason_and_a_cut_one_none() -> None:
    assert b'"stop"' in run(event("开展"), DONE)[0][-2]
    assert not any(b'"stop"' in one for one in run(event("开展"))[0])
    assert len(run(DONE, event("开展"), DONE)[0]) == 3


def test_a_second_answer_is_left_out() -> None:
    other = event("另一个").replace(b'"index": 0', b'"index": 1')
    assert words(run(event("开"), other, event("展"))[0]) == ["开展"]


def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:9")
    engine = OpenAIEngine(
        base_url="http://10.255.255.1/v1", model="m", api_key="k", settings=EngineSettings(), sent=unlogged
    )
    with pytest.raises(Fault, match="代理") as caught:
        asyncio.run(engine.complete(Request(system="s", user="u"), seconds=2.0, heard=unheard))
    assert caught.value.fatal


def test_a_comment_before_each_events_data_changes_nothing() -> None:
    """Some gateways put one there, with CRLF and an event's name beside it; the answer ends with [DONE] alone."""

    async def stream() -> AsyncIterator[bytes]:
        for piece in (event("开"), event("展"), DONE):
            yield b":c\r\nid: 1\r\nevent: message\r\n" + piece.replace(b"\n\n", b"\r\n\r\n")

    async def collect() -> bytes:
        lines = wire._spoken_lines(stream())
        return b"".join([piece async for piece in gathered(lines, thought=lambda more: None)])

    found = [one for one in asyncio.run(collect()).replace(b"\r\n", b"\n").split(b"\n\n") if one]
    assert "".join(one or "" for one in words(found)) == "开展" and b'"stop"' in found[-2]
