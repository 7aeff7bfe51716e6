"""What figures count, pattern by pattern.  Figures stand in braces; subjects are listed in their order."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_writer.domain import Approx, Kind, Mention
from gov_writer.facts.binding import phrases

_BRACES = re.compile(r"\{([^}]*)\}")
_PARTS = re.compile(
    r"(?P<basis>同比|环比|较上年)?(?P<way>增长|下降|提高)?(?:超|约)?(?P<n>[\d.]+|[百亿]+)(?P<unit>.*?)(?P<least>以上)?$"
)


def read(marked: str) -> tuple[str, list[Mention]]:
    """The plain text and its figures, as the scanner would hand them on."""
    plain, found, end = "", [], 0
    for match in _BRACES.finditer(marked):
        plain += marked[end : match.start()]
        text = match[1]
        parts = _PARTS.fullmatch(text)
        assert parts, text
        kind = Kind.QUANTITY
        if text.startswith(("全", "首")):
            kind = Kind.RANK
        elif "%" in text or "百分点" in text:
            kind = Kind.GROWTH if parts["way"] else Kind.PERCENT
        found.append(
            Mention(
                start=len(plain),
                end=len(plain) + len(text),
                text=text,
                kind=kind,
                core_start=len(plain) + parts.start("n"),
                core_end=len(plain) + len(text),
                value=Decimal(1),
                unit=parts["unit"] or None,
                approx=Approx.AT_LEAST if parts["least"] else Approx.EXACT,
                basis=parts["basis"] or "",
            )
        )
        plain += text
        end = match.end()
    return plain + marked[end:], found


CASES = [
    ("累计排查发现安全隐患{8753处}，整改{8700处}。", ["累计排查发现安全隐患", "累计排查发现安全隐患整改"]),
    ("共服务了{892名}居民。", ["服务居民"]),
    ("辖区总警情{同比下降27%}。", ["辖区总警情同比"]),
    ("完成税收{5460万元}，{同比增长2.3%}。", ["完成税收", "完成税收同比"]),
    ("完成税收{5460万元}，占全区的{12%}。", ["完成税收", "完成税收占全区"]),
    ("男、女分别为{31人}、{27人}。", ["男", "女"]),
    ("新建、改建农村公路{3条}、{5条}。", ["新建农村公路", "改建农村公路"]),
    ("存贷款余额分别达到{62亿元}、{45亿元}。", ["存款余额", "贷款余额"]),
    ("存贷款余额分别达到{62亿元}、{45亿元}，分别{增长5%}、{8%}。", ["存款余额", "贷款余额"] * 2),
    ("接待游客{12万人次}、旅游收入{3亿元}，分别{增长5%}、{8%}。", ["接待游客", "旅游收入"] * 2),
    ("一、二、三产增加值分别{增长4%}、{7%}和{5%}。", ["一产增加值", "二产增加值", "三产增加值"]),
    ("工业投资、民间投资分别{增长5%}、{8%}。", ["工业投资", "民间投资"]),
    ("受理信访{12件}，其中重复{5件}。", ["受理信访", "受理信访其中重复"]),
    ("新建学校{5所}（小学{3所}、初中{2所}）。", ["新建学校", "新建学校其中小学", "新建学校其中初中"]),
    ("火灾由{3件}降到{1件}。", ["火灾由", "火灾降到"]),
    (
        "改造项目总投资{9800元}，其中争取上级资金{8600元}，自筹{1200元}，涉及楼栋{58栋}。",
        [
            "改造项目总投资",
            "改造项目总投资其中争取上级资金",
            "改造项目总投资其中自筹",
            "改造项目总投资涉及楼栋",
        ],
    ),
    ("城乡低保标准月人均提高至{1150元}。", ["城乡低保标准月人均"]),
    ("低保户由{215户}减至{198户}。", ["低保户由", "低保户减至"]),
    ("办事窗口由{12个}精简至{5个}。", ["办事窗口由", "办事窗口精简至"]),
    ("{18个}园区整合优化为{12个}。", ["园区", "园区整合优化为"]),
    ("{9个}站点已逐步压缩到{4个}。", ["站点", "站点已逐步压缩到"]),
    ("完成了{66个}门面的整治任务。", ["完成门面的整治任务"]),
    ("{109家}麻将馆全部落实了要求。", ["麻将馆"]),
    ("{3个}小区{5个}院落的改造完工。", ["小区", "院落的改造完工"]),
    ("组织{32名}志愿者和{5名}干部，慰问老人{24次}。", ["组织志愿者", "组织干部", "慰问老人"]),
    ("慰问{60岁以上}老人{120名}。", ["慰问老人", "慰问60岁以上老人"]),
    ("开工项目{96个}，其中{百亿元}项目{4个}。", ["开工项目", "开工项目其中项目", "开工项目其中百亿元项目"]),
    ("企业{139家}、个体户{631家}。", ["企业", "个体户"]),
    ("各社区主动排查隐患，共{875处}。", ["各社区主动排查隐患"]),
    ("老旧小区改造：{12个}。", ["老旧小区改造"]),
    ("一是开展应急演练{4次}；", ["开展应急演练"]),
    ("先后{4次}到社区召开协调会。", ["到社区召开协调会"]),
    ("人均收入{提高183元}、{增长5%}。", ["人均收入提高", "人均收入"]),
    ("大学生留（回）乡{3万人}。", ["大学生留乡"]),
    ("安排{20人}值班值守。", ["安排值班值守"]),
    ("辖区统计{120户}。", ["辖区统计"]),
    ("{120户}。", ["标题"]),
    (
        "报名者共{46人}，男女分别为{20人}、{26人}，平均年龄{38岁}。",
        ["报名者", "男报名者", "女报名者", "报名者平均年龄"],
    ),
    ("男、女队员分别为{20人}、{26人}，平均年龄{38岁}。", ["男队员", "女队员", "队员平均年龄"]),
    ("第一、二、三产业分别{增长4%}、{7%}和{5%}。", ["第一产业", "第二产业", "第三产业"]),
    ("中高考上线分别达到{32人}、{21人}。", ["中考上线", "高考上线"]),
    ("大中小学分别有{2所}、{5所}、{9所}。", ["大学", "中学", "小学"]),
    ("四个片区分别新增车位{12个}、{8个}。", ["四个片区新增车位第1项", "四个片区新增车位第2项"]),
    ("查出隐患{53处}，整改{50处}，罚款{6.9万元}。", ["查出隐患", "查出隐患整改", "罚款"]),
    ("养老站点覆盖率{96%}，惠及老人{320人}。", ["养老站点覆盖率", "惠及老人"]),
    ("生产总值完成{36亿元}，总量达{9亿元}。", ["生产总值", "生产总值总量"]),
    ("党员{156名}，其中女党员{61名}，占{39%}。", ["党员", "党员其中女党员", "党员其中女党员占"]),
    ("户籍人口{4万人}，其中男{2.1万人}，女{1.9万人}。", ["户籍人口", "户籍人口其中男", "户籍人口其中女"]),
    ("医保参保{4万人}，参保率{98%}。", ["医保参保", "医保参保率"]),
    ("隐患排查 {53 处} 整改 {50} 整改率{94%}", ["隐患排查", "隐患排查整改", "隐患排查整改率"]),
    ("新引进项目{9个}（{亿元以上}{5个}）。", ["新引进项目", "新引进项目", "新引进项目其中亿元以上"]),
    ("培育市级企业{4家}、省级{2家}。", ["培育市级企业", "培育省级企业"]),
    ("出生{31人}，死亡{28人}。", ["出生", "死亡"]),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_subject(marked: str, expected: list[str]) -> None:
    plain, figures = read(marked)
    assert phrases.subjects(plain, 0, figures, "标题") == expected


@given(st.text(alphabet="其中、，。（）由到分别共第一二和与，的是了占隐患{}", max_size=60), st.integers(1, 6))
def test_any_text_gives_one_short_subject_per_figure(text: str, count: int) -> None:
    plain = text.replace("{", "").replace("}", "")
    marked = "{5件}".join(plain[i::count] for i in range(count)) + "{5件}"
    whole, figures = read(marked)
    found = phrases.subjects(whole, 0, figures)
    assert len(found) == len(figures)
    assert all(len(subject) <= phrases.LONGEST for subject in found)


def test_a_hostile_line_takes_linear_time() -> None:
    plain, figures = read("共计总共合计" * 2000 + "{5件}" + "和" * 5000 + "{5件}" + "（" * 5000 + "{5件}")
    assert len(phrases.subjects(plain, 0, figures)) == 3


def test_a_part_goes_on_with_the_sentence_before() -> None:
    plain, figures = read("其中低保户{81户}，特困户{6户}。")
    assert phrases.subjects(plain, 0, figures, earlier="慰问困难家庭")[0] == "慰问困难家庭其中低保户"
