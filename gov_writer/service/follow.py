"""A job's progress as a stream of HTML pieces."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import Request
from fastapi.responses import StreamingResponse

from gov_writer.errors import GovWriterError
from gov_writer.service.access import still_in
from gov_writer.service.feeds import POLL_S, Feeds

Events = list[tuple[str, dict[str, Any]]]
#: States of a section that is there, in the words of the writer.
DONE = ("写好", "完成", "自写", "部分自写", "退回 builtin")
#: How long a stream keeps quiet, in seconds.
_QUIET_S = 15.0


def latest(events: Events) -> Events:
    """What was told since the job was last taken up; nothing while it waits to be."""
    for at in range(len(events) - 1, -1, -1):
        name, data = events[at]
        if name == "status":
            return events[at + 1 :] if data["status"] == "running" else []
    return events


def sections(events: Events) -> dict[str, Any]:
    """What is known of the sections: planned, at work, written."""
    events = latest(events)
    planned: list[str] = next((d["headings"] for name, d in reversed(events) if name == "outline"), [])
    found = {heading: {"heading": heading, "state": "等待", "text": ""} for heading in planned}
    for name, data in events:
        if name == "section":
            found[data["heading"]] = {"text": "", **found.get(data["heading"], {}), **data}
    listed = list(found.values())
    return {"sections": listed, "written": sum(one["state"] in DONE for one in listed)}


def answer(request: Request, job: str, html: Callable[[Events], str]) -> StreamingResponse:
    """Whoever asks has been let in before.  Events ``progress`` with what ``html`` makes of all that was told so far, and at last ``ready``."""
    stream = _stream(request, job, html)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _stream(request: Request, job: str, html: Callable[[Events], str]) -> AsyncIterator[str]:
    feeds: Feeds = request.app.state.feeds
    told: Events = []
    after, quiet = 0, 0.0
    while not await request.is_disconnected():
        try:
            status, news = await feeds.news(job, after)
        except GovWriterError:  # the database is away: it may come back
            status, news = "running", []
        if not await still_in(request):
            yield "event: closing\ndata: \n\n"
            return
        if news:
            after, quiet = news[-1].id, 0.0
            told += [(event.name, json.loads(event.data)) for event in news]
            lines = "".join(f"data: {line}\n" for line in html(told).splitlines())
            yield f"event: progress\n{lines}\n"
        if status in (None, "done", "failed"):
            yield "event: ready\ndata: \n\nevent: closing\ndata: \n\n"
            return
        await asyncio.sleep(POLL_S)
        quiet += POLL_S
        if quiet >= _QUIET_S:
            quiet = 0.0
            yield ": still here\n\n"
