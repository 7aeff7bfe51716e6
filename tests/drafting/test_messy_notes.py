"""Notes as offices hand them in: chats, points inside a line, remarks in tables, attachments, several fields in one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gov_writer import pipeline
from gov_writer.domain import Genre

from .conftest import Notes, findings, year

Run = Callable[[Notes], pipeline.Drafted]


def drafted(run: Run, files: dict[str, str], **brief: object) -> pipeline.Drafted:
    made = run(Notes(files, {"unit": "雾溪街道", "period": year(2025), **brief}))
    assert not findings(made)
    return made


def told(run: Run, files: dict[str, str], **brief: object) -> str:
    return drafted(run, files, **brief).draft.text


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("应急小陈：检查厂房 412 家次 查隐患 903 条", "检查厂房412家次，查隐患903条"),
        ("城管阿勇：拆违 41 处 0.63 万方", "拆违41处、0.63万方"),
        ("应急小陈：安全生产这块 夜查餐馆 86 家", "安全生产方面，夜查餐馆86家"),
        ("应急小陈：演练 9 场 对了还有转移群众 57 人哈", "演练9场，转移群众57人"),
        ("应急小陈：演练 9 场 1,300 来人参加", "演练9场、1300来人参加"),
        ("应急小陈：持证率由去年 41.5% 提高到 52.3%", "由去年41.5%提高到52.3%"),
        ("应急小陈：发展党员 37 名 其中 35 岁以下 21 名", "其中35岁以下21名"),
        ("应急小陈：12345 热线工单 673 件 办结 671 件", "12345热线工单673件，办结671件"),
        (
            "应急小陈：6月16日雾溪涨水 转移群众 57 人 没有人员伤亡 出动抢险 64 多人次",
            "没有人员伤亡，出动抢险64多人次",
        ),
        ("应急小陈：厂房 3 月 18 号开工 11 月底封顶 面积 4.2 万平方米", "3月18号开工，11月底封顶"),
    ],
)
def test_a_chat_is_told_as_prose(check_draft: Run, line: str, right: str) -> None:
    text = told(check_draft, {"群聊.txt": f"{line}\n应急小陈：巡查工地 31 次\n"})
    assert right in text
    assert "小陈" not in text and "阿勇" not in text


def test_words_that_only_look_like_a_speaker_stay(check_draft: Run) -> None:
    text = told(
        check_draft,
        {"n.txt": "老旧小区：改造6个，惠及1200户\n一老一小：建成托育点3个\n中小学：新增学位270个\n"},
    )
    assert "老旧小区改造6个，惠及1200户" in text and "中小学" in text


def test_points_inside_a_line(check_draft: Run) -> None:
    notes = (
        "走访企业31家\n不足：一是学习不够系统，二是对9个城中村办法不多。\n"
        "困难：1.充电桩缺口大，还缺300个；2.年轻干部少，35岁以下只占28%\n"
    )
    text = told(check_draft, {"n.txt": notes})
    assert "一是学习不够系统。二是对9个城中村办法不多。三是充电桩缺口大，还缺300个。四是年轻干部少" in text


def test_places_behind_a_count_are_no_tag(check_draft: Run) -> None:
    notes = "- 创建示范点2个（桐荫社区、望湖社区）\n- 举办讲座12场（桐荫社区、12月8日）\n"
    text = told(check_draft, {"n.md": notes})
    assert "2个（桐荫社区、望湖社区）" in text and "12月8日" not in text


def test_an_office_and_a_day_above_a_note_are_no_sentence(check_draft: Run) -> None:
    made = drafted(
        check_draft, {"n.txt": "党建工作办公室（12月8日）\n支部96个，党员3412名。\n我办牵头轮训286人次。\n"}
    )
    assert "12月8日" not in made.draft.text and "我办" not in made.draft.text
    assert "党建工作办公室牵头轮训286人次" in made.draft.text


def test_the_table_says_what_a_clerk_would(check_draft: Run) -> None:
    rows = (
        "项目,单位,2024年,2025年,全区位次,备注\n低保对象,户,412,398,,动态管理\n社区食堂,家,4,6,,新增2家\n"
        "高龄津贴,人,3870,4102,3,80岁以上\n残疾人两项补贴,人,1126,1154,,\n"
    )
    text = told(check_draft, {"民政.csv": rows})
    assert "低保对象398户（上年412户）" in text
    assert "社区食堂6家（上年4家），新增2家" in text
    assert "高龄津贴（80岁以上）4102人（上年3870人），居全区第3位" in text
    assert "残疾人两项补贴1154人（上年1126人）" in text


def test_states_and_offices_of_projects(check_draft: Run) -> None:
    rows = (
        "序号,项目名称,总投资（亿元）,形象进度,责任科室\n1,智造园,6.8,主体封顶,经发办\n2,江滨公园,0.45,已完工,城管办\n"
        "3,康养中心,0.62,前期手续,民政办\n"
    )
    text = told(check_draft, {"项目.csv": rows})
    assert "智造园总投资6.8亿元，目前主体封顶" in text and "江滨公园总投资0.45亿元，已完工" in text
    assert "目前处于前期手续阶段" in text and "责任科室" not in text


def test_attachments_stand_below_the_report(check_draft: Run) -> None:
    notes = "- 印发公文312份\n- 走访企业31家\n\n附件：1.公文统计表（312份）\n2.议题清单（216项）\n"
    made = drafted(check_draft, {"党政办.md": notes})
    assert made.draft.text.splitlines()[-3:] == [
        "附件：1.公文统计表（312份）",
        "2.议题清单（216项）",
        "雾溪街道",
    ]
    see = "走访企业31家。有关材料见附件：《指标分析》《项目表（15个）》\n"
    assert "\n附件：1.指标分析\n2.《项目表（15个）》\n" in told(check_draft, {"n.txt": see})


def test_a_line_of_several_fields_is_told_field_by_field(check_draft: Run) -> None:
    notes = (
        "【民生】发放低保金和特困供养金268万元，惠及困难群众1842户次，临时救助203人次；城镇新增就业1206人，完成目标的54.8%；建成长者食堂2家，家庭养老床位80张，适老化改造85户，日间照料中心2处\n"
        "【党建】发展党员11名\n【经济】招引项目9个\n"
    )
    text = told(check_draft, {"n.md": notes})
    assert "临时救助203人次。城镇新增就业1206人，完成目标的54.8%。建成长者食堂2家" in text


def test_plans_name_their_time_once(check_draft: Run) -> None:
    half = {"period": None}
    text = told(
        check_draft,
        {"n.md": "2025年上半年情况\n走访企业31家\n下半年打算：一是新增端口500个；二是演练20场。\n"},
        **half,
    )
    assert "、下半年工作打算\n" in text or "、下半年工作计划\n" in text
    titled = told(
        check_draft,
        {"n.md": "走访企业31家\n下一步：发展党员40名\n明年目标：引进项目25个\n"},
        title="雾溪街道2025年工作总结和2026年工作计划",
    )
    assert "、2026年工作计划\n一是发展党员40名。二是引进项目25个。" in titled


def test_one_matter_with_tables_keeps_its_parts(check_draft: Run) -> None:
    notes = (
        "# 三季度电动车整治情况\n7月至9月，街道开展整治，涉及13个社区。\n一、排查情况\n检查小区74个、出租屋3215间，发现问题1342处；\n"
        "二、整治情况\n* 拆除飞线1342处\n* 约谈物业公司11家\n三、长效建设\n- 新建充电棚96处\n- 8月15日开展演练，参加居民450余人\n"
        "下步：年底前再建充电棚30处。\n"
    )
    table = "社区,发现问题（处）,已整改（处）,整改率\n麦冬社区,312,305,97.8%\n半夏社区,287,287,100%\n"
    text = told(check_draft, {"n.md": notes, "社区.csv": table}, genre=Genre.SITUATION_REPORT, period=None)
    heads = ("一、排查情况", "二、整治情况", "三、长效建设", "四、下一步工作打算")
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    assert "半夏社区发现问题287处，已整改287处" in text


def test_labels_of_fields_are_not_told_twice(check_draft: Run) -> None:
    notes = (
        "本人2025年3月任雾溪街道党工委书记，分管党的建设。\n抓发展：带队招商14次，签约项目12个。税收收入6.83亿元，增长6.6%。\n"
        "抓民生：\n* 新建日间照料中心2处\n廉洁自律：班子成员谈话24人次\n"
    )
    text = told(check_draft, {"述职.txt": notes}, genre=Genre.DUTY_REPORT)
    assert "抓发展方面" not in text and "廉洁自律方面" not in text
    assert text.index("2025年3月任") < text.index("一、")
    assert text.index("企业服务") < text.index("6.83亿元") < text.index("廉洁自律")


def test_a_chat_s_heads_say_who_speaks_and_nothing_else(check_draft: Run) -> None:
    chat = (
        "党建办-小沈 2025-12-15 09:12:44\n各位好，党建这边的数：支部 74 个，党员 2618 名\n城建办 老吕 2025-12-15 09:20:03\n"
        "我办老旧小区改造 3 个，惠及 1126 户\n平安办 阿芳 2025-12-15 10:02:31\n[图片]\n接报案件 73 起↓12%\n"
        "党政办 2025-12-15 14:00:00\n收到，大家辛苦！材料请在17号前发齐，联系人小顾 88123456\n"
    )
    made = drafted(check_draft, {"群.txt": chat})
    text = made.draft.text
    assert "支部74个，党员2618名" in text and "城建办老旧小区改造3个，惠及1126户" in text
    assert "接报案件73起，下降12%" in text
    for word in ("09:12", "12-15", "小沈", "老吕", "各位好", "图片", "17号", "小顾", "88123456", "收到"):
        assert word not in text


def test_numbered_lines_with_lists_below_are_headings(check_draft: Run) -> None:
    notes = (
        "### 应急办\n1、安全生产\n（1）检查企业986家次\n（2）事故0起，同比减少2起\n2、消防\n（1）微型消防站41个\n"
        "3. 2026年打算：创建示范社区3个\n"
    )
    text = told(check_draft, {"n.md": notes})
    assert "安全生产；" not in text and "消防。" not in text
    assert "一、" in text and "创建示范社区3个" in text[text.index("2026年工作计划") :]


def test_days_and_clocks_with_gaps(check_draft: Run) -> None:
    notes = "7月18日20时起降雨187毫米\n- 18 日 18:00 启动应急响应，19 日 6:00 升级\n- 抢通道路15处，剩 2 处 22 日前抢通\n"
    text = told(check_draft, {"n.md": notes})
    assert "18日18:00启动应急响应，19日6:00升级" in text and "剩2处，22日前抢通" in text


def test_what_every_report_begins_with_is_left_out(check_draft: Run) -> None:
    notes = "今年，我站在街道党工委的正确领导下，圆满完成了各项任务。现总结如下：\n复耕抛荒地215亩。\n"
    text = told(check_draft, {"农经站.txt": notes})
    assert "圆满完成" not in text and "复耕抛荒地215亩" in text


def test_a_plan_behind_a_semicolon_is_no_problem(check_draft: Run) -> None:
    text = told(
        check_draft, {"n.txt": "走访企业31家\n不足：文化空间少；明年计划建文化家园2个，面积约900平方米\n"}
    )
    assert text.index("文化空间少") < text.index("2026年工作计划") < text.index("文化家园2个")


def test_this_year_goes_without_saying_and_last_year_in_brackets(check_draft: Run) -> None:
    rows = "指标,单位,本年累计,上年同期,同比增长（%）,年度目标,完成率（%）\n规上工业总产值,亿元,38.62,36.15,6.8,38,101.6\n"
    text = told(check_draft, {"经济.csv": rows})
    assert (
        "规上工业总产值38.62亿元，同比增长6.8%（上年同期36.15亿元），年度目标为38亿元，完成率101.6%" in text
    )
    moved = "类别,数量,单位,较上年\n拆除违建,15600,平方米,增加2300平方米\n清运垃圾,4.3,万吨,下降6.5%\n"
    assert "拆除违建15600平方米，较上年增加2300平方米" in told(check_draft, {"城管.csv": moved})
