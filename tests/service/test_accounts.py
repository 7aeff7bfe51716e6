"""Accounts, logins, tokens and the separation of units, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, text

from gov_writer.errors import GovWriterError
from gov_writer.service.accounts import Accounts
from gov_writer.service.database import Database
from gov_writer.service.people import Right, Role, Who
from gov_writer.service.store import Store
from gov_writer.service.tables import JobRow

PASSWORD = "正确的马-电池-订书钉"


@pytest.fixture
def accounts(database: Database) -> Accounts:
    found = Accounts(database)
    found.add("李明", PASSWORD, role=Role.CLERK, unit="东岭街道")
    found.add("王芳", PASSWORD, role=Role.CLERK, unit="西渡街道")
    found.add("赵强", PASSWORD, role=Role.REVIEWER, unit="区府办", given=["东岭街道"])
    found.add("钱进", PASSWORD, role=Role.ADMIN, unit="区府办")
    return found


def _who(accounts: Accounts, name: str) -> Who:
    return accounts.login(name, PASSWORD)[1]


def _refused(code: str, call: object, *args: object, **named: object) -> None:
    with pytest.raises(GovWriterError) as caught:
        call(*args, **named)  # type: ignore[operator]
    assert caught.value.code == code


def test_a_login_knows_role_unit_and_rights(accounts: Accounts) -> None:
    secret, who = accounts.login("李明", PASSWORD)
    assert (who.role, who.may(Right.WRITE), who.may(Right.USERS)) == (Role.CLERK, True, False)
    assert accounts.by_session(secret) == who
    assert accounts.by_session(secret + "x") is None
    assert who.reads == {who.unit}
    reviewer, admin = _who(accounts, "赵强"), _who(accounts, "钱进")
    assert reviewer.reads == {reviewer.unit, who.unit}
    assert admin.reads == frozenset()
    assert not admin.may(Right.READ)


def test_wrong_names_and_passwords_sound_the_same(accounts: Accounts) -> None:
    for name, password in (("李明", "错误的密码-123"), ("没有的人", PASSWORD), ("李明", "长" * 10_000)):
        _refused("USER-401", accounts.login, name, password)


def test_logins_end(accounts: Accounts, database: Database) -> None:
    secret, who = accounts.login("李明", PASSWORD)
    accounts.logout(secret, by=who)
    assert accounts.by_session(secret) is None
    for end in (
        lambda: accounts.end_sessions("李明"),
        lambda: accounts.set_password("李明", PASSWORD + "2"),
        lambda: accounts.change("李明", active=False),
    ):
        accounts.change("李明", active=True)
        accounts.set_password("李明", PASSWORD)
        secret, _ = accounts.login("李明", PASSWORD)
        end()
        assert accounts.by_session(secret) is None
    _refused("USER-401", accounts.login, "李明", PASSWORD)
    for short in (Accounts(database, idle_s=0), Accounts(database, longest_s=0)):
        secret, _ = short.login("王芳", PASSWORD)
        assert short.by_session(secret) is None


def test_passwords_are_hashed_and_not_too_easy(accounts: Accounts, database: Database) -> None:
    with database.session() as session:
        stored = session.scalars(text("SELECT password FROM users")).all()
    assert all(one.startswith("$argon2id$") for one in stored)
    for easy in ("short", "aaaaaaaaaaaaaa", "新人-新人甲-12345", "x" * 300):
        _refused("USER-422", accounts.add, "新人甲", easy, role=Role.CLERK, unit="东岭街道")


def test_names_are_taken_once_and_clean(accounts: Accounts) -> None:
    _refused("USER-409", accounts.add, "李明", PASSWORD, role=Role.CLERK, unit="东岭街道")
    _refused("USER-422", accounts.add, "a\nb", PASSWORD, role=Role.CLERK, unit="东岭街道")
    _refused("USER-422", accounts.add, "孙立", PASSWORD, role=Role.CLERK, unit="东岭街道", given=["西渡街道"])
    _refused("USER-404", accounts.set_password, "没有的人", PASSWORD)
    assert [user.name for user in accounts.users()] == sorted(["李明", "王芳", "赵强", "钱进"])


def test_tokens_are_shown_once_and_revoked(accounts: Accounts, database: Database) -> None:
    who, other = _who(accounts, "李明"), _who(accounts, "王芳")
    token, secret = accounts.add_token(who, "报表程序")
    with database.session() as session:
        assert secret not in session.scalars(text("SELECT hash FROM tokens")).all()
    known = accounts.by_token(secret)
    assert known is not None
    assert (known.user, known.how, known.csrf) == (who.user, "api", "")
    assert not accounts.revoke_token(other, token.id)
    assert accounts.revoke_token(who, token.id)
    assert accounts.by_token(secret) is None
    assert accounts.by_token(accounts.add_token(who, "旧的", days=-1)[1]) is None
    assert accounts.tokens(other) == []


def test_units_are_kept_apart(accounts: Accounts, database: Database) -> None:
    everywhere = Store(database)
    mine, theirs, reviewing, admin = (
        everywhere.of(_who(accounts, name)) for name in ("李明", "王芳", "赵强", "钱进")
    )
    job = mine.add("draft", b"{}", title="总结")
    everywhere.of(replace(_who(accounts, "李明"))).finish(job, "done", {"text": "x"}, {"draft.docx": b"PK"})
    mine.say(job, "status", {})
    mine.dismiss("a" * 64, "f" * 64, "材料未更新")
    for store in (theirs, admin):
        assert store.get(job) is None
        assert store.recent() == []
        assert store.file(job, "draft.docx") is None
        assert store.file_names(job) == []
        assert store.events(job, 0) == []
        assert store.dismissed("a" * 64) == {}
    for store in (mine, reviewing):
        assert store.get(job) is not None
        assert store.file(job, "draft.docx") == b"PK"
        assert [row[0] for row in store.recent()] == [job]
    _refused("HTTP-403", reviewing.finish, job, "failed", {}, {})
    theirs.finish(job, "failed", {}, {"draft.docx": b"other"})  # there is no such job for them
    assert mine.file(job, "draft.docx") == b"PK"
    found = mine.get(job)
    assert found is not None
    assert found.status == "done"


def test_sessions_refuse_what_would_pass_by(accounts: Accounts, database: Database) -> None:
    who = _who(accounts, "李明")
    for statement in (delete(JobRow), text("SELECT * FROM jobs"), select(JobRow.__table__.c.id)):
        with pytest.raises(RuntimeError), database.session(who) as session:
            session.execute(statement)  # type: ignore[call-overload]
