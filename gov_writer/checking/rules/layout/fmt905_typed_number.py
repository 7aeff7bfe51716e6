"""FMT905: numbers typed by hand among numbers that Word generates."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.layout import looks
from gov_writer.domain import Block, BlockKind, Finding, ParagraphLook, Severity
from gov_writer.text.lazy import lazy

_NUMBER = lazy(
    r"第[一二三四五六七八九十百]{1,4}[条章节部]|[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十百\d]{1,4}[）)]"
    r"|\d{1,2}(?:[.．](?!\d)|、)"
)


class TypedNumber(Rule):
    code = "FMT905"
    name = "typed-number"
    severity = Severity.WARNING
    title = "自动编号里夹着手打的序号"
    why = "同一级标题有的由 Word 自动编号、有的手打，增删一条以后序号就乱了；自动编号后面又手打一遍，会印出两个序号。"
    bad = "“一、”“二、”自动编号，“三、”手打；或者“1.1.排查隐患”"
    good = "同一级标题要么全部自动编号，要么全部手打，序号依次为“一、”“（一）”“1.”“（1）”"
    authority = Citation("GB/T 9704-2012", "7.3.3", "结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注")

    def check(self, case: Case) -> Iterable[Finding]:
        layout = case.draft.layout
        if layout is None or not any(paragraph.label for paragraph in layout.paragraphs):
            return
        levels: dict[int, list[tuple[Block, ParagraphLook]]] = {}
        for block in case.draft.blocks:
            paragraph = looks.paragraph_at(layout, block.start)
            if paragraph is None:
                continue
            if paragraph.label:
                yield from self._twice(case, paragraph)
            if block.kind is BlockKind.HEADING:
                levels.setdefault(block.level, []).append((block, paragraph))
        for found in levels.values():
            yield from self._mixed(case, found)

    def _twice(self, case: Case, paragraph: ParagraphLook) -> Iterable[Finding]:
        start = paragraph.start + len(paragraph.label)
        typed = _NUMBER.match(case.text, start, paragraph.end)
        label = paragraph.label.strip()
        if typed and _NUMBER.fullmatch(label):
            message = (
                f"已有自动编号“{label}”，后面又手打了“{typed.group()}”，标准（7.3.3）是每条只有一个序数。"
            )
            yield self.found(case, start, typed.end(), message, expected=f"只留自动编号“{label}”")

    def _mixed(self, case: Case, found: list[tuple[Block, ParagraphLook]]) -> Iterable[Finding]:
        typed = []
        for block, paragraph in found:
            match = _NUMBER.match(case.text, block.start, block.end)
            if match and not paragraph.label:
                typed.append(match)
        generated = sum(bool(paragraph.label) for _, paragraph in found)
        if not generated or len(typed) > generated:
            return
        for match in typed:
            message = (
                f"这一级标题有{generated}处由 Word 自动编号，这里的“{match.group()}”是手打的，增删标题后不会跟着变；"
                "标准（7.3.3）是同一层次的序数依次连续。"
            )
            yield self.found(case, match.start(), match.end(), message, expected="改用自动编号，或全部手打")
