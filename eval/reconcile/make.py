"""An input set for ``gov-writer reconcile``: a district with 12 sub-districts and 40 indicators, reports in
four formats, 25 planted discrepancies and 25 tempting non-discrepancies. Invented places, seeded, repeatable.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from openpyxl import Workbook

UNITS = ["东岭", "西屏", "南浦", "北塘", "青石", "白杨", "柳河", "桂园", "松坪", "云台", "江口", "龙泉"]
#: indicator, unit of count, the two ways reports say it ({n} is the figure)
INDICATORS = [
    ("排查安全隐患", "处", "累计排查安全隐患{n}", "全年共排查各类安全隐患{n}"),
    ("整改安全隐患", "处", "完成整改安全隐患{n}", "已整改安全隐患{n}"),
    ("开展消防演练", "场", "开展消防演练{n}", "组织消防演练{n}"),
    ("新增就业", "人", "城镇新增就业{n}", "新增就业{n}"),
    ("就业困难人员再就业", "人", "帮助就业困难人员再就业{n}", "就业困难人员实现再就业{n}"),
    ("发放慰问金", "元", "发放慰问金{n}", "春节期间发放慰问金{n}"),
    ("走访困难群众", "户", "走访困难群众{n}", "上门走访困难群众{n}"),
    ("化解矛盾纠纷", "起", "化解矛盾纠纷{n}", "成功化解各类矛盾纠纷{n}"),
    ("受理信访事项", "件", "受理信访事项{n}", "全年受理群众信访事项{n}"),
    ("办结信访事项", "件", "办结信访事项{n}", "按期办结信访事项{n}"),
    ("拆除违法建设", "平方米", "拆除违法建设{n}", "依法拆除违法建设面积{n}"),
    ("新增停车位", "个", "新增停车位{n}", "挖潜新增停车位{n}"),
    ("改造老旧小区", "个", "改造老旧小区{n}", "完成老旧小区改造{n}"),
    ("加装电梯", "部", "加装电梯{n}", "老旧小区加装电梯{n}"),
    ("发展党员", "名", "发展党员{n}", "全年发展党员{n}"),
    ("组织中心组学习", "次", "组织中心组学习{n}", "开展理论中心组学习{n}"),
    ("新建党支部", "个", "新建党支部{n}", "新组建两新组织党支部{n}"),
    ("引进企业", "家", "引进企业{n}", "招引企业落户{n}"),
    ("走访企业", "家次", "走访企业{n}", "班子成员走访企业{n}"),
    ("协税护税", "元", "完成协税护税{n}", "协税护税入库{n}"),
    ("清运垃圾", "吨", "清运垃圾{n}", "清理卫生死角并清运垃圾{n}"),
    ("清理占道经营", "处", "清理占道经营{n}", "劝导清理占道经营{n}"),
    ("拆除违规广告牌", "块", "拆除违规广告牌{n}", "排查并拆除违规广告牌{n}"),
    ("巡河", "次", "河长巡河{n}", "各级河长巡河{n}"),
    ("种植绿化", "平方米", "新增绿化面积{n}", "补种绿化{n}"),
    ("发放宣传资料", "份", "发放宣传资料{n}", "累计发放宣传资料{n}"),
    ("开展志愿服务", "场", "开展志愿服务{n}", "组织志愿服务活动{n}"),
    ("注册志愿者", "人", "注册志愿者{n}", "新增注册志愿者{n}"),
    ("举办文化活动", "场", "举办文化活动{n}", "举办群众文化活动{n}"),
    ("适老化改造", "户", "完成适老化改造{n}", "为困难老人家庭适老化改造{n}"),
    ("残疾人补贴", "人", "发放残疾人补贴{n}", "残疾人两项补贴惠及{n}"),
    ("临时救助", "人次", "临时救助{n}", "实施临时救助{n}"),
    ("医保参保", "人", "居民医保参保{n}", "完成居民医保参保{n}"),
    ("养老保险参保", "人", "居民养老保险参保{n}", "养老保险参保{n}"),
    ("新冠疫苗接种", "剂次", "疫苗接种{n}", "组织疫苗接种{n}"),
    ("签约家庭医生", "人", "签约家庭医生{n}", "家庭医生签约服务{n}"),
    ("反诈宣传", "场次", "开展反诈宣传{n}", "组织反诈宣传进小区{n}"),
    ("安装监控", "个", "安装监控{n}", "新装高清监控探头{n}"),
    ("出动巡防力量", "人次", "出动巡防力量{n}", "组织群防群治力量巡防{n}"),
    ("受理热线工单", "件", "受理热线工单{n}", "办理12345热线工单{n}"),
]
SMALL = {"加装电梯", "改造老旧小区", "新建党支部", "引进企业", "开展消防演练"}
LARGE = {"发放慰问金", "协税护税", "医保参保", "养老保险参保", "发放宣传资料", "拆除违法建设", "新冠疫苗接种"}
COPIED = (
    "坚持把楼栋当作治理的最小单元，请退休教师、快递小哥、物业保安一起当楼栋联络员，每周碰头说一件烦心事、办一件"
    "小实事，谁认领谁回音，半年下来楼道里的旧家具少了，邻里之间的招呼声多了"
)


@dataclass
class Planted:
    """What was planted.  name: the indicator, or the two units.  rule: what should find it."""

    kind: str
    name: str
    rule: str


@dataclass
class District:
    folder: Path
    total: Path
    parts: list[Path]
    faults: list[Planted] = field(default_factory=list)
    tempting: list[Planted] = field(default_factory=list)


def make(folder: Path, seed: int = 1) -> District:
    """Write the set into folder."""
    luck = random.Random(seed)
    values = [[_value(name, luck) for name, *_ in INDICATORS] for _ in UNITS]
    said = [[f"{v}{unit}" for v, (_, unit, *_) in zip(row, INDICATORS, strict=True)] for row in values]
    cells = [list(row) for row in values]
    totals = [sum(column) for column in zip(*values, strict=True)]
    extra: list[list[str]] = [[] for _ in UNITS]
    district = District(folder, folder / "全区汇总.xlsx", [])
    order = list(range(len(INDICATORS)))
    luck.shuffle(order)
    _plant(district, luck, order, cells, totals, said, extra)
    _tempt(district, luck, order, values, said, extra)
    folder.mkdir(parents=True, exist_ok=True)
    _write_total(district.total, cells, totals)
    for number, unit in enumerate(UNITS):
        lines = _lines(number, unit, said, extra, luck)
        district.parts.append(_write_part(folder, number, unit, lines))
    return district


def _value(name: str, luck: random.Random) -> int:
    low, high = (2, 30) if name in SMALL else (10_000, 400_000) if name in LARGE else (60, 900)
    return luck.randint(low, high)


def _plant(district, luck, order, cells, totals, said, extra):  # type: ignore[no-untyped-def]
    for k in order[:8]:
        totals[k] = _slip(totals[k], luck)
        district.faults.append(Planted("total", INDICATORS[k][0], "REC951"))
    for k in order[8:17]:
        unit = luck.randrange(len(UNITS))
        cells[unit][k] = _slip(cells[unit][k], luck)
        district.faults.append(Planted("cell", INDICATORS[k][0], "REC951"))
    for k in order[17:20]:
        said[luck.randrange(len(UNITS))][k] = ""
        district.faults.append(Planted("missing", INDICATORS[k][0], "REC952"))
    for a, b, words in (
        (0, 5, "垃圾分类考核位居全区第一"),
        (2, 9, "平安建设考核全区第二"),
        (3, 7, "协税护税工作全区第一"),
    ):
        extra[a].append(words)
        extra[b].append(words.replace("位居", "").replace("考核", "考核成绩"))
        district.faults.append(Planted("rank", f"{UNITS[a]}{UNITS[b]}", "REC953"))
    for a, b in ((1, 8), (4, 10)):
        words = (
            COPIED
            if a == 1
            else COPIED.replace("楼栋", "院落").replace("半年", "一年").replace("楼道", "院子")
        )
        extra[a].append(words)
        extra[b].append(words.replace("每周", "每月"))
        district.faults.append(Planted("copied", f"{UNITS[a]}{UNITS[b]}", "REC954"))


def _slip(value: int, luck: random.Random) -> int:
    """A transposition where digits differ, else one more."""
    digits = list(str(value))
    places = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[n + 1] != "0")]
    if not places:
        return value + 1
    n = luck.choice(places)
    digits[n], digits[n + 1] = digits[n + 1], digits[n]
    return int("".join(digits))


def _tempt(district, luck, order, values, said, extra):  # type: ignore[no-untyped-def]
    quiet = order[20:]
    large = [k for k in quiet if INDICATORS[k][0] in LARGE] or quiet
    for n in range(5):  # a unit re-expressed
        k, unit = large[n % len(large)], n
        said[unit][k] = f"{values[unit][k] / 10_000:g}万{INDICATORS[k][1]}"
        district.tempting.append(Planted("re-expressed", INDICATORS[k][0], ""))
    for n in range(5):  # an approximation
        k, unit = quiet[n], n + 5
        value = values[unit][k]
        if value >= 100:
            said[unit][k] = f"{value // 10 * 10}余{INDICATORS[k][1]}" if value % 10 else said[unit][k]
        district.tempting.append(Planted("approximate", INDICATORS[k][0], ""))
    for n in range(6):  # last year's value beside it
        k, unit = quiet[n + 5], n
        extra[unit].append(f"上年{INDICATORS[k][0]}{values[unit][k] + 13}{INDICATORS[k][1]}")
        district.tempting.append(Planted("last year", INDICATORS[k][0], ""))
    for n in range(5):  # next year's plan
        k, unit = quiet[n + 11], n + 6
        extra[unit].append(f"明年计划{INDICATORS[k][0]}{values[unit][k] + 20}{INDICATORS[k][1]}")
        district.tempting.append(Planted("plan", INDICATORS[k][0], ""))
    for a, b, one, two in (
        (0, 6, "信访工作全区第一", "信访工作全市第一"),
        (1, 7, "防汛演练评比并列全区第二", "防汛演练评比并列全区第二"),
        (2, 8, "人口普查进度全区第一", "医保征缴进度全区第一"),
        (3, 9, "垃圾分类考核全区第三", "垃圾分类考核全区第四"),
    ):
        extra[a].append(one)
        extra[b].append(two)
        district.tempting.append(Planted("rank", f"{UNITS[a]}{UNITS[b]}", ""))


def _lines(number, unit, said, extra, luck):  # type: ignore[no-untyped-def]
    lines = [f"{unit}街道2025年工作总结", f"2025年，{unit}街道围绕中心工作，较好地完成了全年任务。"]
    done = []
    for k, (_, _, one, two) in enumerate(INDICATORS):
        if said[number][k]:
            done.append((one, two)[luck.random() < 0.5].format(n=said[number][k]))
    for n in range(0, len(done), 4):
        lines.append("；".join(done[n : n + 4]) + "。")
    return lines + [f"{words}。" for words in extra[number]]


def _write_total(place: Path, cells: list[list[int]], totals: list[int]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["指标", "计量单位", *(f"{unit}街道" for unit in UNITS), "合计"])
    for k, (name, unit, *_) in enumerate(INDICATORS):
        sheet.append([name, unit, *(row[k] for row in cells), totals[k]])
    book.save(place)


def _write_part(folder: Path, number: int, unit: str, lines: list[str]) -> Path:
    ending = ("md", "docx", "txt", "docx")[number % 4]
    place = folder / f"{unit}街道.{ending}"
    if ending == "docx":
        document = Document()
        document.add_heading(lines[0], 0)
        for line in lines[1:]:
            document.add_paragraph(line)
        document.save(str(place))
    elif ending == "txt":
        place.write_bytes("\r\n".join(lines).encode("gb18030"))
    else:
        place.write_text("# " + "\n\n".join(lines) + "\n", encoding="utf-8")
    return place
