"""The audit log's chain on SQLite and PostgreSQL: whatever is changed, cut out or cut off shows."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from typer.testing import CliRunner

from gov_writer.cli.app import _register, app
from gov_writer.service import trail
from gov_writer.service.chain import Head, read_head, write_head
from gov_writer.service.database import Database, note
from gov_writer.service.people import everything, service
from gov_writer.service.store import Store


def _write(database: Database, lines: int) -> None:
    for number in range(lines):
        with database.session(everything("local", "本机")) as session:
            note(session, "change", f"job:{number}", reason="“测试”\0\ud800")


def _tamper(database: Database, *statements: str) -> None:
    """As whoever has the database's password could."""
    with database.engine.begin() as connection:
        if database.sqlite:
            for name in ("audit_no_update", "audit_no_delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_is_kept"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_whole_chain_holds(database: Database) -> None:
    assert trail.verify(database).broken is None
    _write(database, 20)
    verdict = trail.verify(database)
    assert (verdict.lines, verdict.broken) == (20, None)
    assert database.noted_head() == verdict.head
    assert (
        trail.verify(database, [Head(7, trail.lines(database, after=6, limit=1)[0]["hash"])]).broken is None
    )


@pytest.mark.parametrize("what", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_changes(database: Database, what: str) -> None:
    _write(database, 2)
    with pytest.raises(SQLAlchemyError, match="never changed"), database.engine.begin() as connection:
        connection.execute(text(what))
    assert trail.verify(database).broken is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET name = '别人' WHERE number = 5", 5),
        ("UPDATE audit SET time = time + 1 WHERE number = 3", 3),
        ("UPDATE audit SET hash = previous WHERE number = 6", 6),
        ("DELETE FROM audit WHERE number = 4", 4),
        ("DELETE FROM audit WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number > 7", 8),
        ("DELETE FROM audit", 1),
    ],
)
def test_what_was_changed_shows(database: Database, statement: str, broken: int) -> None:
    _write(database, 9)
    _tamper(database, statement)
    assert trail.verify(database).broken == broken


def test_what_was_cut_off_shows_in_the_head_outside(database: Database, tmp_path: Path) -> None:
    _write(database, 9)
    head = database.noted_head()
    sixth = trail.lines(database, after=5, limit=1)[0]["hash"]
    _tamper(
        database, "DELETE FROM audit WHERE number > 6", f"UPDATE audit_head SET number = 6, hash = '{sixth}'"
    )
    assert trail.verify(database).broken == 7
    (tmp_path / "audit.head").unlink()
    assert trail.verify(database).broken is None
    assert head is not None
    assert trail.verify(database, [head]).broken == 7


def test_a_chain_written_anew_shows_in_the_head_outside(database: Database) -> None:
    _write(database, 4)
    known = trail.verify(database).head
    _tamper(database, "DELETE FROM audit", f"UPDATE audit_head SET number = 0, hash = '{'0' * 64}'")
    _write(database, 4)
    assert trail.verify(database, [known]).broken == 4


def test_many_writers_make_one_chain(database: Database) -> None:
    jobs = Store(database).of(service("东岭"))

    def work() -> None:
        for _ in range(10):
            jobs.add("draft", b"{}")
            _write(database, 1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = trail.verify(database)
    assert (verdict.lines, verdict.broken) == (80, None)


def test_reads_and_changes_leave_lines(database: Database) -> None:
    store = Store(database)
    mine = store.of(everything("local", "本机"))
    job = mine.add("draft", b"{}", title="总结")
    mine.get(job)
    mine.get(job)
    mine.finish(job, "done", {}, {"draft.docx": b"x"})
    store.forget(2e10)
    mine.get(job)
    found = trail.lines(database, object_=f"job:{job}")
    assert [line["action"] for line in found] == ["create", "read", "change", "delete"]
    assert "总结" not in str(found)


def test_a_change_that_fails_leaves_no_line(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.session(everything("local", "本机")) as session:
        note(session, "change", "job:x")
        raise ZeroDivisionError
    assert trail.lines(database) == []


def test_a_head_never_goes_back(tmp_path: Path) -> None:
    write_head(tmp_path / "head", Head(7, "a" * 64))
    write_head(tmp_path / "head", Head(6, "b" * 64))
    assert read_head(tmp_path / "head") == Head(7, "a" * 64)
    assert read_head(tmp_path / "none") is None


def test_the_command_line_tells_the_first_broken_line(tmp_path: Path) -> None:
    _register()
    runner = CliRunner()
    database = Database(f"sqlite:///{tmp_path / 'service.sqlite'}", head=tmp_path / "audit.head")
    database.migrate()
    _write(database, 5)
    call = ["audit", "verify", "--folder", str(tmp_path)]
    good = runner.invoke(app, call, standalone_mode=False)
    assert (good.return_value, "共 5 行" in good.output) == (0, True)
    listed = runner.invoke(app, ["audit", "list", "--folder", str(tmp_path), "--after", "3"])
    assert listed.output.count("\n") == 2
    _tamper(database, "UPDATE audit SET object = 'job:x' WHERE number = 2")
    bad = runner.invoke(app, call, standalone_mode=False)
    assert bad.return_value == 1
    assert "从第 2 行起" in bad.output
    database.close()
