"""Another level than the sources': 省级补助 for 市级补助, 省民政厅 for 市民政局."""

from __future__ import annotations

import pytest

from gov_writer import ingest
from gov_writer.checking.levels import changed


def _changed(draft: str, *notes: str) -> list[tuple[str, str]]:
    sources = [ingest.from_text(f"{n}.md", text, id=f"S{n}") for n, text in enumerate(notes)]
    return [(draft[start:end], right) for start, end, right in changed(draft, sources)]


@pytest.mark.parametrize(
    ("draft", "notes", "found"),
    [
        ("争取省级补助80万元。", "争取市级补助80万元。", [("省级补助", "市级补助")]),
        ("获省民政厅通报表扬。", "获市民政局通报表扬。", [("省民政厅", "市民政局")]),
        ("争取市级补助80万元。", "争取市级补助80万元。", []),
        ("争取省级补助80万元。", "争取补助80万元。", []),  # the notes tell no level
        ("争取市级补助80万元、省级补助20万元。", "争取市级补助80万元。", []),  # one more, not another
        ("获评省级示范点。", "争取市级补助80万元。", []),  # of other things
        ("市民政局：\n\n发放救助44笔。", "\n区民政局来函。", []),
    ],
)
def test_levels(draft: str, notes: str, found: list[tuple[str, str]]) -> None:
    assert _changed(draft, notes) == found


def test_one_change_is_told_once_however_often_it_is_written() -> None:
    draft = "争取省级补助80万元。省级补助已到账。"
    assert _changed(draft, "争取市级补助80万元。") == [("省级补助", "市级补助")]


def test_blanks_in_a_scanned_note_hide_no_level() -> None:
    assert _changed("争取市级补助80万元。", "争 取 市 级 补 助 80万元。") == []
