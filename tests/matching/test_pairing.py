"""Which source fact a figure of the draft is about."""

from __future__ import annotations

import pytest

from gov_writer import ingest
from gov_writer.facts import extract
from gov_writer.matching.pairing import Alignment, align

NOTES = (
    "## 平安办\n- 排查燃气隐患412处，整改398处\n- 排查电动自行车违停207起\n- 调解纠纷163件，成功159件\n"
    "## 民政办\n- 低保对象86户131人\n- 临时救助44人次，发放资金12.6万元\n"
)


def _aligned(draft: str, notes: str = NOTES) -> tuple[Alignment, dict[str, str]]:
    claims = extract([ingest.from_text("稿.md", draft, id="D")])
    against = extract([ingest.from_text("材料.md", notes)])
    alignment = align(claims, against)
    return alignment, {pair.claim.text: pair.fact.text for pair in alignment.pairs.values()}


def test_reordered_and_reworded_each_figure_finds_its_own() -> None:
    _, pairs = _aligned(
        "全年为86户131人落实低保待遇，临时救助困难群众44人次、12.6万元。"
        "受理矛盾纠纷163件，调解成功159件；消除燃气安全隐患398处，占排查出的412处的96.6%。"
    )
    assert pairs | {"96.6%": ""} == {
        "86户": "86户",
        "131人": "131人",
        "44人次": "44人次",
        "12.6万元": "12.6万元",
        "163件": "163件",
        "159件": "159件",
        "398处": "398处",
        "412处": "412处",
        "96.6%": "",
    }


@pytest.mark.parametrize(
    ("draft", "claim", "fact"),
    [
        ("排查燃气隐患421处。", "421处", "412处"),
        ("调解矛盾纠纷1630件。", "1630件", "163件"),
        ("发放临时救助资金126万元。", "126万元", "12.6万元"),
        ("低保对象89户。", "89户", "86户"),
    ],
)
def test_a_wrong_figure_is_still_about_its_fact(draft: str, claim: str, fact: str) -> None:
    assert _aligned(draft)[1][claim] == fact


def test_what_no_note_tells_has_no_fact() -> None:
    assert _aligned("新建口袋公园9个，种树1200棵。")[1] == {}


def test_the_fact_of_another_place_is_foreign_not_paired() -> None:
    notes = "- 松塘社区：发动志愿者58人\n- 柳湾社区：发动志愿者73人\n"
    _, pairs = _aligned("松塘社区发动志愿者58人，柳湾社区发动志愿者73人。", notes)
    assert pairs == {"58人": "58人", "73人": "73人"}
    _, crossed = _aligned("松塘社区发动志愿者73人，柳湾社区发动志愿者58人。", notes)
    assert crossed != {"58人": "58人", "73人": "73人"}


def test_what_a_used_fact_repeats_or_contradicts_is_named() -> None:
    notes = "- 走访企业215家\n- 全年走访企业215家\n- 平安办：夜间巡查31次\n- 综合执法队：夜间巡查37次\n"
    alignment, _ = _aligned("全年走访企业215家，夜间巡查31次。", notes)
    named = {fact.id: fact.text for fact in extract([ingest.from_text("材料.md", notes)]).facts}
    assert [named[fact] for fact in alignment.repeats] == ["215家"]
    assert "215家" not in [named[fact] for fact in alignment.rivals]
