"""What is concealed before a request leaves, and that it all comes back."""

from __future__ import annotations

import pytest

from gov_writer.drafting.slots import sheet_of
from gov_writer.llm.privacy import Concealer, masked_example
from tests.llm.material import said


def hidden(text: str, *others: str) -> list[str]:
    return [text[start:end] for start, end in Concealer([text, *others]).spans(text)]


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("信访人周大勇反映楼道漏水。", ["周大勇"]),
        ("患者刘桂兰（身份证510102195203044321）已转院。", ["刘桂兰", "510102195203044321"]),
        ("独居老人何玉珍的女儿何敏来电致谢。", ["何玉珍", "何敏"]),
        ("“最美志愿者”郑晓燕累计服务1260小时。", ["郑晓燕"]),
        ("业主邓超群拒不拆除违建。", ["邓超群"]),
        ("党员黄志明、徐凤霞认领微心愿26个。", ["黄志明", "徐凤霞"]),
        ("举报人手机15987654321，住3栋2单元502室。", ["15987654321", "3栋2单元502室"]),
        ("居民满意度95%，党员干部带头，代表大会召开，教师节慰问。", []),
        ("“平安云溪”建设成效明显，业主委员会成立12个。", []),
        ("完成投资98000万元，12345热线工单3406件。", []),
    ],
)
def test_spans(text: str, secrets: list[str]) -> None:
    assert hidden(text) == secrets


def test_a_name_told_once_with_its_role_is_concealed_everywhere() -> None:
    assert hidden("周大勇再次来访。", "信访人周大勇反映漏水。") == ["周大勇"]
    concealer = Concealer(["信访人周大勇反映漏水。"])
    assert concealer.masked("周大勇信访件办理") == "某某信访件办理"
    assert "周大勇" not in concealer.certain("标题：周大勇\n电话13812345678")
    assert "13812345678" not in concealer.certain("标题：周大勇\n电话13812345678")


def test_a_trusted_endpoint_is_shown_all() -> None:
    assert Concealer(["信访人周大勇反映漏水。"], off=True).spans("周大勇") == ()


def test_pseudonyms_come_back() -> None:
    note = said("由周大勇同志牵头，改造小区{3个}。")
    sheet = sheet_of([note], conceal=Concealer([note.text]).spans)
    shown = sheet.shown(sheet.units[0].text)
    assert shown == "由⟦N1⟧同志牵头，改造小区⟦F1⟧"
    assert sheet.filled(sheet.coded(shown))[0] == "由周大勇同志牵头，改造小区3个"


def test_of_an_example_only_the_manner_is_left() -> None:
    text = (
        "2024年，柳溪街道建成“五彩柳溪”花园16处，获评全省第二名，惠及三万余人。书记赵德明到桃源里社区调研。"
    )
    shown = masked_example(text)
    for secret in ("2024", "柳溪", "五彩", "16", "第二", "三万", "赵德明", "桃源里"):
        assert secret not in shown
    assert "建成" in shown and "获评" in shown
