"""FMT902: the title or headings are not in the standard's typeface and size."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.layout import looks
from gov_writer.domain import Block, BlockKind, Finding, Layout, ParagraphLook, Severity
from gov_writer.ooxml import standard

_NUMBERS = ("一、", "（一）", "1.", "（1）")


class HeadingStyle(Rule):
    code = "FMT902"
    name = "heading-style"
    severity = Severity.WARNING
    title = "标题的字体字号或位置不合标准"
    why = "各级标题靠字体区分层次：一级黑体，二级楷体，三、四级仿宋，都是三号、左空二字；大标题用二号小标宋体居中。加粗只是提示。"
    bad = "大标题用宋体加粗小二号，“一、”用宋体加粗"
    good = "大标题用二号小标宋体居中，“一、”用三号黑体，“（一）”用三号楷体"
    authority = Citation(
        "GB/T 9704-2012",
        "7.3.1、7.3.3",
        "标题居中排布；第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字标注；每个自然段左空二字",
    )

    def check(self, case: Case) -> Iterable[Finding]:
        layout = case.draft.layout
        if layout is None:
            return
        groups: dict[tuple[int, str, bool], list[Block]] = {}
        attached: standard.Look | None = None
        for block in case.draft.blocks:
            attached = standard.appendix_look(case.text[block.start : block.end], attached)
            if attached is not None or block.kind not in (BlockKind.TITLE, BlockKind.HEADING):
                continue
            look = looks.look_of(case, layout, block.start, block.end)
            paragraph = looks.paragraph_at(layout, block.start)
            if look is None or paragraph is None:
                continue
            level = 0 if block.kind is BlockKind.TITLE else min(block.level, 4)
            model = _model(level)
            faults = self._place(case, layout, block, paragraph, level)
            right = look.family == model.family and look.size == model.size and not faults
            if not right or looks.bold(case, layout, block.start, block.end):
                now = "，".join((look.words(), *faults, *(("加粗",) if right else ())))
                groups.setdefault((level, now, right), []).append(block)
        for (level, now, right), blocks in sorted(groups.items(), key=lambda item: item[1][0].start):
            what = f"“{_NUMBERS[level - 1]}”级标题" if level else "大标题"
            many = f"（共{len(blocks)}处）" if len(blocks) > 1 else ""
            wanted = f"{_model(level).family}{looks.size_name(_model(level).size)}"
            wanted += (
                "，不加粗" if right else "，左空二字" if level and "，" in now else "" if level else "，居中"
            )
            clause = "7.3.3" if level else "7.3.1"
            yield self.found(
                case,
                blocks[0].start,
                blocks[0].end,
                looks.mended(f"{what}用的是{now}{many}，标准（{clause}）是{wanted}。"),
                severity=Severity.INFO if right else None,
                expected=wanted,
            )

    def _place(
        self, case: Case, layout: Layout, block: Block, paragraph: ParagraphLook, level: int
    ) -> tuple[str, ...]:
        """What is wrong with the side and the indent.  Where Word generates the number, its list sets the indent."""
        if level == 0:
            return () if paragraph.align == "center" else ("没有居中",)
        if paragraph.align in ("center", "right"):
            return ("居中" if paragraph.align == "center" else "居右",)
        lead = case.text[paragraph.start : block.start]
        if paragraph.label or lead.strip():
            return ()
        return () if 180 <= looks.first_line(paragraph, lead, layout) <= 220 else ("没有左空二字",)


def _model(level: int) -> standard.Look:
    return standard.HEADINGS[level - 1] if level else standard.TITLE
