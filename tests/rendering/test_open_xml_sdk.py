"""What we write is valid by Microsoft's own validator; faults that a file came with are nobody's concern."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Draft
from gov_writer.ooxml.document import open_document
from gov_writer.rendering import comments, relayout
from gov_writer.rendering.word import docx
from tests.conftest import ROOT
from tests.ingest.builders import p
from tests.ooxml.quirks import QUIRKS, everything, package
from tests.rendering import messy
from tests.rendering.drafts import K, block, long_draft
from tests.rendering.open_xml_sdk import complaints
from tests.rendering.test_review_anything import commented, findings_in

pytestmark = pytest.mark.slow
_DOCUMENTS: dict[str, Callable[[], bytes]] = {"everything": everything, **messy.ALL}


def _reviewed(data: bytes, seed: int) -> bytes:
    """With comments and tracked changes at many places."""
    text = open_document(data, "稿.docx").text
    found = {(one.start, one.end): one for n in range(8) for one in findings_in(text, seed + n, fixes=True)}
    return commented(data, tuple(found.values()))


def test_a_fault_is_told() -> None:
    """A comment's reference in a footnote: no comments part belongs to the footnotes."""
    mark = '<w:r><w:commentReference w:id="4"/></w:r>'
    note = f'<w:footnote w:id="2">{p("注", mark)}</w:footnote>'
    body, parts, _ = QUIRKS["comments of others"]
    assert not complaints(package(body, parts))
    assert complaints(package(body, {**parts, "footnotes": note}))


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_reviewed_twice(name: str) -> None:
    data = _DOCUMENTS[name]()
    assert not complaints(_reviewed(_reviewed(data, 1), 50)) - complaints(data)


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_laid_out(name: str, tmp_path: Path) -> None:
    data = _DOCUMENTS[name]()
    path = tmp_path / "稿.docx"
    path.write_bytes(data)
    done = relayout(data, ingest.read(path))
    path.write_bytes(done)
    assert not complaints(done) - complaints(data)
    report = pipeline.examine(pipeline.prepare(path))
    assert not complaints(comments(done, report)) - complaints(data)


def test_drafts() -> None:
    blocks = list(long_draft().blocks)
    blocks[-2:-2] = [
        block(K.PARAGRAPH, "附件：1.东岭街道2025年主要指标完成情况表和说明"),
        block(K.PARAGRAPH, "2.东岭街道2026年重点项目清单"),
    ]
    assert not complaints(docx(Draft(blocks=tuple(blocks))))
    drafted = pipeline.draft(pipeline.request([str(ROOT / "gov_writer/examples/brief.yaml")]))
    data = pipeline.render(drafted, "docx", with_sources=True)[0]
    assert not complaints(data)
    assert not complaints(_reviewed(data, 3))
