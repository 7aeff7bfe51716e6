"""Comments in any document: exactly the characters, nothing lost, nothing doubled."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from gov_writer.domain import Coverage, Finding, Fix, Report
from gov_writer.ingest.docx import read_docx
from gov_writer.ooxml.document import Document, open_document
from gov_writer.ooxml.names import w
from gov_writer.rendering import comments
from tests.ingest.builders import docx, p
from tests.ooxml.quirks import everything
from tests.rendering.random_documents import Maker, parts_of, without_review
from tests.rendering.test_review import finding, reviewed

_MAY_CHANGE = ("word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels")


def findings_in(text: str, seed: int, *, fixes: bool) -> tuple[Finding, ...]:
    rng = random.Random(seed)
    spans: dict[tuple[int, int], Finding] = {}
    for _ in range(8 if text else 0):
        start = rng.randrange(len(text))
        end = rng.randrange(start, min(start + 9, len(text))) + 1
        if "\n" not in text[start:end]:
            fix = Fix(start=start, end=end, text="改", safe=True) if fixes and rng.random() < 0.4 else None
            spans[start, end] = finding(text, start, end, fix=fix)
    return tuple(spans.values())


def commented(data: bytes, found: tuple[Finding, ...]) -> bytes:
    text = open_document(data, "稿.docx").text
    coverage = Coverage(figures=0, figures_supported=0, facts=0, facts_used=0)
    return comments(data, Report(path="稿.docx", characters=len(text), findings=found, coverage=coverage))


def comment_ids(parts: dict[str, bytes]) -> set[str]:
    xml = parts.get("word/comments.xml")
    return set() if xml is None else {c.get(w("id"), "") for c in etree.fromstring(xml)}


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_nothing_is_lost(first: int) -> None:
    for seed in range(first, first + 40):
        data = Maker(seed).document()
        found = findings_in(open_document(data, "稿.docx").text, seed, fixes=True)
        done = commented(data, found)
        before, after = parts_of(data), parts_of(done)
        mine = comment_ids(after) - comment_ids(before)
        assert len(mine) == len(found)
        for name, xml in before.items():
            if name in _MAY_CHANGE or after[name] == xml:
                continue
            assert without_review(after[name], mine) == without_review(xml, set()), (seed, name)
        kept = etree.fromstring(after["word/comments.xml"]) if "word/comments.xml" in before else None
        if kept is not None:
            old = etree.fromstring(before["word/comments.xml"])
            assert [etree.tostring(c) for c in kept][: len(old)] == [etree.tostring(c) for c in old]
        assert commented(done, found) == done, seed


@pytest.mark.parametrize("first", range(0, 160, 40))
def test_exactly_the_characters(first: int) -> None:
    for seed in range(first, first + 40):
        data = Maker(seed).document()
        document = open_document(data, "稿.docx")
        found = findings_in(document.text, seed, fixes=False)
        done = open_document(commented(data, found), "稿.docx")
        assert done.text == document.text
        for one in found:
            where = document.line_at(one.start)
            if where is not None and parts_of_comment(document, one) == document.main:
                held, wanted = _held(done, one), _wanted(document, one)
                assert held == wanted or not wanted, (seed, one.text)


def _held(document: Document, one: Finding) -> list[int]:
    """The offsets between the marks of this finding's comment, those of text boxes inside left out."""
    part = parts_of_comment(document, one)
    root = document.package.root(part)
    identity = next(
        c.get(w("id"))
        for c in document.package.root("word/comments.xml")
        if one.fingerprint in "".join(c.itertext())
    )
    keep = list(root.iter())  # as long as they live, so do their ids
    order = {id(e): n for n, e in enumerate(keep)}
    start = next(e for e in keep if e.tag == w("commentRangeStart") and e.get(w("id")) == identity)
    end = next(e for e in keep if e.tag == w("commentRangeEnd") and e.get(w("id")) == identity)
    boxes = {id(box) for box in start.iterancestors(w("txbxContent"))}
    found = []
    for stretch in document.stretches:
        node = stretch.piece.node
        if stretch.part != part or node is None or id(node) not in order:
            continue
        if {id(box) for box in node.iterancestors(w("txbxContent"))} == boxes and (
            order[id(start)] < order[id(node)] < order[id(end)]
        ):
            found += range(stretch.start, stretch.end)
    return found


def parts_of_comment(document: Document, one: Finding) -> str:
    return next(
        (s.part for s in document.between(one.start, one.end) if s.piece.run is not None), document.main
    )


def _wanted(document: Document, one: Finding) -> list[int]:
    found: list[int] = []
    touched = document.between(one.start, one.end)
    if len({id(stretch.paragraph) for stretch in touched}) > 1:
        return []  # across cells: what stands between them is marked too
    for stretch in touched:
        if stretch.piece.run is not None and stretch.piece.run.tag == w("r"):
            found += range(max(stretch.start, one.start), min(stretch.end, one.end))
        elif stretch.piece.run is not None:
            return []  # a formula is marked as a whole
    return found


def test_a_reference_without_its_comment_gets_none_of_ours() -> None:
    lost = '<w:commentRangeStart w:id="4"/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
    done = reviewed(docx(p(lost, "排查隐患8573处。")), (5, 10))
    assert comment_ids(parts_of(done)) == {"5"}


def test_answers_of_people_stay_through_more_reviews() -> None:
    """忽略：理由 typed into our own comment, and a second review with more findings."""
    done = reviewed(docx(p("排查隐患8573处，整改12处。")), (4, 9))
    parts = parts_of(done)
    xml = parts["word/comments.xml"].decode().replace("</w:comment>", p("忽略：口径不同") + "</w:comment>")
    answered = docx("", {"comments": xml}, document=parts["word/document.xml"].decode())
    assert [a.reason for a in read_docx(answered, "稿.docx").answers] == ["口径不同"]
    again = reviewed(answered, (4, 9), (12, 15))
    assert [a.reason for a in read_docx(again, "稿.docx").answers] == ["口径不同"]
    assert len(comment_ids(parts_of(again))) == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("东岭街道2025年工作总结", 0)
    document.add_paragraph("全年排查隐患").add_run("8573处").bold = True
    document.add_table(1, 2).cell(0, 1).text = "整改125户"
    path = tmp_path / "稿.docx"
    document.save(str(path))
    text = open_document(path.read_bytes(), "稿.docx").text
    spans = [(text.index(words), text.index(words) + len(words)) for words in ("8573处", "125户", "隐患85")]
    path.write_bytes(reviewed(path.read_bytes(), *spans))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "odt",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with zipfile.ZipFile(path.with_suffix(".odt")) as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<dc:creator>gov-writer</dc:creator>") == 3
    shown = {}
    for name in re.findall(r'<office:annotation [^>]*office:name="([^"]+)"', content):
        between = content.split(f'office:name="{name}"', 1)[1].split("</office:annotation>", 1)[1]
        between = between.split(f'<office:annotation-end office:name="{name}"/>', 1)[0]
        between = re.sub(r"<office:annotation .*?</office:annotation>", "", between)
        shown[name] = re.sub(r"<[^>]+>", "", between)
    assert sorted(shown.values()) == ["125户", "8573处", "隐患85"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_is_told_of_notes_boxes_and_all(tmp_path: Path) -> None:
    data = everything()
    text = open_document(data, "稿.docx").text
    found = {(one.start, one.end): one for n in range(8) for one in findings_in(text, n, fixes=True)}
    path = tmp_path / "稿.docx"
    path.write_bytes(commented(data, tuple(found.values())))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "odt",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with zipfile.ZipFile(path.with_suffix(".odt")) as archive:
        shown = archive.read("content.xml").decode().count("<office:annotation ")
    assert shown == len(comment_ids(parts_of(path.read_bytes())))
