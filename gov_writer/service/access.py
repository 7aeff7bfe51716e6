"""Who may send which request.  What is not named here needs READ, and WRITE for whatever is not a GET."""

from __future__ import annotations

from anyio import to_thread
from fastapi import Request

from gov_writer.errors import GovWriterError
from gov_writer.service.identity import Identity, cookie_of
from gov_writer.service.office import Office
from gov_writer.service.people import Right, Who
from gov_writer.service.store import Store
from gov_writer.settings import CheckSettings

#: Asked for by anybody.
OPEN = ("/healthz", "/login", "/static/")
#: The first prefix that fits says what is needed: to read, and to change.
_NEEDS: tuple[tuple[str, Right, Right], ...] = (
    ("/v1/rules/settings", Right.SELF, Right.RULES),
    ("/v1/rules", Right.SELF, Right.RULES),
    ("/rules", Right.SELF, Right.RULES),
    ("/page/rules", Right.SELF, Right.RULES),
    ("/v1/users", Right.USERS, Right.USERS),
    ("/v1/units", Right.USERS, Right.USERS),
    ("/users", Right.USERS, Right.USERS),
    ("/page/users", Right.USERS, Right.USERS),
    ("/v1/audit", Right.AUDIT, Right.AUDIT),
    ("/v1/tokens", Right.SELF, Right.SELF),
    ("/v1/me", Right.SELF, Right.SELF),
    ("/account", Right.SELF, Right.SELF),
    ("/page/account", Right.SELF, Right.SELF),
    ("/logout", Right.SELF, Right.SELF),
    ("/openapi.json", Right.SELF, Right.SELF),
    ("/metrics", Right.SELF, Right.SELF),
)
SAFE = ("GET", "HEAD", "OPTIONS")


def needed(method: str, path: str) -> Right | None:
    """What a request needs; None when anybody may send it."""
    if path in OPEN or path.startswith(OPEN[-1]):
        return None
    for prefix, to_read, to_change in _NEEDS:
        if path == prefix or path.startswith(f"{prefix}/"):
            return to_read if method in SAFE else to_change
    return Right.READ if method in SAFE else Right.WRITE


def current(request: Request) -> Who:
    """Who sent this request; for routes: ``who: Annotated[Who, Depends(current)]``."""
    who: Who = request.state.who
    return who


async def still_in(request: Request) -> bool:
    """Whether whoever sent this request is let in still, and sees the same; asked by answers that take long."""
    who = current(request)
    if not who.user:
        return True
    identity: Identity = request.app.state.identity
    try:
        now = await identity.of(request.headers.get("authorization", ""), cookie_of(request.headers))
    except GovWriterError:  # the database is away: it may come back
        return True
    return now is not None and (now.user, now.unit, now.reads) == (who.user, who.unit, who.reads)


async def office_of(request: Request) -> CheckSettings:
    """How the unit of whoever sent this request checks; for every check."""
    office: Office = request.app.state.office
    return await to_thread.run_sync(office.settings, current(request).unit)


def store_of(request: Request) -> Store:
    """The documents as whoever sent this request may see them: the only store that routes use."""
    store: Store = request.app.state.store
    return store.of(current(request))
