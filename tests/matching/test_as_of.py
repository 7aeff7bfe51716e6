"""The day up to which a draft's figures go, where the notes go up to another."""

from __future__ import annotations

import pytest

from gov_writer import ingest
from gov_writer.facts import extract
from gov_writer.matching.pairing import align


def _meant(draft: str, *notes: str) -> dict[str, tuple[str, str]]:
    """As-of day of the draft → the words and place in the notes of the day that is meant."""
    claims = extract([ingest.from_text("稿.md", draft, id="D")])
    sources = [ingest.from_text(f"{n}.md", text, id=f"S{n}") for n, text in enumerate(notes, 1)]
    pairs = align(claims, extract(sources)).pairs.values()
    return {p.claim.text: (p.fact.text, p.fact.locator) for p in pairs if p.claim.text.startswith("截")}


def test_a_day_in_a_heading_of_the_notes_is_what_was_meant() -> None:
    notes = "# 应急办（截至2025年12月15日）\n\n- 排查隐患412处\n"
    draft = "2025年工作总结\n\n截至12月25日，排查隐患412处。\n"
    assert _meant(draft, notes) == {"截至12月25日": ("截至2025年12月15日", "第1行")}


def test_of_several_days_the_one_whose_line_tells_the_same() -> None:
    notes = "# 2025年\n\n到11月30日建成充电桩56个\n\n到12月15日改造老旧小区9个\n"
    draft = "2025年工作总结\n\n截至12月18日，改造老旧小区9个。\n"
    assert _meant(draft, notes)["截至12月18日"] == ("到12月15日", "第5行")


@pytest.mark.parametrize(
    "notes",
    [
        "# 应急办（截至2025年12月25日）\n\n- 排查隐患412处\n",  # the same day
        "# 应急办\n\n- 排查隐患412处（2025年12月25日会议）\n",  # a day that the notes know
        "# 应急办\n\n- 排查隐患412处\n",  # no day at all
        "# 应急办（截至2025年2月30日）\n\n- 排查隐患412处\n",  # a day that there is not
    ],
)
def test_a_day_that_contradicts_nothing_is_about_nothing_else(notes: str) -> None:
    found = _meant("2025年工作总结\n\n截至12月25日，排查隐患412处。\n", notes)
    assert all("25日" in words for words, _ in found.values())


def test_a_month_is_no_day() -> None:
    notes = "# 应急办（截至2025年12月15日）\n\n- 排查隐患412处\n"
    assert "截至11月底" not in _meant("2025年工作总结\n\n截至11月底，排查隐患412处。\n", notes)
