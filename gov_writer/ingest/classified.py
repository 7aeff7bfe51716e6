"""Marks of classification (密级): 机密★1年 at the head, 【内部】 before a line; never mere prose about secrets.

秘密, 机密, 绝密 are the levels of the Law on Guarding State Secrets; GB/T 9704-2012, 7.2.2 puts the mark with
★ and the term at the head of page one. 内部 (内部资料) is office practice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gov_writer.domain import Block, BlockKind
from gov_writer.text.lazy import lazy

_LEVEL = "绝密|机密|秘密"
_TERM = r"(?:\d{1,3}\s*(?:年|个?月|天)|长期)"
_STARRED = lazy(rf"(?<![\u4e00-\u9fff])({_LEVEL})\s*[★☆]\s*(?:{_TERM})?")
_INTERNAL = r"内部(?:资料|文件|材料|使用|掌握|参考|传阅)?(?:[，,、；;\s]*(?:注意保存|不得外传|严禁外传|请勿外传|禁止外传|不得公开|仅供参考|妥善保管))?"
#: In brackets at the head of any line, after a bullet or a number at most.
_BRACKETED = lazy(
    rf"^[ \t\u3000]*(?:[-*+•·#>]+[ \t\u3000]*|\d{{1,2}}[.、．][ \t]*|[（(]?[一二三四五六七八九十]{{1,3}}[）)、])?"
    rf"[【\[〔［](?:({_LEVEL})(?:\s*[★☆]?\s*{_TERM})?|({_INTERNAL}))[】\]〕］]",
    re.MULTILINE,
)
_ALONE = lazy(rf"^[（(【\[]?(?:({_LEVEL})(?:\s*{_TERM})?|({_INTERNAL}))[）)】\]]?$")
_LABELLED = lazy(rf"^(?:密\s*级|保密等级|保密级别|涉密等级)\s*[:：]\s*({_LEVEL}|内部)")
_AT_END = lazy(rf"[（(【](?:({_LEVEL})(?:\s*[★☆]?\s*{_TERM})?|({_INTERNAL}))[）)】]$")
#: A level in brackets within a line or at its end: what the line tells is classified.
_ON_LINE = lazy(
    rf"[【\[〔［](?:{_LEVEL})(?:\s*[★☆]?\s*{_TERM})?[】\]〕］]|[（(](?:{_LEVEL})(?:\s*[★☆]?\s*{_TERM})?[）)][ \t\u3000。；;]*$"
    rf"|(?<![\u4e00-\u9fff])(?:{_LEVEL})\s*[★☆]",
    re.MULTILINE,
)
_HAN = lazy(r"[\u4e00-\u9fff]")
_HEAD_LINES = 8
_RANK = ("绝密", "机密", "秘密", "内部")


def mark(text: str, heads: tuple[str, ...] = ()) -> str | None:
    """The gravest mark in the text: 绝密, 机密, 秘密 or 内部; None if there is none.

    heads: what stands at the head of the pages (headers of a document), judged like the first lines.
    """
    found: set[str] = set()
    if any(word in text for word in _RANK):
        for match in _BRACKETED.finditer(text):
            found.add(match.group(1) or "内部")
        for match in _STARRED.finditer(text):
            found.add(match.group(1))
        for match in _ON_LINE.finditer(text):
            found.add(next(level for level in _RANK if level in match.group()))
    for line in (*_first_lines(text), *heads):
        words = re.sub(r"[\s\u3000]+", "", line)
        if len(words) > 80:
            continue
        for pattern in (_ALONE, _LABELLED, _AT_END):
            whole = pattern.search(words)
            if whole:
                found.add(whole.group(1) or "内部")
    return next((level for level in _RANK if level in found), None)


def secret(text: str, blocks: Sequence[Block], heads: tuple[str, ...] = ()) -> tuple[tuple[int, int], ...]:
    """The stretches that a mark 秘密, 机密 or 绝密 covers (内部 doesn't): nothing of them may be written into a draft.

    A mark at the head of the text covers all of it, one on a heading what stands below it, any other its line.
    """
    if not any(level in text for level in _RANK[:3]):
        return ()
    if any(_covers_all(line) for line in (*_first_lines(text), *heads)):
        return ((0, len(text)),)
    found: list[tuple[int, int]] = []
    for index, block in enumerate(blocks):
        if not _ON_LINE.search(text[block.start : block.end]):
            continue
        if index == 0 and block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            return ((0, len(text)),)
        end = block.end
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            over = (
                b.start
                for b in blocks[index + 1 :]
                if b.kind in (BlockKind.TITLE, BlockKind.HEADING) and b.level <= block.level
            )
            end = next(over, len(text))
        found.append((block.start, end))
    return tuple(found)


def _covers_all(line: str) -> bool:
    """机密★1年, 密级：秘密, （绝密）: a line that is nothing but the mark, a number of the copy at most."""
    words = re.sub(r"[\s\u3000]+", "", line)
    labelled = _LABELLED.search(words) or _ALONE.search(words)
    if labelled:
        return labelled.group(1) in _RANK[:3]
    starred = _STARRED.match(words)
    return starred is not None and len(_HAN.findall(words)) <= 8


def _first_lines(text: str) -> list[str]:
    lines: list[str] = []
    at = 0
    while len(lines) < _HEAD_LINES and at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at : min(end, at + 200)].strip().lstrip("#-* ")
        if line:
            lines.append(line)
        at = end + 1
    return lines
