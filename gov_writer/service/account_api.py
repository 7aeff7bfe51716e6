"""Users, units, tokens and the offices' rule settings over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from gov_writer.domain import Severity
from gov_writer.errors import GovWriterError
from gov_writer.service import trail
from gov_writer.service.access import current
from gov_writer.service.accounts import Accounts, Token, User
from gov_writer.service.database import Database
from gov_writer.service.office import Office, RuleSetting
from gov_writer.service.people import ROLE_NAMES, Role, Who

router = APIRouter()
Asking = Annotated[Who, Depends(current)]
Name = Annotated[str, Field(min_length=1, max_length=64, examples=["李明"])]
UnitName = Annotated[str, Field(min_length=1, max_length=100, examples=["东岭街道"])]
Password = Annotated[str, Field(max_length=1000, examples=["正确的马-电池-订书钉"])]
T = TypeVar("T")


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewUser(_Body):
    """``POST /v1/users``."""

    name: Name
    password: Password
    role: Role = Role.CLERK
    unit: UnitName
    reads: list[UnitName] = Field(default_factory=list, max_length=500, description="审核可看的单位")


class ChangedUser(_Body):
    """``PATCH /v1/users/{name}``: what is left out stays."""

    role: Role | None = None
    unit: UnitName | None = None
    reads: list[UnitName] | None = Field(default=None, max_length=500)
    active: bool | None = None


class NewPassword(_Body):
    """A new password; ``old`` only for one's own."""

    password: Password
    old: Password = ""


class NewToken(_Body):
    """``POST /v1/tokens``.  days: None never expires."""

    name: str = Field(min_length=1, max_length=100, examples=["报表程序"])
    days: int | None = Field(default=365, ge=1, le=3650)


class ChangedRule(_Body):
    """``PUT /v1/rules/settings/{code}``.  severity: None is the rule's own; unit: None is the own unit."""

    enabled: bool = True
    severity: Literal["error", "warning", "info"] | None = None
    unit: UnitName | None = None


async def _run(call: Callable[[], T]) -> T:
    return await to_thread.run_sync(call)


@router.get("/v1/users", tags=["账号"])
async def users(request: Request) -> dict[str, Any]:
    """All accounts."""
    accounts: Accounts = request.app.state.accounts
    return {"users": [_user(one) for one in await _run(accounts.users)]}


@router.post("/v1/users", tags=["账号"], status_code=201)
async def add_user(request: Request, body: NewUser, who: Asking) -> dict[str, Any]:
    """A new account."""
    accounts: Accounts = request.app.state.accounts
    named: dict[str, Any] = {"role": body.role, "unit": body.unit, "given": body.reads, "by": who}
    return _user(await _run(lambda: accounts.add(body.name, body.password, **named)))


@router.patch("/v1/users/{name}", tags=["账号"])
async def change_user(request: Request, name: str, body: ChangedUser, who: Asking) -> dict[str, Any]:
    """Change an account; its logins end."""
    accounts: Accounts = request.app.state.accounts
    changes: dict[str, Any] = {
        "role": body.role,
        "unit": body.unit,
        "given": body.reads,
        "active": body.active,
    }
    return _user(await _run(lambda: accounts.change(name, **changes, by=who)))


@router.put("/v1/users/{name}/password", tags=["账号"], status_code=204)
async def set_password(request: Request, name: str, body: NewPassword, who: Asking) -> Response:
    """A new password for somebody; that person's logins and tokens end."""
    accounts: Accounts = request.app.state.accounts
    await _run(lambda: accounts.set_password(name, body.password, by=who))
    return Response(status_code=204)


@router.delete("/v1/users/{name}/sessions", tags=["账号"])
async def end_sessions(request: Request, name: str, who: Asking) -> dict[str, int]:
    """End all logins of an account."""
    accounts: Accounts = request.app.state.accounts
    return {"ended": await _run(lambda: accounts.end_sessions(name, by=who))}


@router.get("/v1/units", tags=["账号"])
async def units(request: Request) -> dict[str, Any]:
    """All units."""
    accounts: Accounts = request.app.state.accounts
    return {"units": [{"id": i, "name": name} for i, name in (await _run(accounts.units)).items()]}


@router.get("/v1/me", tags=["账号"])
async def me(request: Request, who: Asking) -> dict[str, Any]:
    """Who asks, and what that person may do."""
    office: Office = request.app.state.office
    return {
        "name": who.name,
        "role": who.role.value,
        "role_name": ROLE_NAMES[who.role],
        "unit": await _run(lambda: office.name(who.unit)),
        "rights": sorted(who.rights),
        "how": who.how,
    }


@router.put("/v1/me/password", tags=["账号"], status_code=204)
async def own_password(request: Request, body: NewPassword, who: Asking) -> Response:
    """A new password of one's own; all logins and tokens end, this one too."""
    accounts: Accounts = request.app.state.accounts
    if who.how != "session":
        raise GovWriterError("换密码要先登录。", hint="请在页面上换，或请管理员换。", code="HTTP-403")
    await _run(lambda: accounts.own_password(who, body.old, body.password))
    return Response(status_code=204)


@router.get("/v1/tokens", tags=["账号"])
async def tokens(request: Request, who: Asking) -> dict[str, Any]:
    """One's own tokens for programs."""
    accounts: Accounts = request.app.state.accounts
    return {"tokens": [_token(one) for one in await _run(lambda: accounts.tokens(who))]}


@router.post("/v1/tokens", tags=["账号"], status_code=201)
async def add_token(request: Request, body: NewToken, who: Asking) -> dict[str, Any]:
    """A new token with one's own rights; ``token`` is shown here and never again."""
    accounts: Accounts = request.app.state.accounts
    made, secret = await _run(lambda: accounts.add_token(who, body.name, days=body.days))
    return {**_token(made), "token": secret}


@router.delete("/v1/tokens/{token}", tags=["账号"], status_code=204)
async def revoke_token(request: Request, token: str, who: Asking) -> Response:
    """Revoke one of one's own tokens."""
    accounts: Accounts = request.app.state.accounts
    if not await _run(lambda: accounts.revoke_token(who, token)):
        raise GovWriterError("没有这个令牌。", hint="可能已经撤销。", code="HTTP-404")
    return Response(status_code=204)


@router.get("/v1/rules/settings", tags=["核对"])
async def rule_settings(
    request: Request, who: Asking, unit: Annotated[str | None, Query(max_length=100)] = None
) -> dict[str, Any]:
    """What a unit changed about the rules; without ``unit`` the own one.  Others' only for administrators."""
    office: Office = request.app.state.office
    of = await _run(lambda: _unit_for(office, who, unit))
    rules = await _run(lambda: office.rules(of))
    shown = {
        code: {"enabled": rule.enabled, "severity": rule.severity.value if rule.severity else None}
        for code, rule in rules.items()
    }
    return {"unit": await _run(lambda: office.name(of)), "rules": shown}


@router.put("/v1/rules/settings/{code}", tags=["核对"], status_code=204)
async def change_rule(request: Request, code: str, body: ChangedRule, who: Asking) -> Response:
    """Switch a rule on or off for a unit, or change its severity; holds from the next check on."""
    office: Office = request.app.state.office
    setting = RuleSetting(enabled=body.enabled, severity=Severity(body.severity) if body.severity else None)
    of = await _run(lambda: _unit_for(office, who, body.unit))
    await _run(lambda: office.change(of, code.upper(), setting, by=who))
    return Response(status_code=204)


@router.get("/v1/audit", tags=["账号"])
async def audit(
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    user: Annotated[str, Query(max_length=64)] = "",
    object: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> dict[str, Any]:
    """The audit log after a line's number, oldest first: who read or changed which document, when, from where."""
    database: Database = request.app.state.database
    found = await _run(lambda: trail.lines(database, after=after, user=user, object_=object, limit=limit))
    return {"lines": found}


def _unit_for(office: Office, who: Who, unit: str | None) -> str:
    if unit is None:
        return who.unit
    found = office.unit(unit) if who.role is Role.ADMIN else None
    if found is None and office.name(who.unit) != unit:
        raise GovWriterError("没有这个单位。", hint="只能看本单位的设置。", code="HTTP-404")
    return found or who.unit


def _user(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role.value,
        "unit": user.unit,
        "reads": list(user.given),
        "active": user.active,
        "created": user.created,
    }


def _token(token: Token) -> dict[str, Any]:
    return {"id": token.id, "name": token.name, "created": token.created, "expires": token.expires}
