"""What a reader would say a figure counts, in sentences that were once read otherwise."""

from __future__ import annotations

import pytest

from gov_writer.facts import extract
from gov_writer.ingest import from_text

CASES = [
    # what has the level stands in the clause itself
    ("东岭口岸开工建设，班线开通运营，国际航线增至19条。", ["国际航线"]),
    ("警情30件，全年降至12件。", ["警情", "警情降至"]),
    # what is measured of all is said once
    ("汽车、有色金属行业增加值分别增长18.1%、16.6%。", ["汽车行业增加值", "有色金属行业增加值"]),
    ("电池、圆片产量分别达3.2万件、5.6万件。", ["电池产量", "圆片产量"]),
    ("事故起数、死亡人数分别下降17%、12%。", ["事故起数", "死亡人数"]),
    # a growth of both members of a list
    (
        "城镇、农村居民人均收入分别达5.6万元、3.2万元，增长4.8%、6.2%。",
        ["城镇居民人均收入", "农村居民人均收入"] * 2,
    ),
    # a size that stands between a count and its noun
    ("培育2个工业产值过百亿元的园区。", ["培育园区", "工业产值"]),
    # what is first stands at the end of its phrase
    ("建成全市首家集助餐、康养、文娱于一体的社区综合为老中心。", ["建成社区综合为老中心"]),
    ("全省首个迈入12强的学科落户东岭。", ["学科", "学科迈入"]),
    # a place among so many
    ("满意度在全区12个街道中排第2位。", ["满意度在全区街道中排", "满意度"]),
    # words that only look like the end or the twin of another
    ("改造1200户规模以上工业企业。", ["改造规模以上工业企业"]),
    ("新建中小学6所、幼儿园37所。", ["新建中小学", "幼儿园"]),
]


@pytest.mark.parametrize(("text", "subjects"), CASES, ids=[text for text, _ in CASES])
def test_subjects(text: str, subjects: list[str]) -> None:
    ledger = extract([from_text("note.md", text)])
    assert [fact.subject for fact in ledger.facts if fact.counted] == subjects
