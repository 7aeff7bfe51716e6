"""What a line is by its looks: 一、 and （一） headings, numbered items, bullets, the title.

Official prose marks its structure with numbers at the head of the line, in whatever file format
(GB/T 9704-2012, 7.3.3: 一、（一） 1. （1）).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gov_writer.domain import BlockKind
from gov_writer.text.lazy import lazy
from gov_writer.text.numerals import BEFORE_TIME

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_LEVELS: tuple[tuple[re.Pattern[str], int], ...] = (
    (lazy(rf"第{_NUMERAL}(?:部分|章|篇)[、.．:：\s]?"), 1),
    (lazy(rf"{_NUMERAL}[、.．]\s?"), 1),
    (lazy(rf"第{_NUMERAL}节[、.．:：\s]?"), 2),
    (lazy(rf"[（(]{_NUMERAL}[）)][、.．]?\s?"), 2),
    (lazy(rf"\d{{1,2}}(?:[.．](?!\d)|[.．](?={BEFORE_TIME})|、)\s?"), 3),
    (lazy(r"[（(]\d{1,2}[）)]\s?"), 4),
)
_BULLET = lazy(r"[-*+•·●○■□◆◇▪➢►★☆※–—][ \t\u3000]+|[•●■◆▪➢►]")
_CIRCLED = lazy(r"[①-⑳⑴-⒇]")
#: What any of the above begins with.
_MARKED = lazy(r"[第一二三四五六七八九十百（(\d【\[①-⑳⑴-⒇\-*+•·●○■□◆◇▪➢►★☆※–—]")
_STOP = lazy(r"[。！？；;]")
_SENTENCE_STOP = "。！？；!?;，,：:、"
_FIGURE = lazy(r"\d(?!\d{3}年|\d{0,3}年)")
#: （五）动物防疫：免疫生猪1.2万头、家禽8.6万羽: a label and what it counts, which is no title.
_COUNTS = lazy(r"[：:][^：:]*\d[^：:]*[，,、][^：:]*\d")
_DEPARTMENT = lazy(r"[【\[](?!待)[^】\]\n]{1,20}[】\]]$")

#: Characters of a heading at most; longer lines are prose that begins with a number.
HEADING_LENGTH = 45
RUN_IN_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch ``[start, end)`` of the line (or of the text, as the caller counts) and what it is."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0


def level_of(line: str) -> tuple[int, int]:
    """``(level, length of the number)`` of a line that begins with a structural number, else ``(0, 0)``."""
    for pattern, level in _LEVELS:
        match = pattern.match(line)
        if match:
            return level, match.end()
    return 0, 0


def pieces(line: str, at: int = 0) -> Sequence[Piece]:
    """The blocks of one line that begins at ``at``: one, or a run-in heading and the prose behind it.

    White space around and a bullet before the words are left out.
    """
    words = line.strip()
    if not words:
        return ()
    left = at + len(line) - len(line.lstrip())
    right = left + len(words)
    if not _MARKED.match(words):
        return (Piece(start=left, end=right, kind=BlockKind.PARAGRAPH),)
    bullet = _BULLET.match(words)
    if bullet and bullet.end() < len(words):
        return (Piece(start=left + bullet.end(), end=right, kind=BlockKind.ITEM),)
    level, number = level_of(words)
    if level == 0:
        kind = BlockKind.PARAGRAPH
        if _CIRCLED.match(words):
            kind = BlockKind.ITEM
        elif _DEPARTMENT.match(words):
            return (Piece(start=left, end=right, kind=BlockKind.HEADING, level=1),)
        return (Piece(start=left, end=right, kind=kind),)
    return _numbered(words, left, right, level, number)


def _numbered(words: str, left: int, right: int, level: int, number: int) -> Sequence[Piece]:
    stop = _STOP.search(words, number)
    plain = not _FIGURE.search(words, number, stop.start() if stop else len(words))
    if stop is None:
        short = len(words) <= HEADING_LENGTH and words[-1] not in "，,、"
        if short and (plain or (level <= 2 and not _COUNTS.search(words, number))):
            return (Piece(start=left, end=right, kind=BlockKind.HEADING, level=level),)
        return (Piece(start=left, end=right, kind=_body(level)),)
    title_like = stop.end() <= RUN_IN_LENGTH and plain and words[stop.start()] == "。"
    if not title_like:
        return (Piece(start=left, end=right, kind=_body(level)),)
    if stop.end() == len(words):
        kind = BlockKind.HEADING if level <= 2 else BlockKind.ITEM
        return (Piece(start=left, end=right, kind=kind, level=level if level <= 2 else 0),)
    return (
        Piece(start=left, end=left + stop.end(), kind=BlockKind.HEADING, level=level),
        Piece(
            start=left + stop.end() + _gap(words, stop.end()),
            end=right,
            kind=BlockKind.PARAGRAPH,
        ),
    )


def _gap(words: str, at: int) -> int:
    rest = words[at:]
    return len(rest) - len(rest.lstrip())


def _body(level: int) -> BlockKind:
    return BlockKind.ITEM if level >= 3 else BlockKind.PARAGRAPH


def is_title(line: str) -> bool:
    """Whether the first line of a document looks like its title: short, no end mark, no figures but years."""
    words = line.strip()
    if not 4 <= len(words) <= 60 or words[-1] in _SENTENCE_STOP or level_of(words)[0]:
        return False
    if _STOP.search(words) or _BULLET.match(words) or _DEPARTMENT.match(words) or "\t" in words:
        return False
    if "，" in words or "：" in words or ":" in words:
        return False
    return not _FIGURE.search(words)


#: A line up to this length behind a list names what follows it.
_NEXT_PART = 12


def settled(found: Iterable[Piece], text: str = "") -> list[Piece]:
    """Short numbered lines in a row are a list, not headings: 1. 2. 3. with nothing between them; and so is a line
    that ends with 。 and has nothing below it.  text: what the pieces are stretches of.
    """
    blocks = list(found)
    for index, block in enumerate(blocks):
        ended = block.kind is BlockKind.HEADING and text[block.end - 1 : block.end] == "。"
        if ended and _has_nothing_below(blocks, index, text):
            blocks[index] = replace(block, kind=BlockKind.PARAGRAPH, level=0)
            continue
        if block.kind is not BlockKind.HEADING or block.level < 3:
            continue
        beside = blocks[max(index - 1, 0) : index] + blocks[index + 1 : index + 2]
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        in_list = any(_is_numbered(b, block.level) for b in beside)
        leads = after is not None and after.kind is BlockKind.PARAGRAPH
        if leads and after is not None and index and blocks[index - 1].kind is BlockKind.ITEM:
            leads = after.end - after.start > _NEXT_PART  # the list's last line, then 下步措施
        if (in_list and not leads) or after is None:
            blocks[index] = replace(block, kind=BlockKind.ITEM, level=0)
    return blocks


def _has_nothing_below(blocks: Sequence[Piece], index: int, text: str) -> bool:
    """Whether the next heading or line of the same level follows at once, or such a line stands before it."""
    level = blocks[index].level
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if below is None or (below.kind is BlockKind.HEADING and 0 < below.level <= level):
        return True
    beside = (*blocks[max(index - 1, 0) : index], below)
    lines = (text[b.start : min(b.end, b.start + 12)] for b in beside if b.kind is BlockKind.PARAGRAPH)
    return any(level_of(line)[0] == level for line in lines)


def _is_numbered(block: Piece, level: int) -> bool:
    return block.kind is BlockKind.ITEM or (block.kind is BlockKind.HEADING and block.level == level)
