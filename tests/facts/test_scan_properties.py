"""What holds on any text: numerals and dates read back, spans are sound, nothing raises, time grows linearly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gov_writer.domain import Kind
from gov_writer.facts import scan
from tests.growth import LINEAR, growth

DIGITS = "零一二三四五六七八九"
ALPHABET = (
    "零〇一二两三四五六七八九十百千万亿0123456789.,%‰，。、；：\n 年月日号季度上下半第前近约超余多来几到至从由比较同—-~成倍分之番"
    "个名户家处人元米平方增长下降高于低于首今明去初底末期间以每天周点时“”《》（）【】〔〕*X×_某+①²Ⅱ٣𝟛壹贰叁兩萬億個戶漢(qū)"
)


def _section(number: int) -> str:
    """1 to 9999 in Chinese."""
    said, zero = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit == 0:
            zero = zero or bool(said)
            continue
        said += ("零" if zero else "") + DIGITS[digit] + word
        zero = False
    return said


def chinese(number: int) -> str:
    """Any integer from 0 to 10**16 in Chinese, without the 两 and 十二 of speech."""
    if number == 0:
        return "零"
    said, rest = "", number
    for place, word in ((10**12, "万"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, rest = divmod(rest, place)
        if part:
            if said and part < 1000:
                said += "零"
            said += _section(part) + word
            if place == 10**12 and rest < 10**8:
                said += "亿"
    return said


@given(st.integers(min_value=0, max_value=10**15))
def test_an_integer_in_digits_reads_back(number: int) -> None:
    for written in (
        str(number),
        f"{number:,}",
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        (mention,) = scan(f"走访{written}户")
        assert (mention.kind, mention.value, mention.unit) == (Kind.QUANTITY, Decimal(number), "户")
        assert mention.text == f"{written}户"


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_an_integer_in_chinese_reads_back(number: int) -> None:
    written = "两" if number == 2 else chinese(number)  # 二处 is an ordinal
    (mention,) = scan(f"排查隐患{written}处")
    assert (mention.value, mention.unit, mention.text) == (Decimal(number), "处", f"{written}处")


@given(
    st.decimals(min_value=0, max_value=99999, places=2),
    st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12), ("千", 1000)]),
)
def test_a_mixed_numeral_reads_back(number: Decimal, scale: tuple[str, int]) -> None:
    (mention,) = scan(f"到位资金{number}{scale[0]}元")
    assert mention.value == number * scale[1]
    assert mention.step == Decimal("0.01") * scale[1]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_reads_back(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    spoken = f"{year}年{chinese(day.month)}月{chinese(day.day)}日".replace("一十", "十")
    for written in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        day.isoformat(),
        spoken,
    ):
        (mention,) = scan(f"会议于{written}召开")
        assert (mention.kind, mention.date_start, mention.date_end) == (Kind.DATE, day, day), written
        assert mention.text == written


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 11, 1)), st.integers(1, 300))
def test_a_range_of_days_reads_back(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    (mention,) = scan(f"{day.year}年{day.month}月{day.day}日至{end.year}年{end.month}月{end.day}日开展整治")
    assert (mention.kind, mention.date_start, mention.date_end) == (Kind.DATE_RANGE, day, end)


@settings(max_examples=600)
@given(
    st.one_of(st.text(alphabet=ALPHABET, max_size=60), st.text(max_size=60)),
    st.sampled_from([None, date(2024, 12, 20), date.min, date.max]),
)
def test_spans_are_sound_on_any_text(text: str, as_of: date | None) -> None:
    at = 0
    for mention in scan(text, as_of=as_of):
        assert at <= mention.start < mention.end <= len(text)
        assert mention.start <= mention.core_start < mention.core_end <= mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.low is None or mention.high is None or mention.low <= mention.high
        at = mention.end


@settings(max_examples=300)
@given(st.text(alphabet="零一二三四五六七八九十百千万亿0123456789个户元年月日第约近余，、。", max_size=40))
def test_every_numeral_belongs_to_a_mention(text: str) -> None:
    covered = {at for mention in scan(text) for at in range(mention.start, mention.end)}
    left = [
        (at, char)
        for at, char in enumerate(text)
        if char in "零一二三四五六七八九十百千万亿0123456789" and at not in covered
    ]
    assert not left


@pytest.mark.parametrize(
    "piece",
    ["9", "一", "十百", "百万", "1,", "3.", "第", "第一", "年", "2022年", "3月", "至", "1—", "“", "《1", "**", "X", "某", "（一）", "约", "近",
     "同比增长", "同比", "分别", "5%、", "5、", "1个和", "，", "全市", "首", "高于全市", "截至", "半", "一1", "[1]", "一 ", "+1", "(qū)", "區", "111,", "百分之", "1:", "A1", "1.1", "二、", "由1到", "一X", " 000", "1 000 ", "1·", "１，",
     "五到", "5+", "电话：1、", "电话55551、", "1、2号", "比去年的", "百分之八至", "w", "1w", "的职能200多"],
)  # fmt: skip
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    scan("热身1次，增长5%，區區")
    assert growth(lambda size: scan((piece * size)[:size], as_of=date(2024, 12, 20)), 1_000) <= LINEAR
