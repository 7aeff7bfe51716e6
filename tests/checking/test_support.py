"""What bears out a figure for which no fact stands."""

from __future__ import annotations

import pytest

from gov_writer import ingest
from gov_writer.checking.rulings.support import Support
from gov_writer.domain import Fact
from gov_writer.facts import extract
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.pairing import align


def _support(draft: str, notes: str) -> tuple[Support, dict[str, Fact]]:
    source = ingest.from_text("稿.md", draft, id="D")
    claims, against = extract([source]), extract([ingest.from_text("材料.md", notes)])
    support = Support(source, claims, against, align(claims, against))
    return support, {fact.text: fact for fact in claims.facts}


def _of(figure: str, draft: str, notes: str) -> Derivation | None:
    support, claims = _support(draft, notes)
    return support.of(claims[figure])


@pytest.mark.parametrize(
    ("figure", "draft", "notes", "operation"),
    [
        ("100%", "排查隐患45处，整改率100%。", "- 排查隐患45处，已全部整改\n", "share"),
        ("17个", "深入17个社区宣讲。", "- 全街道有17个社区\n", "count"),
        ("52名", "配齐楼宇书记和楼长共52名。", "- 楼宇书记、楼长各26名\n", "sum"),
        ("不足50万元", "不足50万元的项目简化手续。", "- 50万元以上的项目公开招标\n", "border"),
        ("10天", "集中整治10天。", "- 2025年5月6日至15日集中整治\n", "duration"),
    ],
)
def test_borne_out(figure: str, draft: str, notes: str, operation: str) -> None:
    found = _of(figure, draft, notes)
    assert found is not None
    assert found.operation == operation


@pytest.mark.parametrize(
    ("figure", "draft", "notes"),
    [
        ("100%", "排查隐患45处，整改率100%。", "- 排查隐患45处，已整改\n"),  # not all
        ("99%", "排查隐患45处，整改率99%。", "- 排查隐患45处，已全部整改\n"),  # not 100
        ("19个", "深入19个社区宣讲。", "- 全街道有17个社区\n"),
        ("17个", "深入17个小区宣讲。", "- 全街道有17个社区\n"),  # other places
        ("53名", "配齐楼宇书记和楼长共53名。", "- 楼宇书记、楼长各26名\n"),
        ("52名", "配齐网格长和巡查员共52名。", "- 楼宇书记、楼长各26名\n"),  # other people
        ("不足50万元", "不足50万元的项目简化手续。", "- 80万元以上的项目公开招标\n"),
        ("11天", "集中整治11天。", "- 2025年5月6日至15日集中整治\n"),
    ],
)
def test_not_borne_out(figure: str, draft: str, notes: str) -> None:
    assert _of(figure, draft, notes) is None


def test_a_day_is_borne_out_where_its_line_tells_the_same() -> None:
    notes = "# 2025年\n- 5月8日召开燃气安全部署会\n- 6月12日开展防汛应急演练\n"
    draft = "2025年工作总结\n\n6月12日开展防汛应急演练。\n"
    found = _of("6月12日", draft, notes)
    assert found is not None
    assert found.operation == "day"
    assert _of("5月8日", draft.replace("6月12日", "5月8日"), notes) is None


def test_six_dated_items_of_a_section_are_six() -> None:
    days = "".join(f"- {month}月9日在松塘社区开展义诊\n" for month in range(1, 7))
    notes = f"# 工作要点\n\n## 义诊活动\n\n{days}"
    found = _of("6场", "全年共开展义诊6场。", notes)
    assert found is not None
    assert (found.operation, len(found.inputs)) == ("count", 6)
    assert _of("7场", "全年共开展义诊7场。", notes) is None


def test_how_often_in_round_words_needs_no_source() -> None:
    support, claims = _support("平均每两个月开展一次演练。", "- 开展演练6次\n")
    assert support.regular(claims["两个月"])
    support, claims = _support("连续巡查两个月，排查隐患45处。", "- 排查隐患45处\n")
    assert not support.regular(claims["两个月"])
