"""The same tests on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

import gov_writer.service
from gov_writer.service.database import Database
from gov_writer.service.store import Store
from gov_writer.service.tables import Base


@pytest.fixture
def store(database: Database) -> Store:
    found = Store(database)
    found.forget(time.time() + 10)
    return found


def test_migrating_twice_changes_nothing(store: Store) -> None:
    job = store.add("draft", b"{}", title="总结")
    store.database.migrate()
    row = store.get(job)
    assert row is not None
    assert (row.title, row.status, row.request) == ("总结", "queued", b"{}")


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_routes_see_documents_through_the_person_only() -> None:
    folder = Path(gov_writer.service.__file__).parent
    for file in folder.glob("*.py"):
        if file.name not in ("access.py", "app.py", "api.py"):
            assert "state.store" not in file.read_text("utf-8"), file.name
    assert (folder / "api.py").read_text("utf-8").count("state.store") == 1  # the metrics' counts


def test_two_takers_never_get_the_same_job(store: Store) -> None:
    wanted = {store.add("draft", b"{}") for _ in range(40)}
    taken: list[str] = []

    def take() -> None:
        misses = 0
        while misses < 20:
            row = store.take()
            if row is None:
                misses += 1
                time.sleep(0.005)
            else:
                taken.append(row.id)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(wanted)


def test_what_was_interrupted_is_taken_again(store: Store) -> None:
    job = store.add("batch", b"{}")
    assert store.take() is not None
    assert store.take() is None
    assert store.requeue_interrupted() == 1
    again = store.take()
    assert again is not None
    assert again.id == job


def test_results_files_and_events_are_kept_in_order(store: Store) -> None:
    job = store.add("draft", b"{}")
    for number in range(3):
        store.say(job, "section", {"number": number, "heading": "党建\0\ud800"})
    events = store.events(job, 0)
    assert len(events) == 3
    assert [e.id for e in store.events(job, events[0].id)] == [e.id for e in events[1:]]
    store.finish(job, "done", {"text": "正文\0"}, {"draft.docx": b"PK\0"})
    store.finish(job, "done", {"text": "正文"}, {"draft.docx": b"PK\1"})
    assert store.file(job, "draft.docx") == b"PK\1"
    assert store.file_names(job) == ["draft.docx"]
    assert store.counts() == {("draft", "done"): 1}
    assert [row[0] for row in store.recent()] == [job]


def test_dismissals_belong_to_their_document(store: Store) -> None:
    store.dismiss("a" * 64, "f" * 64, "材料未更新")
    store.dismiss("a" * 64, "f" * 64, "材料\0有误" + "长" * 900)
    assert store.dismissed("a" * 64)["f" * 64].startswith("材料有误")
    assert store.dismissed("b" * 64) == {}
    store.restore("a" * 64, "f" * 64)
    assert store.dismissed("a" * 64) == {}


def test_forgetting_is_for_good(store: Store) -> None:
    job = store.add("draft", b"{}")
    store.say(job, "status", {})
    store.finish(job, "done", {}, {"draft.docx": b"x"})
    store.dismiss("a" * 64, "f" * 64, "x")
    assert store.forget(time.time() + 1) == 1
    assert store.get(job) is None
    assert store.file(job, "draft.docx") is None
    assert store.events(job, 0) == []
    assert store.dismissed("a" * 64) == {}


def test_versions_with_another_title_are_put_together(database: Database) -> None:
    store = Store(database)
    old, new, third = "a" * 64, "b" * 64, "c" * 64
    store.dismiss(old, "f" * 64, "材料有误")
    assert store.dismissed(new) == {}
    store.join(new, old)
    store.join(third, new)
    assert store.dismissed(third) == store.dismissed(new) == {"f" * 64: "材料有误"}
    store.join(old, third)  # they are together already
    assert store.dismissed(third) == {"f" * 64: "材料有误"}
    store.restore(third, "f" * 64)
    assert store.dismissed(old) == {}
    store.dismiss(third, "e" * 64, "无妨")
    store.join(third, third)
    assert store.dismissed(old) == {}
    assert set(store.dismissed(third)) == {"e" * 64}
