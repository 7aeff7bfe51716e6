"""What people do to a draft: corrections of its facts, and the versions of its text.  Both are files of its job."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from gov_writer.domain import Amendment
from gov_writer.service.store import Store

_AMENDED = "amendments/"
_VERSIONS = "versions/"
#: Versions of one draft that are kept; the oldest edits give way, never the first and the newest.
MOST_VERSIONS = 200


@dataclass(frozen=True, slots=True)
class Version:
    """number: from 1, in order of time.  by: who; at: when, ISO 8601.  why: 起草 or 修改."""

    number: int
    text: str
    by: str
    at: str
    why: str


def now() -> str:
    """This moment as it is kept and shown, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")


def amendments(store: Store, job: str) -> tuple[Amendment, ...]:
    """What was corrected or struck among a draft's facts."""
    found = []
    for content in store.kept(job, _AMENDED).values():
        data = json.loads(content)
        found.append(Amendment(fact=data["fact"], text=data["text"], by=data["by"], at=data["at"]))
    return tuple(sorted(found, key=lambda one: int(one.fact.lstrip("F") or 0)))


def amend(store: Store, job: str, one: Amendment) -> None:
    """Keep a correction or a strike; it replaces an earlier one of the same fact."""
    data = {"fact": one.fact, "text": one.text, "by": one.by, "at": one.at}
    store.put(job, f"{_AMENDED}{one.fact}", _bytes(data))


def take_back(store: Store, job: str, fact: str) -> None:
    """A fact is again as its source has it."""
    store.put(job, f"{_AMENDED}{fact}", None)


def version_file(text: str, *, by: str, why: str) -> tuple[str, bytes]:
    """A new version as a file: its name, which sorts by time, and its content."""
    data = {"text": text, "by": by, "at": now(), "why": why}
    return f"{_VERSIONS}{time.time_ns():020d}", _bytes(data)


def versions(store: Store, job: str) -> list[Version]:
    """All versions of a draft, the oldest first."""
    found = []
    for number, content in enumerate(store.kept(job, _VERSIONS).values(), 1):
        data = json.loads(content)
        found.append(Version(number, data["text"], data["by"], data["at"], data["why"]))
    return found


def keep(store: Store, job: str, text: str, *, by: str) -> Version | None:
    """Keep an edited text as the newest version; None where it is what the newest says already."""
    before = versions(store, job)
    if before and before[-1].text == text:
        return None
    if len(before) >= MOST_VERSIONS:
        second = sorted(store.kept(job, _VERSIONS))[1]
        store.put(job, second, None)
    name, content = version_file(text, by=by, why="修改")
    store.put(job, name, content)
    return versions(store, job)[-1]


def _bytes(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
