"""（单位：万元）: a unit told once for the numbers below it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gov_writer.domain import Ledger
from gov_writer.facts import extract, scan
from gov_writer.ingest import from_text

NOTE = """云溪区东岭街道2025年经济指标

一、税收情况（单位：万元）
全口径税收12860，同比增长6.8%，其中增值税4320、企业所得税28.5万元。
- 南浦社区：税收860，企业12家

（单位：万人次）

| 景区 | 上半年 | 同比增长（%） |
| --- | --- | --- |
| 镜湖 | 12.5 | 3.2 |

二、投资
固定资产投资36.8亿元，备案项目36，2025，
"""


def _ledger(text: str) -> Ledger:
    return extract([from_text("note.md", text)])


def _said(text: str) -> dict[str, tuple[Decimal | None, str | None]]:
    return {f.text: (f.value, f.unit) for f in _ledger(text).facts if f.counted}


def test_prose_list_and_table_take_the_unit_of_the_caption() -> None:
    said = _said(NOTE)
    assert said["12860"] == (Decimal(128600000), "元")
    assert said["4320"] == (Decimal(43200000), "元")
    assert said["860"] == (Decimal(8600000), "元")
    assert said["12.5"] == (Decimal(125000), "人次")


def test_a_unit_of_its_own_comes_first() -> None:
    said = _said(NOTE)
    assert said["28.5万元"] == (Decimal(285000), "元")
    assert said["12家"] == (Decimal(12), "家")
    assert said["3.2"] == (Decimal("3.2"), "%")
    assert said["同比增长6.8%"] == (Decimal("6.8"), "%")


def test_a_caption_ends_with_its_section() -> None:
    said = _said(NOTE)
    assert said["36.8亿元"] == (Decimal(3680000000), "元")
    assert said.get("36", (None, None))[1] is None


def test_a_caption_in_the_title_holds_for_the_text() -> None:
    said = _said("东岭街道经费台账（单位：元）\n办公费1200\n一、培训\n讲课费800，共3课时")
    assert said["1200"] == (Decimal(1200), "元")
    assert said["800"] == (Decimal(800), "元")
    assert said["3课时"] == (Decimal(3), "课时")


def test_what_is_no_caption_gives_no_unit() -> None:
    for line in ("责任单位：民政办", "单位：东岭街道", "各有关单位：请于3月报送"):
        assert [m.unit for m in scan(f"{line}\n走访困难群众120，") if m.text == "120"] == [None]


def test_many_captions_take_linear_time() -> None:
    text = "一、投资（单位：万元）\n（单位：户）\n税收860，\n" * 8000
    assert sum(m.unit == "户" for m in scan(text)) == 8000


@pytest.mark.parametrize("title", ["东岭街道2025年要点", "三河街道2025年工作要点", "2025年度重点任务要点"])
def test_points_over_what_was_done_are_no_plan(title: str) -> None:
    text = f"# {title}\n\n## 安全稳定\n- 今年累计排查安全隐患8753处。\n- 开展应急演练36场次。\n"
    period = extract((from_text("要点.md", text),)).period
    assert period is not None
    assert period.text == "2025年"


def test_how_long_a_paper_is_kept_secret_is_no_fact() -> None:
    found = extract((from_text("材料.md", "机密★3年\n\n# 专项工作\n- 走访企业45家\n"),)).facts
    assert [fact.text for fact in found] == ["45家"]
