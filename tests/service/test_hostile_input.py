"""What is sent to the service: archives, markup, floods, drips and things that stand for a billion."""

from __future__ import annotations

import asyncio
import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message

from gov_writer.errors import GovWriterError
from gov_writer.service import jobs
from gov_writer.service.accounts import Accounts
from gov_writer.service.bodies import Upload
from gov_writer.service.config import ServiceSettings
from gov_writer.service.database import Database
from gov_writer.service.store import Store
from tests.service.people import PASSWORD, Open

EVIL = '"><img src=x onerror=alert(1)>=cmd|calc'
LAUGHS = "a0: &a0 [哈, 哈]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)
)


@pytest.mark.parametrize("field", ["brief", "themes"])
def test_a_few_lines_that_stand_for_a_billion(app: FastAPI, as_: Open, field: str) -> None:
    client = as_("李明")
    files = [("sources", ("a.md", "排查8753处。".encode())), (field, ("b.yaml", LAUGHS.encode()))]
    began = time.monotonic()
    answer = client.post("/v1/drafts", files=files)
    assert (answer.status_code, answer.json()["code"]) == (422, "BRIEF-103")
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
