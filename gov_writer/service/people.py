"""Who is asking, and what that person may do.  No database and no HTTP in here."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

#: The unit of whoever works on this machine without an account, and of everything kept before there were units.
LOCAL_UNIT = "local"


class Role(StrEnum):
    """clerk: drafts and checks for the own unit.  reviewer: a clerk who also reads the units given to them.
    admin: users, units and rules; reads no texts."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    ADMIN = "admin"


ROLE_NAMES = {Role.CLERK: "经办", Role.REVIEWER: "审核", Role.ADMIN: "管理员"}


class Right(StrEnum):
    """What a request needs.  SELF: nothing but being known."""

    SELF = "self"
    READ = "read"
    WRITE = "write"
    USERS = "users"
    RULES = "rules"
    AUDIT = "audit"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: frozenset({Right.SELF, Right.READ, Right.WRITE}),
    Role.REVIEWER: frozenset({Right.SELF, Right.READ, Right.WRITE}),
    Role.ADMIN: frozenset({Right.SELF, Right.USERS, Right.RULES, Right.AUDIT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The one who asks.

    user: id of the account; "" for whoever works on this machine without one, and for the service itself.
    name: for the page and the audit log.  unit: where what this person makes belongs.
    reads: the units whose documents this person may see, the own one among them (an admin's: none).
    how: ``local``, ``token`` (the one of the command line), ``session``, ``api`` (a person's token), ``service``.
    address: where the request came from.  csrf: what the page's forms must send back; "" where none is needed.
    """

    user: str
    name: str
    role: Role
    unit: str
    reads: frozenset[str]
    rights: frozenset[Right]
    how: str
    address: str = ""
    csrf: str = ""

    def may(self, right: Right) -> bool:
        return right in self.rights


#: Who sent the request that is being answered; for the templates.
ASKING: ContextVar[Who | None] = ContextVar("ASKING", default=None)


def account(
    *, user: str, name: str, role: Role, unit: str, given: frozenset[str], how: str, csrf: str = ""
) -> Who:
    """A person with an account.  given: the units that a reviewer may read beside the own one."""
    reads = frozenset() if role is Role.ADMIN else frozenset({unit})
    if role is Role.REVIEWER:
        reads |= given
    return Who(
        user=user, name=name, role=role, unit=unit, reads=reads, rights=RIGHTS[role], how=how, csrf=csrf
    )


def everything(how: str, name: str) -> Who:
    """Whoever needs no account: on this machine (``local``), or with the command line's token (``token``)."""
    return Who(
        user="",
        name=name,
        role=Role.ADMIN,
        unit=LOCAL_UNIT,
        reads=frozenset({LOCAL_UNIT}),
        rights=frozenset(Right),
        how=how,
    )


def service(unit: str) -> Who:
    """The service itself, working on a unit's documents."""
    return Who(
        user="",
        name="系统",
        role=Role.CLERK,
        unit=unit,
        reads=frozenset({unit}),
        rights=RIGHTS[Role.CLERK],
        how="service",
    )
