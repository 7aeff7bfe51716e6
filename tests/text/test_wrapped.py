"""Line ends that a page put inside a number."""

from __future__ import annotations

import pytest

from gov_writer.facts import scan
from gov_writer.text.clean import clean, readable
from gov_writer.text.wrapped import breaks


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("东岭街道累计走访独居老人和困难群众12\n34户，全部建档", "12\n34户"),
        ("东岭街道化解率达到百分之九十，高出全区1\n2.3%", "1\n2.3%"),
        ("东岭街道向三百名困难群众发放补贴1.\n2万元", "1.\n2万元"),
        ("东岭街道向三百名困难群众发放补贴12\n万元，惠及老人", "12\n万元"),
        ("东岭街道十二个社区的矛盾纠纷化解率达98\n%，居前列", "98\n%"),
    ],
)
def test_a_number_over_a_line_end(text: str, joined: str) -> None:
    assert joined in [m.text for m in scan(text)]
    assert "\n" not in clean(text).text


def test_a_year_over_a_line_end() -> None:
    mention = scan("东岭街道的民生实事项目已全部办结，截至2025\n年11月底，满意率提高")[0]
    assert (mention.text, str(mention.date_end)) == ("截至2025\n年11月底", "2025-11-30")


@pytest.mark.parametrize(
    "text",
    [
        "排查隐患86\n34户完成搬迁",  # a short line is one of its own
        "东岭街道累计走访独居老人和困难群众\n34户，全部建档",
        "东岭街道累计走访独居老人和困难群众12\n\n34户，全部建档",
        "东岭街道累计走访独居老人和困难群众12\n3.整治占道经营",
        "东岭街道2025年全年工作情况，编号2025\n34户完成搬迁",
        "户数\n12\n34户",
        "东岭街道累计走访独居老人和困难群众120户\n排查隐患86处",
    ],
)
def test_lines_of_their_own_stay(text: str) -> None:
    assert breaks(text) == []
    assert readable(text).text == text


def test_the_paragraph_of_a_broken_number_is_one() -> None:
    lines = [
        "东岭街道坚持问题导向，全年组织干部走访居民群",
        "众和商户，收集意见建议36条，化解矛盾纠纷12",
        "8件，办结率比上年有明显提高，群众的满意度也",
        "稳步上升。",
        "二、存在的问题",
        "排查整治还不够细。",
    ]
    assert clean("\n".join(lines)).text.split("\n") == ["".join(lines[:4]), *lines[4:]]


def test_many_broken_lines_take_linear_time() -> None:
    text = ("东岭街道累计走访独居老人和困难群众12\n34户，全部建档立卡并落实专人\n" * 20_000)[:400_000]
    assert len(breaks(text)) > 5_000
