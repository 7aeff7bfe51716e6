"""Rows of small counts that a sentence retells in the order of its source."""

from __future__ import annotations

from gov_writer import ingest
from gov_writer.facts import extract
from gov_writer.matching.pairing import align


def _likeness(draft: str, notes: str) -> dict[tuple[str, str], float]:
    claims = extract([ingest.from_text("稿.md", draft, id="D")])
    pairs = align(claims, extract([ingest.from_text("材料.md", notes)])).pairs.values()
    return {(p.claim.text, p.fact.text): round(p.likeness, 2) for p in pairs}


NOTES = "- 续建工程：竣工6个，在建4个，未动工1个\n- 新建停车场6个、驿站4个\n"


def test_three_in_one_order_are_no_chance_though_the_words_are_others() -> None:
    found = _likeness("续建工程完工6个，正在施工4个，尚未动工1个。", NOTES)
    assert set(found) == {("6个", "6个"), ("4个", "4个"), ("1个", "1个")}
    assert min(found.values()) >= 0.75


def test_another_order_is_another_thing() -> None:
    ordered = _likeness("续建工程完工6个，正在施工4个，尚未动工1个。", NOTES)
    turned = _likeness("续建工程完工4个，正在施工6个，尚未动工1个。", NOTES)
    assert ordered.get(("1个", "1个"), 0) >= 0.75
    assert sum(value >= 0.75 for value in turned.values()) < 3


def test_a_row_that_two_sentences_have_or_that_breaks_off_says_nothing() -> None:
    once = "- 续建工程：竣工6个，在建4个，未动工1个\n"
    draft = "续建工程完工6个，正在施工4个，尚未动工1个。"
    assert min(_likeness(draft, once).values()) >= 0.75
    for notes in (once + "- 新立园区：竣工6个，在建4个，未动工1个\n", once.replace("在建4个", "在建5个")):
        assert max(_likeness(draft, notes).values()) < 0.75


def test_an_inexact_count_among_them_breaks_the_row() -> None:
    notes = "- 续建工程：竣工6个，在建40余个，未动工1个\n"
    assert max(_likeness("续建工程完工6个，正在施工40余个，尚未动工1个。", notes).values()) < 0.75
