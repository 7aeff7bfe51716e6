"""What clerks compute from tables, and what is told where they compute wrongly."""

from __future__ import annotations

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Severity

_AIMS = """| 指标 | 单位 | 2024年 | 2025年目标 | 2025年 |
| --- | --- | --- | --- | --- |
| 固定资产投资 | 亿元 | 20.0 | 22.0 | 23.0 |
| 其中：工业投资 | 亿元 | 8.0 | 9.0 | 10.35 |
"""
_MONTHS = """| 月份 | 来访（批次） | 来信（件） |
| --- | --- | --- |
| 1月 | 412 | 131 |
| 2月 | 365 | 118 |
| 3月 | 448 | 127 |
| 4月 | 530 | 149 |
| 5月 | 507 | 140 |
| 6月 | 566 | 152 |
"""
_BEDS = """| 机构 | 床位（张） | 入住（人） | 助餐（人次） |
| --- | --- | --- | --- |
| 云岭敬老院 | 150 | 117 | |
| 沙溪幸福院 | 26 | 13 | 5320 |
| 梅林幸福院 | 24 | 20 | 4180 |
| 合计 | 200 | 150 | 9500 |
"""


def _told(draft: str, notes: str) -> list[tuple[str, str]]:
    case = pipeline.case_of(
        ingest.from_text("draft.md", draft, id="D"), [ingest.from_text("notes.md", notes)], period="2025"
    )
    found = pipeline.examine(case).findings
    return [(f.rule, f.text) for f in found if f.severity is not Severity.INFO and f.rule != "FIG107"]


@pytest.mark.parametrize(
    ("draft", "notes"),
    [
        ("固定资产投资23亿元，其中工业投资10.35亿元，占比45%，比上年提高5个百分点。", _AIMS),
        ("固定资产投资23亿元，增长15%；工业投资10.35亿元，增长29.4%，高于投资增幅14.4个百分点。", _AIMS),
        ("一季度来访1225批次，二季度来访1603批次，占上半年的56.7%。", _MONTHS),
        ("6月份来访最多，达566批次，环比增长11.6%。", _MONTHS),
        ("来信由1月的131件增至6月的152件。", _MONTHS),
        ("全镇有养老机构3处，床位200张，入住150人，入住率75%。", _BEDS),
        ("两个助餐点助餐9500人次，其中沙溪幸福院占56%。", _BEDS),
        ("云岭敬老院床位150张，入住117人，入住率78%，空置33张。", _BEDS),
        ("送审额12.46亿元，核减1.15亿元，核减率9.2%。", "送审额12.46亿，审定11.31亿，核减1.15亿。\n"),
        ("登记结婚214对、离婚58对，补证16件，三项合计288件。", "结婚214对，离婚58对，补证16件\n"),
        (
            "税收8.24亿元，其中前五户纳税占税收的37.5%，约3.09亿元。",
            "税收8.24亿元；前五户纳税占税收的37.5%\n",
        ),
        ("年末余额降至21.4亿元。", "年初余额27.9亿元，今年化解6.5亿元\n"),
    ],
)
def test_nothing_is_told(draft: str, notes: str) -> None:
    assert _told(draft, notes) == []


@pytest.mark.parametrize(
    ("draft", "notes", "figure"),
    [
        (
            "固定资产投资23亿元，其中工业投资10.35亿元，占比45%，比上年提高7个百分点。",
            _AIMS,
            "比上年提高7个百分点",
        ),
        ("固定资产投资完成22亿元。", _AIMS, "22亿元"),
        ("一季度来访1252批次，二季度来访1603批次。", _MONTHS, "1252批次"),
        ("6月份来访最多，达566批次，环比增长16.1%。", _MONTHS, "环比增长16.1%"),
        ("一季度来访1225批次，二季度来访1603批次，二季度占上半年的43.3%。", _MONTHS, "43.3%"),
        ("全镇床位200张，入住150人，入住率57%。", _BEDS, "57%"),
        ("新增低保31户48人，退出27户43人，净减少5人。", "新增低保31户48人，退出27户43人\n", "净减少5人"),
    ],
)
def test_a_wrong_figure_is_told(draft: str, notes: str, figure: str) -> None:
    assert figure in [text for _, text in _told(draft, notes)]
