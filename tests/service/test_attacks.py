"""The service as somebody sees it who wants what is not theirs."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from gov_writer.errors import GovWriterError
from gov_writer.service import account_pages
from gov_writer.service.app import create_app
from gov_writer.service.config import ServiceSettings
from gov_writer.service.limits import Buckets
from gov_writer.service.people import Role
from tests.service.people import PASSWORD, PEOPLE, Open, routes

# --- whose page sends the request ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin", ["null", "file://", "http://evil.example", "http://testserver.evil.example"]
)
def test_another_pages_origin_changes_nothing(tmp_path: Path, origin: str) -> None:
    # a page in a sandbox says "null"; browsers send a password of HTTP Basic along with its requests
    with TestClient(create_app(ServiceSettings(folder=tmp_path))) as client:
        answer = client.post("/v1/check", json={}, headers={"origin": origin})
        assert answer.status_code == 403
        assert client.post("/login", data={"name": "a"}, headers={"origin": origin}).status_code == 403


def test_every_change_needs_the_pages_token(app: FastAPI, as_: Open) -> None:
    client = as_("李明")
    del client.headers["X-CSRF-Token"]
    tried = 0
    for method, path in routes(app):
        if method in ("GET", "HEAD") or path == "/login":
            continue
        answer = client.request(method, re.sub(r"\{[^}]+\}", "x", path), json={})
        assert answer.status_code == 403, (method, path)
        tried += 1
    assert tried >= 20


def test_a_host_with_the_name_of_a_test_is_not_this_machine() -> None:
    import gov_writer.service.guard as plain

    source = Path(plain.__file__ or "").read_text(encoding="utf-8")
    assert "testserver" not in source


# --- who is let in -------------------------------------------------------------------------------------


def test_a_proxy_on_this_machine_opens_the_door_to_nobody(tmp_path: Path) -> None:
    with pytest.raises(GovWriterError, match=r"reports\.example"):
        create_app(ServiceSettings(folder=tmp_path, public_url="https://reports.example"))
    settings = ServiceSettings(folder=tmp_path, public_url="https://reports.example", token="x" * 20)
    with TestClient(create_app(settings)) as client:
        assert client.get("/v1/rules", headers={"host": "reports.example"}).status_code == 401


def test_a_service_whose_accounts_are_all_off_is_shut(app: FastAPI) -> None:
    for name in PEOPLE:
        app.state.accounts.change(name, active=False)
    assert TestClient(app).get("/v1/rules").status_code == 401


def test_guesses_at_once_count_like_guesses_in_turn(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_pages, "_BY_NAME", Buckets(5, 1))
    tried: list[int] = []
    real = app.state.accounts.login

    def slow(*args: Any, **named: Any) -> Any:
        time.sleep(0.2)
        return real(*args, **named)

    monkeypatch.setattr(app.state.accounts, "login", slow)

    def guess() -> None:
        client = TestClient(app)
        tried.append(client.post("/login", data={"name": "李明", "password": "错误的密码-123"}).status_code)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(tried) == [401] * 5 + [429] * 15


def test_a_right_password_is_no_wrong_guess(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_pages, "_BY_NAME", Buckets(2, 1))
    for _ in range(4):
        sent = {"name": "李明", "password": PASSWORD}
        answer = TestClient(app).post("/login", data=sent, follow_redirects=False)
        assert answer.status_code == 303


def test_a_login_takes_no_session_that_somebody_brought(app: FastAPI) -> None:
    client = TestClient(app, cookies={"gov_writer_session": "made-up-by-somebody"})
    sent = {"name": "李明", "password": PASSWORD}
    first = client.post("/login", data=sent, follow_redirects=False).cookies["gov_writer_session"]
    again = TestClient(app, cookies={"gov_writer_session": first})
    second = again.post("/login", data=sent, follow_redirects=False).cookies["gov_writer_session"]
    assert len({"made-up-by-somebody", first, second}) == 3
    old = TestClient(app, cookies={"gov_writer_session": first})
    assert old.get("/v1/me").status_code == 401  # who was logged in here before is not any more


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:1",
    ],
)
def test_a_login_leads_nowhere_else(app: FastAPI, address: str) -> None:
    sent = {"name": "李明", "password": PASSWORD, "next": address}
    location = TestClient(app).post("/login", data=sent, follow_redirects=False).headers["location"]
    assert location.startswith("/")
    assert not re.match(r"/[\s\\/]", location)
    page = TestClient(app).get("/login", params={"next": address}).text
    assert 'name="next" value="/"' in page or "\t" in address


# --- what is not one's own -----------------------------------------------------------------------------


def test_what_one_unit_set_aside_hides_nothing_in_anothers(as_: Open) -> None:
    east, west, reviewer = as_("李明"), as_("王芳"), as_("孙敏")
    sent = {"draft_text": "工作总结\n\n排查隐患8573处。", "against_text": "排查隐患8753处。"}
    pages = [client.post("/page/check", data=sent).text for client in (east, west)]
    mine = re.search(r"/page/checks/([0-9a-f]{32})/1", pages[0])
    theirs = re.search(r"/page/checks/([0-9a-f]{32})/1", pages[1])
    assert mine is not None
    assert theirs is not None
    for hidden in re.findall(
        r'name="document" value="(\w+)"><input type="hidden" name="finding" value="(\w+)"', pages[1]
    ):
        west.post("/page/dismissals", data={"document": hidden[0], "finding": hidden[1], "reason": "无妨"})
    assert "已忽略" in west.get(f"/history/{theirs[1]}/1").text
    assert "已忽略" in reviewer.get(f"/history/{theirs[1]}/1").text
    assert "已忽略" not in reviewer.get(f"/history/{mine[1]}/1").text
    assert "已忽略" not in east.get(f"/history/{mine[1]}/1").text


def test_private_pages_are_kept_by_no_cache(app: FastAPI, as_: Open) -> None:
    client = as_("李明")
    for path in (
        "/",
        "/write",
        "/many",
        "/history",
        "/rules",
        "/account",
        "/v1/me",
        "/v1/rules",
        "/v1/drafts/x",
    ):
        assert client.get(path).headers["cache-control"] == "no-store", path


def test_one_account_cannot_take_all_places(app: FastAPI, as_: Open) -> None:
    client = as_("李明")
    guard: Any = app.middleware_stack
    while not hasattr(guard, "_each"):
        guard = guard._app if hasattr(guard, "_app") else guard.app
    who = app.state.accounts.users()[0]
    named = {user.name: user.id for user in app.state.accounts.users()}
    guard._each[named["李明"]] += guard._settings.most_open_each
    assert client.get("/history").status_code == 429
    assert as_("王芳").get("/history").status_code == 200
    assert who


def test_a_token_is_in_no_address_and_no_log(
    app: FastAPI, as_: Open, caplog: pytest.LogCaptureFixture
) -> None:
    client = as_("李明")
    made = client.post("/v1/tokens", json={"name": "程序"}).json()["token"]
    with caplog.at_level("DEBUG"):
        program = TestClient(app)
        assert program.get("/v1/me", params={"token": made}).status_code == 401
        assert program.get("/v1/me", headers={"authorization": f"Bearer {made}"}).status_code == 200
    assert made not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("gov_writer"))
    described = json.dumps(app.openapi(), ensure_ascii=False)
    assert "?token" not in described


def test_a_stream_ends_with_the_login(app: FastAPI, as_: Open) -> None:
    client = as_("李明")
    who = app.state.accounts.users()
    unit = next(user for user in who if user.name == "李明")
    from gov_writer.service.people import account

    person = account(user=unit.id, name="李明", role=Role.CLERK, unit="x", given=frozenset(), how="session")
    store = app.state.store
    body = {"sources": [{"name": "a.md", "text": "排查8753处。"}]}
    url = client.post("/v1/drafts", json=body).json()["url"]
    job = url.rpartition("/")[2]
    for _ in range(200):
        if client.get(url).json()["status"] == "done":
            break
        time.sleep(0.05)
    from sqlalchemy import update

    from gov_writer.service.tables import JobRow

    with store.database.session() as session:  # as if it went on for long
        session.execute(update(JobRow).where(JobRow.id == job).values(status="other"))
    ended: list[str] = []

    def follow() -> None:
        for path in (f"{url}/events", f"/page/drafts/{job}/stream"):
            reader = TestClient(app, cookies=dict(client.cookies))
            ended.append(reader.get(path).text)

    thread = threading.Thread(target=follow)
    thread.start()
    time.sleep(0.5)
    assert client.post("/logout").status_code == 204
    thread.join(20)
    assert not thread.is_alive()
    assert "closed" in ended[0]
    assert person


def test_a_name_and_password_are_short(app: FastAPI) -> None:
    body = b"name=" + b"a" * 100_000 + b"&password=b"
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert TestClient(app).post("/login", content=body, headers=form).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield from (body[at : at + 1000] for at in range(0, len(body), 1000))

    assert TestClient(app).post("/login", content=pieces(), headers=form).status_code == 413
