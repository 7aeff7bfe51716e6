"""Recall and precision of what is concealed before a request, on cases of our own: python -m eval.privacy

Each line of a case has its personal data in 〔brackets〕, kind first (person:, id:, phone:, card:, plate:, address:);
the brackets are taken out before it is read. A span counts as found when all of it is concealed; what is concealed
outside any bracket counts against precision. Names of offices, streets, projects and figures are the traps.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gov_writer.llm.privacy import Concealer  # noqa: E402

MARK = re.compile(r"〔(person|id|phone|card|plate|address):([^〕]+)〕")
CASES = """
街道党工委书记〔person:陈志远〕带队检查燃气安全，现场整改隐患12处。
由〔person:李秀英〕同志牵头，改造老旧小区3个。
信访人〔person:周大勇〕反映楼道漏水，已协调物业维修。
患者〔person:刘桂兰〕（身份证〔id:510102195203044321〕）已转院治疗。
残疾人〔person:马小军〕，联系电话〔phone:13812345678〕，已办理补贴。
低保户〔person:王翠花〕家住〔address:3栋2单元502室〕，每月走访一次。
社区主任〔person:赵丽娜〕、网格员〔person:孙浩〕入户走访420户。
车牌〔plate:川A3X56K〕长期占用消防通道，已联系车主挪车。
补贴发至银行卡〔card:6222021234567890128〕，共计3600元。
独居老人〔person:何玉珍〕的女儿〔person:何敏〕来电致谢。
办事处主任〔person:欧阳建华〕主持召开专题会议6次。
人大代表〔person:吴国强〕提出建议2件，均已办复。
“最美志愿者”〔person:郑晓燕〕累计服务1260小时。
租客〔person:韩磊〕与房东〔person:蒋文彬〕达成调解协议。
驻村第一书记〔person:杨帆〕联系帮扶47户。
〔person:张建国〕等3人被评为先进个人。
举报人手机〔phone:15987654321〕，反映夜间施工噪声。
党员〔person:黄志明〕、〔person:徐凤霞〕、〔person:曹阳〕认领微心愿26个。
联系人：〔person:冯雪梅〕，〔phone:18600001111〕。
业主〔person:邓超群〕拒不拆除违建，面积约40平方米。
全年召开党工委会议31次，专题研究基层治理9次。
完成固定资产投资98000万元，同比增长7.2%。
东岭街道办事处印发文件134份，12345热线工单3406件。
建成高新路口袋公园6个，新增绿地17000平方米。
开展安全生产大检查，检查企业1043家，整改隐患2289处。
云门街道辖6个社区，常住人口52300人，党员2876名。
白鹤蜜柚销售额268万元，占全部产品的61%。
张家湾社区和李家坝村完成道路硬化8.4公里。
推进文明城市创建，设置宣传栏230处，发放手册32000份。
联合公安派出所开展夜查46次，劝导违停1260车次。
项目编号20250613-08，合同金额13800000元。
全区经济运行平稳，税收收入完成183000000元。
""".strip().splitlines()


def main() -> None:
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    right = wrong = 0
    for line in CASES:
        text, spans = "", []
        at = 0
        for match in MARK.finditer(line):
            text += line[at : match.start()]
            spans.append((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            at = match.end()
        text += line[at:]
        concealed = Concealer([text]).spans(text)
        for start, end, kind in spans:
            wanted[kind] += 1
            if any(s <= start and end <= e for s, e in concealed):
                found[kind] += 1
            else:
                print(f"missed {kind}: {text[start:end]} in {text}")
        for start, end in concealed:
            if any(s < end and start < e for s, e, _ in spans):
                right += 1
            else:
                wrong += 1
                print(f"false: {text[start:end]} in {text}")
    for kind, count in sorted(wanted.items()):
        print(f"{kind:8} recall {found[kind]}/{count}")
    print(
        f"all      recall {sum(found.values()) / sum(wanted.values()):.1%}  precision {right / (right + wrong):.1%}"
    )


if __name__ == "__main__":
    main()
