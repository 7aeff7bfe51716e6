"""The HTTP surface of the contract, over the real application."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from gov_writer.errors import GovWriterError
from gov_writer.service.app import create_app
from gov_writer.service.config import ServiceSettings

NOTES = "累计排查安全隐患8753处，整改8640处。"
DRAFT = "一、安全稳定\n\n累计排查安全隐患8573处。\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(ServiceSettings(folder=tmp_path, max_body_mb=1))) as found:
        yield found


def _check(client: TestClient, **changes: Any) -> Any:
    body = {"draft": {"name": "draft.md", "text": DRAFT}, "against": [{"name": "notes.md", "text": NOTES}]}
    return client.post("/v1/check", json={**body, **changes})


def _wait(client: TestClient, url: str) -> Any:
    for _ in range(200):
        shown = client.get(url).json()
        if shown["status"] in ("done", "failed"):
            return shown
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def test_check_answers_with_the_check_json(client: TestClient) -> None:
    answer = _check(client, period="2025")
    assert answer.status_code == 200
    report = answer.json()
    assert report["version"] == 1
    assert report["document"]["path"] == "draft.md"
    assert "FIG102" in {f["rule"] for f in report["findings"]}
    finding = next(f for f in report["findings"] if f["rule"] == "FIG102")
    assert DRAFT[finding["start"] : finding["end"]] == finding["text"] == "8573处"
    assert finding["evidence"][0]["source"] == "notes.md"


def test_multipart_means_the_same(client: TestClient) -> None:
    files = [
        ("draft", ("draft.md", DRAFT.encode(), "text/markdown")),
        ("against", ("notes.md", NOTES.encode(), "text/markdown")),
        ("themes", ("themes.yaml", "themes:\n  - name: 安全生产\n".encode(), "application/yaml")),
    ]
    report = client.post("/v1/check", files=files, data={"period": "2025"}).json()
    assert {"FIG102", "THM401"} <= {f["rule"] for f in report["findings"]}


def test_facts(client: TestClient) -> None:
    answer = client.post(
        "/v1/facts", json={"sources": [{"name": "notes.md", "text": NOTES}], "as_of": "2025-12-31"}
    )
    assert answer.status_code == 200
    assert [fact["text"] for fact in answer.json()["facts"]] == ["8753处", "8640处"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no json", 422),
        (b"{}", 422),
        (b"[" * 100_000, 422),
        (json.dumps({"draft": {"name": "a.md", "text": "x"}, "period": "yesterday"}).encode(), 422),
        (json.dumps({"draft": {"name": "a.exe", "text": "x"}}).encode(), 422),
        (b"x" * 2_000_000, 413),
    ],
)
def test_faults_are_problem_details(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post("/v1/check", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["code"]
    assert "Traceback" not in answer.text


def test_a_draft_becomes_a_word_file(client: TestClient) -> None:
    queued = client.post(
        "/v1/drafts", json={"sources": [{"name": "notes.md", "text": NOTES}], "brief": {"period": 2025}}
    )
    assert queued.status_code == 202
    assert queued.json()["status"] == "queued"
    shown = _wait(client, queued.json()["url"])
    assert shown["status"] == "done", shown
    assert "8753处" in shown["text"]
    figure = next(f for f in shown["trace"]["figures"] if f["text"] == "8753处")
    assert figure["source"] == "notes.md"
    assert shown["text"][figure["start"] : figure["end"]] == "8753处"
    assert shown["check"]["version"] == 1
    assert client.get(shown["files"]["docx"]).content[:2] == b"PK"
    stream = client.get(f"{shown['url']}/events").text
    assert "event: end" in stream


def test_a_batch_has_a_line_per_draft(client: TestClient) -> None:
    body = {
        "drafts": [{"name": "a.md", "text": DRAFT}, {"name": "b.exe", "text": "x"}],
        "against": [{"name": "n.md", "text": NOTES}],
    }
    shown = _wait(client, client.post("/v1/batches", json=body).json()["url"])
    assert [r["status"] for r in shown["results"]] == ["done", "failed"]
    assert shown["results"][0]["findings"]["error"] >= 1
    lines = client.get(shown["files"]["jsonl"]).text.splitlines()
    assert len(lines) == 2


def test_unknown_jobs_and_paths(client: TestClient) -> None:
    for path in ("/v1/drafts/x", "/v1/drafts/x/events", "/v1/drafts/x/../../etc", "/nothing"):
        assert client.get(path).status_code == 404


def test_rules_and_health(client: TestClient) -> None:
    assert {"code", "why", "bad", "good"} <= set(client.get("/v1/rules").json()["rules"][0])
    assert client.get("/healthz").json()["status"] == "ok"
    described = client.get("/openapi.json").json()
    assert "/v1/check" in described["paths"]
    referred = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert referred <= set(described["components"]["schemas"])


def test_other_sites_and_names_are_refused(client: TestClient) -> None:
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 403
    assert _check(client).status_code == 200
    answer = client.post("/v1/check", json={}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


def test_a_public_address_needs_a_token(tmp_path: Path) -> None:
    with pytest.raises(GovWriterError, match="令牌"):
        create_app(ServiceSettings(host="0.0.0.0", folder=tmp_path))
    settings = ServiceSettings(host="0.0.0.0", folder=tmp_path, token="a-long-enough-token")
    with TestClient(create_app(settings)) as client:
        assert client.get("/v1/rules").status_code == 401
        assert client.get("/v1/rules", headers={"authorization": "Bearer wrong"}).status_code == 401
        good = {"authorization": "Bearer a-long-enough-token"}
        assert client.get("/v1/rules", headers=good).status_code == 200
        assert client.get("/healthz").status_code == 200


def test_interrupted_jobs_go_on_after_a_restart(tmp_path: Path) -> None:
    from gov_writer.service.bodies import Upload
    from gov_writer.service.runner import packed
    from gov_writer.service.store import Store

    settings = ServiceSettings(folder=tmp_path)
    database = settings.database_of()
    database.migrate()
    store = Store(database)
    fields = {"themes": [], "period": None}
    job = store.add("batch", packed(fields, {"drafts": [Upload("a.md", DRAFT.encode())], "against": []}))
    assert store.take() is not None  # a service took it and was killed
    database.close()
    with TestClient(create_app(settings)) as client:
        assert _wait(client, f"/v1/batches/{job}")["status"] == "done"


@pytest.mark.parametrize("path", ["/", "/write", "/many", "/history", "/rules", "/static/app.css"])
def test_pages_are_strict_about_what_they_load(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "http" not in answer.text.replace("http://www.w3.org", "").replace("https://unpkg", "")


def test_hostile_text_is_escaped_on_the_page(client: TestClient) -> None:
    form = {"draft_text": "<script>alert(1)</script>排查隐患8573处。", "against_text": NOTES}
    answer = client.post("/page/check", data=form)
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_metrics_count_and_name_no_contents(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="gov_writer.service"):
        _check(client)
        client.get("/v1/drafts/" + "9" * 32)
    shown = client.get("/metrics")
    assert shown.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'gov_writer_requests_total{method="POST",route="/v1/check",status="200"} 1' in shown.text
    assert 'route="/v1/drafts/{job}",status="404"' in shown.text
    assert "gov_writer_request_seconds_count 2" in shown.text
    logged = [json.loads(record.getMessage()) for record in caplog.records if record.name.endswith("service")]
    assert [line["route"] for line in logged[:2]] == ["/v1/check", "/v1/drafts/{job}"]
    assert "8573" not in caplog.text + shown.text
    assert "9" * 32 not in shown.text


def test_checks_in_processes_answer_and_fail_alike(tmp_path: Path) -> None:
    with TestClient(create_app(ServiceSettings(folder=tmp_path, processes=1))) as client:
        assert "FIG102" in _check(client).text
        refused = _check(client, period="yesterday")
        assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")


def test_too_many_at_once_are_told_to_come_back(tmp_path: Path) -> None:
    with TestClient(create_app(ServiceSettings(folder=tmp_path, max_open=0))) as client:
        answer = client.get("/v1/rules")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert client.get("/healthz").status_code == 200


def test_a_job_that_is_gone_is_not_found_on_the_page(client: TestClient) -> None:
    assert client.get("/history/" + "0" * 32).status_code == 404


def test_traces_go_to_the_endpoint_and_hold_no_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    pytest.importorskip("opentelemetry.sdk")
    received: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with TestClient(create_app(ServiceSettings(folder=tmp_path))) as client:
            _check(client)
            client.get("/v1/drafts/" + "9" * 32)
            _wait(
                client,
                client.post("/v1/drafts", json={"sources": [{"name": "n.md", "text": NOTES}]}).json()["url"],
            )
        collector.shutdown()
    told = b"".join(received)
    for words in (b"POST /v1/check", b"GET /v1/drafts/{job}", b"job draft", b"gov_writer"):
        assert words in told
    assert b"9" * 32 not in told
    assert b"8573" not in told


BRIEF = (
    "title: 东岭街道2025年工作总结\nperiod: 2025\nas_of: 2025-12-20\nsources: [材料.md]\nthemes: 主题.yaml\n"
)
THEMES = "themes:\n  - 安全生产\n  - {name: 党的二十大精神, any: [党的二十大], needs: mention}\n"


def test_a_check_takes_a_brief_and_themes_as_files_of_any_encoding(client: TestClient) -> None:
    draft, notes = "本年排查隐患8753处。", "2025年排查隐患8753处。"
    for encoding in ("utf-8-sig", "gb18030"):
        files = [
            ("draft", ("draft.md", draft.encode())),
            ("against", ("notes.md", notes.encode())),
            ("brief", ("任务书.yaml", BRIEF.encode(encoding))),
            ("themes", ("主题.yaml", THEMES.encode(encoding))),
        ]
        answer = client.post("/v1/check", files=files)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert [f["rule"] for f in found["findings"]] == ["THM401", "THM401"]
        assert (found["coverage"]["figures_supported"], found["coverage"]["themes"]) == (1, 2)


def test_what_the_request_says_replaces_the_brief(client: TestClient) -> None:
    themes = [{"name": "安全生产", "any": ["隐患"], "needs": "mention"}]
    body = {
        "draft": {"name": "draft.md", "text": "2024年5月8日排查隐患8753处。"},
        "brief": {"period": 2024, "themes": [{"name": "党的二十大精神"}]},
    }
    ours = client.post("/v1/check", json=body).json()
    assert [f["rule"] for f in ours["findings"]] == ["THM401"]
    theirs = client.post("/v1/check", json={**body, "period": 2025, "themes": themes}).json()
    assert [f["rule"] for f in theirs["findings"]] == ["DAT304"]
    assert theirs["coverage"]["themes_met"] == 1
    for brief, code in (({"perod": 2025}, "BRIEF-106"), ({"themes": "主题.yaml"}, "BRIEF-113")):
        wrong = client.post("/v1/check", json={**body, "brief": brief})
        assert (wrong.status_code, wrong.json()["code"]) == (422, code)


def test_a_draft_takes_a_brief_as_a_file_with_days_in_it(client: TestClient) -> None:
    files = [
        ("sources", ("材料.md", NOTES.encode())),
        ("brief", ("任务书.yaml", BRIEF.encode())),
        ("themes", ("主题.yaml", THEMES.encode())),
    ]
    queued = client.post("/v1/drafts", files=files, data={"engine": "builtin"})
    assert queued.status_code == 202, queued.text
    for _ in range(200):
        shown = client.get(queued.json()["url"]).json()
        if shown["status"] in ("done", "failed"):
            break
        time.sleep(0.05)
    assert shown["status"] == "done"
    assert shown["text"].startswith("东岭街道2025年工作总结\n")
    assert "【待补：党的二十大精神】" in shown["text"]
    missing = client.get(f"{queued.json()['url']}/none.docx").json()
    assert "none.docx" in missing["detail"]


@pytest.mark.parametrize(
    ("brief", "code"),
    [({"genre": "poem"}, "BRIEF-108"), ({"foo": 1}, "BRIEF-106"), ({"period": "20x5"}, "BRIEF-110")],
)
def test_a_wrong_brief_is_told_at_once(client: TestClient, brief: dict[str, Any], code: str) -> None:
    body = {"sources": [{"name": "a.md", "text": NOTES}], "brief": brief}
    answer = client.post("/v1/drafts", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_half_a_character_in_a_field_is_no_fault_of_the_server(client: TestClient) -> None:
    body = '{"sources": [{"name": "a.md", "text": "排查8753处。"}], "brief": {"title": "总\\ud83d结"}}'
    headers = {"content-type": "application/json"}
    answer = client.post("/v1/drafts", content=body.encode(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "BRIEF-109")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/check", {}),
        ("/v1/check", []),
        ("/v1/check", {"draft": {"text": 5}}),
        ("/v1/check", {"draft": {"text": "a"}, "period": [1]}),
        ("/v1/check", {"draft": {"text": "a"}, "foo": 1}),
        ("/v1/check", {"draft": {"text": "a"}, "themes": [{"name": "a", "needs": "b"}]}),
        ("/v1/check", {"draft": {"text": "a", "name": "a" * 201}}),
        ("/v1/facts", {"sources": []}),
        ("/v1/facts", {"sources": [{"text": "a"}], "all": "maybe"}),
        ("/v1/drafts", {"sources": [{"text": "a"}], "engine": "other"}),
        ("/v1/drafts", {"sources": [{"text": "a"}], "brief": 1}),
    ],
)
def test_what_is_wrong_with_a_request_is_told_in_chinese(client: TestClient, path: str, body: Any) -> None:
    answer = client.post(path, json=body)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "CALL-422")
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", told["detail"] + told["hint"])
    assert re.search("[\u4e00-\u9fff]", told["hint"])


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=a"])
def test_a_broken_form_is_told_in_chinese(client: TestClient, kind: str) -> None:
    told = client.post("/v1/check", content=b"x", headers={"content-type": kind}).json()
    assert (told["status"], told["code"], "multipart 请求" in told["detail"]) == (400, "HTTP-400", True)
