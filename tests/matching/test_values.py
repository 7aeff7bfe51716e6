"""The table of pairs: which figures a reader takes for the same.  docs/equality.md gives the reasons."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_writer.domain import Approx, Kind, Mention
from gov_writer.matching import Verdict, Why, compare, examine
from gov_writer.matching.intervals import interval, rounded, rounds_to

SAME, COMPATIBLE, DIFFERENT, INCOMPARABLE = Verdict
_BEFORE = {
    "约": Approx.ABOUT,
    "超": Approx.MORE_THAN,
    "近": Approx.LESS_THAN,
    "不足": Approx.LESS_THAN,
    "不超过": Approx.AT_MOST,
    "不低于": Approx.AT_LEAST,
}
_AFTER = {"余": Approx.MORE_THAN, "多": Approx.MORE_THAN, "以上": Approx.AT_LEAST, "以内": Approx.AT_MOST}
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
_FIGURE = re.compile(
    r"(?P<way>增长|下降)?(?P<before>不超过|不低于|不足|约|超|近)?(?P<number>\d+(?:\.\d+)?)(?P<odd>余|多)?"
    r"(?P<scale>[万亿]?)(?P<odd2>余|多)?(?P<unit>.*?)(?P<after>以上|以内)?$"
)


def figure(text: str) -> Mention:
    """A mention as the scanner would read it, from plain words: 约1.6万人, 下降27%, 3—5天, 全区第三."""
    if span := re.fullmatch(r"(\d+)—(\d+)(\D+)", text):
        low, high = Decimal(span[1]), Decimal(span[2])
        return _mention(text, Kind.QUANTITY, unit=span[3], value=low, low=low, high=high, approx=Approx.RANGE)
    if rank := re.fullmatch(r"(?:.*第|前)(\d+)名?", text):
        return _mention(text, Kind.RANK, value=Decimal(rank[1]))
    found = _FIGURE.fullmatch(text)
    assert found, text
    scale = _SCALES[found["scale"]]
    value = Decimal(found["number"]) * scale
    _, _, fraction = found["number"].partition(".")
    step = Decimal(scale) / 10 ** len(fraction)
    approx = _BEFORE.get(found["before"] or "") or _AFTER.get(
        found["odd"] or found["odd2"] or found["after"] or "", Approx.EXACT
    )
    kind = Kind.QUANTITY
    if found["way"]:
        kind, value = Kind.GROWTH, value if found["way"] == "增长" else -value
    elif found["unit"] == "%":
        kind = Kind.PERCENT
    return _mention(text, kind, unit=found["unit"] or None, value=value, step=step, approx=approx)


def _mention(text: str, kind: Kind, **more: object) -> Mention:
    return Mention(start=0, end=len(text), text=text, kind=kind, core_start=0, core_end=len(text), **more)  # type: ignore[arg-type]


PAIRS = [
    # claim, source, verdict, reason
    ("1.86亿元", "18600万元", SAME, Why.EQUAL),
    ("3.2万份", "32000份", SAME, Why.EQUAL),
    ("8753处", "8573处", DIFFERENT, Why.VALUE),
    ("8753处", "8753个", COMPATIBLE, Why.EQUAL),
    ("31名", "31人", SAME, Why.EQUAL),
    ("12场", "12次", SAME, Why.EQUAL),
    ("12场", "13次", DIFFERENT, Why.VALUE),
    ("3座", "3个", SAME, Why.EQUAL),
    ("6部", "6台", SAME, Why.EQUAL),
    ("15公里", "15千米", SAME, Why.EQUAL),
    ("1.5公里", "1500米", SAME, Why.EQUAL),
    ("2公顷", "30亩", SAME, Why.EQUAL),
    ("5.3平方公里", "530公顷", SAME, Why.EQUAL),
    ("1平方公里", "1500亩", SAME, Why.EQUAL),
    ("48小时", "2天", SAME, Why.EQUAL),
    ("2年", "24个月", SAME, Why.EQUAL),
    ("500人", "500人次", INCOMPARABLE, Why.UNIT),
    ("500户", "500人", INCOMPARABLE, Why.UNIT),
    ("500家次", "500家", INCOMPARABLE, Why.UNIT),
    ("30亩", "30元", INCOMPARABLE, Why.UNIT),
    ("300元", "300美元", INCOMPARABLE, Why.UNIT),
    ("27个百分点", "27%", INCOMPARABLE, Why.UNIT),
    ("增长27%", "27个百分点", INCOMPARABLE, Why.UNIT),
    ("增长27%", "下降27%", DIFFERENT, Why.SIGN),
    ("27%", "下降27%", COMPATIBLE, Why.EQUAL),
    ("增长27%", "增长27.4%", COMPATIBLE, Why.ROUNDED),
    ("增长27%", "增长27.5%", DIFFERENT, Why.VALUE),
    ("增长27.5%", "增长27.46%", COMPATIBLE, Why.ROUNDED),
    ("1.6万人", "15870人", COMPATIBLE, Why.ROUNDED),
    ("1.59万人", "15850人", COMPATIBLE, Why.ROUNDED),
    ("1.58万人", "15870人", DIFFERENT, Why.VALUE),
    ("16000人", "15870人", DIFFERENT, Why.VALUE),
    ("3万份", "3.2万份", DIFFERENT, Why.VALUE),
    ("15870人", "1.6万人", DIFFERENT, Why.VALUE),
    ("增长27.4%", "增长27%", DIFFERENT, Why.VALUE),
    ("增长2%", "增长1.7%", DIFFERENT, Why.VALUE),
    ("0.3%", "0.32%", COMPATIBLE, Why.ROUNDED),
    ("增长11%以上", "增长10%以上", DIFFERENT, Why.VALUE),
    ("近1.6万人", "近1.59万人", COMPATIBLE, Why.WITHIN),
    ("200余户", "213户", COMPATIBLE, Why.WITHIN),
    ("213户", "200余户", COMPATIBLE, Why.SHARPENED),
    ("200余户", "313户", DIFFERENT, Why.VALUE),
    ("10余次", "18次", COMPATIBLE, Why.WITHIN),
    ("10余次", "8次", DIFFERENT, Why.VALUE),
    ("近1万人", "9870人", COMPATIBLE, Why.WITHIN),
    ("近1万人", "8200人", DIFFERENT, Why.VALUE),
    ("近1万人", "10300人", DIFFERENT, Why.APPROX),
    ("近20条", "19条", COMPATIBLE, Why.WITHIN),
    ("近3年", "2年", COMPATIBLE, Why.WITHIN),
    ("约1.6万人", "15870人", COMPATIBLE, Why.WITHIN),
    ("约1.6万人", "17200人", DIFFERENT, Why.VALUE),
    ("超500万元", "480万元", DIFFERENT, Why.APPROX),
    ("超500万元", "523万元", COMPATIBLE, Why.WITHIN),
    ("超500万元", "近500万元", DIFFERENT, Why.APPROX),
    ("超500户", "500户", DIFFERENT, Why.APPROX),
    ("约500户", "500户", COMPATIBLE, Why.APPROX),
    ("500户", "500户以上", COMPATIBLE, Why.APPROX),
    ("60人以上", "60人", COMPATIBLE, Why.APPROX),
    ("不足30户", "26户", COMPATIBLE, Why.WITHIN),
    ("不足30户", "30户", DIFFERENT, Why.APPROX),
    ("20天以内", "18天", COMPATIBLE, Why.WITHIN),
    ("20天以内", "21天", DIFFERENT, Why.VALUE),
    ("3—5天", "3—5天", SAME, Why.EQUAL),
    ("3—5天", "4天", COMPATIBLE, Why.WITHIN),
    ("3—5天", "3—6天", DIFFERENT, Why.VALUE),
    ("87530处", "8753处", DIFFERENT, Why.MAGNITUDE),
    ("1.86亿元", "1.86万元", DIFFERENT, Why.MAGNITUDE),
    ("1.86亿元", "1.68亿元", DIFFERENT, Why.VALUE),
    ("32", "32个", COMPATIBLE, Why.EQUAL),
    ("全区第3", "全区第3", SAME, Why.EQUAL),
    ("全区第3", "全市第3", DIFFERENT, Why.SCOPE),
    ("第2", "第3", DIFFERENT, Why.VALUE),
    ("前5名", "第3名", COMPATIBLE, Why.WITHIN),
    ("第3名", "前5名", DIFFERENT, Why.VALUE),
    ("全区第3", "全区倒数第3", DIFFERENT, Why.SIGN),
]


@pytest.mark.parametrize(("claim", "source", "verdict", "why"), PAIRS)
def test_pair(claim: str, source: str, verdict: Verdict, why: Why) -> None:
    found = examine(figure(claim), figure(source))
    assert (found.verdict, found.why) == (verdict, why)
    assert compare(figure(claim), figure(source)) is verdict


def _time(kind: Kind, start: date | None, end: date | None, text: str = "某日") -> Mention:
    return _mention(text, kind, date_start=start, date_end=end)


MARCH_5 = _time(Kind.DATE, date(2025, 3, 5), date(2025, 3, 5))
MARCH_6 = _time(Kind.DATE, date(2025, 3, 6), date(2025, 3, 6))
EARLY_MARCH = _time(Kind.DATE_RANGE, date(2025, 3, 1), date(2025, 3, 10))
MARCH = _time(Kind.PERIOD, date(2025, 3, 1), date(2025, 3, 31))
SINCE_MARCH = _time(Kind.PERIOD, date(2025, 3, 1), None)
FLOOD_SEASON = _time(Kind.PERIOD, None, None, "汛期")


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        (MARCH_5, MARCH_5, SAME),
        (MARCH_5, MARCH_6, DIFFERENT),
        (MARCH, MARCH_5, COMPATIBLE),
        (MARCH_5, MARCH, COMPATIBLE),
        (EARLY_MARCH, EARLY_MARCH, SAME),
        (EARLY_MARCH, MARCH_5, DIFFERENT),
        (MARCH, SINCE_MARCH, DIFFERENT),
        (FLOOD_SEASON, FLOOD_SEASON, SAME),
        (FLOOD_SEASON, MARCH, INCOMPARABLE),
        (MARCH_5, figure("5户"), INCOMPARABLE),
        (figure("5户"), _mention("X个", Kind.PLACEHOLDER), INCOMPARABLE),
    ],
)
def test_dates(claim: Mention, source: Mention, verdict: Verdict) -> None:
    assert compare(claim, source) is verdict


@given(st.integers(0, 10**9), st.sampled_from(["户", "元", "%", ""]))
def test_a_figure_equals_itself(value: int, unit: str) -> None:
    mention = figure(f"{value}{unit}")
    assert compare(mention, mention) is SAME


@given(st.sampled_from([p[0] for p in PAIRS]), st.sampled_from([p[1] for p in PAIRS]))
def test_same_is_symmetric(left: str, right: str) -> None:
    forth, back = compare(figure(left), figure(right)), compare(figure(right), figure(left))
    assert (forth is SAME) == (back is SAME)
    assert (forth is INCOMPARABLE) == (back is INCOMPARABLE)


def test_huge_and_odd_values_do_not_raise() -> None:
    huge = _mention("1", Kind.QUANTITY, value=Decimal("1e999"), unit="户")
    assert compare(huge, figure("1户")) is INCOMPARABLE
    assert interval(_mention("数次", Kind.QUANTITY)) is None


def test_rounding_is_half_up() -> None:
    assert rounds_to(Decimal("12.45"), figure("增长12.5%"))
    assert not rounds_to(Decimal("12.44"), figure("增长12.5%"))
    assert rounds_to(Decimal("-12.45"), figure("下降12.5%"))
    assert rounds_to(Decimal("213"), figure("200余户"))
    assert rounded(Decimal("12.45"), Decimal("0.1")) == Decimal("12.5")
