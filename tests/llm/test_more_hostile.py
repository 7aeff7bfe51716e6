"""Lies too small for a check of figures, and servers that break HTTP itself: nothing is added, in time."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from gov_writer.domain import Genre
from gov_writer.drafting.phrase import Manner, Phraser
from gov_writer.llm import Answer, Desk, Heard, Request
from gov_writer.settings import EngineSettings
from tests.llm.broken_server import BROKEN, LIE, WELL
from tests.llm.hostile_server import HostileServer
from tests.llm.lies import TALK, notes
from tests.llm.material import LIVELIHOOD, SAFETY, assert_kept
from tests.llm.more_lies import MORE, Lie
from tests.llm.odd_server import ODD, ODDLY, WRONGLY, OddServer
from tests.llm.quiet_lies import QUIET, USABLE
from tests.llm.sly_lies import SLY
from tests.llm.test_hostile import SECTIONS, text_of, write

LIES = {**MORE, **SLY}
#: What prose may add between two notes, told apart from the product's own list.
_MAY_ADD = re.compile(
    "同时|并且|与此同时|此外|另外|在此基础上|其间|一方面|另一方面|首先|其次|再次|最后|进一步|持续|不断|积极|大力|扎实|深入|认真|切实|有序|稳步|着力"
    "|围绕(?:安全稳定|民生服务)工作|[，。；、：的了共\n]"
)
_SAME = (("以及", "及"), ("组织开展", "开展"), ("强化", "加强"), ("发出", "发放"))


def core(text: str) -> str:
    for one, other in _SAME:
        text = text.replace(one, other)
    return _MAY_ADD.sub("", text)


def assert_nothing_else(text: str) -> None:
    """The text is the notes' sentences, each once, and connectors."""
    left = core(text)
    for statement in sorted((*SAFETY.statements, *LIVELIHOOD.statements), key=lambda s: -len(s.text)):
        words = core(statement.text)
        assert left.count(words) == 1, (words, text)
        left = left.replace(words, "", 1)
    assert left == "", (left, text)


@pytest.mark.parametrize("mode", sorted(LIES))
def test_a_small_lie(mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lie, marks = LIES[mode]
    monkeypatch.setitem(TALK, mode, lie)
    server = HostileServer(mode)
    try:
        found, seconds = write(server, tmp_path)
    finally:
        server.close()
    text = text_of(found)
    assert_kept(text)
    assert_nothing_else(text)
    assert not [mark for mark in marks if mark in text]
    assert seconds < 10
    assert not any("程序出错" in why for prose in found for why in prose.trace.rejected)


@pytest.mark.parametrize("mode", sorted(QUIET))
def test_a_quiet_lie(mode: str) -> None:
    """Without a server between, for speed; the run over all input sets has one."""
    lie, marks = QUIET[mode]
    settings = EngineSettings(cache=False)
    desk = Desk(Saying(lie), settings=settings, deadline=time.monotonic() + 20)
    try:
        found = Phraser(desk, Manner(report="东岭街道工作总结", genre=Genre.ANNUAL_SUMMARY)).run(SECTIONS)
    finally:
        desk.close()
    text = text_of(found)
    assert_kept(text)
    assert_nothing_else(text)
    assert not [mark for mark in marks if mark in text]
    assert not any("程序出错" in why for prose in found for why in prose.trace.rejected)
    if mode in USABLE:
        assert {prose.trace.engine for prose in found} == {"openai"}, [prose.trace for prose in found]


class Saying:
    """An engine in this process that says what ``lie`` makes of the notes."""

    name, model, endpoint = "openai", "m", "m"

    def __init__(self, lie: Lie) -> None:
        self._lie = lie

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        del seconds
        text = self._lie(notes([{"content": request.user}]), request.system)
        heard(len(text), text)
        return Answer(text=text)

    def warm(self) -> None:
        """Nothing to load."""

    async def close(self) -> None:
        """Nothing to let go of."""


@pytest.mark.parametrize("mode", (*BROKEN, *ODD))
def test_a_server_that_breaks_http(mode: str, tmp_path: Path) -> None:
    server, elsewhere = OddServer(mode), HostileServer("honest")
    server.elsewhere = elsewhere.url + "/chat/completions"
    try:
        given = {"retries": 0} if mode in WRONGLY else {}
        found, seconds = write(
            server,
            tmp_path,
            seconds=6.0 if mode in WELL or mode in ODDLY else 4.0,
            request_seconds=1.5,
            max_bytes=2_000_000,
            **given,
        )
    finally:
        server.close()
        elsewhere.close()
    text = text_of(found)
    assert_kept(text)
    assert_nothing_else(text)
    assert LIE[:6] not in text
    assert seconds < 7.0
    assert not elsewhere.requests, "a redirect takes the notes to nobody else"
    assert len(server.requests) <= 8
    for prose in found:
        assert (prose.trace.engine == "openai") == (mode in WELL or mode in ODDLY), prose.trace
        assert prose.trace.attempts <= 2
        assert not any("程序出错" in why for why in prose.trace.rejected), prose.trace
