"""Where a theme's wordings stand: as a pattern with one sign between the characters would find them."""

from __future__ import annotations

import re

import pytest

from gov_writer.domain import Theme
from gov_writer.matching.passages.themes import places

_SIGN = r"[\s“”\"'‘’「」『』《》]?"


@pytest.mark.parametrize("words", ["党的二十大", "甲甲", "安全", "“两个维护”", "《》"])
@pytest.mark.parametrize(
    "text",
    [
        "学习党的“二十大”精神，党的\n二十大，党的\n\n二十大。",
        "甲甲甲 甲“ 甲甲甲",
        "安全、安 全、安“”全“安全”",
        "坚决做到“两个维护”，两个“维护”。",
        "",
    ],
)
def test_places_are_those_of_the_pattern(words: str, text: str) -> None:
    bare = re.sub(_SIGN, "", words)
    pattern = _SIGN.join(map(re.escape, bare))
    wanted = [m.span() for m in re.finditer(pattern, text)] if bare else []
    assert places(text, Theme(name=words)) == wanted


def test_thousands_of_themes_need_no_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "开展“垃圾分类”宣传30次。" * 50
    places(text, Theme(name="垃圾分类"))
    monkeypatch.setattr(re, "compile", None)
    assert sum(len(places(text, Theme(name=f"第{n}项重点工作"))) for n in range(2000)) == 0
    assert len(places(text, Theme(name="垃圾分类"))) == 50
