"""Which period the figures of a source belong to, and which of them are planned."""

from __future__ import annotations

from datetime import date

import pytest

from gov_writer import facts, ingest
from gov_writer.domain import Period
from tests.ledgers import by_text, ledger


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


def test_what_the_year_was_to_bring_is_no_plan() -> None:
    found = ledger("# 东岭街道2025年工作总结\n\n在建项目26个，年度计划投资22亿元，已完成20亿元。\n")
    assert not any(fact.planned for fact in found.facts)


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


def test_a_list_that_a_sentence_ahead_opens_is_planned_to_its_end() -> None:
    found = ledger(
        "# 2024年度述职报告\n\n## 三、不足和努力方向\n还有材料积压12份。2025年，我将从两个方面努力：走访居民1300户；开办讲堂24期。\n"
        "调解纠纷75起。\n\n## 四、办实事\n加装电梯10部，另有2部推迟到明年二季度交付；新增车位60个。\n"
    )
    told = {fact.mention.text: fact.planned for fact in found.facts if fact.counted}
    assert [told[text] for text in ("1300户", "24期")] == [True, True]
    assert [told[text] for text in ("12份", "75起", "10部", "60个")] == [False] * 4


def test_what_a_value_is_less_than_counts_the_same() -> None:
    found = ledger("# 东岭街道2025年工作总结\n清理乱堆乱放315处，较上年的427处有所减少。\n")
    assert next(f.subject for f in found.facts if f.mention.text == "427处") == "清理乱堆乱放"


def test_goals_below_a_review_are_no_plans() -> None:
    text = "# 2025年云溪区工作报告\n## 一、2024年工作回顾\n### （一）锚定目标攻坚\n税收增长5%。\n## 二、2025年目标任务\n新增学位300个。"
    told = {f.text: f.planned for f in facts.extract([ingest.from_text("报告.md", text)]).facts if f.counted}
    assert told == {"增长5%": False, "300个": True}


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


def test_rows_of_figures_and_aims_tell_no_period() -> None:
    register = "日期,会议名称,人数\n1月8日,2024年度述职会,12\n3月2日,部署会,86\n"
    aims = "| 指标 | 2024年 | 2025年完成 |\n| --- | --- | --- |\n| 托位 | 348个 | 468个 |\n"
    assert facts.told_period(ingest.from_text("登记.csv", register)) is None
    told = facts.told_period(ingest.from_text("指标.md", aims))
    assert told is not None and told.start == date(2025, 1, 1)


def test_who_speaks_in_a_chat_and_when_is_no_fact() -> None:
    chat = (
        "12月3日 安监站老方：\n检查86家\n12月3日 综治小汪：收到\n12月4日 安监站老方：演练5场，6月12日一场\n"
    )
    found = facts.extract([ingest.from_text("群聊.txt", chat)]).facts
    assert [fact.text for fact in found if fact.counted] == ["86家", "5场", "6月12日", "一场"]


def test_the_day_on_which_notes_were_put_together_is_no_fact() -> None:
    found = facts.extract([ingest.from_text("手记.md", "竹峰便民中心 12月31日整理\n\n走访86家\n")]).facts
    assert [fact.text for fact in found if fact.counted] == ["86家"]


def test_a_line_that_names_a_time_alone_dates_the_lines_below_it() -> None:
    notes = "上半年：\n开办食堂4家。\n\n下半年：\n再开食堂3家。\n联系电话另附：\n走访12户。"
    ledger = facts.extract([ingest.from_text("n.txt", notes)], period=ingest.parse_period("2025H1"))
    told = {f.text: (f.planned, f.period.text if f.period else None) for f in ledger.facts}
    assert told["4家"] == (False, "上半年")
    assert told["3家"] == (True, "下半年")
    assert told["12户"][0] is False


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        # what opens a clause of a ； part dates the parts behind it
        (
            "现有企业19家，今年1—10月完成产值8亿元；完成技改投资3亿元。现有个体户12户。",
            {"19家": (1, 12), "8亿元": (1, 10), "3亿元": (1, 10), "12户": (1, 12)},
        ),
        ("党员32名，2021年发展2名；走访120户。", {"120户": (1, 12)}),
        ("8月救助24户。其中：东岭村2户；石桥村3户。", {"2户": (8, 8), "3户": (8, 8)}),
        # two times for the same figures, and one for each
        ("今年7、8月和12月份，发放补贴26万元。", {"26万元": (7, 12)}),
        ("3月和4月拆违分别为12处和9处。", {"12处": (3, 3), "9处": (4, 4)}),
        # when something began or was set dates nothing
        ("新建敬老院1所，5月份动工，设床位108个。", {"108个": (1, 12)}),
        ("年初确定的25项实事全部办结。", {"25项": (1, 12)}),
    ],
)
def test_which_months_govern(sentence: str, periods: dict[str, tuple[int, int]]) -> None:
    found = by_text(ledger(f"# 东岭街道2025年工作总结\n\n{sentence}\n"))
    for text, months in periods.items():
        period = found[text].period
        assert period is not None and period.start is not None and period.end is not None
        assert (period.start.month, period.end.month) == months, text


def test_five_year_plans_date_what_was_done_in_them() -> None:
    text = "# 东岭区2020年政府工作报告\n\n“十三五”期间新建学校12所。\n\n“十三五”前三年新建公园5个。\n"
    found = by_text(ledger(text))
    schools, parks = found["12所"].period, found["5个"].period
    assert schools is not None and (schools.start, schools.end) == (date(2016, 1, 1), date(2020, 12, 31))
    assert parks is not None and parks.end == date(2018, 12, 31)
    assert found["12所"].subject == "新建学校"


def test_the_past_year_of_a_report_is_its_own() -> None:
    found = ledger("# 东岭街道2025年工作总结\n\n过去一年，走访居民1300户。过去三年，改造公厕6座。\n")
    by_text = {fact.mention.text: fact.period for fact in found.facts if fact.counted}
    assert by_text["1300户"] is not None and by_text["1300户"].start == date(2025, 1, 1)
    assert by_text["6座"] is None or by_text["6座"].start is None
