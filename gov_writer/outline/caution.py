"""What in the notes a clerk had better look at: reports of another year, doubts, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gov_writer.domain import Period
from gov_writer.outline.reading import Reading

#: 某社区2024年工作总结: a report's own title, with the year that it tells of.
_REPORT_OF = re.compile(
    r"[^\d。]{0,30}(20\d\d)年度?(?![—–\-~至])[^。]{0,12}(?:总结|述职报告|工作报告|汇报)[^。]{0,16}"
)
#: What whoever wrote the notes was not sure of.
_DOUBT = re.compile("待(?:核实|核对|核定|确认|定)|尚未核实|有待核实")
#: 更正：上面19起应为17起, 不是312，是321: what was said before is not so.
_CORRECTS = re.compile(
    r"(?<=\d)[\u4e00-\u9fff]{0,4}(?:应为|应该是|改为|改成|更正为)(?=\d)"
    r"|不是\d[\d.]*[\u4e00-\u9fff]{0,3}[，,]\s*(?:应该)?是(?=\d)"
)
_CORRECTION = re.compile("更正|订正|勘误|纠正一下|说错了|写错了|报错了")


def old_reports(readings: Sequence[Reading], period: Period | None) -> Iterator[tuple[Reading, int]]:
    """Whole reports of an earlier year than the period's, with that year: all that they tell, plans too, is of it."""
    for reading in readings:
        titled = _REPORT_OF.fullmatch(reading.title.text.strip())
        if titled is None or period is None or period.start is None:
            continue
        if int(titled[1]) < period.start.year:
            yield reading, int(titled[1])


def doubts(readings: Sequence[Reading]) -> Iterator[str]:
    """A warning for each piece that its author was not sure of, or that corrects a figure told before."""
    for reading in readings:
        for piece in reading.pieces:
            where = f"“{reading.source.path}”{piece.locator}"
            doubt = _DOUBT.search(piece.words.text)
            if doubt is not None:
                yield f"{where}注明“{doubt[0]}”，已照写进草稿，请核实后删去。"
            said = _CORRECTION.match(piece.label) or _CORRECTION.match(piece.words.text)
            if piece.words.slots and (said or _CORRECTS.search(piece.words.text)):
                yield f"{where}更正了前面的数据，草稿里两个数都在，请改用更正后的数，再删去这一句。"
