"""The ledger of whole sources: subjects, periods, headings, plans, what is no fact, and tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gov_writer import facts, ingest
from gov_writer.domain import Fact, Kind, Ledger, Period
from tests.growth import LINEAR, growth

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


def ledger(text: str, name: str = "材料.md", **more: object) -> Ledger:
    return facts.extract([ingest.from_text(name, text)], **more)  # type: ignore[arg-type]


def by_text(found: Ledger) -> dict[str, Fact]:
    return {fact.text: fact for fact in found.facts}


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


def test_the_period_carries_on() -> None:
    text = "上半年，开展培训4次。接待群众120人次。\n另起一段，走访30户。\n"
    found = by_text(
        ledger(text, period=Period(text="2025年", start=date(2025, 1, 1), end=date(2025, 12, 31)))
    )
    for figure in ("4次", "120人次"):
        period = found[figure].period
        assert period is not None and period.end == date(2025, 6, 30)
    last = found["30户"].period
    assert last is not None and last.end == date(2025, 12, 31)


@pytest.mark.parametrize("year", ["，全年共7次", ""])
def test_of_two_halves_neither_carries_on(year: str) -> None:
    text = f"上半年，开展培训4次，下半年开展3次{year}。接待群众120人次。\n"
    found = by_text(
        ledger(text, period=Period(text="2025年", start=date(2025, 1, 1), end=date(2025, 12, 31)))
    )
    when = found["120人次"].period
    assert when is not None and (when.start, when.end) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("东岭街道2025年工作总结\n做了工作。", date(2025, 1, 1), date(2025, 12, 31)),
        ("东岭街道2025年上半年工作汇报\n做了工作。", date(2025, 1, 1), date(2025, 6, 30)),
        ("东岭街道二〇二四年度述职报告\n做了工作。", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025年工作总结和2026年工作计划\n做了工作。", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025年1—10月工作情况报告\n做了工作。", date(2025, 1, 1), date(2025, 10, 31)),
        ("2025年第三季度工作小结\n做了工作。", date(2025, 7, 1), date(2025, 9, 30)),
        ("各位领导：\n现将街道2023年工作情况汇报如下。", date(2023, 1, 1), date(2023, 12, 31)),
        ("平乐街道2025年各科室报送要点\n做了工作。", date(2025, 1, 1), date(2025, 12, 31)),
        ("街道工作总结及2024年工作思路\n做了工作。", date(2023, 1, 1), date(2023, 12, 31)),
        (
            "2025年海江市政府工作报告\n——2025年1月14日在市人代会上\n各位代表：",
            date(2024, 1, 1),
            date(2024, 12, 31),
        ),
        ("2025年平乐街道社代会报告\n一、2024年工作回顾\n做了工作。", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025年社区代表会议报告\n一、过去一年工作回顾\n做了工作。", date(2024, 1, 1), date(2024, 12, 31)),
        (
            "2025年镇政府工作报告\n一、抓发展\n二、2025年工作安排\n抓落实。",
            date(2024, 1, 1),
            date(2024, 12, 31),
        ),
        ("2025年平乐街道工作情况报告\n一、2024年遗留问题\n做了工作。", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_reporting_period(text: str, start: date, end: date) -> None:
    period = ledger(text, "报告.txt").period
    assert period is not None and (period.start, period.end) == (start, end)


def test_period_from_the_reference_date_or_not_at_all() -> None:
    told = ledger("排查隐患12处，完成2019年建成项目改造1个。", as_of=date(2025, 12, 20)).period
    assert told is not None and told.start == date(2025, 1, 1)
    assert ledger("排查隐患12处。").period is None


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


def test_an_older_report_among_the_sources_keeps_its_year() -> None:
    old = ingest.from_text("去年.md", "东岭街道2024年工作总结\n今年走访12户。", id="S1")
    new = ingest.from_text("今年.md", "今年走访15户，完成2019年建成小区改造1个。", id="S2")
    this = Period(text="2025", start=date(2025, 1, 1), end=date(2025, 12, 31))
    found = {f.text: f for f in facts.extract([old, new], period=this).facts}
    ends = [(period := found[text].period) and period.end for text in ("12户", "15户")]
    assert ends == [date(2024, 12, 31), date(2025, 12, 31)]
    titled = ingest.from_text("汇报.md", "东岭街道2025年工作汇报\n今年慰问9户。", id="S1")
    untitled = facts.extract([titled, new]).facts[-1].period
    assert untitled is not None and untitled.end == date(2025, 12, 31)
    assert facts.extract([titled, new]).period == facts.extract([titled]).period


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


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("完成税收1.38亿元（去年1.2亿元），增长15%。", {"1.38亿元": 2025, "1.2亿元": 2024, "增长15%": 2025}),
        ("接警620起（去年710起，下降13%）。", {"620起": 2025, "710起": 2024, "下降13%": 2025}),
        ("完成投资3亿元（2024年）。", {"3亿元": 2024}),
        ("排查隐患82处（2024年为91处），整改80处。", {"82处": 2025, "91处": 2024, "80处": 2025}),
        ("发案由去年的68起降到42起，下降38%。", {"68起": 2024, "42起": 2025, "下降38%": 2025}),
        ("发案比2024年的68起少26起。", {"68起": 2024, "26起": 2025}),
        ("今年新增企业62户，去年58户，增长7%。", {"62户": 2025, "58户": 2024, "增长7%": 2025}),
        ("2024年完成税收1.2亿元，增长8%。", {"1.2亿元": 2024, "增长8%": 2024}),
    ],
)
def test_which_period_governs(sentence: str, years: dict[str, int]) -> None:
    found = by_text(ledger(f"# 东岭街道2025年工作总结\n\n{sentence}\n"))
    for text, year in years.items():
        period = found[text].period
        assert period is not None and period.start is not None and period.start.year == year, text


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


def test_what_the_year_was_to_bring_is_no_plan() -> None:
    found = ledger("# 东岭街道2025年工作总结\n\n在建项目26个，年度计划投资22亿元，已完成20亿元。\n")
    assert not any(fact.planned for fact in found.facts)


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


def test_a_line_that_opens_with_a_plan_is_a_plan_to_its_end() -> None:
    found = ledger(
        "# 民政科2025年情况\n改造公厕6座\n明年打算：再建食堂1个；改造公厕9座\n2025年计划：清运垃圾80吨，实际完成95吨\n"
        "2026年打算：\n- 新建书屋3个\n"
    )
    by_text = {fact.mention.text: fact for fact in found.facts}
    for text in ("1个", "9座", "3个"):
        fact = by_text[text]
        assert fact.planned and fact.period is not None and fact.period.start == date(2026, 1, 1), text
    for text in ("6座", "80吨", "95吨"):
        assert not by_text[text].planned, text


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


def test_goals_below_a_review_are_no_plans() -> None:
    text = "# 2025年云溪区工作报告\n## 一、2024年工作回顾\n### （一）锚定目标攻坚\n税收增长5%。\n## 二、2025年目标任务\n新增学位300个。"
    told = {f.text: f.planned for f in facts.extract([ingest.from_text("报告.md", text)]).facts if f.counted}
    assert told == {"增长5%": False, "300个": True}


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


@pytest.mark.parametrize(
    ("text", "year"),
    [
        # the only year is that of the plan: the report is on the year before
        ("东岭街道工作汇报\n\n一年来，走访群众1234户。\n\n下一步打算：2026年，计划新建公园3个。", 2025),
        ("一年来，走访群众1234户。力争2026年新增企业86家。", 2025),
        # nothing but a plan
        ("2026年，计划新建口袋公园3个。\n力争2026年新增企业86家。", 2026),
        ("截至2025年11月，走访群众1234户。\n2026年计划走访2000户。\n2026年拟建公园3个。", 2025),
    ],
)
def test_a_year_that_only_plans_name_is_the_next(text: str, year: int) -> None:
    period = facts.extract([ingest.from_text("note.md", text)]).period
    assert period is not None and period.end is not None
    assert period.end.year == year


def test_a_line_that_names_a_time_alone_dates_the_lines_below_it() -> None:
    notes = "上半年：\n开办食堂4家。\n\n下半年：\n再开食堂3家。\n联系电话另附：\n走访12户。"
    ledger = facts.extract([ingest.from_text("n.txt", notes)], period=ingest.parse_period("2025H1"))
    told = {f.text: (f.planned, f.period.text if f.period else None) for f in ledger.facts}
    assert told["4家"] == (False, "上半年")
    assert told["3家"] == (True, "下半年")
    assert told["12户"][0] is False
