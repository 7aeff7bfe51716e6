"""Exports of a chat, scanned pages, last year's report among the notes; places and people are invented."""

from __future__ import annotations

from collections.abc import Callable

from gov_writer import pipeline
from gov_writer.domain import Genre

from .conftest import Notes, year

Run = Callable[[Notes], pipeline.Drafted]


def _run(check_draft: Run, notes: dict[str, str], **brief: object) -> tuple[str, str]:
    drafted = check_draft(Notes(notes, {"period": year(2025), "unit": "枫桥湾镇", **brief}))
    return drafted.draft.text, "\n".join(drafted.warnings)


def test_a_message_below_its_time_and_speaker(check_draft: Run) -> None:
    text, _ = _run(
        check_draft,
        {
            "群.txt": "群聊：枫桥湾镇年终数据群\n2025-12-05 08:30:11 何文斌（城管科）\n拆除违建4300平方米\n"
            "2025-12-05 08:40:00 何文斌（城管科）\n公园建了多少个？\n2025-12-05 08:41:02 苏晓燕\n园林这边：新建口袋公园6个\n"
        },
    )
    assert "4300平方米" in text and "6个" in text
    assert not any(word in text for word in ("何文斌", "苏晓燕", "08", "群聊", "12-05", "多少", "这边"))


def test_a_correction_is_pointed_out(check_draft: Run) -> None:
    _, warnings = _run(
        check_draft,
        {"群.txt": "清退违规租住26起\n新建充电棚9个\n更正：上面26起应为24起\n"},
    )
    assert "第3行更正了前面的数据" in warnings


def test_what_must_not_be_written(check_draft: Run) -> None:
    text, warnings = _run(
        check_draft, {"n.txt": "- 调解纠纷88起\n- 物业费翻了一番的说法不对，别用\n- 新建车棚5处\n"}
    )
    assert "翻了一番" not in text and "88起" in text and "不对外" in warnings


def test_a_scanned_page_with_wide_digits(check_draft: Run) -> None:
    text, _ = _run(
        check_draft,
        {
            "扫描.txt": "上半年全镇完成规模以上工业总产值达到了２７．４\n亿元，同比增长６．５％，办事时间由１５天压缩到３\n"
            "—５天，新建高标准农田面积共计１，９００亩，完成\n年度任务的八成。\n－ ３ －\n"
        },
    )
    assert "27.4亿元，同比增长6.5%" in text and "3—5天" in text and "1900亩，完成年度任务的八成" in text
    assert "－" not in text


def test_captions_behind_letters_and_a_list_of_numbers(check_draft: Run) -> None:
    text, _ = _run(
        check_draft,
        {
            "n.txt": "枫桥湾镇供热情况\nA. 基本情况\n供热面积930万平方米。\nB. 没做好的\n①管道爆裂1次，抢修18小时；\n②仍有4个小区没有移交。\nC. 下一步\n计划改造管网7公里。\n"
            "联系方式：\n值班室 0571-86230000\n抢修队 96060\n"
        },
        sections=("基本情况", "存在问题", "下一步打算"),
        genre=Genre.SITUATION_REPORT,
    )
    assert text.index("930万平方米") < text.index("存在问题") < text.index("18小时") < text.index("4个小区")
    assert "值班室" not in text and "96060" not in text


def test_last_years_report_is_no_note_of_this_year(check_draft: Run) -> None:
    text, warnings = _run(
        check_draft,
        {
            "旧.md": "# 枫桥湾镇2024年工作总结\n\n## 一、党建\n\n全年召开党员大会31次。\n\n## 二、打算\n\n建成助餐点3个。\n",
            "今年.txt": "党员大会35次\n助餐点建成2个\n",
        },
    )
    assert "31次" not in text and "3个" not in text and "35次" in text
    assert "旧.md”是2024年的报告" in warnings


def test_tens_of_thousands_in_a_heading(check_draft: Run) -> None:
    text, _ = _run(check_draft, {"t.csv": "月份,办件量（万件）,差评（件）\n上半年,10.3,7\n下半年,12.1,4\n"})
    assert "上半年办件量10.3万件" in text and "数为" not in text
