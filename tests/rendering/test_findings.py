"""The report of findings in every form; hostile words stay words."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from gov_writer import ingest, pipeline
from gov_writer.checking import Case
from gov_writer.domain import Report

HOSTILE = '<script>alert("x")</script></script><!-- ]]> & \x1b[31m ::error::'


def _result(draft: str = "", name: str = "a,b:c.md") -> tuple[Case, Report]:
    text = draft or f"# 总结\n\n排查隐患8573处。{HOSTILE}\n开展义诊26场。\n"
    source = ingest.from_text("notes.md", f"排查隐患8753处。{HOSTILE}\n慰问老党员46人次。\n")
    case = pipeline.case_of(ingest.from_text(name, text, id="D"), [source])
    return case, pipeline.examine(case)


def _shown(form: str) -> str:
    case, report = _result()
    shown = pipeline.show(case, report, form)
    assert isinstance(shown, str)
    return shown


def test_json_has_the_contract_keys() -> None:
    data = json.loads(_shown("json"))
    assert list(data) == ["version", "document", "findings", "coverage"]
    assert data["version"] == 1
    finding = next(f for f in data["findings"] if f["rule"] == "FIG102")
    keys = "rule name severity start end line column text message expected evidence fix fingerprint"
    assert list(finding) == keys.split()
    assert finding["text"] == "8573处" and finding["expected"] == "8753处"
    assert finding["evidence"][0]["source"] == "notes.md"
    keys = "figures figures_supported facts facts_used unused themes themes_met"
    assert list(data["coverage"]) == keys.split()


def test_github_commands_are_one_line_each() -> None:
    shown = _shown("github")
    for line in shown.splitlines():
        assert re.match(r"::(error|warning|notice) file=a%2Cb%3Ac\.md,line=\d+,col=\d+", line)


def test_text_marks_the_figure_and_shows_the_source() -> None:
    shown = _shown("text")
    assert "【8573处】" in shown and "依据 notes.md 第1行" in shown
    assert "\x1b" not in shown
    case, report = _result()
    assert "\x1b[1;4;31m8573处\x1b[0m" in str(pipeline.show(case, report, "text", color=True))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str] = []
        self.article = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [v or "" for k, v in attrs if k in ("src", "href")]
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.article += data


def test_html_is_one_page_that_asks_for_nothing() -> None:
    case, report = _result()
    page = _Tags()
    page.feed(str(pipeline.show(case, report, "html")))
    assert page.open == [] and page.links == []
    assert page.seen.count("script") == 2
    assert page.article.replace("⎀", "") == case.text


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "html"])
def test_a_draft_without_findings(form: str) -> None:
    case = pipeline.case_of(ingest.from_text("d.md", "今年工作顺利。\n", id="D"))
    pipeline.show(case, pipeline.examine(case), form)
