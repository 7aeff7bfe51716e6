"""The layout of GB/T 9704-2012 (党政机关公文格式) in numbers, each with its clause.

Lengths are in twentieths of a point (twips; 1 mm = 56.6929), sizes in half points, as WordprocessingML has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def mm(length: float) -> int:
    """Millimetres to twips."""
    return round(length * 1440 / 25.4)


# 5.1 幅面尺寸: A4.  5.2.1 页边与版心: 天头 37 mm±1, 订口 28 mm±1, 版心 156 mm×225 mm.
PAGE_WIDTH, PAGE_HEIGHT = mm(210), mm(297)
TOP, BOTTOM, LEFT, RIGHT = mm(37), mm(35), mm(28), mm(26)
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
TOLERANCE = mm(1)

# 5.2.3: 一般每面排22行, 每行排28个字, 并撑满版心.
LINES, CHARACTERS = 22, 28
LINE_PITCH = TEXT_HEIGHT // LINES  # 579: one more would push the last line out of the type area
#: In 1/4096 point, added to the body's 16 points: 28 of them just fill the line.
CHARACTER_SPACE = -849
#: In twips, set in the body style. LibreOffice gives a character wider than its cell two cells, so the styles do
#: without the character grid and reach 28 by this: 28 × 15.7 pt fit into 442 pt, 29 do not, in Word too.
CHARACTER_SPACING = -6

# 7.5 页码: 4号半角宋体, 一字线; 一字线上距版心下边缘 7 mm; 单页码居右空一字, 双页码居左空一字.
FOOTER_DISTANCE = mm(25.5)
HEADER_DISTANCE = mm(15)

SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 44, 32, 28, 21  # 2号 22 pt, 3号 16 pt, 4号 14 pt, 5号 10.5 pt

TITLE_FONT = "方正小标宋简体"  # 7.3.1: 2号小标宋体字, 分一行或多行居中排布
BODY_FONT = "仿宋_GB2312"  # 5.2.2, 7.3.3: 3号仿宋体字
FIRST_FONT = "黑体"  # 7.3.3: 第一层用黑体字
SECOND_FONT = "楷体_GB2312"  # 第二层用楷体字
PAGE_NUMBER_FONT = "宋体"

#: Names under which the same typeface goes, the first being what this project writes.
FAMILIES: dict[str, tuple[str, ...]] = {
    "小标宋": (
        TITLE_FONT,
        "方正小标宋_GBK",
        "方正小标宋",
        "小标宋",
        "华文中宋",
        "STZhongsong",
        "FZXiaoBiaoSong-B05S",
    ),
    "仿宋": (
        BODY_FONT,
        "仿宋",
        "FangSong",
        "FangSong_GB2312",
        "华文仿宋",
        "STFangsong",
        "方正仿宋_GBK",
        "方正仿宋简体",
    ),
    "黑体": (FIRST_FONT, "SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti"),
    "楷体": (
        SECOND_FONT,
        "楷体",
        "KaiTi",
        "KaiTi_GB2312",
        "华文楷体",
        "STKaiti",
        "方正楷体_GBK",
        "方正楷体简体",
    ),
    "宋体": (PAGE_NUMBER_FONT, "SimSun", "NSimSun", "新宋体", "方正书宋_GBK", "华文宋体", "STSong"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """How a kind of paragraph looks; each is one of a kind.  size: half points.  indent: first line, in characters.  line: exact spacing in twips.

    family: key of ``FAMILIES``.  align: both, center, right or left.  outline: 0-based level, None for text.
    left: of the lines after the first, in characters; then indent counts from there (-4: four to the left).
    before, after: empty lines.  keep: on the same page as what follows.
    """

    id: str
    name: str
    family: str
    size: int = SIZE_3
    indent: int = 2
    align: str = "both"
    outline: int | None = None
    line: int = LINE_PITCH
    left: int = 0
    before: int = 0
    after: int = 0
    keep: bool = False

    @property
    def font(self) -> str:
        return FAMILIES[self.family][0]


BODY = Look(id="Normal", name="Normal", family="仿宋")
TITLE = Look(id="Title", name="Title", family="小标宋", size=SIZE_2, indent=0, align="center", after=1)
HEADINGS = (
    Look(id="Heading1", name="heading 1", family="黑体", outline=0, keep=True),
    Look(id="Heading2", name="heading 2", family="楷体", outline=1, keep=True),
    Look(id="Heading3", name="heading 3", family="仿宋", outline=2, keep=True),
    Look(id="Heading4", name="heading 4", family="仿宋", outline=3, keep=True),
)
ADDRESSEE = Look(id="Addressee", name="主送机关", family="仿宋", indent=0)  # 7.3.2: 居左顶格
CLOSING = Look(
    id="Closing", name="公文结尾", family="仿宋", keep=True
)  # 7.3.5.5: no signature alone on a page
# 7.3.4 附件说明: 正文下空一行左空二字编排“附件”二字, 后标全角冒号和附件名称; 附件名称较长需回行时, 应当与上一行附件
# 名称的首字对齐. The three: one attachment, the first of several (附件：1.), the others (2.).
APPENDIX = Look(id="AppendixNote", name="附件说明", family="仿宋", left=5, indent=-3, before=1, keep=True)
APPENDIX_FIRST = Look(
    id="AppendixFirst", name="附件说明首项", family="仿宋", left=6, indent=-4, before=1, keep=True
)
APPENDIX_ITEM = Look(id="AppendixItem", name="附件说明列项", family="仿宋", left=6, indent=-1, keep=True)
SIGNER = Look(
    id="Signer", name="发文机关署名", family="仿宋", indent=0, align="right", before=1, keep=True
)  # 7.3.5
ISSUED = Look(id="IssueDate", name="成文日期", family="仿宋", indent=0, align="right")
CONTINUED = Look(
    id="TableText", name="表格文字", family="仿宋", size=SIZE_5, indent=0, align="left", line=340
)
LOOKS = (
    BODY,
    TITLE,
    *HEADINGS,
    ADDRESSEE,
    CLOSING,
    APPENDIX,
    APPENDIX_FIRST,
    APPENDIX_ITEM,
    SIGNER,
    ISSUED,
    CONTINUED,
)


APPENDICES = (APPENDIX, APPENDIX_FIRST, APPENDIX_ITEM)
_ATTACHED = re.compile(r"附件[：:]\s*(\d{1,2}[.．、])?")
_NUMBERED = re.compile(r"\d{1,2}[.．、](?:(?!\d)|(?=(?:19|20)\d\d年))")


def appendix_look(text: str, before: Look | None) -> Look | None:
    """The look of a line of the 附件说明; None if it is none.  before: the look of the paragraph above."""
    words = text.strip()
    first = _ATTACHED.match(words)
    if first:
        return APPENDIX_FIRST if first.group(1) else APPENDIX
    numbered = before in (APPENDIX_FIRST, APPENDIX_ITEM) and _NUMBERED.match(words) and "。" not in words
    return APPENDIX_ITEM if numbered else None


def family_of(font: str | None) -> str | None:
    """The typeface that a font's name stands for (仿宋, 黑体 …), None if it is none of the standard's."""
    if not font:
        return None
    for family, names in FAMILIES.items():
        if font in names or font.removesuffix("_GB2312") in names:
            return family
    return next((family for family in ("小标宋", "仿宋", "楷体", "黑体", "宋体") if family in font), None)
