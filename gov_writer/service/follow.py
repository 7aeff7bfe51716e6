"""A job's progress as a stream of HTML pieces."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from anyio import to_thread
from fastapi import Request
from fastapi.responses import StreamingResponse

from gov_writer.service.store import Store

Events = list[tuple[str, dict[str, Any]]]
#: States of a section that is there, in the words of the writer.
DONE = ("完成", "自写", "部分自写", "退回 builtin")
#: How often a stream looks for news, and how long it keeps quiet, in seconds.
_POLL_S, _QUIET_S = 0.25, 15.0


def sections(events: Events) -> dict[str, Any]:
    """What is known of the sections: planned, at work, written."""
    planned: list[str] = next((d["headings"] for name, d in reversed(events) if name == "outline"), [])
    found = {heading: {"heading": heading, "state": "等待", "text": ""} for heading in planned}
    found |= {d["heading"]: {"text": "", **d} for name, d in events if name == "section"}
    listed = list(found.values())
    return {"sections": listed, "written": sum(one["state"] in DONE for one in listed)}


def answer(request: Request, store: Store, job: str, html: Callable[[Events], str]) -> StreamingResponse:
    """Events ``progress`` with what ``html`` makes of all that was told so far, and at last ``ready``."""
    stream = _stream(request, store, job, html)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _stream(
    request: Request, store: Store, job: str, html: Callable[[Events], str]
) -> AsyncIterator[str]:
    told: Events = []
    after, quiet = 0, 0.0
    while not await request.is_disconnected():
        row = await to_thread.run_sync(store.get, job)
        news = await to_thread.run_sync(store.events, job, after)
        if news:
            after, quiet = news[-1].id, 0.0
            told += [(event.name, json.loads(event.data)) for event in news]
            lines = "".join(f"data: {line}\n" for line in html(told).splitlines())
            yield f"event: progress\n{lines}\n"
        if row is None or row.status in ("done", "failed"):
            yield "event: ready\ndata: \n\nevent: closing\ndata: \n\n"
            return
        await asyncio.sleep(_POLL_S)
        quiet += _POLL_S
        if quiet >= _QUIET_S:
            quiet = 0.0
            yield ": still here\n\n"
