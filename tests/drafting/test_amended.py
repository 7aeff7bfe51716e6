"""Drafts from amended facts, and drafts that a person has edited."""

from __future__ import annotations

import io
import zipfile

from gov_writer import ingest, pipeline, rendering
from gov_writer.domain import Amendment, Brief, DraftBlockKind
from gov_writer.drafting import reread
from gov_writer.facts import extract
from gov_writer.matching.pairing import align

NOTES = (
    "# 云溪区东岭街道应急办\n\n- 2025年累计排查燃气隐患1204处，整改1187处。\n- 开展演练36场，覆盖3.2万人次。\n"
    "- 2025年化解矛盾纠纷218件。\n"
)


def _drafted(*amendments: Amendment) -> pipeline.Drafted:
    source = ingest.from_text("应急办.md", NOTES)
    brief = Brief(sources=(source.path,), period=ingest.parse_period("2025"), unit="东岭街道")
    return pipeline.draft(pipeline.Request(brief=brief, sources=(source,), amendments=amendments))


def _id(text: str) -> str:
    return next(f.id for f in extract((ingest.from_text("应急办.md", NOTES),)).facts if f.text == text)


def test_the_draft_binds_to_what_was_typed_and_the_trace_says_who() -> None:
    note = Amendment(fact=_id("1204处"), text="1240处", by="小林", at="2025-12-20T09:00:00")
    gone = Amendment(fact=_id("36场"), text=None, by="小林", at="2025-12-20T09:01:00")
    drafted = _drafted(note, gone)
    assert "1240处" in drafted.draft.text
    assert "1204处" not in drafted.draft.text
    assert "36场" not in drafted.draft.text
    _, trace = pipeline.render(drafted, "md")
    (figure,) = [f for f in trace["figures"] if f["text"] == "1240处"]
    assert figure["fact"] == note.fact
    assert figure["correction"] == {
        "was": "1204处",
        "typed": "1240处",
        "by": "小林",
        "at": "2025-12-20T09:00:00",
    }
    (struck,) = [u for u in trace["unused"] if u["text"] == "36场"]
    assert struck["reason"].startswith("withheld")
    assert struck["correction"]["by"] == "小林"
    word = rendering.render(drafted.draft, form="docx", ledger=drafted.ledger, with_sources=True)
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        assert "小林更正，材料原为1204处" in package.read("word/document.xml").decode()
    assert pipeline.examine(pipeline.own_case(drafted)).coverage.figures_supported > 0


def test_an_edited_draft_keeps_untouched_lines_and_reads_the_others_anew() -> None:
    drafted = _drafted()
    text = drafted.draft.text.replace("开展演练36场", "全年组织演练36场") + "\n另有事项7件。"
    claims = extract((ingest.from_text("draft.md", text, id="D"),), period=drafted.ledger.period)
    draft = reread(drafted.draft, text, claims, align(claims, drafted.ledger))
    assert draft.text == text
    assert draft.blocks[0].kind is DraftBlockKind.TITLE
    said = {b.text[f.start : f.end]: f.fact for b in draft.blocks for f in b.figures}
    assert said["36场"] == _id("36场")
    assert said["218件"] == _id("218件")
    assert "7件" not in said
    kinds = {b.text: b.kind for b in drafted.draft.blocks}
    assert all(b.kind is kinds[b.text] for b in draft.blocks if b.text in kinds)
