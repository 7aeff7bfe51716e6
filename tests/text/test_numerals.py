"""Small Chinese numbers read back to themselves."""

import pytest

from gov_writer.text.numerals import chinese, digit_by_digit, small


@pytest.mark.parametrize("number", range(1, 100))
def test_what_is_written_is_read(number: int) -> None:
    assert small(chinese(number)) == number == small(str(number))


@pytest.mark.parametrize(
    ("text", "number"),
    [("③", 3), ("⑳", 20), ("两", 2), ("〇", 0), ("○", 0), ("十", 10), ("", None), ("三三", None)],
)
def test_rarer_forms(text: str, number: int | None) -> None:
    assert small(text) == number


@pytest.mark.parametrize("text", ["百", "十百", "三十十", "①②", "１２", "二○", "第三"])
def test_what_is_no_small_number(text: str) -> None:
    assert small(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("2025", 2025), ("二〇二五", 2025), ("二○二五", 2025), ("20二5", 2025), ("二百", None)],
)
def test_years_are_read_digit_by_digit(text: str, number: int | None) -> None:
    assert digit_by_digit(text) == number
