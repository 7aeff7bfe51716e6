"""Findings as Word comments: on exactly the characters, nothing lost, nothing doubled."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gov_writer.domain import Coverage, Evidence, Finding, Fix, Report, Severity
from gov_writer.errors import GovWriterError
from gov_writer.ooxml import comments as known
from gov_writer.ooxml.document import open_document
from gov_writer.ooxml.names import w
from gov_writer.rendering.review import comments
from tests.ingest.builders import W, document_xml, docx, p, r

_DATE = datetime(2025, 12, 20, 9, 30, tzinfo=UTC)


def finding(text: str, start: int, end: int, *, fix: Fix | None = None, mark: str = "") -> Finding:
    return Finding(
        rule="FIG102",
        name="contradicts-source",
        severity=Severity.ERROR,
        start=start,
        end=end,
        line=1,
        column=1,
        text=text[start:end],
        message=f"与材料不一致：“{text[start:end]}”。",
        expected="8753处",
        evidence=(Evidence(source="应急办.md", locator="第3行", text="排查隐患8753处"),),
        fix=fix,
        fingerprint=mark or f"{start:08x}{end:08x}",
    )


def reviewed(data: bytes, *spans: tuple[int, int], fixes: dict[tuple[int, int], str] | None = None) -> bytes:
    text = open_document(data, "稿.docx").text
    found = []
    for start, end in spans:
        fix = (fixes or {}).get((start, end))
        found.append(
            finding(
                text, start, end, fix=None if fix is None else Fix(start=start, end=end, text=fix, safe=True)
            )
        )
    report = Report(
        path="稿.docx",
        characters=len(text),
        findings=tuple(found),
        coverage=Coverage(figures=0, figures_supported=0, facts=0, facts_used=0),
    )
    return comments(data, report, date=_DATE)


def parts(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marked(data: bytes) -> dict[str, str]:
    """Comment id -> the words between its marks, as a reader of the XML sees them (deleted ones left out)."""
    words: dict[str, str] = {}
    for name, raw in parts(data).items():
        if not name.startswith("word/") or not name.endswith(".xml") or name == "word/comments.xml":
            continue
        open_now: set[str] = set()
        for element in etree.fromstring(raw).iter():
            if element.tag == w("commentRangeStart"):
                open_now.add(element.get(w("id"), ""))
                words[element.get(w("id"), "")] = ""
            elif element.tag == w("commentRangeEnd"):
                open_now.remove(element.get(w("id"), ""))
            elif element.tag == w("t"):
                for identity in open_now:
                    words[identity] += element.text or ""
            elif element.tag in (w("tab"), w("br")):
                for identity in open_now:
                    words[identity] += "\t" if element.tag == w("tab") else "\n"
        assert not open_now
    return words


def test_exact_characters_across_runs_and_tables() -> None:
    table = (
        f"<w:tbl><w:tr><w:tc>{p('指标')}</w:tc><w:tc>{p('12', r('5', '<w:b/>'), '户')}</w:tc></w:tr></w:tbl>"
    )
    data = docx(p("排查隐患85", r("73", "<w:b/>"), "处，整改完成。") + table)
    text = open_document(data, "a").text
    start = text.index("8573处")
    cell = text.index("125户")
    done = reviewed(data, (start, start + 5), (cell, cell + 4), (start + 2, start + 3))
    assert sorted(marked(done).values()) == ["125户", "7", "8573处"]
    assert open_document(done, "a").text == text
    document = python_docx.Document(io.BytesIO(done))
    found = list(document.comments)
    assert [c.author for c in found] == ["gov-writer"] * 3
    assert "应急办.md 第3行：排查隐患8753处" in found[0].text
    assert "FIG102" in found[0].text
    assert found[0].timestamp == _DATE


def test_properties_of_cut_runs_stay() -> None:
    data = docx(p(r("甲乙丙丁", '<w:b/><w:color w:val="FF0000"/>')))
    done = reviewed(data, (1, 3))
    runs = python_docx.Document(io.BytesIO(done)).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs if run.text] == [("甲", True), ("乙丙", True), ("丁", True)]


def test_what_is_missing_is_told_at_the_end_of_its_section() -> None:
    data = docx(p("一、党建") + p("开展学习。") + p("二、民生"))
    done = reviewed(data, (11, 11))
    xml = parts(done)["word/document.xml"].decode()
    assert xml.index("commentReference") < xml.index("二、民生")
    assert xml.index("commentReference") > xml.index("开展学习")


def test_nothing_is_doubled_on_a_second_run() -> None:
    data = docx(p("排查隐患8573处。"))
    once = reviewed(data, (4, 9))
    assert reviewed(once, (4, 9)) == once
    more = reviewed(once, (4, 9), (0, 2))
    assert sorted(marked(more).values()) == ["8573处", "排查"]


def test_safe_fixes_are_tracked_changes() -> None:
    data = docx(p("开展检查12次", r(",", "<w:b/>"), "整改到位"))
    done = reviewed(data, (7, 8), fixes={(7, 8): "，"})
    xml = parts(done)["word/document.xml"].decode()
    assert "<w:delText" in xml
    assert open_document(done, "a").text == "开展检查12次，整改到位"
    root = etree.fromstring(xml.encode())
    inserted = next(root.iter(w("ins")))
    assert inserted.get(w("author")) == "gov-writer"
    assert inserted.find(f"{w('r')}/{w('rPr')}/{w('b')}") is not None


def test_other_parts_and_other_peoples_comments_stay() -> None:
    other = f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="李主任">{p("这里再核一下")}</w:comment></w:comments>'
    footnotes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{p("注：共3次")}</w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="{W}">{p("东岭街道2024年")}</w:hdr>'
    data = docx(
        p("正文一段。"), {"comments": other, "footnotes": footnotes, "header1": header, "theme": "<a/>"}
    )
    text = open_document(data, "a").text
    note, head = text.index("3次"), text.index("2024年")
    done = reviewed(data, (note, note + 2), (head, head + 5))
    before, after = parts(data), parts(done)
    assert set(before) == set(after)
    assert before["word/theme.xml"] == after["word/theme.xml"]
    assert before["word/header1.xml"] == after["word/header1.xml"]
    found = {c.get(w("id")): c for c in etree.fromstring(after["word/comments.xml"])}
    assert found["7"].get(w("author")) == "李主任"
    assert len(found) == 3
    assert before["word/footnotes.xml"] == after["word/footnotes.xml"]
    assert "脚注1“3次”" in after["word/comments.xml"].decode()
    assert "页眉“2024年”" in after["word/comments.xml"].decode()


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_what_a_note_says_is_told_at_its_number(kind: str) -> None:
    """Comments belong to the main part alone; LibreOffice opens no file with a comment's reference in a note."""
    notes = f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:id="2">{p("注：共3次")}</w:{kind}></w:{kind}s>'
    number = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    data = docx(p("开展检查", number, "，整改到位。"), {f"{kind}s": notes})
    text = open_document(data, "a").text
    start = text.index("3次")
    done = reviewed(data, (start, start + 2), (start, start + 1), fixes={(start, start + 1): "4"})
    xml = parts(done)["word/document.xml"].decode()
    before = xml[: xml.index(f"<w:{kind}Reference")]
    assert before.count("<w:commentRangeStart") == 2
    assert before.count("<w:commentRangeEnd") == 0
    assert xml.count("<w:commentReference") == 2
    changed = parts(done)[f"word/{kind}s.xml"].decode()
    assert "comment" not in changed
    assert "<w:delText" in changed
    assert f"{'脚' if kind == 'footnote' else '尾'}注1“3次”" in parts(done)["word/comments.xml"].decode()


def test_what_is_missing_is_told_in_the_body() -> None:
    footer = f'<w:ftr xmlns:w="{W}">{p("东岭街道办公室")}</w:ftr>'
    data = docx(p("第一段。") + p("第二段。"), {"footer1": footer})
    end = len(open_document(data, "a").text)
    xml = parts(reviewed(data, (end, end)))["word/document.xml"].decode()
    assert xml.index("第二段") < xml.index("commentReference")


def test_answers_suppress() -> None:
    done = reviewed(docx(p("排查隐患8573处。")), (4, 9))
    xml = parts(done)
    ours = etree.fromstring(xml["word/comments.xml"])[0]
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    ours[-1].set(f"{{{w14}}}paraId", "11111111")
    reply = etree.fromstring(
        f'<w:comment xmlns:w="{W}" xmlns:w14="{w14}" w:id="90" w:author="王科员"><w:p w14:paraId="22222222">'
        "<w:r><w:t>忽略：口径不同，按季报数</w:t></w:r></w:p></w:comment>"
    )
    root = ours.getparent()
    root.append(reply)
    extended = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="11111111"/>'
        '<w15:commentEx w15:paraId="22222222" w15:paraIdParent="11111111"/></w15:commentsEx>'
    )
    data = docx("", {"comments": etree.tostring(root).decode(), "commentsExtended": extended},
                document=xml["word/document.xml"].decode())  # fmt: skip
    document = open_document(data, "a")
    found = known.ignored(known.read(document.package, document.main))
    assert found == {f"{4:08x}{9:08x}": "口径不同，按季报数"}
    assert known.ignored(known.read(open_document(done, "a").package, "word/document.xml")) == {}


_WORDS = st.text(alphabet="东岭街道排查隐患处12.，。 ", min_size=1, max_size=6)
_RUN = st.one_of(
    _WORDS.map(r),
    _WORDS.map(lambda words: r(words, "<w:b/>")),
    _WORDS.map(lambda words: f'<w:ins w:id="1">{r(words)}{r(words)}</w:ins>'),
    _WORDS.map(lambda words: f'<w:del w:id="2"><w:r><w:delText>{words}</w:delText></w:r></w:del>'),
    _WORDS.map(lambda words: f"<w:hyperlink>{r(words)}</w:hyperlink>"),
    st.just(
        '<w:r><w:t>甲</w:t><w:tab/><w:footnoteReference w:id="1"/><w:t xml:space="preserve">乙 </w:t></w:r>'
    ),
)
_PARAGRAPH = st.lists(_RUN, min_size=1, max_size=5).map(lambda runs: p(*runs))
_BODY = st.lists(_PARAGRAPH, min_size=1, max_size=5).map("".join)


@settings(max_examples=80, deadline=None)
@given(_BODY, st.integers(0, 2**30))
def test_any_spans_of_any_document(body: str, seed: int) -> None:
    data = docx(body)
    text = open_document(data, "a").text
    if not text:
        return
    rng = random.Random(seed)
    spans = set()
    for _ in range(6):
        start = rng.randrange(len(text))
        end = rng.randrange(start, min(start + 6, len(text))) + 1
        if "\n" not in text[start:end]:
            spans.add((start, end))
    done = reviewed(data, *spans)
    assert open_document(done, "a").text == text
    assert sorted(marked(done).values()) == sorted(text[a:b] for a, b in spans)
    assert reviewed(done, *spans) == done
    stripped = parts(done)["word/document.xml"].decode()
    assert stripped.count("footnoteReference") == parts(data)["word/document.xml"].decode().count(
        "footnoteReference"
    )


@pytest.mark.parametrize("count", [300])
def test_many_findings_in_one_paragraph(count: int) -> None:
    data = docx(p("排查隐患12处，" * count))
    spans = [(9 * n + 4, 9 * n + 7) for n in range(count)]
    assert len(marked(reviewed(data, *spans))) == count


def test_fingerprints_are_kept_apart() -> None:
    data = docx(p("甲乙丙"))
    text = "甲乙丙"
    one = finding(text, 0, 1, mark="a" * 16)
    two = replace(one, fingerprint="b" * 16)
    report = Report(
        path="a.docx", characters=3, findings=(one, two),
        coverage=Coverage(figures=0, figures_supported=0, facts=0, facts_used=0),
    )  # fmt: skip
    assert len(marked(comments(data, report))) == 2


def test_strict_documents_are_refused_not_broken() -> None:
    xml = document_xml(p("排查隐患8573处。")).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    with pytest.raises(GovWriterError, match="严格"):
        reviewed(docx("", document=xml), (4, 9))
