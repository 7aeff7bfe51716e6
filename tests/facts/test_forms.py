"""Forms that figures and dates take, one row each: the text, and what must be read in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gov_writer.domain import Kind, Mention
from gov_writer.facts import scan

AS_OF = date(2024, 12, 20)
TIMES = {Kind.DATE, Kind.DATE_RANGE, Kind.PERIOD}


def _read(text: str) -> list[Mention]:
    return list(scan(text, as_of=AS_OF))


def _figures(text: str) -> list[str]:
    """Each figure as ``words kind value unit approx``, exact and absent parts left out."""
    said = []
    for m in _read(text):
        if m.kind in TIMES or m.kind in {Kind.LABEL, Kind.PLACEHOLDER}:
            continue
        value = "-" if m.value is None else f"{m.value:f}"
        approx = "" if m.approx == "exact" else m.approx.value
        said.append(" ".join(filter(None, [m.text, m.kind.value, value, m.unit or "", approx])))
    return said


FIGURES = [
    # signs
    ("税收+15%，固投-3.2%", ["+15% growth 15 %", "-3.2% growth -3.2 %"]),
    ("同比+15.3%，环比－2.1个百分点", ["同比+15.3% growth 15.3 %", "环比－2.1个百分点 growth -2.1 个百分点"]),
    ("完成率98%（+2个百分点）", ["98% percent 98 %", "+2个百分点 growth 2 个百分点"]),
    ("信访45件（-3件），较上年+12户", ["45件 quantity 45 件", "-3件 quantity -3 件", "+12户 quantity 12 户"]),
    ("最低气温−3℃", ["−3℃ quantity -3 ℃"]),
    ("办结率——85%，满意率—90%", ["85% percent 85 %", "90% percent 90 %"]),
    ("走访30户\n-50户\n- 60户", ["30户 quantity 30 户", "50户 quantity 50 户", "60户 quantity 60 户"]),
    # symbols of units
    ("道路5.3km，绿地2.4km²", ["5.3km quantity 5.3 公里", "2.4km² quantity 2.4 平方公里"]),
    ("1200㎡、50m2、3ha", ["1200㎡ quantity 1200 平方米", "50m2 quantity 50 平方米", "3ha quantity 3 公顷"]),
    ("管网200m，药剂30kg，清运20t", ["200m quantity 200 米", "30kg quantity 30 公斤", "20t quantity 20 吨"]),
    (
        "20MW、300kW、500kWh",
        ["20MW quantity 20 兆瓦", "300kW quantity 300 千瓦", "500kWh quantity 500 千瓦时"],
    ),
    ("28μg/m³，日供5万m³/d", ["28μg/m³ quantity 28 微克/立方米", "5万m³/d quantity 50000 立方米/日"]),
    ("每袋50g，5km-8km", ["50g quantity 50 克", "5km-8km quantity 5 公里 range"]),
    # blanks within
    ("投资331.5 万元，检查8753 处", ["331.5 万元 quantity 3315000 元", "8753 处 quantity 8753 处"]),
    (
        "1,000 万元、3.5 亿 元、2 千人、5 千伏",
        [
            "1,000 万元 quantity 10000000 元",
            "3.5 亿 元 quantity 350000000 元",
            "2 千人 quantity 2000 人",
            "5 千伏 quantity 5 千伏",
        ],
    ),
    ("排名第 3 位", ["第 3 位 rank 3"]),
    # what stands around
    ("实现社零额120亿元、社零5.3亿", ["120亿元 quantity 12000000000 元", "5.3亿 quantity 530000000 元"]),
    ("加快26公里公路改造", ["26公里 quantity 26 公里"]),
    ("接待人次35.3万", ["35.3万 quantity 353000 人次"]),
    ("建成3个万亩基地", ["3个 quantity 3 个"]),
    ("事故降至零", ["零 quantity 0"]),
    ("9时30分开会，8:15集合", []),
    # numerals
    ("办件2046件", ["2046件 quantity 2046 件"]),
    ("补贴1,286,400元", ["1,286,400元 quantity 1286400 元"]),
    ("绿地３．５公顷、１２家", ["３．５公顷 quantity 3.5 公顷", "１２家 quantity 12 家"]),
    ("一百二十个网格", ["一百二十个 quantity 120 个"]),
    ("五十六名代表", ["五十六名 quantity 56 名"]),
    ("两千三百户", ["两千三百户 quantity 2300 户"]),
    ("筹得两千三", ["两千三 quantity 2300"]),
    ("三百五十万元", ["三百五十万元 quantity 3500000 元"]),
    ("3千人", ["3千人 quantity 3000 人"]),
    ("2百户", ["2百户 quantity 200 户"]),
    ("1.2亿元", ["1.2亿元 quantity 120000000 元"]),
    ("1亿2000万元", ["1亿2000万元 quantity 120000000 元"]),
    ("1万6千多户", ["1万6千多户 quantity 16000 户 more-than"]),
    ("3万多亿元", ["3万多亿元 quantity 3000000000000 元 more-than"]),
    ("1.5万亿元", ["1.5万亿元 quantity 1500000000000 元"]),
    ("装机100万千瓦", ["100万千瓦 quantity 1000000 千瓦"]),
    ("两個社區三萬餘戶", ["两個 quantity 2 个", "三萬餘戶 quantity 30000 户 more-than"]),
    ("投资五億元", ["五億元 quantity 500000000 元"]),
    # approximations
    ("十余万人", ["十余万人 quantity 100000 人 more-than"]),
    ("10余次", ["10余次 quantity 10 次 more-than"]),
    ("3600余户", ["3600余户 quantity 3600 户 more-than"]),
    ("上百人", ["上百人 quantity 100 人 more-than"]),
    ("近百户", ["近百户 quantity 100 户 less-than"]),
    ("逾千人", ["逾千人 quantity 1000 人 more-than"]),
    ("数十次", ["数十次 quantity 10 次 several"]),
    ("几百人", ["几百人 quantity 100 人 several"]),
    ("十几个", ["十几个 quantity 10 个 more-than"]),
    ("多次协调", ["多次 quantity - 次 several"]),
    ("三五家", ["三五家 quantity 3 家 range"]),
    ("一两个", ["一两个 quantity 1 个 range"]),
    ("二三十人", ["二三十人 quantity 20 人 range"]),
    ("约500余人", ["约500余人 quantity 500 人 about"]),
    ("不低于80户", ["不低于80户 quantity 80 户 at-least"]),
    ("最多30人", ["最多30人 quantity 30 人 at-most"]),
    ("不到两个月", ["不到两个月 quantity 2 个月 less-than"]),
    ("20天内完成", ["20天内 quantity 20 天 at-most"]),
    ("突破百亿元大关", ["突破百亿元 quantity 10000000000 元 more-than"]),
    ("节约30万元", ["30万元 quantity 300000 元"]),
    ("附近30米", ["30米 quantity 30 米"]),
    ("通过百余场活动", ["百余场 quantity 100 场 more-than"]),
    # ranges
    ("3—5个", ["3—5个 quantity 3 个 range"]),
    ("3-11岁", ["3-11岁 quantity 3 岁 range"]),
    ("30％～40％", ["30％～40％ percent 30 % range"]),
    ("500万至1000万元", ["500万至1000万元 quantity 5000000 元 range"]),
    ("3.2—3.5万元", ["3.2—3.5万元 quantity 32000 元 range"]),
    ("5个到8个", ["5个到8个 quantity 5 个 range"]),
    ("由3个到5个", ["3个 quantity 3 个", "5个 quantity 5 个"]),
    # units
    ("六个方面工作", ["六个方面 quantity 6 个方面"]),
    ("三大集群、四项制度、两级平台", ["三大 quantity 3 大", "四项 quantity 4 项", "两级 quantity 2 级"]),
    ("28微克/立方米", ["28微克/立方米 quantity 28 微克/立方米"]),
    ("补助5000元/年", ["5000元/年 quantity 5000 元/年"]),
    (
        "两个半月、一年半、半年",
        ["两个半月 quantity 2.5 个月", "一年半 quantity 1.5 年", "半年 quantity 0.5 年"],
    ),
    ("三个多小时", ["三个多小时 quantity 3 个小时 more-than"]),
    ("5年多", ["5年多 quantity 5 年 more-than"]),
    ("3338.08万美元", ["3338.08万美元 quantity 33380800 美元"]),
    ("新增5000万以上投资项目", ["5000万以上 quantity 50000000 元 at-least"]),
    ("惠及1700多万农村人口", ["1700多万 quantity 17000000 人 more-than"]),
    ("取得0投诉的成绩", ["0 quantity 0"]),
    # percentages
    ("百分之九十八点五以上", ["百分之九十八点五以上 percent 98.5 % at-least"]),
    ("三分之二", ["三分之二 percent 66.6667 %"]),
    ("减少1/3", ["减少1/3 growth -33.3333 %"]),
    ("5‰", ["5‰ percent 5 ‰"]),
    ("三成多、近九成五", ["三成多 percent 30 % more-than", "近九成五 percent 95 % less-than"]),
    ("一半以上", ["一半以上 percent 50 % at-least"]),
    ("一成不变", []),
    ("3%以内", ["3%以内 percent 3 % at-most"]),
    ("是前者的1.8倍", ["1.8倍 quantity 1.8 倍"]),
    # growth
    ("同比增长10.67%", ["同比增长10.67% growth 10.67 %"]),
    ("同比下降27%", ["同比下降27% growth -27 %"]),
    ("增长1.2倍", ["增长1.2倍 growth 120 %"]),
    ("翻一番，翻了两番", ["翻一番 growth 100 %", "翻了两番 growth 300 %"]),
    ("同比增长-3.5%", ["同比增长-3.5% growth -3.5 %"]),
    ("降幅超两成", ["降幅超两成 growth -20 % more-than"]),
    ("压缩近四成", ["压缩近四成 growth -40 % less-than"]),
    ("增速分别为5.2%、6.3%", ["5.2% growth 5.2 %", "6.3% growth 6.3 %"]),
    ("6%左右的增长", ["6%左右 growth 6 % about"]),
    ("比上年提高5个百分点", ["比上年提高5个百分点 growth 5 个百分点"]),
    ("低于全县平均水平0.4个百分点", ["低于全县平均水平0.4个百分点 growth -0.4 个百分点"]),
    ("低于GDP增速1个百分点", ["低于GDP增速1个百分点 growth -1 个百分点"]),
    ("占比1.5个百分点", ["1.5个百分点 percent 1.5 个百分点"]),
    ("由42.1%提高到45.3%", ["42.1% percent 42.1 %", "45.3% percent 45.3 %"]),
    ("增加21件，减少3起", ["增加21件 quantity 21 件", "减少3起 quantity -3 起"]),
    ("增加到50个", ["50个 quantity 50 个"]),
    ("增加了50个", ["增加了50个 quantity 50 个"]),
    ("新增50个", ["50个 quantity 50 个"]),
    ("从3.6亿元增至5.04亿元", ["3.6亿元 quantity 360000000 元", "5.04亿元 quantity 504000000 元"]),
    ("工业增加值12亿元", ["12亿元 quantity 1200000000 元"]),
    # lists
    ("分别增长5%、8%和12%", ["增长5% growth 5 %", "8% growth 8 %", "12% growth 12 %"]),
    ("分别下降33.3%和50%", ["下降33.3% growth -33.3 %", "50% growth -50 %"]),
    (
        "分别提高5、8和12个百分点",
        ["提高5 growth 5 个百分点", "8 growth 8 个百分点", "12个百分点 growth 12 个百分点"],
    ),
    ("高于全市、全区2.1个和0.8个百分点", ["2.1个 growth 2.1 个百分点", "0.8个百分点 growth 0.8 个百分点"]),
    ("男、女分别为31人、27人", ["31人 quantity 31 人", "27人 quantity 27 人"]),
    ("新建、改建3条、5条", ["3条 quantity 3 条", "5条 quantity 5 条"]),
    ("新建、改建3、5条", ["3 quantity 3 条", "5条 quantity 5 条"]),
    ("投资2、3亿元", ["2 quantity 200000000 元", "3亿元 quantity 300000000 元"]),
    ("增长5%，达到8%", ["增长5% growth 5 %", "8% percent 8 %"]),
    # ranks
    ("居全区第三、全市第五", ["全区第三 rank 3", "全市第五 rank 5"]),
    ("增速列全县第2位", ["全县第2位 rank 2"]),
    ("居全市23个街道第6", ["23个 quantity 23 个", "第6 rank 6"]),
    ("倒数第一", ["倒数第一 rank 1"]),
    ("全市首家", ["全市首家 rank 1"]),
    ("位居榜首", ["榜首 rank 1"]),
    ("进入前五名、全省前三", ["前五名 rank 5", "全省前三 rank 3"]),
    ("入选中部十强", ["十强 rank 10"]),
    ("位居全市前列，走在前列", ["全市前列 rank -"]),
    ("首次开展、首要任务、首位度提升", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[text for text, _ in FIGURES])
def test_figures(text: str, expected: list[str]) -> None:
    assert _figures(text) == expected


TIMES_READ = [
    ("2024年3月15日", "date", "2024-03-15", "2024-03-15"),
    ("2024年3月15日上午", "date", "2024-03-15", "2024-03-15"),
    ("二〇二四年三月十五日", "date", "2024-03-15", "2024-03-15"),
    ("2024.3.15", "date", "2024-03-15", "2024-03-15"),
    ("2024-03-15", "date", "2024-03-15", "2024-03-15"),
    ("3月15日", "date", "2024-03-15", "2024-03-15"),
    ("2月30日", "date", None, None),
    ("3月27日至31日", "date_range", "2024-03-27", "2024-03-31"),
    ("10月8日—11月2日", "date_range", "2024-10-08", "2024-11-02"),
    ("2023年12月20日至2024年1月10日", "date_range", "2023-12-20", "2024-01-10"),
    ("4月15日起至5月10日", "date_range", "2024-04-15", "2024-05-10"),
    ("二〇二三年度", "period", "2023-01-01", "2023-12-31"),
    ("今年", "period", "2024-01-01", "2024-12-31"),
    ("去年", "period", "2023-01-01", "2023-12-31"),
    ("明年", "period", "2025-01-01", "2025-12-31"),
    ("全年", "period", "2024-01-01", "2024-12-31"),
    ("本年度", "period", "2024-01-01", "2024-12-31"),
    ("上半年", "period", "2024-01-01", "2024-06-30"),
    ("2023年下半年", "period", "2023-07-01", "2023-12-31"),
    ("第三季度", "period", "2024-07-01", "2024-09-30"),
    ("前三季度", "period", "2024-01-01", "2024-09-30"),
    ("二、三季度", "period", "2024-04-01", "2024-09-30"),
    ("三季度末", "period", None, "2024-09-30"),
    ("四季度", "period", "2024-10-01", "2024-12-31"),
    ("1—10月", "period", "2024-01-01", "2024-10-31"),
    ("今年1至11月", "period", "2024-01-01", "2024-11-30"),
    ("一至十月", "period", "2024-01-01", "2024-10-31"),
    ("十一月", "period", "2024-11-01", "2024-11-30"),
    ("3、4月份", "period", "2024-03-01", "2024-04-30"),
    ("前10个月", "period", "2024-01-01", "2024-10-31"),
    ("11月份", "period", "2024-11-01", "2024-11-30"),
    ("2024年2月", "period", "2024-02-01", "2024-02-29"),
    ("3月上旬", "period", "2024-03-01", "2024-03-10"),
    ("2月下旬", "period", "2024-02-21", "2024-02-29"),
    ("上月", "period", "2024-11-01", "2024-11-30"),
    ("2022—2024年", "period", "2022-01-01", "2024-12-31"),
    ("截至10月底", "period", None, "2024-10-31"),
    ("截止2024年11月30日", "period", None, "2024-11-30"),
    ("截至目前", "period", None, "2024-12-20"),
    ("2022年以来", "period", "2022-01-01", None),
    ("今年以来", "period", "2024-01-01", None),
    ("去年11月以来", "period", "2023-11-01", None),
    ("9月1日起", "period", "2024-09-01", None),
    ("2024年12月底前", "period", None, "2024-12-31"),
    ("10月1日前", "period", None, "2024-09-30"),
    ("年底前", "period", None, "2024-12-31"),
    ("春节前", "period", None, "2025-01-28"),
    ("年初", "period", "2024-01-01", "2024-01-31"),
    ("去年底", "period", "2023-12-31", "2023-12-31"),
    ("明年一季度", "period", "2025-01-01", "2025-03-31"),
    ("近三年", "period", "2022-01-01", "2024-12-31"),
    ("未来五年", "period", "2025-01-01", "2029-12-31"),
    ("汛期", "period", None, None),
    ("近年来", "period", None, None),
    ("每月", "period", None, None),
]


@pytest.mark.parametrize(("text", "kind", "start", "end"), TIMES_READ, ids=[row[0] for row in TIMES_READ])
def test_times(text: str, kind: str, start: str | None, end: str | None) -> None:
    mention = next(m for m in _read(f"{text}，完成了整治") if m.kind in TIMES)
    got = (mention.text, mention.kind.value, mention.date_start, mention.date_end)
    assert got == (
        text,
        kind,
        start and date.fromisoformat(start),
        end and date.fromisoformat(end),
    )


LABELS = [
    "党的二十大精神", "“十四五”期间", "“1+4+N”体系", "1+8+3+1专项", "六联六员", "一社区一品牌", "三年行动计划", "12345热线",
    "5G基站", "PM2.5浓度", "S2线开通", "318国道", "〔2024〕3号", "第二届", "第一书记", "第三产业", "第二课堂", "进一步", "十家村",
    "百强县", "世界500强", "百亿级集群", "亿元项目", "省委十二届四次全会", "（星期五）", "一是统筹", "（一）统筹", "1.统筹",
    "二期工程", "二次供水", "三级医院", "一等奖", "央视13台", "7×24小时", "4·14事件", "三八红旗手", "下一步", "一批项目", "每万人",
    "《关于做好2024年3项工作的通知》", "“零距离”", "两新组织", "三无小区", "一件一件抓", "万元GDP能耗", "第一时间", "90后",
    "一年四季", "千方百计", "长三角", "21世纪海上", "三三制", "2.0版", "13812345678", "^[12]",
    "单位：万元", "（亿元）", "电话0731-55551234", "010-12345678转801", "传真：55551234", "手机139 5555 1234", "QQ群：123456789", "400-123-4567", "3栋2单元501室", "5号楼3单元1201", "3栋502",
    "2×300MW", "5.2:41.3:53.5", "1:8", "6：4", "社零额", "民营企业500强", "百日攻坚2023行动", "六连冠", "四件套", "3连冠", "三部曲", "5g基站",
]  # fmt: skip


@pytest.mark.parametrize("text", LABELS)
def test_what_counts_nothing(text: str) -> None:
    mentions = _read(text)
    assert mentions, text
    assert {m.kind for m in mentions} == {Kind.LABEL}, mentions


PLACEHOLDERS = [
    ("X个社区", "X个", "unfilled"),
    ("约X万元", "约X万元", "unfilled"),
    ("X余户", "X余户", "unfilled"),
    ("增长X%", "增长X%", "unfilled"),
    ("X月X日", "X月X日", "unfilled"),
    ("20XX年", "20XX年", "unfilled"),
    ("XX街道", "XX", "unfilled"),
    ("____万元", "____万元", "unfilled"),
    ("【待补：户数】", "【待补：户数】", "todo"),
    ("（此处填写金额）", "（此处填写金额）", "todo"),
    ("**街道", "**", "masked"),
    ("王××说", "××", "masked"),
    ("某社区", "某", "masked"),
]


@pytest.mark.parametrize(("text", "words", "sub"), PLACEHOLDERS)
def test_placeholders(text: str, words: str, sub: str) -> None:
    found = [(m.text, m.kind, m.sub) for m in _read(text)]
    assert found == [(words, Kind.PLACEHOLDER, sub)]


@pytest.mark.parametrize(
    "text", ["**重点任务**：持续推进", "一些单位", "某些方面", "WiFi x86 max", "maximum"]
)
def test_no_placeholders(text: str) -> None:
    assert not [m for m in _read(text) if m.kind is Kind.PLACEHOLDER]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10余次", "10", "20"), ("3600余户", "3600", "3700"), ("150多米", "150", "160"), ("5万多株", "50000", "60000"),
        ("约1.6万人", "15500", "16500"), ("近20条", "18", "20"), ("超500万元", "5000000", None), ("500户以上", "500", None),
        ("不超过30人", None, "30"), ("数十次", "20", "100"), ("几百人", "200", "1000"), ("3—5个", "3", "5"), ("多次", "2", None),
        ("下降超过3%", None, "-3"), ("下降近40%", "-40", "-36"), ("8753处", "8753", "8753"), ("不到两个月", None, "2"),
    ],
)  # fmt: skip
def test_bounds(text: str, low: str | None, high: str | None) -> None:
    (mention,) = _read(text)
    assert mention.low == (low and Decimal(low))
    assert mention.high == (high and Decimal(high))


@pytest.mark.parametrize(
    ("text", "step"),
    [("3.2万份", "1000"), ("8753处", "1"), ("2.3%", "0.1"), ("1.40亿元", "1000000"), ("3千人", "1000")],
)
def test_step(text: str, step: str) -> None:
    (mention,) = _read(text)
    assert f"{mention.step:f}" == step


def test_no_now_inside_another_word() -> None:
    assert not [m for m in _read("突破项目前期瓶颈，科目前移") if m.kind in TIMES]


def test_basis() -> None:
    said = [
        (m.text, m.basis) for m in _read("同比分别增长5.1%和6.2%，环比下降0.3%，较上年增加21件，年均增长3%")
    ]
    assert said == [
        ("增长5.1%", "同比"),
        ("6.2%", "同比"),
        ("环比下降0.3%", "环比"),
        ("增加21件", "较上年"),
        ("年均增长3%", "年均"),
    ]
