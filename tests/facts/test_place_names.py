"""Names of places that begin as if with a numeral and a unit are no amounts."""

import pytest

from gov_writer import facts
from gov_writer.domain import Kind


def _amounts(text: str) -> list[str]:
    return [m.text for m in facts.scan(text) if m.kind is Kind.QUANTITY]


@pytest.mark.parametrize("text", ["三元街道改造楼道。", "四方台镇清淤。", "八亩地村和三台社区修路。"])
def test_a_name_is_no_amount(text: str) -> None:
    assert _amounts(text) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [("每人三元，共收费", "三元"), ("补助五元村民自付部分", "五元"), ("购置三台社区补短板设备", "三台")],
)
def test_an_amount_before_such_a_word_stays_one(text: str, amount: str) -> None:
    assert _amounts(text) == [amount]
