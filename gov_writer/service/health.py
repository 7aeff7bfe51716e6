"""What ``/healthz`` tells: booleans and counts, no names."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from fastapi import FastAPI

#: Less free space than this (in bytes) is a fault: the next upload may not fit.
_ROOM = 64 * 1024 * 1024
#: A full disk is told for so many seconds after it was met.
_MET_S = 60.0


def health_of(app: FastAPI) -> dict[str, Any]:
    """status: ``ok`` or ``degraded``.  database: answers.  disk: has room, and nothing failed for want of it just
    now.  workers: the threads that do jobs are there.  jobs: at work, and seconds since the quietest said something
    (a model that hangs shows here).  waiting: pieces of work that wait for a process."""
    state = app.state
    database = state.database.alive()
    disk = _room(state.settings.folder) and not state.database.full_within(_MET_S)
    workers = state.runner.alive()
    running = state.runner.running()
    return {
        "status": "ok" if database and disk and workers else "degraded",
        "database": database,
        "disk": disk,
        "workers": workers,
        "jobs": {"at_work": running.at_work, "silent_seconds": round(running.silent_s)},
        "waiting": state.checkers.waiting(),
    }


def _room(folder: Path) -> bool:
    try:
        return all(shutil.disk_usage(p).free >= _ROOM for p in (folder, tempfile.gettempdir()))
    except OSError:
        return False
