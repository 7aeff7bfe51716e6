"""What is shown of an answer while it comes: figures for tokens, no others, nothing that is not text."""

from __future__ import annotations

import pytest

from gov_writer.drafting.growing import shown
from gov_writer.drafting.slots import sheet_of
from tests.llm.lies import TALK, Notes
from tests.llm.material import BOUND, SAFETY
from tests.llm.more_lies import MORE
from tests.llm.quiet_lies import QUIET
from tests.llm.sly_lies import SLY

SHEET = sheet_of(SAFETY.statements)
LINES = Notes(SHEET.shown(unit.text) for unit in SHEET.units)
WHOLE = "全年累计排查安全隐患⟦F1⟧，完成整改⟦F2⟧"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (WHOLE, "全年累计排查安全隐患8753处，完成整改8700处"),
        ("全年累计排查安全隐患⟦F", "全年累计排查安全隐患"),
        ("全年累计排查安全隐患⟦F1", "全年累计排查安全隐患"),
        ("排查安全隐患⟦F99⟧，", "排查安全隐患，"),
        ("完成整改8573处", "完成整改××××处"),
        ("惠及三千六百人，翻了一番", "惠及××××人，翻了×番"),
        ("共１２项、Ⅷ类、⑧处、½", "共××项、×类、×处、×"),
        ("<think>应写8573处，先", ""),
        ("<think>想</think>\n排查", "排查"),
        ("**排查**\u200b隐患\u202e", "排查隐患"),
        ("", ""),
    ],
)
def test_shown(said: str, seen: str) -> None:
    assert shown(said, SHEET) == seen


@pytest.mark.parametrize("mode", sorted({**TALK, **MORE, **SLY, **QUIET}))
def test_no_figure_but_those_of_tokens(mode: str) -> None:
    lie = TALK.get(mode) or {**MORE, **SLY, **QUIET}[mode][0]
    answer = lie(LINES, "你是街道办公室的文字秘书。")
    for end in (len(answer) // 3, len(answer)):
        left = shown(answer[:end], SHEET)
        for figure in sorted(BOUND, key=len, reverse=True):
            left = left.replace(figure, "")
        assert not any(char.isdigit() or (char.isnumeric() and char < "\u4e00") for char in left), left
        assert not any(mark in left for mark in "⟦⟧<>*`")
