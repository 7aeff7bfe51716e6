"""Fewer, larger events: a model sends a token at a time, and the vendor's library builds a dozen objects for each event.

The text of neighbouring events that hold nothing but text is put into one, a few times a second; every other event
passes as it came. What a reasoning model thinks aloud is left out and only counted, a second answer is left out, and
an answer that ends properly ([DONE]) without the reason that belongs there gets one. Where each event repeats all that was
said so far, only what is new in it is passed on.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable
from itertools import pairwise
from typing import Any

_BETWEEN = re.compile(rb"\r?\n\r?\n")
_LONGEST_KEPT = 65_536
#: Seconds between two events that are passed on.
WAIT_S = 0.2
#: Seconds in which what a model says next may gather in the connection before it is read.
PAUSE_S = 0.1
#: A wait for the connection, in seconds; what is there already comes sooner.
_AT_ONCE_S = 0.001
#: A text that begins with so many characters said before, from the first on, repeats them.
_SURE = 8
#: So often must the first texts have grown, where they are shorter: 家, 家户户 are parts of a word.
_GROWN = 2
_END = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'
_THOUGHTS = ("reasoning_content", "reasoning")


def uncounted(more: int) -> None:
    """Nobody counts thoughts."""


class _Said:
    """Tells what is new in the text of an event: what comes next, or all so far and what comes next."""

    def __init__(self) -> None:
        #: the first texts, as long as they may be either
        self._first: list[str] | None = []
        self._parts: list[str] = []
        self._size, self._sure = 0, _SURE

    def new(self, words: str) -> str:
        """What ``words`` adds; "" while that is open: it comes with a later call."""
        if self._first is None:
            if len(words) >= self._size >= self._sure and words.startswith(said := "".join(self._parts)):
                self._parts, words = [said], words[self._size :]
            return self._added(words)
        self._first.append(words)
        steps = list(pairwise(self._first))
        if not steps:
            return self.rest() if len(words) >= _SURE else ""
        if not words.startswith(self._first[-2]) or len(steps) > _SURE:
            return self.rest()
        if sum(len(before) < len(after) for before, after in steps) < _GROWN:
            return ""
        self._first, self._sure = None, 1
        return self._added(words)

    def rest(self) -> str:
        """What was left open, as what came one after the other."""
        words, self._first = "".join(self._first or ()), None
        return self._added(words)

    def _added(self, words: str) -> str:
        self._parts.append(words)
        self._size += len(words)
        return words


class _Gathered:
    """The text of events that wait to be passed on as one; the last of them lends the rest."""

    def __init__(self, thought: Callable[[int], None]) -> None:
        self._thought = thought
        self._said = _Said()
        self._text: list[str] = []
        self._last: dict[str, Any] = {}
        self._heard = self._finished = False

    def passed(self, event: bytes) -> bytes:
        """What goes on at once because of ``event``; b"" where its text waits, or where it is of no use."""
        line = event.strip()
        if line.removeprefix(b"data:").strip() == b"[DONE]":
            end = _END if self._heard and not self._finished else b""
            self._finished = True
            return self.given(last=True) + end + event
        choice, data = _only_choice(line)
        if choice is None:
            return self.given(last=not line.startswith(b":")) + event
        if choice.get("index", 0) != 0:  # a second answer to the same question
            return b""
        delta = _plain(choice)
        if delta is None:
            if not choice.get("finish_reason"):
                return self.given(last=True) + event
            self._finished = True
            return self._ended(choice, data, event)
        thought = next((delta[name] for name in _THOUGHTS if delta.get(name)), "")
        if thought:
            self._thought(len(thought))
        if words := delta.get("content"):
            self._heard = True
            self._text.append(self._said.new(words))
        self._last = data
        return b""

    def _ended(self, choice: dict[str, Any], data: dict[str, Any], event: bytes) -> bytes:
        """What waits and the event that ends an answer, without the text in it that was said before."""
        delta = choice.get("delta")
        words = delta.get("content") if isinstance(delta, dict) else None
        if isinstance(delta, dict) and isinstance(words, str) and words:
            new = self._said.new(words) + self._said.rest()
            if new != words:
                self._text.append(new)
                event = _event({**data, "choices": [{**choice, "delta": {**delta, "content": ""}}]})
        return self.given(last=True) + event

    def given(self, *, last: bool = False) -> bytes:
        """What waits, as one event; b"" if nothing does.  last: what is open until more comes, too."""
        if last:
            self._text.append(self._said.rest())
        text, self._text = "".join(self._text), []
        if not text:
            return b""
        delta = {"role": self._last["choices"][0]["delta"].get("role"), "content": text}
        return _event({**self._last, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


async def unhurried(
    pieces: AsyncIterable[bytes], *, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[bytes]:
    """``pieces`` with a pause after each but the first that had to be waited for: what is said meanwhile is read at once."""
    asked = float("inf")
    async for piece in pieces:
        waited = clock() - asked > _AT_ONCE_S
        yield piece
        if waited and b"[DONE]" not in piece:
            await asyncio.sleep(PAUSE_S)
        asked = clock()


async def gathered(
    pieces: AsyncIterable[bytes],
    *,
    thought: Callable[[int], None],
    wait_s: float = WAIT_S,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[bytes]:
    """The event stream ``pieces``, with text gathered for ``wait_s`` seconds at least.

    thought: told the number of characters that a model thinks aloud.
    """
    waiting, rest, told = _Gathered(thought), b"", -1.0
    async for piece in pieces:
        *events, rest = _parted(rest + piece)
        ready = b""
        for event in events:
            ready += waiting.passed(event)
        if len(rest) > _LONGEST_KEPT:
            ready += waiting.given() + rest
            rest = b""
        now = clock()
        if ready or now - told >= wait_s:
            ready += waiting.given()
        if ready:
            told = now
            yield ready
    if end := waiting.given(last=True) + rest:
        yield end


def _parted(stream: bytes) -> list[bytes]:
    """The events, each with the empty line behind it, and what is not whole yet."""
    found, at = [], 0
    for match in _BETWEEN.finditer(stream):
        found.append(stream[at : match.end()])
        at = match.end()
    return [*found, stream[at:]]


def _only_choice(line: bytes) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """The one choice of an event that holds no error, and the event; None where it is another kind of event."""
    if not line.startswith(b"data:") or b"\n" in line:
        return None, {}
    try:
        data = json.loads(line[5:])
    except (ValueError, RecursionError):
        return None, {}
    choices = data.get("choices") if isinstance(data, dict) and not data.get("error") else None
    if not isinstance(choices, list) or len(choices) != 1 or not isinstance(choices[0], dict):
        return None, {}
    return choices[0], data


def _plain(choice: dict[str, Any]) -> dict[str, Any] | None:
    """The delta of a choice that has text or thoughts and nothing else, None for any other."""
    delta = choice.get("delta")
    if choice.get("finish_reason") or not isinstance(delta, dict):
        return None
    if delta.get("role") not in (None, "", "assistant"):
        return None
    for name, value in delta.items():
        text = name == "content" or name in _THOUGHTS
        if name != "role" and value and not (text and isinstance(value, str)):
            return None
    return delta
