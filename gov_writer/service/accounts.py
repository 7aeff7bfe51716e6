"""Users, units, logins and tokens.  Every change and every login leaves a line in the audit log."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from gov_writer.errors import GovWriterError
from gov_writer.service import passwords
from gov_writer.service.database import Database, note
from gov_writer.service.people import ROLE_NAMES, Role, Who, account
from gov_writer.service.tables import GrantRow, SessionRow, TokenRow, UnitRow, UserRow

#: Programs' tokens begin with this, so that a leaked one is recognised by scanners.
TOKEN_PREFIX = "gwt_"  # noqa: S105 - a prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account as it is shown.  unit, given: names of units; given: what a reviewer may read beside."""

    id: str
    name: str
    role: Role
    unit: str
    given: tuple[str, ...]
    active: bool
    created: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A program's token as it is shown: never the token itself."""

    id: str
    name: str
    created: float
    expires: float | None


class Accounts:
    """All accounts.  Methods raise GovWriterError: USER-nnn for what can't be done, HTTP-503 without a database.

    idle_s, longest_s: after how many seconds without a request, and at the latest, a login ends.
    """

    def __init__(self, database: Database, *, idle_s: float = 3600, longest_s: float = 12 * 3600) -> None:
        self._database, self._idle_s, self._longest_s = database, idle_s, longest_s
        #: Counts the changes after which somebody may be let in no more, or with other rights.
        self.version = 0

    def any(self) -> bool:
        """Whether there is an account that can log in."""
        with self._database.session() as session:
            found = session.scalar(select(func.count()).select_from(UserRow).where(UserRow.active.is_(True)))
            return bool(found)

    def known(self) -> bool:
        """Whether there is an account at all: a service whose accounts are all switched off is shut, not open."""
        with self._database.session() as session:
            return bool(session.scalar(select(func.count()).select_from(UserRow)))

    # units and users

    def units(self) -> dict[str, str]:
        """All units: id and name."""
        with self._database.session() as session:
            return {row.id: row.name for row in session.scalars(select(UnitRow).order_by(UnitRow.name))}

    def users(self) -> list[User]:
        with self._database.session() as session:
            rows = session.scalars(select(UserRow).order_by(UserRow.name)).all()
            return [_shown(session, row) for row in rows]

    def add(
        self,
        name: str,
        password: str,
        *,
        role: Role,
        unit: str,
        given: Iterable[str] = (),
        by: Who | None = None,
    ) -> User:
        """A new account; units that are not known yet are made."""
        name = _clean(name, "用户名", 64)
        if "/" in name:  # names stand in addresses
            raise GovWriterError("用户名里不能有斜线。", hint="请换一个用户名。", code="USER-422")
        hashed = passwords.hashed(name, password)
        with self._database.session(by) as session:
            if _find(session, name) is not None:
                raise GovWriterError(f"用户“{name}”已经有了。", hint="请换一个用户名。", code="USER-409")
            row = UserRow(id=secrets.token_hex(8), name=name, role=role.value, password=hashed)
            row.unit, row.active, row.created = _unit(session, unit), True, time.time()
            session.add(row)
            _grant(session, row, given)
            session.flush()
            shown = _shown(session, row)
            _noted(session, "user.add", shown)
        return shown

    def change(
        self,
        name: str,
        *,
        role: Role | None = None,
        unit: str | None = None,
        given: Iterable[str] | None = None,
        active: bool | None = None,
        by: Who | None = None,
    ) -> User:
        """Change what is given.  Logins of the account end: its rights are others now."""
        with self._database.session(by) as session:
            row = _known(session, name)
            if active is False and by is not None and by.user == row.id:
                raise GovWriterError("不能停用自己。", hint="请由另一位管理员停用。", code="USER-409")
            row.role = role.value if role else row.role
            row.unit = _unit(session, unit) if unit else row.unit
            row.active = row.active if active is None else active
            if given is not None:
                _grant(session, row, given)
            session.execute(delete(SessionRow).where(SessionRow.user == row.id))
            if active is False:
                session.execute(delete(TokenRow).where(TokenRow.user == row.id))
            session.flush()
            shown = _shown(session, row)
            _noted(session, "user.change", shown)
        self.version += 1
        return shown

    def set_password(self, name: str, password: str, *, by: Who | None = None) -> None:
        """A new password.  All logins and tokens of the account end."""
        hashed = passwords.hashed(name, password)
        with self._database.session(by) as session:
            row = _known(session, name)
            row.password = hashed
            for table in (SessionRow, TokenRow):
                session.execute(delete(table).where(table.user == row.id))
            note(session, "user.password", f"user:{row.name}")
        self.version += 1

    def own_password(self, who: Who, old: str, password: str) -> None:
        """The same by the person who knows the old one.  Raises USER-422 for a wrong one."""
        with self._database.session() as session:
            row = session.get(UserRow, who.user)
        if row is None or not passwords.matches(row.password, old):
            raise GovWriterError("原密码不对。", hint="请再试；忘记密码请找管理员。", code="USER-422")
        self.set_password(row.name, password, by=who)

    # logins

    def login(self, name: str, password: str, *, address: str = "") -> tuple[str, Who]:
        """The secret for a new session's cookie, and who that is.  Raises USER-401; both outcomes are noted."""
        with self._database.session() as session:
            row = _find(session, name)
            hashed, active = (row.password, row.active) if row else (passwords.nobody(), False)
        good = passwords.matches(hashed, password)
        if row is None or not good or not active:
            tried = row.name if row else name[:2] + "…"  # people type passwords into this field
            with self._database.session() as session:
                note(session, "login.refused", f"user:{tried}", address=address)
            raise GovWriterError("用户名或密码不对。", hint="请再试；忘记密码请找管理员。", code="USER-401")
        secret, now = secrets.token_urlsafe(32), time.time()
        fresh = SessionRow(id=_sha(secret), user=row.id, csrf=secrets.token_urlsafe(24))
        fresh.created = fresh.seen = now
        with self._database.session() as session:
            who = _who(session, row, how="session", csrf=fresh.csrf)
        with self._database.session(replace(who, address=address)) as session:
            session.add(fresh)
            session.execute(delete(SessionRow).where(SessionRow.created < now - self._longest_s))
            note(session, "login", f"user:{row.name}")
            if (fresh_hash := passwords.renewed(hashed, password)) is not None:
                session.execute(update(UserRow).where(UserRow.id == row.id).values(password=fresh_hash))
        return secret, who

    def by_session(self, secret: str) -> Who | None:
        """Who holds this cookie; None when the session ended or was ended."""
        now = time.time()
        with self._database.session() as session:
            held = session.get(SessionRow, _sha(secret))
            row = session.get(UserRow, held.user) if held else None
            if held is None or row is None or not row.active:
                return None
            if now - held.seen > self._idle_s or now - held.created > self._longest_s:
                session.execute(delete(SessionRow).where(SessionRow.id == held.id))
                return None
            if now - held.seen > min(60.0, self._idle_s / 4):
                session.execute(update(SessionRow).where(SessionRow.id == held.id).values(seen=now))
            return _who(session, row, how="session", csrf=held.csrf)

    def logout(self, secret: str, *, by: Who) -> None:
        """End the session that this secret holds."""
        with self._database.session(by) as session:
            session.execute(delete(SessionRow).where(SessionRow.id == _sha(secret)))
            note(session, "logout", f"user:{by.name}")
        self.version += 1

    def forget_session(self, secret: str) -> None:
        """End the session that this secret holds, if there is one, since somebody logs in anew in its browser."""
        with self._database.session() as session:
            session.execute(delete(SessionRow).where(SessionRow.id == _sha(secret)))
        self.version += 1

    def end_sessions(self, name: str, *, by: Who | None = None) -> int:
        """End all logins of an account; returns how many there were."""
        with self._database.session(by) as session:
            row = _known(session, name)
            ended = session.execute(delete(SessionRow).where(SessionRow.user == row.id))
            note(session, "user.logout", f"user:{row.name}")
        self.version += 1
        return int(getattr(ended, "rowcount", 0))

    # tokens of programs

    def tokens(self, who: Who) -> list[Token]:
        """This person's own tokens."""
        with self._database.session() as session:
            rows = session.scalars(
                select(TokenRow).where(TokenRow.user == who.user).order_by(TokenRow.created)
            )
            return [Token(id=r.id, name=r.name, created=r.created, expires=r.expires) for r in rows]

    def add_token(self, who: Who, name: str, *, days: int | None = 365) -> tuple[Token, str]:
        """A new token for this person's programs, and the secret, which nobody can see again."""
        if not who.user:
            raise GovWriterError("没有账号，不能建令牌。", hint="请先登录。", code="USER-403")
        name = _clean(name, "令牌名称", 100)
        secret, now = TOKEN_PREFIX + secrets.token_urlsafe(32), time.time()
        row = TokenRow(id=secrets.token_hex(8), user=who.user, name=name, hash=_sha(secret), created=now)
        row.expires = now + days * 86400 if days else None
        with self._database.session(who) as session:
            if len(self.tokens(who)) >= 50:
                raise GovWriterError("令牌太多。", hint="请先撤销不用的令牌。", code="USER-409")
            session.add(row)
            note(session, "token.add", f"token:{row.id}", name=name, days=days)
        return Token(id=row.id, name=name, created=now, expires=row.expires), secret

    def revoke_token(self, who: Who, token: str) -> bool:
        """Revoke one of this person's own tokens; False when there is none."""
        with self._database.session(who) as session:
            row = session.get(TokenRow, token)
            if row is None or row.user != who.user:
                return False
            session.delete(row)
            note(session, "token.revoke", f"token:{row.id}", name=row.name)
        self.version += 1
        return True

    def by_token(self, secret: str) -> Who | None:
        """Whose program sends this token; None when it is unknown, revoked or past its days."""
        if not secret.startswith(TOKEN_PREFIX):
            return None
        with self._database.session() as session:
            held = session.scalars(select(TokenRow).where(TokenRow.hash == _sha(secret))).first()
            row = session.get(UserRow, held.user) if held else None
            if held is None or row is None or not row.active:
                return None
            if held.expires is not None and held.expires < time.time():
                return None
            return _who(session, row, how="api")


def _who(session: Session, row: UserRow, *, how: str, csrf: str = "") -> Who:
    given = frozenset(session.scalars(select(GrantRow.unit).where(GrantRow.user == row.id)))
    role = Role(row.role)
    return account(user=row.id, name=row.name, role=role, unit=row.unit, given=given, how=how, csrf=csrf)


def _shown(session: Session, row: UserRow) -> User:
    names = dict(session.execute(select(UnitRow.id, UnitRow.name)).all())
    given = session.scalars(select(GrantRow.unit).where(GrantRow.user == row.id))
    return User(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        unit=names.get(row.unit, ""),
        given=tuple(sorted(names.get(one, "") for one in given)),
        active=row.active,
        created=row.created,
    )


def _noted(session: Session, action: str, user: User) -> None:
    details = {"role": user.role.value, "unit": user.unit, "given": list(user.given), "active": user.active}
    note(session, action, f"user:{user.name}", **details)


def _find(session: Session, name: str) -> UserRow | None:
    if not name.isprintable():  # no account has such a name, and a database may refuse to look for it
        return None
    return session.scalars(select(UserRow).where(UserRow.name == name.strip()[:64])).first()


def _known(session: Session, name: str) -> UserRow:
    row = _find(session, name)
    if row is None:
        raise GovWriterError(f"没有用户“{name[:64]}”。", hint="用 user list 查看全部用户。", code="USER-404")
    return row


def _unit(session: Session, name: str) -> str:
    """The id of a unit by its name; a new unit where there is none of that name."""
    name = _clean(name, "单位", 100)
    row = session.scalars(select(UnitRow).where(UnitRow.name == name)).first()
    if row is None:
        row = UnitRow(id=secrets.token_hex(8), name=name, created=time.time())
        session.add(row)
        note(session, "unit.add", f"unit:{row.id}", name=name)
        session.flush()
    return row.id


def _grant(session: Session, row: UserRow, given: Iterable[str]) -> None:
    wanted: Sequence[str] = sorted({_unit(session, name) for name in given})
    if wanted and row.role != Role.REVIEWER.value:
        raise GovWriterError(
            f"只有{ROLE_NAMES[Role.REVIEWER]}可以看别的单位。",
            hint="请去掉要看的单位，或换角色。",
            code="USER-422",
        )
    session.execute(delete(GrantRow).where(GrantRow.user == row.id))
    session.add_all(GrantRow(user=row.id, unit=unit) for unit in wanted)


def _clean(name: str, what: str, most: int) -> str:
    cleaned = "".join(c for c in name if c.isprintable()).strip()
    if not cleaned or cleaned != name.strip() or len(cleaned) > most:
        raise GovWriterError(
            f"{what}不能用。", hint=f"请写 1 至 {most} 个字，不带控制字符。", code="USER-422"
        )
    return cleaned


def _sha(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
