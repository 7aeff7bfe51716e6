"""The ledger of whole sources: subjects, periods, headings, plans, what is no fact, and tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gov_writer import facts, ingest
from gov_writer.domain import Kind, Period
from tests.growth import LINEAR, growth
from tests.ledgers import by_text, ledger

NOTES = """# 云溪区东岭街道2025年工作总结

## 一、安全生产
- 全年排查隐患120处，整改118处。（应急办，12月15日）
- 3月5日，辖区燃气泄漏应急演练举行，参加居民260人次。
- 截至11月底，东岭街道已走访企业30家，较上年增加4家。<!-- 待核：40家 -->

## 二、2026年工作计划
计划新建口袋公园3个，力争税收增长5%。

报送时间：2025年12月16日
东岭街道办事处
2025年12月20日
"""


def test_notes() -> None:
    found = ledger(NOTES)
    assert found.period is not None and found.period.start == date(2025, 1, 1)
    assert found.as_of == date(2025, 12, 31)
    counted = [(f.text, f.subject) for f in found.facts if f.counted]
    assert counted == [
        ("120处", "排查隐患"),
        ("118处", "排查隐患整改"),
        ("3月5日", "辖区燃气泄漏应急演练举行"),
        ("260人次", "参加居民"),
        ("30家", "走访企业"),
        ("增加4家", "走访企业较上年增加"),
        ("3个", "计划新建口袋公园"),
        ("增长5%", "力争税收"),
    ]
    assert [f.id for f in found.facts] == [f"F{n}" for n in range(1, len(found.facts) + 1)]


def test_place_period_and_plan() -> None:
    found = by_text(ledger(NOTES))
    audits, visits, parks = found["120处"], found["30家"], found["3个"]
    assert audits.locator == "第4行" and audits.heading == ("一、安全生产",)
    assert NOTES[slice(*audits.sentence)] == "全年排查隐患120处，整改118处。"
    assert NOTES[slice(*audits.clause)] == "全年排查隐患120处，"
    assert visits.actor == "东岭街道"
    assert visits.period is not None
    assert (visits.period.start, visits.period.end) == (None, date(2025, 11, 30))
    assert not audits.planned and parks.planned
    assert parks.period is not None and parks.period.start == date(2026, 1, 1)


@pytest.mark.parametrize(
    "line",
    [
        "排查隐患12处。（应急办，12月15日）",
        "排查隐患12处（经济发展办 2025年12月15日）",
        "排查隐患12处。（来源：应急办，2025-12-15）",
        "排查隐患12处。（网格中心12月15日提供）",
        "报送时间：2025年12月15日\n排查隐患12处。",
        "统计截止：12月15日\n排查隐患12处。",
        "填报日期 2025.12.15\n排查隐患12处。",
        "排查隐患12处。<!-- 去年99处 -->",
        "排查隐患12处。\n\n东岭街道办事处\n2025年12月15日",
    ],
)
def test_metadata_is_no_fact(line: str) -> None:
    assert [f.text for f in ledger(line).facts] == ["12处"]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("召开动员会（3月5日）", ["3月5日"]),
        ("慰问困难群众30户（其中低保12户）", ["30户", "12户"]),
        ("截至12月15日，排查隐患12处。", ["截至12月15日", "12处"]),
    ],
)
def test_what_looks_like_metadata(line: str, texts: list[str]) -> None:
    assert [f.text for f in ledger(line).facts] == texts


@pytest.mark.parametrize("year", ["，全年共7次", ""])
def test_of_two_halves_neither_carries_on(year: str) -> None:
    text = f"上半年，开展培训4次，下半年开展3次{year}。接待群众120人次。\n"
    found = by_text(
        ledger(text, period=Period(text="2025年", start=date(2025, 1, 1), end=date(2025, 12, 31)))
    )
    when = found["120人次"].period
    assert when is not None and (when.start, when.end) == (date(2025, 1, 1), date(2025, 12, 31))


TABLE = """2025年主要指标
| 指标 | 单位 | 2025年 | 2024年 | 同比增长（%） |
|---|---|---|---|---|
| 税收收入 | 万元 | 1250.5 | 1180 | 6.0 |
| 安全隐患排查 | 处 | 120 | 99 | -3.5 |
| 合计 | 项 | 2 | 2 | |
"""


def test_table() -> None:
    found = [f for f in ledger(TABLE).facts if f.cell]
    rows = [(f.text, f.kind, f.value, f.unit, f.subject, f.period and f.period.start) for f in found]
    this, last = date(2025, 1, 1), date(2024, 1, 1)
    assert rows == [
        ("1250.5", Kind.QUANTITY, Decimal("12505000"), "元", "税收收入", this),
        ("1180", Kind.QUANTITY, Decimal("11800000"), "元", "税收收入", last),
        ("6.0", Kind.GROWTH, Decimal("6"), "%", "税收收入同比增长", this),
        ("120", Kind.QUANTITY, Decimal(120), "处", "安全隐患排查", this),
        ("99", Kind.QUANTITY, Decimal(99), "处", "安全隐患排查", last),
        ("-3.5", Kind.GROWTH, Decimal("-3.5"), "%", "安全隐患排查同比增长", this),
        ("2", Kind.QUANTITY, Decimal(2), "项", "合计", this),
        ("2", Kind.QUANTITY, Decimal(2), "项", "合计", last),
    ]
    assert found[0].locator == "第4行"
    assert found[0].mention.step == Decimal(1000)


def test_cells_of_words_and_codes() -> None:
    text = "单位,情况,排名,联系电话\n安康社区,走访120户、慰问35户,3,13800000000\n"
    found = [(f.text, f.kind, f.subject) for f in ledger(text, "表.csv").facts]
    assert found == [
        ("120户", Kind.QUANTITY, "走访"),
        ("35户", Kind.QUANTITY, "慰问"),
        ("3", Kind.RANK, "安康社区排名"),
    ]


def test_the_unit_of_a_column_of_people() -> None:
    found = ledger("社区,户数,男,备注\n平乐社区,900,1300,近30户待改造\n", "表.csv").facts
    assert [(f.text, f.unit, f.subject) for f in found] == [
        ("900", "户", "平乐社区户数"),
        ("1300", "人", "平乐社区男"),
        ("近30户", "户", "平乐社区待改造"),
    ]


@pytest.mark.parametrize("part", ["由5件到", "其中5件，", "（5件", "全街", "（应急办，", "报送时间："])
def test_hostile_lines_take_linear_time(part: str) -> None:
    assert growth(lambda size: ledger((part * size)[:size]), 2_000) <= LINEAR


def test_a_noisy_scrape_keeps_its_own_offsets() -> None:
    text = "轄區(qū)開(kāi)展專項(xiàng)整治行動(dòng)12次,,整治經(jīng)營(yíng)戶600餘家,。這個(gè)為來(lái)們(men)說(shuō)"
    found = ledger(text, "网页.txt")
    for fact in found.facts:
        assert text[fact.start : fact.end] == fact.text
    assert by_text(found)["12次"].subject == "辖区开展专项整治行动"


def test_several_sources_number_on() -> None:
    one = ingest.from_text("一.md", "2025年工作总结\n走访12户。", id="S1")
    two = ingest.from_text("二.md", "二十大精神宣讲3场。", id="S2")
    found = facts.extract([one, two])
    assert [(f.id, f.source, f.text) for f in found.facts if f.counted] == [
        ("F2", "S1", "12户"),
        ("F3", "S2", "3场"),
    ]
    assert [m.text for m in found.labels["S2"]] == ["二十大"]
    assert found.facts[2].period == found.period


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet="街道今年3月5日12处%、，。；：（）\n\t|#-*X一是分别增长由到其中的<!>“”区國", max_size=120
    )
)
def test_never_raises_and_spans_hold(text: str) -> None:
    for name in ("甲.md", "甲.txt"):
        source = ingest.from_text(name, "街道\n" + text)
        for fact in facts.extract([source]).facts:
            assert source.text[fact.start : fact.end] == fact.text
            assert fact.sentence[0] <= fact.start <= fact.end
            assert fact.clause[0] <= fact.start


def test_time_grows_with_the_text() -> None:
    line = "上半年，辖区排查隐患120处，其中重大5处，整改率98%，由3件降到1件、"

    assert growth(lambda size: facts.extract([ingest.from_text("长.txt", line * size)]), 200) <= LINEAR


def test_parts_in_the_next_sentence_name_their_whole() -> None:
    text = "# 东岭街道2025年工作总结\n\n慰问困难家庭140户，发放米面3吨；其中低保户81户。其中独居老人5户。\n"
    subjects = {fact.text: fact.subject for fact in ledger(text).facts}
    assert subjects["81户"] == "慰问困难家庭其中低保户"
    assert subjects["5户"] == "慰问困难家庭其中独居老人"


def test_who_is_counted_does_nothing() -> None:
    found = by_text(ledger("志愿者共60人，男女分别为31人、29人。"))
    assert [(f.subject, f.actor) for f in found.values()] == [
        ("志愿者", ""),
        ("男志愿者", ""),
        ("女志愿者", ""),
    ]


TABLES = """# 东岭街道2025年工作总结

| 指标 | 单位 | 2025年 | 同比 |
| --- | --- | --- | --- |
| 新增市场主体 | 户 | 620 | 6.9% |
| 其中：企业 | 户 | 180 | 12.5% |
| 空气优良率 | % | 85.5 | 1.3个百分点 |

## 二、2026年工作计划

| 项目 | 目标值 |
| --- | --- |
| 新建停车场 | 3处 |
"""


def test_table_rows_of_parts_and_plans() -> None:
    found = by_text(ledger(TABLES))
    assert found["180"].subject == "新增市场主体其中企业"
    assert found["1.3个百分点"].kind is Kind.GROWTH
    parking = found["3处"]
    assert parking.planned and parking.period is not None and parking.period.start == date(2026, 1, 1)


def test_a_long_name_names_its_row_or_column_and_a_remark_does_not() -> None:
    rows = """# 汇总

| 指标 | 说明 | 数量 |
| --- | --- | --- |
| 对沿街商铺和出租屋开展拉网式巡查，查出用电隐患 | | 321处 |
| 其中：当场整改 | | 208处 |
| 助残帮扶 | 含上门探视、送药送餐、代办证件、陪同就诊等服务 | 45户 |
"""
    found = by_text(ledger(rows))
    assert found["321处"].subject.endswith("，查出用电隐患")
    assert found["208处"].subject.endswith("查出用电隐患其中当场整改")
    assert found["45户"].subject == "助残帮扶"


def test_the_place_that_opens_a_line() -> None:
    found = by_text(ledger("（1）东岭社区：排查隐患12处。\n（2）西河社区：排查隐患9处。\n"))
    assert (found["12处"].scope, found["9处"].scope) == ("东岭社区", "西河社区")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("应急办检查企业86家，整改隐患120处；派出所破获案件12起。", "86家应急办 120处应急办 12起派出所"),
        ("云溪社区排查隐患35处，青石社区排查隐患28处。", "35处云溪社区 28处青石社区"),
        ("街道党工委、办事处投入资金30万元。", "30万元街道党工委、办事处"),
        ("全年，城管执法中队查处违建56处，拆除3200平方米。", "56处城管执法中队 3200平方米城管执法中队"),
        ("- 民政办：走访120户，慰问35人", "120户民政办 35人民政办"),
        ("组织志愿者到社区开展清扫12次，惠及东岭街道，新增5户。", "12次 5户"),
        ("志愿者参加活动120人次。", "120人次志愿者"),
        ("社区现有居民312户，建设街道综合服务中心2个。", "312户 2个"),
    ],
)
def test_actors(text: str, told: str) -> None:
    facts_ = facts.extract([ingest.from_text("工作.txt", text)]).facts
    assert " ".join(f.text + f.actor for f in facts_ if f.counted) == told


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("开行班列120班次。", "开行班列"),
        ("平台应用率升至全区第3位。", "平台应用率"),
        ("游客万人投诉率下降5%。", "游客万人投诉率"),
    ],
)
def test_subjects_end_where_the_words_do(text: str, subject: str) -> None:
    (fact,) = (f for f in facts.extract([ingest.from_text("句.txt", text)]).facts if f.counted)
    assert fact.subject == subject
