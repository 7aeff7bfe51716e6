"""What of an answer may stand, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gov_writer.drafting.accept import judge
from gov_writer.drafting.slots import sheet_of
from tests.growth import LINEAR, growth
from tests.llm.material import said

NOTES = (
    said("全年累计排查安全隐患{8753处}，完成整改{8700处}，整改率{99.4%}。"),
    said("走访慰问困难党员{120人}。"),
    said("走访慰问困难群众{340人}，较上年{增长12%}。"),
    said("推动品牌走进社区。"),
)
SHEET = sheet_of(NOTES)


def stands(answer: str, heading: str = "") -> list[str]:
    """The accepted sentences, filled in."""
    verdict = judge(answer, SHEET, range(len(SHEET.units)), heading=heading)
    return [SHEET.filled(piece.text)[0] for piece in verdict.pieces]


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("走访慰问困难党员⟦F4⟧。", "走访慰问困难党员120人。"),
        ("同时，积极走访慰问困难党员⟦F4⟧", "同时，积极走访慰问困难党员120人。"),
        ("围绕民生服务工作，走访慰问困难党员共⟦F4⟧。", "围绕民生服务工作，走访慰问困难党员共120人。"),
        ("走访慰问困难党员120人。", "走访慰问困难党员120人。"),
        ("- **走访慰问困难党员【F4】**", "走访慰问困难党员120人。"),
        ("一是走访慰问困难党员｛Ｆ４｝。", "走访慰问困难党员120人。"),
        ("<think>想一想⟦F4⟧</think>走访慰问困难党员⟦F4⟧。", "走访慰问困难党员120人。"),
        (
            "走访慰问困难党员⟦F4⟧；走访慰问困难群众⟦F5⟧，较上年⟦F6⟧。",
            "走访慰问困难党员120人；走访慰问困难群众340人，较上年增长12%。",
        ),
        ("推动品牌走进社区；走访慰问困难党员⟦F4⟧。", "推动品牌走进社区；走访慰问困难党员120人。"),
        ("持续推动品牌走进社区。", "持续推动品牌走进社区。"),
        ("走访慰问困难党员⟦F4⟧，居全市首位。", "走访慰问困难党员120人。"),
        ("坚持以人为本，走访慰问困难党员⟦F4⟧，切实温暖人心。", "走访慰问困难党员120人。"),
        ("推动品牌走进社区，营造了良好氛围。", "推动品牌走进社区。"),
        ("走访慰问困难党员⟦F4⟧人。", "走访慰问困难党员120人。"),
        ("走访慰问困难党员F4。", "走访慰问困难党员120人。"),
    ],
)
def test_stands(answer: str, text: str) -> None:
    assert stands(answer, "民生服务") == [text]


@pytest.mark.parametrize(
    "answer",
    [
        "走访慰问困难群众⟦F4⟧。",
        "走访慰问困难党员⟦F4⟧，走访慰问困难群众⟦F5⟧，较上年⟦F6⟧。",
        "推动品牌走进社区，走访慰问困难党员⟦F4⟧。",
        "同时走访慰问困难党员⟦F4⟧。",
        "走访慰问党员⟦F4⟧。",
        "走访慰问困难党员超⟦F4⟧。",
        "走访慰问困难党员⟦F4⟧以上。",
        "走访慰问困难党员⟦F4⟧，较上年⟦F6⟧。",
        "走访慰问困难群众⟦F5⟧，较上年下降⟦F6⟧。",
        "走访慰问困难群众⟦F5⟧，较上年持续⟦F6⟧。",
        "走访慰问困难群众⟦F6⟧，较上年⟦F5⟧。",
        "走访慰问困难群众。⟦F5⟧，较上年⟦F6⟧。",
        "计划走访慰问困难党员⟦F4⟧。",
        "走访慰问困难党员⟦F4⟧，居首位。",
        "走访慰问困难党员⟦F4⟧⟦F4⟧。",
        "走访慰问困难党员⟦F77⟧。",
        "走访慰问困难党员1120人。",
        "走访慰问困难党员120万人。",
        "走访慰问困难党员210人。",
        "走访慰问“困难党员”⟦F4⟧。",
        "走访慰问困难\u200b党员⟦F4⟧。",
        "走访慰问困难党员\ue004。",
        "没有推动品牌走进社区。",
        "推动全国品牌走进社区。",
        "民生工作取得显著成效。",
        "",
        "。",
        "⟦F4⟧",
    ],
)
def test_does_not_stand(answer: str) -> None:
    assert stands(answer, "民生服务") == []


def test_a_time_does_not_pass_to_another_note() -> None:
    sheet = sheet_of((said("招商项目{9个}。"), said("去年引进企业{5家}。")))
    assert len(judge("招商项目⟦F1⟧；去年引进企业⟦F2⟧。", sheet, (0, 1)).pieces) == 1
    assert not judge("去年引进企业⟦F2⟧；招商项目⟦F1⟧。", sheet, (0, 1)).pieces
    assert not judge("去年引进企业⟦F2⟧，招商项目⟦F1⟧。", sheet, (0, 1)).pieces


def test_a_note_that_looks_like_a_slot_is_never_shown() -> None:
    sheet = sheet_of((said("见⟦F1⟧，共{3个}。"), said("其中新建{2个}。"), said("改造{5个}。")))
    assert sheet.kept_back == (0, 1)
    assert [sheet.shown(u.text) for u in sheet.units] == ["改造⟦F1⟧"]


def test_a_bracket_of_the_note_stays_beside_its_token() -> None:
    sheet = sheet_of((said("营收{33亿元}（上年{31亿元}）。"),))
    (piece,) = judge("营收⟦F1⟧（上年⟦F2⟧）。", sheet, (0,)).pieces
    assert sheet.filled(piece.text)[0] == "营收33亿元（上年31亿元）。"


def test_names_come_back_and_may_not_change_places() -> None:
    notes = (said("由张建国负责改造小区{3个}。"), said("由李秀英负责新建车棚{8处}。"))
    sheet = sheet_of(notes, conceal=lambda text: ((1, 4),))
    assert [sheet.shown(u.text) for u in sheet.units] == ["由⟦N1⟧负责改造小区⟦F1⟧", "由⟦N2⟧负责新建车棚⟦F2⟧"]
    right = judge("由⟦N1⟧负责改造小区⟦F1⟧；由⟦N2⟧负责新建车棚⟦F2⟧。", sheet, (0, 1))
    assert sheet.filled(right.pieces[0].text)[0] == "由张建国负责改造小区3个；由李秀英负责新建车棚8处。"
    assert not judge("由⟦N2⟧负责改造小区⟦F1⟧，由⟦N1⟧负责新建车棚⟦F2⟧。", sheet, (0, 1)).pieces


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"走访慰问困难党员群众，。；增下降的了", "⟦F4⟧", "⟦F5⟧", "⟦F6⟧", "同时，", "未", "12%"]
        ),
        max_size=40,
    )
)
def test_whatever_is_said_what_stands_is_the_notes(parts: list[str]) -> None:
    for text in stands("".join(parts)):
        bare = text.replace("同时，", "").translate(dict.fromkeys(map(ord, "，。；的了")))
        said_before = ["走访慰问困难党员120人", "走访慰问困难群众340人较上年增长12%"]
        assert bare in (*said_before, "".join(said_before), "".join(reversed(said_before)))


@pytest.mark.parametrize("unit", ["走访慰问困难党员", "⟦F4⟧，", "走访慰问困难党员⟦F4⟧。", "<think>", "⟦"])
def test_a_huge_answer_is_judged_in_time(unit: str) -> None:
    assert growth(lambda size: stands((unit * size)[:size]), 30_000) <= LINEAR


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("全年累计排查安全隐患{8753处}，完成整改{8700处}", "全年累计排查安全隐患⟦F1⟧，完成整改⟦F2⟧？"),
        ("全年累计排查安全隐患{8753处}", "全，年，累，计，排，查安全隐患⟦F1⟧。"),
        ("未发现欠薪线索{3条}以上的企业", "未，发现欠薪线索⟦F1⟧以上的企业。"),
        ("未整改隐患{5处}", "未深入整改隐患⟦F1⟧。"),
        ("老旧小区改造涉及居民{120户}", "老旧小区改造涉和居民⟦F1⟧。"),
        ("对口帮扶企业{12家}", "针对口帮扶企业⟦F1⟧。"),
        ("通过验收企业{12家}", "借助验收企业⟦F1⟧。"),
        ("新建公共服务站{12个}", "新建公共计服务站⟦F1⟧。"),
        ("税收同比{增长8.3%}", "税收同比共计⟦F1⟧。"),
        ("排查安全隐患{12处}", "排大力查安切实全隐患⟦F1⟧。"),
        ("推进小区改造{5个}", "持续不断积极大力推进小区改造⟦F1⟧。"),
        ("慰问困难党员、群众{120人}", "慰问困难党员群众⟦F1⟧。"),
        ("检查企业{5家}", "检查企业⟦F1⟧；；；。。。"),
    ],
)
def test_free_words_and_marks_have_their_places(note: str, answer: str) -> None:
    assert not judge(answer, sheet_of((said(note),)), {0}).pieces


def test_a_plan_is_not_told_as_done_by_a_particle() -> None:
    planned, done = said("改造老旧小区{5个}", planned=True), said("改造老旧小区{5个}")
    answer = "改造了老旧小区⟦F1⟧。"
    assert not judge(answer, sheet_of((planned,)), {0}).pieces
    assert judge(answer, sheet_of((done,)), {0}).pieces
