"""Random documents, edited: every character of the text is found again in the run that holds it."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from gov_writer.ooxml.document import Document, open_document
from gov_writer.ooxml.names import w
from tests.ingest.builders import docx, p, r

_WORDS = st.text(alphabet="东岭街道排查隐患处户12.，。  ", min_size=1, max_size=6)
_RUN = st.one_of(
    _WORDS.map(r),
    _WORDS.map(lambda words: r(words, "<w:b/>")),
    _WORDS.map(lambda words: f'<w:ins w:id="1">{r(words)}</w:ins>'),
    _WORDS.map(lambda words: f"<w:del w:id='1'><w:r><w:delText>{words}</w:delText></w:r></w:del>"),
    _WORDS.map(lambda words: f"<w:hyperlink>{r(words)}</w:hyperlink>"),
    st.just("<w:r><w:tab/></w:r>"),
    st.just("<w:r><w:br/></w:r>"),
    st.just('<w:r><w:t>甲</w:t><w:tab/><w:t xml:space="preserve">乙 </w:t></w:r>'),
)
_PARAGRAPH = st.lists(_RUN, max_size=6).map(lambda runs: p(*runs))
_TABLE = st.lists(st.lists(_PARAGRAPH, min_size=1, max_size=3), min_size=1, max_size=3).map(
    lambda rows: "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in row) + "</w:tr>" for row in rows) + "</w:tbl>"
)  # fmt: skip
_BODY = st.lists(st.one_of(_PARAGRAPH, _TABLE), min_size=1, max_size=6).map("".join)


def characters(document: Document) -> None:
    for stretch in document.stretches:
        text = document.text[stretch.start : stretch.end]
        assert len(text) == len(stretch.piece.text)
        if stretch.piece.node is not None and stretch.piece.node.tag == w("t"):
            assert text == stretch.piece.node.text
            assert stretch.piece.run is not None
    for offset, character in enumerate(document.text):
        owners = document.between(offset, offset + 1)
        if owners:
            piece = owners[0].piece.text[offset - owners[0].start]
            assert len(owners) == 1
            assert piece == character or (character == " " and piece in "\n\t")
        else:
            assert character in "\n\t "


@settings(max_examples=80, deadline=None)
@given(_BODY, st.integers(0, 10_000))
def test_characters_lead_back_to_their_runs(body: str, seed: int) -> None:
    document = open_document(docx(body), "稿.docx")
    characters(document)
    # A person edits one run in Word: the text changes exactly there.
    rng = random.Random(seed)
    editable = [s for s in document.stretches if s.piece.node is not None and s.piece.node.tag == w("t")]
    if not editable:
        return
    stretch = rng.choice(editable)
    old = document.text[stretch.start : stretch.end]
    assert stretch.piece.node is not None
    stretch.piece.node.text = "改" * len(old)
    from lxml import etree

    edited = open_document(
        docx("", document=etree.tostring(document.package.root(document.main)).decode()), "稿.docx"
    )
    kept = [line.strip() for line in document.text.split("\n") if line.strip()]
    again = [line.strip() for line in edited.text.split("\n") if line.strip()]
    if old.strip() and len(kept) == len(again):
        expected = document.text[: stretch.start] + "改" * len(old) + document.text[stretch.end :]
        assert [line.strip() for line in expected.split("\n") if line.strip()] == again
