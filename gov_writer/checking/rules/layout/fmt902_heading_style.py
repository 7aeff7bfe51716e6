"""FMT902: the title or headings are not in the standard's typeface and size."""

from __future__ import annotations

from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.checking.rules.layout import looks
from gov_writer.domain import Block, BlockKind, Finding, Severity
from gov_writer.ooxml import standard

_NUMBERS = ("一、", "（一）", "1.", "（1）")


class HeadingStyle(Rule):
    code = "FMT902"
    name = "heading-style"
    severity = Severity.WARNING
    title = "标题的字体字号不合标准"
    why = "各级标题靠字体区分层次：一级黑体，二级楷体，三、四级仿宋，都是三号；大标题用二号小标宋体居中。"
    bad = "大标题用宋体加粗小二号，“一、”用宋体加粗"
    good = "大标题用二号小标宋体居中，“一、”用三号黑体，“（一）”用三号楷体"
    authority = Citation(
        "GB/T 9704-2012", "7.3.1、7.3.3", "第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字标注"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        layout = case.draft.layout
        if layout is None:
            return
        groups: dict[tuple[int, str], list[Block]] = {}
        wanted: dict[tuple[int, str], str] = {}
        for block in case.draft.blocks:
            if block.kind not in (BlockKind.TITLE, BlockKind.HEADING):
                continue
            look = looks.look_of(case, layout, block.start, block.end)
            paragraph = looks.paragraph_at(layout, block.start)
            if look is None or paragraph is None:
                continue
            level = 0 if block.kind is BlockKind.TITLE else block.level
            model = standard.TITLE if level == 0 else standard.HEADINGS[min(level, 4) - 1]
            now = look.words()
            right = look.family == model.family and look.size == model.size
            if level == 0 and paragraph.align != "center":
                right, now = False, f"{now}，没有居中"
            if not right:
                groups.setdefault((level, now), []).append(block)
                wanted[level, now] = f"{model.family}{looks.size_name(model.size)}" + (
                    "，居中" if level == 0 else ""
                )
        for (level, now), blocks in sorted(groups.items(), key=lambda item: item[1][0].start):
            what = "大标题" if level == 0 else f"“{_NUMBERS[min(level, 4) - 1]}”级标题"
            many = f"（共{len(blocks)}处）" if len(blocks) > 1 else ""
            yield self.found(
                case,
                blocks[0].start,
                blocks[0].end,
                looks.mended(
                    f"{what}用的是{now}{many}，标准（{'7.3.3' if level else '7.3.1'}）是{wanted[level, now]}。"
                ),
                expected=wanted[level, now],
            )
