"""Findings of a draft that is no Word file as comments of one: each on the characters that it speaks of."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from gov_writer import ingest, pipeline

NOTES = "# 雾溪街道\n- 排查隐患412处，整改398处。\n- 招商引资9.8亿元，同比增长12.6%。\n"
DRAFT = (
    "\ufeff# 雾溪街道2025年工作总结\r\n\r\n\r\n一、安全\r\n\t😀 排查隐患421处，\x07整改398处。  \r\n\u3000\u3000\r\n"
    "| 指标 | 数 |\r\n| -- | -- |\r\n| 招商引资 | 8.9亿元 |\r\n　　招商引资9.8亿元，**同比下降12.6%**。新建公园7个。\r\n\r\n"
)


def _words_under_comments(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    found = re.findall(r'<w:commentRangeStart w:id="\d+"/>(.*?)<w:commentRangeEnd', xml, re.DOTALL)
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one)) for one in found]


@pytest.mark.parametrize("name", ["稿.md", "稿.txt", "稿.markdown"])
def test_every_comment_stands_on_its_words(tmp_path: Path, name: str) -> None:
    notes, draft = tmp_path / "材料.md", tmp_path / name
    notes.write_text(NOTES, encoding="utf-8")
    draft.write_bytes(DRAFT.encode())
    case = pipeline.prepare(str(draft), [str(notes)])
    report = pipeline.examine(case)
    data = pipeline.show(case, report, "docx")
    assert isinstance(data, bytes)
    wanted = [finding.text.replace("\x07", " ") for finding in report.findings if finding.text]
    assert "421处" in wanted
    assert "同比下降12.6%" in wanted
    assert sorted(_words_under_comments(data)) == sorted(wanted)


def test_the_words_stand_as_they_were(tmp_path: Path) -> None:
    draft = tmp_path / "稿.md"
    draft.write_bytes(DRAFT.encode())
    case = pipeline.prepare(str(draft))
    data = pipeline.show(case, pipeline.examine(case), "docx")
    assert isinstance(data, bytes)
    (tmp_path / "稿.docx").write_bytes(data)
    read = ingest.read(tmp_path / "稿.docx").text
    assert [line.strip() for line in read.split("\n")] == [
        line.replace("\x07", " ").strip() for line in case.text.split("\n") if line.strip()
    ]
