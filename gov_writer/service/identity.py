"""From a request's header or cookie to the person who sent it."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from anyio import to_thread
from starlette.datastructures import Headers

from gov_writer.service.accounts import Accounts
from gov_writer.service.people import Who, everything

COOKIE = "gov_writer_session"
#: How long what the database said of a person holds, in seconds; and of how many it is kept.
_HOLDS_S, _MOST = 2.0, 5000


class Identity:
    """token: the command line's, None without one.  open_: whether nobody needs to log in while there are no
    accounts (loopback without a token).  ``accounts`` is set when the service starts."""

    def __init__(self, *, token: str | None, open_: bool) -> None:
        self._token, self._open = token, open_
        self.accounts: Accounts | None = None
        self._people: tuple[float, bool] = (-1e9, False)
        self._recent: dict[str, tuple[float, int, Who]] = {}

    async def of(self, authorization: str, cookie: str) -> Who | None:
        """Who that is; None for nobody known.  Raises GovWriterError HTTP-503 when the database is away."""
        given = _given(authorization)
        if self._token and given and hmac.compare_digest(given.encode(), self._token.encode()):
            return everything("token", "令牌")
        if self.accounts is None:
            return None
        if authorization:
            return await self._known(given, self.accounts.by_token) if given else None
        if cookie:
            who = await self._known(cookie, self.accounts.by_session)
            if who is not None:
                return who
        if self._open and not await self.people():
            return everything("local", "本机")
        return None

    async def _known(self, secret: str, look: Callable[[str], Who | None]) -> Who | None:
        """Who holds this secret, as of a moment ago; changes made in this process hold at once."""
        version = self.accounts.version if self.accounts else 0
        at, known_at, who = self._recent.get(secret, (-1e9, -1, None))
        now = time.monotonic()
        if known_at == version and now - at < _HOLDS_S:
            return who
        who = await to_thread.run_sync(look, secret)
        if len(self._recent) > _MOST:
            self._recent.clear()
        if who is not None:
            self._recent[secret] = (now, version, who)
        return who

    async def people(self) -> bool:
        """Whether there are accounts."""
        at, found = self._people
        if self.accounts is not None and time.monotonic() - at > _HOLDS_S:
            found = await to_thread.run_sync(self.accounts.known)
            self._people = (time.monotonic(), found)
        return found


def _given(authorization: str) -> str:
    """A bearer token, or a token as the password of HTTP Basic, which browsers ask for by themselves."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def cookie_of(headers: Headers) -> str:
    """What the session's cookie holds; "" without one."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
