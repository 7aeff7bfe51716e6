"""The rules of the groups STR, TXT, ENT and PRV take any text, and time linear in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gov_writer.checking import Case, all_rules
from gov_writer.domain import Ledger, Source
from tests.growth import LINEAR, growth

GROUPS = ("STR", "TXT", "ENT", "PRV")
PIECES = st.sampled_from(
    ["一、", "（一）", "1.", "（1）", "①", "一是", "二是", "第三，", "以下三个方面：", "X个", "**", "____", "【待补】", "区(qū)", ",,", "，。",
     "的的", "“百日攻坚”", "“宝日攻坚”", "截止6月", "㎡", "3KM", "李某某", "张建国、", "患者", "云溪社区", "《办法》", "13812345678", "秘密★",
     "110101199003071234", "3栋2单元501室", "\n", "# ", "\u200b", "\x00", "𠀀", "é", "。", "，", " ", "（", "“", "《", "某", "等3人"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)


def _case(text: str, against: str | None = None, example: str | None = None) -> Case:
    def source(name: str, words: str) -> Source:
        return Source(id=name, path=f"{name}.md", sha256="", text=words)

    draft = source("D", text)
    return Case(
        draft=draft,
        claims=Ledger(sources=(draft,)),
        against=None if against is None else Ledger(sources=(source("S1", against),)),
        examples=() if example is None else (source("E1", example),),
    )


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_no_text_is_too_strange(text: str, other: str) -> None:
    for case in (_case(text), _case(text, against=other, example=text)):
        for rule in all_rules():
            if not rule.code.startswith(GROUPS):
                continue
            for finding in rule().check(case):
                assert 0 <= finding.start <= finding.end <= len(text)
                assert finding.text == text[finding.start : finding.end]
                if finding.fix is not None:
                    assert finding.start <= finding.fix.start <= finding.fix.end <= finding.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "一是",
        "（一）\n",
        "X ",
        "“啊”",
        "，，",
        "1-",
        "张建国、",
        "社区街道",
        "区(qū)",
        "密 级",
        "“百日攻坚”",
        " ",
    ],
)
def test_linear(unit: str) -> None:
    def check(size: int) -> None:
        case = _case((unit * size)[:size], against="云溪社区", example="松风社区")
        for rule in all_rules():
            if rule.code.startswith(GROUPS):
                list(rule().check(case))

    assert growth(check, 12_000) <= LINEAR
