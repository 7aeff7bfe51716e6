"""Logging in and out, and a person's own account."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gov_writer.errors import GovWriterError
from gov_writer.service.access import current
from gov_writer.service.accounts import Accounts
from gov_writer.service.forms import shown, text_of
from gov_writer.service.identity import COOKIE, cookie_of
from gov_writer.service.limits import Buckets
from gov_writer.service.people import Role

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
#: Wrong passwords: of one name from one address, and of one address.
_BY_NAME, _BY_ADDRESS = Buckets(5, 1), Buckets(30, 6)


@router.get("/login")
async def login_page(next: str = "/") -> Response:
    return shown("login.html", here="/login", next=_inside(next), error=None, name="")


@router.post("/login")
async def login(request: Request) -> Response:
    """A session for a name and password; after five wrong ones a minute's wait for each more."""
    accounts: Accounts = request.app.state.accounts
    async with request.form(max_files=0, max_fields=5) as form:
        name, password = text_of(form, "name"), form.get("password")
        wanted = _inside(text_of(form, "next") or "/")
    address = request.client.host if request.client else ""
    # taken before the password is tried: guesses that are sent at once count like those that are sent in turn
    wait = _BY_NAME.take((name, address)) or _BY_ADDRESS.take(address)
    values: dict[str, Any] = {"here": "/login", "next": wanted, "name": name}
    if wait:
        error = GovWriterError("试得太多了。", hint=f"请 {int(wait) + 1} 秒后再试。", code="HTTP-429")
        answer: Response = shown("login.html", error=error.as_dict(), **values)
        answer.status_code, answer.headers["Retry-After"] = 429, str(int(wait) + 1)
        return answer
    try:
        words = password if isinstance(password, str) else ""
        secret, who = await to_thread.run_sync(lambda: accounts.login(name, words, address=address))
    except GovWriterError as error:
        answer = shown("login.html", error=error.as_dict(), **values)
        answer.status_code = 401 if error.code == "USER-401" else 503
        return answer
    for bucket, key in ((_BY_NAME, (name, address)), (_BY_ADDRESS, address)):
        bucket.give_back(key)
    before = cookie_of(request.headers)
    if before:  # whoever was logged in here before is not any more
        await to_thread.run_sync(accounts.forget_session, before)
    home = "/users" if who.role is Role.ADMIN and wanted == "/" else wanted
    answer = RedirectResponse(home, 303)
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="lax", secure=_secure(request), path="/")
    return answer


@router.post("/logout")
async def logout(request: Request) -> Response:
    """End this browser's session; htmx goes to the login page."""
    accounts: Accounts = request.app.state.accounts
    who = current(request)
    await to_thread.run_sync(lambda: accounts.logout(cookie_of(request.headers), by=who))
    answer = Response(
        status_code=204, headers={"HX-Redirect": "/login", "Clear-Site-Data": '"cache", "storage"'}
    )
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=_secure(request), path="/")
    return answer


def _secure(request: Request) -> bool:
    return bool(request.app.state.settings.secure or request.url.scheme == "https")


def _inside(address: str) -> str:
    """An address of this service only: another would lead away after the login."""
    return address if address.startswith("/") and address[1:2] not in ("/", "\\") else "/"
