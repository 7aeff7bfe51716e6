"""Fewer, larger events: a model sends a token at a time, and the vendor's library builds a dozen objects for each event.

The text of neighbouring events that hold nothing but text is put into one, a few times a second; every other event
passes as it came. What a reasoning model thinks aloud is left out and only counted, a second answer is left out, and
an answer that ends properly ([DONE]) without the reason that belongs there gets one.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable
from typing import Any

_BETWEEN = re.compile(rb"\r?\n\r?\n")
_LONGEST_KEPT = 65_536
#: Seconds between two events that are passed on.
WAIT_S = 0.2
_END = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'
_THOUGHTS = ("reasoning_content", "reasoning")


def uncounted(more: int) -> None:
    """Nobody counts thoughts."""


class _Gathered:
    """The text of events that wait to be passed on as one; the last of them lends the rest."""

    def __init__(self, thought: Callable[[int], None]) -> None:
        self._thought = thought
        self._text: list[str] = []
        self._last: dict[str, Any] | None = None
        self._heard = self._finished = False

    def passed(self, event: bytes) -> bytes:
        """What goes on at once because of ``event``; b"" where its text waits, or where it is of no use."""
        line = event.strip()
        if line.removeprefix(b"data:").strip() == b"[DONE]":
            end = _END if self._heard and not self._finished else b""
            self._finished = True
            return self.given() + end + event
        choice, data = _only_choice(line)
        if choice is None:
            return self.given() + event
        if choice.get("index", 0) != 0:  # a second answer to the same question
            return b""
        delta = _plain(choice)
        if delta is None:
            self._finished = self._finished or bool(choice.get("finish_reason"))
            return self.given() + event
        thought = next((delta[name] for name in _THOUGHTS if delta.get(name)), "")
        if thought:
            self._thought(len(thought))
        words = delta.get("content") or ""
        self._heard = self._heard or bool(words)
        self._text.append(words)
        self._last = data
        return b""

    def given(self) -> bytes:
        """What waits, as one event; b"" if nothing does."""
        if self._last is None:
            return b""
        choice = self._last["choices"][0]
        delta = {"role": choice["delta"].get("role"), "content": "".join(self._text)}
        data = {**self._last, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        self._text, self._last = [], None
        return b"data: " + json.dumps(data).encode() + b"\n\n"


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
    if last := waiting.given() + rest:
        yield last


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
