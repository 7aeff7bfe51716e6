"""Notes as offices really hand them in: telegraphic, tabular, contradictory, personal; places are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Brief, Genre, Needs, Period, Theme

from .conftest import Notes, assert_guarantees, year

Run = Callable[[Notes], pipeline.Drafted]
SETS = {
    "telegraphic": "云岫街道2025年工作素材\n党建：支部42个，换届完成；主题党日516场\n"
    "项目：签约7个 总投资18.6亿 开工5个 竣工2个\n安全：排查8640 整改率98.7% 立案12 罚款36.5万\n",
    "plain": "青萝街道办事处\n今年以来共排查各类安全隐患3562处\n整改率98.2%\n社区食堂新开3家\n"
    "明年打算新建口袋公园2个\n还要改造老旧小区5个\n目前主要困难是网格员缺18人\n经费缺口约65万元\n",
    "points": "2025年，沙洲街道财政总收入2.36亿元，增长7.2%。\n一是抓招商。外出招商12批次，签约项目11个。\n"
    "二是抓项目。9个市区重点项目完成投资8.7亿元。\n三是抓消费。举办促消费活动8场，带动消费1300余万元。\n",
    "labels": "### 综治办（12月12日报）\n* 反诈：劝阻电诈警情47起，挽损约186万元\n* 群租房：摸排1204户，整治率99%\n"
    "* 工地：检查210次、整改88处\n* 夜巡300次\n",
    "spaces": "老旧小区改造投入 331.5 万元\n发放资料 2.6 万份\n新增绿地 2 万平方米，走访困难群众 560 户\n",
    "latin": "部署AI摄像头126个，接入IoT设备3200台\n铺设管网3.6km，绿化5000m²\n建成City Hub平台1个\n",
    "plans": "# 柏树街道2026年计划\n- 计划新建幼儿园1所\n- 拟引进企业12家\n- 改造老旧小区3个\n",
    "masks": "- 开展技能培训X场，培训【待补】人\n- 发放慰问金____万元\n- 救助流浪人员15人次\n- 新建服务站XX个，惠及老人1260人\n",
    "one": "建成社区食堂4家",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in SETS if name != "masks"])
def test_guarantees(check_draft: Run, name: str) -> None:
    check_draft(Notes({f"{name}.md": SETS[name]}, {"period": year(2025)}))


def test_masks_are_told_as_they_stand(check_draft: Run) -> None:
    text = check_draft(Notes({"n.md": SETS["masks"]})).draft.text
    assert "15人次" in text and "培训【待补】人" in text


def test_gaps_between_figures_are_commas(check_draft: Run) -> None:
    text = check_draft(Notes({"n.md": SETS["telegraphic"]})).draft.text
    assert "排查8640，整改率98.7%，立案12，罚款36.5万" in text
    assert "签约7个，总投资18.6亿元，开工5个，竣工2个" in text


def test_problems_and_plans_of_plain_lines(check_draft: Run) -> None:
    text = check_draft(Notes({"n.txt": SETS["plain"]})).draft.text
    problems, plans = text.index("存在的问题"), text.index("、下一步")
    assert problems < text.index("缺18人") < plans < text.index("改造老旧小区5个")


def test_a_points_heading_is_no_sentence(check_draft: Run) -> None:
    text = check_draft(Notes({"n.txt": SETS["points"]})).draft.text
    assert "抓招商。" not in text and "外出招商12批次" in text


def test_a_label_that_names_what_is_counted_stays(check_draft: Run) -> None:
    text = check_draft(Notes({"n.md": SETS["labels"]})).draft.text
    assert "群租房摸排1204户" in text and "工地方面，检查210次" in text
    assert "12月12日" not in text


def test_a_plan_as_title_makes_plans(check_draft: Run) -> None:
    text = check_draft(Notes({"n.md": SETS["plans"]})).draft.text
    assert text.startswith("柏树街道2026年工作计划\n") and "总结" not in text
    assert "改造老旧小区3个" in text


def test_departments_contradict_each_other(check_draft: Run) -> None:
    drafted = check_draft(
        Notes(
            {
                "a应急办.md": "- 排查安全隐患8753处\n- 12月5日召开安全生产大会\n- 安全生产考核位列全区第二\n- 发放宣传资料1.2万份\n",
                "b综合办.md": "- 全年共排查安全隐患8573处\n- 12月6日召开安全生产大会\n- 安全生产考核排名全区第三\n"
                "- 发放宣传资料12000份\n- 新增绿地3.2公顷\n",
            }
        )
    )
    reasons = {u.reason.split()[0] for u in drafted.draft.unused}
    assert reasons == {"contradicts", "repeats"} and len(drafted.draft.unused) == 4
    text = drafted.draft.text
    assert all(gone not in text for gone in ("8573", "12月6日", "第三", "12000份")) and "3.2公顷" in text


def test_personal_data_goes_without_a_trace(check_draft: Run) -> None:
    drafted = check_draft(
        Notes(
            {
                "信访.md": "- 信访人李桂芳（身份证号110101199003074514，电话13812345678）反映漏水，补偿2.8万元\n"
                "- 受理信访件186件\n- 联系人：赵主任 0571-88886666\n",
                "名单.csv": "姓名,身份证号,救助金额（元）\n刘桂英,110101196503074512,2000\n合计,,2000\n",
            }
        )
    )
    text = drafted.draft.text
    assert "186件" in text and "合计救助金额" in text and "（）" not in text
    assert not any(word in text for word in ("李桂芳", "刘桂英", "88886666", "138123", "110101"))


def test_an_author_introduces_himself_first(check_draft: Run) -> None:
    notes = "我叫张启明，担任兰亭街道副书记，分管平安建设和信访。\n我带队走访企业36家。\n我牵头化解信访积案8件。\n今后我将每季度调研5次\n"
    brief = {"genre": Genre.DUTY_REPORT, "period": year(2025), "unit": "兰亭街道"}
    text = check_draft(Notes({"述职.txt": notes}, brief)).draft.text
    assert text.index("我叫张启明") < text.index("一、")


@pytest.mark.parametrize("merged", [True, False])
def test_goals_and_results_under_a_year(tmp_path: Path, merged: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["竹溪街道2025年重点指标完成情况"])
    sheet.append(["序号", "指标名称", "计量单位", "2025年", None, "2024年完成", "同比%"])
    sheet.append([None, None, None, "目标", "完成", None, None])
    sheet.append([1, "固定资产投资", "亿元", 12, 12.5, 11.8, 5.9])
    sheet.append([2, "信访积案化解", "件", 20, 18, 22, -18.2])
    sheet.append([3, "群众满意度", "%", 95, 97.2, 96.1, None])
    if merged:
        for cells in ("D2:E2", "A2:A3", "B2:B3", "C2:C3", "F2:F3", "G2:G3"):
            sheet.merge_cells(cells)
    path = tmp_path / "指标.xlsx"
    book.save(path)
    source = ingest.read(path)
    drafted = pipeline.draft(pipeline.Request(brief=Brief(sources=(path.name,)), sources=(source,)))
    assert_guarantees(drafted)
    text = drafted.draft.text
    assert text.startswith("竹溪街道2025年")
    assert "固定资产投资目标为12亿元，完成12.5亿元，同比增长5.9%，上年完成11.8亿元" in text
    assert "信访积案化解目标为20件，完成18件，同比下降18.2%" in text
    assert "群众满意度目标为95%，实际为97.2%，上年为96.1%" in text


def test_half_year_table_in_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "指标.csv"
    rows = (
        "指标,1-6月,上年同期,增减\n社会消费品零售总额（亿元）,6.8,6.3,7.9%\n外资到位（万美元）,320,410,-22%\n"
    )
    path.write_bytes(rows.encode("gb18030"))
    half = Period(text="2025H1", start=date(2025, 1, 1), end=date(2025, 6, 30))
    brief = Brief(sources=(path.name,), period=half, unit="石桥街道")
    drafted = pipeline.draft(pipeline.Request(brief=brief, sources=(ingest.read(path),)))
    assert_guarantees(drafted)
    assert "社会消费品零售总额6.8亿元，增长7.9%（上年同期6.3亿元）" in drafted.draft.text
    assert "指标为" not in drafted.draft.text


def test_a_figure_below_its_label(check_draft: Run) -> None:
    drafted = check_draft(
        Notes({"n.txt": "隐患排查：\n8753处\n整改率：\n98.6%\n老旧小区改造投入\n331.5 万元\n"})
    )
    assert [f.subject for f in drafted.ledger.facts] == ["隐患排查", "整改率", "老旧小区改造投入"]
    assert "隐患排查8753处" in drafted.draft.text


def test_plans_alone_are_no_work_done(check_draft: Run) -> None:
    text = check_draft(Notes({"n.md": SETS["plans"]}, {"period": year(2025)})).draft.text
    assert text.startswith("柏树街道2026年工作计划\n") and "工作完成情况" not in text


def test_a_heading_outside_the_briefs_sections(check_draft: Run) -> None:
    notes = "党建引领\n开展“三会一课”320次\n项目建设\n新开工项目9个\n民生服务\n新建助餐点6处\n环境整治\n清理楼道杂物1560处\n"
    brief = {"sections": ["党建引领", "项目建设", "民生服务"], "unit": "望江街道", "period": year(2025)}
    drafted = check_draft(Notes({"n.md": notes}, brief))
    assert [u.reason for u in drafted.draft.unused] == ["out of scope"]
    assert "1560" not in drafted.draft.text


def test_last_years_value_stays_with_its_line_and_a_plans_line_is_a_plan(check_draft: Run) -> None:
    notes = {
        "综治办.md": "# 综治办\n- 全年排查矛盾纠纷326起，化解319起\n- 去年排查281起\n- 反诈宣传进社区48场\n",
        "民政科.md": "# 民政科\n- 改造公厕6座\n明年打算：再建1个长者食堂；改造公厕9座\n",
    }
    drafted = check_draft(Notes(notes, {"period": year(2025)}))
    text = drafted.draft.text
    assert "化解319起；去年排查281起" in text.replace("。去年", "；去年")
    assert text.index("下一步") < text.index("公厕9座") and not drafted.warnings


def test_a_theme_that_names_a_part_stands_in_its_heading(check_draft: Run) -> None:
    themes = (Theme(name="党的建设"), Theme(name="民生保障"), Theme(name="营商环境"))
    notes = {"n.md": "- 新发展党员12名\n- 发放低保金38.6万元\n- 拆除违建15处\n"}
    drafted = check_draft(Notes(notes, {"period": year(2025), "themes": themes}))
    assert "抓好党的建设" in drafted.draft.text and "抓好民生保障" in drafted.draft.text
    assert [theme.name for theme in drafted.outline.unmet_themes] == ["营商环境"]


def test_a_table_of_places_is_told_by_what_it_counts(check_draft: Run) -> None:
    table = "社区,党员数,党组织数\n桂溪,312,9\n望岭,287,8\n合计,599,17\n"
    text = check_draft(Notes({"党建.csv": table}, {"period": year(2025)})).draft.text
    assert "党员共599人，其中桂溪社区312人、望岭社区287人" in text
    assert "党组织数为17，其中桂溪社区为9，望岭社区为8" in text


def test_rows_of_projects_stay_together_and_dates_are_dates(check_draft: Run) -> None:
    table = "项目名称,开工日期,总投资（亿元）,进度\n滨河路改造,2025年3月18日,1.2,72%\n望岭学校,2025年5月,0.85,36%\n"
    text = check_draft(Notes({"进度.csv": table}, {"period": year(2025)})).draft.text
    assert "总投资1.2亿元，进度为72%。望岭学校开工日期为2025年5月" in text


def test_a_theme_that_names_a_topic_needs_something_about_it(check_draft: Run) -> None:
    themes = (Theme(name="安全生产"), Theme(name="信访维稳"))
    notes = {"n.md": "- 排查安全隐患312处，整改305处\n- 组织消防演练16场\n- 发放救助金38.6万元\n"}
    drafted = check_draft(Notes(notes, {"period": year(2025), "themes": themes}))
    assert "抓好安全生产" in drafted.draft.text
    assert [theme.name for theme in drafted.outline.unmet_themes] == ["信访维稳"]


def test_who_handed_a_file_in_is_not_told(check_draft: Run) -> None:
    notes = "应急管理办（王晓东报，电话13812345678）\n检查企业1146家次，发现隐患2358条\n消防演练28次\n"
    text = check_draft(Notes({"n.md": notes}, {"period": year(2025)})).draft.text
    assert "王晓东" not in text and "应急管理办（" not in text


def test_a_growth_behind_a_figure_has_its_comma(check_draft: Run) -> None:
    text = check_draft(Notes({"n.md": "# 经济\n固投 12.7亿元 +9.3%\n新增企业11家\n"})).draft.text
    assert "固投12.7亿元，增长9.3%" in text


def test_a_label_is_told_once_and_never_lost(check_draft: Run) -> None:
    notes = "# 平安\n- 矛盾纠纷排查调处：排查693起，化解681起\n- 发放救灾物资：棉被120床、毛毯46条\n- 反诈：劝阻47起\n"
    text = check_draft(Notes({"n.md": notes})).draft.text
    assert "矛盾纠纷排查调处方面，排查693起" in text and "发放救灾物资棉被120床、毛毯46条" in text


def test_a_report_kept_as_it_is_keeps_its_labels(check_draft: Run) -> None:
    notes = (
        "一、主要工作\n（一）征收\n老机床厂片区征收：涉及487户，签约462户。协调解决各类难题63个，推动项目早日落地见效。\n"
        "二、不足\n1.理论学习不够系统 2.深入一线时间偏少，下半年到社区次数比上半年少9次\n"
        "三、下步\n征收剩余25户上半年签完，每月至少下社区4次，桐花社区老旧小区改造3月底开工\n"
    )
    text = check_draft(Notes({"n.txt": notes}, {"period": year(2025)})).draft.text
    assert "老机床厂片区征收方面，涉及487户" in text
    assert "一是理论学习不够系统。二是深入一线时间偏少" in text


def test_what_there_is_was_not_completed(check_draft: Run) -> None:
    table = "项目,单位,2024年,2025年目标,2025年完成\n低保户,户,342,,318\n养老服务站,个,7,10,10\n"
    text = check_draft(Notes({"n.csv": table}, {"period": year(2025)})).draft.text
    assert "低保户318户（上年342户）" in text and "养老服务站目标为10个，完成10个" in text


def test_a_day_of_the_title_is_told_once(check_draft: Run) -> None:
    notes = "# 7月28日强降雨应对情况（防汛值班室）\n7月28日15时发布预警，转移群众214户583人\n排查险情37处，处置35处\n"
    drafted = check_draft(Notes({"n.md": notes}, {"period": year(2025), "genre": Genre.SITUATION_REPORT}))
    assert "防汛值班室" not in drafted.draft.text
    assert any(u.reason.startswith("repeats") for u in drafted.draft.unused)


def test_problems_and_plans_under_one_heading(check_draft: Run) -> None:
    notes = (
        "一、低保救助\n在册低保对象486户712人，发放低保金214.6万元。\n二、存在问题及下半年打算\n"
        "一是养老护理员短缺，持证人员仅17名。\n下半年，计划新建社区食堂1家，举办活动10场。\n民政科  2025年7月2日\n"
    )
    half = Period(text="2025H1", start=date(2025, 1, 1), end=date(2025, 6, 30))
    sources = {
        "民政.txt": notes,
        "执法.txt": "1.查处违建42起\n2.下半年：再拆存量违建20起以上，力争满意率达到95%\n",
    }
    text = check_draft(Notes(sources, {"period": half})).draft.text
    problems, plans = text.index("存在的问题"), text.index("、下半年工作")
    assert problems < text.index("持证人员仅17名") < plans < text.index("新建社区食堂1家")
    assert plans < text.index("20起以上") and "下半年，养老护理员" not in text
    assert "7月2日" not in text


def test_a_figure_behind_a_label_may_begin_a_clause(check_draft: Run) -> None:
    notes = "# 党建\n- 社区书记队伍：9个社区书记平均年龄41.3岁\n- 投诉件：受理12345热线工单1356件\n- 群租房：1204户，整治1190户\n"
    text = check_draft(Notes({"n.md": notes})).draft.text
    assert "社区书记队伍方面，9个社区书记平均年龄41.3岁" in text
    assert "投诉件方面，受理12345热线工单1356件" in text and "群租房1204户" in text


#: One matter, told by one office's labelled list and again by another's line.
MATTER = (
    "**创建文明城市工作情况**（创文专班 12.10）\n1. 组织领导：成立工作专班6个，召开推进会14次\n"
    "2. 宣传：公益广告设置1260处，发放宣传单3.2万份\n3. 志愿服务：注册志愿者8640人，开展活动520场次\n"
    "4. 环境：清理卫生死角726处、小广告1.5万处\n5. 秩序：劝导不文明行为4870人次，拖移僵尸车93辆\n6. 投入：累计投入资金387万元\n"
)


def test_one_matter_is_told_by_the_labels_of_its_list(check_draft: Run) -> None:
    fields = {
        "period": year(2025),
        "genre": Genre.WORK_BRIEFING,
        "title": "湖滨街道创建文明城市工作情况汇报",
        "unit": "湖滨街道",
    }
    theme = Theme(name="志愿服务", needs=Needs.FIGURE, section="志愿")
    text = check_draft(Notes({"a.md": MATTER}, fields)).draft.text
    assert "湖滨街道围绕创建文明城市工作，逐项抓好落实" in text
    assert "二是宣传。公益广告设置1260处" in text and "三是志愿服务。注册志愿者" in text
    text = check_draft(Notes({"a.md": MATTER}, {**fields, "themes": (theme,)})).draft.text
    assert "三是环境。清理卫生死角" in text and "是志愿服务。" not in text


def test_what_another_office_says_again_is_told_once(check_draft: Run) -> None:
    again = "城管科：全年清理卫生死角762处，小广告约1.5万处，拖移僵尸车93辆\n改造公厕7座，总投资126万元\n"
    drafted = check_draft(Notes({"a.md": MATTER, "b.txt": again}, {"period": year(2025)})).draft
    assert drafted.text.count("僵尸车") == 1 and drafted.text.count("小广告") == 1
    assert sorted(u.reason.split()[0] for u in drafted.unused) == ["contradicts", "repeats", "repeats"]


def test_a_line_without_a_section_goes_where_its_file_belongs(check_draft: Run) -> None:
    notes = "1.查处违建42起\n2.投诉件：受理12345热线工单1356件，办结1339件\n"
    sections = {"sections": ("城市管理", "民生保障"), "period": year(2025)}
    drafted = check_draft(Notes({"综合执法.txt": notes}, sections)).draft
    assert "1356件" in drafted.text and not drafted.unused


def test_an_offices_own_summary(check_draft: Run) -> None:
    notes = (
        "农业农村办2025年工作总结\n\n（一）粮食生产：播种面积4.82万亩，总产1.96万吨。\n"
        "（二）动物防疫：免疫生猪1.2万头、家禽8.6万羽，应免尽免率100%\n"
        "2026年打算：新建高标准农田2000亩；培育家庭农场5家。\n以上总结，请审阅。\n2025年12月5日\n"
    )
    more = "12月15日全镇大会上镇长强调：明年要确保财政收入增长8%\n实施重点项目13个，完成投资2.6亿元\n"
    table = "村名,脱贫户（户）,发放小额信贷（万元）\n青石村,86,45\n柳坝村,64,30\n合计,150,75\n"
    sources = {"农业农村办.md": notes, "财政.txt": more, "乡村振兴.csv": table}
    text = check_draft(Notes(sources, {"period": year(2025), "unit": "青石镇"})).draft.text
    assert "动物防疫方面，免疫生猪1.2万头" in text and "请审阅" not in text and "12月5日" not in text
    plans = text.index("、下一步")
    assert plans < text.index("2026年，新建高标准农田2000亩") and plans < text.index("财政收入增长8%")
    assert "网格服务" not in text  # the table is the village office's, its rows stay together


def test_a_line_that_opens_a_labelled_list_stays_first(check_draft: Run) -> None:
    notes = (
        "1.查处违建42起，拆除面积6300平方米，其中存量28起4100平方米\n2.市容：清理占道经营1860处次，立案处罚53起\n3.油烟：检查餐饮店218家，安装净化设施196家，安装率89.9%\n"
        "4.渣土车：夜查45次，查处违规车辆37辆次\n5.垃圾分类：建成投放点74个，参与率达到91%\n"
    )
    text = check_draft(Notes({"综合执法.txt": notes}, {"period": year(2025)})).draft.text
    assert text.index("查处违建42起") < text.index("一是市容。") < text.index("二是油烟。")


def test_what_agrees_beside_a_contradiction_is_a_repetition(check_draft: Run) -> None:
    sources = {
        "a.md": "金桂苑二期共6幢318户，化解积案5件\n",
        "b.txt": "金桂苑二期：6幢316户\n监管账户余额820万元\n",
    }
    drafted = check_draft(Notes(sources, {"period": year(2025)}))
    reasons = {u.fact: u.reason.split()[0] for u in drafted.draft.unused}
    assert sorted(reasons.values()) == ["contradicts", "repeats"]
    assert not any("为“6幢”" in warning for warning in drafted.draft.warnings)
