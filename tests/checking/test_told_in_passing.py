"""Facts that a draft leaves out though it tells them in other words: they are no more than remarks (FIG107)."""

from __future__ import annotations

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Severity


def _left_out(draft: str, notes: str) -> list[str | None]:
    """What is told as left out, louder than a remark."""
    case = pipeline.case_of(
        ingest.from_text("draft.md", draft, id="D"), [ingest.from_text("notes.md", notes)], period="2025"
    )
    found = pipeline.examine(case).findings
    return [f.expected for f in found if f.rule == "FIG107" and f.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("draft", "notes"),
    [
        # two of three figures of a total tell the third
        ("举办招聘会16场，其中直播带岗5场。", "招聘会16场：线下11场，直播带岗5场\n"),
        # several parts of a total that is told
        ("共建驿站15个。", "驿站15个：村12个、社区2个、镇级1个\n"),
        # what is left of a total
        ("未办结28件，其中融资8件、用地9件。", "未办结28件：融资8件、用地9件、其余11件\n"),
        # one of each
        ("5月16日、11月7日分别举办沙龙，共130人参加。", "沙龙5月16日、11月7日各办了1期，共130人参加\n"),
        # two rates of one value
        ("按时受理率、按期办结率均为100%。", "按时受理率100%，按期办结率100%\n"),
        # a reading in the middle of the year, beside the year's
        ("全年安全感98.4%。", "全年安全感98.4%（上半年97.8%）\n"),
    ],
)
def test_told_in_passing(draft: str, notes: str) -> None:
    assert _left_out(draft, notes) == []


@pytest.mark.parametrize(
    ("draft", "notes", "missing"),
    [
        ("举办招聘会16场。", "招聘会16场，其中直播带岗5场\n", ["5场"]),
        ("按时受理率为100%。", "按时受理率100%，按期办结率100%\n", ["100%"]),
        ("全年安全感98.4%。", "全年安全感98.4%，破案率61.2%\n", ["61.2%"]),
    ],
)
def test_left_out(draft: str, notes: str, missing: list[str]) -> None:
    assert _left_out(draft, notes) == missing
