"""Builds gov_writer/examples/指标.xlsx, the indicator workbook that ``gov-writer init`` hands out.

Run it after changing the figures: ``python eval/make_example_workbook.py``. The bytes are the same each time.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).resolve().parent.parent / "gov_writer" / "examples" / "指标.xlsx"

INDICATORS = [
    ("序号", "指标", "单位", "2025年", "2024年", "同比增长"),
    (1, "固定资产投资", "亿元", 12.4, 11.6, 0.069),
    (2, "规上服务业营业收入", "亿元", 8.65, 7.98, 0.084),
    (3, "社会消费品零售额", "亿元", 21.3, 20.1, 0.06),
    (4, "税收收入", "万元", 18640, 18920, -0.015),
    (5, "新增市场主体", "户", 1247, 1106, 0.127),
]
COMMUNITIES = [
    ("社区", "常住人口（人）", "网格数（个）", "办结工单（件）", "办结率"),
    ("东岭社区", 12860, 21, 1130, 0.989),
    ("清溪社区", 10475, 18, 982, 0.976),
    ("松山社区", 9320, 16, 852, 0.981),
    ("合计", 32655, 55, 2964, None),
]
FIXED = dt.datetime(2025, 12, 20)  # noqa: DTZ001 - the format has no zones


def build() -> bytes:
    """The workbook as bytes."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "经济指标"
    first.append(["东岭街道2025年主要经济指标"])
    first.merge_cells("A1:F1")
    for row in INDICATORS:
        first.append(row)
    for line in range(3, 3 + len(INDICATORS) - 1):
        first.cell(line, 6).number_format = "0.0%"
    second = book.create_sheet("社区情况")
    for row in COMMUNITIES:
        second.append(row)
    for line in range(2, 2 + len(COMMUNITIES) - 2):
        second.cell(line, 5).number_format = "0.0%"
    book.properties.created = book.properties.modified = FIXED
    buffer = io.BytesIO()
    book.save(buffer)
    return _stable(buffer.getvalue())


def _stable(data: bytes) -> bytes:
    """The same archive with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2025-12-20T00:00:00Z", content)
            info = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            new.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    HERE.write_bytes(build())
    print(HERE)
