"""What the layout rules ask of a document: how the Chinese characters of a stretch look."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from gov_writer.checking.case import Case
from gov_writer.domain import Block, BlockKind, CharacterLook, Layout, ParagraphLook
from gov_writer.ooxml import standard
from gov_writer.text.lazy import lazy

HAN = lazy(r"[\u3400-\u9fff]")
#: Names of sizes (half points), as the ribbon shows them.
_SIZES = {
    84: "初号", 72: "小初", 52: "一号", 48: "小一", 44: "二号", 36: "小二", 32: "三号", 30: "小三",
    28: "四号", 24: "小四", 21: "五号", 18: "小五",
}  # fmt: skip


def mended(message: str) -> str:
    """The message with what the reader can run to put it right."""
    return f"{message}运行 gov-writer format 原文件 -o 新文件 可以改好，文字不变。"


def size_name(size: int) -> str:
    """三号 for 32 half points; other sizes in points."""
    return _SIZES.get(size) or f"{size / 2:g}磅"


@dataclass(frozen=True, slots=True)
class Look:
    """How most Chinese characters of a stretch look."""

    font: str
    size: int

    @property
    def family(self) -> str:
        """The standard's name of the typeface, the font's own name where it is none of the standard's."""
        return standard.family_of(self.font) or self.font

    def words(self) -> str:
        return f"{self.family}{size_name(self.size)}"


def characters(layout: Layout, start: int, end: int) -> list[CharacterLook]:
    """The looks that ``text[start:end]`` touches."""
    at = max(bisect_right(layout.characters, start, key=lambda c: c.start) - 1, 0)
    found = []
    while at < len(layout.characters) and layout.characters[at].start < end:
        if layout.characters[at].end > start:
            found.append(layout.characters[at])
        at += 1
    return found


def look_of(case: Case, layout: Layout, start: int, end: int) -> Look | None:
    """The look of most Chinese characters in a stretch; None where there are none or no font is named."""
    counts: Counter[Look] = Counter()
    for look in characters(layout, start, end):
        words = case.text[max(start, look.start) : min(end, look.end)]
        count = len(HAN.findall(words))
        if count and look.font:
            counts[Look(look.font, look.size)] += count
    return counts.most_common(1)[0][0] if counts else None


def bold(case: Case, layout: Layout, start: int, end: int) -> bool:
    """Whether most Chinese characters of a stretch are bold."""
    count = 0
    for look in characters(layout, start, end):
        words = case.text[max(start, look.start) : min(end, look.end)]
        count += len(HAN.findall(words)) * (1 if look.bold else -1)
    return count > 0


def paragraph_at(layout: Layout, offset: int) -> ParagraphLook | None:
    """The paragraph of the body that holds the character at offset."""
    at = bisect_right(layout.paragraphs, offset, key=lambda p: p.start) - 1
    if at < 0 or layout.paragraphs[at].end <= offset:
        return None
    return layout.paragraphs[at]


def body_blocks(case: Case, layout: Layout) -> list[tuple[Block, ParagraphLook]]:
    """Running text: paragraphs and items, without addressee, list of attachments, signature, notes and tables."""
    found = []
    look: standard.Look | None = None
    for block in case.draft.blocks:
        look = standard.appendix_look(case.text[block.start : block.end], look)
        if look is not None:
            continue
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        paragraph = paragraph_at(layout, block.start)
        if paragraph is None or paragraph.align in ("right", "center", "distribute"):
            continue
        if len(HAN.findall(case.text[block.start : block.end])) >= 12:
            found.append((block, paragraph))
    return found


def first_line(paragraph: ParagraphLook, lead: str, layout: Layout) -> int:
    """How far in the first line begins, in hundredths of a character; lead: the blanks that somebody typed."""
    if not lead:
        return paragraph.indent
    size = next((c.size for c in characters(layout, paragraph.start, paragraph.end)), standard.SIZE_3)
    if "\t" in lead:
        return round((paragraph.tab or 420) * 10 / size)
    return paragraph.indent + sum(100 if c == "\u3000" else 50 for c in lead)
