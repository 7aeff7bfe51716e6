"""Lists that stand on one line, messages of several people, labels, what is for insiders; places are invented."""

from __future__ import annotations

from collections.abc import Callable

from gov_writer import pipeline
from gov_writer.domain import Genre

from .conftest import Notes, draft_of, year

Run = Callable[[Notes], pipeline.Drafted]


def _text(check_draft: Run, notes: str, *, name: str = "n.txt", **brief: object) -> str:
    return check_draft(Notes({name: notes}, {"period": year(2025), "unit": "枫桥湾镇", **brief})).draft.text


def test_circled_items_of_one_line_are_plans_one_by_one(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "招商办：新签约项目8个，到位资金3.1亿元\n明年打算 ①再签约项目9个 ②盘活旧厂房1.7万平方米 ③培育规上企业2家\n",
    )
    plans = text[text.index("计划") :]
    assert "一是再签约项目9个。二是盘活旧厂房1.7万平方米。三是培育规上企业2家。" in plans
    assert "①" not in text and "明年打算" not in text


def test_items_behind_the_name_of_a_quarter(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "- 清运垃圾320吨\n- 修复道路2.4公里\n2026年：1.新建公厕3座；2.改造菜市场1处\n",
    )
    assert "一是新建公厕3座。二是改造菜市场1处。" in text


def test_a_third_point_without_a_mark_before_it(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "建成投放点41处\n存在问题\n一是桶点太密；二是清运车偏少居民有意见三是沿街商户混投较多。\n",
    )
    assert "二是清运车偏少居民有意见。三是沿街商户混投较多。" in text


def test_bullets_between_items_of_one_line(check_draft: Run) -> None:
    text = _text(
        check_draft, "- 改造小区2个\n下一步打算\n· 完成剩余3户签约 · 启动小区改造4个 · 拆除违建6000平方米\n"
    )
    assert "一是完成剩余3户签约。二是启动小区改造4个。三是拆除违建6000平方米。" in text


def test_dashes_before_captions(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "——城建\n改造背街小巷12条\n完成雨污分流3.6公里\n——不足\n下社区偏少\n——2026年打算\n改造小区2个\n",
        genre=Genre.DUTY_REPORT,
    )
    assert "——" not in text and text.index("努力方向") < text.index("改造小区2个")


def test_who_speaks_for_which_office_is_not_told(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "周姐（环卫所）：新增垃圾车5辆，淘汰旧车3辆\n孙（财政）：今年投入经费210万元\n"
        "经发办老韩 2025-12-18 09:12\n各位领导，经发办数据报一下：规上工业总产值预计31.4亿，同比+6.2%\n",
    )
    assert "周姐" not in text and "孙（" not in text and "各位" not in text and "报一下" not in text
    assert "规上工业总产值预计31.4亿元，同比增长6.2%" in text[: text.index("二、")]


def test_what_is_for_insiders_is_withheld(check_draft: Run) -> None:
    drafted = check_draft(
        Notes(
            {"n.md": "- 化解矛盾86起\n（内部掌握：重点对象7人）\n- 排查场所210家（不对外）\n"},
            {"period": year(2025)},
        )
    )
    assert "重点对象" not in drafted.draft.text and "210家" not in drafted.draft.text
    assert {unused.reason for unused in drafted.draft.unused} == {"withheld"}
    assert any("不对外" in warning for warning in drafted.draft.warnings)


def test_a_petitioner_named_behind_a_label_is_masked(check_draft: Run) -> None:
    text = _text(check_draft, "反映人：柳月娥等9人\n反映内容：楼道漏水3处\n8月2日完成修复\n")
    assert "柳月娥" not in text and "反映人为柳某等9人" in text


def test_labels_of_words_without_a_figure(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "反诈：发案21起，挽损58万元\n森林防火：无火灾\n原因：连日暴雨、沟渠不畅\n信访件编号：SF2025081\n",
    )
    assert "森林防火方面，无火灾" in text and "原因是连日暴雨、沟渠不畅" in text
    assert "信访件编号为SF2025081" in text


def test_what_comes_after_is_a_plan(check_draft: Run) -> None:
    text = _text(check_draft, "- 抢修道路5处\n- 转移群众41人\n后续：申请补助120万元；再排查山塘19座\n")
    plans = text[text.index("、下一步") :]
    assert "申请补助120万元" in plans and "再排查山塘19座" in plans and "后续方面" not in text


def test_plans_labelled_below_problems_and_plans(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "一、党建\n发展党员11名。\n新建支部2个。\n二、问题和打算\n党员年龄偏大。\n2026年计划：打造示范点4个\n",
    )
    assert "党员年龄偏大。\n三、2026年工作计划\n打造示范点4个" in text


def test_done_for_the_year_to_come_is_told(check_draft: Run) -> None:
    text = _text(check_draft, "发放养老金620人\n医保：2026年度参保9月1日启动，已缴7460人，参保率38%\n")
    assert "已缴7460人，参保率38%" in text


def test_brackets_number_items_of_one_line(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "建成小区41个\n打算\n1）2026年组建率达80%以上 2）覆盖率达70% 3）7个小区引入物业\n",
    )
    assert "一是2026年组建率达80%以上。二是覆盖率达70%。三是7个小区引入物业。" in text.replace(
        "年，", "年"
    ) or ("一是组建率达80%以上。二是覆盖率达70%。三是7个小区引入物业。" in text)


def test_figures_are_printed_without_groups(check_draft: Run) -> None:
    text = _text(check_draft, "受理诉求6,842件其中重复诉求310件\n参加“晨曦”培训1,560人\n")
    assert "受理诉求6842件，其中重复诉求310件" in text and "1560人" in text


def test_the_last_line_of_a_numbered_list_is_no_heading(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "一、就业\n新增就业4210人，完成年度目标的52%。\n二、社保\n参保8.3万人，比上年增加0.4万人。\n三、下一步打算\n"
        "（一）新增就业8000人以上。\n（二）开展专场招聘，不少于20场。\n（三）欠薪案件动态清零。\n联系人：小汪\n",
    )
    assert "欠薪案件动态清零" in text


def test_who_reports_and_what_for(check_draft: Run) -> None:
    text = _text(
        check_draft,
        "述职人：闻人砚  枫桥湾镇党委委员、副镇长，分管城建\n——城建\n本人牵头改造小区4个\n整治街巷12条\n签字：闻人砚  2025.12.28\n",
        genre=Genre.DUTY_REPORT,
    )
    assert "我任枫桥湾镇党委委员、副镇长，分管城建。" in text and "我牵头改造小区4个" in text
    assert "签字" not in text and "2025.12.28" not in text


def test_what_the_notes_doubt_is_told_with_a_warning() -> None:
    drafted = draft_of(Notes({"n.txt": "签约项目9个\n获评县先进单位（待核实）\n"}, {"period": year(2025)}))
    assert "（待核实）" in drafted.draft.text
    assert any("第2行注明“待核实”" in warning for warning in drafted.draft.warnings)
