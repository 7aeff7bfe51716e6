"""What the service counts of itself, as Prometheus text, and one structured log line per request.

Neither holds a text's contents, a file's name or an address of a page beyond its route.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gov_writer.service.traces import Traces

LOG = logging.getLogger("gov_writer.service")
#: Upper bounds of the duration histogram, in seconds.
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters of one process; safe from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: dict[tuple[str, str, int], int] = defaultdict(int)
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self.open = 0
        self._lags: deque[float] = deque([0.0], maxlen=60)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One answered request.  Streams count from their first to their last byte."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds += seconds
            self._buckets[next((n for n, top in enumerate(BOUNDS) if seconds <= top), len(BOUNDS))] += 1

    async def watch_loop(self) -> None:
        """Notes, twice a second, how late the event loop comes back; ends when it is cancelled."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.5)
            self._lags.append(max(0.0, time.perf_counter() - began - 0.5))

    def text(self, jobs: dict[tuple[str, str], int]) -> str:
        """The exposition (text format 0.0.4).  jobs: how many of each kind and status."""
        with self._lock:
            requests, buckets = dict(self._requests), list(self._buckets)
            seconds, now_open = self._seconds, self.open
        lines = ["# TYPE gov_writer_requests_total counter"]
        for (method, route, status), number in sorted(requests.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            lines.append(f"gov_writer_requests_total{{{labels}}} {number}")
        lines.append("# TYPE gov_writer_request_seconds histogram")
        total = 0
        for top, number in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
            total += number
            lines.append(f'gov_writer_request_seconds_bucket{{le="{top}"}} {total}')
        lines += [
            f"gov_writer_request_seconds_sum {seconds:.6f}",
            f"gov_writer_request_seconds_count {total}",
        ]
        lines += ["# TYPE gov_writer_requests_open gauge", f"gov_writer_requests_open {now_open}"]
        lines.append("# HELP gov_writer_loop_lag_seconds the worst of the last half minute")
        lines += [
            "# TYPE gov_writer_loop_lag_seconds gauge",
            f"gov_writer_loop_lag_seconds {max(self._lags):.4f}",
        ]
        lines.append("# TYPE gov_writer_jobs gauge")
        for (kind, status_of_job), number in sorted(jobs.items()):
            lines.append(f'gov_writer_jobs{{kind="{kind}",status="{status_of_job}"}} {number}')
        return "\n".join(lines) + "\n"


class Observed:
    """ASGI middleware that counts and logs; outermost, so that refusals count too."""

    def __init__(self, app: ASGIApp, metrics: Metrics, traces: Traces) -> None:
        self._app, self._metrics, self._traces = app, metrics, traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        headers = {"traceparent": Headers(scope=scope).get("traceparent", "")}
        with self._traces.span(method, headers, **{"http.request.method": method}) as told:
            await self._answered(scope, receive, send, method, told)

    async def _answered(
        self, scope: Scope, receive: Receive, send: Send, method: str, told: dict[str, Any]
    ) -> None:
        status = 500
        began = time.perf_counter()

        async def watched(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        self._metrics.open += 1
        try:
            await self._app(scope, receive, watched)
        finally:
            self._metrics.open -= 1
            seconds = time.perf_counter() - began
            route = str(getattr(scope.get("route"), "path", "other"))
            told |= {"name": f"{method} {route}", "http.route": route, "http.response.status_code": status}
            self._metrics.count(method, route, status, seconds)
            if LOG.isEnabledFor(logging.INFO):
                line = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
                LOG.info(json.dumps(line))


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def log_to_stderr() -> None:
    """One JSON object per line: time, level, and what the request was."""

    class Lines(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            moment = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(record.created))
            try:
                data = json.loads(record.getMessage())
            except ValueError:
                data = {"message": record.getMessage()}
            return json.dumps({"time": moment, "level": record.levelname.lower(), **data}, ensure_ascii=False)

    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
