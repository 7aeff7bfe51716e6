"""What follows from the sources' figures, with its formula, and what doesn't."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gov_writer import ingest
from gov_writer.domain import Fact
from gov_writer.facts import extract
from gov_writer.matching.deriving.derivations import Deriver
from gov_writer.matching.deriving.operations import Derivation
from gov_writer.matching.pairing import align


def _derived(draft: str, figure: str, notes: str) -> Derivation | None:
    claims = extract([ingest.from_text("稿.md", draft, id="D")])
    alignment = align(claims, extract([ingest.from_text("材料.md", notes)]))
    return Deriver(alignment).explain(_claim(claims.facts, figure))


def _claim(facts: tuple[Fact, ...], figure: str) -> Fact:
    (claim,) = (fact for fact in facts if fact.text == figure)
    return claim


@pytest.mark.parametrize(
    ("draft", "figure", "notes", "operation", "value"),
    [
        ("共救助困难群众131人。", "131人", "救助困难群众：老人86人，儿童45人", "sum", "131"),
        ("还有14处隐患正在整改。", "14处", "排查隐患412处，整改398处", "difference", "14"),
        ("隐患整改率96.6%。", "96.6%", "排查隐患412处，整改398处", "share", "96.60"),
        ("合作社户均增收2.5万元。", "2.5万元", "合作社带动20户，增收50万元", "average", "25000"),
        ("平均每期40人参训。", "40人", "参训学员共480人，开班12期", "average", "40"),
        ("营业收入增长25%。", "增长25%", "营业收入5000万元，上年4000万元", "growth", "25"),
        ("工程3月1日开工，5月31日完工，用时92天。", "92天", "工程3月1日开工，5月31日完工", "duration", "92"),
    ],
)
def test_what_follows(draft: str, figure: str, notes: str, operation: str, value: str) -> None:
    found = _derived(draft, figure, notes)
    assert found is not None
    assert operation in found.operation
    assert abs(found.value - Decimal(value)) < Decimal("0.01")
    assert all(fact.id in found.formula for fact in found.inputs)


@pytest.mark.parametrize(
    ("draft", "figure", "notes"),
    [
        ("共救助困难群众132人。", "132人", "救助困难群众：老人86人，儿童45人"),
        ("共出动车辆131辆。", "131辆", "救助困难群众：老人86人，儿童45人"),
        ("隐患整改率96.7%。", "96.7%", "排查隐患412处，整改398处"),
        ("营业收入增长20%。", "增长20%", "营业收入5000万元，上年4000万元"),
        ("合作社户均增收2.6万元。", "2.6万元", "合作社带动20户，增收50万元"),
        ("人均增收2.5万元。", "2.5万元", "合作社带动20户，增收50万元"),
        # one short of the count, and no word that asks for a difference
        ("清理楼道14处。", "14处", "排查隐患412处，整改398处"),
    ],
)
def test_what_does_not_follow(draft: str, figure: str, notes: str) -> None:
    assert _derived(draft, figure, notes) is None


@pytest.mark.parametrize(
    ("figure", "exact"), [("33%", True), ("33.3%", True), ("33.33%", True), ("33.34%", False), ("34%", False)]
)
def test_a_share_holds_to_the_digits_printed(figure: str, exact: bool) -> None:
    found = _derived(f"群众事项已办结{figure}。", figure, "受理群众事项300件，办结100件")
    assert (found is not None) == exact
