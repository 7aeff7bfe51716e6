"""The people whose accounts the tests of the service use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from gov_writer.service.people import Role

PASSWORD = "正确的马-电池-订书钉"
PEOPLE = {
    "李明": (Role.CLERK, "东岭街道", ()),
    "王芳": (Role.CLERK, "西渡街道", ()),
    "赵强": (Role.REVIEWER, "区府办", ("东岭街道",)),
    "孙敏": (Role.REVIEWER, "区府办", ("东岭街道", "西渡街道")),
    "钱进": (Role.ADMIN, "区府办", ()),
}
Open = Callable[[str], TestClient]


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path; newer FastAPI keeps the included routers, older ones copy their routes."""
    routes: list[Any] = []
    for one in app.routes:
        routes += getattr(getattr(one, "original_router", None), "routes", [one])
    found = [(m, r.path) for r in routes if isinstance(r, APIRoute) for m in sorted(r.methods or ())]
    assert len(found) > 30
    return found
