"""What is asked of an engine, what it answers, and how it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question.  label: whom it is for (a heading), shown to the person and in the egress log.

    system comes first and is the same for all questions of a draft, so that an endpoint's prefix cache
    works.  max_tokens: None leaves the limit to the endpoint.
    """

    system: str
    user: str
    label: str = ""
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back.  tokens_in, tokens_out: as the endpoint counts them, else estimated (see estimated).

    requests: HTTP requests that it took, repeats included; 0 from the cache.  cut: it was longer than allowed.
    """

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = True
    requests: int = 1
    seconds: float = 0.0
    cached: bool = False
    cut: bool = False


class Fault(Exception):  # noqa: N818  a finding about the endpoint, part of the normal flow
    """An engine that did not answer.

    message: plain Chinese.  again: asking again may help.  fatal: no question to this engine can succeed
    (wrong key, wrong model).  after: seconds that the endpoint asked to wait (Retry-After), None if it did not say.
    """

    def __init__(
        self, message: str, *, again: bool = False, fatal: bool = False, after: float | None = None
    ) -> None:
        super().__init__(message)
        self.message, self.again, self.fatal, self.after = message, again, fatal, after


#: (characters so far, those of thoughts included; the answer so far, as the model says it), a few times a second
Heard = Callable[[int, str], None]


def unheard(size: int, text: str) -> None:
    """Nobody watches the answer grow."""


def unlogged(url: str, body: bytes, label: str) -> None:
    """Nobody keeps what is sent."""


class Engine(Protocol):
    """What answers.  One attempt per call: repeating, caching and deadlines are the desk's business."""

    name: str
    model: str
    endpoint: str

    async def complete(self, request: Request, *, seconds: float, heard: Heard) -> Answer:
        """One answer within ``seconds``; ``heard`` is told how it grows.  Raises Fault."""

    def warm(self) -> None:
        """Load what the first question needs; returns when it is loaded."""

    async def close(self) -> None:
        """Let go of connections, stop a server that was started."""
