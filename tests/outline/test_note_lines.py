"""Lines of notes as clerks number and mark them."""

from __future__ import annotations

from tests.drafting.conftest import Notes, draft_of, year

IN_2025 = {"period": year(2025), "unit": "雾溪街道"}


def _text(notes: str) -> str:
    return draft_of(Notes({"材料.md": notes}, IN_2025)).draft.text


def test_a_lines_number_before_a_date_is_no_decimal() -> None:
    text = _text(
        "# 雾溪街道\n1.开会3次。\n2.5月12日开展演练4次。\n3.7—9月巡查120次。\n４．２月开展慰问90户。\n5.2024年建成公园2个。\n"
    )
    assert "2.5月" not in text
    assert "5月12日开展演练4次" in text
    assert "3.7" not in text
    assert "7—9月巡查120次" in text
    assert "5.2024" not in text


def test_a_decimal_before_months_stays() -> None:
    assert "投资1.5亿元" in _text("# 雾溪街道\n1.5月完成投资1.5亿元。\n2.走访80户。\n")


def test_a_heading_behind_a_mark_of_inner_use_is_a_heading() -> None:
    text = _text("# 雾溪街道\n【内部】一、党建工作\n组织学习8次。\n二、民生工作\n慰问困难群众90户。\n")
    assert "一、党建工作。" not in text
    assert "【内部】" not in text
    assert "组织学习8次" in text


def test_who_is_honoured_is_named_beside_who_is_helped() -> None:
    text = _text("# 雾溪街道\n- 沈国栋同志获评全国劳动模范；低保户孙桂芳获助5000元。\n- 走访企业80家。\n")
    assert "沈国栋同志获评" in text
    assert "孙桂芳" not in text
    assert "孙某" in text
