"""The grammar as a page: docs/grammar.md is ``render()``, made from the tables that the scanner reads.

``python -m gov_writer.facts.grammar > docs/grammar.md`` writes it; a test compares the two, so the page
can't drift from the code: its examples are read by ``scan`` itself, and what they must give is in EXAMPLES.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from gov_writer.domain import Kind, Mention
from gov_writer.facts.notation.approximators import AFTER, BEFORE
from gov_writer.facts.notation.directions import BASES, LEVELS, NOUNS, VERBS
from gov_writer.facts.notation.time_words import EDGES, RELATIVE_YEARS
from gov_writer.facts.notation.units import UNITS
from gov_writer.facts.scanning.labels import LEXICONS
from gov_writer.facts.scanning.scan import scan
from gov_writer.lexicon import rows, words

#: The reference date of the examples.
AS_OF = date(2024, 12, 20)

#: Title of a group, and its examples.
EXAMPLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "数字的写法",
        (
            "受理诉求2046件",
            "发放补贴1,286,400元",
            "新增绿地３．５公顷",
            "登记一百二十户",
            "走访两千三百人次",
            "筹资3千元",
            "产值1.2亿元",
            "投资331.5 万元",
            "入库1亿2000万元",
            "日均客流1万6千多人",
            "捐款十余万元",
            "减负3万多亿元",
            "投入1 286 400元",
            "服务5000+户",
            "募集3w元",
        ),
    ),
    (
        "量词与单位",
        (
            "面积12.6平方公里",
            "浓度28微克/立方米",
            "装机20GW",
            "道路5.3km",
            "绿地300㎡",
            "最低气温-3℃",
            "用时三个半月",
            "工期一年半",
            "培训三个多小时",
            "五大工程",
            "六个方面",
            "组织20人次",
            "60岁以上312人",
            "慰问金3.5万",
            "低保人员近2000万",
            "0投诉",
        ),
    ),
    (
        "范围与约数",
        (
            "奖励3.2—3.5万元",
            "用时5至8个工作日",
            "增长8%至10%",
            "走访三五家",
            "来了十七八人",
            "约300名",
            "近20家",
            "超过500户",
            "不少于30人",
            "不超过5%",
            "300人左右",
            "20天内",
            "500户以上",
            "百余份",
            "上千人",
            "数十次",
            "几百户",
            "多次",
        ),
    ),
    (
        "百分数、成、倍、番",
        (
            "办结率98.6％",
            "百分之九十八点五",
            "百分之八至九",
            "用电增长19·5％",
            "警情减少一半",
            "三分之二",
            "减少1/3",
            "千分之五",
            "三成以上",
            "近九成五",
            "一半以上",
            "是去年的1.8倍",
            "增长1.2倍",
            "翻一番",
            "翻了两番",
            "翻了近一番",
        ),
    ),
    (
        "增减与比较",
        (
            "同比增长5.2%",
            "比上年下降3.1%",
            "降幅达27%",
            "同比增长-3.5%",
            "税收+15%",
            "同比-3.2%",
            "信访45件（-3件）",
            "增速为6.5%",
            "6%左右的增长",
            "提高1.5个百分点",
            "高于全区平均水平0.4个百分点",
            "比上年低2.1个百分点",
            "超目标任务3.2个百分点",
            "增加21件",
            "比去年减少3起",
            "比上年少3起",
            "比全区平均高1200元",
            "提升6位",
            "由42%提高到45%",
            "从17家增至26家",
        ),
    ),
    (
        "并列成分共用单位和方向",
        (
            "分别增长5%、8%和12%",
            "分别下降3.3%和5%",
            "高于全市、全区2.1个和0.8个百分点",
            "分别提高5、8和12个百分点",
            "新建、改建3、5条",
            "分别投资2、3亿元",
            "分别增长3.1%、-4.6%和12.8%",
            "分别上升1.2、下降8.6、上升5.3个百分点",
            "居全市第1、第2",
        ),
    ),
    (
        "位次",
        (
            "全区第三",
            "排名第2位",
            "全国排名53位、82位",
            "由第7升至第3",
            "第5名",
            "倒数第一",
            "全市首家",
            "位居榜首",
            "前五名",
            "全省前三",
            "中部十强",
            "位居全市前列",
        ),
    ),
    (
        "日期与时段",
        (
            "2024年3月15日上午",
            "3月15日至20日",
            "10月8日—11月2日",
            "10月3—8日",
            "2024.6.10—7.20",
            "2024.3.15",
            "二〇二四年三月十五日",
            "2024年3月",
            "1—10月",
            "前三季度",
            "第三季度",
            "三季度末",
            "上半年",
            "全年",
            "今年以来",
            "去年11月以来",
            "2020年以来",
            "截至10月底",
            "截至目前",
            "6月底前",
            "明年一季度",
            "近三年",
            "未来五年",
            "2022—2024年",
            "3月上旬",
            "年底前",
            "春节前",
            "汛期",
            "每月",
            "展望2025，",
        ),
    ),
    (
        "标签：不计数的数字",
        (
            "党的二十大精神",
            "“十四五”期间",
            "“1+4+N”体系",
            "六联六员",
            "三年行动计划",
            "12345热线",
            "5G基站",
            "PM2.5浓度",
            "结构为5.2:41.3:53.5",
            "电话0731-55551234",
            "3栋2单元501室",
            "六连冠",
            "社零额",
            "平安2023行动",
            "世界500强",
            "8小时工作制",
            "80、90后",
            "108路公交",
            "318国道",
            "〔2024〕3号",
            "第二届",
            "第一书记",
            "进一步",
            "十家村",
            "亿元项目",
            "省委十二届四次全会",
            "（星期五）",
            "一是",
        ),
    ),
    (
        "占位与隐去",
        (
            "X个社区",
            "约X万元",
            "20XX年X月",
            "____万元",
            "【待补：户数】",
            "（此处填写金额）",
            "**街道",
            "某社区",
        ),
    ),
)

_HEAD = """# 数据表述的读法

本页由 `python -m gov_writer.facts.grammar > docs/grammar.md` 生成，表格就是程序所用的表格，例子由程序现读。
参照日期为 {as_of}。一段文字里的每个数字都属于且只属于一个表述；表述互不重叠，`text[start:end]` 就是 `text`。
"""

_DECISIONS = """
## 约定没有说到、本项目自定的读法

- **上下界**（`low`、`high`）：约、左右为末位非零数字的半个单位（写出小数的按小数末位），不超过一成，不少于百分之二；余、多、来、几到末位非零数字的下一个单位（10余次为 10—20）；
  超、突破等没有上界；近、接近往下一成或末位非零数字的一个单位，取小者，至少为一；不足、不到没有下界；以上、以内等以本数为界；数十为 20—100，几百为 200—1000，多次为 2 以上。
  数十、几百的 `value` 是写出来的那个十、百。
- **增减的跨度**：百分数的增减把紧挨着的比较基准（同比、比上年、较去年同期、年均等）算进跨度；中间隔着“分别”或别的词时只取数字，基准记在
  `basis`。数量的增减（增加21件）只把动词算进跨度。“由…增至…”“提高到”是水平，不是增减。新增50个是普通数量。
- **比…多、少、高、低**（比上年少3起）按增减算，只把这一个字算进跨度。“提升”后面是里程、面积、个数时说的是做了多少（提升12公里道路），不是增减；
  是位次、分数、金额时才是。
- **没有方向的百分点**（超目标之外）记作 `percent`，单位“个百分点”。降幅、低于、减少为负；“增长-3.5%”为 -3.5。
- **正负号**：百分数前的 + - 是增减（税收+15%、同比-3.2%）；数量前的，紧跟比较基准或括号时是增减（-3件），温度前的是零下，其余当连接号；
  破折号（——、—）不是负号。
- **符号单位**：数字后的 km、㎡、kg、MW 等是单位，`unit` 记汉字单位（公里、平方米、公斤、兆瓦）；表里没有的照原样（dB）。
- **制表单位**（单位：万元、（亿元））是标签，不是一万元。空格分节（1 286 400元）前面是汉字、后面是单位或句读时才连成一个数。
- **断在行末的数**（…群众12⏎34户…）连成一个数；同一段里差不多宽的行也连成一行。行尾不足十二字的，或下一行自有编号的，不连。
- **号码与比例**：带区号的电话、门牌（3栋2单元501室）、比例（1:8、5.2:41.3:53.5）是标签；几点几分是 `period`，没有起止，不算数据。
- **分数**：三分之二记为 66.6667（%），保留四位小数；千分之五、5‰ 的单位是 ‰。
- **一半、过半**是 50%；成后面可以再带一位（九成五）。
- **一个、一条**等冠词用法 `sub` 为 `article`；省去的单位按左右文补“元”或“人”，补不出来的 `unit` 为空。
- **引号里的数字**是标签，除非引的是带标点和数字的整句；《书名号》里的一律是标签。
- **规模名称**（亿元项目、百亿级、万元GDP能耗、每万人）是标签，带以上、超等限制词的（5000万元以上项目）是数量。
- **二**加量词（二期、二级、二次供水）是序数，是标签；计数用两。届、次加全会、会议是标签。
- **第…**：有位、名，或前面有范围（全区）、位居、排名一类的词，才是位次，否则是标签。首批、首台、首届带范围才算位次。百强、500强是名称，记作标签；十强、前五名是位次。
- **年份的承接**：标题里说到的年份（一、2022年工作总结）管到下一个这样的标题；段落里打头的年份管到段末；今年、去年、明年只从参照日期算。
  只有“23日”的，接前面说过的月份。汛期、近年来、过去五年、春节等定不下来的，两端为空。
- **节前**：春节、元旦若在参照日期之前，指下一年的；“春节前”止于节日前一天。
- **没有量词的阿拉伯数字**：紧跟“排查、整改、人口、工单”等词、后面就是句读的，是数量（排查8640，）；紧跟这样的词、后面是“企业、商户”等
  名词的，名词就是单位（走访36企业）。其余是名称的一部分。
- **表头、标题下统一的单位**（单位：万元）管到下一个标题（写在标题末尾的管整节，写在首行的管全文），其间没有单位的数都用它；数字自己的单位优先。
- **比值单位**：“/”后面的单位可以带数（人/10万人、吨标准煤/万元）；没有分子单位的，单位从“/”起（6.8/10万）。
- 10 位以上没有单位的数字、书号、电话是标签；`110` 后接报警、指挥中心等是标签，后接量词是数量。
"""


def _summary(mention: Mention) -> str:
    """What was read, in one line of the page."""
    parts = [mention.kind.value + (f"/{mention.sub}" if mention.sub else "")]
    if mention.value is not None or mention.low is not None:
        value = "—" if mention.value is None else f"{mention.value:f}"
        parts.append(value + (f" {mention.unit}" if mention.unit else ""))
    if mention.approx.value != "exact":
        low = "…" if mention.low is None else f"{mention.low:f}"
        high = "…" if mention.high is None else f"{mention.high:f}"
        parts.append(f"{mention.approx.value} [{low}, {high}]")
    if mention.kind in {Kind.DATE, Kind.DATE_RANGE, Kind.PERIOD}:
        parts.append(f"{mention.date_start or '…'} 至 {mention.date_end or '…'}")
    if mention.basis:
        parts.append(f"基准 {mention.basis}")
    return "，".join(parts)


def example(text: str) -> list[tuple[str, str]]:
    """``(words, summary)`` of each mention of an example."""
    return [(mention.text, _summary(mention)) for mention in scan(text, as_of=AS_OF)]


def render() -> str:
    """The page."""
    lines = [_HEAD.format(as_of=AS_OF)]
    for title, texts in EXAMPLES:
        lines += [f"## {title}", "", "| 例 | 读出的表述 | 读作 |", "| --- | --- | --- |"]
        for text in texts:
            for index, (words_, said) in enumerate(example(text)):
                lines.append(f"| {_cell(text) if index == 0 else ''} | {_cell(words_)} | {_cell(said)} |")
        lines.append("")
    lines += [*_tables(), _DECISIONS.strip(), ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def _tables() -> list[str]:
    lines = ["## 约数词", "", "| 含义 | 在数字前 | 在数字后 |", "| --- | --- | --- |"]
    for approx in dict.fromkeys((*BEFORE.values(), *AFTER.values())):
        before = "、".join(w for w, a in BEFORE.items() if a is approx)
        after = "、".join(w for w, a in AFTER.items() if a is approx)
        lines.append(f"| {approx.value} | {before} | {after} |")
    lines += ["", "## 方向与比较", "", "| 类 | 升 | 降 |", "| --- | --- | --- |"]
    for name, table in (("动词", VERBS), ("名词", NOUNS), ("比较", LEVELS)):
        up, down = ("、".join(w for w, s in table.items() if s == sign) for sign in (1, -1))
        lines.append(f"| {name} | {up} | {down} |")
    lines += ["", "比较基准：" + "、".join(BASES) + "。", "", "## 单位", "", "| 类 | 单位 |", "| --- | --- |"]
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for unit, (name, digits) in UNITS.items():
        classes[name].append(unit + ("*" if digits else ""))
    lines += [f"| {name} | {_cell('、'.join(units))} |" for name, units in classes.items()]
    lines += ["", "带 \\* 的只在阿拉伯数字后面算单位（三江、四库是名称）。", "", "## 相对的时间词", ""]
    lines.append(
        "从参照日期算：" + "、".join(w for w, (base, _) in RELATIVE_YEARS.items() if base == "ref") + "。"
    )
    lines.append(
        "从上文说到的年份算："
        + "、".join(w for w, (base, _) in RELATIVE_YEARS.items() if base == "told")
        + "。"
    )
    lines.append("年内的点：" + "、".join(f"{w}（{m}月{d}日）" for w, (m, d) in EDGES.items()) + "。")
    lines.append("其他：" + "、".join(f"{row[0]}（{row[1]}）" for row in rows("time_words")) + "。")
    lines += ["", "## 标签词表", ""]
    lines += [f"- `{name}.tsv`：{len(words(name))} 条，记作 `{sub}`" for name, sub in LEXICONS.items()]
    lines.append("")
    return lines


if __name__ == "__main__":
    print(render(), end="")
