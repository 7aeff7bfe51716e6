"""What a reader would say a figure counts, in sentences that were once read otherwise."""

from __future__ import annotations

import pytest

from gov_writer.facts import extract
from gov_writer.ingest import from_text

CASES = [
    # what has the level stands in the clause itself
    ("东岭口岸开工建设，班线开通运营，国际航线增至19条。", ["国际航线"]),
    ("警情30件，全年降至12件。", ["警情", "警情降至"]),
    # what is measured of all is said once
    ("汽车、有色金属行业增加值分别增长18.1%、16.6%。", ["汽车行业增加值", "有色金属行业增加值"]),
    ("电池、圆片产量分别达3.2万件、5.6万件。", ["电池产量", "圆片产量"]),
    ("事故起数、死亡人数分别下降17%、12%。", ["事故起数", "死亡人数"]),
    # a growth of both members of a list
    (
        "城镇、农村居民人均收入分别达5.6万元、3.2万元，增长4.8%、6.2%。",
        ["城镇居民人均收入", "农村居民人均收入"] * 2,
    ),
    # a size that stands between a count and its noun
    ("培育2个工业产值过百亿元的园区。", ["培育园区", "工业产值"]),
    # what is first stands at the end of its phrase
    ("建成全市首家集助餐、康养、文娱于一体的社区综合为老中心。", ["建成社区综合为老中心"]),
    ("全省首个迈入12强的学科落户东岭。", ["学科", "学科迈入"]),
    # a place among so many
    ("满意度在全区12个街道中排第2位。", ["满意度在全区街道中排", "满意度"]),
    # words that only look like the end or the twin of another
    ("改造1200户规模以上工业企业。", ["改造规模以上工业企业"]),
    ("新建中小学6所、幼儿园37所。", ["新建中小学", "幼儿园"]),
    ("拆迁86户，半年和谐签约312户。", ["拆迁", "和谐签约", "半年和谐签约"]),
    # a class of ages
    (
        "全镇常住人口3.6万人，0-17岁6480人，占18%，60岁以上9000人，占25%。",
        ["全镇常住人口"] * 2
        + ["全镇常住人口0-17岁", "全镇常住人口0-17岁占"]
        + ["全镇常住人口", "全镇常住人口60岁以上", "全镇常住人口60岁以上占"],
    ),
    # parts of what is counted alike, not of what was told last
    (
        "改造危房36户，投入资金120万元，其中低保户12户，其余24户。",
        ["改造危房", "投入资金", "改造危房其中低保户", "改造危房其中其余"],
    ),
    # 分别 points back and has words of its own
    (
        "汉族1.2万人，回族0.4万人，分别占总人口的75%和25%。",
        ["汉族", "回族", "汉族占总人口", "回族占总人口"],
    ),
    # points that a rate moved
    (
        "全镇人口3.6万人，参保率97.2%，比上年提高1.3个百分点。",
        ["全镇人口", "全镇人口参保率", "全镇人口参保率比上年"],
    ),
    # how a growth was reckoned is not what grew
    ("全镇生产总值36亿元，按不变价格计算，比上年增长6.2%。", ["全镇生产总值", "全镇生产总值比上年"]),
    ("服务业增加值12亿元，对经济增长的贡献率为56%。", ["服务业增加值", "服务业增加值对经济增长的贡献率"]),
    # what stands behind the amount, with a size between them
    ("引进投资8亿元的20万吨饲料项目。", ["引进投资饲料项目"] * 2),
    ("连续三年荣获全区消防工作一等奖。", ["连续荣获全区消防工作一等奖"]),
    ("走访860家，但3家符合条件的企业未申报。", ["走访", "符合条件的企业"]),
    ("投入300余万元建设口袋公园12处。", ["投入建设口袋公园"] * 2),
    # a rate of what was done, a share that is told beside a growth, a mean over years
    ("成功调解邻里纠纷312起，调解率95%。", ["成功调解邻里纠纷", "邻里纠纷调解率"]),
    ("轻工业产值占比32%，同比增长1.8%。", ["轻工业产值占比", "轻工业产值同比"]),
    ("全镇产值36亿元，增长15.2%，两年平均增长4.2%。", ["全镇产值"] * 2 + ["全镇产值平均"] * 2),
    # what stands in brackets
    ("针对发病特点（流感发病率1.6%、肺炎发病率0.2%）加强宣传。", ["流感发病率", "肺炎发病率"]),
    (
        "环卫职工320人，其中合同工260人（含内退36人）。",
        ["环卫职工", "环卫职工其中合同工", "环卫职工其中合同工含内退"],
    ),
    ("拆除危房86户，100%完成目标。", ["拆除危房", "拆除危房完成目标"]),
    ("拆除16处1830平方米违建。", ["拆除违建"] * 2),
    ("能繁母猪存栏0.6万头，出栏1.2万头。", ["能繁母猪存栏", "能繁母猪出栏"]),
    ("化肥、农药利用率分别为42%、43%。", ["化肥利用率", "农药利用率"]),
    ("其中早稻面积3.6万亩，比上年增加0.2万亩。", ["其中早稻面积", "早稻面积比上年增加"]),
    # one verb takes another's place; a growth of each of four; a class that stands with 的
    ("城市低保新增86户，退出36户。", ["城市低保新增", "城市低保退出"]),
    (
        "破获刑事案件18起、查处治安案件36起，抓获嫌疑人29人，同比提升6.2%、8.1%和5.3%。",
        ["破获刑事案件", "查处治安案件", "抓获嫌疑人"]
        + ["破获刑事案件同比", "查处治安案件同比", "抓获嫌疑人同比"],
    ),
    (
        "新上项目34家，其中500万元以上的4家，300万元以上的6家。",
        ["新上项目", "新上项目其中", "新上项目其中500万元以上", "新上项目", "新上项目其中300万元以上"],
    ),
    ("能耗降低20%，产值提升30%。", ["能耗", "产值"]),
    ("上半年立刑事案件586起，破236起。", ["立刑事案件", "立刑事案件破"]),
    ("实现外贸出口86万美元，完成年任务的78%。", ["实现外贸出口", "实现外贸出口完成年任务"]),
]


@pytest.mark.parametrize(("text", "subjects"), CASES, ids=[text for text, _ in CASES])
def test_subjects(text: str, subjects: list[str]) -> None:
    ledger = extract([from_text("note.md", text)])
    assert [fact.subject for fact in ledger.facts if fact.counted] == subjects
