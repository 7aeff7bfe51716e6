"""The service as somebody sees it who wants what is not theirs, or wants it to fall over."""

from __future__ import annotations

import asyncio
import io
import json
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message

from gov_writer.errors import GovWriterError
from gov_writer.service import account_pages, jobs
from gov_writer.service.accounts import Accounts
from gov_writer.service.app import create_app
from gov_writer.service.bodies import Upload
from gov_writer.service.config import ServiceSettings
from gov_writer.service.database import Database
from gov_writer.service.limits import Buckets
from gov_writer.service.people import Role
from gov_writer.service.store import Store
from tests.service.test_access import PASSWORD, Open, _routes

EVIL = '"><img src=x onerror=alert(1)>=cmd|calc'


@pytest.fixture
def settings(tmp_path: Path) -> ServiceSettings:
    return ServiceSettings(folder=tmp_path)


@pytest.fixture
def app(settings: ServiceSettings) -> Iterator[FastAPI]:
    database = settings.database_of()
    database.migrate()
    people = Accounts(database)
    people.add("李明", PASSWORD, role=Role.CLERK, unit="东岭街道")
    people.add("王芳", PASSWORD, role=Role.CLERK, unit="西渡街道")
    people.add("赵强", PASSWORD, role=Role.REVIEWER, unit="区府办", given=["东岭街道", "西渡街道"])
    database.close()
    made = create_app(settings)
    with TestClient(made):
        yield made


@pytest.fixture
def as_(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(account_pages, "_BY_ADDRESS", Buckets(1000, 1000))

    def open_(name: str) -> TestClient:
        client = TestClient(app)
        client.post("/login", data={"name": name, "password": PASSWORD}, follow_redirects=False)
        found = re.search(r'"X-CSRF-Token": "([^"]+)"', client.get("/rules").text)
        assert found is not None
        client.headers["X-CSRF-Token"] = found[1]
        return client

    return open_


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
    for method, path in _routes(app):
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
    for name in ("李明", "王芳", "赵强"):
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
    east, west, reviewer = as_("李明"), as_("王芳"), as_("赵强")
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


# --- what is sent --------------------------------------------------------------------------------------


LAUGHS = "a0: &a0 [哈, 哈]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)
)


@pytest.mark.parametrize("field", ["brief", "themes"])
def test_a_few_lines_that_stand_for_a_billion(app: FastAPI, as_: Open, field: str) -> None:
    client = as_("李明")
    files = [("sources", ("a.md", "排查8753处。".encode())), (field, ("b.yaml", LAUGHS.encode()))]
    began = time.monotonic()
    answer = client.post("/v1/drafts", files=files)
    assert (answer.status_code, answer.json()["code"]) == (422, "CALL-422")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "engine", [{"name": "local", "model": "/etc/passwd"}, {"base_url": "http://169.254.169.254/"}]
)
def test_a_client_names_no_file_and_no_address_of_the_server(engine: dict[str, str]) -> None:
    fields = {
        "brief": {"engine": {"name": "openai", **engine}},
        "themes": [],
        "engine": engine.get("name", "openai"),
    }
    wanted = jobs.wanted(fields, {"sources": [Upload("a.md", "排查8753处。".encode())]})
    assert wanted.brief.engine.base_url is None
    assert wanted.brief.engine.model is None


def test_a_name_and_password_are_short(app: FastAPI) -> None:
    body = b"name=" + b"a" * 100_000 + b"&password=b"
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert TestClient(app).post("/login", content=body, headers=form).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield from (body[at : at + 1000] for at in range(0, len(body), 1000))

    assert TestClient(app).post("/login", content=pieces(), headers=form).status_code == 413


def test_too_many_parts_and_too_long_words_are_told_in_chinese(as_: Open) -> None:
    client = as_("李明")
    many = [("against", (f"{n}.md", b"a")) for n in range(600)]
    answer = client.post("/page/check", files=many)
    assert (answer.status_code, "上限是 500 个" in answer.json()["detail"]) == (400, True)
    fields = {f"f{n}": "1" for n in range(2000)}
    answer = client.post("/page/check", data=fields)
    assert (answer.status_code, "字段太多" in answer.json()["detail"]) == (400, True)
    answer = client.post("/page/check", files=[("x", ("a.md", b"a"))], data={"draft_text": "字" * 400_000})
    assert (answer.status_code, "请存成文件" in answer.json()["hint"]) == (400, True)


def test_a_body_that_drips_is_let_go(app: FastAPI, as_: Open, settings: ServiceSettings) -> None:
    client = as_("李明")
    guard: Any = app.middleware_stack
    while not hasattr(guard, "_each"):
        guard = guard._app if hasattr(guard, "_app") else guard.app
    guard._settings = ServiceSettings(folder=settings.folder, body_seconds=0.3)
    sent: list[Message] = []

    async def drip() -> Message:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)  # type: ignore[arg-type]

    cookie = f"gov_writer_session={client.cookies['gov_writer_session']}"
    headers = {
        "host": "testserver",
        "cookie": cookie,
        "x-csrf-token": client.headers["X-CSRF-Token"],
        "content-type": "application/json",
        "content-length": "1000000",
    }
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/v1/check",
        "raw_path": b"/v1/check",
        "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 1),
        "app": app,
    }

    async def asked() -> None:
        async with asyncio.timeout(10):
            await app(scope, drip, send)

    asyncio.run(asked())
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_archive_writes_nowhere_and_fills_nothing(as_: Open, tmp_path: Path) -> None:
    client = as_("李明")
    report = "工作总结\n\n排查隐患8573处。".encode()
    names = [
        "../../../../tmp/evil.md",
        "/etc/evil.md",
        "a/../../evil.md",
        "C:\\evil.md",
        f"{EVIL}.md",
        "=1+1.md",
    ]
    sent = {"drafts": ("a.zip", _zip(dict.fromkeys(names, report)))}
    page = client.post("/page/batches", files=sent).text
    assert "<img" not in page
    found = re.search(r"/page/batches/([0-9a-f]{32})", page)
    assert found is not None
    for _ in range(200):
        shown = client.get(f"/v1/batches/{found[1]}").json()
        if shown["status"] in ("done", "failed"):
            break
        time.sleep(0.05)
    assert shown["status"] == "done"
    assert all("/" not in one["name"] and "\\" not in one["name"] for one in shown["results"])
    assert not list(tmp_path.rglob("evil*"))
    for path in (f"/history/{found[1]}", "/history", f"/history/{found[1]}/1"):
        assert "<img" not in client.get(path).text
    _no_formulas(client, f"/v1/batches/{found[1]}", shown["files"])
    bomb = _zip({f"{n}.md": b"0" * 30_000_000 for n in range(10)})
    answer = client.post("/page/batches", files={"drafts": ("b.zip", bomb)})
    assert "INGEST-114" in answer.text


def _no_formulas(client: TestClient, base: str, files: dict[str, str]) -> None:
    import openpyxl

    books = [address for address in files.values() if address.endswith(".xlsx")]
    assert books, base
    for address in books:
        book = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (address, cell.value)


def test_a_names_and_texts_markup_stays_text(as_: Open) -> None:
    client = as_("李明")
    text = f"{EVIL}总结\n\n一、{EVIL}\n\n排查隐患8573处{EVIL}。\n".encode()
    notes = f"{EVIL}排查隐患8753处。".encode()
    files = [("draft_file", (f"{EVIL}.md", text)), ("against", (f"{EVIL}.md", notes))]
    page = client.post("/page/check", files=files, data={"themes": EVIL}).text
    assert "<img" not in page
    found = re.search(r"/page/checks/([0-9a-f]{32})/1", page)
    assert found is not None
    report = client.get(f"/page/checks/{found[1]}/1/report.html")
    assert "<img src=x" not in report.text
    assert report.headers["content-disposition"].startswith("attachment")
    for path in ("/history", f"/history/{found[1]}/1", f"/compare?old={EVIL}&new=1", f"/history/{EVIL}"):
        assert "<img src=x" not in client.get(path, headers={"accept": "text/html"}).text
    made = client.post("/page/drafts", files=[("sources", (f"{EVIL}.md", notes))], data={"title": EVIL})
    assert "<img src=x" not in client.get(made.headers["hx-redirect"]).text


def test_an_address_that_is_wrong_is_told_on_a_page(as_: Open) -> None:
    client = as_("李明")
    for path in ("/history/x", "/nothing", "/compare?old=1&new=1", "/users", "/write/x"):
        answer = client.get(path, headers={"accept": "text/html,*/*"})
        assert answer.status_code in (403, 404, 422), path
        assert answer.headers["content-type"].startswith("text/html"), path
        assert "<nav" in answer.text, path
    assert client.get("/v1/drafts/x", headers={"accept": "text/html"}).json()["code"] == "HTTP-404"


def test_characters_that_a_database_refuses_are_no_fault_of_its(database: Database) -> None:
    store, people = Store(database), Accounts(database)
    with pytest.raises(GovWriterError) as raised:
        people.login("a\0b", PASSWORD)
    assert raised.value.code == "USER-401"
    for name in ("a\0b", "\0"):
        try:
            assert store.get(name) is None
        except GovWriterError as error:
            assert error.code == "HTTP-422"


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


def test_a_long_text_is_not_checked_while_it_is_typed(app: FastAPI, as_: Open) -> None:
    client = as_("李明")
    sent = {"draft_text": "排查隐患8573处。" * 6000, "against_text": "排查隐患8753处。"}
    answer = client.post("/page/check/live", data=sent)
    assert "5 万字" in answer.text
    assert answer.headers["hx-retarget"] == "#trouble"


def test_an_empty_check_says_what_is_missing(app: FastAPI, as_: Open) -> None:
    answer = as_("李明").post("/page/check", data={"draft_text": "", "do": "check"})
    assert "没有要核对的文稿" in answer.text
    assert answer.headers["hx-retarget"] == "#trouble"


def test_small_things_put_right_in_the_file_itself(app: FastAPI, as_: Open, tmp_path: Path) -> None:
    from tests.service.browser import word

    client = as_("李明")
    text = "工作总结\n\n排查隐患8573处，，整改8000处。\n"
    path = word(tmp_path / "总结.docx", text)
    for name, content in (("总结.md", text.encode()), ("总结.docx", path.read_bytes())):
        page = client.post("/page/check", files={"draft_file": (name, content)}).text
        found = re.search(r"/page/checks/[0-9a-f]{32}/1/fixed\.\w+", page)
        assert found is not None, name
        fixed = client.get(found[0])
        assert fixed.status_code == 200
        if name.endswith(".md"):
            assert fixed.text == text.replace("，，", "，")
        else:
            body = zipfile.ZipFile(io.BytesIO(fixed.content)).read("word/document.xml").decode()
            assert "w:del" in body or "w:ins" in body
