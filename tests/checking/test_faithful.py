"""What a faithful draft may do with its notes without a word from the checker."""

from __future__ import annotations

import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Severity

_FAITHFUL = {
    "a share told as a fraction, an average in another unit": (
        "粮食播种面积4.56万亩，总产2.052万吨；总投资11.8亿元，当年完成投资2.9亿元",
        "粮食播种面积4.56万亩，产量2.05万吨，平均每亩产粮450公斤；总投资11.8亿元，完成投资2.9亿元，约占总投资的四分之一。",
    ),
    "what is left when several parts are taken off": (
        "加装电梯签约58部，已投用37部，在建12部。",
        "签约加装电梯58部，其中37部已经投用、12部正在施工，另有9部即将开工。",
    ),
    "days told as parts of a month, and one that is named": (
        "8月6日召开中期推进会。\n新增3A级景区1家（云溪湿地）。",
        "8月上旬召开中期推进会，云溪湿地成为3A级景区。",
    ),
    "all of it was done": ("高标准农田新建1.2万亩，全部验收了。", "新建高标准农田800公顷，验收率100%。"),
    "what each of two has": ("楼宇书记、楼长各26名。", "配备楼长和楼宇书记52名。"),
    "figures in their source's order under other words": (
        "联系快递员、外卖骑手1760名，吸收其中入党积极分子19名。",
        "服务“小哥”1760名，19名骑手、快递员成为入党积极分子。",
    ),
    "digits that a scanner set apart": (
        "粉刷小广告 2 1 6 处；新增停车位 9 4 个；常住人口 14 362 人。",
        "粉刷小广告216处，新增停车位94个，常住人口14362人。",
    ),
}


@pytest.mark.parametrize("name", _FAITHFUL)
def test_nothing_is_told(name: str) -> None:
    notes, draft = _FAITHFUL[name]
    case = pipeline.case_of(
        ingest.from_text("draft.md", draft, id="D"), [ingest.from_text("notes.md", notes)], period="2025"
    )
    told = [f for f in pipeline.examine(case).findings if f.severity is not Severity.INFO]
    assert [(f.rule, f.text, f.message) for f in told] == []
