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
#: Three pairs of sentences that claim one rank: (part, part, words).
RANKS = (
    (0, 5, "垃圾分类考核位居全区第一"),
    (2, 9, "平安建设考核全区第二"),
    (3, 7, "协税护税工作全区第一"),
)
COPIED = (
    "坚持把楼栋当作治理的最小单元，请退休教师、快递小哥、物业保安一起当楼栋联络员，每周碰头说一件烦心事、办一件"
    "小实事，谁认领谁回音，半年下来楼道里的旧家具少了，邻里之间的招呼声多了"
)


@dataclass(frozen=True)
class World:
    """The names and wordings of one made-up district.  indicators: name, unit, wordings with {n} for the figure."""

    units: list[str]
    indicators: list[tuple[str, ...]]
    small: set[str]
    large: set[str]
    ranks: tuple[tuple[int, int, str], ...]
    copied: tuple[tuple[str, str], ...]  # two passages, each as the one part has it and as the other


HOME = World(
    UNITS,
    INDICATORS,
    SMALL,
    LARGE,
    RANKS,
    (
        (COPIED, COPIED.replace("每周", "每月")),
        (
            COPIED.replace("楼栋", "院落").replace("半年", "一年").replace("楼道", "院子"),
            COPIED.replace("楼栋", "院落")
            .replace("半年", "一年")
            .replace("楼道", "院子")
            .replace("每周", "每月"),
        ),
    ),
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


def make(folder: Path, seed: int = 1, world: World = HOME, *, bare: bool = False) -> District:
    """Write the set into folder.  bare: the total has no columns of the units, only 合计."""
    luck = random.Random(seed)
    values = [[_value(name, luck, world) for name, *_ in world.indicators] for _ in world.units]
    said = [[f"{v}{unit}" for v, (_, unit, *_) in zip(row, world.indicators, strict=True)] for row in values]
    cells = [list(row) for row in values]
    totals = [sum(column) for column in zip(*values, strict=True)]
    extra: list[list[str]] = [[] for _ in world.units]
    district = District(folder, folder / "全区汇总.xlsx", [])
    order = list(range(len(world.indicators)))
    luck.shuffle(order)
    if bare:
        order = order[:8] + order[17:] + order[8:17]  # no cells to plant faults in
    _plant(district, luck, order, cells, totals, said, extra, world, bare)
    _tempt(district, luck, order, values, said, extra, world)
    folder.mkdir(parents=True, exist_ok=True)
    _write_total(district.total, [] if bare else cells, totals, world)
    for number, unit in enumerate(world.units):
        lines = _lines(number, unit, said, extra, luck, world)
        if number % 4 == 3:
            district.parts.append(_write_book(folder, number, unit, said, extra, world))
        else:
            district.parts.append(_write_part(folder, number, unit, lines))
    return district


def _value(name: str, luck: random.Random, world: World) -> int:
    low, high = (2, 30) if name in world.small else (10_000, 400_000) if name in world.large else (60, 900)
    return luck.randint(low, high)


def _plant(district, luck, order, cells, totals, said, extra, world, bare):  # type: ignore[no-untyped-def]
    for k in order[:8]:
        totals[k] = _slip(totals[k], luck)
        district.faults.append(Planted("total", world.indicators[k][0], "REC951"))
    for k in order[8:17] if not bare else []:
        unit = luck.randrange(len(world.units))
        cells[unit][k] = _slip(cells[unit][k], luck)
        district.faults.append(Planted("cell", world.indicators[k][0], "REC951"))
    for k in order[8:11] if bare else order[17:20]:
        said[luck.randrange(len(world.units))][k] = ""
        district.faults.append(Planted("missing", world.indicators[k][0], "REC952"))
    for a, b, words in world.ranks:
        extra[a].append(words)
        extra[b].append(words.replace("位居", "").replace("考核", "考核成绩"))
        district.faults.append(Planted("rank", f"{world.units[a]}{world.units[b]}", "REC953"))
    for (a, b), (one, two) in zip(((1, 8), (4, 10)), world.copied, strict=True):
        extra[a].append(one)
        extra[b].append(two)
        district.faults.append(Planted("copied", f"{world.units[a]}{world.units[b]}", "REC954"))


def _slip(value: int, luck: random.Random) -> int:
    """A transposition where digits differ, else one more."""
    digits = list(str(value))
    places = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[n + 1] != "0")]
    if not places:
        return value + 1
    n = luck.choice(places)
    digits[n], digits[n + 1] = digits[n + 1], digits[n]
    return int("".join(digits))


def _tempt(district, luck, order, values, said, extra, world):  # type: ignore[no-untyped-def]
    quiet = order[20:]
    large = [k for k in quiet if world.indicators[k][0] in world.large] or quiet
    for n in range(5):  # a unit re-expressed
        k, unit = large[n % len(large)], n
        said[unit][k] = f"{values[unit][k] / 10_000:g}万{world.indicators[k][1]}"
        district.tempting.append(Planted("re-expressed", world.indicators[k][0], ""))
    for n in range(5):  # an approximation
        k, unit = quiet[n], n + 5
        value = values[unit][k]
        if value >= 100:
            said[unit][k] = f"{value // 10 * 10}余{world.indicators[k][1]}" if value % 10 else said[unit][k]
        district.tempting.append(Planted("approximate", world.indicators[k][0], ""))
    for n in range(6):  # last year's value beside it
        k, unit = quiet[n + 5], n
        extra[unit].append(f"上年{world.indicators[k][0]}{values[unit][k] + 13}{world.indicators[k][1]}")
        district.tempting.append(Planted("last year", world.indicators[k][0], ""))
    for n in range(5):  # next year's plan
        k, unit = quiet[n + 11], n + 6
        extra[unit].append(f"明年计划{world.indicators[k][0]}{values[unit][k] + 20}{world.indicators[k][1]}")
        district.tempting.append(Planted("plan", world.indicators[k][0], ""))
    for a, b, one, two in (
        (0, 6, "信访工作全区第一", "信访工作全市第一"),
        (1, 7, "防汛演练评比并列全区第二", "防汛演练评比并列全区第二"),
        (2, 8, "人口普查进度全区第一", "医保征缴进度全区第一"),
        (3, 9, "垃圾分类考核全区第三", "垃圾分类考核全区第四"),
    ):
        extra[a].append(one)
        extra[b].append(two)
        district.tempting.append(Planted("rank", f"{world.units[a]}{world.units[b]}", ""))


def _lines(number, unit, said, extra, luck, world):  # type: ignore[no-untyped-def]
    lines = [f"{unit}街道2025年工作总结", f"2025年，{unit}街道围绕中心工作，较好地完成了全年任务。"]
    done = []
    for k, (_, _, *wordings) in enumerate(world.indicators):
        if said[number][k]:
            done.append(luck.choice(wordings).format(n=said[number][k]))
    for n in range(0, len(done), 4):
        lines.append("；".join(done[n : n + 4]) + "。")
    return lines + [f"{words}。" for words in extra[number]]


def _write_total(place: Path, cells: list[list[int]], totals: list[int], world: World) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["指标", "计量单位", *(f"{unit}街道" for unit in world.units[: len(cells)]), "合计"])
    for k, (name, unit, *_) in enumerate(world.indicators):
        sheet.append([name, unit, *(row[k] for row in cells), totals[k]])
    book.save(place)


def _write_part(folder: Path, number: int, unit: str, lines: list[str]) -> Path:
    ending = ("md", "docx", "txt")[number % 4]
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


def _write_book(folder: Path, number: int, unit: str, said, extra, world: World) -> Path:  # type: ignore[no-untyped-def]
    """A workbook: indicator, unit and value in rows, what is told in words on a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "指标完成情况"
    sheet.append([f"{unit}街道2025年指标完成情况"])
    sheet.append(["指标名称", "单位", "2025年"])
    for k, (name, measure, *wordings) in enumerate(world.indicators):
        words = said[number][k]
        if words:
            label = wordings[0].replace("{n}", "") if k % 3 == 0 else name
            plain = words.removesuffix(measure)
            sheet.append([label, measure, int(plain) if plain.isdecimal() else plain])
    words = book.create_sheet("情况说明")
    for line in extra[number]:
        words.append([f"{line}。"])
    place = folder / f"{unit}街道.xlsx"
    book.save(place)
    return place
