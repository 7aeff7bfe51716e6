"""The pages of accounts: everybody's own, and the administrators'."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gov_writer.errors import GovWriterError
from gov_writer.service import trail
from gov_writer.service.access import current
from gov_writer.service.accounts import Accounts
from gov_writer.service.forms import fault, shown, text_of
from gov_writer.service.people import ROLE_NAMES, Role

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
#: Lines of the audit log on its page.
_LINES = 200


@router.get("/users")
async def users_page(request: Request) -> Response:
    """All accounts, and a form for a new one."""
    return await _users(request, "users.html")


async def _users(request: Request, template: str, said: str = "") -> Response:
    accounts: Accounts = request.app.state.accounts
    found = await to_thread.run_sync(accounts.users)
    units = await to_thread.run_sync(accounts.units)
    roles = {role.value: name for role, name in ROLE_NAMES.items()}
    values: dict[str, Any] = {"users": found, "units": list(units.values()), "roles": roles, "said": said}
    return shown(template, here="/users", **values)


@router.post("/page/users")
async def add_user(request: Request) -> Response:
    accounts: Accounts = request.app.state.accounts
    by = current(request)
    async with request.form(max_files=0, max_fields=20) as form:
        name, unit, role = text_of(form, "name"), text_of(form, "unit"), text_of(form, "role")
        password = form.get("password")
        reads = [line.strip() for line in text_of(form, "reads").splitlines() if line.strip()]

    def add() -> str:
        words = password if isinstance(password, str) else ""
        accounts.add(name, words, role=_role(role), unit=unit, given=reads, by=by)
        return f"已增加用户“{name}”。"

    return await _done(request, add)


@router.post("/page/users/{name}")
async def change_user(request: Request, name: str) -> Response:
    """``do``: disable, enable, logout, or password with a new one."""
    accounts: Accounts = request.app.state.accounts
    by = current(request)
    async with request.form(max_files=0, max_fields=10) as form:
        what, password = text_of(form, "do"), form.get("password")

    def change() -> str:
        if what in ("disable", "enable"):
            accounts.change(name, active=what == "enable", by=by)
            return f"已{'启用' if what == 'enable' else '停用'}“{name}”。"
        if what == "logout":
            return f"已结束“{name}”的 {accounts.end_sessions(name, by=by)} 处登录。"
        accounts.set_password(name, password if isinstance(password, str) else "", by=by)
        return f"已换“{name}”的密码，请当面告知。"

    return await _done(request, change)


async def _done(request: Request, call: Callable[[], str]) -> Response:
    try:
        said = await to_thread.run_sync(call)
    except GovWriterError as error:
        return fault(error)
    return await _users(request, "users_table.html", said)


@router.get("/users/audit")
async def audit_page(request: Request, after: int = -1) -> Response:
    """The latest lines of the audit log, or those after a number."""
    database = request.app.state.database
    head = database.noted_head()
    start = max(0, (head.number if head else 0) - _LINES) if after < 0 else min(after, 2**62)
    found = await to_thread.run_sync(lambda: trail.lines(database, after=start, limit=_LINES))
    for line in found:
        line["moment"] = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(line["time"]))
    return shown("audit.html", here="/users", lines=found[::-1], before=max(0, start - _LINES), start=start)


@router.get("/account")
async def account_page(request: Request) -> Response:
    """One's own password and tokens."""
    return await _account(request, "account.html")


async def _account(request: Request, template: str, *, said: str = "", secret: str = "") -> Response:
    accounts: Accounts = request.app.state.accounts
    who = current(request)
    found = await to_thread.run_sync(accounts.tokens, who)
    tokens = [
        {
            "id": one.id,
            "name": one.name,
            "expires": time.strftime("%Y-%m-%d", time.localtime(one.expires)) if one.expires else "不过期",
        }
        for one in found
    ]
    return shown(template, here="/account", tokens=tokens, said=said, secret=secret)


@router.post("/page/account/password")
async def own_password(request: Request) -> Response:
    """A new password; this login ends too."""
    accounts: Accounts = request.app.state.accounts
    who = current(request)
    async with request.form(max_files=0, max_fields=5) as form:
        old, new, again = (form.get(name) for name in ("old", "new", "again"))
    try:
        if not (isinstance(old, str) and isinstance(new, str)) or new != again:
            raise GovWriterError("两遍新密码不一样。", hint="请重新输入。", code="USER-422")
        await to_thread.run_sync(accounts.own_password, who, old, new)
    except GovWriterError as error:
        return fault(error)
    return Response(status_code=204, headers={"HX-Redirect": "/login"})


@router.post("/page/account/tokens")
async def own_tokens(request: Request) -> Response:
    """``revoke`` one, or make one by its ``name``."""
    accounts: Accounts = request.app.state.accounts
    who = current(request)
    async with request.form(max_files=0, max_fields=5) as form:
        name, revoke = text_of(form, "name"), text_of(form, "revoke")
    try:
        if revoke:
            await to_thread.run_sync(accounts.revoke_token, who, revoke)
            return await _account(request, "tokens.html", said="已撤销。")
        _, secret = await to_thread.run_sync(accounts.add_token, who, name)
        return await _account(request, "tokens.html", secret=secret)
    except GovWriterError as error:
        return fault(error)


def _role(given: str) -> Role:
    try:
        return Role(given)
    except ValueError:
        raise GovWriterError(f"没有角色“{given[:20]}”。", hint="请在列表中选。", code="USER-422") from None
