"""Whose figure it is: an office's work given to another office."""

from __future__ import annotations

import pytest

from gov_writer import ingest
from gov_writer.checking.rulings.attribution import Attribution
from gov_writer.facts import extract
from gov_writer.matching.pairing import align

NOTES = {
    "1平安办.md": "# 平安办工作要点\n\n- 调解矛盾纠纷163件\n",
    "2民政办.md": "# 民政办工作要点\n\n- 发放临时救助资金44笔\n",
    "3城管中队.md": "# 城管中队工作要点\n\n- 拆除违建2315平方米\n- 配合民政办走访困难家庭57户\n",
}


def _another(draft: str, notes: dict[str, str]) -> dict[str, bool]:
    sources = [ingest.from_text(name, text, id=f"S{n}") for n, (name, text) in enumerate(notes.items(), 1)]
    claims, against = extract([ingest.from_text("稿.md", draft, id="D")]), extract(sources)
    asked = Attribution(against)
    return {p.claim.text: asked.another(p.claim, p.fact) for p in align(claims, against).pairs.values()}


@pytest.mark.parametrize(
    ("draft", "figure", "another"),
    [
        ("民政办调解矛盾纠纷163件。", "163件", True),
        ("平安办调解矛盾纠纷163件。", "163件", False),
        ("平安办发放临时救助资金44笔。", "44笔", True),
        ("街道调解矛盾纠纷163件。", "163件", False),  # the street as a whole
        ("平安办、民政办调解矛盾纠纷163件。", "163件", False),  # several offices
        ("志愿者调解矛盾纠纷163件。", "163件", False),  # nobody in particular
        ("民政办走访困难家庭57户。", "57户", False),  # the note names that office too
        ("城市管理综合执法队拆除违建2315平方米。", "2315平方米", False),  # an office without a note here
    ],
)
def test_by_whose_note_it_is(draft: str, figure: str, another: bool) -> None:
    assert _another(draft, NOTES) == {figure: another}


def test_in_a_file_of_several_offices_the_label_of_the_line_tells() -> None:
    notes = {"汇总.md": "平安办：调解矛盾纠纷163件\n民政办：发放临时救助资金44笔\n"}
    assert _another("民政办调解矛盾纠纷163件。", notes) == {"163件": True}
    assert _another("平安办调解矛盾纠纷163件。", notes) == {"163件": False}
