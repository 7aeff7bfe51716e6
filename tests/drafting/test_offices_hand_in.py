"""What offices put around and between their figures: signatures, chat lines, labels in brackets, arrows, strokes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gov_writer import pipeline
from gov_writer.domain import Period

from .conftest import Notes, year

Run = Callable[[Notes], pipeline.Drafted]


def _told(check_draft: Run, *notes: str, ending: str = "md") -> str:
    files = {f"{number}.{ending}": note for number, note in enumerate(notes, 1)}
    return check_draft(Notes(files, {"period": year(2025), "unit": "青禾镇"})).draft.text


def test_a_signature_below_the_plans_is_no_plan(check_draft: Run) -> None:
    text = _told(
        check_draft,
        "# 党建办小结\n- 讲党课22场\n\n四、2026年打算\n- 培育后备干部30名\n\n党建办  王海波\n2025年12月10日\n",
        "综治办小结\n（一）调解情况。调解纠纷428件。\n三、下步打算\n一是化解积案12件。\n特此报告。\n      综治办\n   2025年12月8日\n",
    )
    assert "王海波" not in text and "综治办" not in text and "化解积案12件" in text


def test_who_filled_it_in_may_stand_in_brackets(check_draft: Run) -> None:
    text = _told(
        check_draft, "民政科\n（填报人：李晴  审核：张科长）\n- 临时救助97人次\n- 发放高龄津贴215.6万元\n"
    )
    assert "李晴" not in text and "审核" not in text


def test_a_message_on_one_line_loses_its_time_and_speaker(check_draft: Run) -> None:
    text = _told(
        check_draft,
        "[综治群]\n12-15 09:12 刘勇：各科室把年度数据发一下\n12-15 09:21 陈小雨：信访件 112 件，按期办结率 100%\n"
        "12-15 09:31 吴江：检查企业 326家次\n12-15 09:50 刘勇：收到，辛苦\n",
        ending="txt",
    )
    assert not any(said in text for said in ("刘勇", "陈小雨", "09:", "辛苦", "发一下", "12-15"))
    assert "信访件112件" in text


def test_a_label_in_brackets_that_is_counted_is_told(check_draft: Run) -> None:
    text = _told(check_draft, "农业办\n【高标准农田】新建3200亩，改造提升1500亩\n【防返贫】监测对象32户\n")
    assert "高标准农田新建3200亩" in text


def test_arrows_strokes_and_signs_are_words(check_draft: Run) -> None:
    text = _told(
        check_draft,
        "- 志愿服务 35场 → 820人次\n- 发展党员15名/转接组织关系208人次\n- 查处违建23宗/2850平方米\n- 选派指导员16名，同比+3名\n",
    )
    assert "35场，820人次" in text and "15名，转接" in text
    assert "23宗、2850平方米" in text and "同比增加3名" in text


def test_a_plan_without_figure_is_no_heading(check_draft: Run) -> None:
    text = _told(
        check_draft,
        "农业办\n- 建成水渠3条\n\n明年：\n粮播面积稳定在4.2万亩以上\n创建省级强镇\n拟新建冷库1座\n",
        ending="txt",
    )
    assert "创建省级强镇" in text


def test_a_count_becomes_more_or_fewer(check_draft: Run) -> None:
    table = "指标,单位,2025年,2024年,增减\n低保户,户,412,436,-24\n老年食堂,家,5,2,3\n"
    text = _told(check_draft, table, ending="csv")
    assert "减少24户" in text and "增加3家" in text


def test_projects_keep_their_village_and_a_day_ahead_is_a_plan(check_draft: Run) -> None:
    table = (
        "村名,项目名称,总投资（万元）,完成情况,受益户数\n河西村,机耕路硬化3.2公里,145,已完工,186\n"
        "石塘村,文化广场,60,完成80%,90\n大坪村,河道整治1.8公里,210,2026年3月完工,312\n"
    )
    text = _told(check_draft, table, ending="csv")
    assert "石塘村文化广场" in text and "广场村" not in text and "计划2026年3月完工" in text


def test_the_columns_of_one_table_stay_together(check_draft: Run) -> None:
    table = "社区,检查场所（家）,发现隐患（处）,培训（人次）\n锦华社区,126,318,420\n春晓社区,98,205,360\n合计,224,523,780\n"
    notes = {"应急.csv": table, "社会.md": "社会事务\n- 失业人员再就业423人\n- 举办招聘会9场\n"}
    text = check_draft(Notes(notes, {"period": year(2025)})).draft.text
    paragraph = next(line for line in text.split("\n") if "发现隐患共523处" in line)
    assert "培训共780人次" in paragraph and "招聘会" not in paragraph


def test_points_that_begin_with_their_subject(check_draft: Run) -> None:
    text = _told(
        check_draft,
        "党政办情况\n\n一是办文办会。收文1126件；承办会议41场。\n二是督查：重点事项督办36项，办结33项\n三是信息：上报信息58篇\n",
    )
    assert "二是督查方面" not in text and "办文办会。" not in text and "督办36项" in text


def test_a_field_that_ends_in_a_village_is_no_place(check_draft: Run) -> None:
    text = _told(
        check_draft,
        "### 农业农村\n- 早稻收购3860吨\n- 水毁修复：农田286亩、沟渠4.3公里\n- 农机购置补贴48.9万\n",
    )
    assert "农业农村早稻" not in text and "农业农村水毁" not in text


def test_what_is_planned_for_the_quarter_after(check_draft: Run) -> None:
    third = Period(text="2025年第三季度", start=date(2025, 7, 1), end=date(2025, 9, 30))
    notes = (
        "农业\n- 收购早稻3860吨\n### 下季度\n- 冬修水利15处\n- 油菜播种0.8万亩\n",
        "党政办\n- 收文1126件\n四季度：\n1、完成档案整理2400卷\n2、筹备镇人代会\n",
        "民政\n- 临时救助97人次\n计划：10月底前完成重阳节活动；12月底前医保参保率达95%\n",
    )
    drafted = check_draft(Notes({f"{n}.md": note for n, note in enumerate(notes)}, {"period": third}))
    text = drafted.draft.text
    ahead = text.index("工作计划\n")
    for plan in ("冬修水利15处", "油菜播种", "筹备镇人代会", "重阳节", "参保率达95%"):
        assert text.index(plan) > ahead


def test_a_fall_alone_in_its_clause(check_draft: Run) -> None:
    assert "外贸出口3.4亿元，下降4.7%" in _told(
        check_draft, "经发办\n- 外贸出口3.4亿元，-4.7%\n- 签约项目4个\n"
    )


def test_whom_a_visit_was_for(check_draft: Run) -> None:
    text = _told(check_draft, "社会事务办\n\n民政：临时救助97人次\n退役军人：走访64人\n", ending="txt")
    assert "退役军人" in text


def test_columns_of_problems_and_next_steps_go_to_their_parts(check_draft: Run) -> None:
    table = (
        "| 序号 | 工作 | 进展 | 存在问题 | 下步打算 |\n|---|---|---|---|---|\n"
        "| 1 | 集镇雨污分流改造 | 完成管网3.8公里 | 2处管线迁改慢 | 11月底完工 |\n"
        "| 2 | 南溪河治理 | 清淤2.6公里 | 无 | 完成剩余0.8公里护岸 |\n"
        "| 3 | 农房安全 | 排查1860栋 | 资金缺口28万元 | 持续巡查 |\n"
    )
    text = _told(check_draft, table)
    problems, plans = text.index("存在的问题"), text.index("工作计划\n", text.index("存在的问题"))
    assert "集镇雨污分流改造完成管网3.8公里" in text and "南溪河治理方面，清淤2.6公里" in text
    assert problems < text.index("管线迁改慢") < plans < text.index("0.8公里护岸")
    assert "为无" not in text and "下步打算" not in text


def test_bullets_of_other_makes(check_draft: Run) -> None:
    text = _told(
        check_draft,
        "平安办\n\n◎ 刑事警情 186起\n◎ 矛盾纠纷：受理 1032 件\n※ 薄弱环节：外来人口管理难，登记率仅91%\n\n平安办\n二〇二五年十二月九日\n",
        ending="txt",
    )
    assert not any(mark in text for mark in "◎※") and "十二月九日" not in text
    assert text.index("存在的问题") < text.index("登记率仅91%")
