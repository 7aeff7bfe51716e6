"""Likeness of what two facts count: paraphrases close, near twins apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_writer.domain import Fact, Kind, Mention, Period
from gov_writer.matching.subjects import alike, similarity


def fact(subject: str, unit: str | None = "件", kind: Kind = Kind.QUANTITY, **more: object) -> Fact:
    mention = Mention(
        start=0, end=1, text="1", kind=kind, core_start=0, core_end=1, value=Decimal(1), unit=unit
    )
    return Fact(id="F1", source="S1", locator="第1行", mention=mention, subject=subject, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("累计排查发现安全隐患", "排查安全隐患"),
        ("开展消防安全培训", "组织消防安全培训"),
        ("受理群众诉求", "收到居民诉求"),
        ("发放宣传资料", "共派发宣传资料"),
        ("辖区总警情同比", "辖区警情较上年"),
        ("走访困难家庭", "入户走访困难家庭"),
        ("化解矛盾纠纷", "调处矛盾纠纷"),
        ("新增就业", "全年新增就业"),
    ],
)
def test_paraphrases_are_alike(a: str, b: str) -> None:
    assert alike(a, b) >= 0.7
    assert similarity(fact(a), fact(b)) >= 0.6


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("男性学员", "女性学员"),
        ("新增注册企业", "累计注册企业"),
        ("上半年完成税收", "全年完成税收"),
        ("金融机构存款余额", "金融机构贷款余额"),
        ("第一产业增加值", "第二产业增加值"),
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("燃气隐患整改", "消防隐患整改"),
        ("受理信访件", "办结信访件"),
        ("由", "降到"),
    ],
)
def test_near_twins_are_not(a: str, b: str) -> None:
    assert alike(a, b) < 0.5


def test_what_has_nothing_in_common() -> None:
    assert similarity(fact("走访困难家庭"), fact("签约项目")) == 0.0
    assert similarity(fact(""), fact("")) == 0.0


def test_units_kinds_and_periods_count() -> None:
    base = fact("服务居民", "人")
    assert similarity(base, base) == 1.0
    assert similarity(base, fact("服务居民", "名")) == 1.0
    assert 0.5 < similarity(base, fact("服务居民", "人次")) < 0.9
    assert similarity(base, fact("服务居民", "%", Kind.GROWTH)) < 0.5
    assert similarity(base, fact("服务居民", None, Kind.DATE)) == 0.0
    this = Period(text="2025年", start=date(2025, 1, 1), end=date(2025, 12, 31))
    last = Period(text="2024年", start=date(2024, 1, 1), end=date(2024, 12, 31))
    assert similarity(fact("服务居民", period=this), fact("服务居民", period=last)) < 0.7
    assert similarity(fact("服务居民", period=this), fact("服务居民")) == 1.0


@given(st.text(), st.text())
def test_bounded_symmetric_and_never_raises(a: str, b: str) -> None:
    assert 0.0 <= alike(a, b) <= 1.0
    assert alike(a, b) == alike(b, a)
