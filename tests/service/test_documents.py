"""Versions and amendments of a draft, on both databases, kept apart by unit."""

from __future__ import annotations

import pytest

from gov_writer.domain import Amendment
from gov_writer.errors import GovWriterError
from gov_writer.service import documents
from gov_writer.service.database import Database
from gov_writer.service.people import Role, account
from gov_writer.service.store import Store


def test_amendments_replace_each_other_and_are_taken_back(database: Database) -> None:
    store = Store(database)
    job = store.add("draft", b"{}", status="open")
    for text in ("12处", "13处"):
        documents.amend(store, job, Amendment(fact="F10", text=text, by="小林", at="2025-12-20T09:00:00"))
    documents.amend(store, job, Amendment(fact="F2", text=None, by="小林", at="2025-12-20T09:00:00"))
    assert [(a.fact, a.text) for a in documents.amendments(store, job)] == [("F2", None), ("F10", "13处")]
    documents.take_back(store, job, "F10")
    assert [a.fact for a in documents.amendments(store, job)] == ["F2"]
    assert store.file_names(job) == []


def test_versions_are_numbered_in_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(database)
    job = store.add("draft", b"{}", status="done")
    name, content = documents.version_file("第一版", by="小林", why="起草")
    store.put(job, name, content)
    assert documents.keep(store, job, "第一版", by="小赵") is None
    kept = documents.keep(store, job, "第二版", by="小赵")
    assert kept is not None
    assert (kept.number, kept.by, kept.why) == (2, "小赵", "修改")
    monkeypatch.setattr(documents, "MOST_VERSIONS", 3)
    for text in ("三", "四", "五"):
        documents.keep(store, job, text, by="小赵")
    assert [v.text for v in documents.versions(store, job)] == ["第一版", "四", "五"]
    assert store.numbers("versions/") == {job: 3}


def test_a_job_is_queued_again_but_not_twice(database: Database) -> None:
    store = Store(database)
    job = store.add("draft", b"1", status="open")
    assert store.again(job, b"2", title="东岭街道总结")
    assert not store.again(job, b"3", title="x")
    row = store.take()
    assert row is not None
    assert (row.request, row.title) == (b"2", "东岭街道总结")


def test_another_unit_neither_sees_nor_changes(database: Database) -> None:
    def person(unit: str) -> Store:
        who = account(user=unit, name=unit, role=Role.CLERK, unit=unit, given=frozenset(), how="session")
        return Store(database).of(who)

    mine, theirs = person("a"), person("b")
    job = mine.add("draft", b"{}", status="done")
    documents.keep(mine, job, "机密文字", by="a")
    assert documents.versions(theirs, job) == []
    assert theirs.numbers("versions/") == {}
    theirs.put(job, "versions/1", b"{}")
    assert not theirs.again(job, b"", title="x")
    reviewer = account(
        user="r", name="r", role=Role.REVIEWER, unit="b", given=frozenset({"a"}), how="session"
    )
    seen = Store(database).of(reviewer)
    assert [v.text for v in documents.versions(seen, job)] == ["机密文字"]
    with pytest.raises(GovWriterError):
        documents.keep(seen, job, "改过", by="r")
    assert [v.text for v in documents.versions(mine, job)] == ["机密文字"]
