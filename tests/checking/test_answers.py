"""忽略：理由 in a Word comment of a person's own takes back what is found on the characters it stands on."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest
from docx.document import Document

from gov_writer import checking, ingest, pipeline
from gov_writer.domain import Answer, Report
from gov_writer.ingest.docx import read_docx
from tests.ingest.builders import W, docx, p, r

_NOTES = "- 排查隐患8753处\n- 走访企业268户\n"


def _word(build: Callable[[Document], None]) -> bytes:
    document = python_docx.Document()
    build(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _draft(comment: str, *, on: str = "8573处") -> bytes:
    """A document as Word saves it, with a person's comment on a run of it."""

    def build(document: Document) -> None:
        paragraph = document.add_paragraph()
        runs = [paragraph.add_run(words) for words in ("全年排查隐患", "8573处", "，走访企业", "286户", "。")]
        chosen = next(run for run in runs if run.text == on)
        document.add_comment(chosen, text=comment, author="王科员", initials="W")

    return _word(build)


def _checked(data: bytes, folder: Path) -> Report:
    (folder / "稿.docx").write_bytes(data)
    (folder / "notes.md").write_text(_NOTES, encoding="utf-8")
    draft = ingest.read(folder / "稿.docx", id="D")
    case = pipeline.case_of(draft, [ingest.read(folder / "notes.md")])
    return checking.run(case)


@pytest.mark.parametrize(
    "comment", ["忽略：口径不同，按季报", "忽略:口径不同，按季报", " 忽略 ：\n口径不同，按季报"]
)
def test_a_persons_own_comment_takes_back_what_is_found_there(comment: str, tmp_path: Path) -> None:
    plain = _checked(_draft("请再核一下"), tmp_path)
    assert {f.text for f in plain.findings if f.rule == "FIG102"} == {"8573处", "286户"}
    assert plain.suppressed == () and plain.warnings == ()
    report = _checked(_draft(comment), tmp_path)
    assert {f.text for f in report.findings if f.rule == "FIG102"} == {"286户"}
    taken = [(f.text, reason) for f, reason in report.suppressed if f.rule == "FIG102"]
    assert taken == [("8573处", "口径不同，按季报")]
    assert report.warnings == ()


@pytest.mark.parametrize("comment", ["忽略：", "忽略", "忽略。", "忽略： 。"])
def test_without_a_reason_it_has_no_effect_and_says_so(comment: str, tmp_path: Path) -> None:
    report = _checked(_draft(comment), tmp_path)
    assert {f.text for f in report.findings if f.rule == "FIG102"} == {"8573处", "286户"}
    assert len(report.warnings) == 1
    assert "“8573处”" in report.warnings[0] and "没有写理由" in report.warnings[0]


@pytest.mark.parametrize("comment", ["这里不要忽略：要改", "忽略不计的几户也要写", "建议忽略：口径不同"])
def test_other_comments_say_nothing(comment: str, tmp_path: Path) -> None:
    report = _checked(_draft(comment), tmp_path)
    assert {f.text for f in report.findings if f.rule == "FIG102"} == {"8573处", "286户"}
    assert report.warnings == ()


def test_the_command_tells_how_many_and_why_not(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(_NOTES, encoding="utf-8")

    def run(comment: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "稿.docx").write_bytes(_draft(comment))
        command = ["check", "稿.docx", "--against", "notes.md", "--select", "FIG102"]
        return subprocess.run(
            [sys.executable, "-m", "gov_writer", *command],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip

    done = run("忽略：按季报")
    assert "【8573处】" not in done.stdout and "【286户】" in done.stdout and "1 个问题" in done.stderr
    assert "没有写理由" in run("忽略：").stderr


def _comments(*texts: str) -> str:
    made = (
        f'<w:comment w:id="{n}" w:author="王科员">{p(words)}</w:comment>' for n, words in enumerate(texts)
    )
    return f'<w:comments xmlns:w="{W}">{"".join(made)}</w:comments>'


def _on(number: int, *runs: str) -> tuple[str, ...]:
    return (
        f'<w:commentRangeStart w:id="{number}"/>', *runs,
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>',
    )  # fmt: skip


def _spans(data: bytes) -> list[tuple[str, str]]:
    content = read_docx(data, "稿.docx")
    return [(content.text[a.start : a.end], a.reason) for a in content.answers]


def test_exactly_the_characters_between_the_marks() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('指标')}</w:tc><w:tc>{p(*_on(1, '12', r('5', '<w:b/>')), '户')}</w:tc></w:tr></w:tbl>"
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{p("注：", *_on(2, "共3次"))}</w:footnote></w:footnotes>'
    two = (
        p("甲", '<w:commentRangeStart w:id="3"/>', "乙")
        + p("丙", '<w:commentRangeEnd w:id="3"/>', "丁")
    )  # fmt: skip
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    body = p("排查", *_on(0, "隐患", deleted, r("8573", "<w:b/>"), "处"), "。") + table + two
    data = docx(
        body, {"comments": _comments("忽略：一", "忽略：二", "忽略：三", "忽略：四"), "footnotes": note}
    )
    assert _spans(data) == [("隐患8573处", "一"), ("125", "二"), ("共3次", "三"), ("乙\n丙", "四")]


def test_a_comment_on_no_characters_has_no_effect_and_says_so(tmp_path: Path) -> None:
    point = '<w:r><w:commentReference w:id="0"/></w:r>'
    report = _checked(
        docx(p("全年排查隐患8573处", point, "。"), {"comments": _comments("忽略：口径不同")}), tmp_path
    )
    assert "8573处" in {f.text for f in report.findings}
    assert report.warnings == ("批注“忽略：口径不同”没有选中文字，没有生效。",)


def test_broken_and_overlapping_marks() -> None:
    """Ends before starts, starts without ends, ids twice: nothing is raised; overlapping ones each have theirs."""
    broken = '<w:commentRangeEnd w:id="0"/>', "甲", '<w:commentRangeStart w:id="0"/>', "乙"
    crossed = p('<w:commentRangeStart w:id="1"/>', "丙", *_on(2, "丁", '<w:commentRangeEnd w:id="1"/>', "戊"))
    data = docx(p(*broken) + crossed, {"comments": _comments("忽略：一", "忽略：二", "忽略：三")})
    assert _spans(data) == [("", "一"), ("丙丁", "二"), ("丁戊", "三")]


def test_a_reply_under_a_comment_of_ours_speaks_for_that_finding_alone() -> None:
    w14, w15 = (f"http://schemas.microsoft.com/office/word/20{year}/wordml" for year in (10, 12))
    ours = f'<w:p w14:paraId="11111111">{r("FIG102 · 0123456789abcdef")}</w:p>'
    reply = f'<w:p w14:paraId="22222222">{r("忽略：按季报")}</w:p>'
    bare = f'<w:p w14:paraId="33333333">{r("忽略：")}</w:p>'
    extended = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="11111111"/>'
        '<w15:commentEx w15:paraId="%s" w15:paraIdParent="11111111"/></w15:commentsEx>'
    )
    for answer, mark, reason in ((reply, "22222222", "按季报"), (bare, "33333333", "")):
        xml = (
            f'<w:comments xmlns:w="{W}" xmlns:w14="{w14}"><w:comment w:id="0" w:author="gov-writer">{ours}</w:comment>'
            f'<w:comment w:id="1" w:author="王科员">{answer}</w:comment></w:comments>'
        )
        body = p("排查隐患", *_on(0, *_on(1, "8573处")))
        data = docx(body, {"comments": xml, "commentsExtended": extended % mark})
        assert read_docx(data, "稿.docx").answers == (Answer(fingerprint="0123456789abcdef", reason=reason),)
