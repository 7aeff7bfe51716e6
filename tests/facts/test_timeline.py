"""Dates that need more than their sentence: headings, paragraphs, the sentence before, the report's period."""

from __future__ import annotations

from datetime import date

from gov_writer.domain import Kind, Period
from gov_writer.facts import scan

TIMES = {Kind.DATE, Kind.DATE_RANGE, Kind.PERIOD}


def _dates(text: str, as_of: date | None = None, period: Period | None = None) -> list[tuple[str, str]]:
    return [
        (m.text, f"{m.date_start or ''}/{m.date_end or ''}")
        for m in scan(text, as_of=as_of, period=period)
        if m.kind in TIMES
    ]


def test_a_heading_dates_what_stands_below_it() -> None:
    text = "一、2023年工作总结\n全年新建驿站3个，9月10日启用。\n二、2024年工作计划\n上半年建成2个，10月底前验收，比去年多1个。"
    assert _dates(text, date(2023, 12, 20)) == [
        ("2023年", "2023-01-01/2023-12-31"),
        ("全年", "2023-01-01/2023-12-31"),
        ("9月10日", "2023-09-10/2023-09-10"),
        ("2024年", "2024-01-01/2024-12-31"),
        ("上半年", "2024-01-01/2024-06-30"),
        ("10月底前", "/2024-10-31"),
    ]


def test_a_year_holds_to_the_end_of_its_paragraph() -> None:
    text = "2022年11月24日，召开动员会。12月3日完成签约，次年1月开工。\n3月5日复工。"
    assert _dates(text, date(2024, 12, 20)) == [
        ("2022年11月24日", "2022-11-24/2022-11-24"),
        ("12月3日", "2022-12-03/2022-12-03"),
        ("次年1月", "2023-01-01/2023-01-31"),
        ("3月5日", "2024-03-05/2024-03-05"),
    ]


def test_a_year_in_a_comparison_dates_nothing_else() -> None:
    assert _dates("产值是2020年的1.8倍，6月底前再建一处。", date(2024, 12, 20))[1] == (
        "6月底前",
        "/2024-06-30",
    )
    assert _dates("2020年以来持续推进，3月完成验收。", date(2024, 12, 20))[1] == (
        "3月",
        "2024-03-01/2024-03-31",
    )


def test_a_day_alone_belongs_to_the_month_told_before() -> None:
    text = "2月22日，组织清雪。\n23日，清理两条道路。"
    assert _dates(text, date(2024, 12, 20))[1] == ("23日", "2024-02-23/2024-02-23")
    assert _dates("23日，清理两条道路。", date(2024, 12, 20)) == [("23日", "/")]


def test_the_period_gives_the_year_and_its_end_the_reference() -> None:
    period = Period(text="2022年", start=date(2022, 1, 1), end=date(2022, 12, 31))
    assert _dates("今年3月启动，截至目前完成。", period=period) == [
        ("今年3月", "2022-03-01/2022-03-31"),
        ("截至目前", "/2022-12-31"),
    ]
    assert _dates("3月启动，明年完成。", date(2023, 1, 10), period) == [
        ("3月", "2022-03-01/2022-03-31"),
        ("明年", "2024-01-01/2024-12-31"),
    ]


def test_nothing_to_count_from_leaves_dates_open() -> None:
    assert _dates("今年3月启动，截至目前完成，2021年验收。") == [
        ("今年3月", "/"),
        ("截至目前", "/"),
        ("2021年", "2021-01-01/2021-12-31"),
    ]


def test_the_first_and_last_years_of_the_calendar() -> None:
    assert _dates("去年、明年、近三年、未来五年、春节前", date.min)[0] == ("去年", "/")
    assert _dates("去年、明年、近三年、未来五年、12月31日后", date.max)[1] == ("明年", "/")


def test_noise_is_read_through_and_spans_hold_in_the_original() -> None:
    text = "轄區(qū)安裝了32個(gè)攝像頭,,實現24小時(shí)防護,,今年以來(lái)排查(chá)隱患300余處(chù),。"
    found = [(m.text, m.kind, m.unit) for m in scan(text, as_of=date(2022, 11, 15))]
    assert ("32個(gè)", Kind.QUANTITY, "个") in found
    assert ("24小時(shí)", Kind.QUANTITY, "小时") in found
    assert ("今年以來(lái)", Kind.PERIOD, None) in found
    assert ("300余處(chù)", Kind.QUANTITY, "处") in found


def test_a_title_with_two_years_dates_what_is_below_by_the_first() -> None:
    year = Period(text="2024年", start=date(2024, 1, 1), end=date(2024, 12, 31))
    text = "海江街道2024年工作总结和2025年工作安排\n1月至10月救助困难群众36人次。"
    assert _dates(text, period=year)[-1] == ("1月至10月", "2024-01-01/2024-10-31")
    text = "2025年海江市政府工作报告\n1—11月新增就业3600人。"
    assert _dates(text, period=year)[-1] == ("1—11月", "2024-01-01/2024-11-30")


def test_a_year_in_brackets_or_in_a_name_dates_nothing_behind_it() -> None:
    text = "考核居第2名（2023年第5名）。全年排查632起。2025年度参保9月启动。"
    assert _dates(
        text, date(2024, 12, 20), Period(text="2024", start=date(2024, 1, 1), end=date(2024, 12, 31))
    )[1:] == [
        ("全年", "2024-01-01/2024-12-31"),
        ("2025年度", "2025-01-01/2025-12-31"),
        ("9月", "2024-09-01/2024-09-30"),
    ]
