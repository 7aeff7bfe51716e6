"""Logging in over HTTP, what each role may do, and every route tried with another unit's documents."""

from __future__ import annotations

import re
import time

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from gov_writer.service import account_pages
from gov_writer.service.app import create_app
from gov_writer.service.config import ServiceSettings
from gov_writer.service.limits import Buckets
from tests.service.people import PASSWORD, PEOPLE, Open, routes

SECRET = "机密的云溪隐患8753处"


def _draft(client: TestClient) -> str:
    body = {"sources": [{"name": "notes.md", "text": f"累计排查{SECRET}。"}], "brief": {"period": 2025}}
    url: str = client.post("/v1/drafts", json=body).json()["url"]
    for _ in range(200):
        if client.get(url).json()["status"] in ("done", "failed"):
            return url.rpartition("/")[2]
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def test_nobody_gets_in_without_login(app: FastAPI) -> None:
    client = TestClient(app)
    for path in ("/", "/history", "/rules"):
        answer = client.get(path, headers={"accept": "text/html"}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")
    answer = client.get("/v1/rules")
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert client.get("/page/checks/x/1", headers={"hx-request": "true"}).headers["hx-redirect"] == "/login"
    assert client.get("/healthz").status_code == 200
    assert client.get("/login").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: FastAPI, settings: ServiceSettings) -> None:
    client = TestClient(app)
    sent = {"name": "李明", "password": PASSWORD, "next": "//evil.example/"}
    answer = client.post("/login", data=sent, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert answer.headers["location"] == "/"
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    tls = TestClient(app, base_url="https://testserver")
    answer = tls.post("/login", data=sent, follow_redirects=False)
    assert "secure" in answer.headers["set-cookie"].lower()
    answer = client.post("/login", data=sent, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


def test_wrong_passwords_are_slowed_down(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_pages, "_BY_NAME", Buckets(3, 1))
    client = TestClient(app)
    for _ in range(3):
        answer = client.post("/login", data={"name": "李明", "password": "错误的密码-123"})
        assert answer.status_code == 401
        assert "用户名或密码不对" in answer.text
    answer = client.post("/login", data={"name": "李明", "password": PASSWORD})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 61


def test_a_change_needs_the_token_of_the_page(as_: Open) -> None:
    client = as_("李明")
    good = client.headers.pop("X-CSRF-Token")
    for given in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": good[:-1]}):
        assert client.post("/v1/check", json={}, headers=given).status_code == 403
    assert client.post("/v1/check", json={}, headers={"X-CSRF-Token": good}).status_code == 422
    assert client.post("/logout", headers={"X-CSRF-Token": good}).headers["hx-redirect"] == "/login"
    assert client.get("/v1/me").status_code == 401


def test_each_role_has_its_business(as_: Open) -> None:
    clerk, reviewer, admin = as_("李明"), as_("赵强"), as_("钱进")
    for client in (clerk, reviewer):
        assert client.get("/history").status_code == 200
        assert client.get("/v1/users").status_code == 403
        assert client.put("/v1/rules/settings/FIG107", json={}).status_code == 403
    for path in ("/", "/write", "/many", "/history"):
        assert admin.get(path).status_code == 403
    assert admin.post("/v1/check", json={"draft": {"name": "a.md", "text": "x"}}).status_code == 403
    assert {u["name"] for u in admin.get("/v1/users").json()["users"]} == set(PEOPLE)
    me = reviewer.get("/v1/me").json()
    assert (me["name"], me["role"], me["unit"]) == ("赵强", "reviewer", "区府办")


def _filled(path: str, job: str) -> str:
    values = {"number": "1", "name": "draft.docx", "form": "report.html"}
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda m: values.get(m[1], job), path)


def test_another_units_documents_are_nowhere(app: FastAPI, as_: Open) -> None:
    mine, theirs, reviewer = as_("李明"), as_("王芳"), as_("赵强")
    job = _draft(mine)
    assert SECRET in mine.get(f"/v1/drafts/{job}").text
    assert SECRET in reviewer.get(f"/v1/drafts/{job}").text
    kept = mine.post("/page/check", data={"draft_text": f"累计排查{SECRET}。", "against_text": "无"})
    found = re.search(r"/page/checks/([0-9a-f]{32})/1", kept.text)
    assert found is not None
    tried = 0
    for id_ in (job, found[1]):
        for method, path in routes(app):
            if path in ("/logout", "/login"):
                continue
            answer = theirs.request(method, _filled(path, id_))
            assert SECRET not in answer.text, (method, path)
            assert answer.status_code < 500, (method, path)
            if "{" in path:
                tried += 1
                assert answer.status_code in (403, 404, 405), (method, path, answer.status_code)
    assert tried >= 20


def test_a_reviewer_reads_and_does_not_change(as_: Open) -> None:
    mine, reviewer = as_("李明"), as_("赵强")
    kept = mine.post(
        "/page/check", data={"draft_text": "累计排查8573处。", "against_text": "累计排查8753处。"}
    )
    found = re.search(r"/page/checks/([0-9a-f]{32})/1", kept.text)
    assert found is not None
    assert "8573处" in reviewer.get(f"/history/{found[1]}/1").text


def test_tokens_of_programs(as_: Open, app: FastAPI) -> None:
    clerk = as_("李明")
    made = clerk.post("/v1/tokens", json={"name": "报表程序"}).json()
    program = TestClient(app, headers={"authorization": f"Bearer {made['token']}"})
    assert program.get("/v1/me").json()["how"] == "api"
    body = {"draft": {"name": "a.md", "text": "排查隐患8573处。"}}
    assert program.post("/v1/check", json=body).status_code == 200
    assert program.get("/v1/users").status_code == 403
    assert made["token"] not in clerk.get("/v1/tokens").text
    assert clerk.delete(f"/v1/tokens/{made['id']}").status_code == 204
    assert program.get("/v1/me").status_code == 401


def test_admins_keep_the_accounts(as_: Open, app: FastAPI) -> None:
    admin = as_("钱进")
    new = {"name": "孙立", "password": PASSWORD, "unit": "北苑街道"}
    assert admin.post("/v1/users", json=new).status_code == 201
    assert admin.post("/v1/users", json=new).status_code == 409
    assert "北苑街道" in admin.get("/v1/units").text
    person = as_("孙立")
    changed = admin.patch("/v1/users/孙立", json={"role": "reviewer", "reads": ["东岭街道"]}).json()
    assert (changed["role"], changed["reads"]) == ("reviewer", ["东岭街道"])
    assert person.get("/v1/me").status_code == 401
    person = as_("孙立")
    assert person.put("/v1/me/password", json={"old": "x", "password": PASSWORD}).status_code == 422
    wrong = {"old": PASSWORD, "password": PASSWORD}
    assert person.put("/v1/me/password", json=wrong).status_code == 204
    assert person.get("/v1/me").status_code == 401
    assert admin.patch("/v1/users/孙立", json={"active": False}).json()["active"] is False
    assert admin.patch("/v1/users/钱进", json={"active": False}).status_code == 409
    assert admin.patch("/v1/users/没有", json={}).status_code == 404
    assert "password" not in admin.get("/v1/users").text


def test_the_pages_of_accounts(as_: Open, app: FastAPI) -> None:
    admin, clerk = as_("钱进"), as_("李明")
    assert "李明" in admin.get("/users").text
    new = {
        "name": "<b>孙立",
        "password": PASSWORD,
        "unit": "北苑街道",
        "role": "reviewer",
        "reads": "东岭街道\n西渡街道",
    }
    made = admin.post("/page/users", data=new).text
    assert "&lt;b&gt;孙立" in made
    assert "东岭街道、西渡街道" in made
    assert "USER-422" in admin.post("/page/users", data={**new, "name": "周", "password": "短"}).text
    assert "停用" in admin.post("/page/users/李明", data={"do": "disable"}).text
    assert clerk.get("/v1/me").status_code == 401
    admin.post("/page/users/李明", data={"do": "enable"})
    admin.post("/page/users/李明", data={"do": "password", "password": PASSWORD})
    clerk = as_("李明")
    for path in ("/users", "/users/audit"):
        assert clerk.get(path).status_code == 403
    assert "login" in admin.get("/users/audit").text
    token = re.search(
        r"<code>(gwt_[^<]+)</code>", clerk.post("/page/account/tokens", data={"name": "报表"}).text
    )
    assert token is not None
    program = TestClient(app, headers={"authorization": f"Bearer {token[1]}"})
    assert program.get("/v1/me").status_code == 200
    listed = clerk.get("/account").text
    assert token[1] not in listed
    id_ = re.search(r'name="revoke" value="(\w+)"', listed)
    assert id_ is not None
    clerk.post("/page/account/tokens", data={"revoke": id_[1]})
    assert program.get("/v1/me").status_code == 401
    form = {"old": PASSWORD, "new": PASSWORD + "2", "again": PASSWORD + "3"}
    assert "不一样" in clerk.post("/page/account/password", data=form).text
    form["again"] = form["new"]
    assert clerk.post("/page/account/password", data=form).headers["hx-redirect"] == "/login"


def test_an_office_sets_its_rules(as_: Open) -> None:
    admin, clerk, other = as_("钱进"), as_("李明"), as_("王芳")
    body = {
        "draft": {"name": "a.md", "text": "累计排查隐患8573处。"},
        "against": [{"name": "n.md", "text": "累计排查隐患8753处。新建公园3个。"}],
    }
    found = {f["rule"]: f["severity"] for f in clerk.post("/v1/check", json=body).json()["findings"]}
    assert found["FIG107"] == "warning"
    assert (
        admin.put("/v1/rules/settings/FIG107", json={"severity": "error", "unit": "东岭街道"}).status_code
        == 204
    )
    assert (
        admin.put("/v1/rules/settings/fig102", json={"enabled": False, "unit": "东岭街道"}).status_code == 204
    )
    told = clerk.get("/v1/rules/settings").json()
    assert told["rules"]["FIG107"] == {"enabled": True, "severity": "error"}
    mine = {f["rule"]: f["severity"] for f in clerk.post("/v1/check", json=body).json()["findings"]}
    assert mine["FIG107"] == "error"
    assert "FIG102" not in mine
    kept = clerk.post("/page/check", data={"draft_text": "隐患8573处。", "against_text": "隐患8753处。"})
    assert "FIG102" not in kept.text
    theirs = {f["rule"]: f["severity"] for f in other.post("/v1/check", json=body).json()["findings"]}
    assert theirs == found
    assert other.get("/v1/rules/settings?unit=东岭街道").status_code == 404
    for code in ("FIG107", "FIG102"):
        admin.put(f"/v1/rules/settings/{code}", json={"unit": "东岭街道"})
    assert clerk.get("/v1/rules/settings").json()["rules"] == {}
    assert admin.put("/v1/rules/settings/XXX999", json={}).status_code == 404


def test_the_single_token_still_works(settings: ServiceSettings, app: FastAPI) -> None:
    from dataclasses import replace

    with TestClient(create_app(replace(settings, host="0.0.0.0"))) as client:  # users are enough
        assert client.get("/v1/rules").status_code == 401
    with TestClient(create_app(replace(settings, host="0.0.0.0", token="a-long-enough-token"))) as client:
        good = {"authorization": "Bearer a-long-enough-token"}
        assert client.get("/v1/me", headers=good).json()["how"] == "token"


def test_whoever_asks_too_often_waits(settings: ServiceSettings, app: FastAPI) -> None:
    from dataclasses import replace

    with TestClient(create_app(replace(settings, burst=3, per_minute=6))) as client:
        answers = [client.get("/v1/me") for _ in range(5)]
        assert [a.status_code for a in answers] == [401] * 3 + [429] * 2
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 10
        assert answers[-1].json()["code"] == "HTTP-429"
        assert client.get("/healthz").status_code == 200
