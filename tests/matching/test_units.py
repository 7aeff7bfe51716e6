"""Units: what means the same, what converts, what never does."""

from decimal import Decimal

import pytest

from gov_writer.lexicon import rows
from gov_writer.matching import units
from gov_writer.matching.units import Kinship


@pytest.mark.parametrize(
    ("a", "b", "kinship"),
    [
        ("名", "人", Kinship.SAME),
        ("位", "名", Kinship.SAME),
        ("场", "次", Kinship.SAME),
        ("座", "个", Kinship.SAME),
        ("部", "台", Kinship.SAME),
        ("公里", "千米", Kinship.SAME),
        ("个", "项", Kinship.KIN),
        ("家", "户", Kinship.KIN),
        (None, "户", Kinship.KIN),
        ("亩", "公顷", Kinship.CONVERTIBLE),
        ("人", "人次", Kinship.OTHER),
        ("户", "人", Kinship.OTHER),
        ("%", "个百分点", Kinship.OTHER),
        ("家", "家次", Kinship.OTHER),
        ("元", "个", Kinship.OTHER),
    ],
)
def test_kinship_is_symmetric(a: str | None, b: str | None, kinship: Kinship) -> None:
    assert units.kinship(a, b) is units.kinship(b, a) is kinship


def test_convert() -> None:
    assert units.convert(Decimal(30), "亩", "公顷") == Decimal(2)
    assert units.convert(Decimal("5.31"), "平方公里", "平方米") == Decimal(5310000)
    assert units.convert(Decimal(2), "天", "小时") == Decimal(48)
    assert units.convert(Decimal(2), "人", "人次") is None
    assert units.convert(Decimal(2), "甲", "乙") is None


def test_scale_in_a_table_header() -> None:
    assert units.split_scale("万元") == (10_000, "元")
    assert units.split_scale("亿千瓦时") == (10**8, "千瓦时")
    assert units.split_scale("户") == (1, "户")


def test_no_spelling_stands_twice() -> None:
    spellings = [name for row in rows("unit_classes") for name in row[2].split()]
    assert len(spellings) == len(set(spellings))
