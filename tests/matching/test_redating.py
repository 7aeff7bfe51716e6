"""A wrong year at the head of a draft, set right before anything is paired."""

from __future__ import annotations

from datetime import date

import pytest

from gov_writer import ingest
from gov_writer.facts import extract
from gov_writer.matching.pairing.redating import Redated, redated

NOTES = "# 2025年上半年\n- 排查燃气隐患412处，整改398处\n- 调解纠纷163件\n- 走访群众2315户\n"


def _redated(draft: str, notes: str = NOTES) -> Redated:
    claims = extract([ingest.from_text("稿.md", draft, id="D")])
    return redated(claims, extract([ingest.from_text("材料.md", notes)]))


def _years(found: Redated) -> dict[str, int]:
    return {
        f.text: f.period.end.year
        for f in found.claims.facts
        if f.period is not None and f.period.end is not None
    }


def test_the_figures_below_a_wrong_year_get_the_right_one() -> None:
    found = _redated("# 2024年上半年工作总结\n\n排查燃气隐患412处，整改398处。调解纠纷163件。走访2315户。\n")
    assert {_years(found)[figure] for figure in ("412处", "398处", "163件", "2315户")} == {2025}
    wrong = [f for f in found.claims.facts if f.id in found.wrong]
    assert [f.text for f in wrong] == ["2024年上半年"]
    assert [w.period.end for w in found.wrong.values() if w.period is not None] == [date(2025, 6, 30)]


def test_a_period_without_a_year_below_it_moves_along_and_is_not_told() -> None:
    draft = "# 2024年工作总结\n\n排查燃气隐患412处，整改398处。\n\n上半年调解纠纷163件，走访2315户。\n"
    notes = "# 2025年\n- 排查燃气隐患412处，整改398处\n- 上半年调解纠纷163件，走访2315户\n"
    found = _redated(draft, notes)
    moved = [f for f in found.claims.facts if f.id in found.moved]
    assert [(f.text, f.mention.date_end) for f in moved] == [("上半年", date(2025, 6, 30))]
    assert len(found.wrong) == 1


@pytest.mark.parametrize(
    "draft",
    [
        "# 2025年上半年工作总结\n\n排查燃气隐患412处，整改398处。调解纠纷163件。\n",  # the right year
        "# 2024年上半年工作总结\n\n排查燃气隐患531处，整改517处。调解纠纷208件。\n",  # values that no note has
        "# 2025年上半年工作总结\n\n去年排查燃气隐患412处，整改398处。调解纠纷163件。\n",  # another year on purpose
        "# 2024年上半年工作总结\n\n开展活动4次，慰问6户，整改8处。\n",  # small counts meet by chance
    ],
)
def test_nothing_moves(draft: str) -> None:
    notes = NOTES + "- 开展活动4次，慰问6户，整改8处\n"
    claims = extract([ingest.from_text("稿.md", draft, id="D")])
    assert redated(claims, extract([ingest.from_text("材料.md", notes)])) == Redated(claims)


def test_a_year_that_has_figures_of_its_own_stays() -> None:
    notes = NOTES + "\n# 2024年上半年\n- 排查燃气隐患377处，整改351处\n- 调解纠纷149件\n"
    draft = "# 2024年上半年\n\n排查燃气隐患377处，整改351处，调解纠纷149件，走访2315户。\n"
    assert not _redated(draft, notes).wrong


def test_the_29th_of_february_has_a_day_in_other_years() -> None:
    draft = "# 2024年工作总结\n\n截至2月29日，排查燃气隐患412处，整改398处，调解纠纷163件。\n"
    notes = "# 2025年\n截至2月28日，排查燃气隐患412处，整改398处，调解纠纷163件。\n"
    found = _redated(draft, notes)
    assert [f.mention.date_end for f in found.claims.facts if f.id in found.moved] == [date(2025, 2, 28)]
