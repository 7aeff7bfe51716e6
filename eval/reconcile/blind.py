"""Three totals over the reports of one invented county, written by hand and in another manner than the made districts.

    python eval/reconcile/blind.py [--verbose]

Six reports in prose (.docx, .md, .txt); the total as a table with a row per unit and 其中 columns, as a table with totals
alone in other units, and as a report in prose. What is wrong is listed below; everything else is as it should be:
rates that don't add up, parts of parts, last year's values, plans, 万元 beside 亿元, other words for one thing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from gov_writer import across

Wrong = tuple[str, tuple[str, ...]]

PARTS = {
    "城关镇.docx": """城关镇二〇二五年工作情况
一、经济运行
全年完成固定资产投资3.42亿元，其中工业投资1.86亿元。地方一般公共预算收入4860万元，比上年的4520万元增长7.5%。
二、民生保障
城镇新增就业1246人，其中帮扶下岗失业人员再就业318人。全年完成农村危房改造86户。年末享受低保待遇的群众有1032人。
新建、改建农村公路18.6公里。明年计划再修通组公路12公里。
三、生态与治理
植树造林1350亩，其中新造林920亩。受理矛盾纠纷426件，调解成功415件，成功率97.4%。
对企业开展安全生产检查532家次，发现隐患1208处。群众满意度测评得分96.2分。
""",
    "柳河镇.md": """# 柳河镇2025年度总结

## 项目与财税

固定资产投资完成27800万元，工业投资占一半以上，达到15200万元；财政一般公共预算收入3975万元。

## 百姓生活

- 新增城镇就业人员983人，失业人员实现再就业241人
- 改造农村危旧房64户，比去年少20户
- 农村低保和城市低保对象合计876人
- 修建农村公路23.4公里

## 环境和平安

完成造林绿化2100亩。全年调处矛盾纠纷388件，成功率95.1%。检查企业476家次，下达整改通知书93份。
""",
    "马鞍乡.txt": """马鞍乡2025年工作总结

今年以来，马鞍乡固定资产投资完成0.95亿元（其中工业投资2300万元），一般公共预算收入860万元。
城镇新增就业312人，失业人员再就业75人；危房改造121户；低保对象1540人，其中农村低保1498人。
新改建农村公路36.2公里。完成造林4600亩。排查调处矛盾纠纷295件，调解成功率98.3%。
安全生产检查168家次。2024年，全乡造林3900亩、危房改造143户。
""",
    "北苑街道.docx": """北苑街道2025年工作报告
今年，北苑街道完成固定资产投资5.1亿元，同比增长9.3%，工业投资9800万元。实现一般公共预算收入7230万元。
开发公益岗位，全年城镇新增就业2105人，帮助失业人员再就业566人。街道没有农村危房改造任务。在册低保对象743人。
新增绿化面积260亩，完成造林绿化任务。化解各类矛盾纠纷512件，调解成功率96.9%。
出动检查人员，检查各类生产经营单位894家次。
""",
    "石榴园街道.docx": """石榴园街道二〇二五年工作总结
一、稳增长。固定资产投资42600万元，其中工业投资20500万元，较上年增加1800万元。一般公共预算收入5512万元。
二、惠民生。新增就业1688人，失业再就业402人。危房改造7户。城市低保对象918人。改建农村公路4.8公里。
三、护生态。造林绿化480亩。
四、保平安。矛盾纠纷调处447件，成功率97.8%；安全生产检查703家次。
""",
    "凤台镇.md": """# 凤台镇2025年工作总结

凤台镇全年固定资产投资1.88亿元，工业投资0.64亿元。一般公共预算收入2148万元，完成年初预算2100万元的102.3%。

城镇新增就业754人，其中失业人员再就业187人，就业困难人员就业66人。危房改造95户，投入资金380万元。

低保对象1103人。新建改建农村公路27.5公里，其中新建9.5公里。造林绿化3150亩，补植补造400亩。

调处矛盾纠纷361件，调解成功率96.4%。安全生产检查389家次。
""",
}

#: 固定资产投资 34200+27800+9500+51000+42600+18800 = 183900万元 = 18.39亿元
#: 工业投资 18600+15200+2300+9800+20500+6400 = 72800万元 = 7.28亿元
#: 预算收入 4860+3975+860+7230+5512+2148 = 24585万元
#: 新增就业 1246+983+312+2105+1688+754 = 7088   再就业 318+241+75+566+402+187 = 1789
#: 危改 86+64+121+0+7+95 = 373   低保 1032+876+1540+743+918+1103 = 6212
#: 公路 18.6+23.4+36.2+4.8+27.5 = 110.5   造林 1350+2100+4600+260+480+3150 = 11940
#: 纠纷 426+388+295+512+447+361 = 2429   检查 532+476+168+894+703+389 = 3162
ROWS: list[list[object]] = [
    ["单位", "固定资产投资（亿元）", "其中：工业投资（亿元）", "一般公共预算收入（万元）", "城镇新增就业（人）", "其中：失业人员再就业（人）",
     "危房改造（户）", "低保对象（人）", "新改建农村公路（公里）", "造林绿化（亩）", "矛盾纠纷调处（件）", "调解成功率（%）", "安全生产检查（家次）"],
    ["城关镇", 3.42, 1.86, 4860, 1246, 318, 86, 1032, 18.6, 1350, 426, 97.4, 532],
    ["柳河镇", 2.78, 1.52, 3975, 938, 241, 64, 876, 23.4, 2100, 388, 95.1, 476],  # 938: the report says 983
    ["马鞍乡", 0.95, 0.23, 860, 312, 75, 121, 1540, 36.2, 4600, 295, 98.3, 168],
    ["北苑街道", 5.1, 0.98, 7230, 2105, 566, None, 743, None, 260, 512, 96.9, 849],  # 849: the report says 894
    ["石榴园街道", 4.26, 2.5, 5512, 1688, 402, 7, 918, 4.8, 480, 447, 97.8, 703],  # 2.5: the report says 20500万元
    ["凤台镇", 1.88, 0.64, 2148, 754, 187, 95, 1103, 27.5, 3150, 361, 96.4, 389],
    ["合计", 18.39, 7.73, 24585, 7043, 1789, 373, 6122, 110.5, 11940, 2429, 97.0, 3117],  # 6122: the sum is 6212
]  # fmt: skip
#: (rule, words that the message must have)
ROWS_WRONG: list[Wrong] = [
    ("REC951", ("柳河镇", "城镇新增就业")),
    ("REC951", ("北苑街道", "安全生产检查")),
    ("REC951", ("石榴园街道", "工业投资")),
    ("REC951", ("低保对象", "总数")),
]
#: totals that differ because of a cell that is wrong above: telling them too is right
ROWS_RIGHT: list[tuple[str, ...]] = [("城镇新增就业",), ("安全生产检查",), ("工业投资",)]

BARE: list[list[object]] = [
    ["指标", "计量单位", "2025年", "2024年", "增长（%）"],
    ["全社会固定资产投资", "万元", 183900, 169800, 8.3],
    ["#工业投资", "万元", 78200, 66100, 18.3],  # 72800
    ["地方财政一般公共预算收入", "亿元", 2.4585, 2.2904, 7.3],
    ["城镇新增就业人数", "人", 7088, 6912, 2.5],
    ["失业人员再就业人数", "人", 1798, 1705, 5.5],  # 1789
    ["农村危房改造", "户", 373, 441, -15.4],
    ["城乡居民最低生活保障人数", "人", 6212, 6480, -4.1],
    ["农村公路新改建里程", "公里", 120.5, 98.7, 22.1],  # 110.5
    ["人工造林面积", "亩", 11940, 10870, 9.8],
    ["调处各类矛盾纠纷", "件", 2429, 2511, -3.3],
    ["纠纷调解成功率", "%", 96.9, 96.1, None],
    ["检查生产经营单位", "家次", 3126, 2890, 8.2],  # 3162
]
BARE_WRONG: list[Wrong] = [
    ("REC951", ("工业投资",)),
    ("REC951", ("再就业",)),
    ("REC952", ("公路", "北苑街道")),  # the only one that does not tell may have the ten kilometres
    ("REC951", ("检查",)),
]

REPORT = """云岭县2025年乡镇街道工作综述

全县六个乡镇、街道全年完成固定资产投资18.39亿元，其中工业投资7.28亿元；实现一般公共预算收入2.46亿元。

城镇新增就业7088人，失业人员再就业1789人。完成农村危房改造337户。年末共有低保对象6212人。新建改建农村公路110.5公里。

造林绿化1.194万亩。调处矛盾纠纷2429件，调解成功率97%。开展安全生产检查2162家次。明年计划新增就业7500人、造林1万亩。
"""
REPORT_WRONG: list[Wrong] = [("REC951", ("危房改造",)), ("REC951", ("安全生产检查",))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true")
    verbose = parser.parse_args().verbose
    worst = 1.0
    with tempfile.TemporaryDirectory() as folder:
        parts = [_written(Path(folder) / name, text) for name, text in PARTS.items()]
        for title, total, wrong, right in (
            (
                "a row per unit, 其中 columns",
                _sheet(Path(folder) / "汇总表.xlsx", ROWS),
                ROWS_WRONG,
                ROWS_RIGHT,
            ),
            ("totals alone, in other units", _sheet(Path(folder) / "全县指标.xlsx", BARE), BARE_WRONG, []),
            ("a report in prose", _written(Path(folder) / "综述.docx", REPORT), REPORT_WRONG, []),
        ):
            worst = min(worst, _measured(title, total, parts, wrong, right, verbose=verbose))
    return int(worst < 0.95)


def _measured(
    title: str,
    total: str,
    parts: list[str],
    wrong: list[Wrong],
    right: list[tuple[str, ...]],
    *,
    verbose: bool,
) -> float:
    every = across.examine(across.reconcile(total, parts)).findings
    findings = [f for f in every if f.severity != "info"]
    hits = [any(_tells(f, w) for f in findings) for w in wrong]
    asked = [any(_tells(f, w) for f in every) for w in wrong]
    false = [
        f
        for f in findings
        if not any(_tells(f, w) for w in wrong) and not any(_tells(f, ("REC951", words)) for words in right)
    ]
    precision = 1 - len(false) / max(1, len(findings))
    print(
        f"{title}: recall {sum(hits)}/{len(wrong)} ({sum(asked)} told or asked), precision {precision:.3f} "
        f"({len(findings)} findings, {len(every) - len(findings)} questions)"
    )
    for one in false:
        print("  false alarm:", one.rule, one.message[:150])
    for w, hit, ask in zip(wrong, hits, asked, strict=True):
        if not hit:
            print("  missed:" if not ask else "  only asked:", w)
    if verbose:
        for f in every:
            print("   ", f.rule, f.severity, f.text, f.message[:200])
    return min(sum(hits) / len(wrong), precision)


def _tells(finding: Any, wanted: Wrong) -> bool:
    rule, words = wanted
    return finding.rule == rule and all(word in finding.message for word in words)


def _written(path: Path, text: str) -> str:
    if path.suffix == ".docx":
        import docx

        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path.write_text(text, encoding="utf-8")
    return str(path)


def _sheet(path: Path, rows: list[list[object]]) -> str:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(str(path))
    return str(path)


if __name__ == "__main__":
    sys.exit(main())
