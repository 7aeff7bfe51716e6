"""Forms that are rarer in reports, each of which was once misread: see test_forms for the common ones."""

from __future__ import annotations

from datetime import date

import pytest

from gov_writer.domain import Kind, Mention
from gov_writer.facts import scan

AS_OF = date(2024, 12, 20)
TIMES = {Kind.DATE, Kind.DATE_RANGE, Kind.PERIOD}


def _read(text: str) -> list[Mention]:
    return list(scan(text, as_of=AS_OF))


def _figures(text: str) -> list[str]:
    """Each figure as ``words value unit approx``, with Δ for a rise or fall of an amount."""
    said = []
    for m in _read(text):
        if m.kind in TIMES or m.kind in {Kind.LABEL, Kind.PLACEHOLDER}:
            continue
        value = "-" if m.value is None else f"{m.value:f}"
        if m.approx == "range":
            value = f"{m.low:f}..{m.high:f}"
        approx = "" if m.approx in {"exact", "range"} else m.approx.value
        delta = "Δ" if m.sub == "delta" or m.kind is Kind.GROWTH else ""
        said.append(" ".join(filter(None, [m.text, value, m.unit or "", approx, delta])))
    return said


FIGURES = [
    # 多 before a unit that begins like another word
    ("登记200多项、收入6000多元", ["200多项 200 项 more-than", "6000多元 6000 元 more-than"]),
    ("浇筑十多方，巡查30多次", ["十多方 10 方 more-than", "30多次 30 次 more-than"]),
    ("多元共治，多项举措，多样化", []),
    # blanks and plus signs typed in a hurry
    ("投入1 286 400元，拨付12 300.5万元", ["1 286 400元 1286400 元", "12 300.5万元 123005000 元"]),
    ("走访1 000余户，共计36 800。", ["1 000余户 1000 户 more-than", "36 800 36800"]),
    ("东岭 120 135户", ["120 120", "135户 135 户"]),
    ("服务5000+户、100+家", ["5000+户 5000 户 at-least", "100+家 100 家 at-least"]),
    ("拨付3w元，打卡2k人，播放50w+", ["3w元 30000 元", "2k人 2000 人", "50w+ 500000 at-least"]),
    ("开展5K健步走", []),
    ("拨付１，２８６，４００元", ["１，２８６，４００元 1286400 元"]),
    ("每月下乡不能少于17天，不得超过3次", ["不能少于17天 17 天 at-least", "不得超过3次 3 次 at-most"]),
    ("覆盖10街道、13部门，工期延长2个月", ["10街道 10 街道", "13部门 13 部门", "延长2个月 2 个月 Δ"]),
    ("整治东岭新村52栋至54栋和8栋东面，四套班子调研", []),
    ("按平均汇率6.8985折算，采用“1+X”托管模式，东岭49中、云溪8中成功创建", ["6.8985 6.8985"]),
    ("提前7个月完成任务，限上批零、住餐销售", ["7个月 7 个月"]),
    ("1月14日早晨7点多，党员到岗", []),
    ("以总分第一的成绩晋级，得分第三", ["第一 1", "第三 3"]),
    # a raised point, a full-width stroke
    ("用电增长19·5％，压减1／4", ["增长19·5％ 19.5 % Δ", "压减1／4 -25 % Δ"]),
    # percentages in characters
    ("增幅在百分之八至九", ["百分之八至九 8..9 %"]),
    ("百分之八到百分之十", ["百分之八到百分之十 8..10 %"]),
    ("由百分之五到百分之八", ["百分之五 5 %", "百分之八 8 %"]),
    ("提高2个多百分点", ["提高2个多百分点 2 个百分点 more-than Δ"]),
    # halves
    (
        "用了一个半月、半个多月、半年多",
        ["一个半月 1.5 个月", "半个多月 0.5 个月 more-than", "半年多 0.5 年 more-than"],
    ),
    ("警情减少一半，近一半为邻里纠纷", ["减少一半 -50 % Δ", "近一半 50 % less-than"]),
    ("发案下降一半以上", ["下降一半以上 -50 % at-least Δ"]),
    ("实行五天半工作制", ["五天半 5.5 天"]),
    # times
    ("增长一倍多，是上年的3倍多", ["增长一倍多 100 % more-than Δ", "3倍多 3 倍 more-than"]),
    ("实现两年翻番", ["两年 2 年", "翻番 100 % Δ"]),
    # compared amounts
    ("比上年少3起，较去年多5件", ["少3起 -3 起 Δ", "多5件 5 件 Δ"]),
    ("比全区平均高1200元，比去年少约20户", ["高1200元 1200 元 Δ", "少约20户 -20 户 about Δ"]),
    # 提升 of work done, and of a place
    ("提升12公里道路，提升4位", ["12公里 12 公里", "提升4位 4 位 Δ"]),
    ("推动降碳增长十大行动", ["十大 10 大"]),
    # levels and grades
    ("市区两级配套，县乡村三级联动", ["两级 2 级", "三级 3 级"]),
    ("健全县乡村三级物流体系", ["三级 3 级"]),
    ("三级医院、二三级子公司", []),
    ("力争五到十年内见效", ["五到十年内 5..10 年"]),
    ("举办八届运动会，落实八届全国人大要求", ["八届 8 届"]),
    ("党的十四大精神，十四大类", ["十四大类 14 大类"]),
    # ranks
    ("成为全球第一货运大港", ["全球第一 1"]),
    ("由第7升至第3，进入前三甲", ["第7 7", "第3 3", "前三甲 3"]),
    ("进入全省第一方阵、全市第一梯队", []),
    # what a bare scale counts
    ("惠及200万城乡劳动者", ["200万 2000000 人"]),
    ("客流人次由30万增加到50万", ["30万 300000 人次", "50万 500000 人次"]),
    ("千人托位数、万人发明专利拥有量、亿吨大港", []),
    ("168生态步道、360创客园，东云、360、宏远等企业", []),
    ("引进技能人才74万，技术合同交易额突破百亿", ["74万 740000 人", "突破百亿 10000000000 元 more-than"]),
    # members of a list, and statements that only stand side by side
    ("常住人数达38.5万、增长20.1%", ["38.5万 385000 人", "增长20.1% 20.1 % Δ"]),
    ("净增98户、突破1900户", ["净增98户 98 户 Δ", "突破1900户 1900 户 more-than"]),
    ("分别增长3.5倍和2.5倍", ["增长3.5倍 350 % Δ", "2.5倍 250 % Δ"]),
    ("访问量翻了一番多", ["翻了一番多 100 % more-than Δ"]),
    ("超区级考核目标4.8个百分点", ["超区级考核目标4.8个百分点 4.8 个百分点 Δ"]),
    # places told without 第
    ("全国排名53位、82位，位列全省8位，提升3位", ["53位 53", "82位 82", "全省8位 8", "提升3位 3 位 Δ"]),
    # approximators of one character
    ("产值过10亿元，收入破千万元", ["过10亿元 1000000000 元 more-than", "破千万元 10000000 元 more-than"]),
    ("发放补贴近亿元", ["近亿元 100000000 元 less-than"]),
    # units that begin like other words, words that begin like units
    ("保护猕猴7群42只，3地入选，算力2000PF", ["7群 7 群", "42只 42 只", "3地 3 地", "2000PF 2000 PF"]),
    ("扩建5万千升酒厂，外出300万省外务工", ["5万千升 50000 千升", "300万 3000000"]),
    ("配备家庭床位9829张家庭病床", ["9829张 9829 张"]),
    ("建成260个亿元以上项目", ["260个 260 个", "亿元以上 100000000 元 at-least"]),
    ("连续3个季度达标", ["3个季度 3 个季度"]),
    # numbers of things, versions, notes
    ("1、2号机组投运，第8.6代产线，3.0方案，4.0阶段，示范区［10］", []),
    ("壮大零碳园区、整零协同、零配件产业", []),
    ("畅通12345便民热线、12345市长热线", []),
    # digits that nothing but the words before them makes a count
    ("排查8640，整改118。", ["8640 8640", "118 118"]),
    (
        "走访36企业、120商户，整改118问题",
        ["36企业 36 企业", "120商户 120 商户", "118问题 118 问题"],
    ),
    ("辖区常住人口46579，户数16203", ["46579 46579 人", "16203 16203 户"]),
    ("（2025版），发布2024，智慧100", []),
    # whose direction a list goes on with
    ("分别增长3.1%、-4.6%和12.8%", ["增长3.1% 3.1 % Δ", "-4.6% -4.6 % Δ", "12.8% 12.8 % Δ"]),
    (
        "分别上升1.2、下降8.6、上升5.3个百分点",
        ["上升1.2 1.2 个百分点 Δ", "下降8.6 -8.6 个百分点 Δ", "上升5.3个百分点 5.3 个百分点 Δ"],
    ),
    (
        "余额、不良率分别下降0.3亿元和0.02个百分点",
        ["下降0.3亿元 -30000000 元 Δ", "0.02个百分点 -0.02 个百分点 Δ"],
    ),
    (
        "贡献分别为0.15、-5.64、1.34个百分点",
        ["0.15 0.15 个百分点", "-5.64 -5.64 个百分点 Δ", "1.34个百分点 1.34 个百分点"],
    ),
    ("增长率比上年下降3.18个千分点", ["比上年下降3.18个千分点 -3.18 个千分点 Δ"]),
    ("总量翻了近一番，三年翻三番", ["翻了近一番 100 % less-than Δ", "三年 3 年", "翻三番 700 % Δ"]),
    ("收入翻了七番以上", ["翻了七番以上 12700 % at-least Δ"]),
    ("达产后年产值20亿元", ["20亿元 2000000000 元"]),
    ("发布VLOG36条、APP3个，C919交付3架", ["36条 36 条", "3个 3 个", "3架 3 架"]),
    ("占全街道人口6 5 ％，引资1 8 5 8 万元", ["6 5 ％ 65 %", "1 8 5 8 万元 18580000 元"]),
    # rates per so many
    ("能耗0.38吨标准煤/万元", ["0.38吨标准煤/万元 0.38 吨标准煤/万元"]),
    (
        "火灾死亡率0.06人/10万人，租金30元/㎡/月",
        ["0.06人/10万人 0.06 人/10万人", "30元/㎡/月 30 元/平方米/月"],
    ),
    ("孕产妇死亡率6.8/10万", ["6.8/10万 6.8 /10万"]),
    # classifiers that seldom stand in reports
    (
        "党课36堂、短视频46集、图斑23图斑",
        ["36堂 36 堂", "46集 46 集", "23图斑 23 图斑"],
    ),
    ("覆盖480点次，提升4个位次", ["480点次 480 点次", "提升4个位次 4 个位次 Δ"]),
    ("共改造23单元312户", ["23单元 23 单元", "312户 312 户"]),
    ("首批12家长三角企业签约", ["12家 12 家"]),
    ("完成110万人年度任务", ["110万人 1100000 人"]),
    ("总产值先后跨越300亿、400亿两大台阶", ["300亿 30000000000 元", "400亿 40000000000 元", "两大 2 大"]),
    # letters that name what is measured; people; large and small items; a peak with more
    ("实现GDP19.9亿元，PM2.5下降", ["19.9亿元 1990000000 元"]),
    ("团结全镇4万人民", ["4万 40000 人"]),
    ("实施100大项253小项", ["100大项 100 大项", "253小项 253 小项"]),
    ("日接待最高达600余人次", ["最高达600余人次 600 人次 more-than"]),
    ("3级、4级农村公路12公里，24小时自助图书馆2座", ["12公里 12 公里", "2座 2 座"]),
    ("半年来，走访36户", ["36户 36 户"]),
    # names with numbers
    ("实行8小时工作制，80、90后占六成", ["六成 60 %"]),
    ("M1路、108路等6条线路，22路公交，视频1286路", ["6条 6 条", "1286路 1286 路"]),
    ("一氧化碳95百分位浓度，十万人火灾死亡率，见报01版", []),
    ("12345热线办理312件，12345件", ["312件 312 件", "12345件 12345 件"]),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[text for text, _ in FIGURES])
def test_figures(text: str, expected: list[str]) -> None:
    assert _figures(text) == expected


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("元月份", "2024-01-01", "2024-01-31"),
        ("元至10月", "2024-01-01", "2024-10-31"),
        ("本月底", "2024-12-31", "2024-12-31"),
        ("上月末", "2024-11-30", "2024-11-30"),
        ("五年来", "2020-01-01", "2024-12-31"),
        ("2021-2023", "2021-01-01", "2023-12-31"),
        ("2023年全年", "2023-01-01", "2023-12-31"),
        ("去年同期", "2023-01-01", "2023-12-31"),
        ("第三个季度", "2024-07-01", "2024-09-30"),
        ("前三个季度", "2024-01-01", "2024-09-30"),
        ("10月3-8日", "2024-10-03", "2024-10-08"),
        ("2024年9月18至20日", "2024-09-18", "2024-09-20"),
        ("6月3、4日", "2024-06-03", "2024-06-04"),
        ("2024.6.10—2024.7.20", "2024-06-10", "2024-07-20"),
        ("2024.6.10-7.20", "2024-06-10", "2024-07-20"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_times(text: str, start: str, end: str) -> None:
    tail = (
        "三年"
        if text == "2021-2023"
        else "年均投入"
        if text == "五年来"
        else "：启动"
        if text == "2026"
        else "，完成整治"
    )
    mention = _read(text + tail)[0]
    assert (mention.text, str(mention.date_start), str(mention.date_end)) == (text, start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月3、8日巡查", [("6月3", "2024-06-03"), ("8日", "2024-06-08")]),
        ("增速高于1—10月0.4个百分点", [("1—10月", "2024-01-01")]),
        ("其中11月当月增长12.6%", [("11月", "2024-11-01")]),
        ("10月86件，11月92件", [("10月", "2024-10-01"), ("11月", "2024-11-01")]),
        ("7月1—3日、5—8日巡查", [("7月1—3日", "2024-07-01"), ("5—8日", "2024-07-05")]),
        ("1、7月排查12处", [("7月", "2024-07-01")]),
        ("8时至18时开放", [("8时", "None"), ("18时", "None")]),
        ("建于上世纪70年代", [("上世纪70年代", "1970-01-01")]),
        ("20世纪90年代末建成", [("20世纪90年代末", "1990-01-01")]),
        ("2020年代初", [("2020年代初", "2020-01-01")]),
    ],
)
def test_times_beside_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.text, str(m.date_start)) for m in _read(text) if m.kind in TIMES] == expected


@pytest.mark.parametrize(
    "text",
    [
        "青年中心",
        "少年中队",
        "健全年度考核",
        "以前年度结余",
        "80岁以上年长者",
        "不同年级",
        "说明年度安排",
        "一年中",
        "基本年内",
    ],
)
def test_no_time_inside_another_word(text: str) -> None:
    assert not [m for m in _read(text) if m.kind in TIMES]


@pytest.mark.parametrize("text", ["x.xx万元", "xx.x亿元", "增长x.x%"])
def test_one_placeholder_with_a_point(text: str) -> None:
    assert [(m.text, m.kind) for m in _read(text)] == [(text, Kind.PLACEHOLDER)]


def test_wholly_and_rarely() -> None:
    whole, flood = _read("实现百分百签约，应对20年一遇洪水")
    assert (whole.text, whole.kind, str(whole.value)) == ("百分百", Kind.PERCENT, "100")
    assert (flood.text, flood.kind) == ("20年一遇", Kind.LABEL)


def test_money_that_was_spent_and_a_rate_that_is_no_growth() -> None:
    spent, rate = _read("投入300多万改造管网，人口自然增长率为5.2‰")
    assert (spent.text, spent.unit) == ("300多万", "元")
    assert (rate.text, rate.kind) == ("5.2‰", Kind.PERCENT)


def test_points_against_two_places_and_eight_in_a_group() -> None:
    read = _read("工业增加值高于全国0.7、全省2.3个百分点，降幅缩窄1.2个百分点，组建8人工作小组")
    assert [(m.kind, str(m.value), m.unit) for m in read] == [
        *((Kind.GROWTH, value, "个百分点") for value in ("0.7", "2.3", "-1.2")),
        (Kind.QUANTITY, "8", "人"),
    ]


def test_up_to_a_month() -> None:
    month = _read("至11月份，查处违建320宗")[0]
    assert (month.text, str(month.date_start), str(month.date_end)) == ("至11月份", "None", "2024-11-30")


def test_money_of_a_budget() -> None:
    read = _read("财政支出年初预算1184万，调整预算1506万，实现支出1504万")
    assert [m.unit for m in read if m.kind is Kind.QUANTITY] == ["元"] * 3
