"""Personal data by form."""

from __future__ import annotations

import pytest

from gov_writer.matching.naming import personal


def _id(first17: str) -> str:
    return next(first17 + c for c in "0123456789X" if personal.valid_id(first17 + c))


VALID = _id("11010119900307123")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (f"信访人身份证号{VALID}", "id", VALID),
        (f"（{VALID}）", "id", VALID),
        (f"{VALID[:6]} {VALID[6:14]} {VALID[14:]}", "id", f"{VALID[:6]} {VALID[6:14]} {VALID[14:]}"),
        ("身份证号码：110101199003071230", "id", "110101199003071230"),
        ("身份证110101900307123", "id", "110101900307123"),
        ("联系电话13812345678", "phone", "13812345678"),
        ("手机138-1234-5678。", "phone", "138-1234-5678"),
        ("＋86 139 1234 5678", "phone", "＋86 139 1234 5678"),
        ("１３８１２３４５６７８", "phone", "１３８１２３４５６７８"),
        ("卡号6222020200012345678", "card", "6222020200012345678"),
        ("患者李某某家庭电话0731-5851234", "landline", "0731-5851234"),
        ("居民吕梅（座机6234-5678）", "landline", "6234-5678"),
        ("患者李某某家庭电话010-82345678转8012", "landline", "010-82345678转8012"),
        ("残疾人卫建国微信号wxid_abc12345", "account", "wxid_abc12345"),
        ("信访人QQ：123456789", "account", "123456789"),
        ("居民王芳来信（wangf88@example.com）", "account", "wangf88@example.com"),
        ("车牌湘A·12345违停", "plate", "湘A·12345"),
        ("护照号E12345678", "passport", "E12345678"),
        ("家住翠湖小区3栋2单元501室", "address", "3栋2单元501室"),
    ],
)
def test_found(text: str, kind: str, words: str) -> None:
    assert [(hit.kind, hit.text) for hit in personal.find(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345热线，服务电话0731-58512345",
        "值班电话：58512345",
        "街道微信公众号dongling2025，投诉邮箱dlxf@example.gov.cn",
        "138****5678、4301**********1234",
        "投资13800000000元",
        "文号〔2023〕15号，项目编号202312150001",
        "2023-2025年，1000-2000户",
        "面积123456789012.5平方米",
        "12栋楼501户居民",
    ],
)
def test_not_found(text: str) -> None:
    assert personal.find(text) == ()
